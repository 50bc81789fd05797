package main

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"newswired/feed"
	"newswired/feed/web"
	"newswired/fetcher"
	"newswired/fetcher/schedule"
	"newswired/fetcher/websub"
	"newswired/store"
)

// Jobs beside the Sources' own. No Source can have such a name.
const (
	retryJob   = "(retry)"   // tries one Source while there is no network
	backlogJob = "(backlog)" // judges stored Stories by changed rules
	dueJob     = "(due)"     // judges stored Stories whose waiting is over
	pageJob    = "(pages)"   // fetches the pages of Articles
	indexJob   = "(index)"   // makes what came findable by its words
	retainJob  = "(retain)"  // removes what is older than retention
	pushJob    = "(push)"    // subscribes to hubs, renews and ends subscriptions
	tellJob    = "(tell)"    // tells subscribers and hubs of what changed
	noteJob    = "(note)"    // looks for what other processes wrote
	alertJob   = "(alert)"   // looks for what is wrong, and tells the operator
)

// A follower polls the Sources at their times.
type follower struct {
	store    *store.Store
	pages    fetcher.PageStore // the store, to a Pager
	log      *slog.Logger
	schedule *schedule.Scheduler
	push     *websub.Subscriber
	site     *web.Site
	name     string // of the database's file

	alerts *alerter

	// What was last said, of the network, of the file and of the configuration:
	offline, unwritten, held, refused atomic.Bool

	mu      sync.Mutex
	poller  *fetcher.Poller
	pager   *fetcher.Pager
	sources []sourceConfig
	since   time.Time // from when on they are followed
	tried   int       // of the Sources, which was last tried by retry
}

// configure makes the Sources of a configuration those that are followed, and
// polls at once what is due. A poll that runs goes on.
func (f *follower) configure(ctx context.Context, c *config, p *fetcher.Poller) {
	f.mu.Lock()
	f.poller, f.pager, f.sources, f.since = p, newPager(c, p, f.pages, c.Sources), c.Sources, time.Now()
	f.mu.Unlock()
	jobs := []schedule.Job{
		{Name: retryJob, Spec: mustParse("@every 1m"), Run: f.retry},
		{Name: backlogJob, Spec: mustParse("@every 5m"), Run: f.judgeBacklog},
		{Name: dueJob, Spec: mustParse("@every 10s"), Run: f.judgeDue},
		{Name: indexJob, Spec: mustParse("@every 10s"), Run: f.indexWords},
		{Name: retainJob, Spec: mustParse("@every 1h"), Run: func(ctx context.Context) { f.retain(ctx, c) }},
		{Name: pushJob, Spec: mustParse("@every 10s"), Run: f.push.Tend},
		{Name: tellJob, Spec: c.telling(), Run: f.site.Tell},
		{Name: noteJob, Spec: mustParse("@every 10s"), Run: f.noteOthers},
		{Name: alertJob, Spec: mustParse("@every 5m"), Run: func(ctx context.Context) { f.alerts.watch(ctx, c) }},
	}
	if slices.ContainsFunc(c.Sources, func(s sourceConfig) bool { return s.FullText }) {
		jobs = append(jobs, schedule.Job{Name: pageJob, Spec: mustParse("@every 10s"), Run: f.fetchPages})
	}
	for _, s := range c.Sources {
		src := s.timed()
		jobs = append(jobs, schedule.Job{
			Name: s.Name,
			Spec: s.spec(),
			Zone: s.Zone,
			Run:  func(ctx context.Context) { f.poll(ctx, src) },
		})
	}
	f.schedule.Set(jobs)
	// A rule that has changed is judged by from now on, not in five minutes.
	f.schedule.Now(backlogJob)
	f.pollDue(ctx)
}

// telling returns how often it is looked who is to be told of changes: without a
// hub only leases end.
func (c *config) telling() schedule.Spec {
	if c.Hub || len(c.Hubs) > 0 {
		return mustParse("@every 5s")
	}
	return mustParse("@every 1m")
}

// mustParse reads a schedule that the configuration's check has read before.
func mustParse(text string) schedule.Spec {
	spec, err := schedule.Parse(text)
	if err != nil {
		panic(err) // unreachable: the configuration was checked
	}
	return spec
}

