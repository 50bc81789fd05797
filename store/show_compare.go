package store

import (
	"context"
	"fmt"
	"slices"

	"newswired/feed"
)

// This file compares two Articles that are stored, as they are placed when they
// come in, and looks for what holds a Story together.

// A Place says where an Article stands.
type Place struct {
	Article, Story int64
}

// Places returns where the Articles of a page stand, the oldest first; several
// Sources may list one page. There is none if none is stored, or if the URL is
// none of a page.
func (s *Store) Places(ctx context.Context, url string) ([]Place, error) {
	var all []Place
	err := s.view(ctx, func(t *tx) error {
		return t.each("select_linked_articles", func(r rows) error {
			var p Place
			err := r.Scan(&p.Article, &p.Story)
			all = append(all, p)
			return err
		}, feed.LinkKey(url))
	})
	if err != nil {
		return nil, fmt.Errorf("places of %s: %w", url, err)
	}
	return all, nil
}

// Place returns where an Article stands, feed.ErrNotStored if it is not there.
func (s *Store) Place(ctx context.Context, article int64) (Place, error) {
	p := Place{Article: article}
	err := s.view(ctx, func(t *tx) (err error) {
		p.Story, err = t.number("select_article_story", article)
		return err
	})
	if err != nil {
		return Place{}, fmt.Errorf("place of article %d: %w", article, err)
	}
	return p, nil
}

// A Comparison is what is known about two Articles.
type Comparison struct {
	A, B    feed.Copy
	Now     feed.Likeness   // by the words as they are today
	Then    *feed.Decision  // when the later of the two was placed; nil if they never met
	Chain   []feed.Decision // from A to B, each step the same report; nil if they are in two Stories or nothing links them
	Rulings []feed.Ruled    // on the pages of the two
}

// Compare compares two Articles anew, and tells what was decided about them. It
// is feed.ErrNotStored if one is not there. Nothing is written.
func (s *Store) Compare(ctx context.Context, a, b int64) (*Comparison, error) {
	c := &Comparison{}
	err := s.view(ctx, func(t *tx) error { return t.compare(a, b, c) })
	if err != nil {
		return nil, fmt.Errorf("compare articles %d and %d: %w", a, b, err)
	}
	return c, nil
}

// compare fills a Comparison, all of it from one state of the database.
func (t *tx) compare(a, b int64, c *Comparison) (err error) {
	if c.A, err = t.copy(a); err != nil {
		return err
	}
	if c.B, err = t.copy(b); err != nil {
		return err
	}
	if c.Now, err = t.alike(&c.A, &c.B); err != nil {
		return err
	}
	if c.Rulings, err = t.rulingsAbout([]int64{a, b}); err != nil {
		return err
	}
	decisions, err := t.decisions([]int64{a, b})
	if err != nil {
		return err
	}
	if i := slices.IndexFunc(decisions, func(d feed.Decision) bool { return d.About(a, b) }); i >= 0 {
		c.Then = &decisions[i]
	}
	if c.A.Story == c.B.Story {
		c.Chain, err = t.chain(c.A.Story, a, b)
	}
	return err
}

// copy returns a stored Article.
func (t *tx) copy(id int64) (feed.Copy, error) {
	story, err := t.number("select_article_story", id)
	if err != nil {
		return feed.Copy{}, fmt.Errorf("article %d: %w", id, err)
	}
	all, err := t.story(story)
	if err != nil {
		return feed.Copy{}, err
	}
	i := slices.IndexFunc(all.Copies, func(c feed.Copy) bool { return c.ID == id })
	return all.Copies[i], nil // which is there: both statements see one state
}

// alike compares two Articles by the counts of words that were saved last. The
// Store's own are left alone: they belong to whoever has the writer's turn. One
// page that two Sources list is compared by its words as well, though it was the
// address that joined the two: that stands in the Decision.
func (t *tx) alike(a, b *feed.Copy) (feed.Likeness, error) {
	aside := &words{}
	if err := t.loadWords(aside); err != nil {
		return feed.Likeness{}, err
	}
	one, err := t.state(a.ID, 0, aside)
	if err != nil {
		return feed.Likeness{}, err
	}
	other, err := t.state(b.ID, 0, aside)
	if err != nil {
		return feed.Likeness{}, err
	}
	return feed.Alike(one, other, &aside.counts), nil
}

// chain returns the shortest way from one Article of a Story to another by
// pairs that are the same report, as they were found or ruled to be.
func (t *tx) chain(story, from, to int64) ([]feed.Decision, error) {
	members, err := t.members(map[int64]bool{story: true}, -1)
	if err != nil {
		return nil, err
	}
	ids := make([]int64, len(members))
	for i, m := range members {
		ids[i] = m.id
	}
	found, err := t.decisions(ids)
	if err != nil {
		return nil, err
	}
	steps := make(map[[2]int64]feed.Decision)
	for _, d := range found {
		if d.Verdict == "same" && d.Story == d.OtherStory {
			steps[[2]int64{d.Article, d.Other}], steps[[2]int64{d.Other, d.Article}] = d, d
		}
	}
	ruled, err := t.ruled(ids)
	if err != nil {
		return nil, err
	}
	// What was ruled counts for more than what was found.
	for _, p := range ruled {
		d := feed.Decision{Article: max(p.A, p.B), Other: min(p.A, p.B), Verdict: "same", Score: p.Score, Reason: feed.RuledSame.Reason()}
		delete(steps, [2]int64{p.A, p.B})
		delete(steps, [2]int64{p.B, p.A})
		if p.Score >= feed.Joined {
			steps[[2]int64{p.A, p.B}], steps[[2]int64{p.B, p.A}] = d, d
		}
	}
	return path(ids, steps, from, to), nil
}

// path searches breadth first, nearer ids first, so that the answer is one and
// the same each time.
func path(ids []int64, steps map[[2]int64]feed.Decision, from, to int64) []feed.Decision {
	way := map[int64][]feed.Decision{from: {}}
	for queue := []int64{from}; len(queue) > 0; queue = queue[1:] {
		here := queue[0]
		if here == to {
			return way[to]
		}
		for _, next := range ids {
			step, ok := steps[[2]int64{here, next}]
			if _, seen := way[next]; !ok || seen {
				continue
			}
			way[next] = append(slices.Clone(way[here]), step)
			queue = append(queue, next)
		}
	}
	return nil
}
