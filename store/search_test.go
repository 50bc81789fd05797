package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"newswired/feed"
)

// index puts all that is stored into the search index.
func (w *world) index() {
	w.t.Helper()
	for more := true; more; {
		var err error
		if more, err = w.IndexWords(context.Background()); err != nil {
			w.t.Fatal(err)
		}
	}
	var stale int
	if err := w.reader.QueryRow("SELECT count(*) FROM revision WHERE seq > (SELECT substr(value, instr(value, '/') + 1) FROM meta WHERE name = 'indexed')").Scan(&stale); err != nil || stale != 0 {
		w.t.Fatalf("%d revisions not indexed, %v", stale, err)
	}
}

// find returns the headlines that a question finds.
func (w *world) find(question string) string {
	w.t.Helper()
	q, err := feed.ReadSearch(question, time.UTC)
	if err != nil {
		w.t.Fatal(err)
	}
	found, _, err := w.Search(context.Background(), q, w.now, 10)
	if err != nil {
		w.t.Fatalf("%s: %v", q.Match, err)
	}
	var titles []string
	for _, f := range found {
		titles = append(titles, f.Copies[f.Shown].Title)
	}
	return strings.Join(titles, " | ")
}

func TestSearch(t *testing.T) {
	w := newWorld(t)
	say := func(source, title, content string, age time.Duration) {
		t.Helper()
		_, err := w.Record(context.Background(), feed.Poll{Source: source, Started: w.now, Status: 200, Document: &feed.Document{Partial: true,
			Articles: []feed.Article{{GUID: title, Title: title, Content: content, Published: w.now.Add(-age)}}}})
		if err != nil {
			t.Fatal(err)
		}
	}
	say("wire", "Two ferries collide off Jeju", "<p>The coast guard said <b>nobody</b> was hurt.</p>", time.Hour)
	say("paper", "Budget talks stall", "<p>A ferry line is to lose its subsidy; AI가 답이다.</p>", 2*time.Hour)
	say("wire", "한국은행, 기준금리를 동결했다", "<p>이창용 총재는 북한이 아니라 물가를 본다고 말했다.</p>", 48*time.Hour)
	say("wire", "日本で大地震", "<p>対ロシア制裁は続く</p>", 72*time.Hour)
	say("paper", "Players' union organizes a walkout", "<p>Its negotiations failed.</p>", 400*24*time.Hour)
	w.index()
	for question, want := range map[string]string{
		"ferry":                  "Two ferries collide off Jeju | Budget talks stall",
		"FERRIES -subsidy":       "Two ferries collide off Jeju",
		`"coast guard" nobody`:   "Two ferries collide off Jeju",
		`"guard coast"`:          "",
		"colli*":                 "Two ferries collide off Jeju",
		"subsidy*":               "Budget talks stall",
		"play* -x":               "Players' union organizes a walkout",
		"negotiat*":              "Players' union organizes a walkout",
		"organiz* walk*":         "Players' union organizes a walkout",
		"ferry source:paper":     "Budget talks stall",
		"ferry until:2026-02-28": "",
		"금리":                     "한국은행, 기준금리를 동결했다",
		"기준금리":                   "한국은행, 기준금리를 동결했다",
		"북한 총재":                  "한국은행, 기준금리를 동결했다",
		`"기준금리를 동결"`:             "한국은행, 기준금리를 동결했다",
		"금리 since:2026-03-01":    "",
		"AI":                     "Budget talks stall",
		"地震":                     "日本で大地震",
		"ロシア":                    "日本で大地震",
		"震":                      "",
		"地":                      "日本で大地震",
		"storm":                  "",
	} {
		if got := w.find(question); got != want {
			t.Errorf("%s: %q, want %q", question, got, want)
		}
	}
	// The line of the README, as people type it, and by rank.
	line := "SELECT title FROM search WHERE words MATCH 'ferry NOT 금리' ORDER BY seq DESC LIMIT 20"
	for order, want := range map[string]string{"seq DESC": "Budget talks stall", "rank": "Two ferries collide off Jeju"} {
		var title string
		if err := w.reader.QueryRow(strings.Replace(line, "seq DESC", order, 1)).Scan(&title); err != nil || title != want {
			t.Errorf("by %s: %q, %v", order, title, err)
		}
	}
	for _, step := range w.plan(line) {
		if strings.Contains(step.says, "B-TREE") {
			t.Errorf("all that have the words are read: %s", step.says)
		}
	}

	// What an article no longer says does not find it, and neither does what was removed.
	_, err := w.Record(context.Background(), feed.Poll{Source: "wire", Started: w.now.Add(time.Minute), Status: 200, Document: &feed.Document{
		Articles: []feed.Article{{GUID: "Two ferries collide off Jeju", Title: "Two boats collide off Jeju", Published: w.now.Add(-time.Hour)}}}})
	if err != nil {
		t.Fatal(err)
	}
	w.index()
	if got := w.find("ferry"); got != "Budget talks stall" {
		t.Errorf("after a revision: %q", got)
	}
	if got := w.find("boats"); got != "Two boats collide off Jeju" {
		t.Errorf("after a revision: %q", got)
	}
	for more := true; more; {
		if more, err = w.Retain(context.Background(), Retention{Before: w.now.Add(time.Hour)}, w.now.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
	}
	if got := w.find("금리"); got != "" {
		t.Errorf("after retention: %q", got)
	}
	w.checkIndex()
}

// checkIndex holds the index against what it should have: every word of every
// Article that is stored, and nothing else.
func (w *world) checkIndex() {
	w.t.Helper()
	have := w.terms("word_index")
	if _, err := w.conn.ExecContext(context.Background(), `DROP TABLE IF EXISTS temp.anew; CREATE VIRTUAL TABLE temp.anew USING fts5 (title, text, source, content='', tokenize="porter unicode61 remove_diacritics 2")`); err != nil {
		w.t.Fatal(err)
	}
	rows, err := w.reader.Query("SELECT a.seq, a.source_id, r.title, r.summary, r.content, p.text FROM article a JOIN revision r ON r.seq = a.seq LEFT JOIN page p ON p.article_id = a.id")
	if err != nil {
		w.t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var seq, source int64
		var a feed.Article
		var page *string
		if err := rows.Scan(&seq, &source, &a.Title, &a.Summary, &a.Content, &page); err != nil {
			w.t.Fatal(err)
		}
		text := a.Text()
		if page != nil {
			text = *page
		}
		if _, err := w.conn.ExecContext(context.Background(), "INSERT INTO temp.anew (rowid, title, text, source) VALUES (?, ?, ?, ?)", seq, feed.Indexed(a.Title), feed.Indexed(text), sourceWord(source)); err != nil {
			w.t.Fatal(err)
		}
	}
	if want := w.terms("anew"); !slices.Equal(have, want) {
		w.t.Errorf("the index has %d places of words, made anew it has %d", len(have), len(want))
	}
}

// terms returns all that an index has: word, seq, column, place.
func (w *world) terms(table string) (all []string) {
	w.t.Helper()
	ctx := context.Background()
	schema := "main"
	if table == "anew" {
		schema = "temp"
	}
	if _, err := w.conn.ExecContext(ctx, fmt.Sprintf("CREATE VIRTUAL TABLE IF NOT EXISTS temp.places_%s USING fts5vocab(%s, %s, 'instance')", table, schema, table)); err != nil {
		w.t.Fatal(err)
	}
	rows, err := w.conn.QueryContext(ctx, fmt.Sprintf("SELECT term, doc, col, offset FROM temp.places_%s", table))
	if err != nil {
		w.t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var term, col string
		var doc, offset int64
		if err := rows.Scan(&term, &doc, &col, &offset); err != nil {
			w.t.Fatal(err)
		}
		all = append(all, fmt.Sprint(term, " ", doc, " ", col, " ", offset))
	}
	slices.Sort(all)
	return all
}

// An index that another version of newswired made is made anew, in steps.
func TestSearchAnew(t *testing.T) {
	w := newWorld(t)
	articles := make([]feed.Article, indexStep+10)
	for i := range articles {
		articles[i] = feed.Article{GUID: fmt.Sprint(i), Title: fmt.Sprintf("Report %d of the harbour", i), Published: w.now}
	}
	if _, err := w.Record(context.Background(), feed.Poll{Source: "wire", Started: w.now, Status: 200, Document: &feed.Document{Articles: articles}}); err != nil {
		t.Fatal(err)
	}
	w.index()
	if _, err := w.conn.ExecContext(context.Background(), "UPDATE meta SET value = '0/7' WHERE name = 'indexed'; INSERT INTO word_index (rowid, title, text) VALUES (9999, 'stale', '')"); err != nil {
		t.Fatal(err)
	}
	w.indexed.Store(0) // as when it is opened
	w.index()
	w.checkIndex()
}

// Of many Articles that have a word those are looked at whose words came last, wherever
// they stand, and no more of them than are ranked.
func TestSearchMany(t *testing.T) {
	w := newWorld(t)
	const older, newer = burst + 40, 150
	for _, fill := range []string{ // straight into the tables: recorded they would take their time
		"INSERT INTO story (id, first_seen) SELECT n, ?2 FROM many",
		`INSERT INTO article (id, source_id, via, key, link_key, digest, seq, story_id, link, published, first_seen)
			SELECT n, s.id, s.id, n, n, n, n, n, '', ?2, ?2 FROM many, source s WHERE s.name = 'wire'`,
		`INSERT INTO revision (seq, article_id, number, seen, title, marker, credit, summary, content, language, image)
			SELECT n, n, 1, ?2, 'Ferry ' || iif(n <= ?1, 'harbour ', '') || iif(n % 100 = 0, 'storm ', '') || iif(n % 2 = 0, 'quay', ''), '', '', '', '', '', '' FROM many`,
	} {
		fill = strings.ReplaceAll(fill, "many", fmt.Sprintf("(WITH RECURSIVE m(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM m WHERE n < %d) SELECT n FROM m)", older+newer))
		if _, err := w.conn.ExecContext(context.Background(), fill, older, millis(w.now)); err != nil {
			t.Fatal(err)
		}
	}
	w.index()
	for _, c := range []struct {
		question    string
		first, last int // seqs, of those that came first and last
		n           int
	}{
		{"ferry", older + newer - candidates + 1, older + newer, candidates}, // many among the newest
		{"harbour", older - candidates + 1, older, candidates},               // none there, and then many
		{"storm", 100, 2100, 21}, // few
		{"storm since:2026-01-01", 100, 2100, 21},
		{"quay", older + newer - 2*candidates + 2, older + newer, candidates}, // half of all
		{"wreck", 0, 0, 0},
	} {
		q, err := feed.ReadSearch(c.question, time.UTC)
		if err != nil {
			t.Fatal(err)
		}
		var seen []int64
		err = w.view(context.Background(), func(t *tx) error {
			_, err := t.eachFound(q.Match, q, func(h hitStory, _ string, _ time.Time) { seen = append(seen, h.article) })
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		falling := slices.IsSortedFunc(seen, func(a, b int64) int { return cmp.Compare(b, a) })
		if n := len(seen); n != c.n || n > 0 && (!falling || seen[0] != int64(c.last) || seen[n-1] != int64(c.first)) {
			t.Errorf("%s: %d found, want %d, from %d back to %d: %v", c.question, n, c.n, c.last, c.first, seen)
		}
	}
}

// Long texts are indexed few at a time, so that polls come between them.
func TestIndexLong(t *testing.T) {
	w := newWorld(t)
	articles := make([]feed.Article, 30)
	for i := range articles {
		articles[i] = feed.Article{GUID: fmt.Sprint(i), Title: fmt.Sprintf("Report %d", i), Content: strings.Repeat(fmt.Sprintf("harbour %d ", i), 10_000), Published: w.now}
	}
	if _, err := w.Record(context.Background(), feed.Poll{Source: "wire", Started: w.now, Status: 200, Document: &feed.Document{Articles: articles}}); err != nil {
		t.Fatal(err)
	}
	if more, err := w.IndexWords(context.Background()); err != nil || !more {
		t.Errorf("all in one transaction: %v, %v", more, err)
	}
	w.index()
	w.checkIndex()
}

// The words of a page are found in the place of what the feed gave, whenever the
// index was made, and go when the page does.
func TestSearchPage(t *testing.T) {
	w := newPageWorld(t, everything)
	a := article("1", "https://paper.example/1", "Ferry late")
	w.poll("paper", a)
	w.index()
	due := w.claim(9)
	w.answer(due, feed.PageFetch{Page: text("The engine of the boat failed.")}) // after it was indexed
	w.checkIndex()
	if got := w.find("engines"); got != "Ferry late" {
		t.Errorf("the page: %q", got)
	}
	a.Title = "Ferry two hours late"
	w.poll("paper", a)
	w.answer(w.claim(9), feed.PageFetch{Page: text("The rudder of the boat failed.")}) // before it is indexed
	w.index()
	w.checkIndex()
	if got := w.find("rudder hours"); got != "Ferry two hours late" {
		t.Errorf("the page of the revision: %q", got)
	}
	if got := w.find("engine"); got != "" {
		t.Errorf("what the page said before: %q", got)
	}
	a.Title = "Ferry three hours late"
	w.poll("paper", a)
	w.index()
	for range 5 {
		w.answer(w.claim(9), feed.PageFetch{Status: 500, Kind: feed.BadStatus, Error: "500"})
		w.now = w.now.Add(13 * time.Hour)
	}
	w.pageState("given up status")
	w.checkIndex()
	if got := w.find("rudder"); got != "" {
		t.Errorf("a page that was given up: %q", got)
	}
}
