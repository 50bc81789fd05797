package store

import (
	"context"
	"fmt"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"newswired/feed"
)

// newPressWorld is a world of two agencies, two papers and one that was not
// polled yet. Its day is 2 March
// 2026, and polls are five minutes apart from noon on.
func newPressWorld(t *testing.T) *world {
	t.Helper()
	w := &world{t: t, now: time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)}
	w.open(filepath.Join(t.TempDir(), "test.db"))
	sources := []feed.Source{
		{Name: "yonhap", URL: "https://wire.example/rss", Outlet: "Yonhap News Agency", Agency: "Yonhap", Schedule: "@every 5m"},
		{Name: "newsis", URL: "https://newsis.example/rss", Outlet: "Newsis", Agency: "Newsis"},
		{Name: "herald", URL: "https://herald.example/rss", Outlet: "Korea Herald"},
		{Name: "times", URL: "https://times.example/rss", Outlet: "Korea Times"},
		{Name: "late", URL: "https://late.example/rss", Outlet: "Late Post"},
	}
	feeds := []feed.Feed{{Name: "all", Title: "All", Rule: "all"}, {Name: "storms", Title: "Storms", Rule: "storms"}}
	judge := func(s *feed.Story) []feed.Verdict {
		storm := feed.Verdict{Reason: `headline mentions no "storm"`}
		if strings.Contains(s.Copies[0].Title, "Storm") {
			storm = feed.Verdict{Passes: true, Reason: `headline mentions "storm"`}
		}
		return []feed.Verdict{{Passes: true, Reason: "no filter"}, storm}
	}
	if err := w.Configure(context.Background(), sources, feeds, judge, w.now); err != nil {
		t.Fatal(err)
	}
	for _, s := range sources[:4] {
		w.poll(s.Name) // their first Documents are no news
	}
	return w
}

// told returns an Article of a source, published at a minute of the day. Those
// of one report have its words.
func told(source, id, title, words string, minute int) feed.Article {
	a := article(id, "https://"+source+".example/"+id, title)
	a.Summary = words
	a.Published = time.Date(2026, 3, 2, 0, minute, 0, 0, time.UTC)
	return a
}

