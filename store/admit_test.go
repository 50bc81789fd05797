package store

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"newswired/feed"
)

// wait lets time pass, and judges what is due as the daemon's timer does.
func (w *world) wait(d time.Duration) {
	w.t.Helper()
	w.now = w.now.Add(d)
	for more := true; more; {
		var err error
		if more, err = w.JudgeDue(context.Background(), w.now); err != nil {
			w.t.Fatal(err)
		}
	}
}

// verdictOf returns what a Feed says to a Story.
func (w *world) verdictOf(story int64, name string) feed.FeedVerdict {
	w.t.Helper()
	a, err := w.Account(context.Background(), story)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, v := range a.Verdicts {
		if v.Feed == name {
			return v
		}
	}
	return feed.FeedVerdict{}
}

// justNow returns an Article that was published when it is polled next.
func (w *world) justNow(guid, title string) feed.Article {
	a := article(guid, "https://wire.example/"+guid, title)
	a.Published = w.now.Add(5 * time.Minute)
	return a
}

// A Story that settles enters when it is due, as it then stands, also after the
// program was ended meanwhile, and has heard of no news.
func TestSettle(t *testing.T) {
	settling := feed.Feed{Name: "all", Rule: "all, later", Settle: 10 * time.Minute}
	w := newWorld(t)
	w.configure(everything, settling)
	w.poll("wire", w.justNow("0", "The first document is not waited for"))
	want(t, "entries of the first document", len(w.entries()), 1)
	one := w.justNow("1", "Ferry sinks off the harbour of Mokpo")
	w.poll("wire", one)
	want(t, "entries before", len(w.entries()), 1)
	v := w.verdictOf(2, "all")
	if v.Passes || v.Reason != "settles until 2026-03-01T09:20:00Z; no filter" {
		t.Errorf("%+v", v)
	}
	want(t, "decisions", w.count("SELECT count(*) FROM decisions WHERE decision = 'feed' AND story_id = 2 AND verdict = 0 AND reason LIKE 'settles%'"), 1)

	one.Title = "Ferry with 40 aboard sinks off the harbour of Mokpo"
	w.poll("wire", one)
	want(t, "entries after five minutes", len(w.entries()), 1)
	name := w.name
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	w.open(name)
	w.configure(everything, settling)
	w.wait(4 * time.Minute)
	want(t, "entries after nine minutes", len(w.entries()), 1)
	w.wait(time.Minute)
	all := w.entries()
	want(t, "entries after ten minutes", len(all), 2)
	want(t, "title", all[0].Copies[0].Title, one.Title)
	want(t, "entered", all[0].Entered, w.now)
	want(t, "waiting", w.count("SELECT count(*) FROM verdict WHERE due IS NOT NULL"), 0)

	// Once in, it does not settle again.
	one.Title = "Ferry with 41 aboard sinks off the harbour of Mokpo"
	w.poll("wire", one)
	want(t, "entries", len(w.entries()), 2)
	want(t, "updated", w.entries()[0].Updated, w.now)
}

// What no longer passes when it has settled does not enter, and leaves no trace
// but its reason.
func TestSettledInVain(t *testing.T) {
	calm := func(s *feed.Story) []feed.Verdict {
		if strings.Contains(s.Copies[0].Title, "storm") {
			return []feed.Verdict{{Reason: "a storm"}}
		}
		return []feed.Verdict{{Passes: true, Reason: "calm"}}
	}
	w := newWorld(t)
	w.configure(calm, feed.Feed{Name: "all", Rule: "calm", Settle: 10 * time.Minute})
	w.poll("wire", w.justNow("0", "Nothing"))
	one := w.justNow("1", "Ferry leaves the harbour of Mokpo")
	w.poll("wire", one)
	one.Title = "Ferry leaves the harbour of Mokpo in a storm"
	w.poll("wire", one)
	want(t, "verdict", w.verdictOf(2, "all").Reason, "a storm")
	w.wait(time.Hour)
	want(t, "entries", len(w.entries()), 1)
	want(t, "rows", w.count("SELECT count(*) FROM verdict WHERE story_id = 2"), 0)
	want(t, "decisions", w.count("SELECT count(*) FROM decisions WHERE decision = 'feed' AND story_id = 2"), 1)
}

