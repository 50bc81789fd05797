package fetcher

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"newswired/feed"
)

// A PageStore is what a Pager needs of a store.
type PageStore interface {
	// PageHosts returns the hosts (host:port) of which pages may be asked for.
	PageHosts(ctx context.Context, budget int, now time.Time) ([]string, error)
	// ClaimPage returns a page of a host that is to be fetched now, and counts it
	// against the budget; nil if there is none of these Sources.
	ClaimPage(ctx context.Context, host string, sources []string, budget int, now time.Time) (*feed.PageDue, error)
	// RecordPage writes what came of asking for it, whole or not at all.
	RecordPage(ctx context.Context, f feed.PageFetch) error
	// Robots returns the robots.txt of an origin as it was last had.
	Robots(ctx context.Context, origin string) (feed.RobotsFile, error)
	// RecordRobots writes it.
	RecordRobots(ctx context.Context, origin string, f feed.RobotsFile) error
}

// A PageReader reads the page of an Article, as pages.Read does: what is not to be
// kept is refused with a *pages.RefusedError.
type PageReader func(body []byte, contentType, url string, src feed.Source) (feed.Page, error)

// A Pager fetches the pages of Articles by the rules of polls: one request at a
// time for each host, with the pause between two, over the same client. It asks
// robots.txt first. Nothing in it changes.
type Pager struct {
	poller  *Poller
	store   PageStore
	read    PageReader
	sources map[string]feed.Source // that want full text, by name
	names   []string
	budget  int
	log     *slog.Logger
}

// NewPager returns a Pager for the Sources that want full text. No more than
// budget pages are asked of a host:port in a day, UTC.
func NewPager(p *Poller, store PageStore, read PageReader, sources []feed.Source, budget int) *Pager {
	g := &Pager{poller: p, store: store, read: read, sources: make(map[string]feed.Source), budget: budget, log: p.log}
	for _, s := range sources {
		if s.FullText {
			g.sources[s.Name] = s
			g.names = append(g.names, s.Name)
		}
	}
	return g
}

// PageCount counts pages by what became of them.
type PageCount struct {
	Kept      int `json:"kept"`      // had anew
	Unchanged int `json:"unchanged"` // as they were before
	Failed    int `json:"failed"`    // for whatever reason
}

// pagesAtOnce is of how many hosts pages are fetched at a time: a part of the
// polls that may go on at a time, so that these never wait for pages for long.
const pagesAtOnce = polls / 4

// lookAgain is how often it is looked for further hosts while some are asked.
const lookAgain = 10 * time.Second

// Run fetches pages until none may be asked for now, or a time has come; the zero
// time is never. What fails is recorded: the error is one of ours, with the store
// or the context.
func (g *Pager) Run(ctx context.Context, until time.Time) (sum PageCount, err error) {
	asked, idle := make(map[string]bool), make(map[string]bool) // hosts that are asked now; that had nothing for us
	done := make(chan hostRun)
	look := time.NewTicker(lookAgain)
	defer look.Stop()
	for {
		var hosts []string
		offline, _ := g.poller.Offline() // whether it is over, polls find out
		over := offline || ctx.Err() != nil || err != nil || len(g.names) == 0 || !until.IsZero() && !time.Now().Before(until)
		if !over {
			hosts, err = g.store.PageHosts(ctx, g.budget, time.Now())
		}
		for _, host := range hosts {
			if !asked[host] && !idle[host] && len(asked) < pagesAtOnce {
				asked[host] = true
				go func() { done <- g.host(ctx, host, until) }()
			}
		}
		if len(asked) == 0 {
			return sum, err
		}
		select {
		case r := <-done:
			delete(asked, r.host)
			idle[r.host] = r.PageCount == PageCount{}
			sum.Kept, sum.Unchanged, sum.Failed = sum.Kept+r.Kept, sum.Unchanged+r.Unchanged, sum.Failed+r.Failed
			err = errors.Join(err, r.err)
		case <-look.C:
		}
	}
}

// A hostRun is what came of asking a host for pages, one after another.
type hostRun struct {
	PageCount
	host string
	err  error
}

// host fetches the pages of a host until there is none for now.
func (g *Pager) host(ctx context.Context, host string, until time.Time) hostRun {
	r := hostRun{host: host}
	for until.IsZero() || time.Now().Before(until) {
		f, delay, err := g.next(ctx, host)
		if err != nil || f == nil {
			r.err = err
			return r
		}
		switch {
		case f.Page != nil:
			r.Kept++
		case f.Kind == feed.OK:
			r.Unchanged++
		default:
			r.Failed++
		}
		if f.Kind == feed.Offline || sleep(ctx, delay) != nil {
			return r
		}
	}
	return r
}

// next fetches one page of a host and records what came of it; nil if there is
// none for now. The delay is what robots.txt wants between two.
func (g *Pager) next(ctx context.Context, host string) (f *feed.PageFetch, delay time.Duration, err error) {
	v := &visit{p: g.poller}
	defer v.end()
	if err := v.to(ctx, "http://"+host); err != nil {
		return nil, 0, err
	}
	due, err := g.store.ClaimPage(ctx, host, g.names, g.budget, time.Now())
	if err != nil || due == nil {
		return nil, 0, err
	}
	p := &pageVisit{Pager: g, visit: v, due: due, src: g.sources[due.Source]}
	f = p.fetch(ctx)
	if ctx.Err() != nil {
		return nil, 0, ctx.Err() // it is asked for again by whoever runs then
	}
	if err := p.record(ctx, f); err != nil {
		return nil, 0, err
	}
	g.logPage(due, f)
	return f, p.delay, nil
}

// logPage says when the pages of a host begin to fail. What becomes of each is
// for debugging: the view pages has it.
func (g *Pager) logPage(due *feed.PageDue, f *feed.PageFetch) {
	log := g.log.With("source", due.Source, "url", f.URL, "status", f.Status, "took", f.Took.Round(time.Millisecond))
	switch {
	case f.HostDown == 1 && due.HostFailures == 0:
		log.Warn("pages of a host fail", "host", f.Host, "kind", f.Kind, "err", f.Error, "next", f.HostNext.Format(time.RFC3339))
	case f.Kind != feed.OK:
		log.Debug("page failed", "kind", f.Kind, "err", f.Error)
	case f.Page == nil:
		log.Debug("page not modified")
	default:
		log.Debug("page kept", "bytes", len(f.Page.Text))
	}
}
