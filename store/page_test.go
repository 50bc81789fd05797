package store

import (
	"context"
	"errors"
	"fmt"
	"html"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"newswired/feed"
)

// newPageWorld is a world whose paper has full text.
func newPageWorld(t *testing.T, judge feed.Judge) *world {
	t.Helper()
	w := &world{t: t, now: start}
	w.open(filepath.Join(t.TempDir(), "test.db"))
	w.configurePages(judge)
	return w
}

// configurePages configures a wire without pages, a paper with them, and more.
func (w *world) configurePages(judge feed.Judge, more ...feed.Source) {
	w.t.Helper()
	sources := append([]feed.Source{
		{Name: "wire", URL: "https://wire.example/rss", Outlet: "Wire", Agency: "Wire", Schedule: "@every 10m"},
		{Name: "paper", URL: "https://paper.example/rss", Outlet: "Paper", FullText: true},
	}, more...)
	if err := w.Configure(context.Background(), sources, []feed.Feed{{Name: "all", Title: "All", Rule: "all"}}, judge, start); err != nil {
		w.t.Fatal(err)
	}
}

const paperHost = "paper.example:443"

// claim claims a page of the paper, nil if there is none.
func (w *world) claim(budget int) *feed.PageDue {
	w.t.Helper()
	due, err := w.ClaimPage(context.Background(), paperHost, []string{"paper"}, budget, w.now)
	if err != nil {
		w.t.Fatal(err)
	}
	return due
}

// answer records what came of a page that was claimed.
func (w *world) answer(due *feed.PageDue, f feed.PageFetch) {
	w.t.Helper()
	if due == nil {
		w.t.Fatal("no page is due")
	}
	f.Article, f.Seq, f.URL, f.Started, f.Host = due.Article, due.Seq, due.URL, w.now, paperHost
	if f.Status == 0 {
		f.Status = 200
	}
	f.Plan(due, 0, w.now)
	if err := w.RecordPage(context.Background(), f); err != nil {
		w.t.Fatal(err)
	}
}

func text(s string) *feed.Page { return &feed.Page{Text: s, Content: "<p>" + s + "</p>"} }

// pageState compares the state of the only page.
func (w *world) pageState(want string) {
	w.t.Helper()
	var got string
	if err := w.reader.QueryRow("SELECT state || coalesce(' ' || kind, '') || iif(text IS NULL, '', ' with text') FROM pages").Scan(&got); err != nil {
		w.t.Fatal(err)
	}
	if got != want {
		w.t.Errorf("state of the page: %q, want %q", got, want)
	}
}

// The text of a page stands for the content, and is no news.
func TestPageText(t *testing.T) {
	w := newPageWorld(t, everything)
	w.poll("paper")
	w.poll("paper", article("1", "https://paper.example/1", "Ferry late"))
	w.poll("wire", article("w", "https://wire.example/1", "Budget passed"))
	before := w.entries()
	hosts, err := w.PageHosts(context.Background(), 9, w.now)
	if err != nil || len(hosts) != 1 || hosts[0] != paperHost {
		t.Fatalf("hosts %v, %v", hosts, err)
	}
	w.pageState("due")
	due := w.claim(9)
	if w.claim(9) != nil {
		t.Error("a page was given to two")
	}
	want(t, "what the feed says", due.Says.Summary, "Summary of Ferry late")
	w.now = w.now.Add(time.Hour)
	w.answer(due, feed.PageFetch{Validators: feed.Validators{URL: due.URL, ETag: `"1"`}, Page: &feed.Page{
		Text: "All of it.", Content: "<p>All of it.</p>", Authors: []feed.Person{{Name: "Kim"}}, Credit: feed.Credit{Agency: "AP"}, Language: "en",
		Picture: feed.Picture{URL: "https://paper.example/1.jpg", Caption: "A ferry"}}})
	w.pageState("kept with text")
	for _, e := range w.entries() {
		c := e.Copies[e.Shown]
		if c.Source != "paper" {
			continue
		}
		want(t, "content", c.Content, "<p>All of it.</p>")
		want(t, "summary", c.Summary, "Summary of Ferry late")
		want(t, "credit", c.Credit, "AP")
		want(t, "author", c.Authors[0].Name, "Kim")
		want(t, "picture", c.Image, "https://paper.example/1.jpg")
		want(t, "language", c.Language, "en")
	}
	for i, e := range w.entries() {
		if e.Updated != before[i].Updated || e.Entered != before[i].Entered || e.ID != before[i].ID {
			t.Errorf("entry %s moved", e.ID)
		}
	}
	want(t, "articles with text", w.count("SELECT count(*) FROM articles WHERE text = 'All of it.' AND agency = 'AP'"), 1)
	want(t, "revisions", w.count("SELECT count(*) FROM revisions WHERE article_id = ?", due.Article), 1)
	if w.claim(9) != nil {
		t.Error("a page is asked for twice")
	}
}

