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
	n, err := t.eachFound(match, q, func(h hitStory, title string, published time.Time) {
		h.fit = q.Fit(title, now.Sub(published))
		if old, ok := best[h.story]; !ok || h.fit > old.fit {
			best[h.story] = h
		}
	})
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
	ranked = ranked[:min(limit, len(ranked))]
	ids := make([]int64, len(ranked))
	for i, h := range ranked {
		ids[i] = h.story
	}
	stories := make(map[int64]*feed.Story, len(ids))
	if err := t.each("select_copies", func(r rows) error { return scanCopy(r, stories) }, numbers(ids)); err != nil {
		return nil, false, err
	}
	for _, h := range ranked {
		story := stories[h.story]
		at := slices.IndexFunc(story.Copies, func(c feed.Copy) bool { return c.ID == h.article })
		found = append(found, feed.Found{Story: *story, Shown: max(at, 0)})
	}
	return found, more, nil
}

const (
	// latest is which part of the Revisions, the newest, is looked through first: a
	// sixteenth.
	latest = 16

	// burst is how many Revisions a stretch may have at most that is looked through
	// forwards: twice what is expected of any.
	burst = 2 * candidates
)

// eachFound calls f for the Articles that answer a question, candidates at most, those
// whose words came last first, and returns how many they are. Backwards, FTS5 reads
// all that it has of a word twice, forwards once. Hence only the newest are looked through
// backwards, which is enough of common words, and the others forwards, in stretches as
// long as promises what is missing: all of them if there was nothing. Of a word that is
// rare now but was not once, which a stretch has too many of, the rest is looked for
// backwards, and so it is of some time, which only the Articles tell.
func (t *tx) eachFound(match string, q feed.Search, f func(h hitStory, title string, published time.Time)) (n int, err error) {
	var story, newest int64
	if err := t.row("select_next_numbers").Scan(&story, &newest); err != nil {
		return 0, fmt.Errorf("select_next_numbers: %w", err)
	}
	take := func(r rows) error {
		var h hitStory
		var published int64
		var title string
		if err := r.Scan(&h.article, &h.story, &published, &title); err != nil {
			return err
		}
		f(h, title, at(published))
		n++
		return nil
	}
	backwards := func(from, to int64) error {
		return t.each("select_found", take, match, nullMillis(q.Since), nullMillis(q.Until), candidates-n, from, to)
	}
	to := newest - newest/latest
	if err := backwards(to, newest); err != nil {
		return n, err
	}
	for anyTime := q.Since.IsZero() && q.Until.IsZero(); anyTime && to > 0 && n < candidates; {
		width := to
		if n > 0 {
			width = min(to, int64(candidates-n)*(newest-to)/int64(n)*9/8+candidates)
		}
		seqs, err := t.forwards(match, to-width, to)
		if err != nil {
			return n, err
		}
		if len(seqs) == burst {
			break
		}
		seqs = seqs[max(0, len(seqs)-candidates+n):]
		slices.Reverse(seqs)
		if err := t.each("select_found_revisions", take, numbers(seqs)); err != nil {
			return n, err
		}
		to -= width
	}
	if to > 0 && n < candidates {
		err = backwards(0, to)
	}
	return n, err
}

// forwards returns the Revisions after one, up to another, that the index has with some
// words, or so many of them as make a burst.
func (t *tx) forwards(match string, from, to int64) (seqs []int64, err error) {
	err = t.each("select_matching", func(r rows) error {
		var seq int64
		err := r.Scan(&seq)
		seqs = append(seqs, seq)
		return err
	}, match, from, to, burst)
	return seqs, err
}
