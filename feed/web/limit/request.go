package limit

import (
	"net/http"
	"net/netip"
	"time"
)

// A Pass is for one request that was let in. The zero Pass is for none.
type Pass struct {
	client *client // nil: it is not limited
	in     bool    // false: there is nothing to leave
}

// Enter lets a request in, or returns with which status it is to be refused and
// after how many seconds it may come again. Who was let in must Leave.
func (g *Gate) Enter(r *http.Request) (p Pass, status, retry int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if above(g.busy, g.limit.Connections) { // by HTTP/2, where a connection has many
		gone := g.slow(time.Now())
		if gone == nil {
			return Pass{}, http.StatusServiceUnavailable, 5
		}
		g.end(gone)
		gone.Conn.Close() // what is answered there ends, and makes room
	}
	address, limited := g.limit.asker(r)
	if limited {
		c := g.client(address)
		now := time.Now()
		c.seen = now
		switch {
		case above(c.requests, g.limit.ClientConnections):
			g.turnedAway("too many requests at a time", address)
			return Pass{}, http.StatusTooManyRequests, 5
		case !c.tokens.AllowN(now, 1):
			g.turnedAway("too many requests", address)
			return Pass{}, http.StatusTooManyRequests, c.pause(now)
		}
		c.requests++
		p.client = c
	}
	g.busy++
	p.in = true
	return p, 0, 0
}

// Asker returns which client a request comes from, as limits are counted; the zero
// Addr stands for all to whom none apply.
func (g *Gate) Asker(r *http.Request) netip.Addr {
	g.mu.Lock()
	defer g.mu.Unlock()
	address, limited := g.limit.asker(r)
	if !limited {
		return netip.Addr{}
	}
	return address
}

// pause is for how many seconds a client should wait: until a fourth of its
// credit is back, so that it does not run against the limit at every request.
func (c *client) pause(now time.Time) int {
	missing := float64(c.tokens.Burst())/4 - c.tokens.TokensAt(now)
	return max(1, int(missing/float64(c.tokens.Limit())))
}

// Leave ends what Enter began.
func (g *Gate) Leave(p Pass) {
	if !p.in {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.busy--
	if p.client != nil {
		p.client.requests--
	}
}
