package store

import (
	"context"
	"testing"
	"time"

	"newswired/feed"
)

// hold records a poll that is to be the last for a while.
func (w *world) hold(reason feed.Reason) {
	w.t.Helper()
	w.record(feed.Poll{
		Source: "wire", Status: 200, Digest: []byte{1}, Document: &feed.Document{}, Pace: feed.Pace{TTL: time.Hour, SkipDays: 1},
		NextFetch: start.Add(2 * time.Hour), NextReason: reason, RetryAt: start.Add(time.Hour),
	})
}

func (w *world) state(src feed.Source) feed.State {
	w.t.Helper()
	if err := w.Configure(context.Background(), []feed.Source{src}, nil, nil, start); err != nil {
		w.t.Fatal(err)
	}
	st, err := w.State(context.Background(), "wire")
	if err != nil {
		w.t.Fatal(err)
	}
	return st
}

// What was decided about the next poll outlives the process, and a reload that
// changes something else; another schedule ends what was for the former one,
// another URL everything.
func TestHoldsAreKept(t *testing.T) {
	held := start.Add(2 * time.Hour)
	for _, c := range []struct {
		name   string
		reason feed.Reason
		change func(*feed.Source)
		next   time.Time
	}{
		{"nothing", feed.BySchedule, func(*feed.Source) {}, held},
		{"language", feed.BySchedule, func(s *feed.Source) { s.Language = "ko" }, held},
		{"schedule", feed.BySchedule, func(s *feed.Source) { s.Schedule = "@hourly" }, time.Time{}},
		{"schedule of one without validators", feed.ByValidators, func(s *feed.Source) { s.Schedule = "@hourly" }, time.Time{}},
		{"schedule against a hint", feed.ByMaxAge, func(s *feed.Source) { s.Schedule = "@hourly" }, held},
		{"URL", feed.ByMaxAge, func(s *feed.Source) { s.URL = "https://wire.example/atom" }, time.Time{}},
	} {
		w := newWorld(t)
		src := feed.Source{Name: "wire", URL: "https://wire.example/rss", Schedule: "@every 10m"}
		w.state(src)
		w.hold(c.reason)
		c.change(&src)
		st := w.state(src)
		if !st.NextFetch.Equal(c.next) || (st.NextReason == c.reason) == c.next.IsZero() {
			t.Errorf("%s: next at %s because of %q, want %s", c.name, st.NextFetch, st.NextReason, c.next)
		}
		moved := c.name == "URL"
		if st.RetryAt.IsZero() != moved || (st.Pace == feed.Pace{}) != moved {
			t.Errorf("%s: the server allows it at %s, pace %+v", c.name, st.RetryAt, st.Pace)
		}
	}
}

// Without a network nobody was asked: what was agreed on holds.
func TestOfflineForgetsNoHold(t *testing.T) {
	w := newWorld(t)
	src := feed.Source{Name: "wire", URL: "https://wire.example/rss"}
	w.state(src)
	w.hold(feed.ByMaxAge)
	w.record(feed.Poll{Source: "wire", Kind: feed.Offline, Error: "no route"})
	st := w.state(src)
	if !st.Offline || !st.NextFetch.Equal(start.Add(2*time.Hour)) || st.NextReason != feed.ByMaxAge || !st.RetryAt.Equal(start.Add(time.Hour)) {
		t.Errorf("%+v", st)
	}
}

// What is gone stays stopped, also in the view, until it has another URL.
func TestStopped(t *testing.T) {
	w := newWorld(t)
	src := feed.Source{Name: "wire", URL: "https://wire.example/rss"}
	w.state(src)
	w.record(feed.Poll{Source: "wire", Status: 410, Kind: feed.Gone, Error: "410 Gone", NextReason: feed.ByGone})
	want(t, "stopped", w.state(src).Stopped, true)
	want(t, "state", w.count("SELECT state = 'stopped' AND next_reason = 'gone' AND next_fetch IS NULL FROM sources WHERE name = 'wire'"), 1)
	src.URL = "https://wire.example/atom"
	want(t, "stopped at another URL", w.state(src).Stopped, false)
	want(t, "failures at another URL", w.count("SELECT failures FROM sources WHERE name = 'wire' AND last_error IS NULL"), 0)
}
