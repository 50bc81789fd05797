package store

import (
	"fmt"
	"testing"
	"time"

	"newswired/feed"
)

// follow polls a Source as often as it is told to, and returns how often the
// one Entry came back as updated.
func (w *world) follow(polls int, state func(i int) feed.Article) (updates int) {
	w.t.Helper()
	w.poll("wire", state(0))
	updated := w.entries()[0].Updated
	for i := 1; i < polls; i++ {
		a := state(i)
		w.poll("wire", a)
		w.index()
		e := w.entries()[0]
		want(w.t, "headline shown", e.Copies[0].Title, a.Title)
		want(w.t, "summary shown", e.Copies[0].Summary, a.Summary)
		if !e.Updated.Equal(updated) {
			updated = e.Updated
			updates++
		}
	}
	return updates
}

// Two servers of which one lags behind, or two headlines that are tried in turn.
func TestHeadlinesInTurnAreToldOnce(t *testing.T) {
	w := newWorld(t)
	updates := w.follow(9, func(i int) feed.Article {
		return article("1", "https://wire.example/1", []string{"Ferry late", "Ferry lost"}[i%2])
	})
	want(t, "updates: to the other headline, back, and there again", updates, 3)
	want(t, "revisions", w.count("SELECT count(*) FROM revisions"), 9)
	want(t, "a third headline", w.poll("wire", article("1", "https://wire.example/1", "Ferry found")), feed.Recorded{Revised: 1})
	want(t, "updated", w.entries()[0].Updated, w.now)
}

// A Source that counts the comments in each summary.
func TestCounterIsBounded(t *testing.T) {
	const polls = 115
	w := newWorld(t)
	a := article("1", "https://wire.example/1", "Ferry late")
	updates := w.follow(polls, func(i int) feed.Article {
		a.Summary = fmt.Sprintf("Comments: %d", i)
		return a
	})
	if updates < 9 || updates > 30 {
		t.Errorf("updated %d times", updates)
	}
	want(t, "states that there were", w.count("SELECT revisions FROM articles"), polls)
	if n := w.count("SELECT count(*) FROM revisions"); n < keptAtOnce || n > keptAtOnce+10 {
		t.Errorf("%d revisions are kept", n)
	}
	want(t, "found by the newest state", w.count(fmt.Sprintf("SELECT count(*) FROM search WHERE words MATCH '%d'", polls-1)), 1)
	want(t, "found by a former one", w.count(fmt.Sprintf("SELECT count(*) FROM search WHERE words MATCH '%d'", polls-2)), 0)
	w.checkIndex()

	w.now = w.now.Add(24 * time.Hour)
	a.Summary = "The ferry is on its way"
	w.poll("wire", a)
	want(t, "updated after a pause", w.entries()[0].Updated, w.now)
	want(t, "the state before the pause", w.count("SELECT count(*) FROM revisions WHERE number = ?", polls), 1)
}

// keptAtOnce is how many states of an Article are kept, however fast they come.
const keptAtOnce = 100
