package store

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"newswired/feed"
)

// report is long enough to be compared by its words.
const report = "Passengers were rescued early on the day after a small ferry bound for the island struck a reef and sank off the southwestern coast, the regional Coast Guard said."

// ferry returns an Article that tells the report, by the wire.
func ferry(guid, link, title string) feed.Article {
	a := article(guid, link, title)
	a.Summary = "MOKPO, March 1 (Yonhap) -- " + report
	return a
}

func (w *world) account(id int64) *feed.Account {
	w.t.Helper()
	a, err := w.Account(context.Background(), id)
	if err != nil {
		w.t.Fatal(err)
	}
	return a
}

func (w *world) storyOf(page string) int64 {
	w.t.Helper()
	places, err := w.Places(context.Background(), page)
	if err != nil || len(places) == 0 {
		w.t.Fatalf("%s: %v, %v", page, places, err)
	}
	return places[0].Story
}

func TestAccount(t *testing.T) {
	w := newWorld(t)
	wire := ferry("1", "https://wire.example/1", "(LEAD) Passengers rescued after ferry sinks off Mokpo")
	w.poll("wire", wire)
	w.poll("paper", ferry("x", "https://paper.example/x", "Passengers rescued after ferry sinks off Mokpo"), article("y", "https://paper.example/y", "Museum opens at night"))
	wire.Summary = strings.Replace(wire.Summary, "small", "little", 1)
	w.poll("wire", wire)
	a := w.account(w.storyOf("https://paper.example/x"))
	want(t, "copies", len(a.Copies), 2)
	want(t, "origins", strings.Join(a.Origins(), " "), "Wire Yonhap")
	want(t, "placed", a.Placed[a.Copies[0].ID], "the first to tell it")
	revisions := a.Revisions[a.Copies[0].ID]
	want(t, "revisions", len(revisions), 2)
	want(t, "marker", revisions[0].Marker, "LEAD")
	want(t, "changed", strings.Contains(revisions[0].Summary, "small") && strings.Contains(revisions[1].Summary, "little"), true)
	want(t, "decisions", len(a.Decisions), 1)
	want(t, "about", a.Decisions[0].About(a.Copies[0].ID, a.Copies[1].ID), true)
	want(t, "verdict", a.Decisions[0].Verdict, "same")
	want(t, "related", len(a.Related), 0)
	want(t, "feeds", len(a.Verdicts), 1)
	v := a.Verdicts[0]
	want(t, "feed", v, feed.FeedVerdict{Feed: "all", Judged: true, Passes: true, Reason: "no filter", Entered: v.Entered})
	want(t, "entered", v.Entered.IsZero(), false)
}

// What a first Document lists without a date has no date, and no lag in the view; of
// what comes later it is known that it was not there before.
func TestAccountOfUndated(t *testing.T) {
	w := newWorld(t)
	old, late := ferry("a", "https://wire.example/a", "Passengers rescued after ferry sinks off Mokpo"), ferry("b", "https://wire.example/b", "Museum opens at night")
	dated := ferry("x", "https://paper.example/x", old.Title)
	late.Summary = "The museum of the harbour stays open until midnight on Saturdays from the first of March, and asks for no ticket after nine."
	old.Published, late.Published = time.Time{}, time.Time{}
	w.poll("wire", old)
	w.poll("wire", old, late)
	w.poll("paper", dated)
	for page, undated := range map[string]bool{old.Link: true, late.Link: false, dated.Link: false} {
		a := w.account(w.storyOf(page))
		for _, c := range a.Copies {
			if c.Link == page {
				want(t, page, c.Undated, undated)
				want(t, page+" in the view", w.count("SELECT lag IS NULL FROM articles WHERE id = ?1", c.ID) == 1, undated)
			}
		}
	}
	want(t, "stories", w.count("SELECT count(*) FROM stories"), 2)
}

// A Feed that is new has said nothing yet, and one that was removed says no more.
func TestAccountOfUnjudged(t *testing.T) {
	w := newWorld(t)
	w.poll("wire", article("1", "https://wire.example/1", "One"))
	feeds := []feed.Feed{{Name: "none", Title: "None", Rule: "none"}}
	no := func(*feed.Story) []feed.Verdict { return []feed.Verdict{{Reason: "never"}} }
	if err := w.Configure(context.Background(), []feed.Source{{Name: "wire", Outlet: "Wire"}}, feeds, no, start); err != nil {
		t.Fatal(err)
	}
	all := w.account(1).Verdicts
	want(t, "feeds", len(all), 1)
	want(t, "not judged", all[0], feed.FeedVerdict{Feed: "none"})
	w.configure(no, feeds...)
	want(t, "judged", w.account(1).Verdicts[0], feed.FeedVerdict{Feed: "none", Judged: true, Reason: "never"})
}

