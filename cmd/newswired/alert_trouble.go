package main

import (
	"context"
	"os"
	"slices"
	"time"

	"newswired/feed"
	"newswired/fetcher"
	"newswired/store"
)

// How long a trouble of ours lasts until it is told: what often mends itself within
// minutes is left alone for as long.
var ripeAfter = map[string]time.Duration{
	"network": time.Hour,
	"storage": 4 * time.Minute,
	"log":     time.Hour,
	"memory":  10 * time.Minute,
	"clock":   10 * time.Minute,
}

// A lookout finds what is wrong with the Sources and with newswired itself.
type lookout struct {
	follow *follower
	since  map[string]time.Time // when each kind of trouble of ours was first seen

	examined time.Time      // when the file was
	found    []feed.Trouble // what was wrong with it then
}

// examinePause is how long what was found about the file holds: to look opens it.
const examinePause = 15 * time.Minute

// look returns all that is wrong now.
func (l *lookout) look(ctx context.Context, c *config, now time.Time) ([]feed.Trouble, error) {
	sources, err := l.follow.store.Sources(ctx)
	return append(l.own(ctx, c, now), feed.SourceTroubles(sources, c.AlertAfter, c.Zone)...), err
}

// own returns what is wrong with newswired, each kind once, ripe if it has lasted.
func (l *lookout) own(ctx context.Context, c *config, now time.Time) []feed.Trouble {
	found := l.find(ctx, c, now)
	since := make(map[string]time.Time, len(found))
	for i := range found {
		t := &found[i]
		first, known := l.since[t.Kind]
		if !known {
			first = now
		}
		since[t.Kind], t.Since = first, first
		t.Ripe = now.Sub(first) >= ripeAfter[t.Kind]
	}
	l.since = since
	return found
}

// find returns what is wrong with newswired at this moment, each kind once. Since
// when it is so, own knows.
func (l *lookout) find(ctx context.Context, c *config, now time.Time) (all []feed.Trouble) {
	add := func(kind, says, advice string) {
		all = append(all, feed.Trouble{Kind: kind, Says: says, Advice: advice})
	}
	if l.follow.offline.Load() {
		add("network", "no source can be reached: newswired has no network", "mend the network; what was missed is polled by itself")
	}
	if l.follow.refused.Load() {
		add("configuration", "the configuration was refused and the old one goes on", "run newswired check, mend what it names, and reload")
	}
	if err := l.follow.schedule.Alive(now); err != nil {
		add("schedule", feed.Tellable(err.Error()), "restart newswired, and report it")
	}
	if err := l.follow.stores(ctx); err != nil && !fetcher.Cancelled(err) {
		add("storage", "nothing can be stored: "+feed.Tellable(err.Error()), "")
	}
	if t, found := memoryTrouble(os.DirFS("/")); found {
		all = append(all, t)
	}
	return slices.Concat(all, l.findings(ctx, c, now))
}

// findings returns what newswired doctor finds at a glance, if it is to be told.
func (l *lookout) findings(ctx context.Context, c *config, now time.Time) []feed.Trouble {
	if now.Sub(l.examined) < examinePause {
		return l.found
	}
	facts, err := store.Examine(ctx, c.Database, false, now)
	if err != nil {
		return l.found // why, Alive has said
	}
	l.examined, l.found = now, nil
	for _, f := range facts.Findings() {
		if slices.Contains([]string{"disk", "log", "clock"}, f.Check) && f.Severity != store.Note {
			l.found = append(l.found, feed.Trouble{Kind: f.Check, Says: feed.Tellable(f.Says), Advice: feed.Tellable(f.Advice)})
		}
	}
	return l.found
}
