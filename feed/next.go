package feed

import (
	"math/bits"
	"slices"
	"time"
)

// A Pace is what a Document says of itself about when to come again. The zero
// value says nothing.
type Pace struct {
	TTL       time.Duration `json:"ttl,omitempty"`        // RSS 2.0 <ttl>
	Update    time.Duration `json:"update,omitempty"`     // sy:updatePeriod by sy:updateFrequency (RSS 1.0 syndication)
	SkipHours uint32        `json:"skip_hours,omitempty"` // bit h is set: not from h:00 to h:59 GMT
	SkipDays  uint8         `json:"skip_days,omitempty"`  // bit d is set: not on that time.Weekday, GMT
}

// A Reason names what decided when a Source is asked again.
type Reason string

// The reasons, as they are stored and shown.
const (
	BySchedule   Reason = "schedule"
	ByRhythm     Reason = "rhythm"        // of a Source whose schedule is auto
	ByAllNew     Reason = "all new"       // likewise, sooner because Articles may have been missed
	ByPush       Reason = "push"          // a hub tells of its news, and is trusted to
	ByValidators Reason = "no validators" // its answers cannot be asked for conditionally
	ByRetryAfter Reason = "Retry-After"
	ByMaxAge     Reason = "max-age"
	ByExpires    Reason = "Expires"
	ByTTL        Reason = "ttl"
	ByUpdate     Reason = "updatePeriod"
	BySkipHours  Reason = "skipHours"
	BySkipDays   Reason = "skipDays"
	ByBackoff    Reason = "back-off"          // after a failure
	ByRefusal    Reason = "refused"           // 401 or 403
	ByLimit      Reason = "too many requests" // 429
	ByChallenge  Reason = "challenge"
	ByGone       Reason = "gone" // 410: never
)

// Ours reports whether it is our own choice, which a person's request for a
// poll need not mention.
func (r Reason) Ours() bool {
	return slices.Contains([]Reason{"", BySchedule, ByRhythm, ByAllNew, ByPush, ByBackoff}, r)
}

const (
	// MaxRetryAfter bounds what a server may ask for with Retry-After.
	MaxRetryAfter = 7 * 24 * time.Hour
	// MaxHint bounds every other wish of a server, and our own back-off: one
	// wrong field must not silence a wire for a year.
	MaxHint = 24 * time.Hour
	// MaxWait is longer than any wait that NextPoll decides, but for a schedule's.
	MaxWait = 15 * 24 * time.Hour

	withoutValidators = time.Hour        // rachelbythebay.com and many after her ask for no less
	afterRefusal      = 4 * time.Hour    // 401, 403: nothing mends itself within minutes
	afterChallenge    = 6 * time.Hour    // knocking keeps the door shut
	afterLimit        = 10 * time.Minute // 429 without Retry-After
	maxJitter         = 5 * time.Minute  // of a wait; a tenth of it where that is less
)

// An Outcome is all that decides when a Source is asked again.
type Outcome struct {
	Now       time.Time
	Scheduled time.Time     // the schedule's next time; zero if there is none
	Chosen    bool          // true if that schedule was written for this Source
	Interval  time.Duration // by the Source's rhythm; 0 if it has a schedule
	Trusted   time.Time     // until when a hub is trusted to tell of its news; zero if none is

	Kind       Kind // OK, or how the poll failed
	Status     int  // of the answer; 0 if there was none
	Failures   int  // in a row, this one included
	Validators bool // the Document came with an ETag or a Last-Modified, or was not modified

	RetryAfter time.Duration // RFC 9110 section 10.2.3; 0 if the server did not say
	MaxAge     time.Duration // RFC 9111 section 5.2.2.1, less the Age of the answer
	Expires    time.Duration // RFC 9111 section 5.3, from the answer's Date
	Pace       Pace          // what the Document says about when to come again

	Jitter float64 // from 0 up to 1: how much of the longest jitter
}

// A Next is when a Source may be asked again.
type Next struct {
	At      time.Time // zero: not before its URL changes
	Reason  Reason
	RetryAt time.Time // when its server allows it; zero if it asked for nothing
}

