package web

import (
	"context"
	"io"
	"log/slog"
	"net/http"
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
