package web

import (
	"context"
	_ "embed"
	"net/http"
	"net/url"
	"reflect"
	"runtime"
	"strings"
	"time"

	"newswired/feed"
	"newswired/feed/render"
)

//go:embed style.css
var styleSheet []byte

// routes is one configuration, made ready: the shelf behind each path. It does
// not change once it is made, but for what is in the loft.
type routes struct {
	shelves map[string]*shelf    // by path; what is public and asked for often
	feeds   map[string]feed.Feed // by name
	keys    map[string][]Key     // of private feeds, by name
	public  []feed.Feed          // in the order of the configuration
	all     []feed.Feed          // likewise, the private ones too
	loft    loft
	add     func(path string, s *shelf) // makes a shelf ready to be used
	maker   *maker
	probes  Probes
	push    http.Handler
	websub  WebSub
	topics  map[string]topic // what hubs are told of, by the URL of the Edition
}

// A recipe is what a rendering depends on beside the Library and its feeds. It
// is comparable, to see what may stay when the configuration changes.
type recipe struct {
	kind    kind
	base    string // ends with a slash
	version string
	zone    string
	hubs    string
}

// A maker makes the renderings of one configuration.
type maker struct {
	lib     Library
	base    string // ends with a slash
	version string
	zone    *time.Location
	next    func(feed string) time.Time
	status  string      // name of the Feed of Alerts, whose page is that of our health
	hubs    []string    // named in the Editions of public feeds
	told    Subscribers // of our own hub; nil if there is none

	language *language // of the pages
}

// speaking returns a maker of pages in another language.
func (m *maker) speaking(l *language) *maker {
	other := *m
	other.language = l
	return &other
}

// newRoutes lays out the shelves of a configuration and takes over those of the
// former one, which may be nil, that would hold the same:
//
//	another base URL, version, zone or hub   nothing is taken over
//	a Feed changed, came or went             all but its own paths and the index
func (s *Site) newRoutes(cfg Config, former *routes) *routes {
	m := newMaker(s.lib, cfg)
	r := &routes{
		shelves: make(map[string]*shelf), feeds: make(map[string]feed.Feed), keys: cfg.Access, all: cfg.Feeds,
		loft: loft{shelves: make(map[string]*shelf)}, maker: m, probes: cfg.Probes.inTurn(), push: cfg.Push,
		websub: cfg.WebSub, topics: make(map[string]topic),
	}
	if cfg.Rendered == nil {
		cfg.Rendered = func(string, time.Duration) {}
	}
	now, slots := time.Now(), make(chan struct{}, max(2, runtime.NumCPU()))
	r.add = func(path string, fresh *shelf) {
		fresh.lib, fresh.log, fresh.budget, fresh.work, fresh.slots = s.lib, s.log, s.budget, &s.work, slots
		fresh.rendered = cfg.Rendered
		fresh.path, fresh.since, fresh.turn = path, now, make(chan struct{}, 1)
		fresh.cache = []string{fresh.kind.cache}
		fresh.recipe = recipe{kind: fresh.kind, base: m.base, version: m.version, zone: m.zone.String(), hubs: strings.Join(m.hubs, " ")}
	}
	keep := func(path string, fresh *shelf) {
		r.add(path, fresh)
		if former != nil && former.shelves[path].madeLike(fresh) {
			former.shelves[path].rhythm.follow(&fresh.rhythm)
			fresh = former.shelves[path]
		}
		r.shelves[path] = fresh
	}
	r.layOut(cfg, keep)
	return r
}

// newMaker makes what makes the renderings of a configuration.
func newMaker(lib Library, cfg Config) *maker {
	m := &maker{lib: lib, base: strings.TrimSuffix(cfg.BaseURL, "/") + "/", version: cfg.Version, zone: cfg.Zone, next: cfg.NextPoll, status: cfg.Status.Name, language: english}
	m.hubs = cfg.WebSub.urls(m.base)
	if cfg.WebSub.Own {
		m.told = cfg.WebSub.Store
	}
	if m.zone == nil {
		m.zone = time.UTC
	}
	if m.next == nil {
		m.next = func(string) time.Time { return time.Time{} }
	}
	return m
}

