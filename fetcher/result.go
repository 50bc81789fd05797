package fetcher

import (
	"context"
	"log/slog"
	"time"

	"newswired/feed"
)

// An Urgency says what may hold a poll back.
type Urgency int

const (
	Scheduled Urgency = iota // back-off and the server's Retry-After
	Manual                   // only Retry-After: a person asked
	Forced                   // nothing
)

// heldUntil returns the time before which a Source must not be asked. What lies
// further ahead than any server may ask for was written by a wrong clock.
func heldUntil(s feed.State, u Urgency, now time.Time) time.Time {
	until := time.Time{}
	switch u {
	case Scheduled:
		until = s.NextFetch
	case Manual:
		until = s.RetryAt
	}
	if until.After(now.Add(feed.MaxRetryAfter)) {
		return time.Time{}
	}
	return until
}

// A Result says how a poll went.
type Result struct {
	feed.Recorded
	Kind    feed.Kind // OK, or how it failed
	Error   string    // for people
	Status  int
	Held    time.Time // not zero: not polled, the server wants to be left alone until then
	Started time.Time
	Took    time.Duration
}

// logResult says what changed: new Articles, a Source that begins to fail or
// that has recovered. That nothing happened is for debugging.
func (p *Poller) logResult(src feed.Source, state feed.State, poll feed.Poll, done feed.Recorded) {
	log := p.log.With("source", src.Name, "status", poll.Status, "took", poll.Took.Round(time.Millisecond))
	switch {
	case poll.Kind == feed.Offline:
		log.Debug("no network", "err", poll.Error)
	case poll.Kind != feed.OK && state.Failures == 0:
		log.Warn("source fails", "kind", poll.Kind, "err", poll.Error, "next", poll.NextFetch.Format(time.RFC3339))
	case poll.Kind != feed.OK:
		log.Debug("source still fails", "kind", poll.Kind, "err", poll.Error, "failures", state.Failures+1)
	case state.Failures > 0:
		log.Info("source recovered", "failures", state.Failures, "new", done.New, "revised", done.Revised)
	case done.New+done.Revised > 0:
		log.Info("new articles", "new", done.New, "revised", done.Revised)
	default:
		log.Debug("nothing new")
	}
	if d := poll.Document; d != nil && (d.Warning != "" || len(d.Refused) > 0) {
		level := slog.LevelDebug // one that stays damaged is told with its news
		if done.New+done.Revised > 0 {
			level = slog.LevelWarn
		}
		log.Log(context.Background(), level, "document damaged", "warning", d.Warning, "refused", len(d.Refused))
	}
}
