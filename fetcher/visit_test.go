package fetcher

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"newswired/feed"
)

// newNames polls what a handler serves under every host name.
func newNames(t *testing.T, o Options, h http.HandlerFunc) *bench {
	t.Helper()
	server := httptest.NewServer(h)
	o.Dial = func(ctx context.Context, network, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, network, server.Listener.Addr().String())
	}
	b := &bench{t: t, store: &memory{states: make(map[string]feed.State)}, url: "http://wire.example"}
	b.Poller = New(b.store, o, slog.New(slog.DiscardHandler))
	t.Cleanup(func() { b.Close(); server.Close() })
	return b
}

// poll polls, and returns what was recorded: nothing of a poll that was held back.
func (b *bench) poll(src feed.Source, u Urgency) (Result, feed.Poll) {
	b.t.Helper()
	r, err := b.Poll(context.Background(), src, u)
	if err != nil {
		b.t.Fatal(err)
	}
	if r.isHeld() {
		return r, feed.Poll{}
	}
	return r, b.store.last()
}

// A host that many Sources lead to is asked for one thing at a time, too, and
// Sources that lead to each other's hosts do not wait for each other for ever.
func TestOneAtATimeOverRedirects(t *testing.T) {
	var busy atomic.Int32
	b := newNames(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
		if r.Host != "wire.example" {
			time.Sleep(time.Millisecond)
			http.Redirect(w, r, "http://wire.example/rss", http.StatusFound)
			return
		}
		if busy.Add(1) > 1 {
			t.Error("two requests at a time")
		}
		time.Sleep(10 * time.Millisecond)
		busy.Add(-1)
		io.WriteString(w, one)
	})
	var all sync.WaitGroup
	for i := range 3 * polls {
		url := []string{b.url, "http://other.example", fmt.Sprintf("http://%d.example", i)}[i%3]
		all.Go(func() { b.poll(feed.Source{Name: fmt.Sprint("wire-", i), URL: url}, Scheduled) })
	}
	all.Wait()
	for _, p := range b.store.polls {
		if p.Kind != feed.OK {
			t.Errorf("%s: %q", p.Source, p.Error)
		}
	}
	if len(b.slots) != 0 || len(b.hosts.all) != 0 {
		t.Errorf("%d slots and %d hosts taken", len(b.slots), len(b.hosts.all))
	}
}

// The time that a fetch may take is for all its requests together.
func TestTimeoutOverRedirects(t *testing.T) {
	h := func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(120 * time.Millisecond)
		http.Redirect(w, r, r.URL.Path+"x", http.StatusFound)
	}
	b := newBench(t, Options{Allow: loopback, Timeout: 300 * time.Millisecond}, h)
	start := time.Now()
	if p := b.ask("/"); p.Kind != feed.Timeout || time.Since(start) > 2*time.Second {
		t.Errorf("%q %q after %s", p.Kind, p.Error, time.Since(start))
	}
}

// What is said to one host is for it alone: fields that may be secrets do not
// leave the origin of the Source's URL.
func TestFieldsStayWithTheirOrigin(t *testing.T) {
	var got []http.Header
	b := newNames(t, Options{UserAgent: "newswired"}, func(w http.ResponseWriter, r *http.Request) {
		got = append(got, r.Header)
		switch r.URL.Path {
		case "/home":
			http.Redirect(w, r, "/there", http.StatusMovedPermanently)
		case "/there":
			http.Redirect(w, r, "http://me:secret@other.example/elsewhere", http.StatusFound)
		default:
			io.WriteString(w, one)
		}
	})
	b.options.Credential = func(name string) (string, error) { return "Bearer secret of " + name, nil }
	src := feed.Source{Name: "wire", URL: b.url + "/home", Credential: "wire", Headers: map[string]string{
		"Cookie": "secret", "X-Api-Key": "secret", "accept-language": "ko",
	}}
	if _, p := b.poll(src, Forced); p.Kind != feed.OK || len(got) != 3 {
		t.Fatalf("%q, %d requests", p.Error, len(got))
	}
	for i, h := range got {
		secrets := strings.Count(h.Get("Authorization")+h.Get("Cookie")+h.Get("X-Api-Key"), "secret")
		if want := []int{3, 3, 0}[i]; secrets != want {
			t.Errorf("request %d carries %d secrets, want %d", i+1, secrets, want)
		}
		if h.Get("Accept-Language") != "ko" || h.Get("User-Agent") != "newswired" || h.Get("Referer") != "" {
			t.Errorf("request %d: %v", i+1, h)
		}
	}
}

