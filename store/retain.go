package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"newswired/feed"
)

const (
	// retainStep is how many Articles are removed in one transaction at most.
	retainStep = 200

	// stepTime is how long one step of upkeep has the writer's turn, about: a poll
	// that waits for it is not late.
	stepTime = 20 * time.Millisecond

	// vacuumStep is how many pages are given back in one step.
	vacuumStep = 64

	// spare is what the file keeps of what is free, for the news of the next hours.
	spare = 1 << 20

	// hostKept is how long is remembered what a host of pages says and how it fails.
	hostKept = 30 * 24 * time.Hour

	// tombstoneKept is how long is remembered what was removed, after that: a Source
	// that lists it again years later has news to tell.
	tombstoneKept = 3 * 365 * 24 * time.Hour
)

// A Retention says what is kept: what a Document listed since. What one lists
// still is kept in any case.
type Retention struct {
	Before  time.Time            // what none listed since then is removed
	Sources map[string]time.Time // the same for those that have their own
}

// A gone is an Article that no Document lists, since when, and about how many
// bytes it takes.
type gone struct{ id, since, bytes int64 }

// Retain removes some of the Articles that are not to be kept, leaves a Tombstone
// for each so that it does not return as new, and reports whether there are more. A
// Story goes with its last Article. It is looked for what goes before the turn to
// write is taken, which is given back after stepTime.
func (s *Store) Retain(ctx context.Context, r Retention, now time.Time) (more bool, err error) {
	own := make(map[string]int64, len(r.Sources))
	for name, t := range r.Sources {
		own[name] = millis(t)
	}
	text, _ := json.Marshal(own) // names and numbers always marshal
	all, err := s.gone(ctx, "select_expired", millis(r.Before), string(text), retainStep)
	if err != nil {
		return false, fmt.Errorf("retain: %w", err)
	}
	_, more, err = s.removeGone(ctx, all, millis(r.Before), now)
	return more, err
}

// Limit removes some of the Articles that left their Documents longest ago, as
// Retain does, if more than a number of bytes are in use, and reports whether there
// are more to go: until a twentieth less is, so that it need not begin again within
// the hour. How much an Article takes is reckoned, at least what all take on average,
// for the search index gives up its part only in MergeWords. Hence it is to be
// called again after that.
func (s *Store) Limit(ctx context.Context, most int64, now time.Time) (more bool, err error) {
	used, err := s.Size(ctx)
	if err != nil {
		return false, err
	}
	if s.excess <= 0 {
		if used <= most {
			return false, nil
		}
		counts, err := s.Counts(ctx)
		if err != nil {
			return false, err
		}
		s.excess, s.average = used-most+most/20, used/int64(max(counts.Articles, 1))
	}
	all, err := s.gone(ctx, "select_longest_gone", retainStep)
	if err != nil || len(all) == 0 {
		s.excess = 0
		return false, err
	}
	n, _, err := s.removeGone(ctx, all, all[0].since, now)
	for _, a := range all[:n] {
		s.excess -= max(a.bytes, s.average)
	}
	return s.excess > 0, err
}

// gone returns the Articles that a statement selects.
func (s *Store) gone(ctx context.Context, statement string, args ...any) (all []gone, err error) {
	err = each(ctx, s.read[statement], statement, func(r rows) error {
		var a gone
		err := r.Scan(&a.id, &a.since, &a.bytes)
		all = append(all, a)
		return err
	}, args...)
	return all, err
}

// removeGone removes as many Articles as a step may, and polls before a time. It
// returns how many Articles it has seen to, and whether there is more to remove.
func (s *Store) removeGone(ctx context.Context, all []gone, polls int64, now time.Time) (n int, more bool, err error) {
	err = s.update(ctx, func(t *tx) error {
		b := &bench{tx: t, setup: s.present(), now: millis(now), ended: millis(now), old: true, touched: true}
		if n, err = t.removeSome(all, now, b); err != nil {
			return err
		}
		res, err := t.exec("delete_fetches", polls, retainStep)
		if err != nil {
			return err
		}
		fetches, err := res.RowsAffected()
		more = n < len(all) || len(all) == retainStep || fetches == retainStep
		if err != nil || more {
			return err
		}
		return b.tidyArchives()
	})
	if err != nil {
		return 0, false, fmt.Errorf("retain: %w", err)
	}
	s.generation.Add(1)
	return n, more, nil
}

