package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"runtime"
	"sync/atomic"
	"syscall"
	"time"

	"newswired/cmd/newswired/metrics"
	"newswired/feed/web"
	"newswired/feed/web/limit"
	"newswired/fetcher"
	"newswired/fetcher/schedule"
	"newswired/fetcher/websub"
	"newswired/store"
)

// A server is newswired at work: the corridor that polls, the one that serves,
// and the database between them.
type server struct {
	app    *app
	log    *slog.Logger
	config *config
	store  *store.Store
	lock   *lock
	poller *fetcher.Poller
	push   *websub.Subscriber
	follow *follower
	site   *web.Site
	gate   *limit.Gate
	keys   *keyPair
	http   *http.Server
	socket net.Listener
	served chan error // what one of the servers ended with

	metrics *metrics.Metrics
	scraped *metricsServer               // nil: metrics have no listener of their own
	shown   atomic.Pointer[config]       // the one at work, for who scrapes
	counts  atomic.Pointer[store.Counts] // as of the last minute; nil before
}

// stopTime is how long requests that are being answered may take to end.
const stopTime = 10 * time.Second

// lastCall is how long requests may take to come in on connections that were
// accepted: http.Server drops those that it has not read when its Shutdown begins.
const lastCall = 250 * time.Millisecond

// cores is how many we may keep busy, by the machine or by our cgroup.
var cores = runtime.GOMAXPROCS(0) // as it was before serve makes it more

// spare is how many goroutines may run beyond one for each core while we serve. Go
// looks whether the network has something only when there is nothing else to run, or
// every 10 ms: with as many goroutines as cores, reading and recording what was
// polled keep all busy, and requests wait. With some to spare there is mostly one
// that waits for the network, and the system gives it its part of the cores. Two are
// enough, for an edition may be rendered beside. A limit of our cgroup that changes
// later is not followed.
const spare = 2

// serve serves until ctx ends.
func (a *app) serve(ctx context.Context) error {
	name, c, err := a.config()
	if err != nil {
		return err
	}
	if os.Getenv("GOMAXPROCS") == "" {
		runtime.GOMAXPROCS(cores + spare)
	}
	log := newLogger(a.stderr, a.verbose, c.Zone)
	slog.SetDefault(log) // for what net/http says past us
	reload := make(chan os.Signal, 1)
	signal.Notify(reload, syscall.SIGHUP) // first: without it, the signal ends us
	defer signal.Stop(reload)
	file := watch(name) // before the start, which may take its time
	d, err := a.start(ctx, c, log)
	if err != nil {
		return err
	}
	if !isJournal(a.stderr) { // which no person watches
		a.greet(c)
	}
	status := time.NewTicker(time.Minute)
	defer status.Stop()
	look := time.NewTicker(watchInterval)
	defer look.Stop()
	beat, stopBeat := watchdog()
	defer stopBeat()
	d.notify(ctx, "READY=1")
	for {
		select {
		case <-ctx.Done():
			log.Info("stopping")
			return d.stop()
		case err := <-d.served:
			return errors.Join(err, d.stop())
		case <-reload:
			file = watch(name) // what is read now is no change later
			d.reload(ctx, name)
		case <-look.C:
			if d.config.Watch && file.changed() {
				d.reload(ctx, name)
			}
		case <-status.C:
			if d.follow.schedule.Realign(time.Now()) {
				log.Warn("the clock was set back, schedules reckoned anew")
			}
			d.notify(ctx, "")
		case <-beat:
			d.feedWatchdog(ctx)
		}
	}
}

// start listens first, so that a taken address is an error of the start, then
// opens the database, and only then polls.
func (a *app) start(ctx context.Context, c *config, log *slog.Logger) (_ *server, err error) {
	d := &server{app: a, log: log, config: c, served: make(chan error, 2), metrics: metrics.New(version())}
	listener, err := a.listen(c.Listen)
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w; is another newswired running, or should config.yaml say another address?", c.Listen, err)
	}
	var scraped net.Listener
	defer func() {
		if err != nil {
			closeAll(listener, scraped)
			d.lock.release()
		}
	}()
	if scraped, err = d.listenMetrics(c); err != nil {
		return nil, err
	}
	if d.keys, err = newKeyPair(c, log); err != nil {
		return nil, err
	}
	if d.lock, err = takeLock(c.Database); err != nil {
		return nil, err
	}
	if d.store, err = openInTime(ctx, c, log); err != nil {
		return nil, err
	}
	if err := d.store.ExcuseHubs(ctx, time.Now()); err != nil {
		return nil, errors.Join(err, d.store.Close())
	}
	d.poller = a.newPoller(c, meter{d.store, d.metrics}, log)
	d.push = websub.New(d.store, c.pushSetup(d.poller), log)
	d.serveOn(listener)
	d.metrics.Watch(d.facts)
	d.serveMetrics(c, scraped)
	d.follow.configure(ctx, c, d.poller)
	d.follow.schedule.Start()
	log.Info("started", "listen", listener.Addr(), "database", c.Database, "sources", len(c.Sources), "feeds", len(c.Feeds))
	return d, nil
}

