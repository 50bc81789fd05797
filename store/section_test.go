package store

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"newswired/feed"
)

// section returns a document of the Feed all, of 10 Entries.
func (w *world) section(number int) feed.Section {
	w.t.Helper()
	s, err := w.Section(context.Background(), "all", number, 10)
	if err != nil {
		w.t.Fatal(err)
	}
	return s
}

// stories returns the Stories of Entries, as "3 2 1".
func stories(entries []feed.Entry) string {
	var all []string
	for _, e := range entries {
		all = append(all, fmt.Sprint(e.Story.ID))
	}
	return strings.Join(all, " ")
}

// numbered is an Article whose words no other has.
func numbered(n int) feed.Article {
	a := article(fmt.Sprint("r", n), fmt.Sprintf("https://wire.example/r%d", n), fmt.Sprintf("Ferry%d sinks off port%d", n, n))
	a.Summary = fmt.Sprintf("Crew%d swam%d ashore%d", n, n, n)
	return a
}

// TestArchives holds that the documents of a Feed together have all its Entries
// at any time, that archives do not move, and that their numbers do not return.
func TestArchives(t *testing.T) {
	w := newWorld(t)
	w.configure(everything, feed.Feed{Name: "all", Rule: "all", Limit: 10})
	var listed []feed.Article
	former := make(map[int]string)
	w.poll("wire", numbered(0)) // the first Document is no news
	for n := 1; n <= 35; n++ {
		listed = append([]feed.Article{numbered(n)}, listed...)
		w.poll("wire", listed...)
		part, seen := w.section(0), make(map[int64]bool)
		for _, e := range part.Entries {
			seen[e.Story.ID] = true
		}
		next := 0
		for number := part.Former; number > 0; {
			a := w.section(number)
			want(t, "next", a.Next, next)
			want(t, "length", len(a.Entries), 10)
			for _, e := range a.Entries {
				seen[e.Story.ID] = true
			}
			if was := former[number]; was != "" {
				want(t, fmt.Sprint("archive ", number), stories(a.Entries), was)
			}
			former[number] = stories(a.Entries)
			number, next = a.Former, number
		}
		want(t, fmt.Sprint("entries after ", n), len(seen), n+1)
	}
	want(t, "archives", w.section(0).Former, 3)
	want(t, "the oldest", stories(w.section(1).Entries), "10 9 8 7 6 5 4 3 2 1")

	w.poll("wire", numbered(35))
	w.retain(Retention{Before: w.now.Add(time.Hour)})
	if _, err := w.Section(context.Background(), "all", 1, 10); !errors.Is(err, feed.ErrNoArchive) {
		t.Errorf("archive of what retention removed: %v", err)
	}
	want(t, "the newest stays", w.section(0).Former, 3)
	for n := 40; n < 60; n++ {
		w.poll("wire", numbered(n))
	}
	want(t, "numbers go on", w.section(0).Former, 5)
}

// TestArchivesOfOldEntries holds that what a new Source lists as old is in
// archives too, as soon as retention has run.
func TestArchivesOfOldEntries(t *testing.T) {
	w := newWorld(t)
	w.configure(everything, feed.Feed{Name: "all", Rule: "all", Limit: 10})
	var listed []feed.Article
	for n := range 25 {
		a := numbered(n)
		a.Published = start.Add(-time.Duration(n) * time.Hour)
		listed = append(listed, a)
	}
	w.poll("wire", listed...)
	want(t, "archives at first", w.section(0).Former, 0)
	w.retain(Retention{Before: start.AddDate(-1, 0, 0)})
	want(t, "archives", w.section(0).Former, 2)
	want(t, "the oldest", stories(w.section(1).Entries), "10 9 8 7 6 5 4 3 2 1")
}

// TestNewsInOldEntries holds that what has left the subscription document comes
// back into it while there is news in it.
func TestNewsInOldEntries(t *testing.T) {
	w := newWorld(t)
	w.configure(everything, feed.Feed{Name: "all", Rule: "all", Limit: 10})
	var listed []feed.Article
	w.poll("wire", numbered(0))
	for n := 1; n <= 30; n++ {
		listed = append([]feed.Article{numbered(n)}, listed...)
		w.poll("wire", listed...)
	}
	before := stories(w.section(0).Entries)
	listed[len(listed)-1].Title = "Ferry1 raised from the sea"
	w.poll("wire", listed...)
	want(t, "with news in an old one", stories(w.section(0).Entries), before+" 2")
	want(t, "its archive", stories(w.section(1).Entries), "10 9 8 7 6 5 4 3 2 1")
	for n := 31; n <= 41; n++ {
		w.poll("wire", numbered(n))
	}
	want(t, "when all is newer", len(w.section(0).Entries), 10)
}

