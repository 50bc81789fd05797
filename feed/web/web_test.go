package web

import (
	"compress/gzip"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"newswired/feed"
	"newswired/feed/web/limit"
)

func containsAny(s string, parts ...string) bool {
	for _, p := range parts {
		if strings.Contains(s, p) {
			return true
		}
	}
	return false
}

func TestRoutes(t *testing.T) {
	site, _ := newSite(newLibrary())
	for _, test := range []struct {
		path, contentType string
		status            int
	}{
		{"/", "text/html; charset=utf-8", 200},
		{"/feeds/korea", "text/html; charset=utf-8", 200},
		{"/feeds/korea.atom", "application/atom+xml; charset=utf-8", 200},
		{"/feeds/korea.rss", "application/rss+xml; charset=utf-8", 200},
		{"/feeds/korea.json", "application/feed+json; charset=utf-8", 200},
		{"/feeds/empty.atom", "application/atom+xml; charset=utf-8", 200},
		{"/style.css", "text/css; charset=utf-8", 200},
		{"/healthz", "text/plain; charset=utf-8", 200},
		{"/readyz", "text/plain; charset=utf-8", 200},
		{"/metrics", "text/plain; charset=utf-8", 404},
		{"/feeds/korea.txt", "text/plain; charset=utf-8", 404},
		{"/feeds/korea/", "text/plain; charset=utf-8", 404},
		{"/feeds/other.atom", "text/plain; charset=utf-8", 404},
		{"/feeds/", "text/plain; charset=utf-8", 404},
		{"//", "text/plain; charset=utf-8", 404},
		{"/feeds/../style.css", "text/plain; charset=utf-8", 404},
	} {
		for _, method := range []string{"GET", "HEAD", "POST", "OPTIONS", "DELETE"} {
			r, want := ask(site, method, test.path), test.status
			if want == 200 && method != "GET" && method != "HEAD" {
				want = 405
				if allow := r.Header.Get("Allow"); allow != "GET, HEAD" {
					t.Errorf("%s %s: Allow %q", method, test.path, allow)
				}
			} else if got := r.Header.Get("Content-Type"); got != test.contentType {
				t.Errorf("%s %s: Content-Type %q, want %q", method, test.path, got, test.contentType)
			}
			if r.StatusCode != want {
				t.Errorf("%s %s: status %d, want %d", method, test.path, r.StatusCode, want)
			}
			if r.Header.Get("Content-Security-Policy") == "" || r.Header.Get("Referrer-Policy") != "no-referrer" {
				t.Errorf("%s %s: unguarded: %v", method, test.path, r.Header)
			}
		}
	}
}

// However many ask how we are, one at a time keeps others from writing.
func TestHealthInTurn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var asked atomic.Int64
		cfg := config()
		cfg.Probes.Alive = func() error {
			asked.Add(1)
			time.Sleep(15 * time.Second)
			return nil
		}
		site, statuses := New(newLibrary(), cfg, slog.New(slog.DiscardHandler)), make(chan int, 100)
		for range cap(statuses) {
			go func() { statuses <- ask(site, "GET", "/healthz").StatusCode }()
		}
		time.Sleep(checkPatience)
		synctest.Wait()
		if len(statuses) != 99 || asked.Load() != 1 {
			t.Errorf("%d are answered after %s, %d have asked the database", len(statuses), checkPatience, asked.Load())
		}
		for range len(statuses) {
			if status := <-statuses; status != http.StatusServiceUnavailable {
				t.Errorf("who waited is answered %d", status)
			}
		}
		if status := <-statuses; status != http.StatusOK {
			t.Errorf("who asked first is answered %d", status)
		}
	})
}

