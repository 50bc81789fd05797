package web

import (
	"bytes"
	"cmp"
	"context"
	"embed"
	"fmt"
	"html/template"
	"time"

	"newswired/feed"
	"newswired/feed/render"
)

// The templates escape by context; what is ours and must not be escaped has a
// type of html/template.
//
//go:embed *.html
var templateFiles embed.FS

// templates are parsed once; a mistake in them is one of the program.
var templates = template.Must(template.ParseFS(templateFiles, "*.html"))

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
	Updated   *stamp // nil unless there was news after it was published
}

// index renders the page that names every Feed, and tells how many Sources are well.
func (m *maker) index(ctx context.Context, feeds []feed.Feed) ([]byte, error) {
	states, err := m.lib.States(ctx)
	if err != nil {
		return nil, err
	}
	view := struct {
		Version, Zone string
		Feeds         []feedCard
		Sources       string // how many are in which state
	}{Version: m.version, Zone: m.zoneName(), Sources: feed.Tally(states)}
	pushed, err := m.pushed(ctx)
	if err != nil {
		return nil, err
	}
	for _, f := range feeds {
		card := m.card(f, "")
		card.Pushed = pushed[f.Name]
		changed, err := m.lib.Changed(ctx, f.Name)
		if err != nil {
			return nil, err
		}
		card.Changed = m.date(changed)
		if len(feeds) <= latestFeeds {
			if card.Latest, err = m.latest(ctx, f.Name, changed); err != nil {
				return nil, err
			}
		}
		view.Feeds = append(view.Feeds, card)
	}
	return execute("index.html", view)
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
		words[s.Feed] = feed.Counted(s.Subscribers, "subscriber") + " by push"
		if s.Failing > 0 {
			words[s.Feed] += fmt.Sprintf(", %d of them cannot be reached", s.Failing)
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
	days, err := m.days(entries, d.query)
	if err != nil {
		return nil, err
	}
	return execute("feed.html", struct {
		feedCard
		Version, Zone string
		Days          []day
	}{m.card(f, d.query), m.version, m.zoneName(), days})
}

// execute runs a template into memory, so that an error never leaves half a
// page behind.
func execute(name string, view any) ([]byte, error) {
	var b bytes.Buffer
	if err := templates.ExecuteTemplate(&b, name, view); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// card has absolute addresses for those who subscribe, because they go into
// other programs, and a relative one for those who click.
func (m *maker) card(f feed.Feed, query string) feedCard {
	card := feedCard{Title: cmp.Or(render.Line(f.Title), f.Name), Description: render.Line(f.Description), Path: m.feedURL(f)[len(m.base):] + query}
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

// latest returns the newest entries of a Feed, with times as they are said beside
// that of the last news.
func (m *maker) latest(ctx context.Context, name string, changed time.Time) ([]entryRow, error) {
	entries, err := m.lib.Entries(ctx, name, latestLimit)
	if err != nil {
		return nil, err
	}
	briefs, err := render.Briefs(entries)
	if err != nil {
		return nil, err
	}
	rows := make([]entryRow, len(briefs))
	for i, b := range briefs {
		rows[i] = m.row(&entries[i], b, changed, "")
	}
	return rows, nil
}

// row shows an Entry, with its times beside another.
func (m *maker) row(e *feed.Entry, b render.Brief, beside time.Time, query string) entryRow {
	row := entryRow{Brief: b, Story: storyPath(e.Story.ID) + query, Published: *m.clock(e.Published, beside)}
	if e.Updated.Sub(e.Published) >= time.Minute {
		row.Updated = m.clock(e.Updated, beside)
	}
	return row
}

// days groups entries by the day on which they came in, which is their order.
func (m *maker) days(entries []feed.Entry, query string) ([]day, error) {
	briefs, err := render.Briefs(entries)
	if err != nil {
		return nil, err
	}
	var all []day
	for i, b := range briefs {
		e := &entries[i]
		entered := e.Entered
		if entered.IsZero() {
			entered = e.Published
		}
		date := entered.In(m.zone).Format(time.DateOnly)
		if len(all) == 0 || all[len(all)-1].Date.Machine != date {
			all = append(all, day{Date: stamp{date, entered.In(m.zone).Format("Monday 2 January 2006")}})
		}
		last := &all[len(all)-1]
		last.Entries = append(last.Entries, m.row(e, b, entered, query))
	}
	return all, nil
}
