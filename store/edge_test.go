package store

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"newswired/feed"
)

// dated returns an Article some days older than the tests.
func dated(guid, link, title string, days int) feed.Article {
	a := article(guid, link, title)
	a.Published = start.AddDate(0, 0, -days)
	return a
}

// TestNothingIsTakenForAnother polls Documents of one Source in turn: every
// Article in them is another.
func TestNothingIsTakenForAnother(t *testing.T) {
	const page, host = "https://wire.example/weather", "https://wire.example/"
	photo := func(n string) []feed.Article {
		return []feed.Article{{GUID: n, Link: page + n, Title: "Photo of the day"}}
	}
	for name, polls := range map[string][][]feed.Article{
		"daily report under one link": {
			{dated("d1", page, "Weather for Seoul, February 1", 3)}, {dated("d2", page, "Weather for Seoul, February 2", 2)}, {dated("d3", page, "Weather for Seoul, February 3", 1)},
		},
		"links to the front page": {
			{dated("d1", host, "Index closes higher, session 1", 2)}, {dated("d2", host, "Index closes higher, session 2", 1)},
		},
		"fragments, no GUID": {
			{dated("", page+"#2", "Quake kills ten", 0), dated("", page+"#1", "President resigns", 0)},
		},
		"fragments that are paths": {
			{dated("", host+"#/a/1", "Same headline", 0), dated("", host+"#/a/2", "Same headline", 0)},
		},
		"one GUID and link, two headlines": {
			{dated("live", page, "Quake kills ten", 0), dated("live", page, "President resigns", 0)},
		},
		"wordless and undated": {photo("1"), photo("2"), photo("3")},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			all := 0
			for _, articles := range polls {
				all += len(articles)
				want(t, "recorded", w.poll("wire", articles...), feed.Recorded{New: len(articles)})
			}
			want(t, "articles", w.count("SELECT count(*) FROM articles"), all)
			last := polls[len(polls)-1]
			want(t, "again", w.poll("wire", last...), feed.Recorded{Unchanged: len(last)})
		})
	}
}

func TestRotatingGUIDsOnALivePage(t *testing.T) {
	w := newWorld(t)
	post := func(guid, day string, hours int) feed.Article {
		a := article(guid, "https://wire.example/live", "Storm in Busan: what we know on day "+day)
		a.Published = start.Add(time.Duration(-hours) * time.Hour)
		return a
	}
	w.poll("wire", post("g2", "two", 2), post("g1", "one", 3))
	want(t, "recorded", w.poll("wire", post("h3", "three", 1), post("h2", "two", 2)), feed.Recorded{New: 1, Unchanged: 1})
	want(t, "revisions", w.count("SELECT count(*) FROM revisions"), 3)
}

func TestNameThatGrowsWhileTheWordsChange(t *testing.T) {
	w := newWorld(t)
	w.poll("wire", article("7", "https://wire.example/a", "Alpha beta gamma"))
	changed := article("7", "https://wire.example/a", "Wholly other words")
	w.poll("wire", article("7", "https://wire.example/b", "Delta epsilon"), changed)
	want(t, "articles", w.count("SELECT count(*) FROM articles"), 2)
}

func TestFragmentsThatArePathsMakeNoStory(t *testing.T) {
	w := newWorld(t)
	w.poll("wire", article("1", "https://app.example/news#!/article/1", "Quake kills ten"))
	w.poll("paper", article("9", "https://app.example/news#!/article/9", "President resigns"))
	want(t, "stories", w.count("SELECT count(*) FROM stories"), 2)
}

