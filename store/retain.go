package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"newswired/feed"
)

const (
	// retainStep is how many Articles are removed in one transaction at most.
	retainStep = 200

	// stepTime is how long one step of upkeep has the writer's turn, about: a poll
	// that waits for it is not late.
	stepTime = 20 * time.Millisecond
)

// A Retention says what is kept: what a Document listed since. What one lists
// still is kept in any case.
type Retention struct {
	Before  time.Time            // what none listed since then is removed
	Sources map[string]time.Time // the same for those that have their own
}

// A gone is an Article that no Document lists, since when, and about how many
// bytes it takes.
type gone struct{ id, since, bytes int64 }

// Retain removes some of the Articles that are not to be kept, leaves a Tombstone
// for each so that it does not return as new, and reports whether there are more. A
// Story goes with its last Article. What is to go is looked up before the turn to
// write is taken, and the turn is given back after stepTime, for polls wait for it.
func (s *Store) Retain(ctx context.Context, r Retention, now time.Time) (more bool, err error) {
	own := make(map[string]int64, len(r.Sources))
	for name, t := range r.Sources {
		own[name] = millis(t)
	}
	text, _ := json.Marshal(own) // names and numbers always marshal
	all, err := s.gone(ctx, "select_expired", millis(r.Before), string(text), retainStep)
	if err != nil {
		return false, fmt.Errorf("retain: %w", err)
	}
	_, more, err = s.removeGone(ctx, all, millis(r.Before), now)
	return more, err
}

// Limit removes some of the Articles that left their Documents longest ago, as
// Retain does, if more than a number of bytes are in use, and reports whether there
// are more to go: until a twentieth less is, so that it need not begin again within
// the hour. How much an Article takes is reckoned, at least what all take on average,
// for the search index gives up its part only in MergeWords. Hence it is to be
// called again after that. It remembers how far it is: one call at a time.
func (s *Store) Limit(ctx context.Context, most int64, now time.Time) (more bool, err error) {
	used, err := s.Size(ctx)
	if err != nil {
		return false, err
	}
	if s.excess <= 0 {
		if used <= most {
			return false, nil
		}
		counts, err := s.Counts(ctx)
		if err != nil {
			return false, err
		}
		s.excess, s.average = used-most+most/20, used/int64(max(counts.Articles, 1))
	}
	all, err := s.gone(ctx, "select_longest_gone", retainStep)
	if err != nil || len(all) == 0 {
		s.excess = 0
		return false, err
	}
	n, _, err := s.removeGone(ctx, all, all[0].since, now)
	for _, a := range all[:n] {
		s.excess -= max(a.bytes, s.average)
	}
	return s.excess > 0, err
}

// gone returns the Articles that a statement selects.
func (s *Store) gone(ctx context.Context, statement string, args ...any) (all []gone, err error) {
	err = s.read.each(ctx, statement, func(r rows) error {
		var a gone
		err := r.Scan(&a.id, &a.since, &a.bytes)
		all = append(all, a)
		return err
	}, args...)
	return all, err
}

// removeGone removes as many Articles as a step may, and polls before a time. It
// returns how many Articles it has seen to, and whether there is more to remove.
func (s *Store) removeGone(ctx context.Context, all []gone, polls int64, now time.Time) (n int, more bool, err error) {
	err = s.update(ctx, func(t *tx) error {
		b := &bench{tx: t, setup: s.present(), now: millis(now), ended: millis(now), old: true, touched: true}
		if n, err = t.removeSome(all, now, b); err != nil {
			return err
		}
		res, err := t.exec("delete_fetches", polls, retainStep)
		if err != nil {
			return err
		}
		if _, err := t.exec("delete_alerts", polls, retainStep); err != nil {
			return err
		}
		fetches, err := res.RowsAffected()
		more = n < len(all) || len(all) == retainStep || fetches == retainStep
		if err != nil || more {
			return err
		}
		return b.tidyArchives()
	})
	if err != nil {
		return 0, false, fmt.Errorf("retain: %w", err)
	}
	s.generation.Add(1)
	return n, more, nil
}

// removeSome removes Articles for as long as a step may take, and returns how many
// it has seen to.
func (t *tx) removeSome(all []gone, now time.Time, b *bench) (n int, err error) {
	stories := make(map[int64]bool)
	for begun := time.Now(); n < len(all) && (n == 0 || time.Since(begun) < stepTime); n++ {
		var a articleRow
		var title string
		err := t.row("select_removable", all[n].id).Scan(&a.id, &a.source, &a.key, &a.link, &a.story, &a.published, &title)
		if errors.Is(err, sql.ErrNoRows) {
			continue // it came back
		}
		if err != nil {
			return n, fmt.Errorf("select_removable: %w", err)
		}
		if err := t.remove(a, title, now); err != nil {
			return n, err
		}
		stories[a.story] = true
	}
	if len(stories) > 0 {
		if _, err := t.exec("add_unmerged", n); err != nil {
			return n, err
		}
	}
	return n, t.removeEmpty(stories, b)
}

// remove deletes an Article with its Revisions and leaves a Tombstone, both in
// the one transaction: no crash can let it return as new.
func (t *tx) remove(a articleRow, title string, now time.Time) error {
	if _, err := t.exec("insert_tombstone", a.source, a.key, a.link, feed.TitleKey(title), a.published, millis(now)); err != nil {
		return err
	}
	if err := t.removeFromIndex(a.id); err != nil {
		return err
	}
	_, err := t.exec("delete_article", a.id)
	return err
}

// removeEmpty deletes the Stories that lost their last Article. The others are judged
// again, for another Copy may have to be shown; what Entries say stays.
func (t *tx) removeEmpty(stories map[int64]bool, b *bench) error {
	for _, id := range sortedKeys(stories) {
		verdicts, err := b.verdicts(id, false)
		if err != nil {
			return err
		}
		res, err := t.exec("delete_empty_story", id)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			continue // another Article still tells it
		}
		for f, v := range verdicts {
			if v.passes {
				b.change(f)
			}
		}
	}
	if err := b.judgeAll(sortedKeys(stories), nil); err != nil {
		return err
	}
	return b.markChanged()
}