// A Source whose credential cannot be had is not asked, and says so.
func TestKeyless(t *testing.T) {
	b := newBench(t, Options{Allow: loopback}, func(http.ResponseWriter, *http.Request) { t.Error("asked") })
	b.options.Credential = func(string) (string, error) { return "", errors.New("no such file") }
	_, p := b.poll(feed.Source{Name: "wire", URL: b.url, Credential: "wire"}, Forced)
	if p.Kind != feed.Keyless || p.Error != "no such file" || p.NextReason != feed.ByBackoff {
		t.Errorf("%+v", p)
	}
}

// After a 429 nobody asks that host for anything, nor is led to it; others are
// asked. A person may, if the wait is over or forced.
func TestTooManyRequests(t *testing.T) {
	asked, enough := 0, true
	b := newNames(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.Host == "led.example":
			http.Redirect(w, r, "http://wire.example/3", http.StatusFound)
			return
		case r.Host == "quiet.example":
			io.WriteString(w, one)
			return
		}
		asked++
		if enough {
			w.Header().Set("Retry-After", "3600")
			w.WriteHeader(http.StatusTooManyRequests)
			return
		}
		w.Header().Set("ETag", `"1"`)
		io.WriteString(w, one)
	})
	first, second := feed.Source{Name: "first", URL: b.url + "/1"}, feed.Source{Name: "second", URL: b.url + "/2"}
	led, quiet := feed.Source{Name: "led", URL: "http://led.example/3"}, feed.Source{Name: "quiet", URL: "http://quiet.example"}
	if _, p := b.poll(first, Scheduled); p.Busy != feed.HostPort(b.url) || p.Status != 429 {
		t.Fatalf("%+v", p)
	}
	for _, urgency := range []Urgency{Scheduled, Manual} {
		r, _ := b.poll(second, urgency)
		if wait := time.Until(r.Held); wait < 59*time.Minute || wait > time.Hour {
			t.Errorf("urgency %d: another source of the host is held for %s", urgency, wait)
		}
	}
	_, p := b.poll(led, Scheduled)
	if wait := p.NextFetch.Sub(p.Started); p.Kind != feed.BadStatus || !strings.Contains(p.Error, "left alone") || wait < 59*time.Minute {
		t.Errorf("led there: %q %q, next after %s", p.Kind, p.Error, wait)
	}
	if r, _ := b.poll(quiet, Scheduled); r.isHeld() {
		t.Errorf("another host is held until %s", r.Held)
	}
	if asked != 1 {
		t.Errorf("the host was asked %d times", asked)
	}
	enough = false
	if _, p := b.poll(second, Forced); p.Kind != feed.OK || asked != 2 {
		t.Errorf("forced: %q, asked %d times", p.Error, asked)
	}
	b.store.busy[feed.HostPort(b.url)] = time.Now().AddDate(10, 0, 0) // by a clock that was wrong
	if _, p := b.poll(led, Forced); p.Kind != feed.OK {
		t.Errorf("led there after a wrong clock: %q", p.Error)
	}
	b.store.busy[feed.HostPort(b.url)] = time.Now().Add(-time.Second)
	if r, _ := b.poll(second, Manual); r.isHeld() || asked != 4 {
		t.Errorf("afterwards: %+v, asked %d times", r, asked)
	}
}

