package store

import (
	"context"
	"fmt"
	"time"
)

// retainStep is how many Articles are removed in one transaction.
const retainStep = 200

// Retain removes some of the Articles that no Document has listed since a
// time, leaves a Tombstone for each so that it does not return as new, and
// reports whether there are more. A Story goes with its last Article.
func (s *Store) Retain(ctx context.Context, before, now time.Time) (more bool, err error) {
	setup := s.present()
	err = s.update(ctx, func(t *tx) error {
		expired := 0
		stories := make(map[int64]bool)
		var articles []articleRow
		err := t.each("select_expired", func(r rows) error {
			var a articleRow
			err := r.Scan(&a.id, &a.source, &a.key, &a.story)
			articles = append(articles, a)
			return err
		}, millis(before), retainStep)
		if err != nil {
			return err
		}
		for _, a := range articles {
			if err := t.remove(a, now); err != nil {
				return err
			}
			expired++
			stories[a.story] = true
		}
		more = expired == retainStep
		if _, err := t.exec("delete_fetches", millis(before), retainStep); err != nil {
			return err
		}
		return t.removeEmpty(stories, &bench{tx: t, setup: setup, now: millis(now), touched: true})
	})
	if err != nil {
		return false, fmt.Errorf("retain: %w", err)
	}
	s.generation.Add(1)
	// Pages that are free are given back a few at a time: the file shrinks
	// while nobody waits.
	if _, err := s.writer.ExecContext(ctx, "PRAGMA incremental_vacuum(500)"); err != nil {
		return false, fmt.Errorf("give space back: %w", err)
	}
	return more, nil
}

func (t *tx) remove(a articleRow, now time.Time) error {
	if _, err := t.exec("insert_tombstone", a.source, a.key, millis(now)); err != nil {
		return err
	}
	_, err := t.exec("delete_article", a.id)
	return err
}

// removeEmpty deletes the Stories that lost their last Article, and judges the
// others again, for another Copy may have to be shown.
func (t *tx) removeEmpty(stories map[int64]bool, b *bench) error {
	for _, id := range sortedKeys(stories) {
		if _, err := t.exec("delete_empty_story", id); err != nil {
			return err
		}
	}
	return b.judgeAll(sortedKeys(stories), nil)
}
