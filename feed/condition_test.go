package feed

import (
	"strings"
	"testing"
	"time"
)

// Wednesday 4 March 2026, 14:20 in Seoul.
var (
	lunch     = time.Date(2026, 3, 4, 5, 20, 0, 0, time.UTC)
	inSeoul   = time.FixedZone("Asia/Seoul", 9*60*60)
	beforeNow = func(d time.Duration) time.Time { return lunch.Add(-d) }
)

const aDay = 24 * time.Hour

func TestCondition(t *testing.T) {
	for _, test := range []struct {
		source SourceStatus
		want   string
	}{
		{SourceStatus{State: "new"}, "not polled yet"},
		{SourceStatus{State: "new", NextFetch: lunch}, "not polled yet, first at 14:20"},
		{SourceStatus{State: "ok", LastFetch: lunch}, "ok"},
		{SourceStatus{State: "ok", LastFetch: lunch, NextFetch: lunch.Add(5 * time.Minute)}, "ok, next 14:25"},
		{SourceStatus{State: "ok", NextFetch: lunch.Add(10 * time.Hour)}, "ok, next Thursday 00:20"},
		{SourceStatus{State: "ok", NextFetch: lunch.Add(7 * aDay)}, "ok, next 11 March 14:20"},
		{SourceStatus{State: "ok", NextFetch: lunch, MovedTo: "https://other.example/rss?key=1"}, "ok, next 14:20; it has moved, change its url"},
		{SourceStatus{State: "failing", Failures: 1, LastError: "503 Service Unavailable", FailingSince: beforeNow(0)}, "503 Service Unavailable since 14:20"},
		{SourceStatus{State: "failing", Failures: 12, LastError: "404 Not Found", FailingSince: beforeNow(aDay), NextFetch: lunch.Add(4*time.Hour + 20*time.Minute)},
			"404 Not Found since Tuesday (12 polls), next try 18:40"},
		{SourceStatus{State: "failing", Failures: 2, LastError: "404 Not Found", FailingSince: beforeNow(15 * time.Hour)}, "404 Not Found since Tuesday (2 polls)"}, // midnight is 14:20 ago
		{SourceStatus{State: "failing", Failures: 2, LastError: "404 Not Found", FailingSince: beforeNow(6 * aDay)}, "404 Not Found since Thursday (2 polls)"},
		{SourceStatus{State: "failing", Failures: 2, LastError: "404 Not Found", FailingSince: beforeNow(7 * aDay)}, "404 Not Found since 25 February (2 polls)"},
		{SourceStatus{State: "failing", Failures: 2, LastError: "404 Not Found", FailingSince: beforeNow(70 * aDay)}, "404 Not Found since 24 December 2025 (2 polls)"},
		{SourceStatus{State: "failing", Failures: 1, LastError: "dial tcp 192.0.2.7:443: connect: connection refused", FailingSince: lunch, NextFetch: lunch.Add(2 * time.Minute)},
			"connection refused since 14:20, next try 14:22"},
		{SourceStatus{State: "failing", Failures: 1, LastError: "dial tcp: lookup wire.example on 127.0.0.53:53: no such host", FailingSince: lunch, NextFetch: lunch.Add(2 * time.Minute)},
			"failing since 14:20: lookup wire.example: no such host; next try 14:22"},
		{SourceStatus{State: "failing", Failures: 3, FailingSince: beforeNow(time.Hour), NextFetch: lunch}, "failing since 13:20 (3 polls); next try 14:20"},
		{SourceStatus{State: "failing", Failures: 1, LastError: "404 Not Found", NextFetch: lunch}, "404 Not Found, next try 14:20"},
		{SourceStatus{State: "stopped", Failures: 1, LastError: "410 Gone: remove the source", FailingSince: beforeNow(aDay), LastFetch: lunch}, "stopped since Tuesday: 410 Gone: remove the source"},
		{SourceStatus{State: "offline", LastFetch: lunch, NextFetch: lunch.Add(time.Minute)}, "no network when it was to be polled, last polled 14:20, next try 14:21"},
		{SourceStatus{State: "offline"}, "no network when it was to be polled"},
		{SourceStatus{State: "removed", LastFetch: lunch, NextFetch: lunch, MovedTo: "https://other.example/"}, "no longer in the configuration"},
	} {
		if got := test.source.Condition(lunch, inSeoul); got != test.want {
			t.Errorf("%+v\n got %q\nwant %q", test.source, got, test.want)
		}
	}
}

// Days are those of the calendar in the zone, also where one is 23 hours long.
func TestWhenClocksChange(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Skip(err)
	}
	sunday := time.Date(2026, 3, 29, 12, 0, 0, 0, berlin) // from 2:00 to 3:00
	for _, test := range []struct {
		t    time.Time
		want string
	}{
		{time.Date(2026, 3, 29, 0, 5, 0, 0, berlin), "00:05"},
		{time.Date(2026, 3, 28, 23, 55, 0, 0, berlin), "Saturday 23:55"},
		{time.Date(2026, 3, 23, 12, 0, 0, 0, berlin), "Monday 12:00"},
		{time.Date(2026, 3, 22, 23, 59, 0, 0, berlin), "22 March 23:59"},
		{time.Date(2027, 1, 2, 3, 4, 0, 0, berlin), "2 January 2027 03:04"},
	} {
		if got := When(test.t, sunday, berlin); got != test.want {
			t.Errorf("%s: got %q, want %q", test.t, got, test.want)
		}
	}
}

// What everybody may read has no path, query, password or folder in it.
func TestTellable(t *testing.T) {
	for text, want := range map[string]string{
		"404 Not Found": "404 Not Found",
		"it leads to https://user:pw@wire.example/rss/s3cret?token=s3cret, which asked to be left alone":                                               "it leads to https://wire.example/…, which asked to be left alone",
		"not a feed: its page names https://wire.example/s3cret.xml; see https://wire.example/":                                                        "not a feed: its page names https://wire.example/…; see https://wire.example/",
		`no credential "wire": looked for /etc/newswired/s3cret/wire, $NEWSWIRED_CREDENTIAL_WIRE; write "basic USER:PASSWORD" or "bearer TOKEN" there`: `no credential "wire": looked for …/wire, $NEWSWIRED_CREDENTIAL_WIRE; write "basic USER:PASSWORD" or "bearer TOKEN" there`,
		"proxyconnect tcp: dial tcp 10.0.0.7:3128: connect: connection refused":                                                                        "proxyconnect tcp: connection refused",
		"https://wire.example?key=s3cret":                                        "https://wire.example/…",
		"read tcp 10.0.0.2:42922->192.0.2.8:443: read: connection reset by peer": "connection reset by peer",
		"three\nlines\r\nof it":                                                  "three lines of it",
		"an answer in 24/7 or text/html and/or both":                             "an answer in 24/7 or text/html and/or both",
	} {
		got := Tellable(text)
		if got != want || strings.Contains(got, "s3cret") {
			t.Errorf("%q\n got %q\nwant %q", text, got, want)
		}
	}
}

func TestTally(t *testing.T) {
	for want, states := range map[string]map[string]int{
		"no source is configured":                {},
		"1 source: failing":                      {"failing": 1},
		"12 sources, all ok":                     {"ok": 12},
		"12 sources: 1 failing, 2 stopped, 9 ok": {"ok": 9, "failing": 1, "stopped": 2},
		"3 sources: 1 offline, 1 new, 1 removed": {"offline": 1, "new": 1, "removed": 1},
	} {
		if got := Tally(states); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