func TestTombstoneKnowsItsArticle(t *testing.T) {
	const page = "https://wire.example/a"
	for _, test := range []struct {
		name string
		back []feed.Article
		want int
	}{
		{"the same", []feed.Article{article("7", page, "Alpha")}, 0},
		{"headline edited", []feed.Article{article("7", page, "Beta")}, 0},
		{"GUID rotated", []feed.Article{article("8", page, "Alpha")}, 0},
		{"GUID of two links now", []feed.Article{article("7", page, "Alpha"), article("7", "https://wire.example/b", "Beta")}, 1},
		{"GUID used for other news", []feed.Article{dated("7", "https://wire.example/b", "Beta", 0)}, 1},
		{"live address used for other news", []feed.Article{dated("", page, "Beta", 0)}, 1},
		{"daily column", []feed.Article{dated("8", page, "Alpha", 0)}, 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := newWorld(t)
			w.poll("wire", article("7", page, "Alpha"))
			w.poll("wire")
			before, err := w.Changed(context.Background(), "all")
			if err != nil {
				t.Fatal(err)
			}
			w.now = w.now.Add(time.Hour)
			w.retain(Retention{Before: w.now})
			after, err := w.Changed(context.Background(), "all")
			if err != nil || !after.After(before) || len(w.entries()) != 0 {
				t.Errorf("the entry went, the feed changed at %s, before at %s: %v", after, before, err)
			}
			w.poll("wire", test.back...)
			want(t, "articles", w.count("SELECT count(*) FROM articles"), test.want)
		})
	}
}

func TestFirstWholeDocumentIsNoNews(t *testing.T) {
	old := dated("o", "https://paper.example/o", "Old", 300)
	for name, before := range map[string]feed.Poll{
		"after an empty one":        {Document: &feed.Document{}},
		"after one without its end": {Document: &feed.Document{Partial: true, Articles: []feed.Article{dated("p", "https://paper.example/p", "Older", 400)}}},
		"after another URL's":       {Document: &feed.Document{Articles: []feed.Article{dated("q", "https://paper.example/q", "Elsewhere", 1)}}},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.poll("wire", article("1", "https://wire.example/1", "One"))
			before.Source, before.Status = "paper", 200
			w.record(before)
			if strings.Contains(name, "URL") {
				moved := []feed.Source{{Name: "wire", URL: "https://wire.example/rss"}, {Name: "paper", URL: "https://paper.example/atom"}}
				if err := w.Configure(context.Background(), moved, []feed.Feed{{Name: "all", Rule: "all"}}, everything, w.now); err != nil {
					t.Fatal(err)
				}
			}
			w.poll("paper", old)
			for _, e := range w.entries() {
				if e.Copies[0].Title == "Old" && !e.Entered.Equal(old.Published) {
					t.Errorf("entered at %s", e.Entered)
				}
			}
		})
	}
}

func TestOutletRenamedIsJudgedAgain(t *testing.T) {
	two := func(s *feed.Story) []feed.Verdict {
		return []feed.Verdict{{Passes: len(s.Outlets()) > 1, Reason: fmt.Sprint(len(s.Outlets()), " outlets")}}
	}
	w := newWorld(t)
	w.configure(two, feed.Feed{Name: "all", Rule: "two"})
	a := article("1", "https://wire.example/1", "One")
	w.poll("wire", a)
	w.poll("paper", a)
	want(t, "entries of two outlets", len(w.entries()), 1)
	one := []feed.Source{{Name: "wire", URL: "https://wire.example/rss", Outlet: "One"}, {Name: "paper", URL: "https://paper.example/rss", Outlet: "One"}}
	if err := w.Configure(context.Background(), one, []feed.Feed{{Name: "all", Rule: "two"}}, two, w.now); err != nil {
		t.Fatal(err)
	}
	if _, err := w.JudgeBacklog(context.Background(), w.now); err != nil {
		t.Fatal(err)
	}
	want(t, "entries of one outlet", len(w.entries()), 0)
}

