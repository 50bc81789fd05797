package feed

import (
	"math"
	"time"
)

// tookSteps is how many classes of time there are from one time to twice as much:
// so many that a class names a time to a tenth.
const tookSteps = 4

// TookClass returns the class of how long a poll took, by which polls are counted:
// 0 up to a millisecond, then 4 for each doubling.
func TookClass(d time.Duration) int {
	ms := float64(d) / float64(time.Millisecond)
	if ms <= 1 {
		return 0
	}
	return int(math.Ceil(tookSteps * math.Log2(ms)))
}

// A Took is how many polls there were of each class of time.
type Took map[int]int

// Quantile returns the time within which a part of the polls was over, to a tenth:
// 0.5 is the median. Without polls it is 0.
func (t Took) Quantile(part float64) time.Duration {
	total, last := 0, 0
	for class, n := range t {
		total, last = total+n, max(last, class)
	}
	if total == 0 {
		return 0
	}
	rank := max(1, int(math.Ceil(part*float64(total))))
	for class := range last {
		if rank -= t[class]; rank <= 0 {
			last = class
			break
		}
	}
	middle := float64(last) - 0.5 // of the class, by ratio
	return time.Duration(math.Exp2(max(0, middle)/tookSteps) * float64(time.Millisecond))
}

// Add counts the polls of another one, too.
func (t Took) Add(other Took) {
	for class, n := range other {
		t[class] += n
	}
}

// A PollHour is what the polls of an hour came to, over all Sources.
type PollHour struct {
	Hour     time.Time // its beginning
	Polls    int       // those without a network left out, deliveries of hubs, too
	Failures int       // of them
	Spared   int       // of them, those that were answered 304 (Not Modified)
	Bytes    int64     // of the bodies, decoded
	Articles int       // new ones, polled or pushed, but for those of first Documents
	Took     Took      // of those that did not fail; nil if that was not asked for
}