// What another handler answers is guarded, too.
func TestPushIsGuarded(t *testing.T) {
	cfg := config()
	cfg.Push = http.NotFoundHandler()
	r := ask(New(newLibrary(), cfg, slog.New(slog.DiscardHandler)), "GET", feed.CallbackPath+"x")
	if r.StatusCode != 404 || r.Header.Get("Content-Security-Policy") == "" || r.Header.Get("Referrer-Policy") != "no-referrer" {
		t.Errorf("%d, %v", r.StatusCode, r.Header)
	}
}

func TestEditionsParse(t *testing.T) {
	site, _ := newSite(newLibrary())
	for _, name := range []string{"korea", "empty"} {
		want := len(newLibrary().entries[name])
		var atom struct {
			ID      string     `xml:"id"`
			Updated string     `xml:"updated"`
			Entries []struct{} `xml:"entry"`
		}
		if err := xml.NewDecoder(ask(site, "GET", "/feeds/"+name+".atom").Body).Decode(&atom); err != nil {
			t.Fatal(err)
		}
		if atom.ID != "tag:news.example.org,2026:7f/feed/"+name || atom.Updated == "" || len(atom.Entries) != want {
			t.Errorf("%s.atom: %+v, want %d entries", name, atom, want)
		}
		var feed struct {
			Self  string            `json:"feed_url"`
			Items []json.RawMessage `json:"items"`
		}
		if err := json.NewDecoder(ask(site, "GET", "/feeds/"+name+".json").Body).Decode(&feed); err != nil {
			t.Fatal(err)
		}
		if feed.Self != "https://news.example.org/feeds/"+name+".json" || feed.Items == nil || len(feed.Items) != want {
			t.Errorf("%s.json: %+v, want %d items", name, feed, want)
		}
	}
}

func TestGzip(t *testing.T) {
	site, _ := newSite(newLibrary())
	for path := range site.routes.Load().shelves {
		plain := ask(site, "GET", path)
		zipped := ask(site, "GET", path, "Accept-Encoding", "br;q=1, gzip;q=0.8")
		want := body(t, plain)
		length := zipped.Header.Get("Content-Length")
		raw := body(t, zipped)
		if zipped.Header.Get("Content-Encoding") != "gzip" || length != strconv.Itoa(len(raw)) || zipped.Header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%s: header %v for %d bytes", path, zipped.Header, len(raw))
			continue
		}
		z, err := gzip.NewReader(strings.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(z)
		if err != nil || string(got) != want {
			t.Errorf("%s: %d bytes decoded, want %d; error %v", path, len(got), len(want), err)
		}
		if plain.Header.Get("Content-Encoding") != "" {
			t.Errorf("%s: compressed though nobody asked", path)
		}
	}
}

func TestHealth(t *testing.T) {
	cfg := config()
	var dead, unready error
	cfg.Probes = Probes{Alive: func() error { return dead }, Ready: func() error { return unready }}
	for _, h := range []http.Handler{New(newLibrary(), cfg, slog.New(slog.DiscardHandler)), cfg.Probes} {
		check := func(path string, status int, text string) {
			t.Helper()
			r := ask(h, "GET", path)
			if got := body(t, r); r.StatusCode != status || got != text || r.Header.Get("Cache-Control") != "no-store" {
				t.Errorf("%T: %s: %d, %q, %v", h, path, r.StatusCode, got, r.Header)
			}
		}
		dead, unready = nil, nil
		check("/healthz", 200, "ok\n")
		check("/readyz", 200, "ok\n")
		unready = errors.New("no room")
		check("/healthz", 200, "ok\n")
		check("/readyz", 503, "no room\n")
		unready = errors.New("database /var/lib/x/news.db: no room") // folders are nobody's business
		check("/readyz", 503, "database …/news.db: no room\n")
		dead = errors.New("no tick for 5m0s\nat all")
		check("/healthz", 503, "no tick for 5m0s at all\n")
	}
}

