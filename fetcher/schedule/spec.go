// Package schedule says when Sources are polled, and runs the polls.
//
// A schedule is any cron expression or @every. Two things are added to what
// robfig/cron does with it. Sources do not start together: @every begins at a
// phase, a cron expression comes with a delay, both hashed from the Source's
// name and hence the same after a restart. And a poll never overlaps the
// former one of its Source, nor does a panic end its job, whatever Set changes
// while it runs.
//
// Begin with Parse, which makes a Spec of a text, and with Scheduler.Set, which
// is told all jobs at once, at the start as at a reload.
package schedule

import (
	"errors"
	"fmt"
	"hash/fnv"
	"strings"
	"sync"
	"time"

	"github.com/robfig/cron/v3"
)

// A Spec is a schedule that was understood.
type Spec struct {
	text  string
	every time.Duration // of "@every"; 0 for a cron expression
	short time.Duration // the shortest time between two of its times
}

// parser takes five fields, or six with seconds first, and descriptors.
var parser = cron.NewParser(cron.SecondOptional | cron.Minute | cron.Hour | cron.Dom | cron.Month | cron.Dow | cron.Descriptor)

// Parse reads a cron expression of five fields, or six with seconds first, a
// descriptor such as "@hourly", or "@every 10m". An expression that never
// comes true, as the 30th of February, is an error. What was read once is known: a
// thousand Sources may have one schedule, and each asks for it several times.
func Parse(text string) (Spec, error) {
	if s, ok := known.Load(text); ok {
		return s.(Spec), nil
	}
	s, err := read(text)
	if err == nil {
		known.Store(text, s)
	}
	return s, err
}

// known has each Spec by its text.
var known sync.Map

// read is Parse of what is not known yet.
func read(text string) (Spec, error) {
	inner, err := parser.Parse(text)
	if err != nil {
		return Spec{}, fmt.Errorf("%s; write a cron expression such as \"*/10 * * * *\", or \"@every 10m\", or auto", strings.ReplaceAll(err.Error(), "\n", " "))
	}
	if fixed, ok := inner.(cron.ConstantDelaySchedule); ok {
		return Spec{text: text, every: fixed.Delay, short: fixed.Delay}, nil
	}
	s := Spec{text: text}
	// A day of minutes, a year of days, or as many years as the expression needs
	// for a few times, shows the shortest gap.
	first := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	t, year := inner.Next(first), first.AddDate(1, 1, 0)
	if t.IsZero() {
		return Spec{}, errors.New("this time never comes; write a cron expression such as \"*/10 * * * *\", or \"@every 10m\", or auto")
	}
	for n := 0; n < 3 || n < 1500 && t.Before(year); n++ {
		next := inner.Next(t)
		if next.IsZero() {
			break
		}
		if gap := next.Sub(t); s.short == 0 || gap < s.short {
			s.short = gap
		}
		t = next
	}
	return s, nil
}

// Interval returns the shortest time between two of the schedule's times.
func (s Spec) Interval() time.Duration { return s.short }

// For returns the times of one Source. A cron expression is read in its zone;
// nil means UTC.
func (s Spec) For(name string, zone *time.Location) Times {
	if zone == nil {
		zone = time.UTC
	}
	if s.every > 0 {
		return phased{every: s.every, phase: share(name, s.every)}
	}
	inner, err := parser.Parse(s.text)
	if err != nil {
		panic("schedule: " + err.Error()) // unreachable unless Parse was not called
	}
	if spec, ok := inner.(*cron.SpecSchedule); ok && !strings.Contains(s.text, "TZ=") {
		spec.Location = zone
	}
	return delayed{inner: inner, delay: share(name, min(s.short/10, time.Minute))}
}

// Times are the times of a schedule: Next returns the first after t.
type Times interface {
	Next(t time.Time) time.Time
}

// phased comes every so often, counted from the Unix epoch.
type phased struct{ every, phase time.Duration }

// Next returns the first time after t, in the zone of t.
func (p phased) Next(t time.Time) time.Time {
	since := t.Sub(time.Unix(0, 0)) - p.phase
	n := since / p.every
	if since < 0 {
		n--
	}
	return time.Unix(0, 0).Add(p.phase + (n+1)*p.every).In(t.Location())
}

// delayed comes some time after another schedule.
type delayed struct {
	inner cron.Schedule
	delay time.Duration
}

// Next returns the first time after t, the zero time if the schedule has none.
func (d delayed) Next(t time.Time) time.Time {
	next := d.inner.Next(t.Add(-d.delay))
	if next.IsZero() {
		return next
	}
	return next.Add(d.delay)
}

// share returns a part of a duration, by whole seconds where there are some,
// always the same for a name.
func share(name string, of time.Duration) time.Duration {
	unit := time.Second
	if of < unit {
		unit = time.Millisecond
	}
	if of < unit {
		return 0
	}
	h := fnv.New64a()
	h.Write([]byte(name))
	return time.Duration(h.Sum64()%uint64(of/unit)) * unit
}
