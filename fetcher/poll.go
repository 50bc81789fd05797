package fetcher

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime"
	"time"

	"newswired/feed"
)

// A Recorder is what a Poller needs of a store.
type Recorder interface {
	// State returns what is known of a Source, and its Rhythm from a time on
	// unless that is zero.
	State(ctx context.Context, source string, rhythm time.Time) (feed.State, error)
	// Record writes the outcome of a poll, whole or not at all.
	Record(ctx context.Context, p feed.Poll) (feed.Recorded, error)
}

// A Poller polls Sources. Its methods may be called by several goroutines.
type Poller struct {
	options Options
	client  *http.Client
	store   Recorder
	log     *slog.Logger
	hosts   *hosts
	network *network
	moments *moments
	slots   chan struct{} // as many polls as may go on at a time
	reading chan struct{} // as many Documents as may be read and recorded at a time
	room    *room         // for the bodies
}

// polls is how many polls go on at a time, over all hosts. They wait for
// servers most of the time: with 200 ms for each answer, 240 are asked in a
// second. What takes memory is bounded by room and reading.
const polls = 48

// New returns a Poller that records with store.
func New(store Recorder, o Options, log *slog.Logger) *Poller {
	if o.Timeout == 0 {
		o.Timeout = defaultTimeout
	}
	if o.Quiet == 0 {
		o.Quiet = max(leastQuiet, o.Timeout*4/5) // who waits longer for a slow server waits so for each part
	}
	if o.MaxBody == 0 {
		o.MaxBody = defaultMaxBody
	}
	if o.Readers == 0 {
		o.Readers = runtime.GOMAXPROCS(0)
	}
	client := newClient(o)
	return &Poller{
		options: o, client: client, store: store, log: log,
		hosts:   &hosts{pause: o.HostPause, all: make(map[string]*host)},
		network: &network{client: client},
		moments: &moments{all: make(map[string][]time.Time)},
		slots:   make(chan struct{}, polls),
		reading: make(chan struct{}, o.Readers),
		room:    newRoom(roomForBodies),
	}
}

// With returns a Poller with other Options that shares the rest: who waits for
// a host's turn keeps it, and what is known of the network stays known.
func (p *Poller) With(o Options) *Poller {
	q := New(p.store, o, p.log)
	q.hosts, q.network, q.moments, q.slots, q.reading, q.room = p.hosts, p.network, p.moments, p.slots, p.reading, p.room
	q.hosts.setPause(o.HostPause)
	q.network.use(q.client)
	return q
}

// Close ends the connections that are kept. Those of a poll that goes on end with it.
func (p *Poller) Close() { p.client.CloseIdleConnections() }

// Offline reports whether nothing can be reached: the network is ours. It is
// not sure in the first minute while polls go on that may reach something.
func (p *Poller) Offline() (offline, sure bool) {
	since := p.network.down()
	return !since.IsZero(), since.IsZero() || len(p.slots) == 0 || time.Since(since) > time.Minute
}

// Poll asks a Source for its Document and records what it brought, unless it
// is to be left alone for now. The error is one of ours, with the store or the
// context; what the Source does wrong is in the Result, and recorded.
func (p *Poller) Poll(ctx context.Context, src feed.Source, u Urgency) (Result, error) {
	v := &visit{p: p}
	defer v.end()
	state, held, err := p.lookAt(ctx, v, src.URL, src, u)
	for at := src.URL; err == nil && !held.isHeld() && state.Move.Address(src.URL) != at; {
		at = state.Move.Address(src.URL)
		state, held, err = p.lookAt(ctx, v, at, src, u)
	}
	if err != nil || held.isHeld() {
		return held, err
	}
	if u == Forced {
		state.Busy = nil // also where it is led to
	}
	now := held.Started
	poll, a := p.ask(ctx, v, src, state, now)
	if poll.Document == nil || len(poll.Document.Unchanged) == 0 {
		v.drop() // else the store may have to see the whole
	}
	if poll.Beside = len(p.slots) - 1; poll.Brief() {
		v.letRead() // it may be recorded together with what others read meanwhile
	}
	if err := ctx.Err(); err != nil {
		return Result{}, fmt.Errorf("poll %s: %w", src.Name, err)
	}
	replan := func() { p.plan(&poll, src, state, a.hints) }
	done, err := p.record(ctx, &poll, replan)
	if errors.Is(err, feed.ErrLeftOut) {
		if p.readWhole(ctx, v, &poll, src, state, &a, now); ctx.Err() != nil {
			return Result{}, fmt.Errorf("poll %s: %w", src.Name, ctx.Err())
		}
		done, err = p.record(ctx, &poll, replan)
	}
	if err != nil {
		return Result{}, fmt.Errorf("poll %s: %w", src.Name, err)
	}
	if poll.Kind != feed.Offline {
		p.moments.keep(src.Name, poll.Started, poll.NextFetch, poll.RetryAt, poll.Sooner)
	}
	if poll.Busy != "" {
		p.moments.keep(poll.Busy, poll.RetryAt)
	}
	p.logResult(src, state, poll, done)
	return Result{
		Recorded: done, Kind: poll.Kind, Error: poll.Error, Status: poll.Status,
		Started: now, Took: poll.Took, Despite: despite(state, now),
	}, nil
}

