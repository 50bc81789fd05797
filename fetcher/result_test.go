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
	state := feed.State{NextFetch: later, RetryAt: soon}
	wrongClock := feed.State{NextFetch: now.AddDate(10, 0, 0), RetryAt: now.AddDate(10, 0, 0)}
	for _, test := range []struct {
		name    string
		state   feed.State
		urgency Urgency
		want    time.Time
	}{
		{"scheduled", state, Scheduled, later},
		{"manual", state, Manual, soon},
		{"forced", state, Forced, time.Time{}},
		{"scheduled, written by a wrong clock", wrongClock, Scheduled, time.Time{}},
		{"manual, written by a wrong clock", wrongClock, Manual, time.Time{}},
		{"the longest a server may ask", feed.State{NextFetch: now.Add(feed.MaxRetryAfter)}, Scheduled, now.Add(feed.MaxRetryAfter)},
	} {
		if got := heldUntil(test.state, test.urgency, now); !got.Equal(test.want) {
			t.Errorf("%s: until %s, want %s", test.name, got, test.want)
		}
	}
}

// A reload must not let a host be asked twice at once, or forget its pause.
func TestWithSharesHosts(t *testing.T) {
	p := New(nil, Options{HostPause: time.Hour}, slog.New(slog.DiscardHandler))
	giveBack, err := p.hosts.take(t.Context(), "https://wire.example/a")
	if err != nil {
		t.Fatal(err)
	}
	q := p.With(Options{HostPause: time.Minute})
	giveBack()
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
