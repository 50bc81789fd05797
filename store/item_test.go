package store

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"

	"newswired/feed"
)

// A Document may leave out what the last one had, and only if nothing else in
// it has a name or a link in common.
func TestUnchangedItems(t *testing.T) {
	a, b, c := article("a", "https://w.example/a", "A"), article("b", "https://w.example/b", "B"), article("c", "https://w.example/c", "C")
	named := func(guid, link string) feed.Article { return article(guid, link, "C") }
	for _, test := range []struct {
		name     string
		articles []feed.Article
		left     []feed.ItemHash
		refused  bool
	}{
		{"nothing else", nil, []feed.ItemHash{1, 2}, false},
		{"one new", []feed.Article{c}, []feed.ItemHash{1, 2}, false},
		{"one twice", nil, []feed.ItemHash{1, 1}, false},
		{"unknown", nil, []feed.ItemHash{3}, true},
		{"the GUID again", []feed.Article{named("a", c.Link)}, []feed.ItemHash{1, 2}, true},
		{"the link again", []feed.Article{named("c", a.Link+"?utm_source=x")}, []feed.ItemHash{1, 2}, true},
		{"of one that is gone", []feed.Article{named("c", a.Link)}, []feed.ItemHash{2}, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := newWorld(t)
			w.record(whole(&feed.Document{Articles: []feed.Article{a, b}, Items: []feed.ItemHash{1, 2}}))
			done, err := w.Record(context.Background(), whole(&feed.Document{
				Articles: test.articles, Items: make([]feed.ItemHash, len(test.articles)), Unchanged: test.left,
			}))
			if test.refused != errors.Is(err, feed.ErrLeftOut) || !test.refused && (err != nil || done.Unchanged != len(test.left)) {
				t.Errorf("%+v, %v", done, err)
			}
			want := slices.Compact(slices.Clone(test.left))
			if test.refused {
				want = []feed.ItemHash{1, 2}
			}
			if got := w.items(); !reflect.DeepEqual(got, want) {
				t.Errorf("items %v, want %v", got, want)
			}
		})
	}
}

// Items are remembered only if they say by themselves which Article they are,
// and only until something else decides how they are read.
func TestRememberedItems(t *testing.T) {
	a, b := article("a", "https://w.example/a", "A"), article("b", "https://w.example/b", "B")
	b2 := b
	b2.Summary = "otherwise"
	for _, test := range []struct {
		name string
		d    feed.Document
		want []feed.ItemHash
	}{
		{"all", feed.Document{Articles: []feed.Article{a, b}, Items: []feed.ItemHash{2, 1}}, []feed.ItemHash{1, 2}},
		{"one without a hash", feed.Document{Articles: []feed.Article{a, b}, Items: []feed.ItemHash{2, 0}}, []feed.ItemHash{2}},
		{"none", feed.Document{Articles: []feed.Article{a, b}}, []feed.ItemHash{}},
		{"partial", feed.Document{Articles: []feed.Article{a, b}, Items: []feed.ItemHash{2, 1}, Partial: true}, []feed.ItemHash{}},
		{"one Article twice", feed.Document{Articles: []feed.Article{a, b, b2}, Items: []feed.ItemHash{1, 2, 3}}, []feed.ItemHash{1}},
		{"one item twice", feed.Document{Articles: []feed.Article{b, a, b}, Items: []feed.ItemHash{2, 1, 2}}, []feed.ItemHash{1, 2}},
		{"one link", feed.Document{Articles: []feed.Article{a, b, article("c", b.Link, "C")}, Items: []feed.ItemHash{1, 2, 3}}, []feed.ItemHash{1}},
	} {
		w := newWorld(t)
		w.record(whole(&test.d))
		if got := w.items(); !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s: items %v, want %v", test.name, got, test.want)
		}
		source := feed.Source{Name: "wire", URL: "https://wire.example/rss", Language: "ko"}
		if err := w.Configure(context.Background(), []feed.Source{source}, nil, everything, start); err != nil {
			t.Fatal(err)
		}
		if got := w.items(); len(got) != 0 {
			t.Errorf("%s: items %v after another setting", test.name, got)
		}
	}
}

// A Document of which nothing can be remembered takes the place of one before
// it whose items do not hold any more.
func TestItemsOfFormerDocument(t *testing.T) {
	w := newWorld(t)
	a := article("a", "", "A")
	w.record(whole(&feed.Document{Articles: []feed.Article{a}, Items: []feed.ItemHash{1}}))
	w.record(feed.Poll{Source: "wire", Status: 200, Document: &feed.Document{Articles: []feed.Article{a}, Partial: true}})
	w.record(whole(&feed.Document{Articles: []feed.Article{a}}))
	if got := w.items(); len(got) != 0 {
		t.Errorf("items %v", got)
	}
}

// whole returns the poll that brought a Document to the end.
func whole(d *feed.Document) feed.Poll {
	return feed.Poll{Source: "wire", Started: start, Status: 200, Digest: []byte{1}, Document: d}
}

// items returns what need not be read again of the wire's Document.
func (w *world) items() []feed.ItemHash {
	w.t.Helper()
	st, err := w.State(context.Background(), "wire", time.Time{})
	if err != nil {
		w.t.Fatal(err)
	}
	return st.Items
}
