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
	reads bool             // true if it is one of those that may read

	wire    []byte        // the body as it came, until it is dropped
	zipped  bool          // true: it is said to be gzip
	has     share         // of the room, for the body as it came
	body    []byte        // decoded, from when it is opened until it is shut
	decoder *bytes.Buffer // where it is if it had to be decoded, else nil
}

// to goes to the host of a URL and waits for its turn, also if it is the same
// again: there is a pause between any two requests.
func (v *visit) to(ctx context.Context, url string) (err error) {
	v.end()
	v.leave, err = v.p.turn(ctx, url)
	return err
}

// read waits until it may read, which it then may until it ends: Documents are
// in hand from decoding to recording, and more of them than cores that work on
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

// decoders are used again: few are in use at a time.
var decoders = sync.Pool{New: func() any { return new(bytes.Buffer) }}

const keptDecoder = 256 << 10 // the longest that is used again

// open waits until it may read, and decodes the body if that has not been done. An
// answer that was good so far may turn out to be none.
func (v *visit) open(ctx context.Context, a *answer) error {
	if err := v.read(ctx); err != nil || v.body != nil {
		return err
	}
	v.body = v.wire
	if v.zipped {
		v.decoder = decoders.Get().(*bytes.Buffer)
		v.decoder.Reset()
		opened := *a
		v.body = unzip(v.decoder, v.wire, &opened, v.p.options.MaxBody)
		if a.kind == feed.OK {
			*a = opened
		}
	}
	return nil
}

// shut gives up what was decoded of the body; it can be opened again.
func (v *visit) shut() {
	if v.decoder != nil && v.decoder.Cap() <= keptDecoder {
		decoders.Put(v.decoder)
	}
	v.decoder, v.body = nil, nil
}

// letRead shuts the body and lets others read.
func (v *visit) letRead() {
	v.shut()
	if v.reads {
		<-v.p.reading
		v.reads = false
	}
}

// drop gives up the body.
func (v *visit) drop() {
	v.shut()
	v.wire = nil
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