// NextPoll decides when a Source is asked again: after the longest of all that
// speaks for waiting.
//
//	its schedule                              as it is
//	its rhythm, with the schedule auto        5 min to 6 h
//	a hub that is trusted                     1 h, or until its lease ends
//	no validators, schedule common to all     1 h
//	max-age, Expires, ttl, sy:updatePeriod    as the server says, a day at most
//	Retry-After, on whatever status           as the server says, a week at most
//	a failure                                 2 min, doubled with each in a row, a day at most
//	429                                       and 10 min at least
//	401, 403                                  and 4 h at least
//	a challenge page                          and 6 h at least
//	410                                       never
//
// What is not the schedule's time is put off by up to a tenth, and by five
// minutes at most, so that Sources that were told the same do not come
// together. What then falls into skipHours or skipDays waits for their end.
func NextPoll(o Outcome) Next {
	if o.Kind == Gone {
		return Next{Reason: ByGone}
	}
	n := Next{Reason: BySchedule}
	wait := max(0, o.Scheduled.Sub(o.Now)) // a zero time lies in the past
	for _, r := range o.reasons() {
		if r.wait > wait {
			wait, n.Reason = r.wait, r.reason
		}
	}
	if n.Reason != BySchedule {
		wait += time.Duration(o.Jitter * float64(min(wait/10, maxJitter)))
	}
	n.At = o.Now.Add(wait)
	if until, reason := o.Pace.skip(n.At); reason != "" {
		n.At, n.Reason = until.Add(time.Duration(o.Jitter*float64(maxJitter))), reason
	}
	if asked := o.serverWait(); asked > 0 {
		n.RetryAt = o.Now.Add(asked)
	}
	return n
}

// A reasoned is how long to wait, and why.
type reasoned struct {
	wait   time.Duration
	reason Reason
}

// reasons returns all that speaks for waiting, beside the schedule.
func (o Outcome) reasons() []reasoned {
	all := []reasoned{
		{o.Interval, ByRhythm},
		{o.serverWait(), ByRetryAfter},
		{min(o.MaxAge, MaxHint), ByMaxAge},
		{min(o.Expires, MaxHint), ByExpires},
		{min(o.Pace.TTL, MaxHint), ByTTL},
		{min(o.Pace.Update, MaxHint), ByUpdate},
		{Backoff(o.Failures), ByBackoff},
	}
	if o.Kind == OK { // who fails needs no more patience than that
		all = append(all, reasoned{min(SlowPoll, o.Trusted.Sub(o.Now)), ByPush})
	}
	switch {
	case o.Kind == OK && !o.Validators && !o.Chosen:
		all = append(all, reasoned{withoutValidators, ByValidators})
	case o.Kind == Challenge:
		all = append(all, reasoned{afterChallenge, ByChallenge})
	case o.Status == 429 && o.RetryAfter <= afterLimit:
		all[1] = reasoned{afterLimit, ByLimit} // the Source itself waits longer than its host
	case o.Status == 401, o.Status == 403:
		all = append(all, reasoned{afterRefusal, ByRefusal})
	}
	return all
}

// serverWait returns how long the server wants to be left alone: what it says,
// and after a 429 that says nothing a while. All Sources of its host wait for
// that, hence no longer because one of them fails again and again.
func (o Outcome) serverWait() time.Duration {
	if o.Status == 429 && o.RetryAfter <= 0 {
		return afterLimit
	}
	return min(max(0, o.RetryAfter), MaxRetryAfter)
}

// Backoff returns how long to leave a Source alone after so many failures in
// a row: 2 minutes, doubled with each failure, at most a day.
func Backoff(failures int) time.Duration {
	if failures <= 0 {
		return 0
	}
	if failures > 10 {
		return MaxHint
	}
	return min(time.Minute<<failures, MaxHint)
}

// skip returns the first hour from t on in which a Document may be asked for,
// and which of the two elements says so; "" if t is fine. One that skips every
// hour or day says nothing: its publisher did not mean never.
func (p Pace) skip(t time.Time) (time.Time, Reason) {
	reason := Reason("")
	hours, days := p.SkipHours&(1<<24-1), p.SkipDays&(1<<7-1)
	if bits.OnesCount32(hours) == 24 {
		hours = 0
	}
	if bits.OnesCount8(days) == 7 {
		days = 0
	}
	for range 8 * 24 { // no more than six days and 23 hours are skipped in a row
		u := t.UTC()
		switch {
		case days>>u.Weekday()&1 == 1:
			t, reason = t.Add(u.Truncate(24*time.Hour).Add(24*time.Hour).Sub(u)), BySkipDays
		case hours>>u.Hour()&1 == 1:
			t, reason = t.Add(u.Truncate(time.Hour).Add(time.Hour).Sub(u)), BySkipHours
		default:
			return t, reason
		}
	}
	return t, reason
}
