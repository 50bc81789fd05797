package fetcher

import (
	"context"

	"newswired/feed"
)

// A visit is the right of a poll to ask one host: the turn of its host:port, and
// one of the slots. A redirect that leads on takes it there, and never has two
// at a time, so that no two polls wait for each other.
type visit struct {
	p     *Poller
	leave func(asked bool) // nil before the first host and after the last
	asked bool             // true if the host was asked something
}

// to goes to the host of a URL and waits for its turn, also if it is the same
// again: there is a pause between any two requests.
func (v *visit) to(ctx context.Context, url string) (err error) {
	v.end()
	v.leave, err = v.p.turn(ctx, url)
	return err
}

// end leaves the host. One that was not asked needs no pause.
func (v *visit) end() {
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
