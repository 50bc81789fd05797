package web

import (
	"fmt"
	"log/slog"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"newswired/feed"
)

// newStatusLibrary has Sources in every state, and hours of polls, as seen at a time.
func newStatusLibrary(now time.Time) *library {
	lib := newLibrary()
	perDay := 12.0
	lib.sources = []feed.SourceStatus{
		{Name: "wire", Outlet: "Wire News Agency", State: "ok", LastFetch: now, NextFetch: now.Add(5 * time.Minute), Schedule: "@every 5m", LastArticle: now.Add(-time.Hour), Articles: 1234,
			BytesSaved: 12_300_000, PerDay: &perDay, Days: []int{0, 3, 12, 1}, FullText: true, PagesDue: 3, Push: "trusted", LastPush: now.Add(-time.Hour)},
		{Name: "herald", Outlet: "The Herald & Co.", State: "failing", Failures: 12, FailingSince: now.Add(-24 * time.Hour), LastError: "it leads to https://me:pw@herald.example/s3cret?token=s3cret",
			URL: "https://herald.example/rss?token=s3cret", LastFetch: now, NextFetch: now.Add(4 * time.Hour), MovedTo: "https://new.example/s3cret",
			Warnings: []feed.SourceWarning{{Warning: "repaired: tags that do not match", Count: 4, Last: now.Add(-48 * time.Hour)}}},
		{Name: "ganada", Outlet: "가나다일보", State: "offline", LastFetch: now, NextFetch: now.Add(time.Minute), Articles: 15},
		{Name: "fresh", State: "new", NextFetch: now.Add(2 * time.Minute)},
		{Name: "quiet", Outlet: "Quiet Post", State: "stopped", FailingSince: now.Add(-30 * 24 * time.Hour), LastError: "410 Gone", Articles: 1},
	}
	for h := range 24 * feed.HealthDays {
		x := feed.PollHour{Hour: now.Truncate(time.Hour).Add(time.Duration(-h) * time.Hour), Polls: 100, Spared: 60, Bytes: 1_000_000, Articles: h % 7}
		if h == 30 {
			x.Failures = 9
		}
		if h < 24*feed.TookDays {
			x.Took = feed.Took{feed.TookClass(100 * time.Millisecond): 90, feed.TookClass(3 * time.Second): 10}
		}
		lib.hours = append(lib.hours, x)
	}
	lib.self = feed.Self{Articles: 81000, Stories: 40000, Database: 512_000_000, Log: 4_200_000, Room: 12_000_000_000, Version: "1.2.3",
		Problems: []feed.Problem{{Check: "owner", Severity: "error", Says: "Files beside the database belong to another user: /srv/s3cret/news.db-wal."}},
		Daemon:   &feed.Daemon{Started: now.Add(-3 * 24 * time.Hour), Offline: true, Refused: true}}
	return lib
}

func TestStatusPage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // it is Saturday, 1 January 2000, 09:00 in Seoul
		cfg := config()
		cfg.Status = feed.Feed{Name: feed.StatusFeed}
		site := New(newStatusLibrary(time.Now()), cfg, slog.New(slog.DiscardHandler))
		text := body(t, ask(site, "GET", "/status"))
		for _, want := range []string{
			`<p>5 sources: 1 failing, 1 stopped, 1 offline, 1 new, 1 ok. As of <time datetime="2000-01-01T00:00:00Z">1 Jan 2000 09:00</time>. What needs a person is told in <a href="https://news.example.org/feeds/_status.atom">a feed</a>, too.</p>`,
			`2400 polls in 24 hours, 0 failed, 60 % not modified, 24.0 MB received`,
			`81000 articles in 40000 stories`, `512.0 MB, its log 4.2 MB, 12.0 GB left on its disk`,
			`<dt>error</dt><dd class="health failing">Files beside the database belong to another user: …/news.db-wal.</dd>`,
			`gone: nothing can be reached`, `refused, the former one goes on`, `newswired 1.2.3, running since Wednesday 09:00`,
			`<tr id="s-herald"><th scope="row">The Herald &amp; Co. <span class="quiet">herald</span></th>`,
			`it leads to https://herald.example/… since Friday (12 polls)`, `next try 13:00; it has moved, change its url`,
			`<p class="warning">repaired: tags that do not match (4 polls, last Thursday 09:00)</p>`,
			`<p class="health stopped">stopped since 2 December 1999: 410 Gone</p>`,
			`<th scope="row">가나다일보 <span class="quiet">ganada</span></th>`, `15<span class="unit"> articles</span>`, `1<span class="unit"> article</span>`,
			`about 12 articles a day, polled every 5m · 12.3 MB spared by 304 · its hub is trusted to tell of its news, last delivery 08:00 · 3 pages still to be fetched`,
			`<path d="M15 100v-25M25 100v-100M35 100v-8"></path>`,
			`<title id="articles-title">New articles by day</title>`, `most on Sunday 5 December: 78.</desc>`,
			`9 of 16800 polls failed in 7 days, most from Friday 03:00 on: 9 in an hour.</desc>`,
			`Half of the polls were over within 98 ms (the line below), 95 of 100 within 3.2 s (dashed)`,
			`<td class="number">98 ms</td><td class="number">3.2 s</td>`,
		} {
			if !strings.Contains(text, want) {
				t.Errorf("it lacks %s", want)
			}
		}
		for _, bad := range []string{"s3cret", "style=", "<script", "ZgotmplZ", "NaN", "-0v"} {
			if strings.Contains(text, bad) {
				t.Errorf("it has %s", bad)
			}
		}
		order := regexp.MustCompile(`id="(failing|stopped|offline|new|ok)"`).FindAllStringSubmatch(text, -1)
		if got := fmt.Sprint(order); got != `[[id="failing" failing] [id="stopped" stopped] [id="offline" offline] [id="new" new] [id="ok" ok]]` {
			t.Errorf("groups %s", got)
		}
	})
}

