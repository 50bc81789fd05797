package feed

import (
	"cmp"
	"maps"
	"time"
)

// A Trouble is something that is wrong now and that time alone does not mend.
type Trouble struct {
	Kind   string    // source, network, storage, memory, disk, log, clock, configuration or schedule
	Source string    // the name of the Source of which it is; "" if it is ours
	Says   string    // what is wrong, as a sentence without its end
	Advice string    // what to do about it, likewise; "" if nothing can be done
	Since  time.Time // when it began
	Ripe   bool      // whether it has lasted long enough to be told
}

// An Alert is a Trouble that was worth telling. While it lasts, Ended is zero.
type Alert struct {
	Kind   string    `json:"kind"`
	Source string    `json:"source,omitempty"`
	Says   string    `json:"says"` // as it was when the Alert began
	Advice string    `json:"advice,omitempty"`
	Since  time.Time `json:"since"` // when the Trouble began
	Began  time.Time `json:"began"` // a whole second
	Ended  time.Time `json:"ended,omitzero"`
	Told   bool      `json:"told"` // whether the operator's command knows how it stands
}

// calm is how long a Trouble must be gone until its Alert ends, so that what comes
// and goes is one Alert.
const calm = 10 * time.Minute

// A subject is what a Trouble and its Alert are about: a kind, and the Source or "".
type subject struct{ kind, source string }

// An Alarm knows the Alerts that last. Its zero value knows none.
type Alarm struct {
	Open []Alert               // those that last
	seen map[subject]time.Time // when each was last wrong
}

// Note takes what is wrong at a time, each Trouble once, and returns the Alerts that
// begin and those that end, which it adds and removes.
func (a *Alarm) Note(wrong []Trouble, now time.Time) (began, ended []Alert) {
	if a.seen == nil {
		a.seen = make(map[subject]time.Time)
	}
	lasts := make(map[subject]bool, len(a.Open))
	for _, o := range a.Open {
		lasts[subject{o.Kind, o.Source}] = true
	}
	for _, t := range wrong {
		about := subject{t.Kind, t.Source}
		a.seen[about] = now
		if t.Ripe && !lasts[about] {
			began = append(began, Alert{Kind: t.Kind, Source: t.Source, Says: t.Says, Advice: t.Advice, Since: t.Since, Began: now.Truncate(time.Second)})
		}
	}
	var open []Alert
	for _, o := range a.Open {
		about := subject{o.Kind, o.Source}
		last, known := a.seen[about]
		if !known { // since before our start
			last, a.seen[about] = now, now
		}
		if now.Sub(last) < calm {
			open = append(open, o)
			continue
		}
		o.Ended, o.Told = now.Truncate(time.Second), false
		if o.Ended.Before(o.Began) { // the clock was set back
			o.Ended = o.Began
		}
		ended = append(ended, o)
	}
	a.Open = append(open, began...)
	maps.DeleteFunc(a.seen, func(_ subject, last time.Time) bool { return now.Sub(last) >= calm })
	return began, ended
}

// OfSources returns of each Source that has an Alert that it is as it was.
func (a *Alarm) OfSources() (all []Trouble) {
	for _, o := range a.Open {
		if o.Source != "" {
			all = append(all, Trouble{Kind: o.Kind, Source: o.Source})
		}
	}
	return all
}

// SourceTroubles returns which Sources do not answer as they should. Ripe is one
// that has failed at every poll for some time, polls at its beginning and end, or
// that is gone for good. Of one that could not be asked for want of a network
// nothing new is known: it is as it was. Times in words are in a zone.
func SourceTroubles(sources []SourceStatus, after time.Duration, zone *time.Location) []Trouble {
	var all []Trouble
	for i := range sources {
		s := &sources[i]
		t := Trouble{Kind: "source", Source: s.Name, Since: cmp.Or(s.FailingSince, s.LastFetch)}
		switch s.State {
		case "failing":
			t.Says = s.told(zone)
			t.Advice = "see whether its address has changed (newswired check --online " + s.Name + "), or remove it from the configuration"
			t.Ripe = !s.FailingSince.IsZero() && s.LastFetch.Sub(s.FailingSince) >= after
		case "stopped":
			t.Says = s.told(zone) // with what to do
			t.Ripe = true
		case "offline":
			if s.FailingSince.IsZero() {
				continue
			}
			t.Says = s.Name + " could not be asked"
		default:
			continue
		}
		all = append(all, t)
	}
	return all
}

// told tells what is wrong with a Source in the words of its Condition, but with a
// date that is still true when it is read later.
func (s *SourceStatus) told(zone *time.Location) string {
	since := ""
	if !s.FailingSince.IsZero() {
		since = s.FailingSince.In(zone).Format("Mon 2 Jan 15:04")
	}
	return s.Name + ": " + s.trouble(since)
}