// TestWithdrawn holds that a report that was withdrawn is void in every Feed
// that had it, and that a substitute is news.
func TestWithdrawn(t *testing.T) {
	w := newWorld(t)
	picky := func(s *feed.Story) []feed.Verdict {
		return []feed.Verdict{{Passes: true}, {Passes: strings.Contains(s.Copies[0].Title, "bank")}}
	}
	w.configure(picky, feed.Feed{Name: "all", Rule: "all"}, feed.Feed{Name: "picky", Rule: "picky"})
	w.poll("wire", numbered(1))
	a := numbered(2)
	w.poll("wire", a, numbered(1))
	changed, _ := w.Changed(context.Background(), "all")
	id := w.entries()[0].ID
	a.Title = "KILL-" + a.Title
	w.poll("wire", a, numbered(1))
	part := w.section(0)
	want(t, "entries", stories(part.Entries), "1")
	if len(part.Deleted) != 1 {
		t.Fatalf("%d deletions", len(part.Deleted))
	}
	want(t, "the notice", part.Deleted[0].Story.Copies[0].Title, a.Title)
	part.Deleted[0].Story = nil
	want(t, "deleted", part.Deleted[0], feed.Deletion{ID: id, When: w.now, By: "Wire", Comment: "withdrawn by Wire: KILL"})
	if now, _ := w.Changed(context.Background(), "all"); !now.After(changed) {
		t.Error("the feed did not change")
	}
	other, err := w.Section(context.Background(), "picky", 0, 10)
	if err != nil || len(other.Deleted) != 0 {
		t.Errorf("deleted where it never was: %+v, %v", other, err)
	}
	when := w.now
	w.poll("wire", a, numbered(1), numbered(3))
	want(t, "when, later", w.section(0).Deleted[0].When, when)
	a.Title = "Ferry2 afloat, wire was wrong"
	w.poll("wire", a, numbered(1))
	part = w.section(0)
	want(t, "entries with the substitute", stories(part.Entries), "3 2 1")
	want(t, "deletions", len(part.Deleted), 0)
	want(t, "updated", part.Entries[1].Updated, w.now)
}

// TestDeletedBySource holds that a Source which says that an Article is void
// (RFC 6721) takes its Entry away, until it lists it again.
func TestDeletedBySource(t *testing.T) {
	w := newWorld(t)
	w.poll("wire", numbered(1), numbered(2))
	deleted := func(articles ...feed.Article) {
		w.record(feed.Poll{Source: "wire", Status: 200, Document: &feed.Document{Articles: articles, Deleted: []string{"r2", "never seen"}}})
	}
	deleted(numbered(1), numbered(2))
	want(t, "what is listed stays", len(w.section(0).Entries), 2)
	deleted(numbered(1))
	part := w.section(0)
	want(t, "entries", stories(part.Entries), "2")
	if len(part.Deleted) != 1 || part.Deleted[0].Comment != "withdrawn by Wire: deleted from its feed" || part.Deleted[0].By != "Wire" {
		t.Errorf("%+v", part.Deleted)
	}
	when := w.now
	deleted(numbered(1))
	want(t, "when, later", w.section(0).Deleted[0].When, when)
	w.poll("wire", numbered(1))
	want(t, "no longer said", len(w.section(0).Entries), 1)
	w.poll("wire", numbered(1), numbered(2))
	want(t, "listed again", len(w.section(0).Entries), 2)
	want(t, "deletions", len(w.section(0).Deleted), 0)
}

// TestMergedIsVoid holds that of two Entries that turn out to be one report the
// younger is void where the older stands, and merely gone elsewhere.
func TestMergedIsVoid(t *testing.T) {
	w := newWorld(t)
	w.poll("wire", numbered(1))
	w.poll("paper", feed.Article{GUID: "p", Link: "https://paper.example/p", Title: "Harbour mourns", Summary: "Flags at half mast."})
	younger := w.entries()[1].ID // by its date
	if err := w.Rule(context.Background(), feed.Ruling{URL: numbered(1).Link, Other: "https://paper.example/p", Same: true}, w.now); err != nil {
		t.Fatal(err)
	}
	part := w.section(0)
	want(t, "entries", stories(part.Entries), "1")
	if len(part.Deleted) != 1 || part.Deleted[0].ID != younger || part.Deleted[0].Comment != "told in "+part.Entries[0].ID {
		t.Errorf("deleted: %+v", part.Deleted)
	}
	none := func(*feed.Story) []feed.Verdict { return []feed.Verdict{{Reason: "nothing passes"}} }
	w.configure(none, feed.Feed{Name: "all", Title: "All", Rule: "none"})
	want(t, "deleted though the older is gone", len(w.section(0).Deleted), 0)
}

// TestIDsStay holds that an Entry keeps its id when the file moves and when the
// host changes by which readers reach us.
func TestIDsStay(t *testing.T) {
	w := newWorld(t)
	w.poll("wire", numbered(1))
	id := w.entries()[0].ID
	name := filepath.Join(t.TempDir(), "moved.db")
	if _, err := w.conn.ExecContext(context.Background(), "VACUUM INTO ?", name); err != nil {
		t.Fatal(err)
	}
	w.now = w.now.AddDate(3, 0, 0)
	st, err := Open(context.Background(), name, "elsewhere.example", w.now)
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	all, err := st.Entries(context.Background(), "all", 1)
	if err != nil || all[0].ID != id {
		t.Errorf("id %q, was %q; %v", all[0].ID, id, err)
	}
}