// layOut makes the shelf of each path that is public and asked for often, and hands
// it to keep.
func (r *routes) layOut(cfg Config, keep func(path string, fresh *shelf)) {
	m := r.maker
	keep("/style.css", &shelf{kind: style, render: m.style, changed: never})
	for _, f := range cfg.Feeds {
		r.feeds[f.Name] = f
		if _, private := cfg.Access[f.Name]; private {
			continue
		}
		r.public = append(r.public, f)
		path := "/feeds/" + f.Name
		keep(path, r.newShelf(document{feed: f, page: true}))
		for _, format := range render.Formats {
			d := document{feed: f, format: format}
			keep(path+"."+format.Extension(), r.newShelf(d))
			r.topics[m.url(d)] = topic{feed: f.Name, path: path + "." + format.Extension()}
		}
	}
	if m.status != "" {
		for _, format := range render.Formats {
			keep("/feeds/"+m.status+"."+format.Extension(), r.newShelf(document{feed: cfg.Status, format: format}))
		}
	}
	keep("/", &shelf{kind: page, feeds: r.public, render: func(ctx context.Context) ([]byte, error) { return m.index(ctx, r.public) }})
	keep("/status", &shelf{kind: page, lasts: statusLasts, render: m.statusPage})
	keep("/opml", &shelf{kind: outline, feeds: r.public, changed: never, render: func(context.Context) ([]byte, error) { return m.opml(r.public, nil, "") }})
}

// newShelf makes the shelf of a document, which add makes ready.
func (r *routes) newShelf(d document) *shelf {
	m, name := r.maker, d.feed.Name
	s := &shelf{kind: page, feeds: []feed.Feed{d.feed}}
	s.changed = func(ctx context.Context) (time.Time, error) { return m.lib.Changed(ctx, name) }
	_, private := r.keys[name]
	silent := private || name == m.status // no hub tells of it
	s.render = func(ctx context.Context) ([]byte, error) { return m.render(ctx, d, silent) }
	if !d.page {
		s.kind = kind{contentType: d.format.ContentType(), cache: "public", open: true}
	}
	if private {
		s.kind.open, s.kind.cache = false, "private"
	}
	switch {
	case d.number > 0:
		s.kind.cache += ", max-age=86400" // what changes in it stands in the subscription document
	case name == m.status:
		s.kind.cache += ", max-age=60"
	case !d.page:
		s.kind.link = strings.Join(m.links(d, silent), ", ")
		next := func() time.Time { return m.next(name) }
		s.rhythm.next.Store(&next)
	case private:
		s.kind.cache += ", no-cache"
	}
	return s
}

// unshelved answers for documents that have no shelf of their own: archives,
// Stories and those of private feeds.
func (r *routes) unshelved(w http.ResponseWriter, req *http.Request, d document) error {
	if d.story > 0 {
		return r.serveStory(w, req, d.story)
	}
	query, ok := r.authorise(req, d.feed)
	if !ok {
		challenge(w)
		return nil
	}
	d.query = query
	return r.serveFromLoft(w, req, req.URL.Path+query, func() *shelf { return r.newShelf(d) })
}

// serveFromLoft answers from a shelf that is there as long as it holds something.
func (r *routes) serveFromLoft(w http.ResponseWriter, req *http.Request, key string, fresh func() *shelf) error {
	s := r.loft.shelf(key, func() *shelf {
		s := fresh()
		r.add(req.URL.Path, s)
		return s
	})
	err := s.serve(w, req)
	if s.current.Load() == nil {
		r.loft.remove(key, s)
	}
	return err
}

// leave drops what only these routes hold, when next have taken their place.
func (r *routes) leave(next *routes, b *budget) {
	var gone []*shelf
	for path, s := range r.shelves {
		if next.shelves[path] != s {
			gone = append(gone, s)
		}
	}
	r.loft.mu.Lock()
	for _, s := range r.loft.shelves {
		gone = append(gone, s)
	}
	r.loft.mu.Unlock()
	b.forget(gone)
}

// madeLike reports whether two shelves of one path hold the same renderings. s
// may be nil, which is like no other.
func (s *shelf) madeLike(other *shelf) bool {
	return s != nil && s.recipe == other.recipe && reflect.DeepEqual(s.feeds, other.feeds)
}

// never is the change of what is part of the program or of its configuration.
func never(context.Context) (time.Time, error) { return time.Time{}, nil }

// style is the render of the style sheet, which is part of the program.
func (m *maker) style(context.Context) ([]byte, error) { return styleSheet, nil }

// feedURL is the address of the page of a Feed, and but for the end that of its
// Editions.
func (m *maker) feedURL(f feed.Feed) string { return m.base + "feeds/" + url.PathEscape(f.Name) }
