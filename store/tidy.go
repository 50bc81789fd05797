package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

const (
	// mergeStep is how many pages of the search index are written at a time,
	// vacuumStep how many are given back.
	mergeStep, vacuumStep = 16, 32

	// spare is what the file keeps of what is free, for the news of the next hours.
	spare = 1 << 20

	// hostKept is how long is remembered what a host of pages says and how it fails.
	hostKept = 30 * 24 * time.Hour

	// countsKept is how long is remembered how many polls and Articles there were.
	countsKept = 40 * 24 * time.Hour

	// tombstoneKept is how long is remembered what was removed: a Source that lists
	// it again years later has news to tell.
	tombstoneKept = 3 * 365 * 24 * time.Hour
)

// Tidy removes what else is too old: Tombstones, what hosts of pages said, what was
// refused before a time, what was counted by hours and days, archives without Entries.
func (s *Store) Tidy(ctx context.Context, before, now time.Time) error {
	for more := true; more; {
		keys, err := s.oldTombstones(ctx, now.Add(-tombstoneKept))
		if err != nil {
			return fmt.Errorf("tidy: %w", err)
		}
		more = len(keys) == retainStep
		err = s.update(ctx, func(t *tx) error {
			for _, k := range keys {
				if _, err := t.exec("delete_tombstone", k[0], k[1]); err != nil {
					return err
				}
			}
			if more {
				return nil
			}
			for name, to := range map[string]time.Time{"delete_page_hosts": now.Add(-hostKept), "delete_robots": now.Add(-hostKept), "delete_refusals": before, "delete_poll_hours": now.Add(-countsKept), "delete_article_days": now.Add(-countsKept)} {
				if _, err := t.exec(name, millis(to)); err != nil {
					return err
				}
			}
			b := &bench{tx: t, setup: s.present(), now: millis(now), ended: millis(now), old: true, touched: true}
			return b.tidyArchives()
		})
		if err != nil {
			return fmt.Errorf("tidy: %w", err)
		}
	}
	return nil
}

// oldTombstones returns Source and key of some Tombstones from before a time.
func (s *Store) oldTombstones(ctx context.Context, before time.Time) (keys [][2]int64, err error) {
	err = s.read.each(ctx, "select_old_tombstones", func(r rows) error {
		var k [2]int64
		err := r.Scan(&k[0], &k[1])
		keys = append(keys, k)
		return err
	}, millis(before), retainStep)
	return keys, err
}

// ForgetReasons removes reasons that no Story has any more, those of former rules.
// Another process may be about to use one that it knows: only what was unused at
// the call before, too, is removed. One call at a time.
func (s *Store) ForgetReasons(ctx context.Context) error {
	unused := make(map[int64]bool)
	err := s.read.each(ctx, "select_unused_reasons", func(r rows) error {
		var id int64
		err := r.Scan(&id)
		unused[id] = true
		return err
	})
	if err != nil {
		return fmt.Errorf("forget reasons: %w", err)
	}
	before := s.unused
	s.unused = unused
	err = s.update(ctx, func(t *tx) error {
		for id := range unused {
			if !before[id] {
				continue
			}
			clear(s.present().reasons) // by which we know its id
			if _, err := t.exec("delete_unused_reason", id); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("forget reasons: %w", err)
	}
	return nil
}

// Size returns how much of the file is in use, in bytes.
func (s *Store) Size(ctx context.Context) (used int64, err error) {
	var free int64
	if err := s.read.row(ctx, "select_size").Scan(&used, &free); err != nil {
		return 0, fmt.Errorf("select_size: %w", err)
	}
	return used, nil
}

// MergeWords merges pieces of the search index, some pages at a time, and reports
// whether there is more to do. Each transaction that indexes adds a piece; FTS5
// would merge them by itself, but now and then a great many within one poll. If
// much was taken out of the index all of it becomes one piece: FTS5 only notes what
// is taken out, and the room is free once that meets what was put in.
func (s *Store) MergeWords(ctx context.Context) (more bool, err error) {
	giveBack, err := s.takeTurn(ctx)
	if err != nil {
		return false, fmt.Errorf("merge words: %w", err)
	}
	defer giveBack()
	unfinished := false
	err = s.transact(ctx, func(t *tx) error {
		pages, merging := mergeStep, s.merging
		if !merging {
			var out int64
			var in sql.NullInt64
			if err := t.row("select_unmerged", s.tooFew).Scan(&out, &in); err != nil {
				return err
			}
			switch {
			case in.Valid && out > in.Int64/20: // a twentieth is worth one piece
				merging, pages, s.tooFew = true, -mergeStep, 0
			case in.Valid: // so many must be out before it can be: each that goes is no longer in it
				s.tooFew = out + (in.Int64-20*out)/21
			}
		}
		more = true
		for begun := time.Now(); more && time.Since(begun) < stepTime; pages = mergeStep {
			if more, err = t.mergeSome(pages); err != nil {
				return err
			}
		}
		if unfinished = merging && more; unfinished || !merging {
			return nil
		}
		_, err := t.exec("upsert_meta", "unmerged", "0")
		return err
	})
	if err != nil {
		return false, fmt.Errorf("merge words: %w", err)
	}
	s.merging = unfinished // not sooner: what failed has not begun
	return more, nil
}

// mergeSome merges pages, and reports whether there were some.
func (t *tx) mergeSome(pages int) (some bool, err error) {
	var before, after int64
	if err := t.row("select_total_changes").Scan(&before); err != nil {
		return false, err
	}
	if _, err := t.exec("merge_words", pages); err != nil {
		return false, err
	}
	err = t.row("select_total_changes").Scan(&after)
	return after-before >= 2, err // sqlite.org/fts5.html, section 6.8
}

// LogSize returns how long the write-ahead log is, in bytes, and whether that is so
// much that a reader must keep it from being taken over by a transaction that it
// does not end. Upkeep has to wait then: it would make the log longer instead of the
// file shorter.
func (s *Store) LogSize() (bytes int64, held bool) {
	bytes = size(s.name + "-wal")
	return bytes, bytes > logTooLong
}

// Shrink gives some free pages back to the disk, and reports whether there are
// more.
func (s *Store) Shrink(ctx context.Context) (more bool, err error) {
	giveBack, err := s.takeTurn(ctx)
	if err != nil {
		return false, fmt.Errorf("give space back: %w", err)
	}
	defer giveBack()
	var used, free int64
	for begun := time.Now(); time.Since(begun) < stepTime; {
		if err := s.write.row(ctx, "select_size").Scan(&used, &free); err != nil {
			return false, fmt.Errorf("select_size: %w", err)
		}
		if free <= spare {
			return false, nil
		}
		if _, err := s.conn.ExecContext(ctx, fmt.Sprintf("PRAGMA incremental_vacuum(%d)", vacuumStep)); err != nil {
			return false, fmt.Errorf("give space back: %w", s.explain(err))
		}
	}
	return true, nil
}
