package fetcher

import (
	"net/http"
	"slices"
	"testing"

	"newswired/feed"
)

// Link fields as servers write them.
func TestLinkFields(t *testing.T) {
	for _, c := range []struct {
		fields []string
		topic  string
		hubs   []string
	}{
		{nil, "", nil},
		{[]string{`<https://hub.example/>; rel="hub"`, `<https://wire.example/rss>; rel="self"`}, "https://wire.example/rss", []string{"https://hub.example/"}},
		{[]string{`<https://hub.example/>; rel=hub, <rss>; rel=self`}, "https://wire.example/news/rss", []string{"https://hub.example/"}},
		{[]string{`<https://a.example/x,y;z>; rel=hub,<https://b.example/>;rel="hub", <https://a.example/x,y;z>; rel=hub`}, "", []string{"https://a.example/x,y;z", "https://b.example/"}},
		{[]string{`<a>; title="quote \" , <b>; rel=hub"; rel="SELF Hub"`}, "https://wire.example/news/a", []string{"https://wire.example/news/a"}},
		{[]string{`<https://hub.example/>; rel=next; rel=hub`}, "", nil},
		{[]string{`<https://hub.example/>; rel=hub; anchor="#x"`}, "", nil},
		{[]string{`<ftp://hub.example/>; rel=hub`, `<javascript:x>; rel=hub`}, "", nil},
		{[]string{`https://hub.example/; rel=hub`, `<https://hub.example/`, `;rel=hub`, `,,`, `<>;rel`, `<"`, `<x>;rel="hub`}, "", []string{"https://wire.example/news/x"}},
	} {
		got := linkFields(http.Header{"Link": c.fields}, "https://wire.example/news/")
		if got.Topic != c.topic || !slices.Equal(got.Hubs, c.hubs) {
			t.Errorf("%q: %+v", c.fields, got)
		}
	}
}

// Who tells of news is read from every good answer, and stays known while
// answers that bring no Document are silent about it.
func TestPushIsKept(t *testing.T) {
	self := feed.Push{Hubs: []string{"https://hub.example/"}, Topic: "https://wire.example/rss"}
	linked := func(h http.HandlerFunc) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Link", `<https://hub.example/>; rel=hub, <https://wire.example/rss>; rel=self`)
			h(w, r)
		}
	}
	s := &script{answers: []http.HandlerFunc{
		linked(says(200, `"1"|`, one)), says(304, "|", ""), says(200, `"2"|`, one), says(500, "|", ""), linked(says(304, "|", "")),
		says(200, `"3"|`, one+" "),
	}}
	b := newBench(t, Options{Allow: loopback}, s.serve)
	for i, want := range []feed.Push{self, self, self, self, self, {}} {
		p := b.ask("/")
		if p.Push.Topic != want.Topic || !slices.Equal(p.Push.Hubs, want.Hubs) {
			t.Errorf("poll %d: %+v", i+1, p.Push)
		}
	}
}

// What a hub delivers says nothing of what it leaves out, of validators or of
// the next poll.
func TestDeliver(t *testing.T) {
	b := newBench(t, Options{Allow: loopback}, says(200, `"1"|`, one))
	src := feed.Source{Name: "wire", URL: b.url + "/"}
	b.ask("/")
	r, err := b.Deliver(t.Context(), src, Delivery{Topic: b.url, ContentType: "application/rss+xml", Body: []byte(one)})
	p := b.store.last()
	if err != nil || r.Kind != feed.OK || !p.Pushed || !p.Document.Partial || p.Validators != (feed.Validators{}) || p.Digest != nil || !p.NextFetch.IsZero() {
		t.Errorf("%+v, %v: %+v", r, err, p)
	}
	if r, err := b.Deliver(t.Context(), src, Delivery{Body: []byte("<html>")}); err != nil || r.Kind != feed.NotAFeed || b.store.last().Document != nil {
		t.Errorf("a page: %+v, %v", r, err)
	}
}
