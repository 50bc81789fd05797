package main

import (
	"slices"
	"time"
)

// A span is a part of the week.
type span struct{ from, to time.Time }

func (s span) has(t time.Time) bool { return !t.Before(s.from) && t.Before(s.to) }

// checkTimes holds the times at which each Source was asked against its
// schedule: always when the schedule says so and could be followed, and beside
// it once at the start, once when the network came back and once after the
// restart, if it had missed something.
func (w *week) checkTimes() {
	w.t.Helper()
	end := w.at(7, 0, 0)
	noNetwork := span{w.at(3, 6, 0), w.at(3, 12, 0)}
	stopped := span{w.at(4, 13, 0), w.at(4, 13, 30)}
	for _, s := range w.server.config.Sources {
		switch s.Name {
		case "dark", "slow", "strict", "damaged", "changing", "coming":
			continue // held back, or not always there
		}
		times := mustParse(s.Schedule).For(s.Name, s.Zone)
		var want []time.Time
		missed := map[span]bool{}
		for at := times.Next(w.start.Add(-time.Nanosecond)); at.Before(end); at = times.Next(at) {
			switch {
			case noNetwork.has(at):
				missed[noNetwork] = true
			case stopped.has(at):
				missed[stopped] = true
			default:
				want = append(want, at)
			}
		}
		var beside []time.Time
		for _, at := range w.farm.asked[s.Name] {
			if i := slices.IndexFunc(want, at.Equal); i >= 0 {
				want = slices.Delete(want, i, i+1)
				continue
			}
			beside = append(beside, at)
		}
		extra := []span{{w.start, w.start.Add(time.Second)}}
		if missed[noNetwork] {
			extra = append(extra, span{noNetwork.to, noNetwork.to.Add(time.Minute)})
		}
		if missed[stopped] {
			extra = append(extra, span{stopped.to, stopped.to.Add(time.Second)})
		}
		if len(want) > 0 || len(beside) != len(extra) || !slices.EqualFunc(beside, extra, func(at time.Time, s span) bool { return s.has(at) }) {
			w.t.Errorf("%s (%s) was not asked at %v; and asked at %v, beside its schedule", s.Name, s.Schedule, want, beside)
		}
	}
	w.checkTroubled(noNetwork)
}

// checkTroubled looks at the Sources that have no regular times.
func (w *week) checkTroubled(noNetwork span) {
	w.t.Helper()
	last := noNetwork.from
	w.wire.mu.Lock()
	tries := slices.Clone(w.wire.refused)
	w.wire.mu.Unlock()
	for _, at := range append(slices.DeleteFunc(tries, func(at time.Time) bool { return !noNetwork.has(at) }), noNetwork.to) {
		if gap := at.Sub(last); gap > time.Minute {
			w.t.Errorf("without a network nothing was tried for %s before %s", gap, at)
		}
		last = at
	}
	slow, day := 0, span{w.at(0, 12, 0), w.at(0, 18, 0)}
	for _, at := range w.farm.asked["slow"] {
		if day.has(at) {
			slow++
		}
	}
	w.want("polls of a server that takes 90 s, polled every minute, in six hours", slow, 180)
	w.want("polls that the stop ended", w.farm.interrupted, 1)
	leaving := w.farm.asked["leaving"]
	if end := leaving[len(leaving)-1]; end.After(w.at(5, 9, 0)) {
		w.t.Errorf("a source that was removed is asked at %s", end)
	}
	if coming := w.farm.asked["coming"][0]; !coming.Equal(w.at(5, 9, 0)) {
		w.t.Errorf("a new source is first asked at %s", coming)
	}
}