// TestStaleRulesAreNotTrusted lets one process poll by a changed configuration
// while another, not reloaded yet, goes on by the old one.
func TestStaleRulesAreNotTrusted(t *testing.T) {
	storms := func(s *feed.Story) []feed.Verdict {
		return []feed.Verdict{{Passes: strings.Contains(s.Copies[0].Title, "Storm")}, {Passes: true}}
	}
	changed := []feed.Feed{{Name: "all", Rule: "storms"}, {Name: "new", Rule: "all"}}
	w := newWorld(t)
	other := &world{t: t, now: start}
	other.open(w.name)
	other.configure(storms, changed...)
	w.poll("wire", article("1", "https://wire.example/1", "Calm"))
	w.configure(storms, changed...)
	want(t, "entries that do not pass", len(w.entries()), 0)
	all, err := w.Entries(context.Background(), "new", 10)
	if err != nil || len(all) != 1 {
		t.Errorf("entries of the new feed: %d, %v", len(all), err)
	}
}

// TestConfigureWhileTheBacklogIsJudged must leave no verdict by former rules.
func TestConfigureWhileTheBacklogIsJudged(t *testing.T) {
	none := func(*feed.Story) []feed.Verdict { return []feed.Verdict{{}} }
	sources := []feed.Source{{Name: "wire", URL: "https://wire.example/rss"}}
	for round := range 5 {
		w := newWorld(t)
		w.poll("wire", benchArticles(0, 150)...)
		configure := func(judge feed.Judge, rule string) {
			if err := w.Configure(context.Background(), sources, []feed.Feed{{Name: "all", Rule: rule}}, judge, w.now); err != nil {
				t.Error(err)
			}
		}
		judge := func() {
			if _, err := w.JudgeBacklog(context.Background(), w.now); err != nil {
				t.Error(err)
			}
		}
		configure(everything, "other")
		var judging sync.WaitGroup
		judging.Go(func() {
			for range 20 {
				judge()
			}
		})
		time.Sleep(time.Duration(round) * 300 * time.Microsecond)
		configure(none, "none")
		judging.Wait()
		judge()
		want(t, "entries by a former rule", len(w.entries()), 0)
	}
}

// TestPollOverAReload holds that what was asked of a Source before it changed
// is not recorded as what it says now.
func TestPollOverAReload(t *testing.T) {
	w := newWorld(t)
	src := feed.Source{Name: "wire", URL: "https://wire.example/rss", Outlet: "Wire", Agency: "Wire"}
	document := &feed.Document{Articles: []feed.Article{article("1", "https://wire.example/1", "One")}}
	for name, p := range map[string]feed.Poll{
		"another URL":     {URL: "https://former.example/rss", Reading: src.Reading()},
		"another reading": {URL: src.URL, Reading: "charset=euc-kr"},
	} {
		p.Source, p.Status, p.Document = "wire", 200, document
		want(t, name, w.record(p), feed.Recorded{})
	}
	want(t, "fetches", w.count("SELECT count(*) FROM fetches"), 0)
	p := feed.Poll{Source: "wire", URL: src.URL, Reading: src.Reading(), Status: 200, Document: document}
	want(t, "the present one", w.record(p), feed.Recorded{New: 1})
	if err := w.Configure(context.Background(), nil, nil, everything, w.now); err != nil {
		t.Fatal(err)
	}
	want(t, "removed", w.record(p), feed.Recorded{})
	want(t, "left", w.count("SELECT count(*) FROM articles WHERE left_document IS NOT NULL"), 1)
}

// TestFormerRulesAreMended lets a long poll on the command line end by rules
// that were configured no longer: the daemon judges its Stories again.
func TestFormerRulesAreMended(t *testing.T) {
	w := newWorld(t)
	late := &world{t: t, now: start}
	late.open(w.name)
	late.configure(everything, feed.Feed{Name: "all", Rule: "all"})
	none := func(*feed.Story) []feed.Verdict { return []feed.Verdict{{}} }
	w.configure(none, feed.Feed{Name: "all", Rule: "none"})
	late.poll("wire", article("1", "https://wire.example/1", "One"))
	if _, err := late.JudgeBacklog(context.Background(), w.now); err != nil {
		t.Fatal(err)
	}
	if _, err := w.JudgeBacklog(context.Background(), w.now); err != nil {
		t.Fatal(err)
	}
	want(t, "entries by former rules", len(w.entries()), 0)
}

