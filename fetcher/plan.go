package fetcher

import (
	"math/rand/v2"
	"net/http"
	"time"

	"newswired/feed"
)

// plan decides when the Source is asked again.
func (p *Poller) plan(poll *feed.Poll, src feed.Source, state feed.State, said hints) {
	o := feed.Outcome{
		Now: time.Now(), Chosen: src.Chosen, Kind: poll.Kind, Status: poll.Status,
		Validators: said.validators || poll.Status == http.StatusNotModified,
		RetryAfter: said.retryAfter, MaxAge: said.maxAge, Expires: said.expires, Pace: poll.Pace,
		Trusted: state.Trusted, Jitter: rand.Float64(),
	}
	if src.Times != nil {
		o.Scheduled = src.Times(o.Now)
	}
	if poll.Kind != feed.OK {
		o.Failures = state.Failures + 1
	}
	if src.Adaptive() {
		o.Interval = state.Rhythm.Interval(o.Now)
		if state.LastFetch.IsZero() { // then nothing tells whether it is quiet
			o.Interval = min(o.Interval, time.Hour)
		}
	}
	// Only the store finds out whether all that the Document lists is new. In case it is,
	// the time for that is decided along: half of what was too long, as the rhythm has it.
	next := feed.NextPoll(o)
	poll.NextFetch, poll.NextReason, poll.RetryAt = next.At, next.Reason, next.RetryAt
	if next.Reason == feed.ByRhythm {
		o.Interval = min(o.Interval, max(feed.MinInterval, o.Now.Sub(state.LastFetch)/2))
		poll.Sooner = feed.NextPoll(o).At
	}
}
