package limit

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"net/netip"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

var loopback = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128"), netip.MustParsePrefix("10.0.0.0/8")}

// request is one from a peer, with header fields "Name: value".
func request(peer string, fields ...string) *http.Request {
	r := &http.Request{RemoteAddr: peer, Header: make(http.Header)}
	for _, f := range fields {
		name, value, _ := strings.Cut(f, ": ")
		r.Header.Add(name, value)
	}
	return r
}

// Only a trusted proxy's word counts, and of it what no client can make up.
func TestAsker(t *testing.T) {
	for _, test := range []struct {
		peer   string
		fields string // separated by |
		want   string // "" for not limited
	}{
		{"192.0.2.1:4711", "", "192.0.2.1"},
		{"[2001:db8:1:2:3::4]:80", "", "2001:db8:1:2::"},
		{"[2001:db8:1:2:ffff::4]:80", "", "2001:db8:1:2::"},
		{"[::ffff:192.0.2.1]:80", "", "192.0.2.1"},
		{"[fe80::1%eth0]:80", "", "fe80::"},
		{"192.0.2.1:1", "X-Forwarded-For: 198.51.100.1", "192.0.2.1"},
		{"192.0.2.1:1", "Forwarded: for=198.51.100.1", "192.0.2.1"},
		{"127.0.0.1:1", "", ""},
		{"[::ffff:127.0.0.1]:1", "", ""},
		{"@", "", ""},
		{"", "", ""},
		{"pipe", "X-Forwarded-For: 198.51.100.1", "198.51.100.1"},
		{"127.0.0.1:1", "X-Forwarded-For: 198.51.100.1", "198.51.100.1"},
		{"127.0.0.1:1", "X-Forwarded-For: 198.51.100.1:9999", "198.51.100.1"},
		{"127.0.0.1:1", "X-Forwarded-For: 203.0.113.9, 198.51.100.1", "198.51.100.1"},
		{"127.0.0.1:1", "X-Forwarded-For: 203.0.113.9|X-Forwarded-For: 198.51.100.1", "198.51.100.1"},
		{"127.0.0.1:1", "X-Forwarded-For: 203.0.113.9, 198.51.100.1, 10.0.0.1", "198.51.100.1"},
		{"127.0.0.1:1", "X-Forwarded-For: 203.0.113.9, nonsense, 10.0.0.1", ""},
		{"127.0.0.1:1", "X-Forwarded-For: 203.0.113.9,", ""},
		{"127.0.0.1:1", "X-Forwarded-For: 10.0.0.1, 10.0.0.2", ""},
		{"127.0.0.1:1", "X-Forwarded-For: 203.0.113.9" + strings.Repeat(", 10.0.0.1", 7), "203.0.113.9"},
		{"127.0.0.1:1", "X-Forwarded-For: 203.0.113.9" + strings.Repeat(", 10.0.0.1", 8), ""},
		{"127.0.0.1:1", "X-Client: 203.0.113.9|X-Forwarded-For: 198.51.100.1", "198.51.100.1"},
		{"127.0.0.1:1", "X-Forwarded-For: 203.0.113.9|Forwarded: for=198.51.100.1", "198.51.100.1"},
		{"127.0.0.1:1", "Forwarded: for=203.0.113.9|X-Forwarded-For: 198.51.100.1", "198.51.100.1"},
		{"127.0.0.1:1", "Forwarded: for=203.0.113.9|X-Client: 203.0.113.9", ""},
		{"127.0.0.1:1", "X-Real-Ip: 198.51.100.1", "198.51.100.1"},
		{"127.0.0.1:1", "Forwarded: for=192.0.2.60;proto=http;by=203.0.113.43", "192.0.2.60"},
		{"127.0.0.1:1", `Forwarded: proto=https; For="[2001:db8:cafe::17]:4711"`, "2001:db8:cafe::"},
		{"127.0.0.1:1", `Forwarded: for="[2001:db8:cafe::17]"`, "2001:db8:cafe::"},
		{"127.0.0.1:1", "Forwarded: for=203.0.113.9, for=192.0.2.60", "192.0.2.60"},
		{"127.0.0.1:1", "Forwarded: for=203.0.113.9, for=unknown", ""},
		{"127.0.0.1:1", "Forwarded: for=_hidden", ""},
		{"127.0.0.1:1", "Forwarded: proto=https", ""},
	} {
		var fields []string
		l := Limits{Trusted: loopback, ProxyHeader: "X-Forwarded-For"}
		if test.fields != "" {
			fields = strings.Split(test.fields, "|")
			if name, _, _ := strings.Cut(fields[len(fields)-1], ":"); name != "X-Client" { // which nobody is asked for
				l.ProxyHeader = name
			}
		}
		address, limited := l.asker(request(test.peer, fields...))
		got := ""
		if limited {
			got = address.String()
		}
		told := New(l, slog.New(slog.DiscardHandler)).Asker(request(test.peer, fields...))
		if told.IsValid() != limited || limited && told != address {
			t.Errorf("%s %s: %s is told", test.peer, test.fields, told)
		}
		if got != test.want {
			t.Errorf("%s %s: %q, want %q", test.peer, test.fields, got, test.want)
		}
	}
}

