package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"newswired/feed"
)

// Record writes the outcome of a poll in one transaction: new Articles and
// Revisions, their place in Stories, what every Feed says to the Stories that
// changed, and the Source's state. Recording a Document twice is recording it
// once.
func (s *Store) Record(ctx context.Context, p feed.Poll) (feed.Recorded, error) {
	var done feed.Recorded
	err := s.update(ctx, func(t *tx) error {
		r := &recorder{
			tx: t, store: s, poll: &p, now: millis(p.Started),
			bench: &bench{tx: t, setup: s.present(), now: millis(p.Started), ended: millis(p.Started.Add(p.Took)), touched: true},
		}
		err := r.record()
		done = r.done
		return err
	})
	if err != nil {
		return feed.Recorded{}, fmt.Errorf("record %s: %w", p.Source, err)
	}
	s.generation.Add(1)
	return done, nil
}

// A recorder is one call of Record.
type recorder struct {
	*tx
	bench  *bench
	store  *Store
	poll   *feed.Poll
	now    int64
	source sourceRow

	standing map[int64]articleRow // Articles of the Source's last Document by key
	document map[int64]bool       // keys of this Document
	links    map[int64][]string   // the headlines of this Document by link
	listed   map[int64]bool       // ids of this Document's Articles

	story, seq int64 // last used
	fresh      []feed.Story
	stories    map[int64]bool // stored Stories that changed
	told       map[int64]bool // Stories that turned out to be older ones
	rulings    bool           // true: persons have ruled
	news       map[int64]bool // Articles whose words changed
	done       feed.Recorded
}

type sourceRow struct {
	id                  int64
	known               bool // true once a whole Document was stored: what comes now is news
	stored              bool // true if there are Articles of it, or Tombstones
	digest              []byte
	url, outlet, agency string
	reading, move       string
	configured          bool
}

// record writes all of a poll. The order matters: what the Document brought is
// counted before the Source's row and the fetch are told of it.
func (r *recorder) record() error {
	err := r.row("select_source", r.poll.Source).Scan(&r.source.id, &r.source.known, &r.source.stored, &r.source.digest,
		&r.source.url, &r.source.outlet, &r.source.agency, &r.source.reading, &r.source.configured, &r.source.move)
	if errors.Is(err, sql.ErrNoRows) {
		return errors.New("the source was never configured")
	}
	if err != nil {
		return fmt.Errorf("select_source: %w", err)
	}
	if asked := r.poll; asked.URL != "" &&
		(!r.source.configured || asked.URL != r.source.url || asked.Reading != r.source.reading) {
		return nil // a reload came between: the Source as it is now has not been asked
	}
	if r.poll.Document != nil {
		if err := r.recordDocument(r.poll.Document); err != nil {
			return err
		}
	}
	if err := r.updateSource(); err != nil {
		return err
	}
	if err := r.updateAddress(); err != nil {
		return err
	}
	return r.recordFetch()
}

// recordDocument writes what a Document lists, in the order in which its
// Articles were published, and then judges the Stories once, however many of
// their Articles changed.
func (r *recorder) recordDocument(d *feed.Document) error {
	r.bench.old, r.bench.first = !r.source.known, !r.source.known
	r.stories, r.news, r.told = make(map[int64]bool), make(map[int64]bool), make(map[int64]bool)
	ids, err := r.identify(d.Articles)
	if err != nil {
		return err
	}
	if err := r.row("select_next_numbers").Scan(&r.story, &r.seq); err != nil {
		return fmt.Errorf("select_next_numbers: %w", err)
	}
	if err := r.row("select_any_ruling").Scan(&r.rulings); err != nil {
		return fmt.Errorf("select_any_ruling: %w", err)
	}
	// The oldest first: Documents list the newest first, and numbers rise.
	for i := len(d.Articles) - 1; i >= 0; i-- {
		if err := r.recordArticle(&d.Articles[i], ids[i]); err != nil {
			return err
		}
	}
	if !d.Partial {
		if err := r.recordGone(); err != nil {
			return err
		}
	}
	r.done.Refused = len(d.Refused)
	for _, no := range d.Refused {
		if _, err := r.exec("upsert_refusal", r.source.id, no.Name, no.Reason, r.now); err != nil {
			return err
		}
	}
	r.done.Missed = r.source.known && !d.Partial && r.done.New >= few && r.done.New == len(ids)
	return r.judge()
}

// few is how many Articles a Document must list before it tells something that
// all of them are new.
const few = 3

// recordGone notes which Articles the Source no longer lists: retention counts
// from here.
func (r *recorder) recordGone() error {
	gone := make(map[int64]bool)
	for _, a := range r.standing {
		if !r.listed[a.id] {
			gone[a.id] = true
		}
	}
	for _, id := range sortedKeys(gone) {
		if _, err := r.exec("update_article_gone", id, r.now); err != nil {
			return err
		}
	}
	return nil
}