// removeSome removes Articles for as long as a step may take, and returns how many
// it has seen to.
func (t *tx) removeSome(all []gone, now time.Time, b *bench) (n int, err error) {
	stories := make(map[int64]bool)
	for begun := time.Now(); n < len(all) && (n == 0 || time.Since(begun) < stepTime); n++ {
		var a articleRow
		var title string
		err := t.row("select_removable", all[n].id).Scan(&a.id, &a.source, &a.key, &a.link, &a.story, &a.published, &title)
		if errors.Is(err, sql.ErrNoRows) {
			continue // it came back
		}
		if err != nil {
			return n, fmt.Errorf("select_removable: %w", err)
		}
		if err := t.remove(a, title, now); err != nil {
			return n, err
		}
		stories[a.story] = true
	}
	if len(stories) > 0 {
		if _, err := t.exec("add_unmerged", n); err != nil {
			return n, err
		}
	}
	return n, t.removeEmpty(stories, b)
}

// Tidy removes what else is too old: Tombstones, what hosts of pages said, what was
// refused before a time.
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
			for name, to := range map[string]time.Time{"delete_page_hosts": now.Add(-hostKept), "delete_robots": now.Add(-hostKept), "delete_refusals": before} {
				if _, err := t.exec(name, millis(to)); err != nil {
					return err
				}
			}
			return nil
		})
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
			for name, to := range map[string]time.Time{"delete_page_hosts": now.Add(-hostKept), "delete_robots": now.Add(-hostKept), "delete_refusals": before} {
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

func (s *Store) oldTombstones(ctx context.Context, before time.Time) (keys [][2]int64, err error) {
	err = each(ctx, s.read["select_old_tombstones"], "select_old_tombstones", func(r rows) error {
		var k [2]int64
		err := r.Scan(&k[0], &k[1])
		keys = append(keys, k)
		return err
	}, millis(before), retainStep)
	return keys, err
}

// ForgetReasons removes reasons that no Story has any more, those of former rules.
// Another process may be about to use one that it knows: only what was unused at
// the call before, too, is removed.
func (s *Store) ForgetReasons(ctx context.Context) error {
	unused := make(map[int64]bool)
	err := each(ctx, s.read["select_unused_reasons"], "select_unused_reasons", func(r rows) error {
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
	if err := s.read["select_size"].QueryRowContext(ctx).Scan(&used, &free); err != nil {
		return 0, fmt.Errorf("select_size: %w", err)
	}
	return used, nil
}

// mergeStep is how many pages of the search index are written at a time.
const mergeStep = 64

// MergeWords makes the search index one piece again, some of it at a time, if much
// was taken out of it, and reports whether there is more to do: FTS5 only notes
// what is taken out, and the room is free once that meets what was put in.
func (s *Store) MergeWords(ctx context.Context) (more bool, err error) {
	err = s.update(ctx, func(t *tx) error {
		pages := mergeStep
		if !s.merging {
			if err := t.row("select_unmerged").Scan(&s.merging); err != nil || !s.merging {
				return err
			}
			pages = -mergeStep
		}
		for begun := time.Now(); time.Since(begun) < stepTime; pages = mergeStep {
			var before, after int64
			if err := t.row("select_total_changes").Scan(&before); err != nil {
				return err
			}
			if _, err := t.exec("merge_words", pages); err != nil {
				return err
			}
			if err := t.row("select_total_changes").Scan(&after); err != nil {
				return err
			}
			if after-before < 2 { // sqlite.org/fts5.html, section 6.8
				s.merging = false
				_, err := t.exec("upsert_meta", "unmerged", "0")
				return err
			}
		}
		return nil
	})
	if err != nil {
		return false, fmt.Errorf("merge words: %w", err)
	}
	return s.merging, nil
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
		if err := s.write["select_size"].QueryRowContext(ctx).Scan(&used, &free); err != nil {
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

// remove deletes an Article with its Revisions and leaves a Tombstone, both in
// the one transaction: no crash can let it return as new.
func (t *tx) remove(a articleRow, title string, now time.Time) error {
	if _, err := t.exec("insert_tombstone", a.source, a.key, a.link, feed.TitleKey(title), a.published, millis(now)); err != nil {
		return err
	}
	if err := t.removeFromIndex(a.id); err != nil {
		return err
	}
	_, err := t.exec("delete_article", a.id)
	return err
}

// removeEmpty deletes the Stories that lost their last Article. The others have the
// date of the earliest that is left, as they would when the next one joins, and are
// judged again, for another Copy may have to be shown; what Entries say stays.
func (t *tx) removeEmpty(stories map[int64]bool, b *bench) error {
	for _, id := range sortedKeys(stories) {
		verdicts, err := b.verdicts(id, false)
		if err != nil {
			return err
		}
		res, err := t.exec("delete_empty_story", id)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			if _, err := t.exec("date_story", id); err != nil {
				return err
			}
			continue // another Article still tells it
		}
		for f, v := range verdicts {
			if v.passes {
				b.change(f)
			}
		}
	}
	if err := b.judgeAll(sortedKeys(stories), nil); err != nil {
		return err
	}
	return b.markChanged()
}
