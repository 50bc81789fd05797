package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"newswired/cmd/newswired/metrics"
	"newswired/feed"
	"newswired/feed/web"
	"newswired/feed/web/limit"
	"newswired/store"
)

// A meter is the store, and counts what is recorded in it: each poll, delivery,
// page and telling ends there, whoever made it.
type meter struct {
	*store.Store
	metrics *metrics.Metrics
}

// Record counts a poll, or what a hub delivered.
func (m meter) Record(ctx context.Context, p feed.Poll) (feed.Recorded, error) {
	done, err := m.Store.Record(ctx, p)
	m.metrics.Poll(&p, done, err)
	return done, err
}

// RecordPage counts the page of an Article.
func (m meter) RecordPage(ctx context.Context, f feed.PageFetch) error {
	err := m.Store.RecordPage(ctx, f)
	m.metrics.Page(&f, err)
	return err
}

// NoteSubscriber counts what our hub delivered.
func (m meter) NoteSubscriber(ctx context.Context, s feed.Subscriber) error {
	m.metrics.Subscriber(&s)
	return m.Store.NoteSubscriber(ctx, s)
}

// NotePing counts what a hub of others was told.
func (m meter) NotePing(ctx context.Context, p feed.Ping) error {
	m.metrics.Ping(&p)
	return m.Store.NotePing(ctx, p)
}

// facts returns what is told at each scrape.
func (d *server) facts(ctx context.Context) (metrics.Facts, error) {
	now := time.Now()
	v, err := d.store.Vitals(ctx, now)
	if err != nil {
		return metrics.Facts{}, err
	}
	f := metrics.Facts{Vitals: v, Offline: d.follow.offline.Load(), Unwritten: d.follow.unwritten.Load()}
	f.PollsDue, f.PollsLate = d.follow.late(v.Sources, now)
	if n := d.counts.Load(); n != nil {
		f.StoredArticles, f.StoredStories, f.PagesDue = n.Articles, n.Stories, n.PagesDue
	}
	if c := d.shown.Load(); c.metricsOnMain() { // where strangers may ask, too
		public := c.public()
		f.Hidden = func(feed string) bool { return !public[feed] } // one that another process configured, too
	}
	return f, nil
}

// late returns how many polls are late, and how late the one is that waits longest.
// A Source that was never polled is due since it was configured.
func (f *follower) late(all []feed.SourceVitals, now time.Time) (n int, most time.Duration) {
	f.mu.Lock()
	since := f.since
	f.mu.Unlock()
	for _, s := range all {
		due := since
		if !s.LastFetch.IsZero() {
			due = f.schedule.Next(s.Name, s.LastFetch)
		}
		if s.NextFetch.After(due) {
			due = s.NextFetch
		}
		if s.State == "stopped" || due.IsZero() || !due.Before(now) {
			continue
		}
		n, most = n+1, max(most, now.Sub(due))
	}
	return n, most
}

// metricsOnMain reports whether metrics are told where the feeds are.
func (c *config) metricsOnMain() bool { return c.MetricsListen == c.Listen }

// ownMetrics returns where metrics have a listener of their own; "" for nowhere.
func (c *config) ownMetrics() string {
	if c.metricsOnMain() {
		return ""
	}
	return c.MetricsListen
}

// public returns the names of the Feeds that are not private.
func (c *config) public() map[string]bool {
	names := make(map[string]bool)
	for _, f := range c.Feeds {
		names[f.Name] = f.Access == nil
	}
	return names
}

// probes returns what answers machines that watch us, with metrics or without.
func (d *server) probes(withMetrics bool) web.Probes {
	p := web.Probes{
		Alive: func() error {
			err := d.alive(context.Background())
			if d.bearable(err) {
				return nil
			}
			return err
		},
		Ready: func() error { return d.ready(context.Background()) },
	}
	if withMetrics {
		p.Metrics = d.metrics.Handler(d.log)
	}
	return p
}

// A metricsServer is the listener that metrics have for themselves.
type metricsServer struct {
	http *http.Server
	at   string // as configured
}

// monitors is how many connections it takes: a few monitors ask there.
const monitors = 20

// listenMetrics listens where a configuration wants metrics by themselves. It is nil if
// that is nowhere, or where we listen already.
func (d *server) listenMetrics(c *config) (net.Listener, error) {
	at := c.ownMetrics()
	if at == "" || d.scraped != nil && d.scraped.at == at {
		return nil, nil
	}
	l, err := listenAt(at)
	if err != nil {
		return nil, fmt.Errorf("metrics_listen: %s: %w; another address, or listen's own, may be free", at, err)
	}
	return l, nil
}

// serveMetrics answers monitors on what listenMetrics returned, and no longer where
// it did before. Plain HTTP: it is for this machine, or a network one trusts.
func (d *server) serveMetrics(c *config, l net.Listener) {
	at := c.ownMetrics()
	if d.scraped != nil && d.scraped.at != at {
		d.stopMetrics(context.Background())
	}
	if l == nil {
		return
	}
	gate := limit.New(limit.Limits{Connections: monitors}, d.log)
	d.scraped = &metricsServer{web.Server(d.probes(true), gate, d.log), at}
	d.log.Info("metrics are told", "metrics_listen", l.Addr())
	go func(s *http.Server) {
		if err := s.Serve(gate.Listener(l)); !errors.Is(err, http.ErrServerClosed) && !errors.Is(err, net.ErrClosed) {
			d.served <- fmt.Errorf("serve metrics: %w", err)
		}
	}(d.scraped.http)
}

// stopMetrics ends the listener of metrics, if there is one.
func (d *server) stopMetrics(ctx context.Context) {
	if d.scraped == nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	if d.scraped.http.Shutdown(ctx) != nil {
		d.scraped.http.Close()
	}
	d.scraped = nil
}