// serveOn answers requests from now on.
func (d *server) serveOn(listener net.Listener) {
	d.shown.Store(d.config)
	d.follow = &follower{store: d.store, pages: meter{d.store, d.metrics}, name: d.config.Database, log: d.log, schedule: schedule.New(d.log), push: d.push}
	d.follow.alerts = &alerter{store: d.store, log: d.log, look: (&lookout{follow: d.follow}).look}
	d.gate = limit.New(d.config.limits(d.log), d.log)
	d.site = web.New(library{d.store, d.follow, time.Now()}, d.siteConfig(d.config), d.log)
	d.follow.site = d.site
	d.http, d.socket = web.Server(d.site, d.gate, d.log), listener
	d.http.Handler = d.metrics.Served(d.http.Handler) // outside of the gate, to count whom it turns away
	serve := d.http.Serve
	if d.http.TLSConfig = d.keys.tls(); d.http.TLSConfig != nil {
		serve = func(l net.Listener) error { return d.http.ServeTLS(l, "", "") }
	}
	go func() {
		if err := serve(d.gate.Listener(listener)); !errors.Is(err, http.ErrServerClosed) && !errors.Is(err, net.ErrClosed) {
			d.served <- fmt.Errorf("serve: %w", err)
		}
	}()
}

// siteConfig returns what the pages need of a configuration.
func (d *server) siteConfig(c *config) web.Config {
	return web.Config{
		BaseURL:  c.BaseURL,
		Feeds:    c.feeds(),
		Status:   statusFeed(),
		Access:   c.access(d.log),
		Zone:     c.Zone,
		Version:  version(),
		NextPoll: func(feed string) time.Time { return d.follow.nextPoll(c.readBy(feed), time.Now()) },
		Push:     d.push,
		WebSub:   web.WebSub{Hubs: c.Hubs, Own: c.Hub, Store: meter{d.store, d.metrics}, Client: d.poller, Asker: d.gate.Asker},
		Probes:   d.probes(c.metricsOnMain()),
		Rendered: d.metrics.Rendered,
	}
}

// stop ends in the reverse order of the start, and waits at each step.
func (d *server) stop() error {
	notifySystemd("STOPPING=1")
	d.follow.schedule.Stop()
	d.socket.Close() // who comes now waits for the next of us, if systemd holds the socket
	d.http.SetKeepAlivesEnabled(false)
	time.Sleep(lastCall)
	ctx, cancel := context.WithTimeout(context.Background(), stopTime)
	defer cancel()
	if err := d.http.Shutdown(ctx); err != nil {
		d.log.Warn("slow readers cut off", "after", stopTime)
		d.http.Close() // whoever still reads is the cause
	}
	d.stopMetrics(ctx)
	d.site.Close()
	d.push.Close()
	d.poller.Close()
	return errors.Join(d.store.Close(), d.lock.release())
}

// closeAll closes listeners that nobody will serve on; some may be nil.
func closeAll(all ...net.Listener) {
	for _, l := range all {
		if l != nil {
			l.Close()
		}
	}
}

// greet tells a person where to subscribe. What opens a private feed is not shown.
func (a *app) greet(c *config) {
	fmt.Fprintf(a.stdout, "newswired %s is at %s/\nSubscribe in a feed reader to\n", version(), c.BaseURL)
	for _, f := range c.Feeds {
		private := ""
		if f.Access != nil {
			private = " (private)"
		}
		fmt.Fprintf(a.stdout, "  %s/feeds/%s.atom  %s%s\n", c.BaseURL, f.Name, f.Title, private)
	}
}
