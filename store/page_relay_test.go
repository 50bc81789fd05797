package store

import (
	"context"
	"testing"

	"newswired/feed"
)

// A page of an Article that came by a newswired counts for that Source, for whose
// full_text it is fetched.
func TestPagesDueOfRelayedArticles(t *testing.T) {
	w := newPageWorld(t, everything)
	w.configurePages(everything, feed.Source{Name: "west", URL: "https://west.example/feeds/all.atom", Outlet: "West", FullText: true})
	w.relay("west", relayed("7", "4", "herald", "Bakery burns in Gwangju"))
	c, err := w.Counts(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	want(t, "pages to be fetched", c.PagesDue, 1)
	h, err := w.Health(context.Background(), w.now)
	if err != nil {
		t.Fatal(err)
	}
	due := make(map[string]int)
	for _, s := range h.Sources {
		due[s.Name] = s.PagesDue
	}
	want(t, "pages to be fetched for west", due["west"], 1)
}
