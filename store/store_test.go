package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"newswired/feed"
)

// start is the time at which the tests begin.
var start = time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)

// A world is a database with two Sources and a Feed that takes everything.
type world struct {
	*Store
	t   *testing.T
	now time.Time
}

func everything(s *feed.Story) []feed.Verdict {
	return []feed.Verdict{{Passes: true, Reason: "no filter"}}
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{t: t, now: start}
	w.open(filepath.Join(t.TempDir(), "test.db"))
	w.configure(everything, feed.Feed{Name: "all", Title: "All", Rule: "all"})
	return w
}

// open opens a file until the test ends.
func (w *world) open(name string) {
	w.t.Helper()
	st, err := Open(context.Background(), name, "example.org", w.now)
	if err != nil {
		w.t.Fatal(err)
	}
	w.Store = st
	w.t.Cleanup(func() { st.Close() })
}

// configure configures two Sources and some Feeds, and judges all that is stored.
func (w *world) configure(judge feed.Judge, feeds ...feed.Feed) {
	w.t.Helper()
	sources := []feed.Source{
		{Name: "wire", URL: "https://wire.example/rss", Outlet: "Wire", Agency: "Wire"},
		{Name: "paper", URL: "https://paper.example/rss", Outlet: "Paper"},
	}
	if err := w.Configure(context.Background(), sources, feeds, judge, start); err != nil {
		w.t.Fatal(err)
	}
	for more := true; more; {
		var err error
		if more, err = w.JudgeBacklog(context.Background(), w.now); err != nil {
			w.t.Fatal(err)
		}
	}
}

// poll records a Document of some Articles, five minutes after the last.
func (w *world) poll(source string, articles ...feed.Article) feed.Recorded {
	w.t.Helper()
	return w.record(feed.Poll{Source: source, Status: 200, Document: &feed.Document{Articles: articles}})
}

// record records a Poll, five minutes after the last.
func (w *world) record(p feed.Poll) feed.Recorded {
	w.t.Helper()
	w.now = w.now.Add(5 * time.Minute)
	p.Started = w.now
	done, err := w.Record(context.Background(), p)
	if err != nil {
		w.t.Fatal(err)
	}
	return done
}

func (w *world) entries() []feed.Entry {
	w.t.Helper()
	all, err := w.Entries(context.Background(), "all", 100)
	if err != nil {
		w.t.Fatal(err)
	}
	return all
}

// count returns the one number that a query gives.
func (w *world) count(query string, args ...any) int {
	w.t.Helper()
	var n int
	if err := w.reader.QueryRow(query, args...).Scan(&n); err != nil {
		w.t.Fatalf("%s: %v", query, err)
	}
	return n
}

func article(guid, link, title string) feed.Article {
	return feed.Article{GUID: guid, Link: link, Title: title, Summary: "Summary of " + title, Published: start.Add(-time.Hour)}
}

