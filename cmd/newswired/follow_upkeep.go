package main

import (
	"context"
	"log/slog"
	"time"

	"newswired/fetcher"
)

// judgeBacklog judges stored Stories until every Feed has judged all of them
// by its present rule.
func (f *follower) judgeBacklog(ctx context.Context) {
	untilDone(ctx, f.log, "stories not judged", func() (bool, error) { return f.store.JudgeBacklog(ctx, time.Now()) })
}

// judgeDue judges the Stories that have settled, or waited for the next hour.
func (f *follower) judgeDue(ctx context.Context) {
	untilDone(ctx, f.log, "waiting stories not judged", func() (bool, error) { return f.store.JudgeDue(ctx, time.Now()) })
}

// indexWords makes what came since findable by its words.
func (f *follower) indexWords(ctx context.Context) {
	untilDone(ctx, f.log, "words not indexed", func() (bool, error) { return f.store.IndexWords(ctx) })
}

// retain removes what no Document has listed for as long as retention says, and
// the keys of what is too old to have another version; gives up pages; and saves
// what the hour taught.
func (f *follower) retain(ctx context.Context, retention time.Duration) {
	untilDone(ctx, f.log, "old articles not removed", func() (bool, error) {
		now := time.Now()
		return f.store.Retain(ctx, now.Add(-retention), now)
	})
	f.expirePages(ctx)
	if err := f.store.ForgetKeys(ctx, time.Now()); err != nil && !fetcher.Cancelled(err) {
		f.log.Error("old keys not removed", "err", err)
	}
	if err := f.store.SaveWords(ctx); err != nil && !fetcher.Cancelled(err) {
		f.log.Error("words not saved", "err", err)
	}
}

// noteOthers lets the pages show what a poll on the command line brought.
func (f *follower) noteOthers(ctx context.Context) {
	if err := f.store.NoteOthers(ctx); err != nil && !fetcher.Cancelled(err) {
		f.log.Error("changes not noted", "err", err)
	}
}

// untilDone runs steps that are transactions of their own until there are no
// more, so that polls come between them.
func untilDone(ctx context.Context, log *slog.Logger, failure string, step func() (more bool, err error)) {
	for more := true; more && ctx.Err() == nil; {
		var err error
		if more, err = step(); err != nil {
			if !fetcher.Cancelled(err) {
				log.Error(failure, "err", err)
			}
			return
		}
	}
}
