package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"newswired/feed"
)

// candidates is how many Articles are ranked, those that came last. Two words
// that are in every other Article cost no more than that.
const candidates = 1000

// sourceWord returns the word by which the index knows the Articles of a Source.
func sourceWord(id int64) string { return fmt.Sprintf("sourceid%d", id) }

// matching returns what to ask the index: words, and the Sources if there are some.
func (t *tx) matching(q feed.Search) (string, error) {
	if len(q.Sources) == 0 {
		return q.Match, nil
	}
	var words []string
	err := t.each("select_source_ids", func(r rows) error {
		var id int64
		err := r.Scan(&id)
		words = append(words, sourceWord(id))
		return err
	}, jsonOrNil(q.Sources))
	if len(words) == 0 {
		words = []string{sourceWord(0)} // one that no Article has
	}
	return fmt.Sprintf("source : (%s) AND (%s)", strings.Join(words, " OR "), q.Match), err
}

// Search returns the Stories of which an Article answers a question, those that
// fit best first. It is true if there may be others, told earlier.
func (s *Store) Search(ctx context.Context, q feed.Search, now time.Time, limit int) (found []feed.Found, more bool, err error) {
	err = s.view(ctx, func(t *tx) error {
		found, more, err = t.found(q, now, limit)
		return err
	})
	if err != nil {
		return nil, false, fmt.Errorf("search: %w", err)
	}
	return found, more, nil
}

// A hitStory is a Story that was found, and by which Article.
type hitStory struct {
	story, article int64
	fit            float64
}

// found returns the Stories that Search found, the best first, each once.
func (t *tx) found(q feed.Search, now time.Time, limit int) (found []feed.Found, more bool, err error) {
	match, err := t.matching(q)
	if err != nil {
		return nil, false, err
	}
	best := make(map[int64]hitStory)
	n := 0
	err = t.each("select_found", func(r rows) error {
		var h hitStory
		var published int64
		var title string
		if err := r.Scan(&h.article, &h.story, &published, &title); err != nil {
			return err
		}
		n++
		h.fit = q.Fit(title, now.Sub(at(published)))
		if old, ok := best[h.story]; !ok || h.fit > old.fit {
			best[h.story] = h
		}
		return nil
	}, match, nullMillis(q.Since), nullMillis(q.Until), candidates)
	if err != nil {
		return nil, false, err
	}
	ranked := make([]hitStory, 0, len(best))
	for _, h := range best {
		ranked = append(ranked, h)
	}
	slices.SortFunc(ranked, func(a, b hitStory) int {
		return cmp.Or(cmp.Compare(b.fit, a.fit), cmp.Compare(b.story, a.story))
	})
	more = n == candidates || len(ranked) > limit
	for _, h := range ranked[:min(limit, len(ranked))] {
		story, err := t.story(h.story)
		if err != nil {
			return nil, false, err
		}
		at := slices.IndexFunc(story.Copies, func(c feed.Copy) bool { return c.ID == h.article })
		found = append(found, feed.Found{Story: story, Shown: max(at, 0)})
	}
	return found, more, nil
}
