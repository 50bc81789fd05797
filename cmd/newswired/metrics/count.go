package metrics

import (
	"context"
	"errors"
	"time"

	"newswired/feed"
)

// Poll counts a Poll, or what a hub delivered, by what came of recording it. That
// we stop, or that a Document has to be read as a whole, is no outcome.
func (m *Metrics) Poll(p *feed.Poll, done feed.Recorded, err error) {
	if errors.Is(err, context.Canceled) || errors.Is(err, feed.ErrLeftOut) {
		return
	}
	m.received.Add(float64(p.Bytes))
	m.refused.Add(float64(done.Refused))
	outcome := outcomeOf(p.Kind, err)
	if p.Pushed {
		m.deliveries.WithLabelValues(outcome).Inc()
		return
	}
	switch {
	case outcome != ok:
	case p.Status == 304:
		outcome = notModified
	case p.Document == nil:
		outcome = unchanged
	}
	m.polls.WithLabelValues(outcome).Inc()
	if p.Kind != feed.Keyless { // then nobody was asked
		m.pollTime.Observe(p.Took.Seconds())
	}
}

// Page counts the page of an Article by what came of recording it.
func (m *Metrics) Page(f *feed.PageFetch, err error) {
	if errors.Is(err, context.Canceled) {
		return
	}
	outcome := outcomeOf(f.Kind, err)
	if outcome == ok && f.Page == nil {
		outcome = notModified
	}
	m.pages.WithLabelValues(outcome).Inc()
}

// outcomeOf returns the outcome of what was to be recorded.
func outcomeOf(k feed.Kind, err error) string {
	switch {
	case err != nil:
		return unrecorded
	case k == feed.OK:
		return ok
	}
	return string(k)
}

// Subscriber counts an Edition that was sent to a Subscriber of our hub.
func (m *Metrics) Subscriber(s *feed.Subscriber) {
	m.subscribers.WithLabelValues(told(&s.Telling)).Inc()
}

// Ping counts a change that a hub of others was told of.
func (m *Metrics) Ping(p *feed.Ping) { m.pings.WithLabelValues(told(&p.Telling)).Inc() }

// told returns how telling went: Tell leaves no failures.
func told(t *feed.Telling) string {
	if t.Failures > 0 {
		return failed
	}
	return ok
}

// Rendered counts a rendering of a path, and what it took.
func (m *Metrics) Rendered(path string, took time.Duration) {
	m.renderTime.WithLabelValues(handlerOf(path)).Observe(took.Seconds())
}

// Reloaded notes that a configuration was read at a time, and whether it was taken.
func (m *Metrics) Reloaded(taken bool, now time.Time) {
	if !taken {
		m.reloadWell.Set(0)
		return
	}
	m.reloadWell.Set(1)
	m.reloadedWell.Set(seconds(now))
}

// seconds returns a time as Prometheus has it; 0 for none.
func seconds(t time.Time) float64 {
	if t.IsZero() {
		return 0
	}
	return float64(t.UnixMilli()) / 1000
}
