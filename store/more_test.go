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

func TestFailuresAreOneRowThatCounts(t *testing.T) {
	w := newWorld(t)
	down := feed.Poll{Source: "wire", Status: 503, Kind: feed.BadStatus, Error: "503 Service Unavailable", NextFetch: start.Add(time.Hour)}
	w.record(down)
	w.record(down)
	want(t, "rows", w.count("SELECT count(*) FROM fetches"), 1)
	want(t, "count", w.count("SELECT count FROM fetches"), 2)
	want(t, "failures", w.count("SELECT failures FROM sources WHERE name = 'wire'"), 2)
	w.record(feed.Poll{Source: "wire", Kind: feed.Offline, Error: "no route"})
	want(t, "failures without a network", w.count("SELECT failures FROM sources WHERE name = 'wire'"), 2)
	w.poll("wire", article("1", "https://wire.example/1", "One"))
	want(t, "failures after a success", w.count("SELECT failures FROM sources WHERE name = 'wire'"), 0)
	st, err := w.State(context.Background(), "wire", time.Time{})
	if err != nil || !st.LastFetch.Equal(w.now) || !st.NextFetch.IsZero() {
		t.Errorf("state after a success: %+v, %v", st, err)
	}
}

func TestValidatorsAreKeptVerbatim(t *testing.T) {
	w := newWorld(t)
	v := feed.Validators{URL: "https://wire.example/rss", ETag: `W/"a, b"`, LastModified: "yesterday"}
	w.record(feed.Poll{Source: "wire", Status: 200, Validators: v, Digest: []byte{1}, Document: &feed.Document{}})
	w.record(feed.Poll{Source: "wire", Status: 304, Validators: v})
	w.record(feed.Poll{Source: "wire", Status: 500, Kind: feed.BadStatus})
	st, err := w.State(context.Background(), "wire", time.Time{})
	if err != nil || st.Validators != v || len(st.Digest) != 1 {
		t.Errorf("state: %+v, %v", st, err)
	}
}

func TestTombstone(t *testing.T) {
	w := newWorld(t)
	a, b := article("1", "https://wire.example/1", "One"), article("2", "https://wire.example/2", "Two")
	w.poll("wire", a, b)
	w.poll("wire", b)
	left := w.now
	w.now = w.now.Add(time.Minute)
	if more, err := w.Retain(context.Background(), Retention{Before: left}, w.now); more || err != nil {
		t.Fatal(more, err)
	}
	want(t, "kept until it is older", w.count("SELECT count(*) FROM articles"), 2)
	if more, err := w.Retain(context.Background(), Retention{Before: w.now}, w.now); more || err != nil {
		t.Fatal(more, err)
	}
	want(t, "articles", w.count("SELECT count(*) FROM articles"), 1)
	want(t, "stories", w.count("SELECT count(*) FROM stories"), 1)
	want(t, "entries", w.count("SELECT count(*) FROM entries"), 1)
	want(t, "revisions", w.count("SELECT count(*) FROM revisions"), 1)
	want(t, "return", w.poll("wire", a, b), feed.Recorded{Unchanged: 2})
	want(t, "articles after its return", w.count("SELECT count(*) FROM articles"), 1)
}

func TestStoryIDsAreNeverUsedTwice(t *testing.T) {
	w := newWorld(t)
	w.poll("wire", article("1", "https://wire.example/1", "One"))
	before := w.entries()[0].ID
	w.poll("wire")
	w.retain(Retention{Before: w.now.Add(time.Hour)})
	w.poll("wire", article("2", "https://wire.example/2", "Two"))
	if after := w.entries()[0].ID; after == before || !strings.HasPrefix(after, "tag:example.org,2026-03-01:") {
		t.Errorf("ids %s, then %s", before, after)
	}
}

