package fetcher

import (
	"context"
	"log/slog"
	"time"

	"newswired/feed"
)

// A Result says how a poll went.
type Result struct {
	feed.Recorded
	Kind    feed.Kind // OK, or how it failed
	Error   string    // for people
	Status  int
	Held    time.Time // not zero: not polled, it is to be left alone until then
	Stopped bool      // true: not polled, it is gone (410)
	Despite feed.Next // what spoke against a poll that a person wanted; its time is zero if nothing did
	Started time.Time
	Took    time.Duration
}

// isHeld reports whether nothing was asked.
func (r Result) isHeld() bool { return r.Stopped || !r.Held.IsZero() }

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
	if done.Missed {
		log.Warn("every article was new, some may have been missed; poll oftener", "new", done.New, "after", poll.Started.Sub(state.LastFetch).Round(time.Second))
	}
	logMove(log, state.Move, poll.Move)
	if d := poll.Document; d != nil && (d.Warning != "" || len(d.Refused) > 0) {
		level := slog.LevelDebug // one that stays damaged is told with its news
		if done.New+done.Revised > 0 {
			level = slog.LevelWarn
		}
		log.Log(context.Background(), level, "document damaged", "warning", d.Warning, "refused", len(d.Refused))
	}
}

// logMove says when a Source is asked at another address from now on.
func logMove(log *slog.Logger, before, after feed.Move) {
	switch {
	case after.Settled() && !before.Settled():
		log.Info("source moved, asking its new address from now on", "url", after.To)
	case before.Settled() && !after.Settled():
		log.Warn("new address of a source is lost, asking the configured one again", "url", before.To)
	}
}
