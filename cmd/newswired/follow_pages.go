package main

import (
	"context"
	"errors"
	"time"

	"newswired/fetcher"
)

// pageRun is how long one run of the page job takes pages: then a configuration
// that was read anew holds.
const pageRun = time.Minute

// fetchPages fetches the pages of Articles that are due.
func (f *follower) fetchPages(ctx context.Context) {
	f.mu.Lock()
	pager := f.pager
	f.mu.Unlock()
	n, err := pager.Run(ctx, time.Now().Add(pageRun))
	f.failed("pages not fetched", err)
	if n.Kept+n.Failed > 0 {
		f.log.Info("pages fetched", "kept", n.Kept, "unchanged", n.Unchanged, "failed", n.Failed)
	}
}

// expirePages gives up the pages whose turn did not come in time.
func (f *follower) expirePages(ctx context.Context) {
	f.untilDone(ctx, "pages not given up", func() (bool, error) { return f.store.ExpirePages(ctx, time.Now()) })
}

// pollPages fetches the pages that are due now, and prints what came of them.
func pollPages(ctx context.Context, f *follower, pager *fetcher.Pager) (fetcher.PageCount, error) {
	f.expirePages(ctx)
	n, err := pager.Run(ctx, time.Time{})
	if ctx.Err() != nil {
		err = errors.New("stopped before every page was fetched; the next poll fetches the others")
	}
	return n, err
}