// A client may save up, runs out, is told when to come again, and then may.
// Another is not concerned, and neither is who stands behind another's network.
func TestRequestRate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		g := New(Limits{ClientRequests: 10, Trusted: loopback}, slog.New(slog.NewTextHandler(&log, nil)))
		ask := func(peer string) (status, retry int) {
			p, status, retry := g.Enter(request(peer))
			g.Leave(p)
			return status, retry
		}
		many := func(peer string) (n, retry int) {
			for status := 0; n < 5000; n++ {
				if status, retry = ask(peer); status == http.StatusTooManyRequests {
					break
				}
			}
			return n, retry
		}
		n, retry := many("192.0.2.1:1")
		if n != 200 || retry != 5 {
			t.Errorf("%d requests, then after %d s", n, retry)
		}
		if n, _ := many("192.0.2.1:2"); n != 0 {
			t.Errorf("%d more by another port", n)
		}
		if n, _ := many("192.0.2.2:1"); n != 200 {
			t.Errorf("%d of another client", n)
		}
		if n, _ := many("[2001:db8::1]:1"); n != 200 {
			t.Errorf("%d by IPv6", n)
		}
		if n, _ := many("[2001:db8::2]:1"); n != 0 {
			t.Errorf("%d more of the same network", n)
		}
		if n, _ := many("127.0.0.1:1"); n != 5000 {
			t.Errorf("%d of a proxy for itself", n)
		}
		time.Sleep(time.Duration(retry) * time.Second)
		if n, _ := many("192.0.2.1:1"); n != 50 {
			t.Errorf("%d after it has waited", n)
		}
		if n := strings.Count(log.String(), "turned away"); n != 1 {
			t.Errorf("%d lines in the log:\n%s", n, log.String())
		}
		g.Configure(Limits{ClientRequests: 100})
		time.Sleep(time.Second)
		if n, _ := many("192.0.2.1:1"); n != 100 {
			t.Errorf("%d after the limit was raised", n)
		}
		g.Configure(Limits{})
		if n, _ := many("192.0.2.1:1"); n != 5000 {
			t.Errorf("%d without a limit", n)
		}
		g.Configure(Limits{ClientRequests: 10})
		if n, _ := many("192.0.2.1:1"); n != 200 {
			t.Errorf("%d after there is a limit again", n)
		}
	})
}

// A client has its share of what is answered at a time, and all together theirs.
func TestRequestsAtATime(t *testing.T) {
	g := New(Limits{Connections: 5, ClientConnections: 2}, slog.New(slog.DiscardHandler))
	var in []Pass
	for _, test := range []struct {
		peer   string
		status int
	}{
		{"192.0.2.1:1", 0}, {"192.0.2.1:2", 0}, {"192.0.2.1:3", 429}, {"192.0.2.2:1", 0}, {"192.0.2.3:1", 0}, {"192.0.2.4:1", 0}, {"192.0.2.5:1", 503},
	} {
		p, status, retry := g.Enter(request(test.peer))
		if status != test.status || (retry > 0) != (status > 0) {
			t.Errorf("%s: %d after %d, want %d", test.peer, status, retry, test.status)
		}
		in = append(in, p)
	}
	for _, p := range in {
		g.Leave(p)
	}
	if g.busy != 0 || slices.ContainsFunc(slices.Collect(maps.Values(g.known)), func(c *client) bool { return c.requests != 0 }) {
		t.Errorf("%d are still within", g.busy)
	}
}

// However many addresses a client has, no more is remembered of them than there is
// room for, and who has something open is never forgotten.
func TestMemoryBounded(t *testing.T) {
	g := New(Limits{Connections: 1000, ClientConnections: 1, ClientRequests: 10}, slog.New(slog.DiscardHandler))
	first, _, _ := g.Enter(request("198.51.100.7:1"))
	for i := range uint32(most + most/2) {
		var b [4]byte
		binary.BigEndian.PutUint32(b[:], 10<<24+i)
		p, status, _ := g.Enter(request(netip.AddrPortFrom(netip.AddrFrom4(b), 1).String()))
		if status != 0 {
			t.Fatalf("client %d: %d", i, status)
		}
		g.Leave(p)
		if len(g.known) > most {
			t.Fatalf("%d are remembered", len(g.known))
		}
	}
	if _, status, _ := g.Enter(request("198.51.100.7:2")); status != http.StatusTooManyRequests {
		t.Errorf("who is within was forgotten: %d", status)
	}
	g.Leave(first)
}

// serve answers "hello" at an address of this machine, through a gate.
func serve(t *testing.T, l Limits) (*Gate, string) {
	t.Helper()
	raw, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	g := New(l, slog.New(slog.DiscardHandler))
	s := &http.Server{ConnState: g.Watch, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/stay" {
			w.WriteHeader(http.StatusOK)
			http.NewResponseController(w).Flush() // so that the client knows
			<-r.Context().Done()
		}
		io.WriteString(w, "hello")
	})}
	go s.Serve(g.Listener(raw))
	t.Cleanup(func() {
		s.Close()
		if g.conns.Len() != 0 {
			t.Errorf("%d connections are still counted", g.conns.Len())
		}
		for _, c := range g.known {
			if c.conns != 0 {
				t.Errorf("%d of %s", c.conns, c.address)
			}
		}
	})
	return g, raw.Addr().String()
}

