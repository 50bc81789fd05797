package store

import (
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"

	"newswired/feed"
)

// rows is short for what each gives to its function, one row at a time.
type rows = *sql.Rows

// A bench judges Stories by every Feed and writes what comes of it.
type bench struct {
	*tx
	setup   setup
	now     int64 // of the transaction
	ended   int64 // when what it records was over; an Edition is no older
	old     bool  // true: what enters now is not news, and takes its place by its date
	first   bool  // true: they are of a Source's first Document
	touched bool  // true: Editions that show these Stories change, even if no verdict does

	changed map[int64]bool // Feeds whose Entries changed
	entered map[int64]int  // how many Entries more Feeds have
	hours   map[slot]int   // how many entered in an hour that is limited
}

// A verdict is a row of that table, less its key.
type verdict struct {
	passes    bool
	reason    string
	entered   sql.NullInt64
	since     sql.NullInt64
	due       sql.NullInt64
	published int64
	updated   int64
	article   int64
	deleted   sql.NullInt64
}

// rejects reports whether a verdict is a no that leaves nothing to remember but
// its reason.
func (v verdict) rejects() bool { return !v.passes && !v.entered.Valid && !v.due.Valid }

// judgeAll judges stored Stories. News holds the Articles whose words changed.
func (b *bench) judgeAll(stories []int64, news map[int64]bool) error {
	if len(stories) == 0 {
		return nil
	}
	if err := b.agree(); err != nil {
		return err
	}
	all, err := b.copies(stories)
	if err != nil {
		return err
	}
	for i := range all {
		if err := b.judge(&all[i], false, news); err != nil {
			return err
		}
	}
	return b.markChanged()
}

// agree makes sure that nobody trusts our verdicts if another process has
// configured other rules since we were configured, as a poll on the command
// line does before the daemon is told to reload.
func (b *bench) agree() error {
	ours, err := b.rulesAreOurs()
	if err != nil || ours {
		return err
	}
	_, err = b.exec("forget_rules")
	return err
}

// rulesAreOurs reports whether the rules configured last are those we judge by.
func (b *bench) rulesAreOurs() (bool, error) {
	var rules string
	err := b.row("select_meta", "rules").Scan(&rules)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return false, fmt.Errorf("select_meta: %w", err)
	}
	return rules == b.setup.rules, nil
}

// judge writes what every Feed says to one Story. A fresh Story has no
// verdicts yet.
func (b *bench) judge(story *feed.Story, fresh bool, news map[int64]bool) error {
	before, err := b.verdicts(story.ID, fresh)
	if err != nil {
		return err
	}
	living, notice := feed.Living(story)
	if living == nil {
		return b.withdraw(story.ID, before, notice, fresh)
	}
	said := b.setup.judge(story)
	rejected := make([]int64, 0, len(said))
	for i := range b.setup.feeds {
		f := &b.setup.feeds[i]
		was, judged := before[f.id]
		next := verdict{reason: said[i].Reason}
		if said[i].Passes || was.entered.Valid {
			if next, err = b.next(f, was, said[i], story, living, news); err != nil {
				return err
			}
		}
		if next.rejects() {
			id, err := b.reason(f.id, next.reason)
			if err != nil {
				return err
			}
			rejected = append(rejected, id)
		}
		if err := b.write(story.ID, f.id, was, next, judged); err != nil {
			return err
		}
	}
	return b.reject(story.ID, rejected, fresh)
}

// write replaces a row by the next, if that is another, and notes whether the
// Feed's Editions are out of date.
func (b *bench) write(story, feed int64, was, next verdict, judged bool) (err error) {
	same := was == next && judged
	if (was.passes || next.passes) && (b.touched || !same) || was.deleted != next.deleted {
		b.change(feed)
	}
	if next.passes && !was.passes {
		b.enter(feed)
	}
	switch {
	case next.rejects() && judged:
		_, err = b.exec("delete_verdict", story, feed)
	case !next.rejects() && !same:
		_, err = b.exec("upsert_verdict", story, feed, next.passes, next.reason, b.now,
			next.entered, next.since, next.due, next.published, next.updated, next.article, next.deleted)
	}
	return err
}

