package store

import (
	"context"
	"strconv"
	"strings"
	"testing"

	"newswired/feed"
)

const west = "tag:west,2026:1/"

// relayed returns an Article that a newswired named west has of its Source, in
// the Entry of a Story.
func relayed(id, story, source, title string) feed.Article {
	a := article("guid-"+id, "https://"+source+".example/news/"+id+".html", title)
	a.Relayed = &feed.Relayed{ID: west + "article/" + id, Path: []string{west}, Entry: west + "story/" + story,
		Source: source, Outlet: "The " + source, URL: "https://" + source + ".example/rss"}
	return a
}

// relay records a Document of a newswired.
func (w *world) relay(source string, articles ...feed.Article) feed.Recorded {
	w.t.Helper()
	return w.record(feed.Poll{Source: source, Status: 200, Document: &feed.Document{Relay: west, Articles: articles}})
}

// newRelayWorld follows two newswireds beside a wire.
func newRelayWorld(t *testing.T) *world {
	t.Helper()
	w := newWorld(t)
	sources := []feed.Source{
		{Name: "wire", URL: "https://wire.example/rss", Outlet: "Wire", Agency: "Wire"},
		{Name: "west", URL: "https://west.example/feeds/all.atom", Outlet: "West"},
		{Name: "evil", URL: "https://evil.example/feeds/all.atom", Outlet: "Evil"},
	}
	if err := w.Configure(context.Background(), sources, []feed.Feed{{Name: "all", Title: "All", Rule: "all"}}, everything, start); err != nil {
		t.Fatal(err)
	}
	return w
}

// told returns the Entries, each with its id less what is common, and its
// headlines.
func (w *world) told() string {
	w.t.Helper()
	var all []string
	for _, e := range w.entries() {
		var titles []string
		for _, c := range e.Copies {
			titles = append(titles, c.Title)
		}
		all = append(all, strings.TrimPrefix(e.ID, west)+": "+strings.Join(titles, ", "))
	}
	return strings.Join(all, "; ")
}

// What a newswired tells as one story or as two is one or two here, also after it
// changed its mind, and the ids are its own.
func TestRelayedMergeAndSplit(t *testing.T) {
	w := newRelayWorld(t)
	bakery, mill := relayed("8", "5", "post", "Mill sold to Norwegians"), relayed("7", "4", "herald", "Bakery burns in Gwangju")
	w.relay("west", bakery, mill)
	two := "story/5: Mill sold to Norwegians; story/4: Bakery burns in Gwangju"
	want(t, "two", w.told(), two)
	bakery.Relayed.Entry = mill.Relayed.Entry
	w.relay("west", bakery, mill)
	want(t, "one", w.told(), "story/4: Bakery burns in Gwangju, Mill sold to Norwegians")
	bakery.Relayed = relayed("8", "5", "post", "").Relayed
	w.relay("west", bakery, mill)
	want(t, "two again", w.told(), two)
	w.record(feed.Poll{Source: "west", Status: 200, Document: &feed.Document{Relay: west, Articles: []feed.Article{mill},
		Retold: map[string]string{bakery.Relayed.Entry: mill.Relayed.Entry}}})
	want(t, "one by word alone", w.told(), "story/4: Bakery burns in Gwangju, Mill sold to Norwegians")
	w.record(feed.Poll{Source: "west", Status: 200, Document: &feed.Document{Relay: west, Articles: []feed.Article{relayed("9", "6", "post", "Fog")},
		Deleted: []string{mill.Relayed.Entry}}})
	want(t, "withdrawn without a copy", w.told(), "story/6: Fog")
}