// The page of a file in which nothing happened yet is one, too.
func TestStatusOfNothing(t *testing.T) {
	site, _ := newSite(&library{generation: 1})
	text := body(t, ask(site, "GET", "/status"))
	for _, want := range []string{"no source is configured", "no polls in 24 hours", "No new articles in 30 days.", "None of 0 polls failed in 7 days.", "No poll went well in 7 days."} {
		if !strings.Contains(text, want) {
			t.Errorf("it lacks %s", want)
		}
	}
	if strings.Contains(text, "NaN") || strings.Contains(text, "Inf") {
		t.Error("it has a number that is none")
	}
}

// It tells times: it is made anew when they have passed, though nothing changed, and
// not before, whatever changed.
func TestStatusLasts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		lib := newStatusLibrary(time.Now())
		site, _ := newSite(lib)
		first := body(t, ask(site, "GET", "/status"))
		lib.do(func() { lib.sources[0].Articles = 4321 })
		time.Sleep(statusLasts - time.Second)
		if body(t, ask(site, "GET", "/status")) != first {
			t.Error("made anew too early")
		}
		time.Sleep(time.Second)
		if text := body(t, ask(site, "GET", "/status")); !strings.Contains(text, "4321") {
			t.Error("not made anew when its time was over")
		}
		asked := lib.questions()
		time.Sleep(12 * time.Hour)
		if text := body(t, ask(site, "GET", "/status")); !strings.Contains(text, "1 Jan 2000 21:00") || lib.questions() != asked+1 {
			t.Error("half a day later it is of this morning")
		}
	})
}

// Many Sources are a page that can be sent and read: no drawings, about half a
// kilobyte for each.
func TestStatusOfMany(t *testing.T) {
	site, _ := newSite(manySources(time.Now()))
	text := body(t, ask(site, "GET", "/status"))
	if n := strings.Count(text, "<tr id="); n != 2000 || len(text) > 1_200_000 || strings.Contains(text, `class="spark"`) {
		t.Errorf("%d sources in %d bytes", n, len(text))
	}
	if strings.Index(text, `id="failing"`) > strings.Index(text, `id="ok"`) {
		t.Error("who is well comes first")
	}
}

// manySources returns a Library of 2000 Sources, one in fifty of which fails.
func manySources(now time.Time) *library {
	lib := newStatusLibrary(now)
	kinds := lib.sources
	lib.sources = nil
	for i := range 2000 {
		s := kinds[0]
		if i%50 == 0 {
			s = kinds[1]
		}
		s.Name, s.Outlet = fmt.Sprintf("source-%d", i), fmt.Sprintf("지역 신문 %d", i)
		lib.sources = append(lib.sources, s)
	}
	return lib
}

// BenchmarkStatusOfMany renders the page of 2,000 Sources.
func BenchmarkStatusOfMany(b *testing.B) {
	site, _ := newSite(manySources(time.Now()))
	m := site.routes.Load().maker
	for b.Loop() {
		text, err := m.statusPage(b.Context())
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(len(text)), "bytes")
	}
}

// Each day is counted by itself, also one that has 23 hours or begins at one o'clock.
func TestStatusByDay(t *testing.T) {
	for _, test := range []struct {
		zone string
		now  time.Time
	}{
		{"America/Havana", time.Date(2026, 3, 9, 9, 0, 0, 0, time.UTC)},  // the 8th had no midnight
		{"Europe/Berlin", time.Date(2026, 3, 30, 9, 0, 0, 0, time.UTC)},  // the 29th had no 02:00
		{"Asia/Kolkata", time.Date(2026, 3, 1, 20, 0, 0, 0, time.UTC)},   // half an hour off
		{"Pacific/Apia", time.Date(2011, 12, 31, 20, 0, 0, 0, time.UTC)}, // there was no 30th
	} {
		zone, err := time.LoadLocation(test.zone)
		if err != nil {
			t.Skip(err)
		}
		var hours []feed.PollHour
		for h := range 24 * 20 {
			hours = append(hours, feed.PollHour{Hour: test.now.Truncate(time.Hour).Add(time.Duration(-h) * time.Hour), Polls: 1})
		}
		days := (&maker{zone: zone}).byDay(hours, test.now)
		seen, polls := make(map[string]bool), 0
		for _, d := range days {
			seen[d.begin.Format(time.DateOnly)] = true
			polls += d.Polls
		}
		lost := 0
		if test.zone == "Pacific/Apia" {
			lost = 1
		}
		if len(seen) != feed.HealthDays-lost || polls != len(hours) {
			t.Errorf("%s: %d days with %d polls of %d", test.zone, len(seen), polls, len(hours))
		}
	}
}
