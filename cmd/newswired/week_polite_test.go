package main

import (
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"newswired/feed"
)

// A strict is servers that know when they may be asked again, and tell on who
// comes sooner: each page by what it said last, and each host:port one request
// at a time, with the pause between two.
type strict struct {
	t *testing.T

	mu      sync.Mutex
	pages   map[string]time.Time // by host and path: not to be asked before
	hosts   map[string]time.Time // by host, likewise
	busy    map[string]bool
	asked   map[string]int // by host
	limited int            // answers with 429
	failed  int            // answers of lost.example
}

const strictPause = 2 * time.Second // host_pause of polite.yaml

// promises are how long every host wants to be left alone after an answer, as
// newswired promises it, and what it says to that end.
var promises = map[string]struct {
	wait   time.Duration
	fields string
	head   string
}{
	"plain.example":       {0, "ETag: 1", ""},
	"bare.example":        {time.Hour, "", ""},
	"bare-own.example":    {0, "", ""},
	"max-age.example":     {90 * time.Minute, "ETag: 1\nCache-Control: public, max-age=5400", ""},
	"max-age-own.example": {90 * time.Minute, "Cache-Control: max-age=5400", ""},
	"expires.example":     {2 * time.Hour, "ETag: 1", ""}, // Expires is added
	"ttl.example":         {3 * time.Hour, "ETag: 1", "<ttl>180</ttl>"},
	"update.example":      {6 * time.Hour, "ETag: 1", "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>"},
	"skip.example":        {0, "ETag: 1", "<skipHours><hour>0</hour><hour>1</hour><hour>22</hour><hour>23</hour></skipHours><skipDays><day>Tuesday</day></skipDays>"},
	"patience.example":    {26 * time.Hour, "ETag: 1\nRetry-After: 93600", ""},
	"many.example":        {0, "ETag: 1", ""},
	"moved-to.example":    {0, "ETag: 1", ""},
	"auto.example":        {5 * time.Minute, "ETag: 1", ""},
}

// ServeHTTP answers as its host does, and notes until when that one wants to be left
// alone.
func (s *strict) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	now := time.Now()
	times := s.begin(r, now)
	defer s.end(r.Host)
	time.Sleep(300 * time.Millisecond) // so that two at a time would meet
	switch r.Host {
	case "led.example":
		http.Redirect(w, r, "http://many.example/led", http.StatusFound)
	case "moved.example":
		http.Redirect(w, r, "http://moved-to.example/rss", http.StatusPermanentRedirect)
	case "gone.example":
		if now.UTC().Day() == 1 {
			s.tell(w, r, now)
			return
		}
		s.hold(r.Host+r.URL.Path, now.AddDate(1, 0, 0))
		w.WriteHeader(http.StatusGone)
	case "denied.example":
		s.hold(r.Host+r.URL.Path, now.Add(4*time.Hour))
		w.WriteHeader(http.StatusForbidden)
	case "challenge.example":
		s.hold(r.Host+r.URL.Path, now.Add(6*time.Hour))
		w.Header().Set("Cf-Mitigated", "challenge")
		w.WriteHeader(http.StatusServiceUnavailable)
	case "lost.example":
		s.failed++
		s.hold(r.Host+r.URL.Path, now.Add(feed.Backoff(s.failed)))
		http.NotFound(w, r)
	case "many.example":
		if times%50 == 0 {
			s.limited++
			s.hold(r.Host, now.Add(2*time.Hour))
			w.Header().Set("Retry-After", "7200")
			w.WriteHeader(http.StatusTooManyRequests)
			return
		}
		s.tell(w, r, now)
	default:
		s.tell(w, r, now)
	}
}

// begin holds a request against what was said before, and returns which of
// its host's it is, counted from 1.
func (s *strict) begin(r *http.Request, now time.Time) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	page := r.Host + r.URL.Path
	for _, name := range []string{page, r.Host} {
		until := s.pages[name]
		if name == r.Host {
			until = s.hosts[name]
		}
		if now.Before(until) {
			s.t.Errorf("%s is asked at %s, %s before it may be", page, now.UTC().Format("Jan 2 15:04:05"), until.Sub(now))
		}
	}
	if s.busy[r.Host] {
		s.t.Errorf("%s is asked twice at a time", r.Host)
	}
	utc := now.UTC()
	if r.Host == "skip.example" && s.asked[r.Host] > 0 && (utc.Hour() < 2 || utc.Hour() > 21 || utc.Weekday() == time.Tuesday) {
		s.t.Errorf("%s is asked at %s", page, utc.Format("Mon 15:04:05"))
	}
	if r.Header.Get("Referer") != "" {
		s.t.Errorf("%s gets Referer %s", page, r.Header.Get("Referer"))
	}
	s.busy[r.Host] = true
	s.asked[r.Host]++
	return s.asked[r.Host]
}