// Which copy a newswired shows, and hence gives whole, is no news, and no text is
// lost by it.
func TestRelayedBrief(t *testing.T) {
	w := newRelayWorld(t)
	whole, brief := relayed("7", "4", "herald", "Bakery burns in Gwangju"), relayed("7", "4", "herald", "Bakery burns in Gwangju")
	whole.Summary, whole.Image = "All of the text, to its very end.", "https://herald.example/1.jpg"
	brief.Summary, brief.Relayed.Brief = "All of the…", true
	w.relay("west", brief)
	before := w.entries()[0]
	w.relay("west", whole)
	now := w.entries()[0]
	want(t, "text", now.Copies[0].Summary, whole.Summary)
	want(t, "updated", now.Updated, before.Updated)
	w.relay("west", brief)
	want(t, "text kept", w.entries()[0].Copies[0].Summary, whole.Summary)
	want(t, "picture kept", w.entries()[0].Copies[0].Image, whole.Image)
	want(t, "revisions", w.count("SELECT count(*) FROM revision"), 2)
	brief.Title = "CORRECTED: Mill burns in Gwangju"
	w.relay("west", brief)
	want(t, "corrected", w.entries()[0].Copies[0].Title+" "+w.entries()[0].Copies[0].Summary, brief.Title+" "+whole.Summary)
	want(t, "updated by news", w.entries()[0].Updated, w.now)
	brief.Summary, brief.Relayed.Void = "", true
	w.relay("west", brief)
	want(t, "void", w.told(), "")
	brief.Relayed.Void = false
	w.relay("west", brief)
	want(t, "no longer void", len(w.entries()), 1)
}

// TestRelayClaims holds that a newswired speaks for nothing but its own entries:
// the text of others stays theirs, and so do their ids.
func TestRelayClaims(t *testing.T) {
	w := newRelayWorld(t)
	real := article("1", wirePage, "Ferry reaches Mokpo with all hands")
	w.poll("wire", real)
	bakery := relayed("7", "4", "herald", "Bakery burns in Gwangju")
	w.relay("west", bakery)
	const evil = "tag:evil,2026:1/"
	claim := func(a feed.Article, title string) feed.Article {
		relay := *a.Relayed
		a.Relayed, a.Title, a.Summary = &relay, title, "Summary of "+title
		return a
	}
	asWire := relayed("1", "1", "wire", "")
	asWire.GUID, asWire.Link, asWire.Relayed.Outlet, asWire.Relayed.Agency = real.GUID, real.Link, "Wire", "Wire"
	asWire.Relayed.ID, asWire.Relayed.Path, asWire.Relayed.Entry = evil+"article/1", []string{evil}, evil+"story/1"
	next := relayed("8", "5", "post", "Mill sold to Norwegians")
	early := next // by an id that west is to give
	early.Link = "https://post.example/news/museum.html"
	w.record(feed.Poll{Source: "evil", Status: 200, Document: &feed.Document{Relay: evil, Articles: []feed.Article{
		claim(asWire, "Ferry lost off Mokpo"),
		claim(bakery, "Bakery was never there"), // by west's own ids
		claim(early, "Museum robbed in Jeju"),
	}}})
	w.relay("west", next, bakery)
	w.poll("wire", real)
	for title, source := range map[string]string{
		"Ferry reaches Mokpo with all hands": "wire", "Bakery burns in Gwangju": "west/herald", "Mill sold to Norwegians": "west/post",
		"Ferry lost off Mokpo": "evil/wire", "Bakery was never there": "evil/herald", "Museum robbed in Jeju": "evil/post",
	} {
		want(t, title, w.count("SELECT count(*) FROM articles WHERE title = ?1 AND source = ?2 AND revisions = 1", title, source), 1)
	}
	for entry, title := range map[string]string{"story/4": "Bakery burns in Gwangju", "story/5": "Mill sold to Norwegians"} {
		want(t, entry, w.count("SELECT count(*) FROM entries WHERE entry_id = ?1 AND title = ?2", west+entry, title), 1)
	}
	want(t, "ids that evil took", w.count("SELECT count(*) FROM entries WHERE entry_id LIKE ?1 || '%' AND source LIKE 'evil/%'", west), 0)
	// What it says is void, or told elsewhere, concerns what came by it.
	w.record(feed.Poll{Source: "evil", Status: 200, Document: &feed.Document{Relay: evil, Articles: []feed.Article{claim(asWire, "Ferry lost off Mokpo")},
		Deleted: []string{west + "story/4"}, Retold: map[string]string{west + "story/5": evil + "story/1"}}})
	want(t, "void", w.count("SELECT count(*) FROM articles WHERE deleted IS NOT NULL AND source NOT LIKE 'evil/%'"), 0)
	want(t, "moved", w.count("SELECT count(*) FROM articles WHERE title = 'Mill sold to Norwegians' AND entry = ?1", west+"story/5"), 1)
}

