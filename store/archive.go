package store

import (
	"cmp"
	"database/sql"
	"fmt"

	"newswired/feed"
)

// This file writes what judging means for documents: which are out of date,
// which Entries are void, and where archives end.

// withdraw makes the Entries of a Story void whose last Copy was withdrawn, by a
// notice, also those that readers have of a Feed that has it no longer. They keep
// the time at which they first became void.
func (b *bench) withdraw(story int64, before map[int64]verdict, notice *feed.Copy, fresh bool) error {
	var rejected []int64
	for i := range b.setup.feeds {
		f := &b.setup.feeds[i]
		was, judged := before[f.id]
		next := verdict{reason: withdrawal(notice)}
		if was.entered.Valid {
			next.article, next.entered, next.published, next.updated, next.deleted = notice.ID, was.entered, was.published, was.updated, was.deleted
			if !was.deleted.Valid {
				next.deleted = sql.NullInt64{Int64: b.now, Valid: true}
			}
		}
		if next.rejects() {
			id, err := b.reason(f.id, next.reason)
			if err != nil {
				return err
			}
			rejected = append(rejected, id)
		}
		if err := b.write(story, f.id, was, next, judged); err != nil {
			return err
		}
	}
	return b.reject(story, rejected, fresh)
}

// withdrawal is the reason that a notice gives:
//
//	withdrawn by Wire: KILL
//	withdrawn by Wire: deleted from its feed
func withdrawal(notice *feed.Copy) string {
	return "withdrawn by " + notice.Outlet + ": " + cmp.Or(feed.ReadHeadline(notice.Title).Marker(), "deleted from its feed")
}

// recordDeleted notes which Articles the Source says are void. What a Document
// lists is not, whatever else it says.
func (r *recorder) recordDeleted(d *feed.Document) error {
	touched := func(rows rows) error {
		var story int64
		err := rows.Scan(&story)
		r.stories[story] = true
		return err
	}
	keys, err := r.voidKeys(d)
	if err != nil {
		return err
	}
	for _, key := range keys {
		if a, stands := r.standing[key]; !r.document[key] && !(stands && r.listed[a.id]) {
			if err := r.each("update_article_deleted", touched, r.source.id, key, r.now); err != nil {
				return err
			}
		}
	}
	for i := range d.Articles {
		if a := &d.Articles[i]; a.Relayed != nil && a.Relayed.Void {
			if err := r.each("update_article_deleted", touched, r.source.id, feed.RelayedKey(a.Relayed.ID), r.now); err != nil {
				return err
			}
		}
	}
	return r.each("update_articles_undeleted", touched, r.source.id)
}

// enter notes that an Entry came into a Feed. markChanged makes archives of what
// it pushes out of the subscription document.
func (b *bench) enter(feed int64) {
	if b.entered == nil {
		b.entered = make(map[int64]int)
	}
	b.entered[feed]++
}

// markChanged notes on the Feeds that their Editions are out of date. An archive
// is as long as the subscription document, and made as soon as it is full: what
// is in none yet is always in that. Only old Entries that come in, of a new Source
// or by another Filter, wait for Retain: the first archives would be made of the
// Source that was asked first.
func (b *bench) markChanged() error {
	unarchived := make(map[int64]int, len(b.changed))
	for id := range b.changed {
		var n int
		if err := b.row("update_feed_changed", id, b.ended, b.entered[id]).Scan(&n); err != nil {
			return fmt.Errorf("update_feed_changed: %w", err)
		}
		unarchived[id] = n
	}
	for _, f := range b.setup.feeds {
		if b.old || b.entered[f.id] == 0 || unarchived[f.id] < f.limit {
			continue
		}
		if err := b.archive(f); err != nil {
			return err
		}
	}
	clear(b.changed) // a transaction may have more to say
	clear(b.entered)
	return nil
}

// archive makes the archives of a Feed that are full.
func (b *bench) archive(f configured) error {
	if _, err := b.exec("insert_archives", f.id, f.limit); err != nil {
		return err
	}
	_, err := b.exec("update_feed_unarchived", f.id)
	return err
}

// tidyArchives makes all archives that are full, and removes those that are
// empty for good.
func (b *bench) tidyArchives() error {
	for _, f := range b.setup.feeds {
		if err := b.archive(f); err != nil {
			return err
		}
	}
	_, err := b.exec("delete_archives")
	return err
}
