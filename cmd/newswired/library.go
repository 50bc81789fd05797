package main

import (
	"context"
	"time"

	"newswired/feed"
	"newswired/store"
)

// A library is the store as the pages see it: what the schedule says is added, and
// the Feed of Alerts.
type library struct {
	*store.Store
	follow *follower
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

// Sources returns the Sources with the time of their next poll.
func (l library) Sources(ctx context.Context) ([]feed.SourceStatus, error) {
	all, err := l.Store.Sources(ctx)
	now := time.Now()
	for i := range all {
		all[i].NextFetch, all[i].NextReason = l.follow.next(all[i], now)
	}
	return all, err
}
