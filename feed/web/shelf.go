package web

import (
	"context"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"newswired/feed"
)

// A shelf holds the current rendering of one path and replaces it when there is
// need.
//
// Two orders matter. Whoever has the turn stores current before checked, and
// get reads them the other way round, so that a rendering is never taken for
// newer than it is. And a generation is read before the questions it belongs
// to, so that a change in between is seen at the next request.
type shelf struct {
	lib    Library
	log    *slog.Logger
	path   string      // for the log
	kind   kind        // how to serve it
	recipe recipe      // what it is made of, to be compared
	feeds  []feed.Feed // likewise
	since  time.Time   // when it was configured: no rendering is older
	render func(context.Context) ([]byte, error)

	// changed returns when what render shows last changed. If it is nil,
	// every generation is a change.
	changed func(context.Context) (time.Time, error)

	current atomic.Pointer[rendering]
	checked atomic.Uint64 // the generation up to which current is known to be true, plus one
	turn    chan struct{} // holds one element while somebody asks the Library

	// Guarded by turn.
	retry   time.Time // not to ask again before
	lastErr error     // of the last attempt; nil if it went well
}

const (
	renderTimeout = 20 * time.Second // for all questions of one rendering
	failurePause  = 2 * time.Second  // between two attempts at a Library that fails

	// settled is how old a change must be before its time stands for it alone.
	// Library tells milliseconds, HTTP seconds, and two changes can share both.
	settled = 2 * time.Second
)

// get returns what to serve: the current rendering, made if need be, or the
// former one while somebody else is making it. It fails only if there is none.
//
//	current   generation   turn    what happens
//	there     checked      -       served as it is
//	there     newer        free    refreshed, by us
//	there     newer        taken   served as it is
//	missing   -            free    made, by us
//	missing   -            taken   waited for, as long as ctx lasts
func (s *shelf) get(ctx context.Context) (*rendering, error) {
	generation := s.lib.Generation() + 1
	checked := s.checked.Load()
	former := s.current.Load()
	if former != nil && checked == generation {
		former.dateIfSettled()
		return former, nil
	}
	if former != nil {
		select {
		case s.turn <- struct{}{}:
		default:
			return former, nil
		}
	} else {
		select {
		case s.turn <- struct{}{}:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	defer func() { <-s.turn }()
	return s.refresh(ctx)
}

// refresh makes sure that the current rendering is true. The caller has the
// turn. The generation is read again, for waiting may have taken long.
func (s *shelf) refresh(ctx context.Context) (*rendering, error) {
	former, now := s.current.Load(), time.Now()
	generation := s.lib.Generation() + 1
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
		return former, s.unless(former)
	}
	s.lastErr = nil
	s.current.Store(fresh)
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
	b, err := s.render(ctx)
	if err != nil {
		return nil, fmt.Errorf("render: %w", err)
	}
	return newRendering(s.kind, b, changed, s.since, now, former), nil
}

// fail notes an error, and logs the first one of a series.
func (s *shelf) fail(err error, now time.Time) {
	if s.lastErr == nil {
		s.log.Error("page not renewed", "path", s.path, "error", err)
	}
	s.lastErr, s.retry = err, now.Add(failurePause)
}

// unless returns the last error if there is nothing to serve in spite of it.
func (s *shelf) unless(former *rendering) error {
	if former != nil {
		return nil
	}
	return s.lastErr
}
