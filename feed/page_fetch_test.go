package feed

import (
	"testing"
	"time"
)

func TestPlanPage(t *testing.T) {
	now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		name       string
		kind       Kind
		status     int
		due        PageDue
		retryAfter time.Duration
		next, host time.Duration // 0: none
		down       int
	}{
		{"had", OK, 200, PageDue{HostFailures: 3}, 0, 0, 0, 0},
		{"no network", Offline, 0, PageDue{Failures: 9, HostFailures: 2}, 0, time.Minute, time.Minute, 2},
		{"down", Unreachable, 0, PageDue{}, 0, 5 * time.Minute, time.Minute, 1},
		{"down for long", Timeout, 0, PageDue{HostFailures: 9}, 0, 6 * time.Hour, 6 * time.Hour, 10},
		{"down too often", Timeout, 0, PageDue{Failures: 4}, 0, 0, time.Minute, 1},
		{"not yet there", BadStatus, 404, PageDue{Failures: 1, HostFailures: 1}, 0, 30 * time.Minute, 0, 0},
		{"gone", Gone, 410, PageDue{}, 0, 0, 0, 0},
		{"refused", BadStatus, 403, PageDue{}, 0, 0, time.Minute, 1},
		{"too many, for an hour", BadStatus, 429, PageDue{}, time.Hour, time.Hour, time.Hour, 1},
		{"too many", BadStatus, 429, PageDue{}, 0, 10 * time.Minute, time.Minute, 1},
		{"overloaded for a year", BadStatus, 503, PageDue{}, 365 * 24 * time.Hour, 7 * 24 * time.Hour, 7 * 24 * time.Hour, 1},
		{"not there, for an hour", BadStatus, 404, PageDue{}, time.Hour, time.Hour, 0, 0},
		{"paywall", Paywall, 200, PageDue{HostFailures: 1}, 0, 0, 0, 0},
		{"forbidden by robots.txt", Disallowed, 0, PageDue{}, 0, 0, 0, 0},
	} {
		f := PageFetch{Kind: test.kind, Status: test.status}
		f.Plan(&test.due, test.retryAfter, now)
		since := func(t time.Time) time.Duration {
			if t.IsZero() {
				return 0
			}
			return t.Sub(now)
		}
		if since(f.Next) != test.next || since(f.HostNext) != test.host || f.HostDown != test.down {
			t.Errorf("%s: again after %s, its host after %s with %d failures; want %s, %s, %d", test.name,
				since(f.Next), since(f.HostNext), f.HostDown, test.next, test.host, test.down)
		}
	}
}

// A robots.txt that cannot be had any more holds on; one that never could be
// forbids everything.
func TestRobotsFile(t *testing.T) {
	now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	file := RobotsFile{}.After(0, "", "503", now)
	if file.Known() || file.Error != "503" || file.Expires != now.Add(time.Hour) {
		t.Errorf("never had: %+v", file)
	}
	file = file.After(200, "User-agent: *", "", now)
	if !file.Known() || file.Error != "" || file.Expires != now.Add(24*time.Hour) {
		t.Errorf("had: %+v", file)
	}
	later := now.Add(25 * time.Hour)
	file = file.After(0, "", "timeout", later)
	if !file.Known() || file.Text != "User-agent: *" || file.Fetched != now || file.Expires != later.Add(time.Hour) {
		t.Errorf("lost: %+v", file)
	}
}