// A Revision has its page fetched again, conditionally. The former text stays
// until that was had, or given up.
func TestPageOfRevision(t *testing.T) {
	w := newPageWorld(t, everything)
	a := article("1", "https://paper.example/1", "Ferry late")
	w.poll("paper", a)
	w.answer(w.claim(9), feed.PageFetch{Validators: feed.Validators{URL: "https://paper.example/1", ETag: `"1"`}, Page: text("All of it.")})
	w.poll("paper", a)
	if w.claim(9) != nil {
		t.Error("asked for without a revision")
	}
	a.Title = "Ferry two hours late"
	w.poll("paper", a)
	w.pageState("due with text")
	due := w.claim(9)
	want(t, "validators", due.Validators.ETag, `"1"`)
	w.answer(due, feed.PageFetch{Status: 304, Validators: due.Validators})
	w.pageState("kept with text")

	// The article is revised while its page is fetched: it is due once more.
	a.Title = "Ferry three hours late"
	w.poll("paper", a)
	due = w.claim(9)
	a.Title = "Ferry four hours late"
	w.poll("paper", a)
	w.answer(due, feed.PageFetch{Page: text("More of it.")})
	w.pageState("due with text")
	w.answer(w.claim(9), feed.PageFetch{Status: 500, Kind: feed.BadStatus, Error: "500"})
	w.pageState("failing status with text")
	if w.claim(9) != nil {
		t.Error("asked for again at once")
	}
	for range 4 {
		w.now = w.now.Add(13 * time.Hour)
		w.answer(w.claim(9), feed.PageFetch{Status: 500, Kind: feed.BadStatus, Error: "500"})
	}
	w.pageState("given up status")
	want(t, "content", w.entries()[0].Copies[0].Content, "")
	w.now = w.now.Add(24 * time.Hour)
	if w.claim(9) != nil {
		t.Error("asked for after it was given up")
	}
}

