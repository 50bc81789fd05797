package store

import (
	"context"
	"fmt"
	"math"
	"time"

	"newswired/feed"
)

// Stories calls f for every Story that was first seen since a time, the newest
// first, until f fails. It reads in steps, each of which sees one state: it may
// take long, and a transaction that stays open makes the write-ahead log grow.
func (s *Store) Stories(ctx context.Context, since time.Time, f func(*feed.Story) error) error {
	below := int64(math.MaxInt64)
	for {
		var ids []int64
		byID := make(map[int64]*feed.Story)
		err := s.view(ctx, func(t *tx) error {
			err := t.each("select_stories_seen", func(r rows) error {
				var id int64
				err := r.Scan(&id)
				ids = append(ids, id)
				return err
			}, below, millis(since), backlogStep)
			if err != nil {
				return err
			}
			return t.each("select_copies", func(r rows) error { return scanCopy(r, byID) }, numbers(ids))
		})
		if err != nil {
			return fmt.Errorf("select stories: %w", err)
		}
		all := inOrder(ids, byID)
		for i := range all {
			if err := f(&all[i]); err != nil {
				return err
			}
		}
		if len(ids) < backlogStep {
			return nil
		}
		below = ids[len(ids)-1]
	}
}
