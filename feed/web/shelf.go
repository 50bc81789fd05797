package web

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"sync"
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
	budget *budget
	slots  chan struct{}   // holds an element for each rendering under way
	work   *sync.WaitGroup // renderings that no request waits for
	path   string          // for the log
	kind   kind            // how to serve it
	cache  []string        // Cache-Control, unless there is a rhythm
	recipe recipe          // what it is made of, to be compared
	feeds  []feed.Feed     // likewise
	since  time.Time       // when it was configured: no rendering is older
	render func(context.Context) ([]byte, error)

	rendered func(path string, took time.Duration) // told what render took

	// lasts is how long a rendering is served that tells times, whatever changes
	// meanwhile; 0: as long as the Library's generation stands.
	lasts time.Duration

	// changed returns when what render shows last changed. If it is nil,
	// every generation is a change.
	changed func(context.Context) (time.Time, error)

	rhythm  rhythm // of an Edition
	dropped func() // called when its rendering was dropped, under the budget's lock; may be nil

	current atomic.Pointer[rendering] // changed by the budget alone
	asked   atomic.Int64              // Unix seconds of the last request
	checked atomic.Uint64             // the generation up to which current is known to be true, plus one
	turn    chan struct{}             // holds one element while somebody asks the Library

	// Guarded by turn.
	verified     time.Time // when current was last known to be true
	before       time.Time // the time before that
	retry        time.Time // not to ask again before
	lastErr      error     // of the last attempt; nil if it went well
	lastChanged  time.Time // of the last rendering, which may have been dropped
	lastModified time.Time
	lastMade     time.Time
}

const (
	renderTimeout = 20 * time.Second // for all questions of one rendering
	failurePause  = 2 * time.Second  // between two attempts at a Library that fails

	// settled is how old a change must be before its time stands for it alone.
	// Library tells milliseconds, HTTP seconds, and two changes can share both.
	settled = 2 * time.Second

	// Where something changes many times a second, and is asked for as often,
	// nobody waits: what is served was true at most restless ago, and is renewed
	// every renewPause. Otherwise polls in full swing would have every reader wait
	// for a rendering, each gone before the next one comes.
	restless   = 3 * time.Second
	renewPause = time.Second
)

// generation rises whenever the current rendering may no longer be true.
func (s *shelf) generation(now time.Time) uint64 {
	if s.lasts > 0 {
		return uint64(now.UnixNano() / int64(s.lasts))
	}
	return s.lib.Generation()
}

// get returns what to serve: the current rendering, made if need be, or the
// former one while somebody else is making it. It fails only if there is none.
//
//	current   generation   turn    what happens
//	there     checked      -       served as it is
//	there     newer        free    refreshed, by us
//	there     newer        free    served as it is if this is restless, and refreshed after
//	there     newer        taken   served as it is
//	missing   -            free    made, by us
//	missing   -            taken   waited for, as long as ctx lasts
func (s *shelf) get(ctx context.Context) (*rendering, error) {
	now := time.Now()
	s.asked.Store(now.Unix())
	generation := s.generation(now) + 1
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
		if now.Sub(s.before) < restless {
			s.renewLater(now)
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

// shows reports whether whoever asks from now on is served a change, where a
// shelf that is restless might serve what was before it. It asks the Library for
// that if there is need.
func (s *shelf) shows(ctx context.Context, change time.Time) bool {
	select {
	case s.turn <- struct{}{}:
	case <-ctx.Done():
		return false
	}
	defer func() { <-s.turn }()
	current := s.current.Load()
	if current != nil {
		current, _ = s.refresh(ctx) // it has logged why
	}
	return current == nil || !current.changed.Before(change)
}

// renewLater refreshes while others go on, unless that was done just now. It
// takes over the turn.
func (s *shelf) renewLater(now time.Time) {
	if now.Sub(s.verified) < renewPause {
		<-s.turn
		return
	}
	s.work.Go(func() {
		defer func() { <-s.turn }()
		_, _ = s.refresh(context.Background()) // it has logged why
	})
}

// serve answers from the shelf.
func (s *shelf) serve(w http.ResponseWriter, r *http.Request) error {
	current, err := s.get(r.Context())
	if err != nil {
		return err
	}
	cache := s.cache
	if s.rhythm.next.Load() != nil {
		cache = s.rhythm.header(s.kind.cache, time.Now())
	}
	current.serve(w, r, cache)
	return nil
}

// gone reports whether an error is an answer: what the path named is not there,
// or no longer.
func gone(err error) bool {
	return errors.Is(err, feed.ErrNoArchive) || errors.Is(err, feed.ErrNotStored) || errors.As(err, new(movedError))
}

// fail notes an error, and logs the first one of a series.
func (s *shelf) fail(err error, now time.Time) {
	if s.lastErr == nil && !gone(err) {
		s.log.Error("page not renewed", "path", s.path, "err", err)
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