func want[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

func TestRecordTwiceIsOnce(t *testing.T) {
	w := newWorld(t)
	a, b := article("1", "https://wire.example/1", "One"), article("2", "https://wire.example/2", "Two")
	want(t, "first", w.poll("wire", a, b), feed.Recorded{New: 2})
	want(t, "second", w.poll("wire", a, b), feed.Recorded{Unchanged: 2})
	want(t, "articles", w.count("SELECT count(*) FROM articles"), 2)
	want(t, "stories", w.count("SELECT count(*) FROM stories"), 2)
	want(t, "revisions", w.count("SELECT count(*) FROM revisions"), 2)
}

func TestRevision(t *testing.T) {
	w := newWorld(t)
	a := article("1", "https://wire.example/1", "Five dead")
	w.poll("wire", a)
	published := w.entries()[0].Published
	a.Published = start // a moved date is no news
	want(t, "moved date", w.poll("wire", a), feed.Recorded{Unchanged: 1})
	a.Title = "Five  dead" // nor is white space
	want(t, "white space", w.poll("wire", a), feed.Recorded{Unchanged: 1})
	before := w.entries()[0].Updated
	a.Title = "Five dead."
	want(t, "full stop", w.poll("wire", a), feed.Recorded{Revised: 1})
	want(t, "updated by a full stop", w.entries()[0].Updated, before)
	a.Title = "Seven dead"
	want(t, "news", w.poll("wire", a), feed.Recorded{Revised: 1})
	e := w.entries()[0]
	want(t, "updated", e.Updated, w.now)
	want(t, "published", e.Published, published)
	want(t, "title", e.Copies[0].Title, "Seven dead")
	want(t, "revisions", w.count("SELECT count(*) FROM revisions WHERE article_id = 1"), 3)
}

func TestReturnIsNotNew(t *testing.T) {
	w := newWorld(t)
	a, b := article("1", "https://wire.example/1", "One"), article("2", "https://wire.example/2", "Two")
	w.poll("wire", a, b)
	w.poll("wire", b)
	want(t, "left", w.count("SELECT count(*) FROM articles WHERE left_document IS NOT NULL"), 1)
	want(t, "return", w.poll("wire", a, b), feed.Recorded{Unchanged: 2})
	want(t, "left after return", w.count("SELECT count(*) FROM articles WHERE left_document IS NOT NULL"), 0)
}

func TestPartialDocumentSaysNothingOfTheRest(t *testing.T) {
	w := newWorld(t)
	a, b := article("1", "https://wire.example/1", "One"), article("2", "https://wire.example/2", "Two")
	w.poll("wire", a, b)
	w.record(feed.Poll{Source: "wire", Status: 200, Document: &feed.Document{Articles: []feed.Article{a}, Partial: true}})
	want(t, "left", w.count("SELECT count(*) FROM articles WHERE left_document IS NOT NULL"), 0)
}

func TestIdentity(t *testing.T) {
	link := func(n int) string { return fmt.Sprintf("https://wire.example/%d", n) }
	for _, test := range []struct {
		name          string
		first, second []feed.Article
		want          feed.Recorded
	}{
		{"link changed under a GUID", []feed.Article{article("g", link(1), "One")}, []feed.Article{article("g", link(2), "One")}, feed.Recorded{Unchanged: 1}},
		{"no GUID, tracking", []feed.Article{article("", link(1), "One")}, []feed.Article{article("", link(1)+"?utm_source=rss", "One")}, feed.Recorded{Unchanged: 1}},
		{"GUID rotates", []feed.Article{article("g1", link(1), "One")}, []feed.Article{article("g2", link(1), "One")}, feed.Recorded{Unchanged: 1}},
		{"GUID follows the headline", []feed.Article{article("storm-nears", link(1), "Storm nears the coast")}, []feed.Article{article("storm-hits", link(1), "Storm hits the coast")}, feed.Recorded{Revised: 1}},
		{"GUID and link rotate", []feed.Article{article("g1", link(1), "One")}, []feed.Article{article("g2", link(2), "One")}, feed.Recorded{Unchanged: 1}},
		{"live page", []feed.Article{article("p1", link(1), "Minister resigns")}, []feed.Article{article("p2", link(1), "Parliament dissolved"), article("p1", link(1), "Minister resigns")}, feed.Recorded{New: 1, Unchanged: 1}},
		{"live page, former post gone", []feed.Article{article("p1", link(1), "Minister resigns")}, []feed.Article{article("p2", link(1), "Parliament dissolved")}, feed.Recorded{New: 1}},
		{"GUID of two links", []feed.Article{article("g", link(1), "One"), article("g", link(2), "Two")}, []feed.Article{article("g", link(3), "Three"), article("g", link(1), "One")}, feed.Recorded{New: 1, Unchanged: 1}},
		{"GUID gets a second link", []feed.Article{article("g", link(1), "One")}, []feed.Article{article("g", link(2), "Two"), article("g", link(1), "One")}, feed.Recorded{New: 1, Unchanged: 1}},
		{"listed twice", []feed.Article{article("g", link(1), "One")}, []feed.Article{article("g", link(1), "One"), article("g", link(1), "One")}, feed.Recorded{Unchanged: 2}},
		{"neither GUID nor link", []feed.Article{article("", "", "One")}, []feed.Article{article("", "", "One"), article("", "", "Two")}, feed.Recorded{New: 1, Unchanged: 1}},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := newWorld(t)
			w.poll("wire", test.first...)
			want(t, "recorded", w.poll("wire", test.second...), test.want)
			want(t, "again", w.poll("wire", test.second...), feed.Recorded{Unchanged: len(test.second)})
		})
	}
}

func TestOneStoryForOnePage(t *testing.T) {
	w := newWorld(t)
	w.poll("wire", article("1", "https://wire.example/1", "One"))
	w.poll("paper", article("x", "http://www.wire.example/1/?utm_medium=rss", "One, printed"))
	all := w.entries()
	if len(all) != 1 || len(all[0].Copies) != 2 {
		t.Fatalf("got %d entries, want one of two copies: %+v", len(all), all)
	}
	want(t, "shown", all[0].Copies[all[0].Shown].Source, "wire")
	want(t, "outlets", w.count("SELECT outlets FROM stories"), 2)
	want(t, "updated by a carrier", all[0].Updated, all[0].Published)
	want(t, "reasons", w.count("SELECT count(*) FROM decisions WHERE decision = 'story' AND reason = 'like article 1: the same page'"), 1)
}

