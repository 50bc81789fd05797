package web

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"newswired/feed"
)

const edition = "/feeds/korea.atom"

// TestNoQuestions holds that a Library that stands still is left alone, and
// that a change elsewhere costs one question and no new rendering.
func TestNoQuestions(t *testing.T) {
	lib := newLibrary()
	site, _ := newSite(lib)
	etag := ask(site, "GET", edition).Header.Get("ETag")
	asked := lib.questions()
	for range 3 {
		ask(site, "GET", edition)
	}
	if got := lib.questions(); got != asked {
		t.Errorf("%d questions though nothing changed", got-asked)
	}
	lib.do(func() { lib.changed["empty"] = morning })
	for range 3 {
		if got := ask(site, "GET", edition).Header.Get("ETag"); got != etag {
			t.Errorf("ETag moved by a change of another feed")
		}
	}
	if got := lib.questions(); got != asked+1 {
		t.Errorf("%d questions after a change elsewhere, want 1", got-asked)
	}
}

func TestChangeIsServed(t *testing.T) {
	lib := newLibrary()
	site, _ := newSite(lib)
	paths := []string{"/", "/feeds/korea", edition, "/feeds/korea.rss", "/feeds/korea.json"}
	tags := make(map[string]string)
	for _, path := range paths {
		tags[path] = ask(site, "GET", path).Header.Get("ETag")
	}
	lib.do(func() {
		lib.changed["korea"] = morning.Add(time.Minute)
		lib.entries["korea"] = append([]feed.Entry{entry(4, morning.Add(time.Minute), [4]string{"Wire", "Fresh news", "", "en"})}, lib.entries["korea"]...)
	})
	for _, path := range paths {
		r := ask(site, "GET", path, "If-None-Match", tags[path])
		if text := body(t, r); r.StatusCode != 200 || path != "/" && !strings.Contains(text, "Fresh news") {
			t.Errorf("%s: status %d, news not there", path, r.StatusCode)
		}
	}
}

// TestSameInstant holds that of two changes within one millisecond the second
// is not hidden by the first, neither from us nor from those who ask by date.
func TestSameInstant(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		lib := newLibrary()
		lib.changed["korea"] = time.Now()
		site, _ := newSite(lib)
		first := ask(site, "GET", edition)
		if lm := first.Header.Get("Last-Modified"); lm != "" {
			t.Errorf("Last-Modified %s, told within its own second", lm)
		}
		lib.do(func() { lib.entries["korea"] = lib.entries["korea"][1:] })
		since := time.Now().Format(http.TimeFormat)
		second := ask(site, "GET", edition, "If-Modified-Since", since)
		if second.StatusCode != 200 || second.Header.Get("ETag") == first.Header.Get("ETag") {
			t.Errorf("status %d: the second change is hidden", second.StatusCode)
		}
		time.Sleep(4 * time.Second)
		told := ask(site, "GET", edition).Header.Get("Last-Modified")
		if told == "" {
			t.Errorf("no Last-Modified though the change is settled")
		}
		lib.do(func() { // as of a poll that began long before it was recorded
			lib.changed["korea"] = lib.changed["korea"].Add(time.Millisecond)
			lib.entries["korea"] = lib.entries["korea"][1:]
		})
		if r := ask(site, "GET", edition, "If-Modified-Since", told); r.StatusCode != 200 {
			t.Errorf("status %d: a change recorded late is hidden", r.StatusCode)
		}
	})
}

// TestDateAfterConfigure holds that a date told before a reload or a restart
// does not hide what a new title changed, and that there is a date again.
func TestDateAfterConfigure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		lib := newLibrary()
		lib.changed["korea"] = time.Now().Add(-time.Hour)
		site, _ := newSite(lib)
		before := ask(site, "GET", edition)
		told, served := before.Header.Get("Last-Modified"), time.Now().Format(http.TimeFormat)
		time.Sleep(time.Second / 2)
		cfg := config()
		cfg.Feeds[0].Title = "Another title"
		site.Configure(cfg)
		restarted := New(lib, cfg, slog.New(slog.DiscardHandler))
		for range 2 { // at once, and when the time has settled
			for name, site := range map[string]*Site{"reload": site, "restart": restarted} {
				for _, since := range []string{told, served} {
					if r := ask(site, "GET", edition, "If-Modified-Since", since); r.StatusCode != 200 {
						t.Errorf("%s: status %d for If-Modified-Since %q", name, r.StatusCode, since)
					}
				}
			}
			time.Sleep(5 * time.Second)
		}
		again := ask(site, "GET", edition).Header.Get("Last-Modified")
		if again == "" || again == told {
			t.Errorf("Last-Modified %q, before %q", again, told)
		}
		if r := ask(site, "GET", edition, "If-Modified-Since", again); r.StatusCode != 304 {
			t.Errorf("status %d for the date that was told", r.StatusCode)
		}
	})
}