// answering returns on how many connections a request is being answered.
func answering(g *Gate) (n int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for at := g.conns.Front(); at != nil; at = at.Next() {
		if at.Value.(*conn).busy.Load() > 0 {
			n++
		}
	}
	return n
}

// dial connects, and says something if there is something to say.
func dial(t *testing.T, address, words string) net.Conn {
	t.Helper()
	c, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	io.WriteString(c, words)
	return c
}

// hears reports whether a connection is answered; if not, it was closed.
func hears(c net.Conn) bool {
	line, err := bufio.NewReader(c).ReadString('\n')
	return err == nil && strings.HasPrefix(line, "HTTP/1.1 200")
}

// stay returns a connection on which a request is being answered, and goes on being.
func stay(t *testing.T, address string) net.Conn {
	t.Helper()
	c := dial(t, address, "GET /stay HTTP/1.1\r\nHost: a\r\n\r\n")
	for r := bufio.NewReader(c); ; {
		line, err := r.ReadString('\n')
		if err != nil {
			t.Fatal(err)
		}
		if line == "\r\n" { // the end of the header
			return c
		}
	}
}

const hello = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

// Who is silent gives way to who asks, the oldest first; who is being answered
// does not.
func TestIdleGiveWay(t *testing.T) {
	g, address := serve(t, Limits{Connections: 3, Trusted: loopback})
	busy := stay(t, address)
	silent := dial(t, address, "")
	slow := dial(t, address, "GET / HTTP/1.1\r\nX-Slow: ")
	for i := range 20 {
		if c := dial(t, address, hello); !hears(c) {
			t.Fatalf("connection %d is not answered", i)
		}
		for answering(g) != 1 { // a client has its answer before the server is done with it
			time.Sleep(time.Millisecond)
		}
	}
	for name, c := range map[string]net.Conn{"silent": silent, "slow": slow} {
		if hears(c) {
			t.Errorf("the %s one is answered", name)
		}
	}
	busy.SetReadDeadline(time.Now().Add(50 * time.Millisecond))
	if _, err := busy.Read(make([]byte, 1)); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("the one that is being answered was closed: %v", err)
	}
}

// A from is a connection from an address.
type from struct {
	net.Conn
	address string
}

func (f from) RemoteAddr() net.Addr {
	return net.TCPAddrFromAddrPort(netip.MustParseAddrPort(f.address + ":4711"))
}

// Where all are being answered, who has been for long gives way, the one for longest
// first, and so where as many requests are; a proxy that is always at work does not.
func TestSlowGiveWay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := New(Limits{Connections: 3, Trusted: loopback}, slog.New(slog.DiscardHandler))
		asks := func(address string) (c, gone *conn) {
			near, _ := net.Pipe()
			if c, gone = g.admit(from{near, address}); c != nil {
				g.Watch(c, http.StateActive)
				time.Sleep(time.Second)
			}
			return c, gone
		}
		asks("127.0.0.1")
		first, _ := asks("192.0.2.1")
		asks("192.0.2.2")
		if c, _ := asks("192.0.2.3"); c != nil {
			t.Error("one came in though nobody has been answered for long")
		}
		time.Sleep(patience)
		if c, gone := asks("192.0.2.3"); c == nil || gone != first {
			t.Errorf("%v came in for %v", c, gone)
		}
		for range 3 {
			g.Enter(request("127.0.0.1:1"))
		}
		for _, want := range []int{0, 503} { // one more is slow, and its requests are not known to have ended
			if _, status, _ := g.Enter(request("192.0.2.4:1")); status != want {
				t.Errorf("a request beyond the limit: %d, want %d", status, want)
			}
		}
		if n := g.conns.Len(); n != 2 {
			t.Errorf("%d connections are left", n)
		}
	})
}

// If all are being answered, and if a client has its share, nobody else comes in,
// until one goes.
func TestConnectionsOfAClient(t *testing.T) {
	for _, l := range []Limits{{Connections: 2}, {ClientConnections: 2}} {
		t.Run(fmt.Sprint(l), func(t *testing.T) {
			_, address := serve(t, l)
			first := stay(t, address)
			stay(t, address)
			for range 3 {
				if hears(dial(t, address, hello)) {
					t.Fatal("a third one is answered")
				}
			}
			first.Close()
			for answered := false; !answered; { // until it is known to be gone
				answered = hears(dial(t, address, hello))
			}
		})
	}
}

// What a request costs that passes the gate.
func BenchmarkGate(b *testing.B) {
	g := New(Limits{Connections: 1000, ClientConnections: 100, ClientRequests: 10_000_000}, slog.New(slog.DiscardHandler))
	r := request("192.0.2.1:4711")
	b.ReportAllocs()
	for b.Loop() {
		p, _, _ := g.Enter(r)
		g.Leave(p)
	}
}
