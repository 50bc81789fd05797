package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"newswired/feed"
)

// unknownAge is how old an undated Article of a Source's first Document is
// taken to be, in milliseconds: it may be an hour or a week, but fifty of them
// are not the news of this minute.
const unknownAge = 24 * 60 * 60 * 1000

// hour is what max_per_hour counts in, in milliseconds: hours of the clock, UTC.
const hour = 60 * 60 * 1000

// admit decides when a Story that passes enters a Feed: at once, unless it has
// to settle or the hour is full. Then it waits, and is judged again when it is
// due; that is when it enters, however late the judge is. Who has waited for an
// hour without finding room is left out: it is no news any longer. What is not
// news takes its place by its date and never waits; of that, too, no hour takes
// more than it may.
func (b *bench) admit(f *configured, was verdict, v *verdict, story *feed.Story, shown *feed.Copy) error {
	old := b.old && !was.due.Valid
	enter := b.now
	switch {
	case old:
		enter = v.published
	case was.due.Valid:
		enter = min(enter, was.due.Int64)
	}
	if b.first && shown.Published.Equal(shown.FirstSeen) {
		enter -= unknownAge
	}
	since := b.now
	if was.since.Valid {
		since = was.since.Int64
	}
	settled := millis(firstSeen(story)) + f.settle
	if settled > b.now && f.settle > 0 && !b.first {
		v.wait(since, settled, "settles until "+at(settled).Format(time.RFC3339))
		return nil
	}
	room, err := b.room(f, enter)
	if err != nil {
		return err
	}
	switch {
	case room:
		v.entered = sql.NullInt64{Int64: enter, Valid: true}
	case old || b.now-max(settled, since) >= hour:
		v.passes, v.reason = false, fmt.Sprintf("left out: %d an hour have entered; %s", f.perHour, v.reason)
	default:
		v.wait(since, (enter/hour+1)*hour, fmt.Sprintf("waits for the next hour: %d have entered in this one", f.perHour))
	}
	return nil
}

// wait puts a verdict off.
func (v *verdict) wait(since, until int64, why string) {
	v.passes, v.reason = false, why+"; "+v.reason
	v.since, v.due = sql.NullInt64{Int64: since, Valid: true}, sql.NullInt64{Int64: until, Valid: true}
}

// firstSeen returns when the first of a Story's Copies was seen.
func firstSeen(story *feed.Story) time.Time {
	first := story.Copies[0].FirstSeen
	for i := range story.Copies {
		if seen := story.Copies[i].FirstSeen; seen.Before(first) {
			first = seen
		}
	}
	return first
}

// A slot is an hour of a Feed.
type slot struct{ feed, hour int64 }

// room takes a place in the hour of a time, and reports whether there was one.
// The database is asked once for each hour of a transaction.
func (b *bench) room(f *configured, enter int64) (bool, error) {
	if f.perHour == 0 {
		return true, nil
	}
	s := slot{f.id, enter / hour}
	n, asked := b.hours[s]
	if !asked {
		if err := b.row("count_entered", f.id, s.hour*hour, (s.hour+1)*hour).Scan(&n); err != nil {
			return false, fmt.Errorf("count_entered: %w", err)
		}
	}
	if b.hours == nil {
		b.hours = make(map[slot]int)
	}
	if n >= f.perHour {
		b.hours[s] = n
		return false, nil
	}
	b.hours[s] = n + 1
	return true, nil
}

// A lull is a time before which no waiting ends, unless something changes: it
// saves the question of every few seconds.
type lull struct {
	generation uint64 // at which the database was asked
	before     int64
}

// JudgeDue judges some of the Stories whose waiting is over, and reports whether
// there are more.
func (s *Store) JudgeDue(ctx context.Context, now time.Time) (more bool, err error) {
	generation := s.Generation()
	if last := s.nothingDue.Load(); last != nil && last.generation == generation && millis(now) < last.before {
		return false, nil
	}
	next := lull{generation: generation}
	if err := s.read.row(ctx, "select_next_due").Scan(&next.before); err != nil {
		return false, fmt.Errorf("select_next_due: %w", err)
	}
	if millis(now) < next.before {
		s.nothingDue.Store(&next)
		return false, nil
	}
	err = s.update(ctx, func(t *tx) error {
		b := &bench{tx: t, setup: s.present(), now: millis(now), ended: millis(now)}
		ours, err := b.rulesAreOurs()
		if err != nil || !ours {
			return err // it is for those who have the rules to judge by them
		}
		var stories []int64
		err = t.each("select_due", func(r rows) error {
			var id int64
			err := r.Scan(&id)
			stories = append(stories, id)
			return err
		}, millis(now), backlogStep)
		if err != nil {
			return err
		}
		more = len(stories) == backlogStep
		return b.judgeAll(stories, nil)
	})
	if err != nil {
		return false, fmt.Errorf("judge what is due: %w", err)
	}
	s.generation.Add(1)
	return more, nil
}