func TestChangedRuleJudgesWhatIsStored(t *testing.T) {
	w := newWorld(t)
	for _, n := range []string{"1", "2", "3"} {
		w.poll("wire", article(n, "https://wire.example/"+n, "Number "+n))
	}
	entered := w.entries()[0].Entered
	onlyTwo := func(s *feed.Story) []feed.Verdict {
		return []feed.Verdict{{Passes: strings.Contains(s.Copies[0].Title, "2"), Reason: "two"}}
	}
	w.now = w.now.Add(time.Hour)
	w.configure(onlyTwo, feed.Feed{Name: "all", Rule: "two"})
	want(t, "entries by another rule", len(w.entries()), 1)
	want(t, "decisions", w.count("SELECT count(*) FROM decisions WHERE decision = 'feed' AND verdict = 0 AND reason = 'two'"), 2)
	w.now = w.now.Add(time.Hour)
	w.configure(everything, feed.Feed{Name: "all", Rule: "all"})
	want(t, "entries by the former rule", len(w.entries()), 3)
	want(t, "entered, as before", w.entries()[0].Entered, entered)
}

func TestNewFeedTakesStoriesByTheirDate(t *testing.T) {
	w := newWorld(t)
	w.poll("wire", article("1", "https://wire.example/1", "One"))
	two := func(s *feed.Story) []feed.Verdict { return append(everything(s), everything(s)...) }
	w.configure(two, feed.Feed{Name: "all", Rule: "all"}, feed.Feed{Name: "late", Rule: "all"})
	all, err := w.Entries(context.Background(), "late", 10)
	if err != nil || len(all) != 1 || !all[0].Entered.Equal(start.Add(-time.Hour)) {
		t.Errorf("entries: %+v, %v", all, err)
	}
}

func TestRemovedSourceComesBack(t *testing.T) {
	w := newWorld(t)
	w.poll("wire", article("1", "https://wire.example/1", "One"))
	if err := w.Configure(context.Background(), nil, nil, nil, start); err != nil {
		t.Fatal(err)
	}
	want(t, "removed", w.count("SELECT count(*) FROM sources WHERE state = 'removed'"), 2)
	w.configure(everything, feed.Feed{Name: "all", Rule: "all"})
	want(t, "back", w.poll("wire", article("1", "https://wire.example/1", "One")), feed.Recorded{Unchanged: 1})
	want(t, "entries", len(w.entries()), 1)
}

// Most names are the link. One that is not changed with the link stays.
func TestNameIsLink(t *testing.T) {
	w := newWorld(t)
	a := article("https://wire.example/1", "https://wire.example/1", "One")
	w.poll("wire", a)
	query := "SELECT guid || ' ' || link FROM articles"
	want(t, "one for both", w.rows(query)[0], a.GUID+" "+a.Link)
	want(t, "stored", w.count("SELECT count(*) FROM article WHERE name IS NULL"), 1)
	a.Link = "https://wire.example/2"
	want(t, "the link moves", w.poll("wire", a), feed.Recorded{Unchanged: 1})
	want(t, "both", w.rows(query)[0], a.GUID+" "+a.Link)
	want(t, "copy", w.entries()[0].Copies[0].GUID, a.GUID)
}

// The time of a story's news does not move back, whatever becomes of the clock.
func TestNewsWithTheClockSetBack(t *testing.T) {
	w := newWorld(t)
	a := article("1", "https://wire.example/1", "Ferry late")
	w.poll("wire", a)
	latest := func() string { return w.rows("SELECT updated FROM stories")[0] }
	first := latest()
	w.now = w.now.Add(-time.Hour)
	a.Title = "Ferry lost"
	want(t, "a revision", w.poll("wire", a), feed.Recorded{Revised: 1})
	want(t, "updated", latest(), first)
	w.now = w.now.Add(2 * time.Hour)
	a.Title = "Ferry found"
	want(t, "another", w.poll("wire", a), feed.Recorded{Revised: 1})
	if latest() <= first {
		t.Errorf("updated is %s, was %s", latest(), first)
	}
}

