package feed

import (
	"bufio"
	"cmp"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// place lets a newsroom place all Articles, of whose summaries it sees so many
// characters as the cut of their outlet leaves.
func (s *labelled) place(cut func(outlet string) int) *newsroom {
	room, outlets := newNewsroom(), map[string]int64{}
	for _, a := range s.articles {
		if _, ok := outlets[a.Outlet]; !ok {
			outlets[a.Outlet] = int64(len(outlets) + 1)
		}
		summary := []rune(a.Summary)
		room.place(outlets[a.Outlet], a.at, a.Title, string(summary[:min(cut(a.Outlet), len(summary))]))
	}
	return room
}

// A labelled is a set of Articles of which people or programs said which are
// the same report.
type labelled struct {
	articles []labelledArticle   // in order of time
	labels   map[[2]int64]string // of pairs: "pos" the same report, "grey" disputed
	gold     []int64             // the true report of every Article
}

type labelledArticle struct {
	ID, Outlet, Title, Summary, Published, Gold string

	at time.Time
}

// readLabelled reads a labelled set in the order of its dates, or skips the test if
// it is not there.
func readLabelled(t testing.TB, set string) *labelled {
	t.Helper()
	dir := sharedStories(t)
	s := &labelled{labels: map[[2]int64]string{}}
	eachLine(t, filepath.Join(dir, set+".jsonl"), func(line string) {
		var a labelledArticle
		if err := json.Unmarshal([]byte(line), &a); err != nil {
			t.Fatal(err)
		}
		var err error
		if a.at, err = time.Parse(time.RFC3339, a.Published); err != nil {
			if a.at, err = time.Parse(time.DateTime, a.Published); err != nil {
				t.Fatal(err)
			}
		}
		s.articles = append(s.articles, a)
	})
	slices.SortStableFunc(s.articles, func(a, b labelledArticle) int { return a.at.Compare(b.at) })
	if pairs := filepath.Join(dir, set+".pairs.tsv"); set != "yna-en" {
		s.labelPairs(t, pairs)
	} else {
		s.labelGold()
	}
	return s
}

// labelPairs reads labels from a file. What positive pairs connect is one
// report.
func (s *labelled) labelPairs(t testing.TB, name string) {
	t.Helper()
	place := make(map[string]int64, len(s.articles))
	for i, a := range s.articles {
		place[a.ID] = int64(i)
		s.gold = append(s.gold, int64(i))
	}
	var root func(int64) int64
	root = func(i int64) int64 {
		if s.gold[i] != i {
			s.gold[i] = root(s.gold[i])
		}
		return s.gold[i]
	}
	eachLine(t, name, func(line string) {
		fields := strings.Split(line, "\t")
		a, known := place[fields[0]]
		if !known || len(fields) < 3 {
			return
		}
		b, known := place[fields[1]]
		if !known {
			return
		}
		s.labels[ordered(a, b)] = fields[2]
		if fields[2] == "pos" {
			s.gold[root(a)] = root(b)
		}
	})
	for i := range s.gold {
		root(int64(i))
		s.gold[i] = root(int64(i))
	}
}

// labelGold takes the labels from the Articles themselves.
func (s *labelled) labelGold() {
	first := map[string]int64{}
	for i, a := range s.articles {
		id := int64(i)
		s.gold = append(s.gold, id)
		if a.Gold == "" {
			continue
		}
		if _, ok := first[a.Gold]; !ok {
			first[a.Gold] = id
		}
		s.gold[i] = first[a.Gold]
		for j := range id {
			if s.articles[j].Gold == a.Gold {
				s.labels[[2]int64{j, id}] = "pos"
			}
		}
	}
}

// positives counts the pairs that are labelled as one report.
func (s *labelled) positives() int {
	n := 0
	for _, label := range s.labels {
		if label == "pos" {
			n++
		}
	}
	return n
}

// judge counts the pairs in one Story: those that belong there and those that
// do not. Disputed pairs, and pairs that only others connect, count for neither.
func (s *labelled) judge(room *newsroom) (found, wrong int) {
	for _, members := range room.members {
		for i, a := range members {
			for _, b := range members[i+1:] {
				switch label := s.labels[ordered(a, b)]; {
				case label == "pos":
					found++
				case label == "grey" || label == "" && s.gold[a] == s.gold[b]:
				default:
					wrong++
				}
			}
		}
	}
	return found, wrong
}

// sharedStories returns the folder of the labelled sets, beside the repository.
func sharedStories(t testing.TB) string {
	t.Helper()
	dir := filepath.Join("..", "..", "shared", "data", "stories")
	if _, err := os.Stat(dir); err != nil {
		t.Skip("shared data not there")
	}
	return dir
}

// eachLine calls do with every line of a file that is no comment.
func eachLine(t testing.TB, name string, do func(string)) {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		if line := lines.Text(); line != "" && line[0] != '#' {
			do(line)
		}
	}
	if err := cmp.Or(lines.Err(), f.Close()); err != nil {
		t.Fatal(err)
	}
}
