package main

import (
	"context"
	"errors"
	"time"

	"newswired/feed"
	"newswired/fetcher"
	"newswired/store"
)

// judgeBacklog judges stored Stories until every Feed has judged all of them
// by its present rule.
func (f *follower) judgeBacklog(ctx context.Context) {
	f.untilDone(ctx, "stories not judged", func() (bool, error) { return f.store.JudgeBacklog(ctx, time.Now()) })
}

// judgeDue judges the Stories that have settled, or waited for the next hour.
func (f *follower) judgeDue(ctx context.Context) {
	f.untilDone(ctx, "waiting stories not judged", func() (bool, error) { return f.store.JudgeDue(ctx, time.Now()) })
}

// indexWords makes what came since findable by its words.
func (f *follower) indexWords(ctx context.Context) {
	f.untilDone(ctx, "words not indexed", func() (bool, error) { return f.store.IndexWords(ctx) })
}

// retain removes what is not to be kept, and the keys of what is too old to have
// another version; gives up pages; gives space back; and saves what the hour
// taught. While the database cannot be written, or a reader holds its log, it waits
// for the next hour.
func (f *follower) retain(ctx context.Context, c *config) {
	if _, held := f.store.LogSize(); held || f.store.Writable(ctx, time.Now()) != nil {
		return
	}
	var now time.Time
	f.untilDone(ctx, "old articles not removed", func() (bool, error) {
		now = time.Now()
		return f.store.Retain(ctx, c.retention(now), now)
	})
	f.limit(ctx, c.MaxSize)
	f.expirePages(ctx)
	for _, job := range []struct {
		failure string
		run     func() error
	}{
		{"old keys not removed", func() error { return f.store.ForgetKeys(ctx, now) }},
		{"old tombstones not removed", func() error { return f.store.Tidy(ctx, now.Add(-c.Retention), now) }},
		{"old reasons not removed", func() error { return f.store.ForgetReasons(ctx) }},
		{"words not saved", func() error { return f.store.SaveWords(ctx) }},
	} {
		f.failed(job.failure, job.run())
	}
	f.untilDone(ctx, "space not given back", func() (bool, error) { return f.store.Shrink(ctx) })
}

// limit removes what left its Document longest ago as long as the database is
// larger than it may be. What that frees is known once the search index is one
// piece.
func (f *follower) limit(ctx context.Context, most int64) {
	for range 3 {
		removed := false
		if most > 0 {
			f.untilDone(ctx, "old articles not removed", func() (bool, error) {
				more, err := f.store.Limit(ctx, most, time.Now())
				removed = removed || more
				return more, err
			})
		}
		f.untilDone(ctx, "search index not merged", func() (bool, error) { return f.store.MergeWords(ctx) })
		if !removed {
			break
		}
	}
	if size, err := f.store.Size(ctx); err == nil && most > 0 && size > most {
		f.log.Warn("database larger than max_size: make that larger, or ask fewer sources", "size", feed.Bytes(size), "max_size", feed.Bytes(most))
	}
}

// retention returns what is to be kept at a time.
func (c *config) retention(now time.Time) store.Retention {
	r := store.Retention{Before: now.Add(-c.Retention), Sources: make(map[string]time.Time)}
	for _, s := range c.Sources {
		if s.Retention > 0 {
			r.Sources[s.Name] = now.Add(-s.Retention)
		}
	}
	return r
}

// noteOthers lets the pages show what a poll on the command line brought, and says
// what others do to the file: once when it begins, and once when it is over. What was
// counted meanwhile is stored.
func (f *follower) noteOthers(ctx context.Context) {
	f.noteFile(ctx)
	if !f.unwritten.Load() {
		if err := f.store.SaveCounts(ctx); err != nil && !fetcher.Cancelled(err) && !errors.Is(err, store.ErrLocked) { // else it waits
			f.log.Error("counts not stored", "err", err)
		}
	}
	f.failed("changes not noted", f.store.NoteOthers(ctx))
}

// storeTime is how long the database may take to say how it is.
const storeTime = 15 * time.Second

// stores returns an error if nothing can be stored now.
func (f *follower) stores(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, storeTime)
	defer cancel()
	return errors.Join(f.store.Writable(ctx, time.Now()), f.store.Alive(ctx))
}

// noteFile says that the database cannot be written, or that a reader makes its
// write-ahead log grow.
func (f *follower) noteFile(ctx context.Context) {
	err := f.store.Writable(ctx, time.Now())
	if fetcher.Cancelled(err) {
		return
	}
	switch full := err != nil; {
	case f.unwritten.Swap(full) == full:
	case full:
		f.log.Error("nothing can be stored, what is there is served", "err", err)
	default:
		f.log.Info("the database can be written again, what was missed is polled")
		f.pollDue(ctx)
	}
	bytes, held := f.store.LogSize()
	switch {
	case f.held.Swap(held) == held:
	case held:
		f.log.Warn("a reader keeps the write-ahead log from being taken over: end its transaction (fuser names who has the file open)", "file", f.name, "log", feed.Bytes(bytes))
	default:
		f.log.Info("the write-ahead log was taken over", "log", feed.Bytes(bytes))
	}
}

// untilDone runs steps that are transactions of their own until there are no
// more, so that polls come between them.
func (f *follower) untilDone(ctx context.Context, failure string, step func() (more bool, err error)) {
	for more := true; more && ctx.Err() == nil; {
		var err error
		if more, err = step(); err != nil {
			f.failed(failure, err)
			return
		}
	}
}

// failed logs what we did wrong, unless that is known: newswired is being stopped,
// or the database cannot be written, of which noteFile tells beginning and end.
func (f *follower) failed(what string, err error, args ...any) {
	if err == nil || fetcher.Cancelled(err) || f.unwritten.Load() && errors.Is(err, store.ErrUnwritten) {
		return
	}
	f.log.Error(what, append(args, "err", err)...)
}