// Of five Stories two enter in each hour; those that more outlets carry come
// first, and who found no room for an hour is left out.
func TestMaxPerHour(t *testing.T) {
	w := newWorld(t)
	w.configure(everything, feed.Feed{Name: "all", Rule: "two an hour", MaxPerHour: 2})
	w.poll("wire", w.justNow("0", "Nothing"))
	w.poll("paper", w.justNow("00", "Nothing at all"))
	w.wait(time.Hour) // 10:10
	var all []feed.Article
	for _, title := range []string{"Ferry sinks off Mokpo", "Budget passes assembly", "Pitcher retires at forty", "Comet seen over Jeju", "Chip exports set record"} {
		all = append(all, w.justNow(title[:5], title))
	}
	w.poll("wire", all...)
	want(t, "entries at once", len(w.entries()), 2+2)
	if v := w.verdictOf(5, "all"); v.Passes || v.Reason != "waits for the next hour: 2 have entered in this one; no filter" {
		t.Errorf("%+v", v)
	}
	print := all[0] // the oldest of those that wait: Documents list the newest first
	w.poll("paper", print)
	w.wait(40 * time.Minute)
	titles := func() (list []string) {
		for _, e := range w.entries() {
			list = append(list, e.Copies[0].Title)
		}
		return list
	}
	want(t, "entries in the next hour", len(w.entries()), 2+4)
	if got := strings.Join(titles()[:2], ", "); !strings.Contains(got, "Ferry") {
		t.Errorf("entered: %s", got)
	}
	w.wait(time.Hour)
	want(t, "entries in the third hour", len(w.entries()), 2+5)

	all = nil
	for _, title := range []string{"Bank lifts rate", "Dam bursts", "Actor wed", "Bus strike", "Polar fox seen", "Opera opens", "Piano found"} {
		all = append(all, w.justNow(title, title))
	}
	w.poll("wire", all...)
	w.wait(55 * time.Minute)
	w.wait(time.Hour)
	want(t, "left out", w.count("SELECT count(*) FROM decisions WHERE decision = 'feed' AND verdict = 0 AND reason LIKE 'left out: 2 an hour have entered; %'"), 2)
	want(t, "waiting", w.count("SELECT count(*) FROM verdict WHERE due IS NOT NULL"), 0)

	// A rule that is judged anew does not let them in.
	w.configure(everything, feed.Feed{Name: "all", Rule: "two an hour, again", MaxPerHour: 2})
	want(t, "most in one hour", w.count("SELECT max(n) FROM (SELECT count(*) AS n FROM entries GROUP BY substr(entered, 1, 13))"), 2)
}

// A Story that two outlets must carry has not waited for room before the second
// did.
func TestRoomForALateOne(t *testing.T) {
	two := func(s *feed.Story) []feed.Verdict {
		return []feed.Verdict{{Passes: len(s.Outlets()) > 1, Reason: "outlets"}}
	}
	w := newWorld(t)
	w.configure(two, feed.Feed{Name: "all", Rule: "two", MaxPerHour: 1})
	w.poll("wire", w.justNow("0", "Nothing"))
	w.poll("paper", w.justNow("00", "Nothing at all"))
	one, other := w.justNow("1", "Ferry sinks off Mokpo"), w.justNow("2", "Comet seen over Jeju")
	w.poll("wire", one, other)
	w.wait(2 * time.Hour)
	w.poll("paper", one, other)
	want(t, "entries", len(w.entries()), 1)
	want(t, "waiting", w.count("SELECT count(*) FROM verdict WHERE due IS NOT NULL"), 1)
	w.wait(50 * time.Minute)
	want(t, "entries in the next hour", len(w.entries()), 2)
}