// Of a redirect to a host that says 429, that host is held, with the Source that
// was led there; the host that led there is not to blame.
func TestTooManyRequestsBehindRedirect(t *testing.T) {
	asked := make(map[string]int)
	b := newNames(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
		asked[r.Host]++
		switch {
		case r.Host == "busy.example":
			w.Header().Set("Retry-After", "40")
			w.WriteHeader(http.StatusTooManyRequests)
		case r.URL.Path == "/led":
			http.Redirect(w, r, "http://busy.example/", http.StatusFound)
		default:
			io.WriteString(w, one)
		}
	})
	led := feed.Source{Name: "led", URL: b.url + "/led"}
	_, p := b.poll(led, Scheduled)
	if p.Busy != feed.HostPort("http://busy.example") || p.Status != 429 || p.NextFetch.Sub(p.Started) < 10*time.Minute {
		t.Fatalf("%+v", p)
	}
	for _, c := range []struct {
		src     feed.Source
		urgency Urgency
		least   time.Duration // for which it is held; 0: it is not
	}{
		{led, Scheduled, 10 * time.Minute},
		{led, Manual, 30 * time.Second},
		{feed.Source{Name: "there", URL: "http://busy.example/other"}, Scheduled, 30 * time.Second},
		{feed.Source{Name: "there", URL: "http://busy.example/other"}, Manual, 30 * time.Second},
		{feed.Source{Name: "beside", URL: b.url + "/other"}, Scheduled, 0},
	} {
		r, _ := b.poll(c.src, c.urgency)
		if wait := time.Until(r.Held); r.isHeld() != (c.least > 0) || r.isHeld() && (wait < c.least || wait > c.least+2*time.Minute) {
			t.Errorf("%s, urgency %d: held for %s, want %s", c.src.Name, c.urgency, wait, c.least)
		}
	}
	if asked["busy.example"] != 1 || asked["wire.example"] != 2 {
		t.Errorf("asked %v", asked)
	}
}

// A Source that has moved for good is asked where it is, until it is there no
// more; then at its configured URL again. One that may have, or has only gone to
// an address that is less safe, is asked at its URL.
func TestMoved(t *testing.T) {
	gone, homes, status := false, 0, http.StatusMovedPermanently
	src := feed.Source{Name: "wire", URL: "http://wire.example/old"}
	b := newNames(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.Host == "wire.example":
			homes++
			http.Redirect(w, r, "http://new.example/new", status)
		case gone:
			w.WriteHeader(http.StatusGone)
		default:
			says(200, `"1"|`, one)(w, r)
		}
	})
	ask := func(homeAsked int, settled bool) {
		t.Helper()
		before := homes
		_, p := b.poll(src, Forced)
		if homes-before != homeAsked || p.Move.Settled() != settled {
			t.Errorf("home asked %d times, want %d; %q, %+v", homes-before, homeAsked, p.Error, p.Move)
		}
		s := b.store.states["wire"]
		if !s.Move.First.IsZero() {
			s.Move.First = s.Move.First.Add(-13 * time.Hour) // the time that passes until the next poll
			b.store.states["wire"] = s
		}
	}
	ask(1, false)
	ask(1, false)
	ask(1, true)
	ask(0, true)
	gone = true
	ask(0, false)
	if p := b.store.last(); p.Kind != feed.BadStatus || b.store.states["wire"].Stopped {
		t.Errorf("gone where it had moved to: %q, stopped %t", p.Kind, b.store.states["wire"].Stopped)
	}
	gone, status = false, http.StatusFound
	for range 4 {
		ask(1, false)
	}
	status = http.StatusPermanentRedirect
	ask(1, false)
	gone = true
	ask(1, false)
	if p := b.store.last(); p.Kind != feed.Gone {
		t.Errorf("gone behind a permanent redirect: %q", p.Kind)
	}
}

