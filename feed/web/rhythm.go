package web

import (
	"strconv"
	"sync/atomic"
	"time"
)

// Caches may keep an Edition until one of its Sources is polled next: until then
// it cannot change. It is no shorter than the time in which readers come at most,
// and no longer than people would wait for a correction of what was polled by
// hand.
const (
	minFresh = time.Minute
	maxFresh = time.Hour
)

// A rhythm makes the Cache-Control of an Edition.
type rhythm struct {
	next   atomic.Pointer[func() time.Time] // tells when the Edition may change next, zero if nobody knows; nil: this is no Edition
	until  atomic.Int64                     // that, in Unix seconds, as it was last asked for
	latest atomic.Pointer[freshness]
}

// A freshness is the header for so many seconds.
type freshness struct {
	seconds int64    // max-age
	value   []string // of the field, as net/http has it
}

// ask asks when the Edition may change next.
func (r *rhythm) ask() {
	if next := r.next.Load(); next != nil {
		r.until.Store((*next)().Unix())
	}
}

// follow takes over whom another asks, and asks.
func (r *rhythm) follow(other *rhythm) {
	r.next.Store(other.next.Load())
	r.ask()
}

// header returns Cache-Control, which begins with "public" or "private". Within
// one second it is made once.
func (r *rhythm) header(begin string, now time.Time) []string {
	left := min(max(r.until.Load()-now.Unix(), int64(minFresh/time.Second)), int64(maxFresh/time.Second))
	if f := r.latest.Load(); f != nil && f.seconds == left {
		return f.value
	}
	f := &freshness{left, []string{begin + ", max-age=" + strconv.FormatInt(left, 10)}}
	r.latest.Store(f)
	return f.value
}
