package schedule

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/robfig/cron/v3"
)

// A Job is what a Scheduler runs for one Source.
type Job struct {
	Name string                // unlike that of any other Job; the phase is hashed from it
	Spec Spec                  // when it runs
	Zone *time.Location        // in which a cron expression is read; nil: UTC
	Run  func(context.Context) // ctx ends when the Scheduler stops
}

// A Scheduler runs Jobs at their times. Its methods may be called by several
// goroutines.
type Scheduler struct {
	ctx    context.Context // of all runs
	cancel context.CancelFunc
	log    *slog.Logger
	cron   *cron.Cron
	beat   atomic.Int64   // Unix seconds at which the clock last ticked
	runs   sync.WaitGroup // those that Now started

	mu   sync.Mutex
	jobs map[string]*job

	beatEntry cron.EntryID // guarded by mu once started
}

// A job outlives changes of its schedule, and with it the guard against
// overlapping runs.
type job struct {
	entry   cron.EntryID
	spec    Spec
	zone    *time.Location
	times   Times                                 // of spec in zone
	run     atomic.Pointer[func(context.Context)] // replaced by Set, also while it runs
	guarded cron.Job                              // runs run, unless it runs
	later   *time.Timer                           // what At set; nil if it was never called
}

// beatEvery is how often the scheduler shows that it lives.
const beatEvery = 10 * time.Second

// New returns a Scheduler without Jobs. Start starts it.
func New(log *slog.Logger) *Scheduler {
	s := &Scheduler{log: log, cron: cron.New(cron.WithLogger(cronLog{log})), jobs: make(map[string]*job)}
	s.ctx, s.cancel = context.WithCancel(context.Background())
	s.beatEntry = s.cron.Schedule(cron.Every(beatEvery), cron.FuncJob(s.tick))
	return s
}

// Start begins to run Jobs.
func (s *Scheduler) Start() {
	s.tick()
	s.cron.Start()
}

// Set makes these the Jobs, by name. A Job that stays keeps its guard, so that
// a poll that runs is neither lost nor overlapped; one that goes ends after
// its present run.
func (s *Scheduler) Set(jobs []Job) {
	s.mu.Lock()
	defer s.mu.Unlock()
	stay := make(map[string]bool, len(jobs))
	for _, j := range jobs {
		stay[j.Name] = true
		s.set(j)
	}
	for name, j := range s.jobs {
		if !stay[name] {
			s.cron.Remove(j.entry)
			j.cancelLater()
			delete(s.jobs, name)
		}
	}
}

// set adds a Job, or gives the one of its name what is new: most often only what to
// run. The caller has the lock.
func (s *Scheduler) set(j Job) {
	known := s.jobs[j.Name]
	if known == nil {
		known = &job{}
		known.guarded = s.guard(j.Name, known)
		s.jobs[j.Name] = known
	} else if known.spec == j.Spec && known.zone.String() == j.Zone.String() {
		known.run.Store(&j.Run)
		return
	} else {
		s.cron.Remove(known.entry)
	}
	known.run.Store(&j.Run)
	known.spec, known.zone = j.Spec, j.Zone
	known.times = j.Spec.For(j.Name, j.Zone)
	known.entry = s.cron.Schedule(known.times, known.guarded)
}

// guard wraps a job: skipped while it runs, and inside of that the recovery.
// The other way round a panic would leave the job marked as running for ever
// (robfig/cron#366).
func (s *Scheduler) guard(name string, j *job) cron.Job {
	log := cronLog{s.log.With("source", name)}
	return cron.NewChain(cron.SkipIfStillRunning(log), cron.Recover(log)).Then(cron.FuncJob(func() {
		if s.ctx.Err() == nil {
			(*j.run.Load())(s.ctx)
		}
	}))
}

// Now runs a Job at once, beside its schedule, unless it runs. It does not
// wait. An unknown name is nothing to do.
func (s *Scheduler) Now(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	j := s.jobs[name]
	if j == nil || s.ctx.Err() != nil {
		return
	}
	s.runs.Go(j.guarded.Run)
}

// At runs a Job once at a time, beside its schedule, instead of the one that a
// former At set. It waits by the monotonic clock, whatever becomes of the
// machine's. An unknown name is nothing to do.
func (s *Scheduler) At(name string, t time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	j := s.jobs[name]
	if j == nil || s.ctx.Err() != nil {
		return
	}
	j.cancelLater()
	j.later = time.AfterFunc(time.Until(t), func() { s.Now(name) })
}

// cancelLater forgets what At set.
func (j *job) cancelLater() {
	if j.later != nil {
		j.later.Stop()
	}
}

// Due reports whether a Job should have run between a time and now. The zero
// time stands for never run.
func (s *Scheduler) Due(name string, last, now time.Time) bool {
	s.mu.Lock()
	j := s.jobs[name]
	s.mu.Unlock()
	if j == nil {
		return false
	}
	next := j.times.Next(last)
	return last.IsZero() || !next.IsZero() && !next.After(now)
}

// Next returns when a Job runs next, the zero time if it is unknown.
func (s *Scheduler) Next(name string, now time.Time) time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	if j := s.jobs[name]; j != nil {
		return j.times.Next(now)
	}
	return time.Time{}
}

// Alive returns an error if the scheduler's clock was not started, has stopped, or
// ticked last at a time that is yet to come: the machine's clock was set back, and
// robfig/cron waits until the old time comes again.
func (s *Scheduler) Alive(now time.Time) error {
	if s.beat.Load() == 0 {
		return errors.New("polling has not begun yet")
	}
	if s.ahead(now) {
		return errors.New("the machine's clock was set back, and the scheduler waits for the former time")
	}
	if silent := now.Sub(time.Unix(s.beat.Load(), 0)); silent > 6*beatEvery {
		return fmt.Errorf("the scheduler has not ticked for %s", silent.Round(time.Second))
	}
	return nil
}

// ahead reports whether the last tick was later than now.
func (s *Scheduler) ahead(now time.Time) bool {
	return time.Unix(s.beat.Load(), 0).Sub(now) > beatEvery
}

// Realign reckons all Jobs' next times anew if the machine's clock was set
// back, and reports whether it did.
func (s *Scheduler) Realign(now time.Time) bool {
	if !s.ahead(now) {
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, j := range s.jobs {
		s.cron.Remove(j.entry)
		j.entry = s.cron.Schedule(j.times, j.guarded)
	}
	s.cron.Remove(s.beatEntry)
	s.beatEntry = s.cron.Schedule(cron.Every(beatEvery), cron.FuncJob(s.tick))
	s.beat.Store(now.Unix())
	return true
}

// tick notes that the clock goes.
func (s *Scheduler) tick() { s.beat.Store(time.Now().Unix()) }

// Stop runs no more Jobs, cancels those that run and waits for them.
func (s *Scheduler) Stop() {
	done := s.cron.Stop()
	s.mu.Lock() // so that no timer starts a run that nobody waits for
	s.cancel()
	for _, j := range s.jobs {
		j.cancelLater()
	}
	s.mu.Unlock()
	<-done.Done()
	s.runs.Wait()
}

// cronLog hands on what robfig/cron says.
type cronLog struct{ *slog.Logger }

// Info logs what happens to jobs, which is for debugging only.
func (l cronLog) Info(msg string, keysAndValues ...any) {
	l.Debug("cron "+msg, keysAndValues...)
}

// Error logs a panic, its stack included.
func (l cronLog) Error(err error, msg string, keysAndValues ...any) {
	l.Logger.Error("poll panicked", append([]any{"err", err}, keysAndValues...)...)
}
