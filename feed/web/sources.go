package web

import (
	"cmp"
	"fmt"
	"strconv"

	"newswired/feed"
	"newswired/feed/render"
)

// A sourceRow is a Source as the index shows it.
type sourceRow struct {
	Name, Outlet, Agency string
	State, Health        string // for the style sheet, and in words
	Articles             string
	LastArticle          *stamp
}

// sourceRow leaves out LastFetch, which health tells where it matters.
func (m *maker) sourceRow(s *feed.SourceStatus) sourceRow {
	return sourceRow{
		Name: s.Name, Outlet: cmp.Or(render.Line(s.Outlet), s.Name), Agency: s.Agency,
		State: s.State, Health: render.Line(m.health(s)),
		Articles: strconv.Itoa(s.Articles), LastArticle: m.date(s.LastArticle),
	}
}

// health tells the state of a Source in a sentence:
//
//	new       not polled yet, first at 14:20
//	ok        ok, next 14:20
//	failing   status 404, 3 failures in a row, last 14:10, next 14:20
//	stopped   stopped: 410 Gone, last 14:10
//	offline   our network was down at 14:10, next 14:20
//	removed   no longer in the configuration
func (m *maker) health(s *feed.SourceStatus) string {
	next := ""
	if !s.NextFetch.IsZero() {
		next = m.clock(s.NextFetch, cmp.Or(s.LastFetch, s.NextFetch)).Human
	}
	after := func(words, before string) string {
		if next == "" {
			return words
		}
		return words + before + next
	}
	last := m.clock(s.LastFetch, s.LastFetch).Human
	switch s.State {
	case "new":
		return after("not polled yet", ", first at ")
	case "ok":
		return after("ok", ", next ")
	case "offline":
		return after("our network was down at "+last, ", next ")
	case "stopped":
		return "stopped: " + s.LastError + ", last " + last
	case "removed":
		return "no longer in the configuration"
	}
	times := "1 failure"
	if s.Failures != 1 {
		times = fmt.Sprintf("%d failures in a row", s.Failures)
	}
	return after(cmp.Or(s.LastError, s.State)+", "+times+", last "+last, ", next ")
}
