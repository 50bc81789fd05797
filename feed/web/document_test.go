package web

import (
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"newswired/feed"
)

// manyEntries returns so many entries, the newest first.
func manyEntries(n int) []feed.Entry {
	var all []feed.Entry
	for i := n; i > 0; i-- {
		all = append(all, entry(i, morning.Add(time.Duration(i)*time.Minute), [4]string{"Wire", fmt.Sprintf("Report number %03d", i), "", "en"}))
	}
	return all
}

// TestArchives walks from the subscription document to the oldest entry, in each
// format, as RFC 5005 section 4 describes it.
func TestArchives(t *testing.T) {
	lib := newLibrary()
	lib.entries["korea"] = manyEntries(125)
	site, _ := newSite(lib)
	const at = "https://news.example.org/feeds/korea"
	for format, wants := range map[string][3][]string{
		"atom": {
			{`rel="self"`, `<link href="` + at + `/archive/2.atom" rel="prev-archive"`, "Report number 026"},
			{`<fh:archive></fh:archive>`, `<link href="` + at + `.atom" rel="current"`, `<link href="` + at + `/archive/1.atom" rel="prev-archive"`, "Report number 011"},
			{`<fh:archive></fh:archive>`, `<link href="` + at + `/archive/2.atom" rel="next-archive"`, "Report number 001"},
		},
		"rss": {
			{`<atom:link rel="prev-archive" href="` + at + `/archive/2.rss">`},
			{`<fh:archive></fh:archive>`, `<atom:link rel="current" href="` + at + `.rss">`, `<atom:link rel="prev-archive" href="` + at + `/archive/1.rss">`},
			{`<atom:link rel="next-archive" href="` + at + `/archive/2.rss">`},
		},
		"json": {
			{`"next_url": "` + at + `/archive/2.json"`},
			{`"next_url": "` + at + `/archive/1.json"`, `"feed_url": "` + at + `/archive/2.json"`},
			{"Report number 001"},
		},
	} {
		for i, path := range []string{"/feeds/korea.", "/feeds/korea/archive/2.", "/feeds/korea/archive/1."} {
			r := ask(site, "GET", path+format)
			text := body(t, r)
			for _, want := range wants[i] {
				if !strings.Contains(text, want) {
					t.Errorf("%s%s lacks %s", path, format, want)
				}
			}
			if last := i == 2; last && containsAny(text, "prev-archive", "next_url") {
				t.Errorf("%s%s leads beyond the oldest", path, format)
			}
			if cc := r.Header.Get("Cache-Control"); i > 0 && cc != "public, max-age=86400" {
				t.Errorf("%s%s: Cache-Control %q", path, format, cc)
			}
			if r := ask(site, "GET", path+format, "If-None-Match", r.Header.Get("ETag")); r.StatusCode != 304 {
				t.Errorf("%s%s: status %d", path, format, r.StatusCode)
			}
		}
	}
	for _, path := range []string{"archive/3.atom", "archive/0.atom", "archive/-1.atom", "archive/01.atom", "archive/1", "archive/1.txt", "archive/", "archive/1.atom/2", "archive/x.atom", "archive/99999999999999999999.atom"} {
		if r := ask(site, "GET", "/feeds/korea/"+path); r.StatusCode != 404 || !strings.Contains(body(t, r), "the first page lists the feeds") {
			t.Errorf("%s: status %d", path, r.StatusCode)
		}
	}
	if n := len(site.routes.Load().loft.shelves); n != 6 {
		t.Errorf("%d shelves for 6 archives", n)
	}
	if r := ask(site, "DELETE", "/feeds/korea/archive/1.atom"); r.StatusCode != 405 {
		t.Errorf("DELETE: status %d", r.StatusCode)
	}
}

// TestDeleted holds that a void entry is named in the Atom document, and that a
// query changes nothing.
func TestDeleted(t *testing.T) {
	lib := newLibrary()
	lib.deleted = []feed.Deletion{{ID: "tag:news.example.org,2026:7f/story/9", When: morning, By: "Wire", Comment: "withdrawn by Wire: KILL"}}
	site, _ := newSite(lib)
	r := ask(site, "GET", "/feeds/korea.atom")
	if text := body(t, r); !strings.Contains(text, `<at:deleted-entry ref="tag:news.example.org,2026:7f/story/9" when="2026-03-04T05:20:00Z">`) {
		t.Error(text)
	}
	if other := ask(site, "GET", "/feeds/korea.atom?limit=1&since=2026-01-01"); other.Header.Get("ETag") != r.Header.Get("ETag") {
		t.Error("a query asks for another document")
	}
}

// TestRhythm holds that caches keep an Edition until the next poll, within
// bounds, and ask again then.
func TestRhythm(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		lib := newLibrary()
		cfg := config()
		in := 17 * time.Minute
		cfg.NextPoll = func(string) time.Time { return time.Now().Add(in).Add(time.Second / 2) }
		site := New(lib, cfg, slog.New(slog.DiscardHandler))
		for _, test := range []struct {
			in   time.Duration
			want []string
		}{
			{17 * time.Minute, []string{"public, max-age=1020", "public, max-age=1021"}},
			{5 * time.Second, []string{"public, max-age=60"}},
			{-time.Hour, []string{"public, max-age=60"}},
			{30 * time.Hour, []string{"public, max-age=3600"}},
		} {
			time.Sleep(restless)
			lib.do(func() { in = test.in })
			if got := ask(site, "GET", edition).Header.Get("Cache-Control"); got != test.want[0] && got != test.want[len(test.want)-1] {
				t.Errorf("poll in %v: %s, want %s", test.in, got, test.want)
			}
		}
		lib.do(func() { cfg.NextPoll = nil })
		site.Configure(cfg)
		if got := ask(site, "GET", "/feeds/korea.rss").Header.Get("Cache-Control"); got != "public, max-age=60" {
			t.Errorf("nobody knows: %s", got)
		}
	})
}
