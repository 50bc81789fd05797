package web

import (
	"context"
	"fmt"
	"time"
)

// refresh makes sure that the current rendering is true. The caller has the
// turn. The generation is read again, for waiting may have taken long.
func (s *shelf) refresh(ctx context.Context) (*rendering, error) {
	former, now := s.current.Load(), time.Now()
	generation := s.generation(now) + 1
	if former != nil && s.checked.Load() == generation {
		return former, nil // somebody had the turn just before
	}
	if now.Before(s.retry) {
		return former, s.unless(former)
	}
	// Whoever asked first may go away; the others still want the answer.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), renderTimeout)
	defer cancel()
	fresh, err := s.renew(ctx, former, now)
	if err != nil {
		s.fail(err, now)
		if gone(err) {
			s.budget.forget([]*shelf{s})
			return nil, err
		}
		return former, s.unless(former)
	}
	s.lastErr = nil
	if fresh != former {
		s.budget.put(s, fresh, now)
	}
	s.rhythm.ask()
	s.before, s.verified = s.verified, now
	s.checked.Store(generation)
	return fresh, nil
}

// renew returns former if the Feed has not changed since, else a new rendering.
// Two changes may bear the same millisecond: as long as the former rendering was
// made close to the change that it shows, it is made again to be sure. Should
// there be a change between the two questions, then the rendering is newer than
// its time says, and the next request, of a newer generation, sets that right.
func (s *shelf) renew(ctx context.Context, former *rendering, now time.Time) (*rendering, error) {
	var changed time.Time
	if s.changed != nil {
		var err error
		if changed, err = s.changed(ctx); err != nil {
			return nil, fmt.Errorf("ask for changes: %w", err)
		}
		if former != nil && changed.Equal(former.changed) && former.made.Sub(changed) > settled {
			return former, nil
		}
	}
	select {
	case s.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, fmt.Errorf("wait for other renderings: %w", ctx.Err())
	}
	defer func() { <-s.slots }()
	begun := time.Now()
	b, err := s.render(ctx)
	if err != nil {
		return nil, fmt.Errorf("render: %w", err)
	}
	s.rendered(s.path, time.Since(begun))
	r := newRendering(s.kind, b, changed, s.modified(changed), now)
	r.packLike(former)
	r.grew = func(r *rendering, n int) { s.budget.grow(s, r, n) }
	s.lastChanged, s.lastModified, s.lastMade = changed, r.modified, now
	return r, nil
}

// modified returns the Last-Modified of what changed at a time.
//
// A Feed that changed before we began to render like this is as new as that, for
// a title, a limit or a new version change bytes too. It is rounded up to the
// second, so that what was served just before is older. The last rendering is
// older too, unless it was the same and has been dropped.
func (s *shelf) modified(changed time.Time) time.Time {
	if changed.IsZero() {
		return changed
	}
	if changed.Equal(s.lastChanged) && s.lastMade.Sub(changed) > settled {
		return s.lastModified
	}
	modified := changed
	if changed.Before(s.since) {
		modified = s.since.Truncate(time.Second).Add(time.Second)
	}
	if !s.lastModified.IsZero() && !modified.After(s.lastModified) {
		modified = s.lastModified.Truncate(time.Second).Add(time.Second)
	}
	return modified
}
