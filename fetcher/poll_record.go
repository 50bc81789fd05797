package fetcher

import (
	"context"
	"errors"
	"runtime/debug"
	"time"

	"newswired/feed"
)

// readWhole reads a Document once more, all of it.
func (p *Poller) readWhole(ctx context.Context, v *visit, poll *feed.Poll, src feed.Source, state feed.State, a *answer, now time.Time) {
	defer p.finish(poll, src, state, a)
	poll.Document, state.Items = nil, nil
	p.understand(ctx, v, poll, src, state, *a, now)
	poll.Move = state.Move.After(src.URL, a.sighting(poll.Kind, now))
}

// record hands a poll to the store. What an Article says is read there once more, to
// be compared: a panic over it fails its Document as one while reading does, and what
// follows from that is planned anew.
func (p *Poller) record(ctx context.Context, poll *feed.Poll, replan func()) (feed.Recorded, error) {
	done, err := p.store.Record(ctx, *poll)
	var fault *feed.PanicError
	if poll.Document == nil || !errors.As(err, &fault) {
		return done, err
	}
	p.panicked(poll, fault)
	replan()
	return p.store.Record(ctx, *poll)
}

// panicked makes a failure of a poll whose Document we could not bear. Its
// validators are dropped, so that it is asked for again.
func (p *Poller) panicked(poll *feed.Poll, fault *feed.PanicError) {
	p.log.Error("poll panicked", "source", poll.Source, "pushed", poll.Pushed, "err", fault, "stack", string(fault.Stack))
	poll.Kind, poll.Error, poll.Document = feed.Panicked, fault.Error(), nil
	poll.Validators, poll.Digest = feed.Validators{}, nil
}

// finish ends a poll, and decides when the next is due. A panic while reading is
// a failure of this Document, not of the daemon.
func (p *Poller) finish(poll *feed.Poll, src feed.Source, state feed.State, a *answer) {
	if r := recover(); r != nil {
		p.panicked(poll, &feed.PanicError{Value: r, Stack: debug.Stack()})
	}
	poll.Took = time.Since(poll.Started)
	if poll.Kind != feed.Offline { // then nobody was asked, and what was agreed on holds
		p.plan(poll, src, state, a.hints)
	}
}
