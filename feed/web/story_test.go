package web

import (
	"maps"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"newswired/feed"
	"newswired/feed/render"
)

// account is the Story of an entry whose wire corrected itself, with a related
// one in korea and one that only desk has.
func account(e feed.Entry, feeds ...string) *feed.Account {
	a := &feed.Account{
		Story:     e.Story,
		Placed:    make(map[int64]string),
		Revisions: make(map[int64][]feed.Revision),
		Related: []feed.Related{
			{Story: 2, Title: "Storm closes harbours", Verdict: "related", Reason: "about the same event", Feeds: []string{"korea", "desk"}},
			{Story: 77, Title: "A plan of the desk", Verdict: "related", Reason: "about the same event", Feeds: []string{"desk"}},
		},
	}
	first := e.Copies[0].ID
	for i := range e.Copies {
		c := &e.Copies[i]
		c.Published = morning.Add(time.Duration(i*95) * time.Minute)
		a.Placed[c.ID] = "like article 30: same headline"
		a.Revisions[c.ID] = []feed.Revision{{Seen: c.Published, Title: c.Title, Summary: c.Summary, Content: c.Content}}
	}
	a.Placed[first] = "the first to tell it"
	a.Revisions[first] = []feed.Revision{
		{Seen: morning, Title: "Ferry sinks off <Mokpo>", Summary: "5 were rescued.", Content: "<p>The harbour said so.</p>"},
		{Seen: morning.Add(time.Hour), Title: "Ferry sinks off <Mokpo>", Summary: "7 were rescued.", Content: "<p>The harbour said so.</p>"},
		{Seen: morning.Add(2 * time.Hour), Title: "Ferry sinks off <Mokpo>", Summary: "7 were rescued.", Content: "<p>The office said so.</p>"},
		{Seen: morning.Add(3 * time.Hour), Title: "Ferry sinks off <Mokpo>", Summary: "7 were rescued.", Content: "<div>The office said so.</div>"},
	}
	a.Decisions = []feed.Decision{{Article: first + 1, Other: first, Verdict: "same", Reason: "likeness 4.5"}, {Article: first + 1, Other: 999, Verdict: "same", Reason: "elsewhere"}}
	for _, name := range feeds {
		a.Verdicts = append(a.Verdicts, feed.FeedVerdict{Feed: name, Judged: true, Passes: true, Reason: "no filter", Entered: morning})
	}
	a.Verdicts = append(a.Verdicts, feed.FeedVerdict{Feed: "empty", Judged: true, Reason: "never"})
	return a
}

// newStorySite has stories 3, public and in a private feed, 8, told in 3, 9, in a
// private feed alone, 7, told in 9, and 5, in no feed.
func newStorySite(t *testing.T) (*Site, *library) {
	lib := newLibrary()
	lib.accounts = map[int64]*feed.Account{
		3: account(lib.entries["korea"][0], "korea", "desk"),
		9: account(entry(9, morning, [4]string{"Wire", "The desk's own report", "", "en"}), "desk"),
		5: account(entry(5, morning, [4]string{"Wire", "Nobody's report", "", "en"})),
	}
	lib.accounts[8], lib.accounts[7] = lib.accounts[3], lib.accounts[9]
	site, log := newPrivateSite(lib)
	t.Cleanup(func() {
		if text := log.String(); strings.Contains(text, "not renewed") {
			t.Errorf("an answer was logged as a failure: %s", text)
		}
	})
	return site, lib
}

// How late somebody was whose article has no date nobody knows.
func TestStoryUndated(t *testing.T) {
	site, lib := newStorySite(t)
	lib.accounts[3].Copies[1].Undated = true
	lib.entries["korea"][1].Copies[0].Undated = true
	for _, path := range []string{"/", "/feeds/korea"} {
		if text := body(t, ask(site, "GET", path)); strings.Count(text, `</time> seen, no date`)+strings.Count(text, `</time> 확인, 날짜 없음`) != 1 {
			t.Errorf("%s does not say what has no date", path)
		}
	}
	text := body(t, ask(site, "GET", "/stories/3"))
	if want := `15:55</time> <span class="lag">seen, no date</span>`; !strings.Contains(text, want) || strings.Contains(text, "1h35m") {
		t.Errorf("lacks %s", want)
	}
}

