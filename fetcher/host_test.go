package fetcher

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"newswired/feed"
)

// One server is asked for one thing at a time, with a pause between the end of
// one answer and the next question; other servers do not wait for it.
func TestOneAtATime(t *testing.T) {
	const pause, each, sources = 40 * time.Millisecond, 20 * time.Millisecond, 4
	apart := make(chan struct{}) // closed when the other server was polled
	var mu sync.Mutex
	var busy atomic.Int32
	var ended time.Time
	h := func(w http.ResponseWriter, _ *http.Request) {
		if busy.Add(1) > 1 {
			t.Error("two requests at a time")
		}
		mu.Lock()
		if gap := time.Since(ended); gap < pause {
			t.Errorf("asked again after %s", gap)
		}
		mu.Unlock()
		time.Sleep(each)
		select {
		case <-apart:
		case <-time.After(20 * time.Second):
			t.Error("another server waits for this one")
		}
		io.WriteString(w, one)
		mu.Lock()
		ended = time.Now()
		mu.Unlock()
		busy.Add(-1)
	}
	b := newBench(t, Options{Allow: loopback, HostPause: pause}, h)
	other := newBench(t, Options{}, body(one))
	var all sync.WaitGroup
	for i := range sources {
		all.Go(func() {
			src := feed.Source{Name: fmt.Sprint("wire-", i), URL: fmt.Sprint(b.url, "/", i)}
			if _, err := b.Poll(context.Background(), src, Scheduled); err != nil {
				t.Error(err)
			}
		})
	}
	all.Go(func() {
		if _, err := b.Poll(context.Background(), feed.Source{Name: "other", URL: other.url}, Scheduled); err != nil {
			t.Error(err)
		}
		close(apart)
	})
	all.Wait()
}

// A pause ends by the clock, and a host without one is forgotten.
func TestTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := &hosts{pause: time.Minute, all: make(map[string]*host)}
		giveBack, err := h.take(t.Context(), "wire.example:443")
		if err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		go func() { time.Sleep(time.Hour); giveBack(true) }()
		impatient, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := h.take(impatient, "wire.example:443"); err != context.DeadlineExceeded {
			t.Errorf("took the turn of another: %v", err)
		}
		giveBack, err = h.take(t.Context(), "wire.example:443")
		if err != nil || time.Since(start) != time.Hour+time.Minute {
			t.Errorf("turn after %s, %v", time.Since(start), err)
		}
		giveBack(false)
		again := time.Now()
		giveBack, err = h.take(t.Context(), "wire.example:443")
		if err != nil || time.Since(again) != 0 {
			t.Errorf("a pause of %s though nothing was asked, %v", time.Since(again), err)
		}
		giveBack(false)
		for i := range 100 { // as a server does that leads each poll elsewhere
			giveBack, _ = h.take(t.Context(), fmt.Sprintf("%d.example:443", i))
			giveBack(true)
			time.Sleep(20 * time.Second)
		}
		if len(h.all) > 4 {
			t.Errorf("%d hosts are remembered after their pause", len(h.all))
		}
		h = &hosts{all: make(map[string]*host)}
		giveBack, _ = h.take(t.Context(), "wire.example:443")
		giveBack(false)
		if len(h.all) != 0 {
			t.Errorf("%d hosts are remembered", len(h.all))
		}
	})
}

// Polls of many servers go on at a time, but not all.
func TestSlots(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := New(&memory{states: make(map[string]feed.State)}, Options{}, nil)
		for i := range polls {
			if _, err := b.turn(t.Context(), fmt.Sprintf("http://%d.example", i)); err != nil {
				t.Fatal(err)
			}
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
		defer cancel()
		if _, err := b.turn(ctx, "http://last.example"); err != context.DeadlineExceeded {
			t.Errorf("no slot is left, but: %v", err)
		}
		if len(b.hosts.all) != polls {
			t.Errorf("%d hosts are taken", len(b.hosts.all))
		}
	})
}
