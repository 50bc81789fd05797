package web

import (
	"context"
	"log/slog"
	"net/http"
	"net/netip"
	"sync"
	"time"

	"newswired/feed"
	"newswired/feed/render"
)

// A WebSub is who is told when a public Feed changes (W3C Recommendation of 23
// January 2018). The zero value tells nobody. Private feeds are told to nobody
// at all.
type WebSub struct {
	Hubs   []string    // URLs of the hubs of others, which are pinged
	Own    bool        // we are a hub ourselves, at /hub
	Store  Subscribers // nil if there are no hubs
	Client Client      // likewise

	// Asker tells who sends a request to our hub; the zero Addr stands for all who are
	// not told apart. nil: nobody is.
	Asker func(*http.Request) netip.Addr
}

// Subscribers is what a hub keeps.
type Subscribers interface {
	// SubscribersOwed returns those that are to be told of a change now.
	SubscribersOwed(ctx context.Context, now time.Time) ([]feed.Subscriber, error)
	// SubscriberCounts returns how many there are beside a given one, in all and
	// at the host:port of its callback.
	SubscriberCounts(ctx context.Context, s feed.Subscriber, now time.Time) (all, host int, err error)
	// Subscribers returns how those of each Feed fare that has any.
	Subscribers(ctx context.Context, now time.Time) ([]feed.SubscriberStatus, error)
	// Subscribe adds one, or replaces that of its callback and topic.
	Subscribe(ctx context.Context, s feed.Subscriber) error
	// Unsubscribe removes one.
	Unsubscribe(ctx context.Context, callback, topic string) error
	// NoteSubscriber stores the Telling of one.
	NoteSubscriber(ctx context.Context, s feed.Subscriber) error
	// EndLeases removes those whose lease has ended.
	EndLeases(ctx context.Context, now time.Time) error
	// PingsOwed returns the Feeds that a hub of others is to be told of now.
	PingsOwed(ctx context.Context, hub string, now time.Time) ([]feed.Ping, error)
	// NotePing stores the Telling of one.
	NotePing(ctx context.Context, p feed.Ping) error
}

// A Client asks servers that strangers name. It must not connect to addresses
// that are not public, must not follow redirects, and must give up in time. An
// error that is feed.ErrOffline is nobody's fault.
type Client interface {
	Do(*http.Request) (*http.Response, error)
}

// A topic is an Edition that can be subscribed to.
type topic struct{ feed, path string }

const (
	hubPath     = "/hub"
	hostsAtOnce = 16          // that are told or asked, each of one thing at a time
	sweepEvery  = time.Minute // for leases that have ended
)

// A hub tells subscribers and the hubs of others of changes. What it owes to
// whom is in the store, so that a restart forgets nothing but requests that were
// not verified yet.
type hub struct {
	site *Site
	log  *slog.Logger
	ctx  context.Context // of all errands
	end  context.CancelFunc
	work sync.WaitGroup

	mu     sync.Mutex
	closed bool
	busy   map[string]bool        // host:port that an errand is at
	asked  map[requestKey]request // not verified yet
	pace   pace
	swept  time.Time // when leases that have ended were last removed
}

// newHub returns the hub of a Site, which does nothing until Tell is called or
// somebody asks. Close ends it.
func newHub(site *Site, log *slog.Logger) *hub {
	h := &hub{site: site, log: log, busy: make(map[string]bool), asked: make(map[requestKey]request)}
	h.ctx, h.end = context.WithCancel(context.Background())
	return h
}

// Tell begins to tell subscribers and hubs of what changed, and does not wait
// for them. It is to be called every few seconds: if nothing did it reads a few
// rows.
func (s *Site) Tell(ctx context.Context) {
	h, routes := s.hub, s.routes.Load()
	if routes.websub.Store == nil {
		return
	}
	now := time.Now()
	if err := h.sweep(ctx, routes.websub.Store, now); err != nil && ctx.Err() == nil {
		h.log.Error("ended leases not removed", "err", err)
	}
	errands := h.verifications()
	more, err := h.owed(ctx, routes, now)
	if err != nil && ctx.Err() == nil {
		h.log.Error("changes not told", "err", err)
	}
	h.start(append(errands, more...))
}

// Close ends what is told and asked, and waits for it and for renderings under
// way. Nothing may be told or asked for afterwards.
func (s *Site) Close() {
	s.hub.mu.Lock()
	s.hub.closed = true
	s.hub.mu.Unlock()
	s.hub.end()
	s.hub.work.Wait()
	s.work.Wait()
}

// sweep removes the subscribers whose lease has ended, every minute.
func (h *hub) sweep(ctx context.Context, store Subscribers, now time.Time) error {
	h.mu.Lock()
	due := now.Sub(h.swept) >= sweepEvery
	if due {
		h.swept = now
	}
	h.mu.Unlock()
	if !due {
		return nil
	}
	return store.EndLeases(ctx, now)
}

// owed returns what is to be told of the public Feeds.
func (h *hub) owed(ctx context.Context, routes *routes, now time.Time) ([]errand, error) {
	var all []errand
	if routes.websub.Own {
		subscribers, err := routes.websub.Store.SubscribersOwed(ctx, now)
		if err != nil {
			return nil, err
		}
		for _, sub := range subscribers {
			all = append(all, errand{feed.HostPort(sub.Callback), func(ctx context.Context) bool { return h.deliver(ctx, sub) }})
		}
	}
	for _, hub := range routes.websub.Hubs {
		pings, err := routes.websub.Store.PingsOwed(ctx, hub, now)
		if err != nil {
			return all, err
		}
		for _, p := range pings {
			if len(routes.topicsOf(p.Feed)) > 0 {
				all = append(all, errand{feed.HostPort(hub), func(ctx context.Context) bool { return h.ping(ctx, p) }})
			}
		}
	}
	return all, nil
}

// topicsOf returns the Editions of a Feed, none of one that is private or not
// there.
func (r *routes) topicsOf(name string) []string {
	f, there := r.feeds[name]
	if _, private := r.keys[name]; private || !there {
		return nil
	}
	var all []string
	for _, format := range render.Formats {
		all = append(all, r.maker.url(document{feed: f, format: format}))
	}
	return all
}

// An errand asks or tells one host one thing, and returns whether the host may be
// asked for more now.
type errand struct {
	host string
	run  func(context.Context) bool
}

// start runs errands, those of a host one after another. What a host that is
// busy is owed waits for the next call; so nobody is told of two changes at a
// time.
func (h *hub) start(errands []errand) {
	byHost := make(map[string][]errand)
	for _, e := range errands {
		byHost[e.host] = append(byHost[e.host], e)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	for host, all := range byHost { // in another order each time, hence fair
		if h.closed || h.busy[host] || len(h.busy) >= hostsAtOnce {
			continue
		}
		h.busy[host] = true
		h.work.Go(func() {
			defer func() {
				h.mu.Lock()
				delete(h.busy, host)
				h.mu.Unlock()
			}()
			for _, e := range all {
				if h.ctx.Err() != nil || !e.run(h.ctx) {
					return
				}
			}
		})
	}
}