// Metrics are where they are wanted, guarded like all else; a listener of their own
// answers nothing but probes.
func TestProbes(t *testing.T) {
	p := Probes{Metrics: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "up 1\n") })}
	cfg := config()
	cfg.Probes = p
	site := New(newLibrary(), cfg, slog.New(slog.DiscardHandler))
	for _, h := range []http.Handler{site, p} {
		r := ask(h, "GET", "/metrics")
		if body(t, r) != "up 1\n" || r.Header.Get("Cache-Control") != "no-store" || r.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%T: %v", h, r.Header)
		}
		if r := ask(h, "POST", "/metrics"); r.StatusCode != 405 || r.Header.Get("Allow") != "GET, HEAD" {
			t.Errorf("%T: POST: %d", h, r.StatusCode)
		}
	}
	for _, path := range []string{"/", edition, "/opml", "/style.css", "/hub", "/metrics/"} {
		if r := ask(p, "GET", path); r.StatusCode != 404 {
			t.Errorf("%s: %d", path, r.StatusCode)
		}
	}
}

// Who wants to know is told of each rendering, once.
func TestRendered(t *testing.T) {
	cfg, told := config(), make(map[string]int)
	cfg.Rendered = func(path string, took time.Duration) { told[path]++ }
	site := New(newLibrary(), cfg, slog.New(slog.DiscardHandler))
	for range 3 {
		ask(site, "GET", edition)
	}
	if told[edition] != 1 || len(told) != 1 {
		t.Errorf("told %v", told)
	}
}

// TestConfigure holds that a reload serves the new feeds at once, and that only
// what it changed is rendered again.
func TestConfigure(t *testing.T) {
	lib := newLibrary()
	site, _ := newSite(lib)
	before := ask(site, "GET", "/feeds/korea.atom").Header.Get("ETag")
	ask(site, "GET", "/feeds/empty.atom")
	asked := lib.questions()

	cfg := config()
	cfg.Feeds = []feed.Feed{cfg.Feeds[0], {Name: "new", Title: "New", Limit: 5}}
	site.Configure(cfg)
	if got := ask(site, "GET", "/feeds/korea.atom").Header.Get("ETag"); got != before || lib.questions() != asked {
		t.Errorf("a feed that did not change was rendered again")
	}
	for path, want := range map[string]int{"/feeds/empty.atom": 404, "/feeds/empty": 404, "/feeds/new.atom": 200} {
		if got := ask(site, "GET", path).StatusCode; got != want {
			t.Errorf("%s: status %d, want %d", path, got, want)
		}
	}
	if text := body(t, ask(site, "GET", "/")); !strings.Contains(text, "feeds/new.rss") || strings.Contains(text, "feeds/empty") {
		t.Errorf("index is of the former configuration:\n%s", text)
	}
	cfg.Feeds = []feed.Feed{{Name: "korea", Title: "Another title", Limit: 100}}
	site.Configure(cfg)
	if got := ask(site, "GET", "/feeds/korea.atom").Header.Get("ETag"); got == before {
		t.Errorf("the new title is not served")
	}
}

func TestServer(t *testing.T) {
	var log strings.Builder
	quiet := slog.New(slog.NewTextHandler(&log, nil))
	s := Server(http.NotFoundHandler(), limit.New(limit.Limits{}, quiet), quiet)
	if s.ReadHeaderTimeout <= 0 || s.ReadTimeout <= 0 || s.WriteTimeout <= 0 || s.IdleTimeout <= 0 || s.MaxHeaderBytes <= 0 || s.HTTP2.MaxConcurrentStreams <= 0 {
		t.Errorf("a limit is missing: %+v", s)
	}
	s.ErrorLog.Print("http: TLS handshake error from 192.0.2.1:1: EOF")
	for range 1000 {
		s.ErrorLog.Print("http: trouble")
	}
	if n := strings.Count(log.String(), `level=WARN msg="http: trouble"`+"\n"); n < 1 || n > 20 || strings.Contains(log.String(), "handshake") {
		t.Errorf("%d complaints in log %q", n, log.String())
	}
}
