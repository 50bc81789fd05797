package main

import (
	"encoding/json"
	"io"
	"time"

	"github.com/spf13/cobra"

	"newswired/feed"
)

// This file prints a Story for scripts. Times are in UTC, whatever the zone of
// the pages, and lists that are empty are there: a script need not ask first.

// A shownArticle is an Article in JSON; its names are those of the view
// articles.
type shownArticle struct {
	ID        int64            `json:"id"`
	Story     int64            `json:"story_id"`
	Source    string           `json:"source"`
	Outlet    string           `json:"outlet"`
	Agency    string           `json:"agency,omitempty"` // the wire itself, or whom the text names as its origin
	Own       bool             `json:"own"`              // true: the agency's own feed
	Marker    string           `json:"marker,omitempty"`
	Title     string           `json:"title"`
	Link      string           `json:"link,omitempty"`
	Published time.Time        `json:"published"`
	FirstSeen time.Time        `json:"first_seen"`
	Lag       *int64           `json:"lag,omitempty"` // seconds after the first carrier; none if nobody knows its date
	Placed    string           `json:"placed,omitempty"`
	Page      *feed.PageStatus `json:"page,omitempty"` // of a Source with full_text
	Revisions []feed.Revision  `json:"revisions,omitempty"`
}

// articleJSON returns what show and why tell of an Article alike.
func articleJSON(c *feed.Copy) shownArticle {
	agency := c.Agency
	if agency == "" {
		agency = c.Credit
	}
	return shownArticle{
		ID: c.ID, Story: c.Story, Source: c.Source, Outlet: c.Outlet, Agency: agency, Own: c.Agency != "",
		Marker: feed.ReadHeadline(c.Title).Marker(), Title: c.Title, Link: c.Link,
		Published: c.Published, FirstSeen: c.FirstSeen,
	}
}

// printJSON prints for scripts all that is shown to people.
func (s *shownStory) printJSON(w io.Writer) error {
	articles := make([]shownArticle, len(s.Copies))
	for i := range s.Copies {
		c := &s.Copies[i]
		articles[i] = articleJSON(c)
		if seconds := int64(c.Published.Sub(s.Copies[0].Published) / time.Second); !c.Undated {
			articles[i].Lag = &seconds
		}
		if page, fetched := s.Pages[c.ID]; fetched {
			articles[i].Page = &page
		}
		articles[i].Placed, articles[i].Revisions = s.Placed[c.ID], s.Revisions[c.ID]
	}
	return printJSON(w, struct {
		ID        int64              `json:"id"`
		Asked     int64              `json:"asked"` // another id if that story turned out to be this one
		Others    []int64            `json:"other_stories,omitempty"`
		Title     string             `json:"title"`
		Published time.Time          `json:"published"`
		Outlets   []string           `json:"outlets"`
		Origins   []string           `json:"origins"`
		Articles  []shownArticle     `json:"articles"`
		Decisions []feed.Decision    `json:"decisions"`
		Rulings   []feed.Ruled       `json:"rulings"`
		Related   []feed.Related     `json:"related"`
		Feeds     []feed.FeedVerdict `json:"feeds"`
	}{
		s.ID, s.asked, s.others, s.Copies[0].Title, s.Published(), s.Outlets(), s.Origins(),
		articles, list(s.Decisions), list(s.Rulings), list(s.Related), list(s.Verdicts),
	})
}

// list returns a list that is [] in JSON, never null.
func list[T any](all []T) []T {
	if all == nil {
		return []T{}
	}
	return all
}

// jsonFlag adds the flag by which a command prints for scripts what it prints for
// people: one object or list, with the names of the views' columns where those have
// the same. What goes to the error output, and the exit status, stay as they are.
func jsonFlag(c *cobra.Command, asJSON *bool) {
	c.Flags().BoolVar(asJSON, "json", false, "print JSON")
}

// printJSON prints for scripts. & < > stay as they are: addresses are to be copied,
// and nobody pastes them into a page unseen.
func printJSON(w io.Writer, what any) error {
	out := json.NewEncoder(w)
	out.SetIndent("", "  ")
	out.SetEscapeHTML(false)
	return out.Encode(what)
}