// One connection serves all polls of a host, whatever it answers, by HTTP/2 if
// it can.
func TestConnectionsAreKept(t *testing.T) {
	for _, protocol := range []string{"HTTP/1.1", "HTTP/2.0"} {
		var opened, asked atomic.Int32
		server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			asked.Add(1)
			if r.Proto != protocol {
				t.Errorf("asked by %s", r.Proto)
			}
			switch r.URL.Path {
			case "/moved":
				http.Redirect(w, r, "/", http.StatusFound)
			case "/none":
				http.NotFound(w, r)
			default:
				says(200, `"1"|`, one)(w, r)
			}
		}))
		server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
			if state == http.StateNew {
				opened.Add(1)
			}
		}
		server.EnableHTTP2 = protocol == "HTTP/2.0"
		server.StartTLS()
		defer server.Close()
		b := newBench(t, Options{Allow: loopback}, nil)
		b.client.Transport.(*http.Transport).TLSClientConfig = server.Client().Transport.(*http.Transport).TLSClientConfig.Clone()
		b.client.Transport.(*http.Transport).TLSClientConfig.NextProtos = nil
		for _, path := range []string{"/", "/", "/none", "/moved", "/"} {
			b.poll(feed.Source{Name: "wire", URL: server.URL + path}, Forced)
		}
		b.Close()
		if opened.Load() != 1 || asked.Load() != 6 {
			t.Errorf("%s: %d connections for %d requests", protocol, opened.Load(), asked.Load())
		}
	}
}

// A server that closes its connections is spared the whole handshake the next
// time.
func TestSessionsAreResumed(t *testing.T) {
	var resumed []bool
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		resumed = append(resumed, r.TLS.DidResume)
		w.Header().Set("Connection", "close")
		io.WriteString(w, one)
	}))
	defer server.Close()
	b := newBench(t, Options{Allow: loopback}, nil)
	b.client.Transport.(*http.Transport).TLSClientConfig.RootCAs = server.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs
	for range 3 {
		b.poll(feed.Source{Name: "wire", URL: server.URL}, Forced)
	}
	if !slices.Equal(resumed, []bool{false, true, true}) {
		t.Errorf("resumed: %t", resumed)
	}
}

// A redirect from https to http is followed, but not kept: whoever can read it
// could have sent it.
func TestDowngradeIsNotKept(t *testing.T) {
	b := newNames(t, Options{}, says(200, `"1"|`, one))
	server := httptest.NewTLSServer(http.RedirectHandler("http://wire.example/rss", http.StatusMovedPermanently))
	defer server.Close()
	plain := b.client.Transport.(*http.Transport).DialContext
	transport := server.Client().Transport.(*http.Transport).Clone()
	transport.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		if strings.HasSuffix(address, ":443") {
			return new(net.Dialer).DialContext(ctx, network, server.Listener.Addr().String())
		}
		return plain(ctx, network, address)
	}
	b.client.Transport = transport
	_, p := b.poll(feed.Source{Name: "wire", URL: "https://example.com/rss"}, Forced) // the name of the test's certificate
	if p.Kind != feed.OK || p.Move != (feed.Move{}) || p.Validators.URL != "http://wire.example/rss" {
		t.Errorf("%q %q, %+v", p.Kind, p.Error, p.Move)
	}
}

// Where a Source has moved to leads on to a host that is left alone: that says
// nothing of the move. Who forces a poll asks that host, too.
func TestLedToABusyHost(t *testing.T) {
	asked := 0
	b := newNames(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
		if r.Host == "new.example" {
			http.Redirect(w, r, "http://busy.example/rss", http.StatusFound)
			return
		}
		asked++
		io.WriteString(w, one)
	})
	now := time.Now()
	moved := feed.Move{To: "http://new.example/rss", First: now.Add(-48 * time.Hour), Last: now, Count: 3}
	b.store.states["wire"] = feed.State{Move: moved}
	b.store.busy = map[string]time.Time{"busy.example:80": now.Add(time.Hour)}
	src := feed.Source{Name: "wire", URL: b.url}
	if _, p := b.poll(src, Scheduled); p.Kind != feed.BadStatus || p.Move != moved || asked != 0 {
		t.Errorf("%q %q, moved to %+v, asked %d times", p.Kind, p.Error, p.Move, asked)
	}
	if _, p := b.poll(src, Forced); p.Kind != feed.OK || asked != 1 {
		t.Errorf("forced: %q %q, asked %d times", p.Kind, p.Error, asked)
	}
}
