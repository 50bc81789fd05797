package web

import (
	"time"

	"newswired/feed"
)

// A stamp is a time for machines, in UTC, and for people; or a day of the pages'
// zone for both.
type stamp struct{ Machine, Human string }

// clock shows t as the time of day, and with its date if that is another day
// than the one of beside. Nothing is shown as "2 minutes ago": a page stays the
// same until there is news.
func (m *maker) clock(t, beside time.Time) *stamp {
	t = t.In(m.zone)
	layouts := &m.language.layouts
	layout := layouts.date
	switch beside = beside.In(m.zone); {
	case t.Format(time.DateOnly) == beside.Format(time.DateOnly):
		layout = layouts.hour
	case t.Year() != beside.Year():
		layout = layouts.dated
	}
	return &stamp{t.UTC().Format(time.RFC3339), m.language.format(t, layout)}
}

// date shows t in full, nil if there is none.
func (m *maker) date(t time.Time) *stamp {
	if t.IsZero() {
		return nil
	}
	t = t.In(m.zone)
	return &stamp{t.UTC().Format(time.RFC3339), m.language.format(t, m.language.layouts.dated)}
}

// zoneName names the zone of the times; the machine's own has no name.
func (m *maker) zoneName() string {
	if m.zone == time.Local {
		return m.language.say("local time")
	}
	return m.zone.String()
}

// day shows a day of the page of our health, which is in English.
func (m *maker) day(t time.Time) stamp {
	t = t.In(m.zone)
	return stamp{t.Format(time.DateOnly), t.Format("Mon 2 Jan")}
}

// when says a time in the pages' zone.
func (m *maker) when(t, now time.Time) string { return feed.When(t, now, m.zone) }
