package main

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"newswired/feed/web"
	"newswired/fetcher/schedule"
)

// Credentials are the keys of a private feed; one that cannot be read opens
// nothing, and what stands in it is in no log.
func TestAccess(t *testing.T) {
	t.Setenv("CREDENTIALS_DIRECTORY", "")
	c := parse(t, `
sources: [{name: a, url: "https://a.example/rss"}]
feeds: [{name: all}, {name: desk, access: [kim, lee, gone, broken]}, {name: closed, access: [gone]}]`)
	c.Credentials = t.TempDir()
	for name, text := range map[string]string{"kim": "bearer geheim", "lee": "basic lee:geheim", "broken": "geheim"} {
		if err := os.WriteFile(filepath.Join(c.Credentials, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var log strings.Builder
	keys := c.access(slog.New(slog.NewTextHandler(&log, nil)))
	want := []web.Key{web.NewKey("geheim", true), web.NewKey("lee:geheim", false)}
	if got := keys["desk"]; len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
		t.Errorf("desk: %v", got)
	}
	if closed, private := keys["closed"]; !private || len(closed) != 0 {
		t.Error("a feed of which no credential can be read is open")
	}
	if _, private := keys["all"]; private {
		t.Error("a feed without access is closed")
	}
	if s := log.String(); strings.Contains(s, "geheim") || strings.Count(s, "level=ERROR") != 3 {
		t.Errorf("log:\n%s", s)
	}
}

// Caches may keep an edition until the first of the sources that bring it news
// is polled.
func TestNextPoll(t *testing.T) {
	c := parse(t, `
sources:
  - {name: a, url: "https://a.example/rss", schedule: "@every 5m"}
  - {name: b, url: "https://b.example/rss", schedule: "@every 40m"}
feeds: [{name: all}, {name: one, sources: [b]}, {name: two, sources: [b], min_outlets: 2}]`)
	f := &follower{schedule: schedule.New(slog.New(slog.DiscardHandler))}
	var jobs []schedule.Job
	for _, s := range c.Sources {
		jobs = append(jobs, schedule.Job{Name: s.Name, Spec: s.spec(), Zone: s.Zone})
	}
	f.schedule.Set(jobs)
	now := time.Now()
	for feed, sources := range map[string]string{"all": "a b", "one": "b", "two": "a b"} {
		names := c.readBy(feed)
		if got := strings.Join(names, " "); got != sources {
			t.Errorf("%s is read by %s, want %s", feed, got, sources)
		}
		first := f.schedule.Next(names[0], now)
		for _, name := range names {
			if next := f.schedule.Next(name, now); next.Before(first) {
				first = next
			}
		}
		if got := f.nextPoll(names, now); got.Sub(first) > 30*time.Second || got.Before(now) {
			t.Errorf("%s: next %v, want %v", feed, got, first)
		}
	}
	if got := f.nextPoll([]string{"unknown"}, now); !got.IsZero() {
		t.Errorf("unknown: %v", got)
	}
}
