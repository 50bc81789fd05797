package store

import (
	"context"
	"fmt"
	"testing"
	"time"

	"newswired/feed"
)

// health returns the Health after what was counted in memory is stored.
func (w *world) health(now time.Time) feed.Health {
	w.t.Helper()
	if err := w.SaveCounts(context.Background()); err != nil {
		w.t.Fatal(err)
	}
	h, err := w.Health(context.Background(), now)
	if err != nil {
		w.t.Fatal(err)
	}
	return h
}

// What 304 spared is counted by what would have come: the last body, not one that
// came and was the same, and not one that could not be read.
func TestBytesSaved(t *testing.T) {
	w := newWorld(t)
	unchanged := feed.Poll{Source: "wire", Status: 304}
	saved := func(what string, bytes int64) {
		t.Helper()
		want(t, what, w.health(w.now).Sources[0].BytesSaved, bytes)
		want(t, what+", in the view", int64(w.count("SELECT bytes_saved FROM sources WHERE name = 'wire'")), bytes)
	}
	document := func(bytes int64) {
		w.record(feed.Poll{Source: "wire", Status: 200, Bytes: bytes, Digest: []byte{byte(bytes)}, Document: &feed.Document{Articles: []feed.Article{article("1", "", "One")}}})
	}
	saved("never polled", 0)
	w.record(unchanged)
	saved("of unknown size", 0)
	document(100)
	saved("a document", 0)
	w.record(unchanged)
	w.record(unchanged)
	saved("two that were not modified", 200)
	w.record(feed.Poll{Source: "wire", Status: 200, Bytes: 100}) // the same bytes again
	saved("the same again", 200)
	w.record(feed.Poll{Source: "wire", Status: 200, Bytes: 9000, Kind: feed.NotAFeed, Error: "a web page"})
	w.record(unchanged)
	saved("after a web page", 300)
	document(50)
	w.record(unchanged)
	saved("a smaller document", 350)
	src := feed.Source{Name: "wire", URL: "https://wire.example/atom"}
	w.state(src)
	w.record(unchanged)
	saved("another URL", 350)
}

// Polls are counted by the hour with what they brought; what a first Document lists
// is no news, and without a network there was no poll.
func TestPollHours(t *testing.T) {
	w := newWorld(t)
	empty := w.health(w.now)
	want(t, "hours of an empty file", len(empty.Hours), 0)
	want(t, "rhythm of an empty file", empty.Sources[0].PerDay == nil, true)
	at := func(d time.Duration, p feed.Poll) {
		w.now = start.Add(d - 5*time.Minute) // record adds them
		w.record(p)
	}
	day := 24 * time.Hour
	news := func(guids ...string) *feed.Document {
		d := &feed.Document{Warning: "repaired: tags that do not match"}
		for _, g := range guids {
			d.Articles = append(d.Articles, article(g, "", "Report "+g))
		}
		return d
	}
	at(0, feed.Poll{Source: "wire", Status: 200, Bytes: 1000, Took: 90 * time.Millisecond, Document: news("1", "2")})
	at(day, feed.Poll{Source: "wire", Status: 200, Bytes: 1100, Took: 100 * time.Millisecond, Document: news("1", "2", "3", "4", "5")})
	at(day+time.Minute, feed.Poll{Source: "wire", Status: 304, Took: 2 * time.Second})
	at(day+2*time.Minute, feed.Poll{Source: "paper", Status: 404, Kind: feed.BadStatus, Error: "404 Not Found", Took: time.Minute})
	at(day+3*time.Minute, feed.Poll{Source: "paper", Kind: feed.Offline, Error: "no network"})
	at(day+4*time.Minute, feed.Poll{Source: "wire", Status: 200, Pushed: true, Document: &feed.Document{Partial: true, Articles: []feed.Article{article("6", "", "Report 6")}}})
	at(2*day, feed.Poll{Source: "wire", Status: 200, Bytes: 1100, Document: news("1", "2", "3", "4", "5", "6")})

	h := w.health(start.Add(2 * day))
	got := fmt.Sprint(len(h.Hours))
	for _, x := range h.Hours {
		got += fmt.Sprintf("\n%s %d polls %d failures %d spared %d bytes %d articles median %s",
			x.Hour.Format("2 15:04"), x.Polls, x.Failures, x.Spared, x.Bytes, x.Articles, x.Took.Quantile(0.5).Round(10*time.Millisecond))
	}
	want(t, "hours", got, `3
1 09:00 1 polls 0 failures 0 spared 1000 bytes 0 articles median 80ms
2 09:00 3 polls 1 failures 1 spared 1100 bytes 4 articles median 100ms
3 09:00 1 polls 0 failures 0 spared 1100 bytes 0 articles median 0s`)
	wire := h.Sources[0]
	want(t, "a day", fmt.Sprint(wire.Days[feed.RhythmDays-3:], *wire.PerDay), "[0 4 0] 2")
	want(t, "another's", fmt.Sprint(h.Sources[1].Days[feed.RhythmDays-3:], h.Sources[1].PerDay == nil), "[0 0 0] true")
	want(t, "warnings", fmt.Sprint(wire.Warnings), "["+fmt.Sprint(feed.SourceWarning{Warning: "repaired: tags that do not match", Count: 3, Last: start.Add(2 * day)})+"]")
	want(t, "warnings later", len(w.health(start.Add(10 * day)).Sources[0].Warnings), 0)
	states, err := w.States(context.Background())
	if err != nil || states["ok"] != 1 || states["offline"] != 1 || len(states) != 2 {
		t.Errorf("states %v, %v", states, err)
	}

	later := start.Add(feed.HealthDays * day)
	if err := w.Tidy(context.Background(), later, later); err != nil {
		t.Fatal(err)
	}
	want(t, "kept while they are shown", w.count("SELECT count(*) FROM poll_hour"), 6)
	later = start.Add(2*day + countsKept)
	if err := w.Tidy(context.Background(), later, later); err != nil {
		t.Fatal(err)
	}
	want(t, "kept", w.count("SELECT (SELECT count(*) FROM poll_hour) + (SELECT count(*) FROM article_day)"), 1)
}

// Polls are counted once each, whether what they came to is stored at once, only when
// that can be, or by Close; what was rolled back is not counted.
func TestSaveCounts(t *testing.T) {
	w := newWorld(t)
	polls := func() int { return w.count("SELECT coalesce(sum(polls), 0) FROM poll_hour") }
	w.record(feed.Poll{Source: "wire", Status: 304})
	w.record(feed.Poll{Source: "wire", Status: 304})
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	w.turn <- struct{}{}
	if err := w.SaveCounts(cancelled); err == nil {
		t.Error("stored by who had no turn")
	}
	<-w.turn
	want(t, "what could not be stored", polls(), 0)
	w.record(feed.Poll{Source: "wire", Status: 304})
	w.health(w.now)
	w.health(w.now)
	want(t, "once it could be", polls(), 3)
	if _, err := w.Record(context.Background(), feed.Poll{Source: "nobody", Status: 304}); err == nil {
		t.Error("a poll of no source is recorded")
	}
	w.record(feed.Poll{Source: "wire", Status: 304})
	w.reopen()
	want(t, "after Close", polls(), 4)
}