// What two newswireds have of one outlet's page is one article, unless they say
// different things of it.
func TestRelayedTwice(t *testing.T) {
	w := newRelayWorld(t)
	a := relayed("7", "4", "herald", "Bakery burns in Gwangju")
	w.relay("west", a)
	b := a
	relay := *a.Relayed
	b.Relayed = &relay
	relay.ID, relay.Path, relay.Entry = "tag:east,2026:1/article/3", []string{"tag:east,2026:1/"}, "tag:east,2026:1/story/2"
	east := func(a feed.Article) {
		w.record(feed.Poll{Source: "evil", Status: 200, Document: &feed.Document{Relay: "tag:east,2026:1/", Articles: []feed.Article{a}}})
	}
	east(b)
	east(b)
	want(t, "articles", w.count("SELECT count(*) FROM article"), 1)
	b.Title = "CORRECTED: Bakery burns in Gwangju"
	east(b)
	want(t, "articles that differ", w.count("SELECT count(*) FROM article"), 2)
	want(t, "stories", w.told(), "story/4: Bakery burns in Gwangju, CORRECTED: Bakery burns in Gwangju")
}

// TestRelayReturns holds that what a newswired has from us comes in no second
// time.
func TestRelayReturns(t *testing.T) {
	w := newRelayWorld(t)
	own, err := w.TagPrefix(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	a := relayed("7", "4", "herald", "Bakery burns in Gwangju")
	a.Relayed.Path = []string{"tag:north,2026:1/", own, west}
	w.relay("west", a)
	want(t, "articles", w.count("SELECT count(*) FROM article"), 0)
}

// TestRelayedRetold holds that what never came here does not keep from being told
// elsewhere what did.
func TestRelayedRetold(t *testing.T) {
	w := newRelayWorld(t)
	bakery, mill := relayed("7", "4", "herald", "Bakery burns in Gwangju"), relayed("8", "5", "post", "Mill sold to Norwegians")
	w.relay("west", mill, bakery)
	w.record(feed.Poll{Source: "west", Status: 200, Document: &feed.Document{Relay: west, Articles: []feed.Article{bakery}, Retold: map[string]string{
		west + "story/1": west + "story/0", // never seen, and first by name
		west + "story/5": west + "story/4",
		west + "story/6": west + "story/6",
	}}})
	want(t, "one", w.told(), "story/4: Bakery burns in Gwangju, Mill sold to Norwegians")
}

// TestRelayedVoidElsewhere holds that who had an article first cannot take it from
// those that have it as well.
func TestRelayedVoidElsewhere(t *testing.T) {
	w := newRelayWorld(t)
	const evil = "tag:evil,2026:1/"
	a := relayed("7", "4", "herald", "Bakery burns in Gwangju")
	early := a
	early.Relayed = &feed.Relayed{ID: evil + "article/1", Path: []string{evil}, Entry: evil + "story/1", Source: "herald", Outlet: a.Relayed.Outlet}
	from := func(d feed.Document) {
		d.Relay = evil
		w.record(feed.Poll{Source: "evil", Status: 200, Document: &d})
	}
	from(feed.Document{Articles: []feed.Article{early}})
	w.relay("west", a)
	want(t, "articles of one page", w.count("SELECT count(*) FROM article"), 1)
	from(feed.Document{Deleted: []string{evil + "story/1"}})
	w.relay("west", a)
	want(t, "entries", len(w.entries()), 1)
	want(t, "of west", w.count("SELECT count(*) FROM entries WHERE source = 'west/herald'"), 1)
}

// Ids count by the word of the newswired that gives them, also if another that has
// them from it was asked first, or says later that they are its own.
func TestRelayedMinter(t *testing.T) {
	passed := relayed("7", "4", "herald", "Bakery burns in Gwangju")
	passed.Relayed.Path = []string{west, "tag:evil,2026:1/"}
	for relay, before := range map[string][]feed.Article{
		"tag:evil,2026:1/": nil, // west was not asked yet
		west:               {relayed("1", "1", "post", "Fog at Busan")},
	} {
		w := newRelayWorld(t)
		if before != nil {
			w.relay("west", before...)
		}
		w.record(feed.Poll{Source: "evil", Status: 200, Document: &feed.Document{Relay: relay, Articles: []feed.Article{passed}}})
		w.relay("west", relayed("8", "6", "post", "Mill sold to Norwegians"))
		want(t, "entries with the id that west gave, after "+relay, w.count("SELECT count(*) FROM entries WHERE entry_id = ?1 AND source = 'west/post'", west+"story/6"), 1)
	}
}

// A newswired under another name is the same, and so is what comes by it.
func TestRelayRenamed(t *testing.T) {
	w := newRelayWorld(t)
	a := relayed("7", "4", "herald", "Bakery burns in Gwangju")
	w.relay("west", a)
	err := w.Configure(context.Background(), []feed.Source{{Name: "western", URL: "https://west.example/feeds/all.atom", Outlet: "West"}},
		[]feed.Feed{{Name: "all", Title: "All", Rule: "all"}}, everything, w.now)
	if err != nil {
		t.Fatal(err)
	}
	want(t, "by its new name", w.count("SELECT count(*) FROM articles WHERE source = 'western/herald'"), 1)
	w.relay("western", a, relayed("8", "5", "herald", "Mill sold to Norwegians"))
	want(t, "of one source", w.count("SELECT count(DISTINCT source_id) FROM articles"), 1)
	want(t, "articles", w.count("SELECT count(*) FROM articles WHERE source = 'western/herald' AND via = 'western'"), 2)
	want(t, "ids", w.count("SELECT count(*) FROM entries WHERE entry_id = ?1", west+"story/5"), 1)
}

// What is no longer taken for a newswired has articles of its own, and the other way
// round.
func TestRelayTurnsPlain(t *testing.T) {
	w := newRelayWorld(t)
	a := relayed("7", "4", "herald", "Bakery burns in Gwangju")
	a.Summary, a.Published = "The oven of the bakery at the market was left on over night.", w.now
	plain := a
	plain.GUID, plain.Link, plain.Relayed = a.Relayed.Entry, "https://west.example/4", nil
	for range 2 {
		w.relay("west", a)
		want(t, "standing", w.count("SELECT count(*) FROM articles WHERE source = 'west/herald' AND left_document IS NULL"), 1)
		w.poll("west", plain)
		want(t, "plain", w.count("SELECT count(*) FROM articles WHERE source = 'west' AND left_document IS NULL"), 1)
		want(t, "relayed", w.count("SELECT count(*) FROM articles WHERE source = 'west/herald' AND left_document IS NOT NULL"), 1)
	}
	want(t, "articles", w.count("SELECT count(*) FROM articles"), 2)
}

// A source that comes by a newswired and is lost is made again as one that does.
func TestDoctorRelayed(t *testing.T) {
	w := newRelayWorld(t)
	w.relay("west", relayed("7", "4", "herald", "Bakery burns in Gwangju"))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	raw(t, w.name, "DELETE FROM source WHERE name = 'west/herald'")
	if _, err := repairAll(context.Background(), w.name, w.now); err != nil {
		t.Fatal(err)
	}
	var err error
	if w.Store, err = Open(context.Background(), w.name, "", w.now); err != nil {
		t.Fatal(err)
	}
	want(t, "articles", w.count("SELECT count(*) FROM articles WHERE source LIKE 'lost-%' AND via = 'west'"), 1)
	want(t, "sources", w.count("SELECT count(*) FROM sources WHERE name LIKE 'lost-%' AND state = 'relayed'"), 1)
	if err := w.Close(); err != nil {
		t.Error(err)
	}
}

// TestRelaySources holds that no newswired makes more sources than some, and that
// what it tells of the others is refused by name.
func TestRelaySources(t *testing.T) {
	w := newRelayWorld(t)
	var all []feed.Article
	for n := range maxRelayed + 2 {
		id := strconv.Itoa(n + 1)
		a := relayed(id, id, "s"+id, "Bakery "+id+" burns")
		a.Relayed.Brief = true // so that nothing is compared
		all = append(all, a)
	}
	r := w.relay("west", all...)
	want(t, "refused", r.Refused, 2)
	want(t, "sources", w.count("SELECT count(*) FROM sources WHERE via = 'west'"), maxRelayed)
}
