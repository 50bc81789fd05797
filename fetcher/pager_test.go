package fetcher

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"newswired/feed"
	pages "newswired/fetcher/page"
)

// A pageMemory is a store of pages in memory: each is given out once.
type pageMemory struct {
	mu     sync.Mutex
	due    []*feed.PageDue
	done   map[string]feed.PageFetch // by path
	robots map[string]feed.RobotsFile
}

// PageHosts returns the host of each page that is due, also several times.
func (m *pageMemory) PageHosts(context.Context, int, time.Time) ([]string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var all []string
	for _, d := range m.due {
		all = append(all, feed.HostPort(d.URL))
	}
	return all, nil
}

// ClaimPage gives the first page of a host away, nil if none is due.
func (m *pageMemory) ClaimPage(_ context.Context, host string, _ []string, _ int, _ time.Time) (*feed.PageDue, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for i, d := range m.due {
		if feed.HostPort(d.URL) == host {
			m.due = append(m.due[:i:i], m.due[i+1:]...)
			return d, nil
		}
	}
	return nil, nil
}

func (m *pageMemory) RecordPage(_ context.Context, f feed.PageFetch) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if f.Page != nil && strings.Contains(f.Page.Text, "unbearable") {
		return fmt.Errorf("record: %w", &feed.PanicError{Value: "cannot compare it"})
	}
	_, path, _ := strings.Cut(strings.TrimPrefix(f.URL, "http://"), "/")
	m.done[path] = f
	return nil
}

func (m *pageMemory) Robots(_ context.Context, origin string) (feed.RobotsFile, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.robots[origin], nil
}

func (m *pageMemory) RecordRobots(_ context.Context, origin string, f feed.RobotsFile) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.robots[origin] = f
	return nil
}

// readWhole is a reader for which a page is all text but for what begins with
// a mark.
func readWhole(body []byte, _, url string, _ feed.Source) (feed.Page, error) {
	switch text := string(body); {
	case strings.HasPrefix(text, "paywall"):
		return feed.Page{}, &pages.RefusedError{Reason: pages.Paywall, Text: "for subscribers"}
	case strings.HasPrefix(text, "error"):
		return feed.Page{}, errors.New("no article")
	case strings.HasPrefix(text, "panic"):
		panic("reader")
	default:
		return feed.Page{URL: url, Text: text, Content: "<p>" + text}, nil
	}
}

// fetchPages fetches pages of hosts that all are one handler, and returns what came
// of them by their paths.
func fetchPages(t *testing.T, o Options, h http.HandlerFunc, due ...*feed.PageDue) (map[string]feed.PageFetch, PageCount) {
	t.Helper()
	b := newNames(t, o, h)
	m := &pageMemory{due: due, done: make(map[string]feed.PageFetch), robots: make(map[string]feed.RobotsFile)}
	for i, d := range due {
		d.Article, d.Source = int64(i+1), "wire"
	}
	src := feed.Source{Name: "wire", URL: "http://wire.example/rss", FullText: true, Credential: "key", Headers: map[string]string{"X-Key": "secret"}}
	n, err := NewPager(b.Poller, m, readWhole, []feed.Source{src}, 100).Run(context.Background(), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	return m.done, n
}

func dueAt(url string) *feed.PageDue {
	return &feed.PageDue{URL: url, Says: feed.Article{Title: "Word"}}
}

// What becomes of a page, by what its server does.
func TestPageFaults(t *testing.T) {
	for _, test := range []struct {
		name   string
		answer func(w http.ResponseWriter, r *http.Request)
		kind   feed.Kind
		error  string // contains
	}{
		{"good", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "word by word") }, feed.OK, ""},
		{"redirected", func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/page" {
				http.Redirect(w, r, "http://other.example/there", http.StatusFound)
				return
			}
			fmt.Fprint(w, "word by word")
		}, feed.OK, ""},
		{"403", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(403) }, feed.BadStatus, "403 Forbidden"},
		{"410", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(410) }, feed.Gone, "410 Gone"},
		{"429", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "3600")
			w.WriteHeader(429)
		}, feed.BadStatus, "429"},
		{"challenge", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Cf-Mitigated", "challenge")
			w.WriteHeader(403)
		}, feed.Challenge, "Cloudflare"},
		{"slow", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, feed.Timeout, "timeout"},
		{"cut", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			fmt.Fprint(w, "word")
		}, feed.Truncated, "after 4 bytes"},
		{"too large", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, strings.Repeat("word ", 1<<20)) }, feed.TooLarge, "max_body"},
		{"too much text", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, strings.Repeat("word ", 60_000)) }, feed.TooLarge, "no more than"},
		{"paywall", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "paywall") }, feed.Paywall, "subscribers"},
		{"no article", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "error") }, feed.NoText, "no article"},
		{"panic", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "panic") }, feed.Panicked, "reader"},
		{"panic in the store", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "word by unbearable word") }, feed.Panicked, "cannot compare"},
		{"nothing", func(http.ResponseWriter, *http.Request) {}, feed.SaysLess, "0 letters"},
		{"encoding", func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Encoding", "br") }, feed.NotHTML, "br"},
	} {
		t.Run(test.name, func(t *testing.T) {
			done, n := fetchPages(t, Options{Timeout: 300 * time.Millisecond, MaxBody: 1 << 20}, func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/robots.txt" {
					http.NotFound(w, r)
					return
				}
				if !strings.HasPrefix(r.Header.Get("Accept"), "text/html") {
					t.Errorf("asked for %s", r.Header.Get("Accept"))
				}
				if r.Header.Get("X-Key") != "" || r.Header.Get("Authorization") != "" {
					t.Error("a page of another origin got the source's secrets")
				}
				test.answer(w, r)
			}, dueAt("http://paper.example/page"))
			f := done["page"]
			if f.Kind != test.kind || !strings.Contains(f.Error, test.error) || (f.Page == nil) == (test.kind == feed.OK) {
				t.Errorf("%q: %s", f.Kind, f.Error)
			}
			if test.name == "redirected" && (len(f.LedTo) != 1 || f.LedTo[0] != "other.example:80") {
				t.Errorf("led to %v", f.LedTo)
			}
			if want := (PageCount{Kept: 1}); test.kind == feed.OK && n != want {
				t.Errorf("counted %+v", n)
			}
			if test.name == "429" && (f.Busy != "paper.example:80" || time.Until(f.RetryAt) < 59*time.Minute) {
				t.Errorf("%s is busy until %s", f.Busy, f.RetryAt)
			}
		})
	}
}

