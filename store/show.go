package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"newswired/feed"
)

// ErrNotStored says that there is no such Story or Article.
var ErrNotStored = errors.New("not stored")

// An Account is a Story with all that is known about it: what its Articles said
// and when, and why everything is as it is.
type Account struct {
	feed.Story
	Placed    map[int64]string     // by Article: why it is in the Story
	Revisions map[int64][]Revision // by Article: its states, the first one first
	Decisions []Decision           // on two Articles of which one at least tells the Story
	Related   []Related            // other Stories that are like it
	Rulings   []Ruled              // on the Articles' pages
	Verdicts  []FeedVerdict        // of every configured Feed, in the order of the configuration
}

// A Revision is one state of an Article.
type Revision struct {
	Seq     int64     `json:"seq"`
	Seen    time.Time `json:"seen"`
	Title   string    `json:"title"`
	Marker  string    `json:"marker,omitempty"`
	Credit  string    `json:"credit,omitempty"`
	Summary string    `json:"summary,omitempty"`
	Content string    `json:"-"` // HTML as published
}

// A Decision is what was found out about two Articles when the later was
// placed. Its names in JSON are those of the view decisions.
type Decision struct {
	Article int64     `json:"article_id"`
	Other   int64     `json:"other_article_id"`
	Verdict string    `json:"verdict"` // same, related or different
	Score   float64   `json:"score"`
	Reason  string    `json:"reason"`
	Decided time.Time `json:"decided"`

	story, otherStory int64
}

// About reports whether the Decision is on these two Articles.
func (d Decision) About(a, b int64) bool {
	return d.Article == a && d.Other == b || d.Article == b && d.Other == a
}

// A Related Story is another one with an Article that was found to be the same
// as one of this Story, or to be about the same event.
type Related struct {
	Story   int64  `json:"story_id"`
	Title   string `json:"title"` // of its first Article
	Article int64  `json:"article_id"`
	Other   int64  `json:"other_article_id"` // the one of that Story
	Verdict string `json:"verdict"`          // same if two Articles are, but not the Stories as a whole; else related
	Reason  string `json:"reason"`
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

// Account returns a Story, or the older one that it turned out to be: then the
// ID is that one's. It is ErrNotStored if there is none.
func (s *Store) Account(ctx context.Context, id int64) (*Account, error) {
	a := &Account{}
	err := s.view(ctx, func(t *tx) error { return t.account(id, a) })
	if err != nil {
		return nil, fmt.Errorf("story %d: %w", id, err)
	}
	return a, nil
}

// view runs f in a transaction that reads: all its statements see one state.
func (s *Store) view(ctx context.Context, f func(*tx) error) error {
	begun, err := s.reader.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return fmt.Errorf("begin transaction: %w", err)
	}
	defer begun.Rollback() // nothing was written
	return f(&tx{reads: begun, ctx: ctx, stmts: s.read})
}

func (t *tx) account(id int64, a *Account) (err error) {
	if id, err = t.number("select_told_in", id); err != nil {
		return err
	}
	if a.Story, err = t.story(id); err != nil {
		return err
	}
	if a.Placed, err = t.placed(id); err != nil {
		return err
	}
	if a.Revisions, err = t.revisions(id); err != nil {
		return err
	}
	articles := make([]int64, len(a.Copies))
	for i := range a.Copies {
		articles[i] = a.Copies[i].ID
	}
	if a.Decisions, err = t.decisions(articles); err != nil {
		return err
	}
	if a.Related, err = t.related(id, a.Decisions); err != nil {
		return err
	}
	if a.Rulings, err = t.rulingsAbout(articles); err != nil {
		return err
	}
	a.Verdicts, err = t.feedVerdicts(id)
	return err
}

// number returns the one number that a statement selects, ErrNotStored if it
// selects none.
func (t *tx) number(name string, args ...any) (int64, error) {
	var n int64
	err := t.row(name, args...).Scan(&n)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, ErrNotStored
	}
	if err != nil {
		return 0, fmt.Errorf("%s: %w", name, err)
	}
	return n, nil
}

// story returns a Story with its Copies. One without any was removed.
func (t *tx) story(id int64) (feed.Story, error) {
	all := make(map[int64]*feed.Story, 1)
	err := t.each("select_copies", func(r rows) error { return scanCopy(r, all) }, numbers([]int64{id}))
	if err != nil {
		return feed.Story{}, err
	}
	if all[id] == nil {
		return feed.Story{}, ErrNotStored
	}
	return *all[id], nil
}
