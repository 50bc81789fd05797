package store

import (
	"context"
	"fmt"
	"time"

	"newswired/feed"
)

// retainStep is how many Articles are removed in one transaction.
const retainStep = 200

// hostKept is how long is remembered what a host of pages says and how it fails.
const hostKept = 30 * 24 * time.Hour

// Retain removes some of the Articles that no Document has listed since a
// time, leaves a Tombstone for each so that it does not return as new, and
// reports whether there are more. A Story goes with its last Article.
func (s *Store) Retain(ctx context.Context, before, now time.Time) (more bool, err error) {
	err = s.update(ctx, func(t *tx) error {
		expired := 0
		stories := make(map[int64]bool)
		var articles []articleRow
		var titles []string
		err := t.each("select_expired", func(r rows) error {
			var a articleRow
			var title string
			err := r.Scan(&a.id, &a.source, &a.key, &a.link, &a.story, &a.published, &title)
			articles, titles = append(articles, a), append(titles, title)
			return err
		}, millis(before), retainStep)
		if err != nil {
			return err
		}
		for i, a := range articles {
			if err := t.remove(a, titles[i], now); err != nil {
				return err
			}
			expired++
			stories[a.story] = true
		}
		more = expired == retainStep
		if _, err := t.exec("delete_fetches", millis(before), retainStep); err != nil {
			return err
		}
		if _, err := t.exec("delete_page_hosts", millis(now.Add(-hostKept))); err != nil {
			return err
		}
		if _, err := t.exec("delete_robots", millis(now.Add(-hostKept))); err != nil {
			return err
		}
		b := &bench{tx: t, setup: s.present(), now: millis(now), ended: millis(now), old: true, touched: true}
		if err := t.removeEmpty(stories, b); err != nil || more {
			return err
		}
		return b.tidyArchives()
	})
	if err != nil {
		return false, fmt.Errorf("retain: %w", err)
	}
	s.generation.Add(1)
	// Pages that are free are given back a few at a time: the file shrinks
	// while nobody waits.
	giveBack, err := s.takeTurn(ctx)
	if err != nil {
		return false, fmt.Errorf("give space back: %w", err)
	}
	defer giveBack()
	if _, err := s.conn.ExecContext(ctx, "PRAGMA incremental_vacuum(500)"); err != nil {
		return false, fmt.Errorf("give space back: %w", err)
	}
	return more, nil
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

// removeEmpty deletes the Stories that lost their last Article, and judges the
// others again, for another Copy may have to be shown.
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