// ask asks one of the questions on 3 March 2026, of our SQLite and of sqlite3 if
// it is there, and compares the rows.
func (w *world) ask(name string, want ...string) {
	w.t.Helper()
	c := describe(w.t)
	i := slices.IndexFunc(c.Questions, func(q Question) bool { return q.Name == name })
	if i < 0 {
		w.t.Fatalf("there is no question %s", name)
	}
	query := strings.ReplaceAll(c.Questions[i].SQL, "'now'", "'2026-03-03T09:00:00Z'")
	got := w.rows(query)
	if !slices.Equal(got, want) {
		w.t.Errorf("%s:\n%s\nwant\n%s", name, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if _, err := exec.LookPath("sqlite3"); err != nil {
		return
	}
	out, err := exec.Command("sqlite3", "-readonly", "-separator", " | ", w.name, query).CombinedOutput()
	if shell := strings.TrimSuffix(string(out), "\n"); err != nil || shell != strings.Join(got, "\n") {
		w.t.Errorf("%s: sqlite3 says %v:\n%s\nwe say\n%s", name, err, shell, strings.Join(got, "\n"))
	}
}

// rows returns the answer to a query as sqlite3 prints it.
func (w *world) rows(query string) (all []string) {
	w.t.Helper()
	rows, err := w.reader.Query(query)
	if err != nil {
		w.t.Fatalf("%s: %v", query, err)
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		w.t.Fatal(err)
	}
	for rows.Next() {
		cells, into := make([]any, len(names)), make([]any, len(names))
		for i := range cells {
			into[i] = &cells[i]
		}
		if err := rows.Scan(into...); err != nil {
			w.t.Fatal(err)
		}
		all = append(all, line(cells))
	}
	if err := rows.Err(); err != nil {
		w.t.Fatal(err)
	}
	return all
}

// line writes a row as text; NULL is nothing.
func line(cells []any) string {
	texts := make([]string, len(cells))
	for i, cell := range cells {
		switch v := cell.(type) {
		case nil:
		case float64:
			texts[i] = strconv.FormatFloat(v, 'f', 1, 64)
		default:
			texts[i] = fmt.Sprint(v)
		}
	}
	return strings.Join(texts, " | ")
}

func TestAskCorrections(t *testing.T) {
	w := newPressWorld(t)
	a := told("wire", "1", "Seven dead in blaze", "A fire broke out.", 700)
	b := told("wire", "2", "Budget passed", "Lawmakers voted.", 701)
	w.poll("yonhap", a, b)
	a.Title, b.Summary = "Eight dead in blaze", "Lawmakers voted at night."
	w.poll("yonhap", a, b)
	w.poll("yonhap", told("wire", "3", "CORRECTED-Museum opens at night", "It opened.", 702), a, b)
	mine := told("herald", "4", "Rain (Yonhap)", "SEOUL (Yonhap) -- Rain fell.", 703)
	w.poll("herald", mine)
	mine.Title = "Rain and snow"
	w.poll("herald", mine) // a paper's own correction
	w.now = time.Date(2026, 3, 3, 0, 0, 0, 0, time.UTC)
	a.Title = "Nine dead in blaze"
	w.poll("yonhap", a, b) // not yesterday
	w.ask("corrections",
		"2026-03-02T12:30:00Z | summary | Budget passed | Budget passed",
		"2026-03-02T12:30:00Z | title | Seven dead in blaze | Eight dead in blaze",
		"2026-03-02T12:35:00Z | CORRECTED |  | CORRECTED-Museum opens at night")
}

// A report by an agency that two papers print, one after the other and the
// first of them twice, and what each has alone.
func (w *world) carried() {
	w.t.Helper()
	print := "MOKPO, March 2 (Yonhap) -- " + report
	w.poll("yonhap", told("wire", "1", "Passengers rescued after ferry sinks off Mokpo", print, 600))
	w.poll("times", told("times", "1", "Passengers rescued as ferry sinks off Mokpo", print, 645), told("times", "2", "Museum opens at night", "It opened.", 650))
	w.poll("herald", told("herald", "1", "Ferry sinks off Mokpo, passengers rescued", print, 620))
	w.poll("newsis", told("newsis", "1", "Budget passed", "Lawmakers voted.", 655))
}

func TestAskCarried(t *testing.T) {
	w := newPressWorld(t)
	w.carried()
	w.ask("carried",
		"1 | 0 | Yonhap News Agency | Passengers rescued after ferry sinks off Mokpo",
		"1 | 20 | Korea Herald | Ferry sinks off Mokpo, passengers rescued",
		"1 | 45 | Korea Times | Passengers rescued as ferry sinks off Mokpo")
	undated := told("late", "1", "Ferry sinks off Mokpo", "MOKPO, March 2 (Yonhap) -- "+report, 0)
	undated.Published = time.Time{}
	w.now = w.now.Add(24 * time.Hour)
	w.poll("late", undated) // it may have stood there for long
	w.ask("carried",
		"1 | 0 | Yonhap News Agency | Passengers rescued after ferry sinks off Mokpo",
		"1 | 20 | Korea Herald | Ferry sinks off Mokpo, passengers rescued",
		"1 | 45 | Korea Times | Passengers rescued as ferry sinks off Mokpo",
		"1 |  | Late Post | Ferry sinks off Mokpo")
	var s struct{ first, last, names, agency string }
	err := w.reader.QueryRow("SELECT first_outlet, last_outlet, outlet_names, agency FROM stories WHERE id = 1").Scan(&s.first, &s.last, &s.names, &s.agency)
	if err != nil {
		t.Fatal(err)
	}
	want(t, "first", s.first, "Yonhap News Agency")
	want(t, "last", s.last, "Late Post")
	want(t, "names", s.names, `["Yonhap News Agency","Korea Herald","Korea Times","Late Post"]`)
	want(t, "agency", s.agency, "Yonhap")
}

func TestAskExclusive(t *testing.T) {
	w := newPressWorld(t)
	w.carried()
	w.ask("exclusive",
		"2026-03-02T10:55:00Z | Newsis | 1 | Budget passed",
		"2026-03-02T10:00:00Z | Yonhap | 3 | Passengers rescued after ferry sinks off Mokpo")
	w.poll("newsis", told("newsis", "2", "Ferry sinks off Mokpo", "MOKPO, March 2 (Newsis) -- "+report, 656), told("newsis", "1", "Budget passed", "Lawmakers voted.", 655))
	if w.count("SELECT origins FROM stories WHERE id = 1") == 2 { // another agency has it as well
		w.ask("exclusive", "2026-03-02T10:55:00Z | Newsis | 1 | Budget passed")
	} else {
		t.Error("the other agency's report is not of the story")
	}
}

func TestAskHeadlines(t *testing.T) {
	w := newPressWorld(t)
	a, b := told("wire", "1", "Seven dead", "A fire.", 700), told("wire", "2", "Budget passed", "Lawmakers voted.", 701)
	w.poll("yonhap", a, b)
	for i, title := range []string{"Eight dead", "Eight dead", "Nine dead"} {
		a.Title, a.Summary = title, fmt.Sprint("A fire. Again ", i)
		w.poll("yonhap", a, b)
	}
	b.Title = "Budget fails"
	w.poll("yonhap", a, b)
	w.ask("headlines",
		"2 | yonhap | 2026-03-02T12:30:00Z | Seven dead | Eight dead",
		"2 | yonhap | 2026-03-02T12:40:00Z | Eight dead | Nine dead",
		"1 | yonhap | 2026-03-02T12:45:00Z | Budget passed | Budget fails")
	want(t, "numbers", fmt.Sprint(w.rows("SELECT number, changed FROM revisions WHERE source = 'yonhap' AND article_id = (SELECT id FROM articles WHERE guid = '1') ORDER BY seq")), "[1 |  2 | title, summary 3 | summary 4 | title, summary]")
}

func TestAskWords(t *testing.T) {
	w := newPressWorld(t)
	before := told("wire", "1", "Missiles fired", "At sea.", -60)
	w.poll("yonhap", before, told("wire", "2", "북한, 탄도미사일 발사", "동해로 쐈다.", 700), told("wire", "3", "Budget passed", "Lawmakers voted.", 701))
	w.poll("herald", told("herald", "1", "Storm nears", "No missile was fired.", 702), told("herald", "2", "A missile", "It flew.", 703), told("herald", "3", "Missile, again", "It fell.", 704))
	for more := true; more; {
		var err error
		if more, err = w.IndexWords(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	w.ask("words",
		"2026-03-02 | Korea Herald | 3",
		"2026-03-02 | Yonhap News Agency | 1",
		"2026-03-01 | Yonhap News Agency | 1")
}

func TestAskWhy(t *testing.T) {
	w := newPressWorld(t)
	w.poll("yonhap", told("wire", "1", "Budget passed", "Lawmakers voted.", 700))
	w.poll("yonhap", told("wire", "2", "Storm nears", "It is near.", 700))
	w.ask("why",
		"all | in | no filter | 2026-03-02T12:25:00Z | Budget passed",
		`storms | not in | headline mentions no "storm" | 2026-03-02T12:25:00Z | Budget passed`)
	want(t, "the other", fmt.Sprint(w.rows("SELECT feed, reason FROM decisions WHERE story_id = 2 AND verdict = 1 AND decision = 'feed' ORDER BY feed")), `[all | no filter storms | headline mentions "storm"]`)
}

func TestAskHealth(t *testing.T) {
	w := newPressWorld(t)
	w.poll("yonhap", told("wire", "1", "Budget passed", "Lawmakers voted.", 700))
	w.record(feed.Poll{Source: "times", Kind: feed.Timeout, Error: "no answer in 30s", NextFetch: w.now.Add(time.Hour), NextReason: feed.ByBackoff})
	w.poll("herald", told("herald", "1", "Rain", "It rains.", 700))
	w.ask("health",
		"late | new | 0 |  |  |  | ",
		"times | failing | 0 |  | 2026-03-02T12:30:00Z | 2026-03-02T13:25:00Z | no answer in 30s",
		"newsis | ok | 0 |  | 2026-03-02T12:10:00Z |  | ",
		"yonhap | ok | 1 | 2026-03-02T12:25:00Z | 2026-03-02T12:25:00Z |  | ",
		"herald | ok | 1 | 2026-03-02T12:35:00Z | 2026-03-02T12:35:00Z |  | ")
}

func TestAskFastest(t *testing.T) {
	w := newPressWorld(t)
	w.carried()
	other := "SEOUL, March 2 (Yonhap) -- The central bank froze its key rate at 2.5 percent on Monday, citing household debt in the capital and a weak won, and said that two members had dissented. Governor Rhee Chang-yong told reporters that cuts were off the table until summer."
	w.poll("herald", told("herald", "2", "Bank of Korea freezes key rate at 2.5 pct", other, 660), told("herald", "1", "Ferry sinks off Mokpo, passengers rescued", "MOKPO, March 2 (Yonhap) -- "+report, 620))
	w.poll("times", told("times", "3", "Bank of Korea freezes its key rate at 2.5 pct", other, 670))
	w.ask("fastest", // Herald: 20 and 0; Times: 45 and 10
		"Yonhap News Agency | 1 | 1 | 0.0",
		"Korea Herald | 2 | 1 | 10.0",
		"Korea Times | 2 | 0 | 27.5")
}

func TestAskWithdrawn(t *testing.T) {
	w := newPressWorld(t)
	a, b, c := told("wire", "1", "Seven dead", "A fire.", 700), told("wire", "2", "Budget passed", "Lawmakers voted.", 701), told("wire", "3", "Rain", "It rains.", 702)
	w.poll("yonhap", a, b, c)
	w.poll("yonhap", told("wire", "4", "KILL-Seven dead", "This report is wrong.", 710), b, c)
	w.record(feed.Poll{Source: "yonhap", Status: 200, Document: &feed.Document{Articles: []feed.Article{c}, Deleted: []string{"2"}}})
	w.ask("withdrawn",
		"deleted | 2026-03-02T12:35:00Z | yonhap | Budget passed | https://wire.example/2",
		"withdrawn | 2026-03-02T12:30:00Z | yonhap | KILL-Seven dead | https://wire.example/4")
}

func TestAskRefused(t *testing.T) {
	w := newPressWorld(t)
	bad := feed.Document{Refused: []feed.Refusal{{Name: "urn:1", Reason: "it has neither a headline nor text"}}}
	w.record(feed.Poll{Source: "herald", Status: 200, Document: &bad})
	w.record(feed.Poll{Source: "herald", Status: 200, Document: &bad})
	w.record(feed.Poll{Source: "times", Status: 200, Document: &feed.Document{Refused: []feed.Refusal{{Name: "urn:2", Reason: "its headline is too long"}}}})
	w.record(feed.Poll{Source: "times", Status: 200, Document: &feed.Document{Refused: []feed.Refusal{{Reason: "it has not even a name"}}}})
	w.ask("refused",
		"2026-03-02T12:40:00Z | times | it has not even a name",
		"2026-03-02T12:35:00Z | times | urn:2: its headline is too long",
		"2026-03-02T12:30:00Z | herald | urn:1: it has neither a headline nor text")
}

// Whatever the size of the file, no question reads all Articles or all Revisions.
// (Of the view decisions only the part is read that has the decision asked for; the
// plan has all parts.)
func TestQuestionsReadSome(t *testing.T) {
	w := newPressWorld(t)
	for _, q := range describe(t).Questions {
		if slices.Contains(q.Views, "decisions") {
			continue
		}
		for _, step := range w.plan(q.SQL) {
			if readsAll.MatchString(step.says) {
				t.Errorf("%s: %s", q.Name, step.says)
			}
		}
	}
}

// readsAll matches a step that reads every row, and not from the newest on.
var readsAll = regexp.MustCompile(`^SCAN (a|r|b|article|revision)( USING (COVERING )?INDEX \w+_by_\w+)?$`)

func TestTenQuestions(t *testing.T) { want(t, "questions", len(describe(t).Questions), 10) }

// slow tells of a step of a plan that reads all articles, stories or revisions,
// or sorts them. The few articles of one story may be sorted.
var slow = regexp.MustCompile(`^SCAN [aertv]($| USING INDEX (revision|article_by|story_told))|USE TEMP B-TREE FOR ORDER BY`)

// What people ask first is found by an index, however many articles there are.
func TestViewsUseIndexes(t *testing.T) {
	w := newPressWorld(t)
	for _, query := range []string{
		"SELECT published, source, title FROM articles ORDER BY published DESC LIMIT 10",
		"SELECT title FROM articles WHERE published >= '2026-03-02' AND published < '2026-03-03'",
		"SELECT * FROM articles WHERE id = 1",
		"SELECT * FROM articles WHERE story_id = 1",
		"SELECT title FROM articles WHERE source = 'wire'",
		"SELECT title FROM articles WHERE source_id = 1",
		"SELECT url FROM pages WHERE source = 'wire'",
		"SELECT title FROM revisions WHERE source = 'wire'",
		"SELECT title, articles FROM stories ORDER BY published DESC LIMIT 10",
		"SELECT title FROM stories WHERE published >= '2026-03-02' AND published < '2026-03-03'",
		"SELECT * FROM stories WHERE id = 1",
		"SELECT * FROM stories WHERE id > 1 AND id <= 100 ORDER BY id",
		"SELECT title FROM entries WHERE feed = 'all' AND entered >= '2026-03-02'",
		"SELECT title FROM entries WHERE feed = 'all' ORDER BY entered DESC LIMIT 20",
		"SELECT title FROM entries WHERE feed_id = 1",
		"SELECT title FROM entries WHERE entered >= '2026-03-02'",
		"SELECT title FROM entries WHERE story_id = 1",
		"SELECT title, previous_title FROM revisions WHERE article_id = 1",
		"SELECT * FROM revisions WHERE seq > 1 ORDER BY seq",
		"SELECT title FROM revisions WHERE number > 1 AND seen >= '2026-03-02'",
		"SELECT title FROM revisions WHERE marker_kind = 'correction'",
	} {
		ofOne := make(map[int]bool) // ids of steps that are for one row
		for _, s := range w.plan(query) {
			ofOne[s.id] = ofOne[s.parent] || strings.HasPrefix(s.says, "CORRELATED")
			if slow.MatchString(s.says) && !(ofOne[s.id] && strings.HasPrefix(s.says, "USE")) {
				t.Errorf("%s: %s", query, s.says)
			}
		}
	}
}

// The newest Entries of a Feed are found without sorting the others.
func TestNewestUseIndex(t *testing.T) {
	w := newPressWorld(t)
	for _, name := range []string{"select_entries", "select_section"} {
		var steps []string
		for _, s := range w.planOf(name, "all", 200) {
			steps = append(steps, s.says)
		}
		at := slices.Index(steps, "SEARCH v USING INDEX entry_order (feed_id=?)")
		if at < 0 || !slices.Contains(steps[at:], "USE TEMP B-TREE FOR LAST 2 TERMS OF ORDER BY") {
			t.Errorf("%s:\n%s", name, strings.Join(steps, "\n"))
		}
	}
}
