package fetcher

import (
	"context"
	"errors"
	"time"
)

// A limit ends a context after a time, which does not pass while it is paused:
// a server is not to blame for what we wait for. It is used by one goroutine.
type limit struct {
	ctx   context.Context
	stop  context.CancelCauseFunc
	timer *time.Timer
	left  time.Duration // when the timer was last started
	since time.Time     // when that was
}

// newLimit returns a context that ends after a time, for a reason.
func newLimit(ctx context.Context, after time.Duration, why tooSlow) (context.Context, *limit) {
	ctx, stop := context.WithCancelCause(ctx)
	l := &limit{ctx: ctx, stop: stop, left: after, since: time.Now()}
	l.timer = time.AfterFunc(after, func() { stop(why) })
	return ctx, l
}

// pause stops the clock. Each pause is followed by one resume.
func (l *limit) pause() {
	l.timer.Stop()
	l.left -= time.Since(l.since)
}

// resume lets the clock go on with the time that was left at the pause.
func (l *limit) resume() {
	l.since = time.Now()
	l.timer.Reset(l.left)
}

// end frees what the limit holds. The context ends, too.
func (l *limit) end() {
	l.timer.Stop()
	l.stop(nil)
}

// cause returns what is behind an error: the wait that is over, or the error
// itself.
func (l *limit) cause(err error) error {
	var slow tooSlow
	if err != nil && errors.As(context.Cause(l.ctx), &slow) {
		return slow
	}
	return err
}