func TestLinkOfManyArticlesMakesNoStory(t *testing.T) {
	w := newWorld(t)
	live := "https://wire.example/live"
	w.poll("wire", article("1", live, "Minister resigns"), article("2", live, "Parliament dissolved"))
	w.poll("paper", article("x", live, "All that happened today"))
	want(t, "stories", w.count("SELECT count(*) FROM stories"), 3)
}

func TestOrderOfEntries(t *testing.T) {
	w := newWorld(t)
	old := article("1", "https://wire.example/1", "Old")
	old.Published = start.AddDate(0, 0, -30)
	w.poll("wire", old)
	w.poll("wire", article("2", "https://wire.example/2", "News"), old)
	undated := article("u", "https://paper.example/u", "Undated")
	undated.Published = time.Time{}
	ancient := article("x", "https://paper.example/x", "Ancient")
	ancient.Published = start.AddDate(0, 0, -60)
	w.poll("paper", undated, ancient) // the first Document of a Source is no news
	future := article("y", "https://paper.example/y", "Future")
	future.Published = w.now.AddDate(1, 0, 0)
	later := article("l", "https://paper.example/l", "Later")
	later.Published = time.Time{}
	w.poll("paper", later, undated, ancient)
	w.poll("paper", future, later, undated, ancient)
	var titles string
	for _, e := range w.entries() {
		titles += e.Copies[0].Title + " "
	}
	want(t, "order", titles, "Future Later News Undated Old Ancient ")
	want(t, "future date", w.entries()[0].Published, w.now)
}

// A Store that was closed leaves the whole database in its file, and nothing open:
// the log beside it, which stays for readers who may not write, is empty.
func TestClose(t *testing.T) {
	w := newWorld(t)
	w.poll("wire", article("1", "", "Harbour closed"))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if log, err := os.Stat(w.name + "-wal"); err != nil || log.Size() != 0 {
		t.Errorf("the log after the close: %v, %v", log, err)
	}
	alone := filepath.Join(t.TempDir(), "alone.db")
	if err := os.Rename(w.name, alone); err != nil {
		t.Fatal(err)
	}
	w.open(alone)
	want(t, "articles in the file alone", w.count("SELECT count(*) FROM articles"), 1)
}

// Every statement is one, though it is prepared only when it is needed, and those
// for readers write nothing.
func TestStatements(t *testing.T) {
	w := newWorld(t)
	for _, p := range []*prepared{&w.read, &w.write} {
		if err := p.all(t.Context()); err != nil {
			t.Error(err)
		}
	}
	if err := w.read.row(t.Context(), "select_nothing_of_the_kind").Scan(); err == nil {
		t.Error("an unknown statement was run")
	}
}

// That another program keeps us from writing is not our death: it is told apart,
// also while somebody of ours waits for that lock, and it passes.
func TestAliveWhileLocked(t *testing.T) {
	w := newWorld(t)
	if err := w.Alive(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := w.conn.ExecContext(t.Context(), "PRAGMA busy_timeout = 50"); err != nil {
		t.Fatal(err)
	}
	other, err := sql.Open("sqlite", dsn(w.name, "_txlock=immediate"))
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	lock, err := other.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Alive(t.Context()); !errors.Is(err, ErrLocked) {
		t.Errorf("locked by another: %v", err)
	}
	if err := w.SaveAlerts(t.Context(), nil); !errors.Is(err, ErrLocked) || !strings.Contains(err.Error(), "another program has locked it") {
		t.Errorf("what is written meanwhile: %v", err)
	}
	w.turn <- struct{}{} // as a poll that waits for the lock
	short, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if err := w.Alive(short); !errors.Is(err, ErrLocked) {
		t.Errorf("locked by another, and the turn taken: %v", err)
	}
	<-w.turn
	if err := lock.Rollback(); err != nil {
		t.Fatal(err)
	}
	if err := w.Alive(t.Context()); err != nil {
		t.Errorf("unlocked: %v", err)
	}
	w.turn <- struct{}{} // and never given back
	short, cancel = context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if err := w.Alive(short); err == nil || errors.Is(err, ErrLocked) {
		t.Errorf("our own turn hangs: %v", err)
	}
	<-w.turn
}
