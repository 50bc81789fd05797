package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"time"
)

// reload reads the configuration again. A bad one is refused, and the old one
// goes on.
func (d *server) reload(ctx context.Context, name string) {
	reloading()
	defer d.notify(ctx, "READY=1")
	c, scraped, err := d.readAgain(ctx, name)
	if ctx.Err() != nil {
		closeAll(scraped)
		return // we are stopping, which is no fault of the file
	}
	d.metrics.Reloaded(err == nil, time.Now())
	d.follow.refused.Store(err != nil)
	if err != nil {
		d.log.Error("configuration refused, the old one goes on", "file", name, "err", err)
		return
	}
	if c.Listen != d.config.Listen || c.Database != d.config.Database || c.TLS.on() != d.config.TLS.on() {
		d.log.Warn("listen, database and whether TLS is spoken change at the next start only", "listen", d.config.Listen, "database", d.config.Database, "tls", d.config.TLS.on())
		c.keepPlace(d.config)
	}
	if c.Zone.String() != d.config.Zone.String() {
		d.log.Warn("pages change their timezone now, the log at the next start", "timezone", c.Zone)
	}
	// The new Poller shares turns and what is known of the network with the former,
	// which polls under way still have: no host is asked twice at a time.
	former := d.poller
	d.config, d.poller = c, former.With(d.app.pollOptions(c))
	d.push.Configure(c.pushSetup(d.poller))
	d.follow.configure(ctx, c, d.poller)
	former.Close()
	d.site.Configure(d.siteConfig(c))
	d.gate.Configure(c.limits(d.log))
	d.shown.Store(c)
	d.serveMetrics(c, scraped)
	d.keys.configure(c)
	d.log.Info("configuration reloaded", "file", name, "sources", len(c.Sources), "feeds", len(c.Feeds))
}

// readAgain reads the configuration, tries what it needs, and hands it to the
// database. The listener is that of metrics, if it needs another than there is.
func (d *server) readAgain(ctx context.Context, name string) (c *config, scraped net.Listener, err error) {
	// A pipe, as secrets are handed over by, may be read once: to wait for more would
	// hold up SIGTERM as well.
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() {
		return nil, nil, fmt.Errorf("%s is not a file that can be read again; restart newswired, or put the configuration into a file", name)
	}
	if c, err = loadConfig(name, shortest); err != nil {
		return nil, nil, err
	}
	if c.TLS.on() {
		if _, _, err = c.readTLS(time.Now()); err != nil {
			return nil, nil, err
		}
	}
	if scraped, err = d.listenMetrics(c); err != nil {
		return nil, nil, err
	}
	// Last, for it cannot be taken back: what is refused must change nothing.
	if err = configure(ctx, d.store, c); err != nil {
		closeAll(scraped)
		return nil, nil, err
	}
	return c, scraped, nil
}