func TestStory(t *testing.T) {
	site, _ := newStorySite(t)
	r := ask(site, "GET", "/stories/3")
	text := body(t, r)
	for _, want := range []string{
		`<h1 dir="auto" lang="en"><a href="https://outlet0.example/3">(LEAD) Ferry to Ulleung`,
		`3 articles, 3 outlets, 3 origins; first carried by <b dir="auto">Wire News Agency</b>, <time datetime="2026-03-04T05:20:00Z">4 Mar 2026 14:20</time>`,
		`<time datetime="2026-03-04T06:55:00Z">15:55</time> <span class="lag">&#43;1h35m</span>`,
		`<p dir="auto" lang="ko"><a href="https://outlet2.example/3">울릉도`,
		`<del>5</del><ins>7</ins> were rescued.`,
		`The <del>harbour</del><ins>office</ins> said so.`,
		`<p dir="auto" lang="en">Ferry sinks off &lt;Mokpo&gt;</p>`,
		`<a href="#a30" dir="auto">Wire News Agency</a>: the first to tell it`,
		`<a href="#a31" dir="auto">The Herald &amp; Co.</a>: like Wire News Agency: same headline`,
		`<details open><summary>in common with others</summary>`,
		`<li>the same report as Wire News Agency: likeness 4.5</li>`,
		`<a href="2" dir="auto">Storm closes harbours</a>`,
		`<a href="../feeds/korea" dir="auto">Korea, every wire once</a>`,
		`since <time datetime="2026-03-04T05:20:00Z">4 Mar 2026 14:20</time>: no filter`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s", want)
		}
	}
	for _, bad := range []string{"desk", "token", "ZgotmplZ", "elsewhere", "never", "<Mokpo>"} {
		if strings.Contains(text, bad) {
			t.Errorf("the public page has %s", bad)
		}
	}
	if n := strings.Count(text, ", revised</p>"); n != 2 {
		t.Errorf("%d revisions that show a change, want 2", n)
	}
	if r.Header.Get("Cache-Control") != "no-cache" {
		t.Errorf("Cache-Control %q", r.Header.Get("Cache-Control"))
	}
	if again := ask(site, "GET", "/stories/3", "If-None-Match", r.Header.Get("Etag")); again.StatusCode != 304 {
		t.Errorf("status %d, want 304", again.StatusCode)
	}
}

// Who may not see a private feed is not told that a story is in it, or is at all.
func TestStoryIsPrivate(t *testing.T) {
	site, _ := newStorySite(t)
	for _, test := range []struct {
		path, authorization, location string
		status                        int
	}{
		{"/stories/3", "", "", 200},
		{"/stories/3?token=wrong", "", "", 200},
		{"/stories/8", "", "https://news.example.org/stories/3", 308},
		{"/stories/8?token=geheim/1", "", "https://news.example.org/stories/3?token=geheim%2F1", 308},
		{"/stories/9", "", "", 404},
		{"/stories/9?token=wrong", "", "", 404},
		{"/stories/9?token=geheim/1", "", "", 200},
		{"/stories/9", basic("kim:ge heim"), "", 200},
		{"/stories/7", "", "", 404},
		{"/stories/7", basic("kim:ge heim"), "https://news.example.org/stories/9", 308},
		{"/stories/5?token=geheim/1", "", "", 404},
		{"/stories/12345", "", "", 404},
		{"/stories/03", "", "", 404},
		{"/stories/-3", "", "", 404},
		{"/stories/", "", "", 404},
		{"/stories/99999999999999999999", "", "", 404},
	} {
		fields := []string{}
		if test.authorization != "" {
			fields = []string{"Authorization", test.authorization}
		}
		r := ask(site, "GET", test.path, fields...)
		if r.StatusCode != test.status || r.Header.Get("Location") != test.location {
			t.Errorf("%s %s: %d to %q, want %d to %q", test.path, test.authorization, r.StatusCode, r.Header.Get("Location"), test.status, test.location)
		}
		if cc := r.Header.Get("Cache-Control"); r.StatusCode == 200 && strings.Contains(test.path+test.authorization, "ge") && cc != "private, no-cache" {
			t.Errorf("%s: Cache-Control %q", test.path, cc)
		}
	}
	text := body(t, ask(site, "GET", "/stories/3?token=geheim/1"))
	for _, want := range []string{`href="77?token=geheim%2F1"`, `href="../feeds/desk?token=geheim%2F1"`, `href="../feeds/korea"`} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in the page of who has the token", want)
		}
	}
	if r := ask(site, "POST", "/stories/3"); r.StatusCode != 405 {
		t.Errorf("POST: status %d", r.StatusCode)
	}
}