// A page that is as it was is not sent again.
func TestPageNotModified(t *testing.T) {
	due := dueAt("http://paper.example/page")
	due.Validators = feed.Validators{URL: due.URL, ETag: `"1"`}
	done, n := fetchPages(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("If-None-Match") == `"1"` {
			w.WriteHeader(http.StatusNotModified)
		}
	}, due)
	if f := done["page"]; f.Kind != feed.OK || f.Page != nil || n.Unchanged != 1 {
		t.Errorf("%q %s, counted %+v", f.Kind, f.Error, n)
	}
}

// robots.txt is asked for once, before any page, and its word holds, also that of
// a host that a redirect leads to. If it cannot be had nothing is fetched.
func TestPageRobots(t *testing.T) {
	var asked sync.Map
	count := func(r *http.Request) {
		n, _ := asked.LoadOrStore(r.Host+r.URL.Path, new(atomic.Int32))
		n.(*atomic.Int32).Add(1)
	}
	done, _ := fetchPages(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
		count(r)
		switch r.Host + r.URL.Path {
		case "paper.example/robots.txt":
			fmt.Fprint(w, "User-agent: *\nDisallow: /plus/\n")
		case "other.example/robots.txt":
			fmt.Fprint(w, "User-agent: newswired\nDisallow: /\n")
		case "long.example/robots.txt": // cut within its last line
			rules := "User-agent: *\nDisallow: /plus/\n"
			fmt.Fprint(w, rules+strings.Repeat("#", feed.MostRobots-len(rules)-len("\nDisallow: /"))+"\nDisallow: /archive/\n")
		case "down.example/robots.txt":
			w.WriteHeader(http.StatusServiceUnavailable)
		case "led.example/robots.txt":
			http.Redirect(w, r, "http://paper.example/robots.txt", http.StatusMovedPermanently)
		case "paper.example/away":
			http.Redirect(w, r, "http://other.example/there", http.StatusFound)
		default:
			fmt.Fprint(w, "word by word")
		}
	}, dueAt("http://paper.example/1"), dueAt("http://paper.example/2"), dueAt("http://paper.example/plus/3"), dueAt("http://paper.example/away"),
		dueAt("http://down.example/4"), dueAt("http://down.example/5"), dueAt("http://led.example/plus/6"), dueAt("http://led.example/7"),
		dueAt("http://long.example/plus/8"), dueAt("http://long.example/9"))
	for path, want := range map[string]feed.Kind{
		"1": feed.OK, "2": feed.OK, "plus/3": feed.Disallowed, "away": feed.Disallowed, "4": feed.BadStatus, "5": feed.Unreachable, "plus/6": feed.Disallowed, "7": feed.OK,
		"plus/8": feed.Disallowed, "9": feed.OK,
	} {
		if f := done[path]; f.Kind != want {
			t.Errorf("%s: %q (%s), want %q", path, f.Kind, f.Error, want)
		}
	}
	if f := done["5"]; time.Until(f.HostNext) < 59*time.Minute || !strings.Contains(f.Error, "robots.txt") {
		t.Errorf("without robots.txt its host is asked at %s (%s)", f.HostNext, f.Error)
	}
	asked.Range(func(path, n any) bool {
		most := int32(1)
		if path == "paper.example/robots.txt" {
			most = 2 // for led.example
		}
		if got := n.(*atomic.Int32).Load(); got > most || strings.Contains(path.(string), "/plus/") || path == "other.example/there" {
			t.Errorf("%s was asked for %d times", path, got)
		}
		return true
	})
}

