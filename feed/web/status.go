package web

import (
	"cmp"
	"context"
	"strings"
	"time"

	"newswired/feed"
	"newswired/feed/render"
)

// statusLasts is how long the status page stays as it is: it says as of when it is,
// and nobody who reloads it all the time has the Library read on and on.
const statusLasts = 10 * time.Second

// sparkSources is how many Sources each may have a drawing of its own: of more of
// them nobody compares so small ones, and they would be half of the page.
const sparkSources = 200

// A sourceRow is a Source as the status page shows it. No address is shown: it may
// be a secret.
type sourceRow struct {
	Name, Outlet string
	Condition    string
	Notes        string   // rhythm, bytes saved, push and pages, in words
	Warnings     []string // in words
	Articles     int
	LastArticle  *stamp
	Spark        string // path of new Articles by day; "" if there are none, or too many Sources
}

// A stateGroup has the Sources of one state.
type stateGroup struct {
	State   string
	Sources []sourceRow
}

// statusPage renders how each Source is, what needs a person first, and newswired
// itself.
func (m *maker) statusPage(ctx context.Context) ([]byte, error) {
	now := time.Now()
	h, self, err := m.lib.Health(ctx, now)
	if err != nil {
		return nil, err
	}
	states := make(map[string]int)
	for i := range h.Sources {
		states[h.Sources[i].State]++
	}
	view := struct {
		Version, Zone string
		Now           stamp
		Tally, Lately string
		Alerts        string // address of the feed of what needs a person; "" if there is none
		Facts         []feed.Fact
		Charts        []chart
		Days          []dayRow
		Groups        []stateGroup
	}{
		Version: m.version, Zone: m.zoneName(), Now: *m.date(now),
		Tally: feed.Tally(states), Lately: feed.Lately(h.Hours, now), Facts: self.Facts(now, m.zone),
	}
	if m.status != "" {
		view.Alerts = m.feedURL(feed.Feed{Name: m.status}) + ".atom"
	}
	view.Charts, view.Days = m.charts(h.Hours, now)
	feed.SortByState(h.Sources)
	for i := range h.Sources {
		s := &h.Sources[i]
		if n := len(view.Groups); n == 0 || view.Groups[n-1].State != s.State {
			view.Groups = append(view.Groups, stateGroup{State: s.State})
		}
		last := &view.Groups[len(view.Groups)-1]
		last.Sources = append(last.Sources, m.sourceRow(s, now, len(h.Sources) <= sparkSources))
	}
	return m.execute("status.html", view)
}

// sourceRow puts into words how a Source is.
func (m *maker) sourceRow(s *feed.SourceStatus, now time.Time, drawn bool) sourceRow {
	row := sourceRow{
		Name: s.Name, Outlet: cmp.Or(render.Line(s.Outlet), s.Name),
		Condition: render.Line(s.Condition(now, m.zone)), Articles: s.Articles,
	}
	if !s.LastArticle.IsZero() {
		row.LastArticle = &stamp{s.LastArticle.UTC().Format(time.RFC3339), m.when(s.LastArticle, now)}
	}
	row.Notes = render.Line(strings.Join(s.Notes(now, m.zone), " · "))
	for _, w := range s.Warnings[:min(len(s.Warnings), feed.ShownWarnings)] {
		row.Warnings = append(row.Warnings, render.Line(w.InWords(now, m.zone)))
	}
	if drawn {
		row.Spark = spark(s.Days)
	}
	return row
}
