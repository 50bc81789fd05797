// Package limit keeps one client from taking what is there for all: so many
// connections, so many requests at a time, so many in a second. A client is an
// IPv4 address or an IPv6 network of 64 bits, which is what one subscriber has.
//
// What it remembers is bounded however many clients there are, and a client that
// keeps to its share costs two short locks for each request.
//
// A Gate stands before the server: its Listener counts connections and closes those
// that give way (conn.go), Enter and Leave are around each request (request.go), and
// who asks through a proxy is found in asker.go. Begin with Enter.
package limit

import (
	"container/list"
	"log/slog"
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Limits are what the operator decides. 0 means no limit.
type Limits struct {
	Connections       int            // at a time, of all clients; as many requests are answered at a time
	ClientConnections int            // at a time, of one client; as many of its requests are answered at a time
	ClientRequests    int            // of one client in a second, on average
	Trusted           []netip.Prefix // proxies, which say for whom they ask and are not limited themselves
	ProxyHeader       string         // the field in which they say it, in canonical form; of no other is anything believed
}

const (
	// credit is for how long a client that was silent may have saved requests
	// up: an aggregator asks for a thousand feeds at once, then for none.
	credit = 20 * time.Second

	// most is how many clients are remembered; at 200 bytes, 10 MB.
	most = 50_000
)

// A Gate lets clients in. It is safe for use by several goroutines.
type Gate struct {
	log   *slog.Logger
	tell  rate.Sometimes // of clients that were turned away
	mu    sync.Mutex
	limit Limits
	known map[netip.Addr]*client
	conns list.List // of *conn that are open, the oldest first
	busy  int       // requests that are being answered
}

// A client is somebody who is, or was lately, connected. It is guarded by the
// Gate's lock.
type client struct {
	address  netip.Addr
	conns    int // that are open
	requests int // that are being answered
	tokens   *rate.Limiter
	seen     time.Time // when it asked last
}

// New returns a Gate.
func New(l Limits, log *slog.Logger) *Gate {
	return &Gate{log: log, tell: rate.Sometimes{Interval: time.Minute}, limit: l, known: make(map[netip.Addr]*client)}
}

// Configure replaces the limits. Who is within stays.
func (g *Gate) Configure(l Limits) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.limit = l
	for _, c := range g.known {
		if c.tokens.Limit() == rate.Inf { // without a limit no credit was kept
			c.tokens = l.limiter()
		}
		c.tokens.SetLimit(l.rate())
		c.tokens.SetBurst(l.burst())
	}
}

// rate returns how many requests a client may send in a second, on average; without
// a limit any number.
func (l Limits) rate() rate.Limit {
	if l.ClientRequests == 0 {
		return rate.Inf
	}
	return rate.Limit(l.ClientRequests)
}

// limiter returns what a new client's requests are counted by: it has all its
// credit.
func (l Limits) limiter() *rate.Limiter { return rate.NewLimiter(l.rate(), l.burst()) }

// burst returns how many requests a client may send at once that was silent for as
// long as credit.
func (l Limits) burst() int { return l.ClientRequests * int(credit/time.Second) }

// above reports whether one more than n is beyond a limit.
func above(n, limit int) bool { return limit > 0 && n >= limit }

// client returns the client at an address, which is remembered from now on. The
// caller has the lock.
func (g *Gate) client(address netip.Addr) *client {
	if c := g.known[address]; c != nil {
		return c
	}
	if len(g.known) >= most {
		g.forget(time.Now())
	}
	c := &client{address: address, tokens: g.limit.limiter()}
	g.known[address] = c
	return c
}

// forget makes room. Who was silent for long has all its credit again, so that
// nothing is lost with it. If all were here just now they are too many to be told
// apart, and any of those that have nothing open go.
func (g *Gate) forget(now time.Time) {
	for pass := range 2 {
		for address, c := range g.known {
			if pass > 0 && len(g.known) <= most/2 {
				return
			}
			if c.conns == 0 && c.requests == 0 && (pass > 0 || now.Sub(c.seen) > credit) {
				delete(g.known, address)
			}
		}
		if len(g.known) < most*3/4 {
			return
		}
	}
}

// turnedAway logs, once a minute at most: whoever floods us must not flood the
// log.
func (g *Gate) turnedAway(why string, address netip.Addr) {
	g.tell.Do(func() { g.log.Warn("turned away", "why", why, "client", address) })
}
