package store

import (
	"context"
	"testing"
	"time"

	"newswired/feed"
)

// Vitals agree with what the views count, and remember what retention removed.
func TestVitals(t *testing.T) {
	w := newWorld(t)
	ctx := context.Background()
	vitals := func() feed.Vitals {
		t.Helper()
		v, err := w.Vitals(ctx, w.now)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	v := vitals()
	if len(v.Sources) == 0 || v.Sources[0].State != "new" || !v.Sources[0].LastWell.IsZero() || v.Articles+v.Revisions+v.Stories != 0 || !v.Feeds[0].Changed.IsZero() {
		t.Errorf("of an empty database: %+v", v)
	}
	w.poll("wire", issue(0, 5, 100)...)
	well := w.now
	v = vitals()
	want(t, "articles", int(v.Articles), w.count("SELECT count(*) FROM articles"))
	want(t, "revisions", int(v.Revisions), w.count("SELECT count(*) FROM revisions"))
	want(t, "stories", int(v.Stories), w.count("SELECT count(*) FROM stories"))
	want(t, "unindexed", int(v.Unindexed), int(v.Revisions))
	for _, f := range v.Feeds {
		want(t, "entries of "+f.Name, int(f.Entered), w.count("SELECT count(*) FROM entries WHERE feed = '"+f.Name+"'"))
	}
	if v.Used < 1<<14 || v.Log == 0 || v.Feeds[0].Entered == 0 || v.Feeds[0].Changed.IsZero() {
		t.Errorf("after a poll: %+v", v)
	}
	w.poll("paper", append(issue(0, 2, 100), issue(50, 2, 100)...)...) // what is known, and what is new
	v = vitals()
	want(t, "entries that entered", int(v.Feeds[0].Entered), w.count("SELECT count(*) FROM entries"))
	for more := true; more; {
		var err error
		if more, err = w.IndexWords(ctx); err != nil {
			t.Fatal(err)
		}
	}
	want(t, "unindexed afterwards", int(vitals().Unindexed), 0)

	for i, kind := range []feed.Kind{feed.Timeout, feed.BadStatus, feed.Timeout} {
		w.now = w.now.Add(time.Hour)
		if _, err := w.Record(ctx, feed.Poll{Source: "wire", Started: w.now, Kind: kind, Error: "no"}); err != nil {
			t.Fatal(err)
		}
		s := vitals().Sources[0]
		if s.State != "failing" || !s.FailingSince.Equal(w.now.Add(-time.Duration(i)*time.Hour)) || !s.LastWell.Equal(well) || !s.LastFetch.Equal(w.now) {
			t.Errorf("failure %d: %+v, want last well %s", i+1, s, well)
		}
	}
	if _, err := w.Record(ctx, feed.Poll{Source: "wire", Started: w.now.Add(time.Hour), Status: 304}); err != nil {
		t.Fatal(err)
	}
	if s := vitals().Sources[0]; s.State != "ok" || !s.FailingSince.IsZero() || !s.LastWell.Equal(w.now.Add(time.Hour)) {
		t.Errorf("well again: %+v", s)
	}
}