// next returns the row that follows one, of a Story that passes or once did. An
// Entry enters once; it is updated only if there is news in the Copy that was
// shown before and still is, or if a later version of it is shown now, or if it was
// void: readers take the younger of the two (RFC 6721 section 5).
func (b *bench) next(f *configured, was verdict, said feed.Verdict, story, living *feed.Story, news map[int64]bool) (verdict, error) {
	shown := &living.Copies[feed.Shown(living, f.prefer)]
	next := verdict{passes: said.Passes, reason: said.Reason, article: shown.ID}
	next.entered, next.published, next.updated = was.entered, was.published, was.updated
	if !was.entered.Valid {
		next.published = millis(story.Published())
		next.updated = max(next.published, millis(shown.Published))
		if shown.Revisions > 1 {
			next.updated = max(next.updated, millis(shown.Changed))
		}
		return next, b.admit(f, was, &next, story, shown)
	}
	if was.deleted.Valid && said.Passes || was.article == shown.ID && news[shown.ID] || was.article != shown.ID && superseded(story, was.article, shown) {
		next.updated = b.now
	}
	return next, nil
}

// superseded reports whether the Copy shown is a later version of the one that
// was shown before: that is news, while another outlet's print is none.
func superseded(story *feed.Story, before int64, shown *feed.Copy) bool {
	for i := range story.Copies {
		if story.Copies[i].ID == before {
			former := &story.Copies[i]
			return feed.Supersedes(shown, former) && feed.News(former.Article, shown.Article)
		}
	}
	return false
}

// change notes that Editions of a Feed are out of date. markChanged writes it,
// once for all Stories of the transaction.
func (b *bench) change(feed int64) {
	if b.changed == nil {
		b.changed = make(map[int64]bool)
	}
	b.changed[feed] = true
}

// verdicts returns the rows of a Story by Feed. A fresh Story has none, and the
// question is saved: it would be asked for each of the hundred thousand of a
// first poll.
func (b *bench) verdicts(story int64, fresh bool) (map[int64]verdict, error) {
	if fresh {
		return nil, nil
	}
	all := make(map[int64]verdict)
	err := b.each("select_verdicts", func(r rows) error {
		var id int64
		var v verdict
		err := r.Scan(&id, &v.passes, &v.reason, &v.entered, &v.since, &v.due, &v.published, &v.updated, &v.article, &v.deleted)
		all[id] = v
		return err
	}, story)
	return all, err
}

// copies returns Stories with all their Copies, in the order of the ids.
func (b *bench) copies(stories []int64) ([]feed.Story, error) {
	byID := make(map[int64]*feed.Story, len(stories))
	err := b.each("select_copies", func(r rows) error { return scanCopy(r, byID) }, numbers(stories))
	if err != nil {
		return nil, err
	}
	return inOrder(stories, byID), nil
}

// inOrder returns Stories in the order of their ids' list. One that is gone,
// as a transaction before ours may have removed it, is left out.
func inOrder(ids []int64, byID map[int64]*feed.Story) []feed.Story {
	all := make([]feed.Story, 0, len(ids))
	for _, id := range ids {
		if s := byID[id]; s != nil {
			all = append(all, *s)
		}
	}
	return all
}

// numbers returns ids as JSON.
func numbers(ids []int64) string {
	text := fmt.Appendf(nil, "%d", ids) // "[1 2 3]"
	for i := range text {
		if text[i] == ' ' {
			text[i] = ','
		}
	}
	return string(text)
}

// sortedKeys returns the keys of a set in rising order, so that what is
// written does not depend on a map's order.
func sortedKeys(set map[int64]bool) []int64 {
	return slices.Sorted(maps.Keys(set))
}
