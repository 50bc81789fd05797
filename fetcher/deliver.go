package fetcher

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"

	"newswired/feed"
)

// A Delivery is a Document that a hub sent unasked (WebSub section 7): all that
// the topic has, or only what is new.
type Delivery struct {
	Topic       string // the URL that was subscribed to
	ContentType string // the field's value
	Body        []byte // as it came, gzip undone
}

// Deliver reads and records what a hub delivered as if it had been fetched, but
// for what only a fetch can tell: validators, the next poll, and what the
// Document no longer lists. The Kind of the Result says whether it could be read.
func (p *Poller) Deliver(ctx context.Context, src feed.Source, d Delivery) (Result, error) {
	state, err := p.store.State(ctx, src.Name, time.Time{})
	if err != nil {
		return Result{}, fmt.Errorf("deliver %s: %w", src.Name, err)
	}
	now := time.Now()
	poll := feed.Poll{Source: src.Name, URL: src.URL, Reading: src.Reading(), Started: now, Pushed: true, Bytes: int64(len(d.Body))}
	// Relative links mean the same as in what was fetched.
	p.readDelivery(&poll, src, state, d, cmp.Or(state.Validators.URL, d.Topic))
	poll.Took = time.Since(now)
	done, err := p.record(ctx, &poll, func() {}) // the next poll is no affair of a hub's
	if err != nil {
		return Result{}, fmt.Errorf("deliver %s: %w", src.Name, err)
	}
	log := p.log.With("source", src.Name, "took", poll.Took.Round(time.Millisecond))
	switch {
	case poll.Kind != feed.OK:
		log.Warn("delivery not read", "kind", poll.Kind, "err", poll.Error)
	case done.New+done.Revised > 0:
		log.Info("new articles delivered", "new", done.New, "revised", done.Revised)
	default:
		log.Log(ctx, slog.LevelDebug, "nothing new delivered")
	}
	return Result{Recorded: done, Kind: poll.Kind, Error: poll.Error, Started: now, Took: poll.Took}, nil
}

// readDelivery reads the Document. A panic is its failure, not the daemon's.
func (p *Poller) readDelivery(poll *feed.Poll, src feed.Source, state feed.State, d Delivery, base string) {
	p.reading <- struct{}{}
	defer func() {
		<-p.reading
		if r := recover(); r != nil {
			p.panicked(poll, &feed.PanicError{Value: r, Stack: debug.Stack()})
		}
	}()
	state.Items = nil // it need not be the whole of the Document
	document, err := parseChanged(context.Background(), d.Body, d.ContentType, base, src, poll.Started, state)
	if err != nil {
		poll.Kind, poll.Error = feed.NotAFeed, err.Error()
		var no *ParseError
		if errors.As(err, &no) {
			poll.Kind = no.Kind
		}
		return
	}
	document.Partial = true // what is absent may stand there all the same
	poll.Document = document
}
