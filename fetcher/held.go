package fetcher

import (
	"sync"
	"time"

	"newswired/feed"
)

// An Urgency says what may hold a poll back.
type Urgency int

const (
	Scheduled Urgency = iota // all that feed.NextPoll decided
	Manual                   // only what the server asked for: a person wants it
	Forced                   // nothing
)

// heldUntil returns the time before which a Source must not be asked. What was
// written by a clock that was wrong, for it lies further ahead than any wait, or
// the last poll lies ahead itself, holds nothing back.
func heldUntil(s feed.State, u Urgency, now time.Time) time.Time {
	until, longest := time.Time{}, feed.MaxWait
	switch u {
	case Scheduled:
		until = s.NextFetch
		if s.NextReason == feed.BySchedule {
			longest = 366 * 24 * time.Hour
		}
	case Manual:
		until = s.RetryAt
	}
	if until.After(now.Add(longest)) || s.LastFetch.After(now.Add(time.Minute)) {
		return time.Time{}
	}
	return until
}

// Moments are times to come as this process reckoned them: with the reading of
// the monotonic clock, which the database cannot keep. As long as the process
// runs they end when they should, whatever becomes of the machine's clock: one
// that jumps ahead lets nobody be asked early, one that is set back keeps
// nobody waiting.
type moments struct {
	mu  sync.Mutex
	all map[string][]time.Time // by Source
}

// keep remembers the times of a Source instead of its former ones.
func (m *moments) keep(source string, times ...time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.all[source] = times
}

// steady returns a State whose times are the ones that were kept, where they
// are the same; what another process wrote stays.
func (m *moments) steady(source string, s feed.State) feed.State {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, t := range m.all[source] {
		for _, stored := range []*time.Time{&s.LastFetch, &s.NextFetch, &s.RetryAt} {
			if !stored.IsZero() && t.UnixMilli() == stored.UnixMilli() {
				*stored = t
			}
		}
	}
	return s
}
