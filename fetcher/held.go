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
func heldUntil(s feed.State, src feed.Source, u Urgency, now time.Time) time.Time {
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
	if busy := busyUntil(s.Busy, s.Move.Address(src.URL), now); u != Forced && busy.After(until) {
		return busy // all Sources of a host wait that said 429 to one
	}
	if until.After(now.Add(longest)) || s.LastFetch.After(now.Add(time.Minute)) {
		return time.Time{}
	}
	return until
}

// busyUntil returns the time before which nothing is to be asked of the host of
// a URL, because it said 429; the zero time if a clock wrote it that was wrong.
func busyUntil(busy map[string]time.Time, url string, now time.Time) time.Time {
	until := busy[feed.HostPort(url)]
	if until.After(now.Add(feed.MaxWait)) {
		return time.Time{}
	}
	return until
}

// despite returns what spoke against a poll that was made all the same: not our
// own schedule, of which whoever asks for a poll knows.
func despite(s feed.State, now time.Time) feed.Next {
	if s.NextReason.Ours() || !s.NextFetch.After(now) || s.NextFetch.After(now.Add(feed.MaxWait)) {
		return feed.Next{}
	}
	return feed.Next{At: s.NextFetch, Reason: s.NextReason}
}

// Moments are times to come as this process reckoned them: with the reading of
// the monotonic clock, which the database cannot keep. As long as the process
// runs they end when they should, whatever becomes of the machine's clock: one
// that jumps ahead lets nobody be asked early, one that is set back keeps
// nobody waiting.
type moments struct {
	mu  sync.Mutex
	all map[string][]time.Time // by Source, and by host:port
}

// keep remembers the times of a Source or a host instead of its former ones.
func (m *moments) keep(name string, times ...time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.all[name] = times
}

// steady returns a State whose times are the ones that were kept, where they
// are the same; what another process wrote stays.
func (m *moments) steady(source string, s feed.State) feed.State {
	m.mu.Lock()
	defer m.mu.Unlock()
	for host, stored := range s.Busy {
		for _, t := range m.all[host] {
			if t.UnixMilli() == stored.UnixMilli() {
				s.Busy[host] = t
			}
		}
	}
	for _, t := range m.all[source] {
		for _, stored := range []*time.Time{&s.LastFetch, &s.NextFetch, &s.RetryAt} {
			if !stored.IsZero() && t.UnixMilli() == stored.UnixMilli() {
				*stored = t
			}
		}
	}
	return s
}