// What is revised when it is old, or after full_text was turned off, does not keep
// the text of what it was.
func TestPageOfFormerRevision(t *testing.T) {
	w := newPageWorld(t, everything)
	w.poll("paper")
	a := article("1", "https://paper.example/1", "Ferry late")
	w.poll("paper", a)
	w.answer(w.claim(9), feed.PageFetch{Page: text("The ferry was an hour late.")})
	if _, err := w.IndexWords(context.Background()); err != nil {
		t.Fatal(err)
	}
	w.now = w.now.Add(5 * 24 * time.Hour)
	a.Title, a.Content = "Ferry not late", "<p>Correction: it was in time.</p>"
	w.poll("paper", a)
	w.pageState("due with text")
	off := func() {
		t.Helper()
		sources := []feed.Source{{Name: "paper", URL: "https://paper.example/rss", Outlet: "Paper"}}
		if err := w.Configure(context.Background(), sources, []feed.Feed{{Name: "all", Title: "All", Rule: "all"}}, everything, w.now); err != nil {
			t.Fatal(err)
		}
	}
	due := func() int {
		t.Helper()
		c, err := w.Counts(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		return c.PagesDue
	}
	want(t, "pages to be fetched", due(), 1)
	off()
	want(t, "pages to be fetched when full_text was turned off", due(), 0)
	w.configurePages(everything)
	w.answer(w.claim(9), feed.PageFetch{Page: text("The ferry was in time, after all.")})
	w.pageState("kept with text")
	off()
	want(t, "content when full_text was turned off", w.entries()[0].Copies[0].Content, "<p>The ferry was in time, after all.</p>")
	a.Title, a.Content = "Ferry sunk", "<p>It sank.</p>"
	w.poll("paper", a)
	want(t, "pages", w.count("SELECT count(*) FROM pages"), 0)
	want(t, "content of the revision", w.entries()[0].Copies[0].Content, "<p>It sank.</p>")
	if _, err := w.IndexWords(context.Background()); err != nil {
		t.Fatal(err)
	}
	want(t, "articles found by a former page", w.count("SELECT count(*) FROM search WHERE words MATCH 'hour OR time'"), 0)
	want(t, "articles found", w.count("SELECT count(*) FROM search WHERE words MATCH 'sank'"), 1)
}

// What stands under a picture is no text to compare, nor is its credit a story's.
func TestPageCaptionsAreNotCompared(t *testing.T) {
	w := newPageWorld(t, everything)
	a := article("1", "https://paper.example/1", "Port burns after strike")
	a.Summary = ""
	w.poll("paper", a)
	const report = `Fire broke out in the port at 3 < 4 o'clock & burned for hours.`
	w.answer(w.claim(9), feed.PageFetch{Page: &feed.Page{Text: report,
		Content: "<figure><figcaption>Cranes seen on Monday</figcaption></figure><p>" + html.EscapeString(report) + "</p><figure><figcaption>Smoke over the port (AP)</figcaption></figure>"}})
	err := w.update(context.Background(), func(t *tx) error {
		p, err := t.state(1, 0, &w.words)
		if err == nil && p.Credit != "" {
			err = fmt.Errorf("credit %q", p.Credit)
		}
		plain := w.words.print(&feed.Article{Title: a.Title, Summary: report}, "")
		if err == nil && !reflect.DeepEqual(p.Fingerprint, plain.Fingerprint) {
			err = errors.New("captions were compared")
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// What page is next is found in the index of those that are due, in its order:
// there may be thousands, and hundreds of thousands that were had.
func TestDuePagesAreFoundByIndex(t *testing.T) {
	w := newWorld(t)
	for _, name := range []string{"claim_page", "select_page_hosts", "select_expired_pages"} {
		for _, s := range w.planOf(name, 1, 2, 3, 4, "[]", 6) {
			sorts := name == "claim_page" && strings.Contains(s.says, "ORDER BY")
			if scans := strings.HasPrefix(s.says+" ", "SCAN p ") && !strings.Contains(s.says, "page_due"); scans || sorts {
				t.Errorf("%s: %s", name, s.says)
			}
		}
	}
}

// A day's budget is of a host, and a host that fails is asked for one page.
func TestPageBudget(t *testing.T) {
	w := newPageWorld(t, everything)
	w.poll("paper", article("1", "https://paper.example/1", "Ferry late"), article("2", "https://paper.example/2", "Budget passed"),
		article("3", "https://paper.example/3", "Storm warning lifted"))
	w.answer(w.claim(2), feed.PageFetch{Status: 503, Kind: feed.BadStatus, Error: "503"})
	if w.claim(2) != nil {
		t.Error("the next page of a host that is down was asked for at once")
	}
	w.now = w.now.Add(2 * time.Minute)
	w.answer(w.claim(2), feed.PageFetch{Page: text("All of it.")})
	w.now = w.now.Add(time.Hour)
	if w.claim(2) != nil {
		t.Error("a third page was asked for on a day with a budget of two")
	}
	if hosts, err := w.PageHosts(context.Background(), 2, w.now); err != nil || hosts != nil {
		t.Errorf("hosts beyond their budget: %v, %v", hosts, err)
	}
	w.now = w.now.Add(24 * time.Hour)
	w.answer(w.claim(2), feed.PageFetch{Page: text("All of it.")})

	// A page that led to another host counts there, too.
	if err := w.RecordPage(context.Background(), feed.PageFetch{Article: 99, Started: w.now, Kind: feed.NoText, LedTo: []string{"other.example:443", "other.example:443"}}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.ClaimPage(context.Background(), "other.example:443", nil, 2, w.now); err != nil {
		t.Fatal(err)
	}
	want(t, "pages asked of another host", w.count("SELECT asked FROM page_host WHERE name = 'other.example:443'"), 2)

	// One that began before midnight takes nothing from what was counted since.
	midnight := w.now.Truncate(24 * time.Hour).Add(24 * time.Hour)
	for _, started := range []time.Time{midnight, midnight.Add(-time.Second)} {
		f := feed.PageFetch{Article: 99, Started: started, Took: 2 * time.Second, Kind: feed.NoText, LedTo: []string{"other.example:443"}}
		if err := w.RecordPage(context.Background(), f); err != nil {
			t.Fatal(err)
		}
	}
	want(t, "pages asked of it since midnight", w.count("SELECT asked FROM page_host WHERE name = 'other.example:443'"), 2)
	// What 429 holds are polls of the host, too.
	w.answer(w.claim(2), feed.PageFetch{Status: 429, Kind: feed.BadStatus, Error: "429", Busy: paperHost})
	st, err := w.State(context.Background(), "paper", time.Time{})
	if err != nil || !st.Busy[paperHost].Equal(w.now.Add(10*time.Minute)) {
		t.Errorf("busy %v, %v", st.Busy, err)
	}
}

// What is old, or of a Source without full text, is not fetched; what could not be
// for days is given up; what is gone is gone with its page.
func TestPageEnds(t *testing.T) {
	w := newPageWorld(t, everything)
	old := article("0", "https://paper.example/0", "Spring came")
	old.Published = start.Add(-4 * 24 * time.Hour)
	w.poll("wire", article("1", "https://wire.example/1", "Ferry late"))
	w.poll("paper", old, article("2", "", "Budget passed"), article("3", "https://paper.example/3", "Storm warning lifted"))
	want(t, "pages", w.count("SELECT count(*) FROM pages"), 1)
	w.now = w.now.Add(71 * time.Hour)
	expire := func() {
		if more, err := w.ExpirePages(context.Background(), w.now); more || err != nil {
			t.Errorf("more %v, %v", more, err)
		}
	}
	expire()
	w.pageState("due")
	w.now = w.now.Add(2 * time.Hour)
	expire()
	w.pageState("given up expired")
	due := &feed.PageDue{Article: int64(w.count("SELECT article_id FROM pages")), Seq: 1, URL: "https://paper.example/3"}
	w.poll("paper")
	if _, err := w.Retain(context.Background(), Retention{Before: w.now.Add(time.Hour)}, w.now.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	want(t, "pages after retention", w.count("SELECT count(*) FROM pages"), 0)
	w.answer(due, feed.PageFetch{Page: text("All of it.")})
	want(t, "pages of articles that are gone", w.count("SELECT count(*) FROM pages"), 0)
}

// Filters see the text, and what comes in by it takes its place as news does,
// unless it is of a Source's first Document.
func TestPageIsJudged(t *testing.T) {
	w := newPageWorld(t, func(s *feed.Story) []feed.Verdict {
		for _, c := range s.Copies {
			if strings.Contains(c.Content, "missile") {
				return []feed.Verdict{{Passes: true, Reason: "missile"}}
			}
		}
		return []feed.Verdict{{Reason: "no missile"}}
	})
	w.poll("paper", article("1", "https://paper.example/1", "North fires something"))
	w.poll("paper", article("2", "https://paper.example/2", "North fires again"), article("1", "https://paper.example/1", "North fires something"))
	want(t, "entries", len(w.entries()), 0)
	w.now = w.now.Add(time.Minute)
	w.answer(w.claim(9), feed.PageFetch{Page: text("It was a missile, an officer said.")})
	want(t, "entries", len(w.entries()), 1)
	want(t, "entered", w.entries()[0].Entered, w.now)
	w.answer(w.claim(9), feed.PageFetch{Page: text("A ballistic missile flew 600 kilometres.")})
	want(t, "entries", len(w.entries()), 2)
	if e := w.entries()[1]; !e.Entered.Before(w.now) {
		t.Errorf("an article of the first document entered at %s", e.Entered)
	}
}

// A paper's print under another headline joins the agency's item as soon as its
// text is there, also after a restart, and leaves it when the text turns out to be
// another.
func TestPageJoins(t *testing.T) {
	const report = `The fisheries ministry said Tuesday it will release 24,000 tons of frozen pollack from state reserves over three weeks, the largest amount in six years. 
The fish will be sold at discounts of up to 30 percent in 2,300 shops and traditional markets. Catches in the Bering Sea fell 18 percent last season after a dispute over quotas kept trawlers in port until August, it added. 
Vice Minister Song Myeong-dal told reporters that prices had risen 21 percent since November and that the ministry would import another 9,000 tons if they did not fall by Easter.`
	w := newPageWorld(t, everything)
	w.poll("paper")
	item := article("w", "https://wire.example/1", "S. Korea to release 24,000 tons of pollack to curb prices")
	item.Summary, item.Content = report[:80], "<p>"+report+" (Wire)</p>"
	item.Published = start
	w.poll("wire", item)
	short := article("p", "https://paper.example/1", "Fish on the table: what shoppers pay before the holiday")
	short.Summary, short.Published = "", start.Add(time.Hour)
	w.poll("paper", short)
	want(t, "stories before", w.count("SELECT count(*) FROM stories"), 2)
	name := w.name
	w.Store.Close()
	w.open(name)
	w.configurePages(everything)
	w.answer(w.claim(9), feed.PageFetch{Page: text(report)})
	want(t, "stories with the text", w.count("SELECT count(*) FROM stories"), 1)
	want(t, "entries", len(w.entries()), 1)
	want(t, "outlets", len(w.entries()[0].Outlets()), 2)

	short.Title = "Fish on the table: what shoppers pay"
	w.poll("paper", short)
	want(t, "stories after a revision", w.count("SELECT count(*) FROM stories"), 1)
	w.answer(w.claim(9), feed.PageFetch{Page: text(strings.Repeat(`Shoppers at Mapo Market on Monday paid 4,900 won for a mackerel and 12,000 won for a squid, merchants said. `+
		`Lee Young-ja, who has sold fish there for 31 years, blamed the cold current off Ulleung Island, not quotas. `+
		`She expects prices to hold until the anchovy boats return in May, when her two sons will help at the stall. `, 2))})
	want(t, "stories with another text", w.count("SELECT count(*) FROM stories"), 2)
	want(t, "decisions", w.count("SELECT count(*) FROM decisions WHERE decision = 'same'"), 0)
}