// What is down at another site, or forbids everything, is no fault of the host
// that led there: its other pages don't wait. That of the same site is.
func TestPageElsewhere(t *testing.T) {
	done, _ := fetchPages(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
		switch host, path := r.Host, r.URL.Path; {
		case host == "down.example", host == "www.paper.example":
			w.WriteHeader(http.StatusServiceUnavailable)
		case path == "/robots.txt":
			http.NotFound(w, r)
		case path == "/own":
			http.Redirect(w, r, "http://www.paper.example/own", http.StatusFound)
		default:
			http.Redirect(w, r, "http://down.example"+path, http.StatusFound)
		}
	}, dueAt("http://agency.example/1"), dueAt("http://agency.example/2"), dueAt("http://paper.example/own"))
	for _, path := range []string{"1", "2"} { // the second finds a robots.txt that cannot be had yet
		if f := done[path]; f.HostDown != 0 || !f.HostNext.IsZero() || time.Until(f.Next) < 59*time.Minute {
			t.Errorf("%s: %d failures of its host, held until %s, again at %s", path, f.HostDown, f.HostNext, f.Next)
		}
	}
	if f := done["own"]; f.HostDown != 1 || f.HostNext.IsZero() {
		t.Errorf("own site: %d failures of its host, held until %s", f.HostDown, f.HostNext)
	}
}

// The delay between two pages of a host is the longest that was asked for, also
// where a redirect led.
func TestPageDelay(t *testing.T) {
	b := newNames(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
		switch r.Host + r.URL.Path {
		case "paper.example/robots.txt":
			fmt.Fprint(w, "User-agent: *\nCrawl-delay: 3\n")
		case "paper.example/1":
			http.Redirect(w, r, "http://www.paper.example/1", http.StatusFound)
		default:
			fmt.Fprint(w, "word by word")
		}
	})
	m := &pageMemory{due: []*feed.PageDue{dueAt("http://paper.example/1")}, done: make(map[string]feed.PageFetch), robots: make(map[string]feed.RobotsFile)}
	f, delay, err := NewPager(b.Poller, m, readWhole, nil, 100).next(context.Background(), "paper.example:80")
	if err != nil || f == nil || f.Kind != feed.OK || delay != 3*time.Second {
		t.Errorf("%+v, a delay of %s, %v", f, delay, err)
	}
}

// Pages and polls of a host take turns, and those of other hosts don't wait.
func TestPagesTakeTurns(t *testing.T) {
	var mu sync.Mutex
	open, most := make(map[string]int), 0
	b := newNames(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		open[r.Host]++
		if open[r.Host] > 1 {
			t.Errorf("two requests at a time to %s", r.Host)
		}
		sum := 0
		for _, n := range open {
			sum += n
		}
		most = max(most, sum)
		mu.Unlock()
		time.Sleep(2 * time.Millisecond)
		mu.Lock()
		open[r.Host]--
		mu.Unlock()
		if strings.HasSuffix(r.URL.Path, "/rss") {
			fmt.Fprint(w, one)
			return
		}
		fmt.Fprint(w, "word by word")
	})
	m := &pageMemory{done: make(map[string]feed.PageFetch), robots: make(map[string]feed.RobotsFile)}
	for i := range 60 {
		d := dueAt(fmt.Sprintf("http://h%d.example/%d", i%6, i))
		d.Source = "wire"
		m.due = append(m.due, d)
	}
	var polls sync.WaitGroup
	for i := range 6 {
		polls.Go(func() {
			for range 5 {
				src := feed.Source{Name: fmt.Sprint(i), URL: fmt.Sprintf("http://h%d.example/rss", i)}
				if _, err := b.Poll(context.Background(), src, Forced); err != nil {
					t.Error(err)
				}
			}
		})
	}
	n, err := NewPager(b.Poller, m, readWhole, []feed.Source{{Name: "wire", FullText: true}}, 100).Run(context.Background(), time.Time{})
	polls.Wait()
	if err != nil || n.Kept != 60 || len(m.done) != 60 {
		t.Errorf("%+v, %d recorded, %v", n, len(m.done), err)
	}
	if most < 3 {
		t.Errorf("no more than %d hosts were asked at a time", most)
	}
}