// lookAt waits for the turn of a URL's host, and reads what is known of a Source
// by then, and whether it is to be left alone.
func (p *Poller) lookAt(ctx context.Context, v *visit, url string, src feed.Source, u Urgency) (feed.State, Result, error) {
	if err := v.to(ctx, url); err != nil {
		return feed.State{}, Result{}, fmt.Errorf("poll %s: %w", src.Name, err)
	}
	rhythm := time.Time{}
	if src.Adaptive() {
		rhythm = time.Now().AddDate(0, 0, -feed.RhythmDays)
	}
	state, err := p.store.State(ctx, src.Name, rhythm)
	if err != nil {
		return state, Result{}, fmt.Errorf("poll %s: %w", src.Name, err)
	}
	now := time.Now()
	state = p.moments.steady(src.Name, state)
	until := heldUntil(state, src, u, now)
	switch {
	case until.After(now):
		p.log.Debug("source held", "source", src.Name, "next", until, "reason", state.NextReason)
		return state, Result{Held: until, Started: now}, nil
	case state.Stopped && u == Scheduled:
		return state, Result{Stopped: true, Started: now}, nil
	}
	return state, Result{Started: now}, nil
}

// ask fetches and reads. The body is there until the visit shuts or drops it.
func (p *Poller) ask(ctx context.Context, v *visit, src feed.Source, state feed.State, now time.Time) (poll feed.Poll, a answer) {
	poll = feed.Poll{Source: src.Name, URL: src.URL, Reading: src.Reading(), Started: now, Pace: state.Pace, Move: state.Move, Push: state.Push}
	defer p.finish(&poll, src, state, &a)
	a = p.fetch(ctx, v, errand{
		src: src, url: state.Move.Address(src.URL), accept: acceptFeeds, validators: state.Validators, busy: state.Busy,
	})
	if a.kind == feed.OK && a.status != http.StatusNotModified && v.open(ctx, &a) != nil {
		return poll, a // Poll looks at ctx itself
	}
	poll.Status, poll.Kind, poll.Error, poll.Bytes = a.status, a.kind, a.text, a.bytes
	switch {
	case a.unconnected && p.network.offline(ctx, feed.HostPort(a.url)):
		poll.Kind = feed.Offline
		return poll, a
	case a.status != 0:
		p.network.answered(feed.HostPort(a.url))
	}
	if a.kind == feed.OK {
		p.understand(ctx, v, &poll, src, state, a, now)
	}
	poll.Move = state.Move.After(src.URL, a.sighting(poll.Kind, now))
	switch {
	case a.status == http.StatusTooManyRequests:
		poll.Busy = feed.HostPort(a.url)
	case poll.Kind == feed.Gone && (!a.permanent || a.asked != src.URL):
		poll.Kind = feed.BadStatus // the URL that is configured is not what is gone
	}
	return poll, a
}

// understand turns a good answer into a Document, unless it is the one that is
// stored already. Validators are kept from every answer, a 304 included, each
// field by itself; those of a Document that lost its end are not, for the next
// 304 would hide the loss for good.
func (p *Poller) understand(ctx context.Context, v *visit, poll *feed.Poll, src feed.Source, state feed.State, a answer, now time.Time) {
	poll.Validators = feed.Validators{URL: a.url, ETag: a.etag, LastModified: a.modified}
	poll.Push = a.pushOr(state.Push)
	if a.status == http.StatusNotModified {
		if a.etag == "" {
			poll.Validators.ETag = state.Validators.ETag
		}
		if a.modified == "" {
			poll.Validators.LastModified = state.Validators.LastModified
		}
		return
	}
	if v.open(ctx, &a) != nil {
		return // Poll looks at ctx itself
	}
	poll.Digest = digest(v.body)
	if bytes.Equal(poll.Digest, state.Digest) {
		return
	}
	document, err := parseChanged(ctx, v.body, a.contentType, a.url, src, now, state)
	if err != nil {
		poll.Kind, poll.Error = feed.NotAFeed, err.Error()
		var no *ParseError
		if errors.As(err, &no) {
			poll.Kind = no.Kind
		}
		poll.Validators, poll.Digest = feed.Validators{}, nil
		return
	}
	poll.Document, poll.Pace, poll.Push = document, document.Pace, a.pushOr(document.Push)
	if document.Partial {
		poll.Validators, poll.Digest = feed.Validators{}, nil
	}
}

// Cancelled reports whether an error only tells that we were stopped.
func Cancelled(err error) bool { return errors.Is(err, context.Canceled) }
