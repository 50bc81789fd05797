package fetcher

import (
	"bytes"
	"context"
	"sync"

	"newswired/feed"
)

// A visit is the right of a poll to ask one host: the turn of its host:port, and
// one of the slots. A redirect that leads on takes it there, and never has two
// at a time, so that no two polls wait for each other. It ends with all that a
// poll has of what is bounded, whatever becomes of the poll.
type visit struct {
	p     *Poller
	leave func(asked bool) // nil before the first host and after the last
	asked bool             // true if the host was asked something
	body  *bytes.Buffer    // nil if there is none
	has   share            // of the room, for the body
	reads bool             // true if it is one of those that may read
}

// to goes to the host of a URL and waits for its turn, also if it is the same
// again: there is a pause between any two requests.
func (v *visit) to(ctx context.Context, url string) (err error) {
	v.end()
	v.leave, err = v.p.turn(ctx, url)
	return err
}

// read waits until it may read, which it then may until it ends: Documents are
// in hand from reading to recording, and more of them than cores that work on
// them would only take memory.
func (v *visit) read(ctx context.Context) error {
	if v.reads {
		return nil
	}
	select {
	case v.p.reading <- struct{}{}:
		v.reads = true
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// letRead lets others read.
func (v *visit) letRead() {
	if v.reads {
		<-v.p.reading
		v.reads = false
	}
}

// buffers are used again: many bodies are the same as before.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

const keptBuffer = 256 << 10 // the longest that is used again

// hold returns a buffer for a body, which is there until it is dropped.
func (v *visit) hold() *bytes.Buffer {
	v.drop()
	v.body = buffers.Get().(*bytes.Buffer)
	v.body.Reset()
	return v.body
}

// drop gives up the body.
func (v *visit) drop() {
	if v.body != nil && v.body.Cap() <= keptBuffer {
		buffers.Put(v.body)
	}
	v.body = nil
	v.p.room.leave(&v.has)
}

// end leaves the host. One that was not asked needs no pause.
func (v *visit) end() {
	v.drop()
	v.letRead()
	if v.leave != nil {
		v.leave(v.asked)
	}
	v.leave, v.asked = nil, false
}

// turn waits for the turn of a URL's host, then for one of the slots.
func (p *Poller) turn(ctx context.Context, url string) (leave func(asked bool), err error) {
	leaveHost, err := p.hosts.take(ctx, feed.HostPort(url))
	if err != nil {
		return nil, err
	}
	select {
	case p.slots <- struct{}{}:
	case <-ctx.Done():
		leaveHost(false)
		return nil, ctx.Err()
	}
	return func(asked bool) { <-p.slots; leaveHost(asked) }, nil
}
