package fetcher

import (
	"context"
	"sync"
)

// A room bounds the bytes of all bodies in hand, as they came. Most fit in side by side.
// Where one does not, it waits for others to go, but for one: that may grow
// without asking, so that bodies that are all half read do not wait for each
// other for ever. The whole is at most the room and the longest body.
type room struct {
	mu      sync.Mutex
	free    int64
	lent    bool          // true: one has the right to grow without asking
	changed chan struct{} // closed when somebody goes
}

// roomForBodies is enough for as many long Documents as there are polls; most are a
// tenth of that.
const roomForBodies = 8 << 20

// newRoom returns a room for so many bytes.
func newRoom(bytes int64) *room { return &room{free: bytes, changed: make(chan struct{})} }

// A share is what one body has of the room. The zero value is nothing.
type share struct {
	bytes     int64
	unlimited bool
}

// grow makes a share so many bytes in all, and waits for them if need be.
func (r *room) grow(ctx context.Context, s *share, bytes int64) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	for more := bytes - s.bytes; more > 0 && !s.unlimited; {
		switch {
		case r.free >= more:
			r.free -= more
			s.bytes = bytes
			return nil
		case !r.lent:
			r.lent, s.unlimited = true, true
			return nil
		}
		changed := r.changed
		r.mu.Unlock()
		select {
		case <-changed:
		case <-ctx.Done():
		}
		r.mu.Lock()
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}

// leave gives a share back.
func (r *room) leave(s *share) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if *s == (share{}) {
		return
	}
	r.free += s.bytes
	if s.unlimited {
		r.lent = false
	}
	*s = share{}
	close(r.changed)
	r.changed = make(chan struct{})
}
