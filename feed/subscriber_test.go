package feed

import (
	"testing"
	"time"
)

func TestHubLease(t *testing.T) {
	for asked, want := range map[time.Duration]time.Duration{
		0: UsualHubLease, -time.Hour: UsualHubLease, time.Second: MinHubLease, 48 * time.Hour: 48 * time.Hour, 9000 * time.Hour: MaxHubLease,
	} {
		if got := HubLease(asked); got != want {
			t.Errorf("asked for %s: %s, want %s", asked, got, want)
		}
	}
}

// A success ends a series of failures; what a server asks for is kept to, within
// bounds.
func TestTelling(t *testing.T) {
	now := time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)
	var x Telling
	for i, want := range []time.Duration{time.Minute, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 6 * time.Hour, 6 * time.Hour} {
		x.Fail("it answers 500", 0, now)
		if x.Due.Sub(now) != want || x.Failures != i+1 || x.Error == "" {
			t.Errorf("failure %d: %+v, want %s", i+1, x, want)
		}
	}
	x.Wait(now)
	if x.Due.Sub(now) != time.Minute || x.Failures != 6 {
		t.Errorf("offline: %+v", x)
	}
	x.Tell(now, now, 10*time.Second)
	if x != (Telling{Told: now, Due: now.Add(10 * time.Second)}) {
		t.Errorf("told: %+v", x)
	}
	x.Fail("it answers 503", 600*time.Second, now)
	if x.Due.Sub(now) != 10*time.Minute {
		t.Errorf("Retry-After: %+v", x)
	}
	x.Fail("it answers 503", 9000*time.Hour, now)
	if x.Due.Sub(now) != MaxRetryAfter {
		t.Errorf("a long Retry-After: %+v", x)
	}
}
