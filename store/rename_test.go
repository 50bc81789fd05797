package store

import (
	"context"
	"strings"
	"testing"

	"newswired/feed"
)

// call configures Sources, written as name:URL, and the Feed that takes everything.
func (w *world) call(sources ...string) {
	w.t.Helper()
	var all []feed.Source
	for _, s := range sources {
		name, url, _ := strings.Cut(s, ":")
		all = append(all, feed.Source{Name: name, URL: url, Outlet: "Outlet"})
	}
	if err := w.Configure(context.Background(), all, []feed.Feed{{Name: "all", Title: "All", Rule: "all"}}, everything, w.now); err != nil {
		w.t.Fatal(err)
	}
	for more := true; more; {
		var err error
		if more, err = w.JudgeBacklog(context.Background(), w.now); err != nil {
			w.t.Fatal(err)
		}
	}
}

// of returns the headlines of a Source.
func (w *world) of(source string) string {
	w.t.Helper()
	return strings.Join(w.rows("SELECT title FROM articles WHERE source = '"+source+"' ORDER BY id"), ", ")
}

// A source under another name is the same: what it lists is known, by its guid alone,
// and its entries are neither new nor updated.
func TestSourceRenamed(t *testing.T) {
	for what, back := range map[string]func(*world){
		"at once":        func(*world) {},
		"after an hour":  func(w *world) { w.call("other:2") },
		"there and back": func(w *world) { w.call("between:1"); w.call("wire:1") },
	} {
		w := newWorld(t)
		w.call("wire:1")
		a, b := article("1", "", "Bakery burns in Gwangju"), article("2", "", "Mill sold to Norwegians")
		w.record(feed.Poll{Source: "wire", URL: "1", Reading: (feed.Source{}).Reading(), Status: 200, Document: &feed.Document{Articles: []feed.Article{a}}})
		before := w.entries()[0]
		back(w)
		w.call("agency:1")
		want(t, what+": its articles", w.of("agency"), "Bakery burns in Gwangju")
		want(t, what+": of the former name", w.count("SELECT count(*) FROM sources WHERE name = 'wire'"), 0)
		want(t, what+": what it lists", w.poll("agency", a, b), feed.Recorded{New: 1, Unchanged: 1})
		for _, e := range w.entries() {
			if e.ID == before.ID && (!e.Entered.Equal(before.Entered) || !e.Updated.Equal(before.Updated) || e.Copies[0].Source != "agency") {
				t.Errorf("%s: entered %s, updated %s, by %s", what, e.Entered, e.Updated, e.Copies[0].Source)
			}
		}
		want(t, what+": entries", len(w.entries()), 2)
	}
}

// Whoever changes their names with each other keep what they have.
func TestSourcesSwapNames(t *testing.T) {
	w := newWorld(t)
	w.call("a:1", "b:2", "c:3")
	one, two := article("1", "", "Bakery burns in Gwangju"), article("1", "", "Mill sold to Norwegians")
	w.poll("a", one)
	w.poll("b", two)
	w.call("c:3", "b:1", "a:2")
	want(t, "by their new names", w.of("b")+"; "+w.of("a"), "Bakery burns in Gwangju; Mill sold to Norwegians")
	want(t, "the former of b", w.poll("a", two), feed.Recorded{Unchanged: 1})
	w.call("d:1", "b:2", "a:4")
	want(t, "once more", w.of("d")+"; "+w.of("b")+"; "+w.of("a"), "Bakery burns in Gwangju; Mill sold to Norwegians; ")
	want(t, "as news", w.poll("d", one), feed.Recorded{Unchanged: 1})
	want(t, "sources", strings.Join(w.rows("SELECT name || ' ' || state FROM sources WHERE url < 'h' ORDER BY name"), ", "), "a new, b ok, c removed, d ok")
}

// The answer to a poll that a new name overtook is dropped: nobody is told of an error,
// and the source is polled by its new name.
func TestRenamedWhilePolled(t *testing.T) {
	w := newWorld(t)
	w.call("wire:1")
	w.call("agency:1")
	for _, p := range []feed.Poll{
		{Source: "wire", URL: "1", Status: 304},
		{Source: "wire", URL: "1", Status: 200, Document: &feed.Document{Articles: []feed.Article{article("1", "", "Bakery burns in Gwangju")}}},
	} {
		want(t, "recorded", w.record(p), feed.Recorded{})
	}
	want(t, "articles", w.count("SELECT count(*) FROM articles"), 0)
	want(t, "never polled", w.count("SELECT count(*) FROM sources WHERE name = 'agency' AND state = 'new'"), 1)
	if _, err := w.Record(context.Background(), feed.Poll{Source: "wire", URL: "5", Status: 304}); err == nil || !strings.Contains(err.Error(), "never configured") {
		t.Errorf("of a source that never was: %v", err)
	}
}
