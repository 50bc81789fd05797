package store

import (
	"context"
	"fmt"
	"sync"
)

// A counted is a poll as it is counted by the hour.
type counted struct {
	key             pollKey
	bytes, articles int64
}

// A pollKey says among which polls of an hour one is counted: its columns are those
// of the table poll_hour.
type pollKey struct {
	hour    int64
	outcome string
	took    int
}

// A pollSum is what the polls of a key came to.
type pollSum struct{ polls, bytes, articles int64 }

// pollCounts are polls that were recorded, but are not in the table poll_hour yet: to
// write there with each of them would cost a fifth of what most take.
type pollCounts struct {
	mu   sync.Mutex
	sums map[pollKey]pollSum
}

// add adds polls.
func (c *pollCounts) add(polls ...counted) {
	if len(polls) == 0 {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.sums == nil {
		c.sums = make(map[pollKey]pollSum)
	}
	for _, p := range polls {
		sum := c.sums[p.key]
		c.sums[p.key] = pollSum{sum.polls + 1, sum.bytes + p.bytes, sum.articles + p.articles}
	}
}

// take returns all of them and leaves none.
func (c *pollCounts) take() map[pollKey]pollSum {
	c.mu.Lock()
	defer c.mu.Unlock()
	all := c.sums
	c.sums = nil
	return all
}

// giveBack adds what was taken.
func (c *pollCounts) giveBack(all map[pollKey]pollSum) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for key, sum := range c.sums { // of polls that were recorded meanwhile
		had := all[key]
		all[key] = pollSum{had.polls + sum.polls, had.bytes + sum.bytes, had.articles + sum.articles}
	}
	c.sums = all
}

// SaveCounts stores what was counted since the last call. Until then Health lacks
// it; what ends us without a Close takes it along.
func (s *Store) SaveCounts(ctx context.Context) error {
	all := s.counts.take()
	if len(all) == 0 {
		return nil
	}
	err := s.update(ctx, func(t *tx) error {
		for key, sum := range all {
			if _, err := t.exec("upsert_poll_hour", key.hour, key.outcome, key.took, sum.polls, sum.bytes, sum.articles); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		s.counts.giveBack(all)
		return fmt.Errorf("save counts: %w", err)
	}
	return nil
}
