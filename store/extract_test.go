package store

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"newswired/feed"
)

// extracted returns the rows that are wanted, each as text.
func (w *world) extracted(x feed.Extract) []string {
	w.t.Helper()
	rows := []string{}
	err := w.Extract(context.Background(), x, func(row []any) error {
		rows = append(rows, fmt.Sprintf("%#v", row))
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return rows
}

// viewed returns the rows of a view as a reader of the file sees them.
func (w *world) viewed(query string) []string {
	w.t.Helper()
	found, err := w.reader.Query(query)
	if err != nil {
		w.t.Fatal(err)
	}
	defer found.Close()
	rows := []string{}
	for found.Next() {
		row, _, err := scanRow(found)
		if err != nil {
			w.t.Fatal(err)
		}
		rows = append(rows, fmt.Sprintf("%#v", row))
	}
	return rows
}

// filled is a world with Articles of two Sources, some revised, of two days.
func filled(t *testing.T) *world {
	w := newWorld(t)
	var wire, paper []feed.Article
	for i := range 30 {
		a := article(fmt.Sprint(i), fmt.Sprintf("https://wire.example/%d", i), fmt.Sprintf("Storm number %d hits the coast of %c", i, 'A'+i%26))
		a.Published = start.Add(time.Duration(i-15) * time.Hour)
		a.Categories, a.Authors = []string{"Weather & sea"}, []feed.Person{{Name: "Kim"}}
		wire = append(wire, a)
		b := article(fmt.Sprint(i), fmt.Sprintf("https://paper.example/%d", i), fmt.Sprintf("여객선 %d호 침몰 \xff 사고", i))
		paper = append(paper, b)
	}
	w.poll("wire", wire...)
	w.poll("paper", paper...)
	wire[3].Title += ", 7 dead"
	w.poll("wire", wire...)
	for more := true; more; {
		var err error
		if more, err = w.IndexWords(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	return w
}

// An extract is the view, and what is asked of it is what SQL says.
func TestExtract(t *testing.T) {
	w := filled(t)
	six := start.Add(-3 * time.Hour)
	storm, err := feed.ReadSearch("storm source:wire until:2026-02-28", time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	for want, x := range map[string]feed.Extract{
		"SELECT * FROM articles ORDER BY id":                                                                                                               {View: "articles"},
		"SELECT * FROM stories ORDER BY id":                                                                                                                {View: "stories"},
		"SELECT * FROM revisions ORDER BY seq":                                                                                                             {View: "revisions"},
		"SELECT * FROM articles WHERE published >= '2026-03-01T06:00:00Z' ORDER BY id":                                                                     {View: "articles", Since: six},
		"SELECT * FROM articles WHERE published < '2026-03-01T06:00:00Z' AND source = 'wire' ORDER BY id":                                                  {View: "articles", Until: six, Sources: []string{"wire"}},
		"SELECT * FROM stories WHERE published < '2026-03-01T06:00:00Z' ORDER BY id":                                                                       {View: "stories", Until: six},
		"SELECT * FROM stories WHERE id IN (SELECT story_id FROM articles WHERE source = 'paper') ORDER BY id":                                             {View: "stories", Sources: []string{"paper"}},
		"SELECT * FROM stories WHERE id IN (SELECT story_id FROM entries WHERE feed = 'all') ORDER BY id":                                                  {View: "stories", Feeds: []string{"all"}},
		"SELECT * FROM articles WHERE story_id IN (SELECT story_id FROM entries) ORDER BY id":                                                              {View: "articles", Feeds: []string{"all"}},
		"SELECT * FROM revisions WHERE seen >= '2026-03-01T09:15:00Z' ORDER BY seq":                                                                        {View: "revisions", Since: start.Add(15 * time.Minute)},
		"SELECT * FROM revisions WHERE source = 'wire' ORDER BY seq":                                                                                       {View: "revisions", Sources: []string{"wire"}, Feeds: []string{"all"}},
		"SELECT * FROM articles WHERE source = 'wire' AND published < '2026-03-01T00:00:00Z' ORDER BY id":                                                  {View: "articles", Search: &storm},
		"SELECT * FROM revisions WHERE article_id <= 30 AND article_id IN (SELECT id FROM articles WHERE published < '2026-03-01T00:00:00Z') ORDER BY seq": {View: "revisions", Search: &storm},
	} {
		got, expected := w.extracted(x), w.viewed(want)
		if !reflect.DeepEqual(got, expected) || len(got) == 0 {
			t.Errorf("%s: %d rows, want %d", want, len(got), len(expected))
		}
	}
	err = w.Extract(context.Background(), feed.Extract{View: "articles", Sources: []string{"wire", "wir"}, Feeds: []string{"al"}}, nil)
	if !errors.Is(err, ErrUnknown) || !strings.HasSuffix(err.Error(), "no such source: wir, no such feed: al") {
		t.Errorf("unknown names: %v", err)
	}
	if err := w.Extract(context.Background(), feed.Extract{View: "found"}, nil); err == nil {
		t.Error("a view that is none was extracted")
	}
}

// An extract that takes long misses no row and repeats none, while others are added,
// changed and removed, and holds no transaction open.
func TestExtractMeanwhile(t *testing.T) {
	w := newWorld(t)
	const n = 2*extractStep + extractStep/2
	var articles []feed.Article
	for i := range n {
		articles = append(articles, article(fmt.Sprint(i), fmt.Sprintf("https://wire.example/%d", i), fmt.Sprintf("Unlike the others: %x", i*i*7919)))
	}
	w.poll("wire", articles...)
	last := w.viewed("SELECT max(id) FROM articles")
	seen := make(map[int64]int)
	err := w.Extract(context.Background(), feed.Extract{View: "articles"}, func(row []any) error {
		id := row[0].(int64)
		if seen[id]++; len(seen) == 1 || len(seen) == n/2 {
			w.poll("wire", article(fmt.Sprint("later", id), fmt.Sprint("https://wire.example/later/", id), fmt.Sprint("One that came later ", id)))
			var busy, pages, moved int
			if err := w.conn.QueryRowContext(context.Background(), "PRAGMA wal_checkpoint(RESTART)").Scan(&busy, &pages, &moved); err != nil || busy != 0 {
				t.Errorf("the log is held: %d of %d pages, %v", moved, pages, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for id, times := range seen {
		if times != 1 {
			t.Errorf("article %d came %d times", id, times)
		}
	}
	if want(t, "rows", len(seen), n); len(w.viewed("SELECT id FROM articles")) != n+2 || reflect.DeepEqual(last, w.viewed("SELECT max(id) FROM articles")) {
		t.Error("nothing was added meanwhile")
	}
}

// A step ends with the text that it may read, and the next goes on after it.
func TestExtractBytes(t *testing.T) {
	w := newWorld(t)
	var articles []feed.Article
	for i := range 6 {
		a := article(fmt.Sprint(i), fmt.Sprintf("https://wire.example/%d", i), fmt.Sprintf("Number %d", i))
		a.Content = strings.Repeat(fmt.Sprintf("word%d ", i), extractBytes/12)
		articles = append(articles, a)
	}
	w.poll("wire", articles...)
	x := feed.Extract{View: "articles"}
	if got, expected := w.extracted(x), w.viewed("SELECT * FROM articles ORDER BY id"); !reflect.DeepEqual(got, expected) {
		t.Errorf("%d rows, want %d", len(got), len(expected))
	}
	e := &extractor{last: 6, args: []any{int64(0), int64(0), nil, nil, nil, nil, nil}}
	err := w.view(context.Background(), func(t *tx) error { e.next(); return t.extractStep(e, "select_extract_articles") })
	if err != nil || len(e.rows) < 2 || len(e.rows) > 4 || e.after != int64(len(e.rows)) {
		t.Errorf("%d rows in a step, up to %d, %v", len(e.rows), e.after, err)
	}
}

// A step finds its rows by their numbers, and sorts none, whatever is asked for.
func TestExtractPlan(t *testing.T) {
	w := newWorld(t)
	for _, view := range feed.Extracts {
		var plan []string
		for _, s := range w.planOf("select_extract_"+view, 0, 1000, nil, nil, nil, nil, nil) {
			if s.parent == 0 {
				plan = append(plan, s.says)
			}
		}
		whole := strings.Join(plan, "\n")
		if !regexp.MustCompile(`PRIMARY KEY \(rowid>\? AND rowid<\?\)|\(story_id>\? AND story_id<\?\)`).MatchString(plan[0]) || strings.Contains(whole, "ORDER BY") || strings.Contains(whole, "SCAN ") {
			t.Errorf("%s:\n%s", view, whole)
		}
	}
}