func (s *strict) end(host string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.busy[host] = false
	if pause := time.Now().Add(strictPause); pause.After(s.hosts[host]) {
		s.hosts[host] = pause
	}
}

// hold notes that a page, or a host, is not to be asked before.
func (s *strict) hold(name string, until time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if strings.Contains(name, "/") {
		s.pages[name] = until
	} else {
		s.hosts[name] = until
	}
}

// tell answers with a Document of a new Article every two hours.
func (s *strict) tell(w http.ResponseWriter, r *http.Request, now time.Time) {
	said := promises[r.Host]
	s.hold(r.Host+r.URL.Path, now.Add(said.wait))
	number := now.Unix() / 7200
	for line := range strings.Lines(said.fields) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		if name == "ETag" {
			value = fmt.Sprintf(`"%d"`, number)
		}
		w.Header().Set(name, value)
	}
	if r.Host == "expires.example" {
		// A second is lost, for the field has no fractions.
		w.Header().Set("Expires", now.Add(said.wait+time.Second).UTC().Format(http.TimeFormat))
	}
	if tag := w.Header().Get("ETag"); tag != "" && r.Header.Get("If-None-Match") == tag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	fmt.Fprintf(w, `<rss version="2.0" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel><title>Reports</title>%s`, said.head)
	for n := number; n > number-30; n-- {
		fmt.Fprintf(w, "<item><guid>%s%s-%d</guid><title>Report %d of %s</title><pubDate>%s</pubDate></item>", r.Host, r.URL.Path, n, n, r.Host,
			time.Unix(n*7200, 0).UTC().Format(time.RFC1123Z))
	}
	io.WriteString(w, "</channel></rss>")
}

// TestPoliteWeek lets a week pass with a restart every day and a half, a reload,
// and three hours without a network. No server is asked sooner than it allows,
// or than newswired promises, and none is neglected.
func TestPoliteWeek(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := &strict{t: t, pages: make(map[string]time.Time), hosts: make(map[string]time.Time), busy: make(map[string]bool), asked: make(map[string]int)}
		w := &week{t: t, start: time.Now(), wire: newWire(), file: filepath.Join(t.TempDir(), "config.yaml")}
		w.app = &app{stdout: io.Discard, stderr: io.Discard, listen: w.wire.listen, dial: w.wire.dial}
		defer w.wire.serve(t, s)()
		w.configure("polite.yaml")
		for from := 0; from < 7*24; from += 36 {
			w.begin()
			if from == 72 {
				w.wait(3, 4, 0)
				w.server.reload(t.Context(), w.file)
				w.wire.set(true)
				w.wait(3, 7, 0)
				w.wire.set(false)
			}
			to := min(from+36, 7*24)
			w.wait(to/24, to%24, 0)
			w.stop()
			w.wait(to/24, to%24, 1)
		}
		db := openViews(t, w.server.config.Database)
		defer db.Close()
		for host, bounds := range map[string][2]int{
			"plain.example":       {950, 1010}, // each ten minutes of a week are 1008
			"bare.example":        {150, 170},
			"bare-own.example":    {470, 510},
			"max-age.example":     {95, 114},
			"max-age-own.example": {95, 114},
			"expires.example":     {70, 86},
			"ttl.example":         {48, 57},
			"update.example":      {24, 30},
			"skip.example":        {680, 750}, // 20 of 24 hours, 6 of 7 days
			"patience.example":    {6, 8},
			"moved.example":       {140, 160}, // a day and a little
			"moved-to.example":    {950, 1010},
			"gone.example":        {24, 26}, // hourly on the first day, and then once
			"denied.example":      {15, 43},
			"challenge.example":   {14, 29},
			"lost.example":        {12, 18},
			"auto.example":        {250, 700},
		} {
			if n := s.asked[host]; n < bounds[0] || n > bounds[1] {
				t.Errorf("%s was asked %d times, want %d to %d", host, n, bounds[0], bounds[1])
			}
		}
		t.Logf("asked %v, limited %d times", s.asked, s.limited)
		if s.limited < 5 {
			t.Errorf("the host of many said 429 %d times", s.limited)
		}
		if got := lines(t, db, "SELECT name, moved_to FROM sources WHERE moved_to IS NOT NULL"); len(got) != 1 || got[0] != "moved | http://moved-to.example/rss" {
			t.Errorf("moved: %q", got)
		}
		if got := lines(t, db, "SELECT name FROM sources WHERE state = 'stopped'"); len(got) != 1 || got[0] != "gone" {
			t.Errorf("stopped: %q", got)
		}
	})
}
