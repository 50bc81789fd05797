package web

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"newswired/feed"
	"newswired/feed/render"
)

// Bounds of the page of a Story. A live page may have hundreds of versions, and a
// story hundreds of carriers, each compared with many others.
const (
	maxCarriers = 200 // the first to carry it
	maxSteps    = 20  // of a Source, the latest
	maxLikes    = 4   // of an Article with others
	maxOpen     = 6   // carriers of which likes need not be asked for
)

// A storyView is a Story as its page shows it.
type storyView struct {
	render.Brief  // of the Copy that would stand for it if no Feed preferred any
	Version, Zone string
	Query         string // with which links to Stories end
	Counts        string
	First         carrierRow
	Carriers      []carrierRow
	Omitted       int  // carriers that are not shown
	Few           bool // true: there is room for all that the carriers have in common
	Chains        []chainView
	Related       []feed.Related
	Feeds         []feedRow

	whole bool // true: one of the feeds shows texts whole, not their summaries alone
}

// A carrierRow is an Article as the page of its Story shows it.
type carrierRow struct {
	render.Brief
	ID      int64  // for links within the page
	Name    string // the outlet, numbered if it has several Articles
	Origin  string
	Time    stamp
	Lag     string // after the first, or that there is no date; "" of the first
	Placed  string // why it is in the Story
	Likes   []like
	Further int  // likes that are not shown
	Page    bool // true: the text is that of its page
}

// A like is what an Article was found to have in common with another.
type like struct{ Says, Reason string } // Reason is in English

// A chainView is what one Source changed, step by step.
type chainView struct {
	Outlet, Language string
	Earlier          int // steps that are not shown
	Steps            []stepView
}

// A stepView is one version and what it changed in the one before.
type stepView struct {
	Time        stamp
	What        string
	Title, Text []feed.Change
}

// A feedRow is a Feed that has the Story.
type feedRow struct {
	feedCard
	Entered stamp
	Reason  string
}

// storyView says what can be said of a Story whoever asks. The Copies must be
// in order.
func (m *maker) storyView(a *feed.Account, query string) (*storyView, error) {
	alone := make([]feed.Entry, len(a.Copies)) // an Entry for each Copy, to have its Brief
	names := make(map[int64]string, len(a.Copies))
	for i := range a.Copies {
		alone[i] = feed.Entry{Story: feed.Story{ID: a.ID, Copies: a.Copies[i : i+1]}}
	}
	briefs, err := render.Briefs(alone)
	if err != nil {
		return nil, err
	}
	nameCopies(names, a.Copies, briefs)
	l := m.language
	view := &storyView{
		Brief: briefs[feed.Shown(&a.Story, nil)], Version: m.version, Zone: m.zoneName(), Query: query, Related: a.Related,
		Counts: strings.Join([]string{l.counted(len(a.Copies), "article"), l.counted(len(a.Outlets()), "outlet"), l.counted(len(a.Origins()), "origin")}, ", "),
	}
	for i := range a.Copies[:min(len(a.Copies), maxCarriers)] {
		c := &a.Copies[i]
		row := carrierRow{Brief: briefs[i], ID: c.ID, Name: names[c.ID], Origin: l.origin(c), Placed: nameArticles(a.Placed[c.ID], names), Page: !a.Pages[c.ID].Fetched.IsZero()}
		if i == 0 {
			row.Time = *m.clock(c.Published, time.Time{})
			view.First = row
		} else {
			row.Time = *m.clock(c.Published, a.Copies[0].Published)
			row.Lag = l.lag(c.Published.Sub(a.Copies[0].Published))
		}
		if c.Undated {
			row.Lag = l.say("seen, no date")
		}
		row.Likes, row.Further = l.likes(a, c.ID, names)
		view.Carriers = append(view.Carriers, row)
	}
	view.Omitted, view.Few = len(a.Copies)-len(view.Carriers), len(a.Copies) <= maxOpen
	for i := range view.Related {
		r := &view.Related[i]
		r.Title, r.Reason = cmp.Or(render.Line(r.Title), l.say("Untitled")), nameArticles(r.Reason, names)
	}
	return view, nil
}

