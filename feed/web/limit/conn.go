package limit

import (
	"container/list"
	"crypto/tls"
	"net"
	"net/http"
	"sync/atomic"
	"time"
)

// A conn is a connection that was let in.
type conn struct {
	net.Conn
	gate   *Gate
	client *client       // nil: it is not limited
	at     *list.Element // nil once it has ended; both are guarded by the Gate's lock
	busy   atomic.Int64  // since when requests are being answered, in Unix nanoseconds; 0: none is
}

// Close closes the connection and makes room for another.
func (c *conn) Close() error {
	c.gate.mu.Lock()
	c.gate.end(c)
	c.gate.mu.Unlock()
	return c.Conn.Close()
}

// CloseWrite lets net/http say its last word before it closes: a client that is
// still sending would else not hear why it is refused.
func (c *conn) CloseWrite() error {
	if half, ok := c.Conn.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return nil
}

// end forgets a connection. The caller has the lock.
func (g *Gate) end(c *conn) {
	if c.at == nil {
		return
	}
	g.conns.Remove(c.at)
	c.at = nil
	if c.client != nil {
		c.client.conns--
	}
}

// A listener lets in as many connections as there may be.
type listener struct {
	net.Listener
	gate *Gate
}

// Listener returns a listener that closes connections beyond the limits. A
// client that has its share gets no more. Where all are taken, the oldest on
// which no request is being answered gives way, else the client's on which that
// has taken longest, if it is long: those who connect and then are silent, or
// slow, cannot keep others out.
func (g *Gate) Listener(l net.Listener) net.Listener { return listener{l, g} }

// Accept waits for a connection that may come in.
func (l listener) Accept() (net.Conn, error) {
	for {
		raw, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		c, gone := l.gate.admit(raw)
		if gone != nil {
			gone.Conn.Close()
		}
		if c != nil {
			return c, nil
		}
		raw.Close()
	}
}

// admit lets a connection in, unless it returns nil, and returns which one gives
// way for it.
func (g *Gate) admit(raw net.Conn) (c, gone *conn) {
	address, ok := parse(raw.RemoteAddr().String())
	g.mu.Lock()
	defer g.mu.Unlock()
	c = &conn{Conn: raw, gate: g}
	if ok && !g.limit.trusts(address) {
		address = share(address)
		c.client = g.client(address)
		if above(c.client.conns, g.limit.ClientConnections) {
			g.turnedAway("too many connections", address)
			return nil, nil
		}
	}
	if above(g.conns.Len(), g.limit.Connections) {
		if gone = g.idle(); gone == nil {
			gone = g.slow(time.Now())
		}
		if gone == nil {
			g.turnedAway("too many connections of all clients", address)
			return nil, nil
		}
		g.end(gone)
	}
	if c.client != nil {
		c.client.conns++
	}
	c.at = g.conns.PushBack(c)
	return c, gone
}

// idle returns the oldest connection on which no request is being answered.
func (g *Gate) idle() *conn {
	for at := g.conns.Front(); at != nil; at = at.Next() {
		if c := at.Value.(*conn); c.busy.Load() == 0 {
			return c
		}
	}
	return nil
}

// patience is for how long a client that reads slowly keeps its connection where
// there is none left for others. It is enough for an Edition over a slow line.
const patience = 10 * time.Second

// slow returns the connection on which requests have been answered for longest, if
// that is longer than patience. A proxy's is always at work, and stays.
func (g *Gate) slow(now time.Time) (found *conn) {
	since := now.Add(-patience).UnixNano()
	for at := g.conns.Front(); at != nil; at = at.Next() {
		c := at.Value.(*conn)
		if begun := c.busy.Load(); c.client != nil && begun > 0 && begun < since {
			found, since = c, begun
		}
	}
	return found
}

// Watch notes what becomes of a connection; it is for http.Server's ConnState.
func (g *Gate) Watch(nc net.Conn, state http.ConnState) {
	if encrypted, ok := nc.(*tls.Conn); ok {
		nc = encrypted.NetConn()
	}
	if c, ok := nc.(*conn); ok {
		since := int64(0)
		if state == http.StateActive {
			since = time.Now().UnixNano()
		}
		c.busy.Store(since)
	}
}
