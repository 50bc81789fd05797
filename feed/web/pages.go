package web

import (
	"bytes"
	"cmp"
	"context"
	"embed"
	"html/template"
	"slices"
	"time"

	"newswired/feed"
	"newswired/feed/render"
)

//go:embed *.html
var templateFiles embed.FS

// pageLimit is how many entries the page of a Feed shows.
const pageLimit = 50

// The index shows the latest headlines of each Feed, unless it has so many feeds
// that nobody would read them.
const (
	latestLimit = 3
	latestFeeds = 20
)

// A subscription is an Edition that can be subscribed to.
type subscription struct {
	Name string
	Type template.HTMLAttr // written by hand, since templates write "+" as a reference that crude readers miss
	URL  string
}

// A feedCard is a Feed as the pages show it.
type feedCard struct {
	Title, Description string
	Language           string // of these two, BCP 47; "" if it is that of the page, or unknown
	Path               string // relative to the index
	Changed            *stamp // nil if nothing came yet
	Subscriptions      []subscription
	Reader             template.URL // of the Atom, for the program that answers to "feed:"
	Latest             []entryRow   // on the index; none if there are too many feeds
	Pushed             string       // on the index: who is told by our hub; "" if nobody is
}

// Address is what people copy into a reader: the Edition that says most.
func (c feedCard) Address() string { return c.Subscriptions[render.Atom].URL }

// A day holds the entries that came in on one day of the pages' zone.
type day struct {
	Date    stamp
	Entries []entryRow
}

// An entryRow is an Entry as the page of its Feed shows it.
type entryRow struct {
	render.Brief
	Story     string // path of its page, from the root of the site
	Published stamp
	Undated   bool   // true: that is when it was first seen
	Updated   *stamp // nil unless there was news after it was published
}

// index renders the page that names every Feed, and tells how many Sources are
// well, in the language of most feeds.
func (m *maker) index(ctx context.Context, feeds []feed.Feed) ([]byte, error) {
	states, err := m.lib.States(ctx)
	if err != nil {
		return nil, err
	}
	all, each := make([]latest, len(feeds)), make([]*language, len(feeds))
	for i, f := range feeds {
		if all[i], err = m.latest(ctx, f.Name, i < latestFeeds && f.Language == "" || len(feeds) <= latestFeeds); err != nil {
			return nil, err
		}
		each[i] = languageOf(f, all[i].briefs)
	}
	m = m.speaking(mostly(each))
	view := struct {
		Version, Zone string
		Feeds         []feedCard
		Sources       string // how many are in which state
	}{Version: m.version, Zone: m.zoneName(), Sources: m.language.tally(states)}
	pushed, err := m.pushed(ctx)
	if err != nil {
		return nil, err
	}
	for i, f := range feeds {
		card, news := m.card(f, ""), all[i]
		card.Pushed, card.Changed = pushed[f.Name], m.date(news.changed)
		for j := 0; j < len(news.entries) && len(feeds) <= latestFeeds; j++ {
			card.Latest = append(card.Latest, m.row(&news.entries[j], news.briefs[j], news.changed, ""))
		}
		view.Feeds = append(view.Feeds, card)
	}
	return m.execute("index.html", view)
}

// pushed says of each Feed by its name whom our hub tells of its news. Who they
// are is nobody's business.
//
//	1 subscriber by push
//	3 subscribers by push, 1 of them cannot be reached
func (m *maker) pushed(ctx context.Context) (map[string]string, error) {
	if m.told == nil {
		return nil, nil
	}
	all, err := m.told.Subscribers(ctx, time.Now())
	words := make(map[string]string, len(all))
	for _, s := range all {
		words[s.Feed] = m.language.say("%s by push", m.language.counted(s.Subscribers, "subscriber"))
		if s.Failing > 0 {
			words[s.Feed] += m.language.say(", %d of them cannot be reached", s.Failing)
		}
	}
	return words, err
}

// page renders the newest entries of a Feed for people.
func (m *maker) page(ctx context.Context, d document) ([]byte, error) {
	f, limit := d.feed, pageLimit
	if f.Limit > 0 {
		limit = min(limit, f.Limit)
	}
	entries, err := m.lib.Entries(ctx, f.Name, limit)
	if err != nil {
		return nil, err
	}
	briefs, err := render.Briefs(entries)
	if err != nil {
		return nil, err
	}
	m = m.speaking(cmp.Or(languageOf(f, briefs), english))
	return m.execute("feed.html", struct {
		feedCard
		Version, Zone string
		Days          []day
	}{m.card(f, d.query), m.version, m.zoneName(), m.days(entries, briefs, d.query)})
}

// execute runs a template into memory, so that an error never leaves half a
// page behind.
func (m *maker) execute(name string, view any) ([]byte, error) {
	var b bytes.Buffer
	if err := m.language.templates().ExecuteTemplate(&b, name, view); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// card has absolute addresses for those who subscribe, because they go into
// other programs, and a relative one for those who click.
func (m *maker) card(f feed.Feed, query string) feedCard {
	card := feedCard{Title: cmp.Or(render.Line(f.Title), f.Name), Description: render.Line(f.Description), Language: f.Language, Path: m.feedURL(f)[len(m.base):] + query}
	for _, format := range render.Formats {
		card.Subscriptions = append(card.Subscriptions, subscription{
			Name: format.String(),
			Type: template.HTMLAttr(`type="` + format.MediaType() + `"`),
			URL:  m.url(document{feed: f, format: format, query: query}),
		})
	}
	card.Reader = template.URL("feed:" + card.Address())
	return card
}

// latest is what the index asks of a Feed.
type latest struct {
	changed time.Time
	entries []feed.Entry   // as many as are shown
	briefs  []render.Brief // of these and further ones, by which its language is known
}

// latest returns when a Feed changed and, if they are wanted, its newest entries.
func (m *maker) latest(ctx context.Context, name string, wanted bool) (news latest, err error) {
	if news.changed, err = m.lib.Changed(ctx, name); err != nil || !wanted {
		return news, err
	}
	entries, err := m.lib.Entries(ctx, name, languageEntries)
	if err != nil {
		return news, err
	}
	news.entries = slices.Clone(entries[:min(len(entries), latestLimit)])
	news.briefs, err = render.Briefs(entries)
	return news, err
}

// row shows an Entry, with its times beside another.
func (m *maker) row(e *feed.Entry, b render.Brief, beside time.Time, query string) entryRow {
	row := entryRow{Brief: b, Story: storyPath(e.Story.ID) + query, Published: *m.clock(e.Published, beside), Undated: e.Copies[e.Shown].Undated}
	if e.Updated.Sub(e.Published) >= time.Minute {
		row.Updated = m.clock(e.Updated, beside)
	}
	return row
}

// days groups entries by the day on which they came in, which is their order.
func (m *maker) days(entries []feed.Entry, briefs []render.Brief, query string) []day {
	var all []day
	for i, b := range briefs {
		e := &entries[i]
		entered := e.Entered
		if entered.IsZero() {
			entered = e.Published
		}
		date := entered.In(m.zone).Format(time.DateOnly)
		if len(all) == 0 || all[len(all)-1].Date.Machine != date {
			all = append(all, day{Date: stamp{date, m.language.format(entered.In(m.zone), m.language.layouts.day)}})
		}
		last := &all[len(all)-1]
		last.Entries = append(last.Entries, m.row(e, b, entered, query))
	}
	return all
}