// nameCopies calls each Copy by its outlet, numbered if that has several.
func nameCopies(names map[int64]string, copies []feed.Copy, briefs []render.Brief) {
	several, number := make(map[string]bool), make(map[string]int)
	for i := range briefs {
		outlet := briefs[i].Outlet
		several[outlet], number[outlet] = number[outlet] > 0, number[outlet]+1
	}
	clear(number)
	for i := range briefs {
		name := briefs[i].Outlet
		if number[name]++; several[name] {
			name = fmt.Sprintf("%s (%d)", name, number[name])
		}
		names[copies[i].ID] = name
	}
}

// likes tells how like the others of its Story an Article was found to be when
// it came in, less what it was placed by.
func (l *language) likes(a *feed.Account, id int64, names map[int64]string) (all []like, further int) {
	for _, d := range a.Decisions {
		name, here := names[d.Other]
		if d.Article != id || !here || strings.Contains(a.Placed[id], d.Reason) {
			continue
		}
		if len(all) == maxLikes {
			further++
			continue
		}
		words := l.say("another report than %s:", name)
		switch d.Verdict {
		case "same":
			words = l.say("the same report as %s:", name)
		case "related":
			words = l.say("about the event of %s:", name)
		}
		all = append(all, like{words, nameArticles(d.Reason, names)})
	}
	return all, further
}

// numberedArticle finds by what reasons name an Article.
var numberedArticle = regexp.MustCompile(`\barticle ([0-9]+)\b`)

// nameArticles calls the Articles in a reason by their outlets, as people do.
func nameArticles(reason string, names map[int64]string) string {
	return numberedArticle.ReplaceAllStringFunc(render.Line(reason), func(text string) string {
		id, _ := strconv.ParseInt(text[len("article "):], 10, 64)
		return cmp.Or(names[id], "an article elsewhere")
	})
}

// addChains adds what each Source changed, if it changed anything that is shown. Across
// Sources nothing is compared: a paper's print differs in everything and says
// nothing new.
func (m *maker) addChains(view *storyView, a *feed.Account) {
	seen := make(map[string]bool)
	for i := range a.Copies {
		c := &a.Copies[i]
		steps := a.Versions(c.Source)
		if seen[c.Source] || len(steps) < 2 {
			continue
		}
		seen[c.Source] = true
		chain := chainView{Outlet: cmp.Or(render.Line(c.Outlet), c.Source), Earlier: max(0, len(steps)-maxSteps)}
		if n := slices.IndexFunc(view.Carriers, func(row carrierRow) bool { return row.ID == c.ID }); n >= 0 {
			chain.Language = view.Carriers[n].Language
		}
		for n := chain.Earlier; n < len(steps); n++ {
			var before feed.Revision
			if n > 0 {
				before = steps[n-1].Revision
			}
			if step := m.step(steps[n], before, n == 0, view.whole); n == chain.Earlier || changed(step.Title) || step.Text != nil {
				chain.Steps = append(chain.Steps, step)
			}
		}
		if len(chain.Steps) > 1 {
			view.Chains = append(view.Chains, chain)
		}
	}
}

// step shows a version: its headline, and the words of the summary or, if only
// that changed, of the text, each cut to what changed.
func (m *maker) step(v feed.Step, before feed.Revision, first, whole bool) stepView {
	s := stepView{Time: *m.clock(v.At, time.Time{}), What: m.language.say("a further article")}
	switch {
	case first:
		s.What = m.language.say("first version")
		before.Title = v.Title
	case v.Revised:
		s.What = m.language.say("revised")
	}
	s.Title = changes(before.Title, v.Title, false)
	if first {
		return s
	}
	if v.Summary != before.Summary {
		s.Text = changes(before.Summary, v.Summary, true)
	} else if whole && v.Content != before.Content {
		s.Text = changes(feed.Said(before.Summary, before.Content), feed.Said(v.Summary, v.Content), true)
	}
	if !changed(s.Text) {
		s.Text = nil // nothing but its markup
	}
	return s
}

// changed reports whether anything did.
func changed(all []feed.Change) bool {
	return slices.ContainsFunc(all, func(c feed.Change) bool { return c.What != feed.Kept })
}

// changes compares texts without what no page should show.
func changes(before, after string, short bool) []feed.Change {
	return feed.Changes(render.Line(before), render.Line(after), short)
}

// origin tells whose words a Copy is in, "" for an outlet's own.
func (l *language) origin(c *feed.Copy) string {
	switch {
	case c.Agency != "":
		return l.say("the agency itself")
	case c.Credit != "":
		return l.say("by %s", render.Line(c.Credit))
	}
	return ""
}
