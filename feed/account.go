package feed

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"
)

// ErrNotStored says that there is no such Story or Article.
var ErrNotStored = errors.New("not stored")

// An Account is a Story with all that is known about it: what its Articles said
// and when, and why everything is as it is.
type Account struct {
	Story
	Placed    map[int64]string     // by Article: why it is in the Story
	Pages     map[int64]PageStatus // by Article: what became of its page; only of those that are fetched
	Revisions map[int64][]Revision // by Article: its states, the first one first
	Decisions []Decision           // on two Articles of which one at least tells the Story
	Related   []Related            // other Stories that are like it
	Rulings   []Ruled              // on the Articles' pages
	Verdicts  []FeedVerdict        // of every configured Feed, in the order of the configuration
}

// A Revision is one state of an Article.
type Revision struct {
	Seq     int64     `json:"seq"`               // rises over all Articles
	Seen    time.Time `json:"seen"`              // when it was first read
	Title   string    `json:"title"`             // with its marker, as published
	Marker  string    `json:"marker,omitempty"`  // "" if the headline has none
	Credit  string    `json:"credit,omitempty"`  // the agency; "" if it names none
	Summary string    `json:"summary,omitempty"` // "" if there is none
	Content string    `json:"-"`                 // HTML as published
}

// A Decision is what was found out about two Articles when the later was
// placed. Its names in JSON are those of the view decisions.
type Decision struct {
	Article int64     `json:"article_id"` // the later of the two to be placed
	Other   int64     `json:"other_article_id"`
	Verdict string    `json:"verdict"` // same, related or different
	Score   float64   `json:"score"`   // logarithm of the odds that they are one report, see Likeness
	Reason  string    `json:"reason"`  // the evidence, for people
	Decided time.Time `json:"decided"` // when that was found out

	Story      int64 `json:"-"` // where the Article stands now
	OtherStory int64 `json:"-"`
}

// About reports whether the Decision is on these two Articles.
func (d Decision) About(a, b int64) bool {
	return d.Article == a && d.Other == b || d.Article == b && d.Other == a
}

// A Related Story is another one with an Article that was found to be the same
// as one of this Story, or to be about the same event.
type Related struct {
	Story   int64    `json:"story_id"`
	Title   string   `json:"title"` // of its first Article
	Article int64    `json:"article_id"`
	Other   int64    `json:"other_article_id"` // the one of that Story
	Verdict string   `json:"verdict"`          // same if two Articles are, but not the Stories as a whole; else related
	Reason  string   `json:"reason"`
	Feeds   []string `json:"feeds"` // in which that Story is, in the order of the configuration
}

// A Ruled is a Ruling that was made.
type Ruled struct {
	URL        string    `json:"url"`
	Other      string    `json:"other_url"`
	Same       bool      `json:"same"`
	Configured bool      `json:"configured"` // true: the configuration says so; false: a person said it once
	Made       time.Time `json:"made"`
}

// A FeedVerdict is what a Feed says to a Story.
type FeedVerdict struct {
	Feed    string    `json:"feed"`
	Judged  bool      `json:"judged"` // false: not yet, the rest is empty
	Passes  bool      `json:"passes"`
	Reason  string    `json:"reason,omitempty"`
	Entered time.Time `json:"entered,omitzero"` // when it first passed; kept when it no longer does
}

// Order puts the Copies in the order in which they were published, that is seen
// first if there is no difference.
func (a *Account) Order() {
	slices.SortStableFunc(a.Copies, func(x, y Copy) int {
		return cmp.Or(x.Published.Compare(y.Published), x.FirstSeen.Compare(y.FirstSeen), cmp.Compare(x.ID, y.ID))
	})
}

// A Step is one Revision of one Article in the chain of a Source.
type Step struct {
	Article int64
	At      time.Time // when the Article was published, or the Revision was seen
	Revised bool      // true: it is not the Article's first
	Revision
}

// Versions returns the chain of a Source: its Articles in the order of their
// markers and dates, as Shown chooses among them, each with all its Revisions.
func (a *Account) Versions(source string) []Step {
	var copies []*Copy
	for i := range a.Copies {
		if a.Copies[i].Source == source {
			copies = append(copies, &a.Copies[i])
		}
	}
	slices.SortFunc(copies, func(x, y *Copy) int {
		switch {
		case x == y:
			return 0
		case Supersedes(y, x):
			return -1
		}
		return 1
	})
	var all []Step
	for _, c := range copies {
		for i, r := range a.Revisions[c.ID] {
			v := Step{Article: c.ID, At: r.Seen, Revised: i > 0, Revision: r}
			if i == 0 {
				v.At = c.Published
			}
			all = append(all, v)
		}
	}
	return all
}

// Lag tells how much later something was, as short as it can be understood:
// "+12m", "+3h05m", "+2d4h".
func Lag(d time.Duration) string {
	d = d.Round(time.Minute)
	days, hours, minutes := int(d/(24*time.Hour)), int(d.Hours())%24, int(d.Minutes())%60
	switch {
	case days > 0:
		return fmt.Sprintf("+%dd%dh", days, hours)
	case hours > 0:
		return fmt.Sprintf("+%dh%02dm", hours, minutes)
	}
	return fmt.Sprintf("+%dm", minutes)
}
