package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"newswired/feed"
)

// Sources returns the configured Sources with their state, in the order of the
// configuration. What only Health tells is left out.
func (s *Store) Sources(ctx context.Context) ([]feed.SourceStatus, error) {
	var all []feed.SourceStatus
	err := s.read.each(ctx, "select_sources", func(r rows) error {
		var c feed.SourceStatus
		var last, next, article, failing, known, until, push sql.NullInt64
		err := r.Scan(&c.Name, &c.URL, &c.Outlet, &c.Agency, &c.State, &last, &next, &c.NextReason, &c.Schedule, &c.MovedTo, &article, &c.Failures, &failing, &c.LastError,
			&c.Articles, &c.BytesSaved, &known, &c.FullText, &c.Hub, &c.Push, &until, &push, &c.PushError)
		c.LastFetch, c.NextFetch, c.LastArticle, c.FailingSince = moment(last), moment(next), moment(article), moment(failing)
		c.Known, c.PushedUntil, c.LastPush = moment(known), moment(until), moment(push)
		all = append(all, c)
		return err
	})
	return all, err
}

// States counts the configured Sources by their state.
func (s *Store) States(ctx context.Context) (map[string]int, error) {
	return s.counted(ctx, "select_states")
}

// Health returns how the configured Sources are, and what all polls came to as far
// as SaveCounts has stored it.
func (s *Store) Health(ctx context.Context, now time.Time) (h feed.Health, err error) {
	if h.Sources, err = s.Sources(ctx); err != nil {
		return h, err
	}
	of := make(map[string]*feed.SourceStatus, len(h.Sources))
	for i := range h.Sources {
		of[h.Sources[i].Name] = &h.Sources[i]
	}
	if err := s.addDays(ctx, of, now); err != nil {
		return h, err
	}
	err = s.read.each(ctx, "select_warnings", func(r rows) error {
		var name string
		var w feed.SourceWarning
		var last int64
		err := r.Scan(&name, &w.Warning, &w.Count, &last)
		w.Last = at(last)
		if c := of[name]; c != nil { // a reload may have come between
			c.Warnings = append(c.Warnings, w)
		}
		return err
	}, millis(now.AddDate(0, 0, -feed.WarningDays)))
	if err != nil {
		return h, err
	}
	due, err := s.counted(ctx, "select_pages_due")
	if err != nil {
		return h, err
	}
	for i := range h.Sources {
		h.Sources[i].PagesDue = due[h.Sources[i].Name]
	}
	h.Hours, err = s.pollHours(ctx, now)
	return h, err
}

// addDays adds how many new Articles each Source had on each of the last days.
func (s *Store) addDays(ctx context.Context, of map[string]*feed.SourceStatus, now time.Time) error {
	first := millis(now)/dayMillis - feed.RhythmDays + 1
	err := s.read.each(ctx, "select_article_days", func(r rows) error {
		var name string
		var text []byte
		if err := r.Scan(&name, &text); err != nil || of[name] == nil {
			return err
		}
		var days map[int64]int
		if err := json.Unmarshal(text, &days); err != nil {
			return err
		}
		of[name].Days = make([]int, feed.RhythmDays)
		for day, n := range days {
			if i := day - first; i < feed.RhythmDays { // else the clock was ahead
				of[name].Days[i] = n
			}
		}
		return nil
	}, first)
	for _, c := range of {
		if c.Days == nil {
			c.Days = make([]int, feed.RhythmDays)
		}
		c.Brought(now)
	}
	return err
}

// pollHours returns what the polls of each hour came to.
func (s *Store) pollHours(ctx context.Context, now time.Time) (all []feed.PollHour, err error) {
	index := make(map[int64]int) // in all, by hour
	err = s.read.each(ctx, "select_poll_hours", func(r rows) error {
		var hour int64
		var h feed.PollHour
		var polls, failures, spared sql.NullInt64
		err := r.Scan(&hour, &polls, &failures, &spared, &h.Bytes, &h.Articles)
		h.Hour, h.Polls, h.Failures, h.Spared = at(hour*hourMillis), int(polls.Int64), int(failures.Int64), int(spared.Int64)
		index[hour] = len(all)
		all = append(all, h)
		return err
	}, millis(now.AddDate(0, 0, -feed.HealthDays))/hourMillis)
	if err != nil {
		return nil, err
	}
	err = s.read.each(ctx, "select_poll_took", func(r rows) error {
		var hour int64
		var class, n int
		if err := r.Scan(&hour, &class, &n); err != nil {
			return err
		}
		i, ok := index[hour]
		if !ok {
			return nil // it came between
		}
		if all[i].Took == nil {
			all[i].Took = make(feed.Took)
		}
		all[i].Took[class] = n
		return nil
	}, millis(now.AddDate(0, 0, -feed.TookDays))/hourMillis)
	return all, err
}

// Counts is the size of the database in words that people know.
type Counts struct {
	Articles, Stories int
	Sources           int // configured
	Failing           int // of them, those that were asked last in vain
	PagesDue          int // pages of Articles that are still to be fetched
}

// Counts counts.
func (s *Store) Counts(ctx context.Context) (Counts, error) {
	var c Counts
	err := s.read.row(ctx, "select_counts").Scan(&c.Articles, &c.Stories, &c.Sources, &c.Failing, &c.PagesDue)
	if err != nil {
		return Counts{}, fmt.Errorf("select counts: %w", s.explain(err))
	}
	return c, nil
}

// Runs returns the last runs of polls of a Source, the newest first.
func (s *Store) Runs(ctx context.Context, source string, limit int) (all []feed.Run, err error) {
	err = s.read.each(ctx, "select_runs", func(r rows) error {
		var x feed.Run
		var first, last int64
		var pushed bool
		err := r.Scan(&first, &last, &x.Count, &x.Status, &x.Kind, &x.Error, &x.Warning, &x.Bytes, &x.Took, &x.New, &x.Revised, &x.Refused, &pushed)
		x.First, x.Last, x.Via = at(first), at(last), "poll"
		if pushed {
			x.Via = "push"
		}
		all = append(all, x)
		return err
	}, source, limit)
	return all, err
}

// PageStates counts the pages of a Source's Articles by their state.
func (s *Store) PageStates(ctx context.Context, source string) (map[string]int, error) {
	return s.counted(ctx, "select_page_states", source)
}

// counted returns the numbers of a question by what they are of.
func (s *Store) counted(ctx context.Context, name string, args ...any) (map[string]int, error) {
	numbers := make(map[string]int)
	err := s.read.each(ctx, name, func(r rows) error {
		var of string
		var n int
		err := r.Scan(&of, &n)
		numbers[of] = n
		return err
	}, args...)
	return numbers, err
}
