package fetcher

import (
	"log/slog"
	"testing"
	"time"

	"newswired/feed"
)

func TestHeldUntil(t *testing.T) {
	now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	soon, later := now.Add(time.Hour), now.Add(2*time.Hour)
	state := feed.State{LastFetch: now.Add(-time.Hour), NextFetch: later, RetryAt: soon}
	wrongClock := feed.State{NextFetch: now.AddDate(10, 0, 0), RetryAt: now.AddDate(10, 0, 0)}
	clockSetBack := feed.State{LastFetch: now.Add(48 * time.Hour), NextFetch: now.Add(49 * time.Hour), RetryAt: now.Add(49 * time.Hour)}
	busy := func(days int) feed.State { // its schedule was reckoned by a clock that is right
		return feed.State{NextFetch: later, NextReason: feed.BySchedule, Busy: map[string]time.Time{":80": now.AddDate(0, 0, days)}}
	}
	for _, test := range []struct {
		name    string
		state   feed.State
		urgency Urgency
		want    time.Time
	}{
		{"scheduled, its host said 429", busy(3), Scheduled, now.AddDate(0, 0, 3)},
		{"scheduled, its host said 429 by a wrong clock", busy(200), Scheduled, later},
		{"manual, its host said 429 by a wrong clock", busy(200), Manual, time.Time{}},
		{"scheduled", state, Scheduled, later},
		{"manual", state, Manual, soon},
		{"forced", state, Forced, time.Time{}},
		{"scheduled, written by a wrong clock", wrongClock, Scheduled, time.Time{}},
		{"manual, written by a wrong clock", wrongClock, Manual, time.Time{}},
		{"scheduled, the clock was set back since", clockSetBack, Scheduled, time.Time{}},
		{"manual, the clock was set back since", clockSetBack, Manual, time.Time{}},
		{"the longest a server may ask", feed.State{NextFetch: now.Add(feed.MaxWait)}, Scheduled, now.Add(feed.MaxWait)},
		{"a schedule of once a month", feed.State{NextFetch: now.AddDate(0, 1, 0), NextReason: feed.BySchedule}, Scheduled, now.AddDate(0, 1, 0)},
	} {
		if got := heldUntil(test.state, feed.Source{}, test.urgency, now); !got.Equal(test.want) {
			t.Errorf("%s: until %s, want %s", test.name, got, test.want)
		}
	}
}

// While the process runs, its own clock decides, not what the machine's makes of
// times that are stored.
func TestSteady(t *testing.T) {
	m := &moments{all: make(map[string][]time.Time)}
	asked := time.Now()
	next := asked.Add(time.Hour)
	m.keep("wire", asked, next, time.Time{})
	stored := feed.State{LastFetch: time.UnixMilli(asked.UnixMilli()), NextFetch: time.UnixMilli(next.UnixMilli())}
	if got := m.steady("wire", stored); got.LastFetch != asked || got.NextFetch != next || !got.RetryAt.IsZero() {
		t.Errorf("%s: want the reading of the monotonic clock, as in %s", got.NextFetch, next)
	}
	if got := m.steady("other", stored); got.NextFetch != stored.NextFetch {
		t.Errorf("another source's time: %s", got.NextFetch)
	}
	stored.NextFetch = stored.NextFetch.Add(time.Minute) // by another process
	if got := m.steady("wire", stored); got.NextFetch != stored.NextFetch {
		t.Errorf("another time: %s", got.NextFetch)
	}
}

// A reload must not let a host be asked twice at once, or forget its pause.
func TestWithSharesHosts(t *testing.T) {
	p := New(nil, Options{HostPause: time.Hour}, slog.New(slog.DiscardHandler))
	giveBack, err := p.hosts.take(t.Context(), "wire.example:443")
	if err != nil {
		t.Fatal(err)
	}
	q := p.With(Options{HostPause: time.Minute})
	giveBack(true)
	one := q.hosts.all["wire.example:443"]
	if one == nil || q.hosts.pause != time.Minute {
		t.Fatalf("host %v, pause %s", one, q.hosts.pause)
	}
	if wait := time.Until(one.free); wait < 50*time.Second || wait > time.Minute {
		t.Errorf("the host is free in %s", wait)
	}
	if q.network != p.network || q.network.client != q.client {
		t.Error("the network was forgotten, or is dialled by the former client")
	}
}