// TestFormerIsServedMeanwhile lets many ask while one rendering is under way.
func TestFormerIsServedMeanwhile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		lib := newLibrary()
		site, _ := newSite(lib)
		former := ask(site, "GET", edition).Header.Get("ETag")
		hold := make(chan struct{})
		lib.do(func() { lib.hold, lib.changed["korea"] = hold, morning.Add(time.Hour); lib.entries["korea"] = nil })
		asked := lib.questions()
		var first *http.Response
		go func() { first = ask(site, "GET", edition) }()
		synctest.Wait()
		for range 10 {
			if got := ask(site, "GET", edition).Header.Get("ETag"); got != former {
				t.Errorf("not the former edition while the new one is made")
			}
		}
		close(hold)
		synctest.Wait()
		if first.Header.Get("ETag") == former {
			t.Errorf("whoever made the new edition got the former one")
		}
		if got := lib.questions() - asked; got != 2 {
			t.Errorf("%d questions, want 2", got)
		}
	})
}

// TestRestless lets a Feed change a hundred times a second, and somebody ask for
// it as often: a rendering a second is made, with nobody waiting for it, and none
// that is served is older than two. Once there is peace, the last news is served
// to whoever comes next.
func TestRestless(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const step = 10 * time.Millisecond
		lib := newLibrary()
		site, _ := newSite(lib)
		begin, change := time.Now(), func(at time.Time) {
			lib.do(func() {
				lib.changed["korea"] = at
				lib.entries["korea"] = []feed.Entry{entry(4, at, [4]string{"Wire", "News", "", "en"})}
			})
		}
		for at := begin; at.Sub(begin) < 10*time.Second; at = at.Add(step) {
			change(at)
			if at.Sub(begin) == time.Second {
				lib.do(func() { lib.hold = make(chan struct{}) })
				time.AfterFunc(time.Second/2, func() { close(lib.hold) })
			}
			r := ask(site, "GET", edition)
			if waited := time.Since(at); waited > 0 {
				t.Errorf("waited %s", waited)
			}
			if shown := site.routes.Load().shelves[edition].current.Load().changed; at.Sub(shown) > 2*time.Second {
				t.Errorf("status %d, but %s old", r.StatusCode, at.Sub(shown))
			}
			time.Sleep(step)
		}
		if got := lib.questions(); got > 2*12 {
			t.Errorf("%d questions in ten seconds", got)
		}
		time.Sleep(restless)
		last := time.Now()
		change(last)
		ask(site, "GET", edition)
		if shown := site.routes.Load().shelves[edition].current.Load().changed; !shown.Equal(last) {
			t.Errorf("served what was true %s ago", last.Sub(shown))
		}
		site.Close()
	})
}

// TestAllWaitForTheFirst lets many ask before there is anything to serve, one
// of whom goes away.
func TestAllWaitForTheFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		lib := newLibrary()
		lib.hold = make(chan struct{})
		site, _ := newSite(lib)
		ctx, leave := context.WithCancel(t.Context())
		shelf := site.routes.Load().shelves[edition]
		var wg sync.WaitGroup
		for i := range 10 {
			wg.Go(func() {
				if i == 0 {
					if _, err := shelf.get(ctx); err != nil && !errors.Is(err, context.Canceled) {
						t.Error(err)
					}
					return
				}
				if r := ask(site, "GET", edition); r.StatusCode != 200 {
					t.Errorf("status %d", r.StatusCode)
				}
			})
		}
		synctest.Wait()
		leave()
		close(lib.hold)
		wg.Wait()
		if got := lib.questions(); got != 2 {
			t.Errorf("%d questions for one edition, want 2", got)
		}
	})
}

func TestLibraryFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		lib := newLibrary()
		site, log := newSite(lib)
		etag := ask(site, "GET", edition).Header.Get("ETag")
		lib.do(func() { lib.err = errors.New("disk is gone") })
		for range 3 {
			if r := ask(site, "GET", edition); r.StatusCode != 200 || r.Header.Get("ETag") != etag {
				t.Errorf("status %d: the former edition is not served", r.StatusCode)
			}
			time.Sleep(time.Minute)
		}
		if got := strings.Count(log.String(), "disk is gone"); got != 1 {
			t.Errorf("logged %d times, want once:\n%s", got, log)
		}
		r := ask(site, "GET", "/feeds/korea.rss")
		if text := body(t, r); r.StatusCode != 503 || r.Header.Get("Retry-After") == "" || strings.Contains(text, "disk") {
			t.Errorf("nothing to serve: status %d, %q", r.StatusCode, text)
		}
		lib.do(func() { lib.err = nil; lib.changed["korea"] = morning.Add(time.Hour); lib.entries["korea"] = nil })
		time.Sleep(failurePause)
		if r := ask(site, "GET", edition); r.Header.Get("ETag") == etag {
			t.Errorf("still the former edition after the library came back")
		}
		lib.do(func() { lib.err = errors.New("disk is gone") })
		ask(site, "GET", edition)
		if got := strings.Count(log.String(), "path="+edition); got != 2 {
			t.Errorf("logged %d times in two series:\n%s", got, log)
		}
	})
}
