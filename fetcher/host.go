package fetcher

import (
	"context"
	"maps"
	"sync"
	"time"
)

// hosts lets one request at a time go to each host:port, with a pause between
// the end of one and the start of the next.
type hosts struct {
	mu    sync.Mutex
	pause time.Duration
	all   map[string]*host
}

// setPause changes the pause from the next request on.
func (h *hosts) setPause(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.pause = d
}

// A host is taken by sending to turn. Free is when the next request may start;
// who has the turn may use it.
type host struct {
	turn    chan struct{}
	free    time.Time
	waiting int // those that have the turn or wait for it; guarded by hosts.mu
}

// take waits for the turn of a host:port. The caller gives it back, and says
// whether the host was asked: then others wait for the pause to end.
func (h *hosts) take(ctx context.Context, name string) (giveBack func(asked bool), err error) {
	h.mu.Lock()
	one := h.all[name]
	if one == nil {
		// Those that redirects led to once would else be kept for ever.
		maps.DeleteFunc(h.all, func(_ string, past *host) bool { return past.waiting == 0 && time.Until(past.free) <= 0 })
		one = &host{turn: make(chan struct{}, 1)}
		h.all[name] = one
	}
	one.waiting++
	h.mu.Unlock()
	select {
	case one.turn <- struct{}{}:
	case <-ctx.Done():
		h.leave(name, one)
		return nil, ctx.Err()
	}
	giveBack = func(asked bool) {
		if asked {
			h.mu.Lock()
			one.free = time.Now().Add(h.pause)
			h.mu.Unlock()
		}
		<-one.turn
		h.leave(name, one)
	}
	if err := sleep(ctx, time.Until(one.free)); err != nil {
		giveBack(false)
		return nil, err
	}
	return giveBack, nil
}

// leave forgets a host that nobody waits for and that needs no pause.
func (h *hosts) leave(name string, one *host) {
	h.mu.Lock()
	defer h.mu.Unlock()
	one.waiting--
	if one.waiting == 0 && h.pause == 0 { // one with a pause is still needed
		delete(h.all, name)
	}
}

// sleep waits, or returns the error of ctx as soon as that ends.
func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
