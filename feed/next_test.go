package feed

import (
	"testing"
	"time"
)

func TestNextPoll(t *testing.T) {
	const minute, hour, day = time.Minute, time.Hour, 24 * time.Hour
	now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC) // a Sunday
	soon, tomorrow := now.Add(10*minute), now.Add(day)
	weekend := Pace{SkipDays: 1<<time.Saturday | 1<<time.Sunday}
	for _, test := range []struct {
		name   string
		o      Outcome
		wait   time.Duration
		reason Reason
		retry  time.Duration // 0: the server did not ask for anything
	}{
		{"the schedule", Outcome{Scheduled: soon, Validators: true}, 10 * minute, BySchedule, 0},
		{"no schedule", Outcome{Validators: true}, 0, BySchedule, 0},
		{"the rhythm", Outcome{Interval: 25 * minute, Validators: true}, 25 * minute, ByRhythm, 0},
		{"the rhythm, no validators", Outcome{Interval: 25 * minute}, hour, ByValidators, 0},
		{"a trusted hub", Outcome{Scheduled: soon, Validators: true, Trusted: tomorrow}, hour, ByPush, 0},
		{"a trusted hub whose lease ends", Outcome{Scheduled: soon, Validators: true, Trusted: now.Add(40 * minute)}, 40 * minute, ByPush, 0},
		{"a trusted hub, a slower schedule", Outcome{Scheduled: tomorrow, Validators: true, Trusted: tomorrow}, day, BySchedule, 0},
		{"a trusted hub, max-age is longer", Outcome{Scheduled: soon, Validators: true, Trusted: tomorrow, MaxAge: 2 * hour}, 2 * hour, ByMaxAge, 0},
		{"a trusted hub, but polls fail", Outcome{Scheduled: soon, Kind: Timeout, Failures: 1, Trusted: tomorrow}, 10 * minute, BySchedule, 0},
		{"a hub that was trusted", Outcome{Scheduled: soon, Validators: true, Trusted: now.Add(-hour)}, 10 * minute, BySchedule, 0},
		{"max-age is longer than the rhythm", Outcome{Interval: 25 * minute, Validators: true, MaxAge: hour}, hour, ByMaxAge, 0},
		{"no validators", Outcome{Scheduled: soon}, hour, ByValidators, 0},
		{"no validators, a schedule of its own", Outcome{Scheduled: soon, Chosen: true}, 10 * minute, BySchedule, 0},
		{"no validators, a slower schedule", Outcome{Scheduled: tomorrow}, day, BySchedule, 0},
		{"max-age is shorter", Outcome{Scheduled: soon, Validators: true, MaxAge: 9 * minute}, 10 * minute, BySchedule, 0},
		{"max-age is longer", Outcome{Scheduled: soon, Chosen: true, MaxAge: 11 * minute}, 11 * minute, ByMaxAge, 0},
		{"Expires is longer", Outcome{Validators: true, MaxAge: 11 * minute, Expires: 12 * minute}, 12 * minute, ByExpires, 0},
		{"ttl is longer", Outcome{Validators: true, Expires: hour, Pace: Pace{TTL: 2 * hour, Update: hour}}, 2 * hour, ByTTL, 0},
		{"updatePeriod is longer", Outcome{Validators: true, Pace: Pace{TTL: 2 * hour, Update: 3 * hour}}, 3 * hour, ByUpdate, 0},
		{"max-age of a year", Outcome{Validators: true, MaxAge: 365 * day}, day, ByMaxAge, 0},
		{"Expires in a year", Outcome{Validators: true, Expires: 365 * day}, day, ByExpires, 0},
		{"a ttl of a year", Outcome{Validators: true, Pace: Pace{TTL: 365 * day}}, day, ByTTL, 0},
		{"updates once a month", Outcome{Validators: true, Pace: Pace{Update: 30 * day}}, day, ByUpdate, 0},
		{"a schedule is not bounded", Outcome{Scheduled: now.Add(30 * day)}, 30 * day, BySchedule, 0},
		{"Retry-After with a document", Outcome{Validators: true, RetryAfter: 2 * hour}, 2 * hour, ByRetryAfter, 2 * hour},
		{"Retry-After of a month", Outcome{Status: 503, Kind: BadStatus, Failures: 1, RetryAfter: 30 * day}, 7 * day, ByRetryAfter, 7 * day},
		{"Retry-After is shorter than max-age", Outcome{Status: 429, Kind: BadStatus, Failures: 1, RetryAfter: hour, MaxAge: 48 * hour}, day, ByMaxAge, hour},
		{"the first failure", Outcome{Kind: Unreachable, Failures: 1}, 2 * minute, ByBackoff, 0},
		{"the first failure, the schedule is longer", Outcome{Kind: Unreachable, Scheduled: soon, Failures: 1}, 10 * minute, BySchedule, 0},
		{"the tenth failure", Outcome{Kind: Timeout, Scheduled: soon, Failures: 10}, 1024 * minute, ByBackoff, 0},
		{"the eleventh failure", Outcome{Status: 404, Kind: BadStatus, Failures: 11}, day, ByBackoff, 0},
		{"failures without end", Outcome{Status: 404, Kind: BadStatus, Failures: 1 << 40}, day, ByBackoff, 0},
		{"429", Outcome{Status: 429, Kind: BadStatus, Failures: 1}, 10 * minute, ByLimit, 10 * minute},
		{"429 again", Outcome{Status: 429, Kind: BadStatus, Failures: 5}, 32 * minute, ByBackoff, 10 * minute},
		{"429 with Retry-After", Outcome{Status: 429, Kind: BadStatus, Failures: 1, RetryAfter: 2 * hour}, 2 * hour, ByRetryAfter, 2 * hour},
		{"429 with a short Retry-After", Outcome{Status: 429, Kind: BadStatus, Failures: 1, RetryAfter: 20 * time.Second}, 10 * minute, ByLimit, 20 * time.Second},
		{"429 again with a short Retry-After", Outcome{Status: 429, Kind: BadStatus, Failures: 9, RetryAfter: 20 * time.Second}, 512 * minute, ByBackoff, 20 * time.Second},
		{"401", Outcome{Status: 401, Kind: BadStatus, Failures: 1}, 4 * hour, ByRefusal, 0},
		{"403", Outcome{Status: 403, Kind: BadStatus, Failures: 1}, 4 * hour, ByRefusal, 0},
		{"403 for long", Outcome{Status: 403, Kind: BadStatus, Failures: 20}, day, ByBackoff, 0},
		{"a challenge", Outcome{Status: 503, Kind: Challenge, Failures: 1}, 6 * hour, ByChallenge, 0},
		{"skipped hours", Outcome{Scheduled: soon, Validators: true, Pace: Pace{SkipHours: 1<<9 | 1<<10}}, 2 * hour, BySkipHours, 0},
		{"other hours are skipped", Outcome{Scheduled: soon, Validators: true, Pace: Pace{SkipHours: 1 << 10}}, 10 * minute, BySchedule, 0},
		{"skipped days", Outcome{Scheduled: soon, Validators: true, Pace: weekend}, 15 * hour, BySkipDays, 0},
		{"into a skipped day", Outcome{Scheduled: now.Add(6 * day), Validators: true, Pace: weekend}, 7*day + 15*hour, BySkipDays, 0},
		{"skipped days, then hours", Outcome{Scheduled: soon, Validators: true, Pace: Pace{SkipDays: 1, SkipHours: 3}}, 17 * hour, BySkipHours, 0},
		{"every hour is skipped", Outcome{Scheduled: soon, Validators: true, Pace: Pace{SkipHours: 1<<24 - 1}}, 10 * minute, BySchedule, 0},
		{"every day is skipped", Outcome{Scheduled: soon, Validators: true, Pace: Pace{SkipDays: 1<<7 - 1}}, 10 * minute, BySchedule, 0},
	} {
		test.o.Now = now
		got := NextPoll(test.o)
		if got.At.Sub(now) != test.wait || got.Reason != test.reason {
			t.Errorf("%s: after %s because of %s, want %s because of %s", test.name, got.At.Sub(now), got.Reason, test.wait, test.reason)
		}
		if retry := got.RetryAt; retry.IsZero() != (test.retry == 0) || test.retry > 0 && retry.Sub(now) != test.retry {
			t.Errorf("%s: the server allows it at %s", test.name, retry)
		}
		test.o.Jitter = 0.999
		later := NextPoll(test.o)
		off := later.At.Sub(got.At)
		if off < 0 || off > 5*minute || off > 0 && later.Reason == BySchedule || off == 0 && later.Reason != BySchedule {
			t.Errorf("%s: put off by %s", test.name, off)
		}
		if later.Reason != BySchedule && later.At.Sub(now) > MaxWait {
			t.Errorf("%s: after %s, which is taken for a clock gone wrong", test.name, later.At.Sub(now))
		}
	}
	if got := NextPoll(Outcome{Now: now, Scheduled: soon, Kind: Gone, Status: 410, Failures: 1}); got != (Next{Reason: ByGone}) {
		t.Errorf("gone: %+v", got)
	}
}
