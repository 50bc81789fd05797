package web

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"newswired/feed"
)

type anySubscribers = Subscribers

// owing owes a hub of others one ping until it was told. It has no subscribers.
type owing struct {
	anySubscribers
	pings []feed.Ping
}

func (o *owing) EndLeases(context.Context, time.Time) error { return nil }

func (o *owing) PingsOwed(context.Context, string, time.Time) ([]feed.Ping, error) {
	return o.pings, nil
}

func (o *owing) NotePing(context.Context, feed.Ping) error {
	o.pings = nil
	return nil
}

type clientFunc func(*http.Request) (*http.Response, error)

func (f clientFunc) Do(r *http.Request) (*http.Response, error) { return f(r) }

// TestPingShowsChange lets a hub come for the Edition at once when it is told of
// the last of several changes: it gets that, although readers of a Feed that
// changes so often are served what was true a moment ago; and it is not told
// while the change cannot be shown.
func TestPingShowsChange(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		lib, store, pinged := newLibrary(), &owing{}, 0
		var site *Site
		var last time.Time
		hub := clientFunc(func(r *http.Request) (*http.Response, error) {
			text, _ := io.ReadAll(r.Body)
			form, err := url.ParseQuery(string(text))
			if err != nil {
				return nil, err
			}
			pinged++
			path := strings.TrimPrefix(form.Get("hub.url"), "https://news.example.org")
			ask(site, "GET", path)
			if r := site.routes.Load().shelves[path].current.Load(); r != nil && !r.changed.Equal(last) {
				t.Errorf("%s shows what was true %s before", path, last.Sub(r.changed))
			}
			return &http.Response{StatusCode: http.StatusAccepted, Body: http.NoBody}, nil
		})
		cfg := config()
		cfg.WebSub = WebSub{Hubs: []string{"https://hub.example/"}, Store: store, Client: hub}
		site = New(lib, cfg, slog.New(slog.DiscardHandler))
		for range 4 {
			last = time.Now()
			lib.do(func() { lib.changed["korea"] = last })
			ask(site, "GET", edition)
			time.Sleep(renewPause / 2)
		}
		last = time.Now()
		lib.do(func() { lib.changed["korea"], lib.err = last, io.ErrUnexpectedEOF })
		store.pings = []feed.Ping{{Hub: "https://hub.example/", Feed: "korea", Changed: last}}
		site.Tell(t.Context())
		synctest.Wait()
		if pinged != 0 {
			t.Errorf("told of what cannot be shown")
		}
		lib.do(func() { lib.err = nil })
		time.Sleep(failurePause)
		site.Tell(t.Context())
		synctest.Wait()
		if pinged != 3 {
			t.Errorf("told of %d editions, want 3", pinged)
		}
		site.Close()
	})
}

// A client that asks without end takes nobody else's share, and all together have
// theirs.
func TestHubPace(t *testing.T) {
	var p pace
	now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	ask := func(client byte) (n int) {
		for ; n <= maxAsked; n++ {
			if !p.allows(netip.AddrFrom4([4]byte{192, 0, 2, client}), fmt.Sprint(client, ".example:", n), now) {
				break
			}
		}
		return n
	}
	for client := range byte(maxAsked / maxAskedBy) {
		if n := ask(client); n != maxAskedBy {
			t.Errorf("client %d: %d requests in a minute", client, n)
		}
	}
	if n := ask(100); n != 0 {
		t.Errorf("%d requests beyond those of all", n)
	}
	now = now.Add(time.Minute)
	if n := ask(0); n != maxAskedBy {
		t.Errorf("%d requests in the next minute", n)
	}
}

// SubscriberCounts says that there is room.
func (o *owing) SubscriberCounts(context.Context, feed.Subscriber, time.Time) (all, host int, err error) {
	return 0, 0, nil
}

// Our hub tells clients apart as it is told to.
func TestHubAsker(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cfg := config()
		refuse := clientFunc(func(*http.Request) (*http.Response, error) { return nil, io.ErrUnexpectedEOF })
		asker := func(r *http.Request) netip.Addr { return netip.MustParseAddr(r.Header.Get("X-Client")) }
		cfg.WebSub = WebSub{Own: true, Store: &owing{}, Client: refuse, Asker: asker}
		site := New(newLibrary(), cfg, slog.New(slog.DiscardHandler))
		defer site.Close()
		subscribe := func(client string, n int) int {
			form := url.Values{"hub.mode": {"subscribe"}, "hub.topic": {"https://news.example.org" + edition}, "hub.callback": {fmt.Sprintf("https://reader-%d.example/", n)}}
			r := httptest.NewRequest("POST", "/hub", strings.NewReader(form.Encode()))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set("X-Client", client)
			w := httptest.NewRecorder()
			site.ServeHTTP(w, r)
			return w.Code
		}
		for n := range maxAskedBy + 1 {
			want := http.StatusAccepted
			if n == maxAskedBy {
				want = http.StatusTooManyRequests
			}
			if got := subscribe("192.0.2.1", n); got != want {
				t.Fatalf("request %d of a client: %d, want %d", n, got, want)
			}
		}
		if got := subscribe("192.0.2.2", 1000); got != http.StatusAccepted {
			t.Errorf("of another client: %d", got)
		}
	})
}
