package web

import (
	"context"
	_ "embed"
	"log/slog"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"time"

	"newswired/feed"
	"newswired/feed/render"
)

//go:embed style.css
var styleSheet []byte

// routes is one configuration, made ready: the shelf behind each path. It does
// not change once it is made.
type routes struct {
	shelves map[string]*shelf
	alive   func() error
	push    http.Handler
}

// A recipe is what a rendering depends on beside the Library and its feeds. It
// is comparable, to see what may stay when the configuration changes.
type recipe struct {
	kind    kind
	base    string // ends with a slash
	version string
	zone    string
}

// A maker makes the renderings of one configuration.
type maker struct {
	lib     Library
	base    string // ends with a slash
	version string
	zone    *time.Location
}

// newRoutes lays out the shelves of a configuration and takes over those of the
// former one, which may be nil, that would hold the same:
//
//	another base URL, version or zone   nothing is taken over
//	another MaxAge                      the pages are
//	a Feed changed, came or went        all but its own paths and the index
func newRoutes(lib Library, cfg Config, log *slog.Logger, former *routes) *routes {
	m := &maker{lib: lib, base: strings.TrimSuffix(cfg.BaseURL, "/") + "/", version: cfg.Version, zone: cfg.Zone}
	if m.zone == nil {
		m.zone = time.UTC
	}
	r := &routes{shelves: make(map[string]*shelf), alive: cfg.Alive, push: cfg.Push}
	now := time.Now()
	add := func(path string, k kind, s *shelf) {
		s.lib, s.log, s.path, s.kind, s.since, s.turn = lib, log, path, k, now, make(chan struct{}, 1)
		s.recipe = recipe{kind: k, base: m.base, version: m.version, zone: m.zone.String()}
		if former != nil && former.shelves[path].madeLike(s) {
			r.shelves[path] = former.shelves[path]
			return
		}
		r.shelves[path] = s
	}
	add("/style.css", style, &shelf{render: m.style, changed: never})
	add("/", page, &shelf{feeds: cfg.Feeds, render: func(ctx context.Context) ([]byte, error) {
		return m.index(ctx, cfg.Feeds)
	}})
	for _, f := range cfg.Feeds {
		path, one := "/feeds/"+f.Name, []feed.Feed{f}
		changed := func(ctx context.Context) (time.Time, error) { return lib.Changed(ctx, f.Name) }
		add(path, page, &shelf{feeds: one, changed: changed, render: func(ctx context.Context) ([]byte, error) {
			return m.page(ctx, f)
		}})
		for _, format := range render.Formats {
			k := kind{contentType: format.ContentType(), cache: maxAge(cfg.MaxAge), open: true}
			add(path+"."+format.Extension(), k, &shelf{feeds: one, changed: changed, render: func(ctx context.Context) ([]byte, error) {
				return m.edition(ctx, f, format)
			}})
		}
	}
	return r
}

// madeLike reports whether two shelves of one path hold the same renderings. s
// may be nil, which is like no other.
func (s *shelf) madeLike(other *shelf) bool {
	return s != nil && s.recipe == other.recipe && reflect.DeepEqual(s.feeds, other.feeds)
}

// never is the change of what is part of the program.
func never(context.Context) (time.Time, error) { return time.Time{}, nil }

func (m *maker) style(context.Context) ([]byte, error) { return styleSheet, nil }

// edition renders a Feed for readers. Its id is made of its name: whoever
// renames a Feed makes another one.
func (m *maker) edition(ctx context.Context, f feed.Feed, format render.Format) ([]byte, error) {
	prefix, err := m.lib.TagPrefix(ctx)
	if err != nil {
		return nil, err
	}
	entries, err := m.lib.Entries(ctx, f.Name, f.Limit)
	if err != nil {
		return nil, err
	}
	return render.Edition(format, render.Channel{
		Feed:      f,
		ID:        prefix + "feed/" + url.PathEscape(f.Name),
		Self:      m.feedURL(f) + "." + format.Extension(),
		Page:      m.feedURL(f),
		Base:      m.base,
		Generator: "newswired",
		Version:   m.version,
		Updated:   firstDay(prefix),
	}, entries)
}

// feedURL is the address of the page of a Feed, and but for the end that of its
// Editions.
func (m *maker) feedURL(f feed.Feed) string { return m.base + "feeds/" + url.PathEscape(f.Name) }

// firstDay is the date of a Feed that has no entries yet: the first day of the
// year in which its ids were minted. Any date will do if only it stays.
func firstDay(prefix string) time.Time {
	_, year, _ := strings.Cut(prefix, ",")
	year, _, _ = strings.Cut(year, ":")
	day, err := time.Parse("2006", year)
	if err != nil {
		return time.Unix(0, 0)
	}
	return day
}
