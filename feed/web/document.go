package web

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"newswired/feed"
	"newswired/feed/render"
)

// A document is what a path below /feeds/ or /stories/ names.
type document struct {
	story  int64 // of a Story; then the rest is empty
	feed   feed.Feed
	page   bool          // true: for people
	format render.Format // of what is for readers
	number int           // of an archive; 0 is the subscription document
	query  string        // with which links of a private Feed end; "" of others
}

// find reads a path. Numbers have one form only, so that a document has one
// address:
//
//	/feeds/korea                   the page
//	/feeds/korea.atom              the subscription document
//	/feeds/korea/archive/7.atom    an archive
//	/stories/12                    a Story
func (r *routes) find(path string) (document, bool) {
	if id, ok := storyID(path); ok {
		return document{story: id}, true
	}
	rest, ok := strings.CutPrefix(path, "/feeds/")
	if !ok {
		return document{}, false
	}
	name, archive, archived := strings.Cut(rest, "/archive/")
	doc := document{page: true}
	if archived {
		var err error
		number, _, _ := strings.Cut(archive, ".")
		if doc.number, err = strconv.Atoi(number); err != nil || doc.number < 1 || strconv.Itoa(doc.number) != number {
			return document{}, false
		}
		name += archive[len(number):]
	}
	for _, format := range render.Formats {
		if begin, ok := strings.CutSuffix(name, "."+format.Extension()); ok {
			name, doc.page, doc.format = begin, false, format
		}
	}
	doc.feed, ok = r.feeds[name]
	return doc, ok && !(doc.page && archived)
}

// url is the address of a document, by which readers know it.
func (m *maker) url(d document) string {
	u := m.feedURL(d.feed)
	if d.number > 0 {
		u += "/archive/" + strconv.Itoa(d.number)
	}
	if !d.page {
		u += "." + d.format.Extension()
	}
	return u + d.query
}

// render renders a document. None that is silent names a hub. Alerts have no page of
// their own but that of our health.
func (m *maker) render(ctx context.Context, d document, silent bool) ([]byte, error) {
	if d.page {
		return m.page(ctx, d)
	}
	prefix, err := m.lib.TagPrefix(ctx)
	if err != nil {
		return nil, err
	}
	part, err := m.lib.Section(ctx, d.feed.Name, d.number, d.feed.Limit)
	if err != nil {
		return nil, err
	}
	c := m.channel(d, prefix, part)
	if !silent && !c.Archive {
		c.Hubs = m.hubs
	}
	if d.feed.Name == m.status {
		c.Page = m.base + "status"
		for i := range part.Entries {
			part.Entries[i].Copies[0].Link = c.Page
		}
	}
	return render.Edition(d.format, c, part.Entries)
}

// channel says of a document what is not in its Entries. All documents of a Feed
// have its id, which is made of its name: whoever renames a Feed makes another
// one.
func (m *maker) channel(d document, prefix string, part feed.Section) render.Channel {
	at := func(number int) string {
		other := d
		other.number = number
		return m.url(other)
	}
	page := d
	page.page, page.number = true, 0
	c := render.Channel{
		Feed:      d.feed,
		ID:        prefix + "feed/" + url.PathEscape(d.feed.Name),
		Self:      m.url(d),
		Page:      m.url(page),
		Base:      m.base,
		Instance:  prefix,
		Generator: "newswired",
		Version:   m.version,
		Updated:   firstDay(prefix),
		Deleted:   part.Deleted,
		Archive:   d.number > 0,
	}
	if part.Former > 0 {
		c.Former = at(part.Former)
	}
	if part.Next > 0 {
		c.Next = at(part.Next)
	}
	if c.Archive {
		c.Current = at(0)
	}
	return c
}

// firstDay is the date of a Feed that has no entries yet: the first day of the
// year in which its ids were minted. Any date will do if only it stays.
func firstDay(prefix string) time.Time {
	_, year, _ := strings.Cut(prefix, ",")
	year, _, _ = strings.Cut(year, ":")
	year, _, _ = strings.Cut(year, "-")
	day, err := time.Parse("2006", year)
	if err != nil {
		return time.Unix(0, 0)
	}
	return day
}

// A loft holds the shelves of documents that few ask for, archives, Stories and
// those of private feeds, only as long as there is something on them.
type loft struct {
	mu      sync.Mutex
	shelves map[string]*shelf // by path and query
}

// shelf returns the shelf of a key, which is made if it is not there.
func (l *loft) shelf(key string, fresh func() *shelf) *shelf {
	l.mu.Lock()
	defer l.mu.Unlock()
	if s := l.shelves[key]; s != nil {
		return s
	}
	s := fresh()
	s.dropped = func() { l.remove(key, s) }
	l.shelves[key] = s
	return s
}

// remove takes a shelf out, unless another is in its place.
func (l *loft) remove(key string, s *shelf) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.shelves[key] == s {
		delete(l.shelves, key)
	}
}
