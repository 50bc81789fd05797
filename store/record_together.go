package store

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"newswired/feed"
)

// waitingPolls are the brief polls that wait to be recorded. Who comes to write
// records those that wait by then in one transaction, some at least: of many Sources
// that have little new a transaction each would be most of the work, and for every one
// who reads the file would find its pages changed.
type waitingPolls struct {
	mu  sync.Mutex
	all []*waitingPoll
}

// A waitingPoll is a poll and, once it is done, what it brought.
type waitingPoll struct {
	poll     feed.Poll
	done     chan struct{} // closed when it is recorded, or cannot be
	recorded feed.Recorded
	err      error
}

// gather is how long a poll waits for others that go on to be written with it. They
// ask servers, which takes longer.
const gather = 5 * time.Millisecond

// together is how many polls are recorded in one transaction, at most. All of them go
// on at once when it has ended, and keep the cores from who asks for a feed meanwhile.
const together = 8

// add puts a poll at the end.
func (w *waitingPolls) add(p *waitingPoll) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.all = append(w.all, p)
}

// take returns those that have waited longest, no more than go together.
func (w *waitingPolls) take() []*waitingPoll {
	w.mu.Lock()
	defer w.mu.Unlock()
	n := min(len(w.all), together)
	some := slices.Clone(w.all[:n])
	w.all = slices.Delete(w.all, 0, n)
	return some
}

// recordTogether writes what became of a brief poll, together with others. If ctx
// ends before, it may be written nevertheless.
func (s *Store) recordTogether(ctx context.Context, p feed.Poll) (feed.Recorded, error) {
	own := &waitingPoll{poll: p, done: make(chan struct{})}
	s.waiting.add(own)
	if p.Beside > 0 {
		wait := time.NewTimer(gather)
		defer wait.Stop()
		select {
		case <-wait.C:
		case <-own.done:
			return own.recorded, own.err
		case <-ctx.Done():
			return feed.Recorded{}, ctx.Err()
		}
	}
	for {
		select {
		case s.turn <- struct{}{}:
			s.recordWaiting(context.WithoutCancel(ctx)) // it is not for us alone
		case <-own.done:
			return own.recorded, own.err
		case <-ctx.Done():
			return feed.Recorded{}, ctx.Err()
		}
	}
}

// recordWaiting records polls that wait, and gives the turn back: together, or each
// by itself if that fails, so that one that cannot be recorded holds up no other.
func (s *Store) recordWaiting(ctx context.Context) {
	defer func() { <-s.turn }()
	all := s.waiting.take()
	err := s.recordPolls(ctx, all)
	apart := err != nil && len(all) > 1
	for ; len(all) > 0; all = all[1:] {
		w := all[0]
		if apart {
			err = s.recordPolls(ctx, all[:1])
		}
		if err != nil {
			w.recorded, w.err = feed.Recorded{}, err
		}
		close(w.done)
	}
}

// recordPolls records some polls in one transaction. Of one that leaves out what has
// to be seen nothing is written, which is no failure of the others.
func (s *Store) recordPolls(ctx context.Context, polls []*waitingPoll) error {
	if len(polls) == 0 {
		return nil
	}
	return sheltered(func() error {
		return s.transact(ctx, func(t *tx) error {
			for _, w := range polls {
				w.recorded, w.err = s.record(t, &w.poll)
				if w.err != nil && !errors.Is(w.err, feed.ErrLeftOut) {
					return w.err
				}
			}
			return nil
		})
	})
}
