package main

import (
	"context"
	"time"

	"newswired/feed"
	"newswired/store"
)

// A library is the store as the pages see it: what the schedule says is added.
type library struct {
	*store.Store
	follow *follower
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