func TestNotStored(t *testing.T) {
	w := newWorld(t)
	ctx := context.Background()
	w.poll("wire", article("1", "https://wire.example/1", "One"))
	if _, err := w.Account(ctx, 99); !errors.Is(err, feed.ErrNotStored) {
		t.Errorf("account: %v", err)
	}
	if _, err := w.Place(ctx, 99); !errors.Is(err, feed.ErrNotStored) {
		t.Errorf("place: %v", err)
	}
	for _, pair := range [][2]int64{{1, 99}, {99, 1}} {
		if _, err := w.Compare(ctx, pair[0], pair[1]); !errors.Is(err, feed.ErrNotStored) {
			t.Errorf("compare %v: %v", pair, err)
		}
	}
	for _, page := range []string{"", "nonsense", "https://wire.example/2"} {
		if places, err := w.Places(ctx, page); len(places) != 0 || err != nil {
			t.Errorf("%q is at %v, %v", page, places, err)
		}
	}
}

// A page that two Sources list is two Articles, wherever they stand.
func TestPlaces(t *testing.T) {
	w := newWorld(t)
	w.poll("wire", article("1", "https://wire.example/1", "One"))
	w.poll("paper", article("x", "http://www.wire.example/1/?utm_source=rss", "One, printed"))
	places, err := w.Places(context.Background(), "wire.example/1")
	if len(places) != 0 || err != nil {
		t.Errorf("without a scheme it is no URL: %v, %v", places, err)
	}
	places, err = w.Places(context.Background(), "http://wire.example/1#top")
	if err != nil || len(places) != 2 || places[0] != (Place{1, 1}) || places[1] != (Place{2, 1}) {
		t.Errorf("%v, %v", places, err)
	}
}

func TestCompare(t *testing.T) {
	w := newWorld(t)
	ctx := context.Background()
	w.poll("wire", ferry("1", "https://wire.example/1", "(LEAD) Passengers rescued after ferry sinks off Mokpo"))
	w.poll("paper", ferry("x", "https://paper.example/x", "Passengers rescued after ferry sinks off Mokpo"), article("y", "https://paper.example/y", "Museum opens at night"))
	if err := w.SaveWords(ctx); err != nil {
		t.Fatal(err)
	}
	compare := func(a, b string) *Comparison {
		t.Helper()
		left, _ := w.Places(ctx, a)
		right, _ := w.Places(ctx, b)
		c, err := w.Compare(ctx, left[0].Article, right[0].Article)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	c, back := compare("https://wire.example/1", "https://paper.example/x"), compare("https://paper.example/x", "https://wire.example/1")
	want(t, "now", c.Now.Same, true)
	want(t, "either way", c.Now, back.Now)
	if c.Then == nil || c.Then.Verdict != "same" || len(c.Chain) != 1 || !c.Chain[0].About(c.A.ID, c.B.ID) {
		t.Errorf("then %+v, chain %+v", c.Then, c.Chain)
	}
	c = compare("https://wire.example/1", "https://paper.example/y")
	if c.Now.Same || c.Then != nil || c.Chain != nil {
		t.Errorf("two reports: %+v", c)
	}
}

func TestPath(t *testing.T) {
	steps := make(map[[2]int64]feed.Decision)
	for _, pair := range [][2]int64{{1, 2}, {2, 3}, {3, 4}, {1, 5}, {5, 4}, {6, 7}} {
		d := feed.Decision{Article: pair[1], Other: pair[0]}
		steps[pair], steps[[2]int64{pair[1], pair[0]}] = d, d
	}
	ids := []int64{1, 2, 3, 4, 5, 6, 7}
	for _, test := range []struct {
		from, to int64
		steps    int
	}{{1, 2, 1}, {1, 4, 2}, {4, 1, 2}, {2, 4, 2}, {3, 5, 2}, {1, 6, 0}, {6, 7, 1}} {
		way := path(ids, steps, test.from, test.to)
		want(t, "steps", len(way), test.steps)
		here := test.from
		for _, d := range way {
			switch here {
			case d.Article:
				here = d.Other
			case d.Other:
				here = d.Article
			default:
				t.Fatalf("from %d to %d: %+v does not go on from %d", test.from, test.to, d, here)
			}
		}
		if len(way) > 0 && here != test.to {
			t.Errorf("from %d to %d: ends at %d", test.from, test.to, here)
		}
	}
}

// Whoever reads waits for nobody: an Account is told while a transaction writes.
func TestAccountWhileWriting(t *testing.T) {
	w := newWorld(t)
	w.poll("wire", article("1", "https://wire.example/1", "One"))
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	err := w.update(ctx, func(*tx) error {
		if _, err := w.Account(ctx, 1); err != nil {
			return err
		}
		_, err := w.Place(ctx, 1)
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
