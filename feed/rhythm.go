package feed

import "time"

// Auto is the schedule of a Source that is polled by its own rhythm.
const Auto = "auto"

const (
	// MinInterval is the shortest time between two polls that a rhythm asks for.
	MinInterval = 5 * time.Minute
	// MaxInterval is the longest: that of a Source that published nothing of late.
	MaxInterval = 6 * time.Hour
	// RhythmDays is how many days of what a Source published tell its rhythm.
	RhythmDays = 14

	// waiting is how long, in minutes, articles may be expected to wait
	// together before it is worth a request: one for three minutes, or ten for
	// eighteen seconds each.
	waiting = 3.0
	// prior is how many days as the average hour an hour of the day is taken to
	// have had before any was seen.
	prior = 2.0
	// mood is how many hours tell whether a Source is busier than it uses to be.
	mood = 6
)

// Adaptive reports whether the Source is polled by its own rhythm.
func (s Source) Adaptive() bool { return s.Schedule == Auto }

// A Rhythm is how many Articles a Source published in each hour since the Unix
// epoch; an hour that is not there had none.
type Rhythm map[int64]int

// Interval returns how long after a poll the next is due.
//
// Articles are expected at the rate of that hour of the day in the last days,
// more or fewer if the last hours had more or fewer. The next poll is due when
// those that are expected to wait for it have waited three minutes together. At
// a steady rate r per minute that is every sqrt(6/r) minutes, which for any
// number of requests makes the least of the time that articles wait: 300 a day
// are polled every 6 minutes, 30 every 17, 3 every 54. A Source that published
// nothing in all those days is due after the longest interval.
func (r Rhythm) Interval(now time.Time) time.Duration {
	rates, ok := r.rates(now)
	if !ok {
		return MaxInterval
	}
	factor := r.mood(rates, now)
	arrived, waited := 0.0, 0.0
	t := time.Duration(0)
	for t < MaxInterval && waited < waiting {
		arrived += factor * rates[now.Add(t).UTC().Hour()] / 60
		waited += arrived
		t += time.Minute
	}
	return max(t, MinInterval)
}

// rates returns how many Articles an hour of the day has, in GMT; false if there
// are none at all. The hours beside it count half, for a desk does not start on
// the dot.
func (r Rhythm) rates(now time.Time) (rates [24]float64, ok bool) {
	last := now.Unix() / 3600 // is not over yet
	first, total := last, 0
	for hour, n := range r {
		if hour >= last-RhythmDays*24 && hour < last {
			first, total = min(first, hour), total+n
		}
	}
	if total == 0 {
		return rates, false
	}
	var seen, had [24]float64
	for hour := first; hour < last; hour++ {
		seen[hour%24]++
		had[hour%24] += float64(r[hour])
	}
	mean := float64(total) / float64(last-first)
	for h := range rates {
		before, after := (h+23)%24, (h+1)%24
		rates[h] = (had[h] + (had[before]+had[after])/2 + prior*mean) / (seen[h] + (seen[before]+seen[after])/2 + prior)
	}
	return rates, true
}

// mood returns how much more, or less, than usual the last hours had. A few
// Articles more or less tell nothing.
func (r Rhythm) mood(rates [24]float64, now time.Time) float64 {
	last, got, usual := now.Unix()/3600, 0.0, 0.0
	for hour := last - mood; hour < last; hour++ {
		got += float64(r[hour])
		usual += rates[((hour%24)+24)%24]
	}
	return min(max((got+3)/(usual+3), 0.5), 3)
}
