package fetcher

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	"newswired/feed"
)

// A web is some servers by host name, and a network that can be cut.
type web struct {
	mu   sync.Mutex
	up   bool
	dark map[string]bool // host names that cannot be connected to
	at   string          // where all of them listen
}

// dial connects to the one server, unless the network is down or the host dark.
func (w *web) dial(ctx context.Context, network, address string) (net.Conn, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	w.mu.Lock()
	refused := !w.up || w.dark[host]
	w.mu.Unlock()
	if refused {
		return nil, &net.OpError{Op: "dial", Net: network, Err: errors.New("connection refused")}
	}
	return new(net.Dialer).DialContext(ctx, network, w.at)
}

// newWeb returns a network that is up, and a Poller that knows no other.
func newWeb(t *testing.T) (*web, *Poller, *memory) {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Connection", "close") // the next poll dials
		io.WriteString(w, one)
	}))
	w := &web{up: true, dark: make(map[string]bool), at: server.Listener.Addr().String()}
	m := &memory{states: make(map[string]feed.State)}
	p := New(m, Options{Dial: w.dial}, slog.New(slog.DiscardHandler))
	t.Cleanup(func() { p.Close(); server.Close() })
	return w, p, m
}

func kind(t *testing.T, p *Poller, name string) feed.Kind {
	t.Helper()
	r, err := p.Poll(context.Background(), feed.Source{Name: name, URL: "http://" + name + ".example/rss"}, Forced)
	if err != nil {
		t.Fatal(err)
	}
	return r.Kind
}

// A server that cannot be connected to is to blame if another can be. If none
// can, nobody is.
func TestOffline(t *testing.T) {
	w, p, m := newWeb(t)
	step := func(what, name string, want feed.Kind, failures int, offline bool) {
		t.Helper()
		got := kind(t, p, name)
		down, sure := p.Offline()
		if got != want || m.states[name].Failures != failures || down != offline || !sure {
			t.Errorf("%s: %s %q, %d failures, offline %t, sure %t", what, name, got, m.states[name].Failures, down, sure)
		}
	}
	step("all is well", "a", feed.OK, 0, false)
	w.dark["b.example"] = true
	step("one is down", "b", feed.Unreachable, 1, false)
	step("one is down", "b", feed.Unreachable, 2, false)
	w.up = false
	step("no network", "a", feed.Offline, 0, true)
	step("no network", "b", feed.Offline, 2, true)
	step("no network", "c", feed.Offline, 0, true)
	if next := m.last().NextFetch; !next.IsZero() {
		t.Errorf("held until %s by our own fault", next)
	}
	w.up = true
	step("back", "c", feed.OK, 0, false)
	step("one is still down", "b", feed.Unreachable, 3, false)
	w.dark["b.example"] = false
	step("all is well again", "b", feed.OK, 0, false)
}

// Without a network at the start, nobody is to blame.
func TestOfflineAtTheStart(t *testing.T) {
	w, p, m := newWeb(t)
	w.up = false
	for range 2 {
		if got := kind(t, p, "a"); got != feed.Offline || m.states["a"].Failures != 0 {
			t.Errorf("%q, %+v", got, m.states["a"])
		}
	}
}

// As long as a poll goes on that may reach something, nobody can be sure.
func TestOfflineUnsure(t *testing.T) {
	w, p, _ := newWeb(t)
	w.up = false
	giveBack, err := p.turn(t.Context(), "http://slow.example/rss")
	if err != nil {
		t.Fatal(err)
	}
	kind(t, p, "a")
	if offline, sure := p.Offline(); !offline || sure {
		t.Errorf("offline %t, sure %t while a poll goes on", offline, sure)
	}
	giveBack(true)
	if offline, sure := p.Offline(); !offline || !sure {
		t.Errorf("offline %t, sure %t afterwards", offline, sure)
	}
}

// A name that cannot be looked up is a failure to connect.
func TestUnknownName(t *testing.T) {
	dns := &net.OpError{Op: "dial", Err: &net.DNSError{Err: "no such host", Name: "a.example", IsNotFound: true}}
	for _, err := range []error{dns, dns.Err} {
		if kind, unconnected := kindOf(err); kind != feed.Unreachable || !unconnected {
			t.Errorf("%v: %q, unconnected %t", err, kind, unconnected)
		}
	}
}
