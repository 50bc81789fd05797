package fetcher

import (
	"context"
	"net/http"
	"slices"
	"sync"
	"time"
)

// A network knows whether it is ours that is down. When a server cannot be
// connected to, others that answered lately are dialled: if none of them can
// be either, or there are none, the fault is on our side.
type network struct {
	mu     sync.Mutex
	client *http.Client
	good   []string  // host:port of those that answered last, the latest first
	since  time.Time // when the network was first found down; zero while it is not
}

// witnesses is how many servers are remembered, so that one that goes down is
// not the only one to be asked about itself.
const witnesses = 3

// use makes a client the one that dials.
func (n *network) use(client *http.Client) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.client = client
}

// answered notes that a server answered.
func (n *network) answered(hostPort string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.since = time.Time{}
	if len(n.good) > 0 && n.good[0] == hostPort {
		return
	}
	others := slices.DeleteFunc(slices.Clone(n.good), func(h string) bool { return h == hostPort })
	n.good = append([]string{hostPort}, others[:min(len(others), witnesses-1)]...)
}

// down returns since when no server could be reached, the zero time if the
// last attempt found the network.
func (n *network) down() time.Time {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.since
}

// offline reports whether a failure to connect is no fault of the server.
func (n *network) offline(ctx context.Context, failed string) bool {
	n.mu.Lock()
	good, client := n.good, n.client
	n.mu.Unlock()
	up := slices.ContainsFunc(good, func(h string) bool { return h != failed && connects(ctx, client, h) })
	n.mu.Lock()
	defer n.mu.Unlock()
	switch {
	case up:
		n.since = time.Time{}
	case slices.Equal(n.good, good) && n.since.IsZero(): // nobody answered meanwhile
		n.since = time.Now()
	}
	return !n.since.IsZero()
}

// connects reports whether a server can be dialled; nothing is asked of it.
func connects(ctx context.Context, client *http.Client, hostPort string) bool {
	ctx, cancel := context.WithTimeout(ctx, maxDialTime/2)
	defer cancel()
	conn, err := client.Transport.(*http.Transport).DialContext(ctx, "tcp", hostPort)
	if err != nil {
		return false
	}
	conn.Close()
	return true
}
