package fetcher

import (
	"context"
	"net/http"
	"sync"
	"time"
)

// A network knows whether it is ours that is down. When a server cannot be
// connected to, the one that answered last is dialled: if it cannot be either,
// or none ever answered, the fault is on our side.
type network struct {
	client *http.Client

	mu   sync.Mutex
	good string // host:port that answered last
	down bool
}

// answered notes that a server answered.
func (n *network) answered(hostPort string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.good, n.down = hostPort, false
}

// isDown reports whether the last attempts found no network.
func (n *network) isDown() bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.down
}

// offline reports whether a failure to connect is no fault of the server.
func (n *network) offline(ctx context.Context, failed string) bool {
	n.mu.Lock()
	good := n.good
	n.mu.Unlock()
	up := good != "" && good != failed && n.connects(ctx, good)
	n.mu.Lock()
	defer n.mu.Unlock()
	if !up && n.good == good { // nobody answered meanwhile
		n.down = true
	}
	return n.down
}

func (n *network) connects(ctx context.Context, hostPort string) bool {
	ctx, cancel := context.WithTimeout(ctx, dialTimeout/2)
	defer cancel()
	conn, err := n.client.Transport.(*http.Transport).DialContext(ctx, "tcp", hostPort)
	if err != nil {
		return false
	}
	conn.Close()
	return true
}

// retryAfter reads a Retry-After field in both of its forms (RFC 9110 section
// 10.2.3). What it cannot read is 0.
func retryAfter(field string, now time.Time) time.Duration {
	if field == "" {
		return 0
	}
	if seconds, err := time.ParseDuration(field + "s"); err == nil {
		return max(0, seconds)
	}
	if when, err := http.ParseTime(field); err == nil {
		return max(0, when.Sub(now))
	}
	return 0
}
