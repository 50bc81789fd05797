package store

import (
	"context"
	"errors"
	"sync"

	"newswired/feed"
)

// waitingPolls are the polls without a Document that wait to be recorded. Who comes
// to write records all that wait by then in one transaction: of many Sources that
// have nothing new a transaction each would be most of the work.
type waitingPolls struct {
	mu  sync.Mutex
	all []*waitingPoll
}

type waitingPoll struct {
	poll feed.Poll
	done chan error // of one, which says how it was recorded
}

func (w *waitingPolls) add(p *waitingPoll) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.all = append(w.all, p)
}

// take returns those that wait, and leaves none.
func (w *waitingPolls) take() []*waitingPoll {
	w.mu.Lock()
	defer w.mu.Unlock()
	all := w.all
	w.all = nil
	return all
}

// recordState writes what became of a poll that brought no Document. If ctx ends
// before, it may be written nevertheless.
func (s *Store) recordState(ctx context.Context, p feed.Poll) error {
	own := &waitingPoll{p, make(chan error, 1)}
	s.waiting.add(own)
	select {
	case s.turn <- struct{}{}:
		s.recordWaiting(context.WithoutCancel(ctx)) // it is not for us alone
		return <-own.done
	case err := <-own.done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// recordWaiting records the polls that wait, and gives the turn back: together,
// or each by itself if that fails, so that one that cannot be recorded holds up no
// other.
func (s *Store) recordWaiting(ctx context.Context) {
	defer func() { <-s.turn }()
	all := s.waiting.take()
	defer func() { // after a panic nobody waits for ever
		for _, w := range all {
			w.done <- errors.New("another poll could not be recorded")
		}
	}()
	err := s.recordPolls(ctx, all)
	apart := err != nil && len(all) > 1
	for ; len(all) > 0; all = all[1:] {
		if apart {
			err = s.recordPolls(ctx, all[:1])
		}
		all[0].done <- err
	}
}

// recordPolls records some polls in one transaction.
func (s *Store) recordPolls(ctx context.Context, polls []*waitingPoll) error {
	if len(polls) == 0 {
		return nil
	}
	return s.transact(ctx, func(t *tx) error {
		for _, w := range polls {
			if _, err := s.record(t, &w.poll); err != nil {
				return err
			}
		}
		return nil
	})
}
