//go:build e2e

package main

import (
	"encoding/csv"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestOutsideStories replays labelled articles as the feeds of their outlets to
// the real program, a poll for every step, and lets the farm score the stories
// that came of it.
func TestOutsideStories(t *testing.T) {
	farm := buildBeside(t, "storyfarm")
	for _, test := range []struct {
		set               string
		ticks             int
		precision, recall float64 // at least
	}{
		{"yna-en", 24, 1, 0.92},
		{"reuters21578", 8, 0.985, 0.95},
		{"ko-multi", 8, 0.93, 0.732},
	} {
		t.Run(test.set, func(t *testing.T) {
			data := realInput(t, "stories")
			set, pairs := filepath.Join(data, test.set+".jsonl"), filepath.Join(data, test.set+".pairs.tsv")
			address := freeAddress(t)
			url := "http://" + address
			startBeside(t, farm, url+"/feeds", "serve", "-data", set, "-addr", address, "-ticks", strconv.Itoa(test.ticks), "-window", "2000")
			dir := t.TempDir()
			writeConfig(t, dir, freeAddress(t), replayed((&feedfarm{url}).read(t, "/feeds")))
			for more := true; more; {
				if out, err := run(t, dir, "poll").CombinedOutput(); err != nil {
					t.Fatalf("poll: %v\n%s", err, out)
				}
				answer, err := http.Post(url+"/tick", "", nil)
				if err != nil {
					t.Fatal(err)
				}
				answer.Body.Close()
				more = answer.StatusCode == http.StatusNoContent
			}
			score := []string{"score", "-data", set}
			if _, err := os.Stat(pairs); err == nil {
				score = append(score, "-pairs", pairs)
			}
			clusters := filepath.Join(dir, "clusters.tsv")
			text := query(t, dir, "SELECT link || char(9) || story_id FROM articles")
			if err := os.WriteFile(clusters, []byte(text+"\n"), 0o600); err != nil {
				t.Fatal(err)
			}
			out, err := exec.Command(farm, append(score, clusters)...).CombinedOutput()
			if err != nil {
				t.Fatalf("score: %v\n%s", err, out)
			}
			t.Logf("%s", out)
			if p := figure(t, out, "precision"); p < test.precision {
				t.Errorf("precision %.4f, want %.4f", p, test.precision)
			}
			if r := figure(t, out, "recall"); r < test.recall {
				t.Errorf("recall %.4f, want %.4f", r, test.recall)
			}
			intact(t, dir)
		})
	}
}

// replayed configures feeds whose articles are of another year.
func replayed(urls []string) string {
	var b strings.Builder
	b.WriteString("retention: 36500d\nsources:\n")
	for i, u := range urls {
		fmt.Fprintf(&b, "  - name: s%d\n    url: %s\n", i, u)
	}
	b.WriteString("feeds:\n  - name: all\n")
	return b.String()
}

// figure returns the number behind a word of the score.
func figure(t *testing.T, score []byte, word string) float64 {
	t.Helper()
	m := regexp.MustCompile(word + ` ([0-9.]+)`).FindSubmatch(score)
	if m == nil {
		t.Fatalf("no %s in %q", word, score)
	}
	x, err := strconv.ParseFloat(string(m[1]), 64)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// TestOutsideDigest polls the feeds of four outlets as they were, Yonhap and
// those that print it, and compares the stories with labels by hand.
func TestOutsideDigest(t *testing.T) {
	dir, data := t.TempDir(), filepath.Join(realInput(t, "feeds"), "republished", "dprk-digest")
	server := httptest.NewServer(http.FileServer(http.Dir(data)))
	defer server.Close()
	writeConfig(t, dir, freeAddress(t), fmt.Sprintf(`retention: 36500d
sources:
  - {name: yonhap, url: "%[1]s/yonhap-en-dev.xml", outlet: Yonhap News Agency, agency: Yonhap}
  - {name: korea-herald, url: "%[1]s/koreaherald-dev.xml"}
  - {name: korea-times, url: "%[1]s/koreatimes-dev.xml"}
  - {name: ap, url: "%[1]s/googlenews-ap-dev.xml"}
  - {name: reuters, url: "%[1]s/googlenews-reuters-dev.xml"}
feeds:
  - name: all
`, server.URL))
	if out, err := run(t, dir, "poll").CombinedOutput(); err != nil {
		t.Fatalf("poll: %v\n%s", err, out)
	}
	story := make(map[string]string)
	for _, line := range strings.Split(query(t, dir, "SELECT link || ' ' || story_id FROM articles"), "\n") {
		link, id, _ := strings.Cut(line, " ")
		story[link] = id
	}
	link := make(map[string]string)
	for _, row := range table(t, filepath.Join(data, "items-dev.tsv")) {
		link[row["id"]] = row["url"]
	}
	var found, wanted int
	for _, row := range table(t, filepath.Join(data, "pairs-dev.tsv")) {
		a, b := link[row["id_a"]], link[row["id_b"]]
		same := story[a] == story[b]
		switch row["label"] {
		case "syndicated", "update-chain":
			if wanted++; same {
				found++
			} else {
				t.Logf("missed: %s %s", a, b)
			}
		case "different", "followup":
			if same {
				t.Errorf("%s, but one story: %s %s", row["label"], a, b)
			}
		}
	}
	t.Logf("%d of %d copies and versions found", found, wanted)
	if float64(found) < 0.95*float64(wanted) {
		t.Errorf("%d of %d copies and versions found, want 95 %%", found, wanted)
	}
}

// table reads a file of tab-separated columns with a head.
func table(t *testing.T, file string) []map[string]string {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma, r.LazyQuotes = '\t', true
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var all []map[string]string
	for _, row := range rows[1:] {
		m := make(map[string]string)
		for i, name := range rows[0] {
			m[name] = row[i]
		}
		all = append(all, m)
	}
	return all
}
