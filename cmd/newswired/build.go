package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/netip"
	"net/url"
	"os"
	"strings"
	"time"

	"newswired/feed"
	"newswired/fetcher"
	"newswired/fetcher/page"
	"newswired/fetcher/websub"
	"newswired/store"
)

// openStore opens the database of a configuration, creates it if it is not
// there, and tells it the Sources and Feeds.
func openStore(ctx context.Context, c *config) (*store.Store, error) {
	st, err := store.Open(ctx, c.Database, tagHost(c.BaseURL), time.Now())
	if err != nil {
		return nil, err
	}
	if err := configure(ctx, st, c); err != nil {
		st.Close() // the error that matters is the first
		return nil, err
	}
	return st, nil
}

// openStored opens the database of a configuration to look into it, as it is.
// There must be one; a file of an older version is brought up to date first.
func openStored(ctx context.Context, c *config) (*store.Store, error) {
	switch _, err := os.Stat(c.Database); {
	case errors.Is(err, fs.ErrPermission):
		return nil, fmt.Errorf("database: %w; whoever is to read it has to be in the group of its folder, with the package: adduser NAME newswired", err)
	case err != nil:
		return nil, fmt.Errorf("no database yet: %w; start newswired, or run: newswired poll", err)
	}
	return store.Open(ctx, c.Database, "", time.Now())
}

// configure tells a database what a configuration says. Two processes may do so
// in turn, a daemon and a poll on the command line; the last one counts.
func configure(ctx context.Context, st *store.Store, c *config) error {
	now := time.Now()
	if err := st.Configure(ctx, c.sources(), c.feeds(), c.judge(), now); err != nil {
		return err
	}
	return st.ConfigureRulings(ctx, c.Rulings, now) // last, for it judges by what was just configured
}

// sources returns the Sources without what only the scheduler needs.
func (c *config) sources() []feed.Source {
	all := make([]feed.Source, len(c.Sources))
	for i, s := range c.Sources {
		all[i] = s.Source
	}
	return all
}

// feeds returns the Feeds without what only the judge needs, in the order of its
// verdicts.
func (c *config) feeds() []feed.Feed {
	all := make([]feed.Feed, len(c.Feeds))
	for i, f := range c.Feeds {
		all[i] = f.Feed
	}
	return all
}

// tagHost returns the host of base_url if it is a name that can be ours
// (RFC 4151), else "".
func tagHost(base string) string {
	u, err := url.Parse(base)
	if err != nil || !strings.Contains(u.Hostname(), ".") {
		return ""
	}
	if _, err := netip.ParseAddr(u.Hostname()); err == nil {
		return ""
	}
	return u.Hostname()
}

// newPoller returns the Poller of a configuration.
func (a *app) newPoller(c *config, st fetcher.Recorder, log *slog.Logger) *fetcher.Poller {
	return fetcher.New(st, a.pollOptions(c), log)
}

// newPager returns the Pager of a configuration for some of its Sources.
func newPager(c *config, p *fetcher.Poller, st fetcher.PageStore, sources []sourceConfig) *fetcher.Pager {
	all := make([]feed.Source, len(sources))
	for i, s := range sources {
		all[i] = s.Source
	}
	return fetcher.NewPager(p, st, page.Read, all, c.PageBudget)
}

// pollOptions returns how a configuration wants Sources to be asked.
func (a *app) pollOptions(c *config) fetcher.Options {
	return fetcher.Options{
		UserAgent: userAgent(c.Contact),
		Timeout:   c.Timeout,
		MaxBody:   c.MaxBody,
		HostPause: c.HostPause,
		Allow:     c.AllowNetworks,
		Readers:   cores,
		Dial:      a.dial,

		Credential: c.credential,
	}
}

// pushSetup returns how a configuration wants hubs to be subscribed to.
func (c *config) pushSetup(p *fetcher.Poller) websub.Setup {
	setup := websub.Setup{
		Sources: make(map[string]feed.Source, len(c.Sources)), Poller: p, MaxBody: c.MaxBody,
		Ours: func(host string) bool { return ours(host, c.AllowNetworks) },
	}
	if *c.WebSub {
		setup.Base = c.BaseURL
	}
	for _, s := range c.Sources {
		setup.Sources[s.Name] = s.Source
	}
	return setup
}

// userAgent names us and tells how to reach the operator (RFC 9110 section
// 10.1.5).
func userAgent(contact string) string {
	product := "newswired/" + strings.Trim(version(), "()")
	if contact == "" {
		return product
	}
	return fmt.Sprintf("%s (+%s)", product, contact)
}

// openInTime opens the database, and waits for as long as its disk has no room or
// another program has locked it: to end would be to be started again and again,
// until systemd gives up.
func openInTime(ctx context.Context, c *config, log *slog.Logger) (*store.Store, error) {
	for said := false; ; said = true {
		st, err := openStore(ctx, c)
		if !errors.Is(err, store.ErrNoRoom) && !errors.Is(err, store.ErrLocked) || ctx.Err() != nil {
			return st, err
		}
		if !said {
			log.Error("cannot start yet, trying every ten seconds", "err", err)
		}
		select {
		case <-ctx.Done():
			return nil, err
		case <-time.After(10 * time.Second):
		}
	}
}