// A Feed that leaves the configuration while a Story waits, and returns, does not
// show it as news.
func TestFeedReturnsWithWaiting(t *testing.T) {
	settling := feed.Feed{Name: "all", Rule: "all, later", Settle: 10 * time.Minute}
	w := newWorld(t)
	w.configure(everything, settling)
	w.poll("wire", w.justNow("0", "Nothing"))
	w.poll("wire", w.justNow("1", "Ferry sinks off Mokpo"))
	due := w.now.Add(10 * time.Minute)
	w.configure(everything, feed.Feed{Name: "other", Rule: "all"})
	w.wait(7 * 24 * time.Hour)
	want(t, "waiting", w.count("SELECT count(*) FROM verdict WHERE due IS NOT NULL"), 1)
	w.configure(everything, settling)
	want(t, "entries", len(w.entries()), 2)
	want(t, "entered", w.entries()[0].Entered, due)
}

// A filter that is changed, and changed back, takes Entries out and puts them
// back where they were: nobody is told of them twice.
func TestChangedFilterTellsNothingTwice(t *testing.T) {
	w := newWorld(t)
	w.poll("wire", w.justNow("1", "Calm"))
	w.poll("wire", w.justNow("1", "Calm"), w.justNow("2", "Storm"))
	before := w.entries()
	storms := func(s *feed.Story) []feed.Verdict {
		return []feed.Verdict{{Passes: s.Copies[0].Title == "Storm", Reason: "storm or not"}}
	}
	w.now = w.now.Add(time.Hour)
	w.configure(storms, feed.Feed{Name: "all", Rule: "storms"})
	want(t, "entries", len(w.entries()), 1)
	want(t, "the same entry", w.entries()[0].Entered, before[0].Entered)
	w.now = w.now.Add(time.Hour)
	w.configure(everything, feed.Feed{Name: "all", Rule: "all"})
	for i, e := range w.entries() {
		want(t, "id", e.ID, before[i].ID)
		want(t, "entered", e.Entered, before[i].Entered)
		want(t, "updated", e.Updated, before[i].Updated)
	}
}

// A thousand Feeds that show nothing of a Story are one row of it, and a
// thousand decisions.
func TestRejectionsAreOneRow(t *testing.T) {
	feeds := make([]feed.Feed, 1000)
	for i := range feeds {
		feeds[i] = feed.Feed{Name: "f" + string(rune('a'+i%26)) + strings.Repeat("x", i/26), Rule: "none"}
	}
	none := func(*feed.Story) []feed.Verdict {
		all := make([]feed.Verdict, len(feeds))
		for i := range all {
			all[i].Reason = "never"
		}
		return all
	}
	w := newWorld(t)
	w.configure(none, feeds...)
	w.poll("wire", w.justNow("1", "One"), w.justNow("2", "Two"))
	want(t, "rows", w.count("SELECT (SELECT count(*) FROM verdict) + (SELECT count(*) FROM rejection)"), 2)
	want(t, "reasons", w.count("SELECT count(*) FROM reason"), 1000)
	want(t, "decisions", w.count("SELECT count(*) FROM decisions WHERE decision = 'feed' AND verdict = 0 AND reason = 'never'"), 2000)
	want(t, "decisions of a story in a feed", w.count("SELECT count(*) FROM decisions WHERE story_id = 2 AND feed = 'fa'"), 1)
}

// What a transaction that failed wrote down of reasons is not trusted.
func TestReasonsAfterRollback(t *testing.T) {
	fail := true
	judge := func(s *feed.Story) []feed.Verdict {
		if fail && s.Copies[0].Title == "Two" {
			panic("bad judge")
		}
		return []feed.Verdict{{Reason: "never"}}
	}
	w := newWorld(t)
	w.configure(judge, feed.Feed{Name: "all", Rule: "never"})
	var fault *feed.PanicError
	broken := feed.Document{Articles: []feed.Article{w.justNow("2", "Two"), w.justNow("1", "One")}}
	if _, err := w.Record(context.Background(), feed.Poll{Source: "wire", Started: w.now, Status: 200, Document: &broken}); !errors.As(err, &fault) {
		t.Errorf("no panic: %v", err)
	}
	fail = false
	w.poll("wire", w.justNow("2", "Two"), w.justNow("1", "One"))
	want(t, "decisions", w.count("SELECT count(*) FROM decisions WHERE decision = 'feed' AND reason = 'never'"), 2)
}