// What a page had is no longer told once its story has left the feeds, and
// nothing is kept of what was asked for.
func TestStoryLeaves(t *testing.T) {
	site, lib := newStorySite(t)
	lib.accounts[3].Revisions = maps.Clone(lib.accounts[3].Revisions)
	if r := ask(site, "GET", "/stories/3"); r.StatusCode != 200 {
		t.Fatalf("status %d", r.StatusCode)
	}
	lib.do(func() { lib.accounts[3].Verdicts = nil })
	for range 2 {
		if r := ask(site, "GET", "/stories/3"); r.StatusCode != 404 {
			t.Errorf("status %d, want 404", r.StatusCode)
		}
	}
	if n := len(site.routes.Load().loft.shelves); n != 0 {
		t.Errorf("%d shelves are left", n)
	}
}

// Feeds that show only summaries do not show by their differences what else the
// article says.
func TestStoryOfSummaries(t *testing.T) {
	site, _ := newStorySite(t)
	cfg := config()
	cfg.Feeds[0].Summary = true
	site.Configure(cfg)
	text := body(t, ask(site, "GET", "/stories/3"))
	if strings.Contains(text, "<ins>office") || !strings.Contains(text, "<ins>7</ins>") {
		t.Error("only what changed in the summary should be told")
	}
}

// A live page with hundreds of versions makes a page of bounded length.
func TestStoryOfManyVersions(t *testing.T) {
	site, lib := newStorySite(t)
	a := lib.accounts[3]
	for i := range 300 {
		a.Revisions[30] = append(a.Revisions[30], feed.Revision{Title: "Ferry sinks, report " + strings.Repeat("I", i)})
	}
	for i := range int64(300) {
		c := a.Copies[1]
		c.ID, c.Source = 1000+i, "herald"
		a.Copies = append(a.Copies, c)
		a.Decisions = append(a.Decisions, feed.Decision{Article: 31, Other: 1000 + i, Verdict: "same", Reason: "likeness 3"})
	}
	text := body(t, ask(site, "GET", "/stories/3"))
	for _, want := range []string{"284 earlier versions are not shown.", "And 103 later ones.", "<details><summary>", "<li>and 297 more</li>"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q", want)
		}
	}
}

// An outlet's Articles are told apart, and nobody else is numbered.
func TestNameCopies(t *testing.T) {
	e := entry(1, morning, [4]string{"Wire", "a"}, [4]string{"Post", "b"}, [4]string{"Wire", "c"})
	names := make(map[int64]string)
	nameCopies(names, e.Copies, []render.Brief{{Outlet: "Wire"}, {Outlet: "Post"}, {Outlet: "Wire"}})
	if want := map[int64]string{10: "Wire (1)", 11: "Post", 12: "Wire (2)"}; !maps.Equal(names, want) {
		t.Errorf("%v, want %v", names, want)
	}
}

func TestNameArticles(t *testing.T) {
	names := map[int64]string{3: "Wire (1)"}
	for reason, want := range map[string]string{
		"like article 3: same":       "like Wire (1): same",
		"like article 4 and article": "like an article elsewhere and article",
		"the first":                  "the first",
	} {
		if got := nameArticles(reason, names); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestSight(t *testing.T) {
	site, _ := newStorySite(t)
	r := site.routes.Load()
	for name, want := range map[string][2]bool{"korea": {true, true}, "desk": {false, true}, "closed": {false, false}, "unknown": {false, false}} {
		if got := [2]bool{r.sees(sight{}, name), r.sees(sight{opened: []string{"desk"}}, name)}; got != want {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
	if !slices.Equal(r.sight(httptest.NewRequest("GET", "/?token=geheim/1", nil)).opened, []string{"desk"}) {
		t.Error("the token opens desk")
	}
}
