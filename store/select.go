package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"newswired/feed"
)

// State returns what is known of a Source before it is polled, and its Rhythm
// from a time on unless that is zero. A Source that was never configured has
// none.
func (s *Store) State(ctx context.Context, source string, rhythm time.Time) (feed.State, error) {
	var st feed.State
	var last, next, retry, trusted sql.NullInt64
	var pace, move, push, hosts, items []byte
	var busy map[string]int64
	err := s.read.row(ctx, "select_state", source).Scan(&st.Validators.URL, &st.Validators.ETag, &st.Validators.LastModified,
		&st.Digest, &last, &next, &st.NextReason, &retry, &st.Failures, &st.Offline, &st.Stopped, &pace, &move, &hosts, &items, &st.Known, &st.Relay, &push, &trusted)
	if err == nil {
		err = errors.Join(fromJSON(pace, &st.Pace), fromJSON(move, &st.Move), fromJSON(push, &st.Push), fromJSON(hosts, &busy))
	}
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return feed.State{}, fmt.Errorf("select state of %s: %w", source, err)
	}
	st.LastFetch, st.NextFetch, st.RetryAt, st.Trusted = moment(last), moment(next), moment(retry), moment(trusted)
	st.Items = hashes(items)
	if len(busy) > 0 {
		st.Busy = make(map[string]time.Time, len(busy))
	}
	for host, until := range busy {
		st.Busy[host] = at(until)
	}
	if rhythm.IsZero() {
		return st, nil
	}
	st.Rhythm = make(feed.Rhythm)
	return st, s.read.each(ctx, "select_rhythm", func(r rows) error {
		var hour int64
		var n int
		err := r.Scan(&hour, &n)
		st.Rhythm[hour] = n
		return err
	}, source, millis(rhythm))
}

// fromJSON reads an object into a zero value. Most have nothing in them.
func fromJSON(text []byte, into any) error {
	if string(text) == "{}" {
		return nil
	}
	return json.Unmarshal(text, into)
}

// Entries returns the newest Entries of a Feed in its order: what entered last
// comes first. Each has all its Copies.
func (s *Store) Entries(ctx context.Context, name string, limit int) (all []feed.Entry, err error) {
	err = s.view(ctx, func(t *tx) error {
		all, err = t.entries("select_entries", name, limit)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("select entries of %s: %w", name, err)
	}
	return all, nil
}

// compose gives Entries their ids, their Stories, and the Copy shown.
func compose(all []feed.Entry, shown []int64, stories map[int64]*feed.Story, tags map[int64]string, prefix string) []feed.Entry {
	for i := range all {
		e := &all[i]
		e.ID = cmp.Or(tags[e.Story.ID], entryID(prefix, e.Story.ID))
		e.Story = *stories[e.Story.ID]
		for j, c := range e.Copies {
			if c.ID == shown[i] {
				e.Shown = j
			}
		}
	}
	return all
}

// TagPrefix returns what all ids of this database begin with.
func (s *Store) TagPrefix(ctx context.Context) (string, error) {
	var prefix string
	if err := s.read.row(ctx, "select_meta", "tag_prefix").Scan(&prefix); err != nil {
		return "", fmt.Errorf("select tag prefix: %w", err)
	}
	return prefix, nil
}

// Changed returns when the Entries of a Feed last changed, the zero time if it
// never had any. Each change has a later time.
func (s *Store) Changed(ctx context.Context, name string) (time.Time, error) {
	var changed int64
	err := s.read.row(ctx, "select_changed", name).Scan(&changed)
	if errors.Is(err, sql.ErrNoRows) || changed == 0 {
		return time.Time{}, nil
	}
	if err != nil {
		return time.Time{}, fmt.Errorf("select change of %s: %w", name, err)
	}
	return at(changed), nil
}

// scanCopy adds the Copy of a row to its Story.
func scanCopy(r rows, stories map[int64]*feed.Story) error {
	var c feed.Copy
	var published, first, seen int64
	var claimed, deleted sql.NullInt64
	var authors, categories, enclosures, origins sql.Null[[]byte]
	var path string
	err := r.Scan(&c.ID, &c.Story, &c.Source, &c.SourceURL, &c.Outlet, &c.Agency, &c.GUID, &c.Link, &published, &first, &c.Undated,
		&c.Title, &c.Summary, &c.Content, &c.Language, &c.Image, &authors, &categories, &enclosures, &origins, &claimed, &seen, &c.Revisions, &c.Credit, &deleted, &path)
	if err != nil {
		return err
	}
	c.Published, c.FirstSeen, c.Changed, c.Article.Updated, c.Deleted = at(published), at(first), at(seen), moment(claimed), moment(deleted)
	c.Article.Published = c.Published
	var from []feed.Origin
	err = errors.Join(decode(authors, &c.Authors), decode(categories, &c.Categories), decode(enclosures, &c.Enclosures), decode(origins, &from))
	if len(from) > 0 {
		c.Origin = from[0]
	}
	c.Relayed = relayedBy(path)
	story := stories[c.Story]
	if story == nil {
		story = &feed.Story{ID: c.Story}
		stories[c.Story] = story
	}
	story.Copies = append(story.Copies, c)
	return err
}

// decode reads a list that jsonOrNil wrote; NULL is the empty list.
func decode[T any](text sql.Null[[]byte], into *[]T) error {
	if !text.Valid {
		return nil
	}
	return json.Unmarshal(text.V, into)
}

// at returns a time as the program has it, of one that a table holds. UTC, so
// that equal times are equal values.
func at(ms int64) time.Time { return time.UnixMilli(ms).UTC() }

// moment is at for a column that may be NULL: the zero time.
func moment(ms sql.NullInt64) time.Time {
	if !ms.Valid {
		return time.Time{}
	}
	return at(ms.Int64)
}
