package main

import (
	"context"
	"time"

	"newswired/feed"
	"newswired/store"
)

// A library is the store as the pages see it: what the schedule says is added, and
// what the daemon knows of itself, and the Feed of Alerts.
type library struct {
	*store.Store
	follow *follower
	began  time.Time
}

// statusFeed is the Feed of Alerts.
func statusFeed() feed.Feed {
	return feed.Feed{Name: feed.StatusFeed, Title: "newswired: status", Description: "What newswired's operator should see to, once when it begins and once when it is over.", Limit: alertsShown}
}

// Generation returns a number that rises whenever something may have changed.
func (l library) Generation() uint64 { return l.Store.Generation() + l.follow.alerts.generation.Load() }

// Changed returns when a Feed last changed.
func (l library) Changed(ctx context.Context, name string) (time.Time, error) {
	if name != feed.StatusFeed {
		return l.Store.Changed(ctx, name)
	}
	alerts, err := l.follow.alerts.Alerts(ctx)
	return feed.AlertsChanged(alerts), err
}

// Section returns what a document of a Feed shows. That of Alerts has no archives.
func (l library) Section(ctx context.Context, name string, number, limit int) (feed.Section, error) {
	if name != feed.StatusFeed {
		return l.Store.Section(ctx, name, number, limit)
	}
	if number > 0 {
		return feed.Section{}, feed.ErrNoArchive
	}
	prefix, err := l.TagPrefix(ctx)
	if err != nil {
		return feed.Section{}, err
	}
	alerts, err := l.follow.alerts.Alerts(ctx)
	return feed.Section{Entries: feed.AlertEntries(alerts, prefix)}, err
}

// Health returns how the Sources are, with the time of their next poll, and how
// newswired is.
func (l library) Health(ctx context.Context, now time.Time) (feed.Health, feed.Self, error) {
	h, err := l.Store.Health(ctx, now)
	if err != nil {
		return h, feed.Self{}, err
	}
	for i := range h.Sources {
		h.Sources[i].NextFetch, h.Sources[i].NextReason = l.follow.next(h.Sources[i], now)
	}
	self, err := examineSelf(ctx, l.Store, l.follow.name, now)
	self.Daemon = &feed.Daemon{Started: l.began, Offline: l.follow.offline.Load(), Refused: l.follow.refused.Load()}
	return h, self, err
}

// examineSelf finds out how newswired is, as far as its database tells.
func examineSelf(ctx context.Context, st *store.Store, database string, now time.Time) (feed.Self, error) {
	counts, err := st.Counts(ctx)
	if err != nil {
		return feed.Self{}, err
	}
	facts, err := store.Examine(ctx, database, false, now)
	self := feed.Self{
		Articles: counts.Articles, Stories: counts.Stories, PagesDue: counts.PagesDue,
		Database: facts.Size, Log: facts.WAL, Room: facts.DiskFree, Version: version(),
	}
	for _, f := range facts.Findings() {
		if f.Severity != store.Note {
			self.Problems = append(self.Problems, feed.Problem{Check: f.Check, Severity: f.Severity, Says: f.Says, Advice: f.Advice, Repair: f.Repair})
		}
	}
	return self, err
}
