package feed

import (
	"testing"
	"time"
)

// An Article that changes at every poll for a month is told of, and kept, a
// bounded number of times; its first changes are all told.
func TestHistoryIsBounded(t *testing.T) {
	for _, pause := range []time.Duration{time.Minute, 10 * time.Minute, 5 * time.Hour} {
		now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
		h := History{Number: 1, First: now, Newest: now, Told: now}
		told, kept := 0, 0
		for end := now.AddDate(0, 1, 0); now.Before(end); h.Number++ {
			now = now.Add(pause)
			if h.Keeps(now) {
				kept++
			}
			h.Newest = now
			if h.Tells(now) {
				h.Told = now
				told++
			} else if h.Number < toldStates {
				t.Errorf("every %s: state %d is not told", pause, h.Number+1)
			}
		}
		if told > 80 || kept > keptStates+50 {
			t.Errorf("every %s: told %d times, %d states kept", pause, told, kept)
		}
	}
}

func TestHistoryAfterAPause(t *testing.T) {
	first := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	h := History{Number: 500, First: first, Newest: first.Add(4 * time.Hour), Told: first.Add(4 * time.Hour)}
	for _, c := range []struct {
		after time.Duration
		want  bool
	}{{59 * time.Minute, false}, {time.Hour, true}, {-time.Hour, true}} {
		now := h.Newest.Add(c.after)
		if h.Tells(now) != c.want || h.Keeps(now) != c.want {
			t.Errorf("%s later: told %v, kept %v", c.after, h.Tells(now), h.Keeps(now))
		}
	}
	h.Same = 2
	if h.Tells(h.Newest.Add(time.Hour)) {
		t.Error("words that were there twice are told a third time")
	}
}
