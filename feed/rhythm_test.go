package feed

import (
	"testing"
	"time"
)

// steady is a Rhythm of so many Articles on each of some days, in some hours.
func steady(now time.Time, days int, perHour func(hour int) int) Rhythm {
	r := make(Rhythm)
	for h := range int64(days * 24) {
		hour := now.Unix()/3600 - 1 - h
		r[hour] = perHour(int(hour % 24))
	}
	return r
}

func TestInterval(t *testing.T) {
	const minute, hour = time.Minute, time.Hour
	noon := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	office := func(h int) int { // GMT
		if h >= 8 && h < 18 {
			return 12
		}
		return 0
	}
	once := func(h int) int {
		if h == 9 {
			return 1
		}
		return 0
	}
	burst := steady(noon, 14, func(int) int { return 4 })
	for h := range int64(3) {
		burst[noon.Unix()/3600-1-h] = 30
	}
	for _, test := range []struct {
		name        string
		rhythm      Rhythm
		now         time.Time
		least, most time.Duration
	}{
		{"nothing is known", nil, noon, MaxInterval, MaxInterval},
		{"nothing for long", Rhythm{noon.Unix()/3600 - 15*24: 20}, noon, MaxInterval, MaxInterval},
		{"nothing before this hour", Rhythm{noon.Unix() / 3600: 4}, noon, MaxInterval, MaxInterval},
		{"one a minute", steady(noon, 14, func(int) int { return 60 }), noon, MinInterval, MinInterval},
		{"twelve an hour", steady(noon, 14, func(int) int { return 12 }), noon, 5 * minute, 6 * minute},
		{"one an hour", steady(noon, 14, func(int) int { return 1 }), noon, 18 * minute, 20 * minute},
		{"one an hour, known for two days", steady(noon, 2, func(int) int { return 1 }), noon, 18 * minute, 20 * minute},
		{"in office hours", steady(noon, 14, office), noon, 5 * minute, 7 * minute},
		{"at night", steady(noon, 14, office), noon.Add(9 * hour), 15 * minute, 65 * minute},
		{"before the office opens", steady(noon, 14, office), noon.Add(18*hour + 30*minute), 10 * minute, 60 * minute},
		{"one a day, after it", steady(noon, 14, once), noon, 2 * hour, MaxInterval},
		{"one a day, when it is due", steady(noon, 14, once), noon.Add(21 * hour), 25 * minute, 60 * minute},
		{"more than it uses to have", burst, noon, 5 * minute, 7 * minute},
		{"less", steady(noon.Add(-12*hour), 14, func(int) int { return 12 }), noon, 7 * minute, 9 * minute},
	} {
		if got := test.rhythm.Interval(test.now); got < test.least || got > test.most {
			t.Errorf("%s: %s, want %s to %s", test.name, got, test.least, test.most)
		}
	}
}

// More articles never make for a longer interval, and nothing leaves the bounds.
func TestIntervalIsMonotonic(t *testing.T) {
	noon := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	before := MaxInterval
	for n := range 200 {
		got := steady(noon, 14, func(int) int { return n }).Interval(noon)
		if got > before || got < MinInterval || got > MaxInterval {
			t.Errorf("%d an hour: %s, with one less %s", n, got, before)
		}
		before = got
	}
}