// TestTombstonesAreFoundByIndex holds that a poll does not read all Tombstones
// of its Source.
func TestTombstonesAreFoundByIndex(t *testing.T) {
	w := newWorld(t)
	for _, s := range w.planOf("select_tombstone", 1, 2, 3, 4, 5) {
		if strings.Contains(s.says, "tombstone") && !strings.Contains(s.says, "key=?") {
			t.Errorf("plan: %s", s.says)
		}
	}
}

func TestLivePostUnderOneGUID(t *testing.T) {
	w := newWorld(t)
	const page = "https://wire.example/live"
	first, second := article("live", page, "Quake kills ten"), article("live", page, "President resigns")
	w.poll("wire", first)
	want(t, "a second under one GUID and link", w.poll("wire", first, second), feed.Recorded{New: 1, Unchanged: 1})
}

// A Source whose GUIDs are places of a list, which new Articles push down.
func TestGUIDsThatArePlaces(t *testing.T) {
	w := newWorld(t)
	titles := []string{"Quake kills ten", "President resigns", "Ferry lost off Jeju", "Won falls again", "Storm nears Busan"}
	list := func(newest int) (all []feed.Article) {
		for place := range 3 {
			n := newest - place
			a := article(fmt.Sprint(place), fmt.Sprintf("https://wire.example/%d", n), titles[n])
			a.Summary = ""
			a.Published = start.Add(time.Duration(n) * time.Minute)
			all = append(all, a)
		}
		return all
	}
	w.poll("wire", list(2)...)
	want(t, "one new", w.poll("wire", list(3)...), feed.Recorded{New: 1, Unchanged: 2})
	want(t, "another", w.poll("wire", list(4)...), feed.Recorded{New: 1, Unchanged: 2})
	want(t, "revisions", w.count("SELECT count(*) FROM revisions"), 5)
	want(t, "stories", w.count("SELECT count(*) FROM stories"), 5)
}

func TestEditKeepsItsName(t *testing.T) {
	w := newWorld(t)
	a := article("7", "https://wire.example/alpha", "Alpha beta gamma")
	w.poll("wire", a)
	a.Link, a.Title, a.Summary = "https://wire.example/omega", "Omega psi chi", "Wholly other words"
	want(t, "all but the date", w.poll("wire", a), feed.Recorded{Revised: 1})
	a.Link, a.Published = "https://wire.example/rho", start
	want(t, "date and link", w.poll("wire", a), feed.Recorded{Unchanged: 1})
}

// A Source whose Documents are cut off at every poll.
func TestUnseenArticlesAreBounded(t *testing.T) {
	w := newWorld(t)
	list := func(from, n int) *feed.Document {
		d := &feed.Document{Partial: true}
		for i := range n {
			d.Articles = append(d.Articles, feed.Article{GUID: fmt.Sprint(from + i), Title: fmt.Sprintf("w%d x%d", from+i, from+i), Published: start})
		}
		return d
	}
	w.record(feed.Poll{Source: "wire", Status: 200, Document: list(0, 250)})
	w.record(feed.Poll{Source: "wire", Status: 200, Document: list(250, 250)})
	const left = "SELECT count(*) FROM articles WHERE left_document IS NOT NULL"
	want(t, "left after two", w.count(left), 0)
	again := list(10_000, 250) // the same words and date under other GUIDs
	for i := range 100 {
		again.Articles[i].Title = fmt.Sprintf("w%d x%d", i+150, i+150)
	}
	want(t, "found by their words", w.record(feed.Poll{Source: "wire", Status: 200, Document: again}), feed.Recorded{New: 150, Unchanged: 100})
	want(t, "left after three", w.count(left), 500-100-mostUnseen)
	want(t, "the newest of those unseen stands", w.count(left+" AND guid = '499'"), 0)
}
