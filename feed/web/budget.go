package web

import (
	"cmp"
	"slices"
	"sync"
	"time"
)

// A budget bounds how many bytes all renderings hold together, however many
// feeds there are: those that were asked for longest ago are dropped, and made
// again if somebody asks. All that changes a shelf's current goes through it.
type budget struct {
	limit int64 // bytes

	mu    sync.Mutex
	used  int64            // bytes, the sum of held
	held  map[*shelf]int64 // bytes; only shelves that have a rendering
	swept time.Time        // when sweep last went over all shelves
}

// memory is the budget of a Site. forgotten is when a rendering is dropped that
// nobody asks for, whatever the budget.
const (
	memory    = 128 << 20
	forgotten = time.Hour
)

// newBudget returns the budget of so many bytes, of which none is used.
func newBudget(limit int64) *budget { return &budget{limit: limit, held: make(map[*shelf]int64)} }

// put makes a rendering the current one of a shelf.
func (b *budget) put(s *shelf, r *rendering, now time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	s.current.Store(r)
	b.charge(s, r.size()-b.held[s])
	b.sweep(s, now)
}

// grow notes that the current rendering of a shelf holds more.
func (b *budget) grow(s *shelf, r *rendering, n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if s.current.Load() == r {
		b.charge(s, int64(n))
		b.sweep(s, time.Now())
	}
}

// charge notes that a shelf holds so many bytes more, or less. The caller has the
// lock.
func (b *budget) charge(s *shelf, n int64) { b.held[s], b.used = b.held[s]+n, b.used+n }

// sweep drops what nobody asks for once a minute, and more if there is need; what
// keep has stays.
func (b *budget) sweep(keep *shelf, now time.Time) {
	if b.used <= b.limit && now.Sub(b.swept) < time.Minute {
		return
	}
	b.swept = now
	all := make([]*shelf, 0, len(b.held))
	for s := range b.held {
		all = append(all, s)
	}
	slices.SortFunc(all, func(x, y *shelf) int { return cmp.Compare(x.asked.Load(), y.asked.Load()) })
	old, goal := now.Add(-forgotten).Unix(), b.limit
	if b.used > b.limit {
		goal = b.limit / 10 * 9 // not one by one, for each time is a sort
	}
	for _, s := range all {
		if s.asked.Load() >= old && b.used <= goal {
			return
		}
		if s != keep {
			b.drop(s)
		}
	}
}

// drop takes a shelf's rendering away. Whoever is being served it ends with it.
func (b *budget) drop(s *shelf) {
	s.current.Store(nil)
	b.used -= b.held[s]
	delete(b.held, s)
	if s.dropped != nil {
		s.dropped()
	}
}

// forget drops what shelves hold that are not served any longer.
func (b *budget) forget(all []*shelf) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, s := range all {
		if _, ok := b.held[s]; ok {
			b.drop(s)
		}
	}
}
