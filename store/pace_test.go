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

// state returns the State of the wire when it is configured like this.
func (w *world) state(src feed.Source) feed.State {
	w.t.Helper()
	if err := w.Configure(context.Background(), []feed.Source{src}, nil, nil, start); err != nil {
		w.t.Fatal(err)
	}
	st, err := w.State(context.Background(), "wire", time.Time{})
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
		{"schedule of one with a rhythm", feed.ByRhythm, func(s *feed.Source) { s.Schedule = "@hourly" }, time.Time{}},
		{"schedule of one that was late", feed.ByAllNew, func(s *feed.Source) { s.Schedule = "@hourly" }, time.Time{}},
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

// Since when a Source fails outlives its further failures, and times without a
// network, which neither begin nor end it. A success ends it, as does another URL.
func TestFailingSince(t *testing.T) {
	w := newWorld(t)
	src := feed.Source{Name: "wire", URL: "https://wire.example/rss"}
	w.state(src)
	since := func(what string, want time.Time) {
		t.Helper()
		all, err := w.Sources(context.Background())
		if err != nil || len(all) != 1 || !all[0].FailingSince.Equal(want) {
			t.Errorf("%s: failing since %+v, want %s, error %v", what, all, want, err)
		}
		text := ""
		if !want.IsZero() {
			text = want.UTC().Format("2006-01-02T15:04:05Z")
		}
		if n := w.count("SELECT coalesce(failing_since, '') = ? AND (failures = 0) = (failing_since IS NULL) FROM sources WHERE name = 'wire'", text); n != 1 {
			t.Errorf("%s: the view says otherwise", what)
		}
	}
	offline := feed.Poll{Source: "wire", Kind: feed.Offline, Error: "no route"}
	missing := feed.Poll{Source: "wire", Status: 404, Kind: feed.BadStatus, Error: "status 404"}
	since("never polled", time.Time{})
	w.record(offline)
	since("without a network", time.Time{})
	w.record(missing)
	first := w.now
	since("first failure", first)
	w.record(feed.Poll{Source: "wire", Kind: feed.Timeout, Error: "no answer"})
	w.record(offline)
	since("another failure, and no network", first)
	w.record(missing)
	since("after that", first)
	w.record(feed.Poll{Source: "wire", Status: 304})
	since("a success", time.Time{})
	w.record(missing)
	since("again", w.now)
	src.URL = "https://wire.example/atom"
	w.state(src)
	since("another URL", time.Time{})
}

// A host that said 429 holds all its Sources, in the view and for every process,
// until its time is over.
func TestBusyHost(t *testing.T) {
	w := newWorld(t)
	sources := []feed.Source{{Name: "wire", URL: "https://wire.example/rss"}, {Name: "sport", URL: "https://wire.example:443/sport"}, {Name: "other", URL: "http://wire.example/rss"}}
	if err := w.Configure(context.Background(), sources, nil, nil, start); err != nil {
		t.Fatal(err)
	}
	until := start.Add(time.Hour)
	w.record(feed.Poll{Source: "wire", Status: 429, Kind: feed.BadStatus, Busy: "wire.example:443", RetryAt: until, NextFetch: until, NextReason: feed.ByRetryAfter})
	st, err := w.State(context.Background(), "sport", time.Time{})
	if err != nil || len(st.Busy) != 1 || !st.Busy["wire.example:443"].Equal(until) {
		t.Errorf("%v, %v", st.Busy, err)
	}
	for name, want := range map[string]feed.Reason{"wire": feed.ByRetryAfter, "sport": feed.ByLimit, "other": ""} {
		all, err := w.Sources(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range all {
			if s.Name == name && (s.NextReason != want || !s.NextFetch.Equal(until) != (want == "")) {
				t.Errorf("%s: next at %s because of %q", name, s.NextFetch, s.NextReason)
			}
		}
	}
	want(t, "held in the view", w.count("SELECT count(*) FROM sources WHERE next_fetch IS NOT NULL"), 2)
	w.now = until.Add(time.Minute)
	w.record(feed.Poll{Source: "other", Status: 429, Kind: feed.BadStatus, Busy: "wire.example:80", RetryAt: until.Add(2 * time.Hour)})
	want(t, "hosts", w.count("SELECT count(*) FROM host"), 1)
}

// Where a Source has moved to is kept beside its URL, and forgotten with it.
func TestMoveIsKept(t *testing.T) {
	w := newWorld(t)
	src := feed.Source{Name: "wire", URL: "https://wire.example/rss"}
	w.state(src)
	m := feed.Move{To: "https://new.example/rss", First: start, Last: start.Add(24 * time.Hour), Count: 2}
	w.record(feed.Poll{Source: "wire", Status: 200, Move: m})
	want(t, "not for sure", w.count("SELECT count(*) FROM sources WHERE moved_to IS NOT NULL"), 0)
	m.Count++
	w.record(feed.Poll{Source: "wire", Status: 200, Move: m})
	if st := w.state(src); st.Move.To != m.To || !st.Move.Settled() {
		t.Errorf("%+v", st.Move)
	}
	want(t, "moved", w.count("SELECT count(*) FROM sources WHERE moved_to = 'https://new.example/rss' AND url = 'https://wire.example/rss'"), 1)
	want(t, "host", w.count("SELECT count(*) FROM source WHERE host = 'new.example:443'"), 1)
	w.record(feed.Poll{Source: "wire", Status: 500, Kind: feed.BadStatus})
	want(t, "lost", w.count("SELECT count(*) FROM sources WHERE moved_to IS NOT NULL"), 0)
	want(t, "host of one that is lost", w.count("SELECT count(*) FROM source WHERE host = 'wire.example:443'"), 1)
	w.record(feed.Poll{Source: "wire", Status: 200, Move: m})
	src.URL = "https://wire.example/atom"
	want(t, "at another URL", w.state(src).Move, feed.Move{})
}

// A Document in which all is new warns, and brings the next poll forward; not
// the first one, not one of a few Articles, and not one that lost its end.
func TestAllNew(t *testing.T) {
	w := newWorld(t)
	late, soon := start.Add(6*time.Hour), start.Add(time.Hour)
	list := func(partial bool, guids ...string) feed.Recorded {
		d := &feed.Document{Partial: partial}
		for _, guid := range guids {
			d.Articles = append(d.Articles, article(guid, "https://wire.example/"+guid, "Report "+guid))
		}
		return w.record(feed.Poll{Source: "wire", Status: 200, Document: d, NextFetch: late, NextReason: feed.ByRhythm, Sooner: soon})
	}
	for i, step := range []struct {
		partial bool
		guids   []string
		missed  bool
	}{
		{false, []string{"1", "2", "3"}, false}, // the first
		{false, []string{"4", "5", "1"}, false},
		{false, []string{"6", "7", "8"}, true},
		{true, []string{"9", "10", "11"}, false},
		{false, []string{"12", "13"}, false},
		{false, nil, false},
	} {
		if got := list(step.partial, step.guids...); got.Missed != step.missed {
			t.Errorf("document %d: %+v", i+1, got)
		}
		st, err := w.State(context.Background(), "wire", time.Time{})
		if sooner := st.NextReason == feed.ByAllNew && st.NextFetch.Equal(soon); err != nil || sooner != step.missed {
			t.Errorf("document %d: next at %s because of %s, %v", i+1, st.NextFetch, st.NextReason, err)
		}
	}
	want(t, "warnings", w.count("SELECT count(*) FROM fetches WHERE warning = 'every article was new, some may have been missed'"), 1)
}

// Where an item was left out, not all was new, however many Articles were.
func TestAllNewButLeftOut(t *testing.T) {
	w := newWorld(t)
	list := func(left []feed.ItemHash, guids ...string) feed.Recorded {
		d := &feed.Document{Unchanged: left}
		for i, guid := range guids {
			d.Articles = append(d.Articles, article(guid, "https://wire.example/"+guid, "Report "+guid))
			d.Items = append(d.Items, feed.ItemHash(10*len(guids)+i))
		}
		return w.record(whole(d))
	}
	list(nil, "1", "2")
	if got := list([]feed.ItemHash{20}, "3", "4", "5"); got.Missed || got.New != 3 || got.Unchanged != 1 {
		t.Errorf("one left out: %+v", got)
	}
	if got := list(nil, "6", "7", "8", "9"); !got.Missed {
		t.Errorf("none left out: %+v", got)
	}
}

// The rhythm counts by the hour of publication, and not what the first Document
// listed without a date.
func TestRhythm(t *testing.T) {
	w := newWorld(t)
	dated := func(guid string, ago time.Duration) feed.Article {
		a := article(guid, "https://wire.example/"+guid, "Report "+guid)
		a.Published = time.Time{}
		if ago > 0 {
			a.Published = start.Add(-ago)
		}
		return a
	}
	w.poll("wire", dated("1", 0), dated("2", 3*time.Hour), dated("3", 3*time.Hour), dated("4", 50*time.Hour))
	w.now = start.Add(2 * time.Hour)
	w.poll("wire", dated("5", 0))
	st, err := w.State(context.Background(), "wire", start.Add(-48*time.Hour))
	hour := start.Unix() / 3600
	if err != nil || len(st.Rhythm) != 2 || st.Rhythm[hour-3] != 2 || st.Rhythm[hour+2] != 1 {
		t.Errorf("at %d: %v, %v", hour, st.Rhythm, err)
	}
	if st, err := w.State(context.Background(), "wire", time.Time{}); err != nil || st.Rhythm != nil {
		t.Errorf("unasked: %v, %v", st.Rhythm, err)
	}
}
