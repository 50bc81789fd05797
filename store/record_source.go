package store

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"

	"newswired/feed"
)

// updateSource writes the Source's own state and learns of its id, URL and
// former Move; sql.ErrNoRows if it is not the Source that was asked. A failure
// keeps validators and digest: the Document they belong to is still the one
// that is stored. Without a network nothing counts as the Source's failure.
func (r *recorder) updateSource() error {
	p := r.poll
	next, retry, reason := nullMillis(p.NextFetch), nullMillis(p.RetryAt), p.NextReason
	if r.done.Missed && !p.Sooner.IsZero() {
		next, reason = nullMillis(p.Sooner), feed.ByAllNew
	}
	if p.Kind != feed.OK {
		failed := 1
		if p.Kind == feed.Offline {
			failed = 0
		}
		err := r.row("update_source_failure", p.Source, p.URL, p.Reading, r.now, next, string(reason), retry,
			failed, string(p.Kind), p.Error).Scan(&r.source.id, &r.source.url, &r.source.move, &r.source.push)
		if err != nil {
			return fmt.Errorf("update_source_failure: %w", err)
		}
		return nil
	}
	// An empty Document, or one without its end, leaves the next one the first.
	d := p.Document
	whole := d != nil && !d.Partial && len(d.Articles)+len(d.Unchanged) > 0
	bytes := p.Bytes
	if p.Status == http.StatusNotModified {
		bytes = -1
	}
	pace, _ := json.Marshal(p.Pace) // numbers always marshal
	err := r.row("update_source_success", p.Source, p.URL, p.Reading, r.now, next, string(reason), retry,
		p.Validators.URL, p.Validators.ETag, p.Validators.LastModified, p.Digest, d == nil && p.Digest == nil,
		whole, r.done.New > 0, string(pace), bytes).Scan(&r.source.id, &r.source.url, &r.source.move, &r.source.push)
	if err != nil {
		return fmt.Errorf("update_source_success: %w", err)
	}
	return nil
}

// updateAddress writes where the Source is asked from now on, and who tells of
// its news, if that has changed, and which host is to be left alone.
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
	if p.Kind == feed.OK {
		push, _ := json.Marshal(p.Push) // texts always marshal
		if string(push) != r.source.push {
			if _, err := r.exec("update_source_push", r.source.id, string(push)); err != nil {
				return err
			}
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
	if err := r.countPoll(); err != nil {
		return err
	}
	warning := ""
	if p.Document != nil {
		warning = p.Document.Warning
	}
	if r.done.Missed {
		warning = strings.TrimPrefix(warning+"; every article was new, some may have been missed", "; ")
	}
	took := p.Took.Milliseconds()
	if r.done.New+r.done.Revised == 0 {
		res, err := r.exec("update_fetch", r.source.id, r.now, p.Bytes, took, p.Status, string(p.Kind), p.Error, warning, r.done.Refused, p.Pushed)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n > 0 {
			return err
		}
	}
	_, err := r.exec("insert_fetch", r.source.id, r.now, p.Status, string(p.Kind), p.Error, warning, p.Bytes, took,
		r.done.New, r.done.Revised, r.done.Refused, p.Pushed)
	return err
}

// countPoll counts the poll among those of its hour, and its new Articles among
// those of the Source's day. What a first Document lists tells nothing of how much
// comes; without a network there was no poll.
func (r *recorder) countPoll() error {
	p := r.poll
	outcome, took, news := string(p.Kind), -1, 0
	switch {
	case p.Kind == feed.Offline:
		return nil
	case p.Pushed:
		outcome = "push"
	case p.Kind == feed.OK:
		took = feed.TookClass(p.Took)
		if p.Status == http.StatusNotModified {
			outcome = "not modified"
		}
	}
	if r.source.known {
		news = r.done.New
	}
	if err := r.saveRhythm(); err != nil {
		return err
	}
	r.counted = append(r.counted, counted{pollKey{r.now / hourMillis, outcome, took}, p.Bytes, int64(news)})
	if news == 0 {
		return nil
	}
	_, err := r.exec("upsert_article_day", r.source.id, r.now/dayMillis, news)
	return err
}

// saveRhythm counts the new Articles by the hours in which they were published, and
// forgets those that are too long ago to tell the Source's rhythm. What is dated more
// than a day ahead tells nothing of it either.
func (r *recorder) saveRhythm() error {
	if len(r.rhythm) == 0 {
		return nil
	}
	oldest := r.now/hourMillis - 24*feed.RhythmDays
	for hour, n := range r.rhythm {
		if hour < oldest || hour > r.now/hourMillis+24 {
			continue
		}
		if _, err := r.exec("upsert_rhythm", r.source.id, hour, n); err != nil {
			return err
		}
	}
	_, err := r.exec("delete_rhythm", r.source.id, oldest)
	return err
}

// How many milliseconds there are in what is counted by.
const hourMillis, dayMillis = int64(time.Hour / time.Millisecond), 24 * hourMillis
