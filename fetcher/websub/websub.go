// Package websub is the subscriber of WebSub (W3C Recommendation of 23 January
// 2018): it asks the hubs that Sources name to tell of their news, answers when
// they verify that, and takes what they deliver.
//
// It promises that nobody else can deliver: each Subscription has a callback
// that cannot be guessed, another one after each renewal, and a secret by which
// every delivery must be signed, with SHA-256 or better, if the hub can be told
// one in confidence. It promises that polling goes on whatever a hub does: a hub
// only makes the next poll come later, and only as long as it is trusted, which
// package feed decides. Hubs are asked by the rules for every other server: the
// turn of their host, addresses that are allowed, bounds.
//
// All that it knows is in the store, so that a restart changes nothing for a
// hub. A delivery is answered before it is recorded; what is lost in between, a
// poll finds.
//
// Two things drive it. Tend is called every ten seconds: it makes the Subscriptions
// that Sources ought to have and asks their hubs (tend.go). ServeHTTP answers
// hubs: what they verify (callback.go) and what they deliver, which one goroutine
// records in the order in which it came (delivery.go). Begin with Tend.
package websub

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"newswired/feed"
	"newswired/fetcher"
)

// A Store is what a Subscriber needs of a store.
type Store interface {
	// Pushes returns who tells of the news of the configured Sources, by name.
	Pushes(ctx context.Context) (map[string]feed.Push, error)
	// Generation returns a number, never 0 once Sources are configured, that rises
	// whenever something may have changed.
	Generation() uint64
	// Subscriptions returns all that are stored.
	Subscriptions(ctx context.Context) ([]feed.Subscription, error)
	// Subscription returns the one of a callback.
	Subscription(ctx context.Context, token string) (feed.Subscription, bool, error)
	// ChangeSubscriptions replaces those of a Source by what a function makes of
	// them, all at once.
	ChangeSubscriptions(ctx context.Context, source string, now time.Time, change func([]feed.Subscription) []feed.Subscription) error
}

// A Setup is what the operator decides. It does not change once it is used.
type Setup struct {
	Base    string                 // how hubs reach us, without a slash at the end; "": no subscriptions, and those there are end
	Sources map[string]feed.Source // by name, those that are configured
	Ours    func(host string) bool // whether a host is this machine or in a network that is allowed
	Poller  *fetcher.Poller        // asks the hubs, and reads what they deliver
	MaxBody int64                  // bytes of a delivery, decoded
}

// A Subscriber subscribes, and answers hubs. It is safe for use by several
// goroutines.
type Subscriber struct {
	store Store
	log   *slog.Logger
	setup atomic.Pointer[Setup] // replaced whole

	hubless atomic.Uint64 // the store's generation at which no Source named a hub and nothing was stored

	slots chan struct{}  // of deliveries that are read or wait to be recorded
	queue chan *delivery // in the order in which they came
	done  sync.WaitGroup // the one who records

	mu     sync.Mutex
	quiet  map[string]time.Time // until when a hub's host:port wants to be left alone
	closed bool                 // nothing may come into the queue
}

// waiting is how many deliveries are in memory at a time; further hubs wait.
const waiting = 8

// New returns a Subscriber, which records deliveries until it is closed.
func New(store Store, setup Setup, log *slog.Logger) *Subscriber {
	s := &Subscriber{
		store: store, log: log, quiet: make(map[string]time.Time),
		slots: make(chan struct{}, waiting), queue: make(chan *delivery, waiting),
	}
	s.setup.Store(&setup)
	s.done.Go(s.record)
	return s
}

// Configure replaces the Setup. The next Tend acts on it.
func (s *Subscriber) Configure(setup Setup) { s.setup.Store(&setup) }

// Close waits until what was delivered is recorded. What comes then is refused.
func (s *Subscriber) Close() {
	s.mu.Lock()
	s.closed = true
	close(s.queue)
	s.mu.Unlock()
	s.done.Wait()
}

// change changes the one Subscription of an ID, if it is still there.
func (s *Subscriber) change(ctx context.Context, sub feed.Subscription, f func(*feed.Subscription)) error {
	return s.store.ChangeSubscriptions(ctx, sub.Source, time.Now(), func(all []feed.Subscription) []feed.Subscription {
		for i := range all {
			if all[i].ID == sub.ID {
				f(&all[i])
			}
		}
		return all
	})
}