func TestOpenRefusesWhatIsNotOurs(t *testing.T) {
	name := filepath.Join(t.TempDir(), "other.db")
	db, err := sql.Open("sqlite", name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("CREATE TABLE recipe (name TEXT)"); err != nil {
		t.Fatal(err)
	}
	db.Close()
	if _, err := Open(context.Background(), name, "", start); err == nil || !strings.Contains(err.Error(), "another program") {
		t.Errorf("error: %v", err)
	}
	if _, err := Open(context.Background(), t.TempDir(), "", start); err == nil || !strings.Contains(err.Error(), "is a folder") {
		t.Errorf("error: %v", err)
	}
	early := filepath.Join(t.TempDir(), "early.db")
	if db, err = sql.Open("sqlite", early); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(fmt.Sprintf("CREATE TABLE article (id INTEGER, guid TEXT NOT NULL); PRAGMA application_id = %d; PRAGMA user_version = 1", applicationID)); err != nil {
		t.Fatal(err)
	}
	db.Close()
	if _, err := Open(context.Background(), early, "", start); !errors.Is(err, errUnreleased) {
		t.Errorf("error: %v", err)
	}
	noise := filepath.Join(t.TempDir(), "noise.db")
	if err := os.WriteFile(noise, []byte(strings.Repeat("not a database ", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(context.Background(), noise, "", start); err == nil || !strings.Contains(err.Error(), "noise.db") {
		t.Errorf("error: %v", err)
	}
}

func TestOpenRefusesNewerFile(t *testing.T) {
	w := newWorld(t)
	if _, err := w.conn.ExecContext(context.Background(), "PRAGMA user_version = 99"); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(context.Background(), w.name, "", start); err == nil || !strings.Contains(err.Error(), "newer newswired") {
		t.Errorf("error: %v", err)
	}
}

func TestReadersCannotWrite(t *testing.T) {
	w := newWorld(t)
	if _, err := w.reader.Exec("DELETE FROM source"); err == nil {
		t.Error("a reader's connection wrote")
	}
}

func TestNamesWithSpecialCharacters(t *testing.T) {
	name := filepath.Join(t.TempDir(), "50% of what #1.db")
	st, err := Open(context.Background(), name, "", start)
	if err != nil {
		t.Fatal(err)
	}
	st.Close()
	if _, err := os.Stat(name); err != nil {
		t.Error(err)
	}
}

func TestPanicLeavesTheDatabaseUsable(t *testing.T) {
	w := newWorld(t)
	w.configure(func(*feed.Story) []feed.Verdict { panic("bad judge") }, feed.Feed{Name: "all", Rule: "all"})
	var fault *feed.PanicError
	if _, err := w.Record(context.Background(), feed.Poll{Source: "wire", Started: w.now, Status: 200, Document: &feed.Document{Articles: []feed.Article{article("1", "https://wire.example/1", "One")}}}); !errors.As(err, &fault) {
		t.Errorf("the panic was swallowed: %v", err)
	}
	w.configure(everything, feed.Feed{Name: "all", Rule: "all"})
	want(t, "after the panic", w.poll("wire", article("1", "https://wire.example/1", "One")), feed.Recorded{New: 1})
}

func TestOtherSettingsReadTheDocumentAgain(t *testing.T) {
	w := newWorld(t)
	v := feed.Validators{URL: "https://wire.example/rss", ETag: `"1"`}
	src := feed.Source{Name: "wire", URL: v.URL}
	state := func() feed.State {
		if err := w.Configure(context.Background(), []feed.Source{src}, nil, nil, start); err != nil {
			t.Fatal(err)
		}
		st, err := w.State(context.Background(), "wire", time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		return st
	}
	state()
	w.record(feed.Poll{Source: "wire", Status: 200, Validators: v, Digest: []byte{1}, Document: &feed.Document{}})
	want(t, "nothing changed", state().Validators, v)
	src.Zone = time.FixedZone("KST", 9*3600)
	st := state()
	want(t, "validators after another zone", st.Validators.ETag, "")
	want(t, "digest after another zone", len(st.Digest), 0)
	want(t, "last fetch after another zone", st.LastFetch, w.now)
}