// present returns what the last configure set. Both are replaced whole, so that
// a job may use them without the lock.
func (f *follower) present() (*fetcher.Poller, []sourceConfig) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.poller, f.sources
}

// poll polls one Source, and reports whether it could be asked. What the Source
// does wrong is logged by the Poller, what we do wrong here. A time of the
// schedule that comes too early is made up for as soon as it may be.
func (f *follower) poll(ctx context.Context, src feed.Source) (asked bool) {
	p, _ := f.present()
	r, err := p.Poll(ctx, src, fetcher.Scheduled)
	f.failed("poll failed", err, "source", src.Name)
	if !r.Held.IsZero() {
		f.schedule.At(src.Name, r.Held)
	}
	if src.FullText && r.New+r.Revised > 0 {
		f.schedule.Now(pageJob) // readers should not see the short text first
	}
	if offline, sure := p.Offline(); sure {
		f.noteNetwork(ctx, offline)
	}
	return r.Held.IsZero() && !r.Stopped
}

// noteNetwork says once that the network is gone, and once that it is back;
// then all that was missed is polled.
func (f *follower) noteNetwork(ctx context.Context, offline bool) {
	if f.offline.Swap(offline) == offline {
		return
	}
	if offline {
		f.log.Warn("no network: nothing can be reached, trying every minute")
		return
	}
	f.log.Info("network is back")
	f.failed("hubs not excused", f.store.ExcuseHubs(ctx, time.Now()))
	f.pollDue(ctx)
}

// spec returns the schedule of a Source. One that is polled by its own rhythm is
// looked at as often as that may want it, and asked when its time has come.
func (s sourceConfig) spec() schedule.Spec {
	if s.Adaptive() {
		return mustParse("@every " + feed.MinInterval.String())
	}
	return mustParse(s.Schedule)
}

// timed returns the Source with the times of its schedule, if it has one.
func (s sourceConfig) timed() feed.Source {
	src := s.Source
	if !s.Adaptive() {
		src.Times = s.spec().For(s.Name, s.Zone).Next
	}
	return src
}

// retry tries one Source, another each minute, while there is no network: the
// next that may be asked.
func (f *follower) retry(ctx context.Context) {
	p, sources := f.present()
	if offline, _ := p.Offline(); !offline || len(sources) == 0 {
		return
	}
	for range sources {
		f.mu.Lock()
		f.tried++
		src := sources[f.tried%len(sources)]
		f.mu.Unlock()
		if f.poll(ctx, src.timed()) || ctx.Err() != nil {
			return
		}
	}
}

// pollDue runs the polls that were missed, or never made, each as soon as it may
// be: a restart polls nothing early and nothing twice.
func (f *follower) pollDue(ctx context.Context) {
	_, sources := f.present()
	now := time.Now()
	for _, s := range sources {
		state, err := f.store.State(ctx, s.Name, time.Time{})
		if err != nil {
			f.log.Error("state not read", "source", s.Name, "err", err)
			continue
		}
		due := state.Offline || f.schedule.Due(s.Name, state.LastFetch, now)
		switch {
		case !due || state.Stopped:
		case state.NextFetch.After(now):
			f.schedule.At(s.Name, state.NextFetch)
		default:
			f.schedule.Now(s.Name)
		}
	}
}

// next returns when a Source is polled next, and what decided that: as was
// decided after its last poll, else at its schedule's next time.
func (f *follower) next(s feed.SourceStatus, now time.Time) (time.Time, feed.Reason) {
	if s.State == "stopped" || s.NextFetch.After(now) {
		return s.NextFetch, s.NextReason
	}
	return f.schedule.Next(s.Name, now), feed.BySchedule
}

// nextPoll returns when one of some Sources is polled next, as far as schedules
// tell. What is soon enough is not looked at closer: one of a thousand always is.
func (f *follower) nextPoll(sources []string, now time.Time) time.Time {
	var first time.Time
	for _, name := range sources {
		next := f.schedule.Next(name, now)
		if !next.IsZero() && (first.IsZero() || next.Before(first)) {
			first = next
		}
		if !first.IsZero() && first.Sub(now) < 30*time.Second {
			break
		}
	}
	return first
}