// judge lets every Feed judge the Stories that changed.
func (r *recorder) judge() error {
	if len(r.fresh) > 0 {
		if err := r.bench.agree(); err != nil {
			return err
		}
	}
	for id := range r.told {
		delete(r.stories, id)
	}
	for i := range r.fresh {
		if r.told[r.fresh[i].ID] || r.stories[r.fresh[i].ID] {
			continue // it has other Articles by now, or none
		}
		if err := r.bench.judge(&r.fresh[i], true, nil); err != nil {
			return err
		}
	}
	if err := r.bench.judgeAll(sortedKeys(r.stories), r.news); err != nil {
		return err
	}
	return r.bench.markChanged()
}

// updateSource writes the Source's own state. A failure keeps validators and
// digest: the Document they belong to is still the one that is stored. Without
// a network nothing counts as the Source's failure.
func (r *recorder) updateSource() error {
	p := r.poll
	next, reason := nullMillis(p.NextFetch), p.NextReason
	if r.done.Missed && !p.Sooner.IsZero() {
		next, reason = nullMillis(p.Sooner), feed.ByAllNew
	}
	if p.Kind != feed.OK {
		failed := 1
		if p.Kind == feed.Offline {
			failed = 0
		}
		_, err := r.exec("update_source_failure", r.source.id, r.now, next, failed, string(p.Kind), p.Error, nullMillis(p.RetryAt), string(reason))
		return err
	}
	// An empty Document, or one without its end, leaves the next one the first.
	whole := p.Document != nil && !p.Document.Partial && len(p.Document.Articles) > 0
	digest := p.Digest
	if p.Document == nil && digest == nil {
		digest = r.source.digest
	}
	pace, _ := json.Marshal(p.Pace) // numbers always marshal
	_, err := r.exec("update_source_success", r.source.id, p.Validators.URL, p.Validators.ETag, p.Validators.LastModified,
		digest, r.now, next, whole, r.done.New > 0, nullMillis(p.RetryAt),
		string(reason), string(pace))
	return err
}

// updateAddress writes where the Source is asked from now on, if that has
// changed, and which host is to be left alone.
func (r *recorder) updateAddress() error {
	p := r.poll
	if p.Busy != "" {
		if _, err := r.exec("delete_hosts", r.now); err != nil {
			return err
		}
		if _, err := r.exec("upsert_host", p.Busy, millis(p.RetryAt)); err != nil {
			return err
		}
	}
	move, _ := json.Marshal(p.Move) // texts, numbers and times of this age always marshal
	if string(move) == r.source.move {
		return nil
	}
	moved := ""
	if p.Move.Settled() {
		moved = p.Move.To
	}
	_, err := r.exec("update_source_move", r.source.id, string(move), moved, feed.HostPort(p.Move.Address(r.source.url)))
	return err
}

// recordFetch adds a row, or counts on in the last one if this poll went as
// the one before and brought nothing.
func (r *recorder) recordFetch() error {
	p := r.poll
	warning := ""
	if p.Document != nil {
		warning = p.Document.Warning
	}
	if r.done.Missed {
		warning = strings.TrimPrefix(warning+"; every article was new, some may have been missed", "; ")
	}
	var last struct {
		id                  int64
		status, refused     int
		kind, text, warning string
		quiet               bool
	}
	err := r.row("select_last_fetch", r.source.id).Scan(&last.id, &last.status, &last.kind, &last.text, &last.warning, &last.quiet, &last.refused)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("select_last_fetch: %w", err)
	}
	same := err == nil && last.quiet && r.done.New+r.done.Revised == 0 && last.refused == r.done.Refused &&
		last.status == p.Status && last.kind == string(p.Kind) && last.text == p.Error && last.warning == warning
	took := p.Took.Milliseconds()
	if same {
		_, err = r.exec("update_fetch", last.id, r.now, p.Bytes, took)
		return err
	}
	_, err = r.exec("insert_fetch", r.source.id, r.now, p.Status, string(p.Kind), p.Error, warning, p.Bytes, took,
		r.done.New, r.done.Revised, r.done.Refused)
	return err
}

// millis returns a time as the tables have it.
func millis(t time.Time) int64 { return t.UnixMilli() }

// nullMillis returns nil for a zero time.
func nullMillis(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UnixMilli()
}

// jsonOrNil returns a list as JSON, nil if it is empty.
func jsonOrNil[T any](list []T) any {
	if len(list) == 0 {
		return nil
	}
	text, _ := json.Marshal(list) // strings and numbers always marshal
	return string(text)
}
