package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"time"

	"newswired/feed"
	"newswired/feed/filter"
	"newswired/feed/web/limit"
)

// A config is what config.yaml says, checked and with every default in its
// place. A reload makes a new one; nothing in it ever changes.
type config struct {
	Listen        string         // host:port, or unix: and the path of a socket
	MetricsListen string         // likewise, where metrics are told; "": nowhere
	TLS           tlsFiles       // empty: plain HTTP
	Limits        limit.Limits   // of clients
	BaseURL       string         // how readers reach us, without a slash at the end
	Database      string         // file; a relative one counts from the working directory
	Contact       string         // for the User-Agent; may be ""
	Zone          *time.Location // of pages and logs
	Schedule      string         // of Sources that have none of their own
	Retention     time.Duration  // of Sources that have none of their own
	MaxSize       int64          // of the database, in bytes; 0: no bound
	HostPause     time.Duration  // between two requests to one host:port; may be 0
	PageBudget    int            // pages of Articles that may be asked of one host:port in a day
	Timeout       time.Duration  // for one poll
	MaxBody       int64          // bytes, decoded
	AllowNetworks []netip.Prefix
	Credentials   string         // folder of credentials; may be ""
	WebSub        *bool          // whether hubs may be subscribed to; nil only before finish
	Hubs          []string       // URLs of hubs of others that are told of changes
	Hub           bool           // whether we are a hub ourselves
	Watch         bool           // whether a change of the file is taken over by itself
	OnAlert       []string       // a command and its arguments; empty: none
	AlertAfter    time.Duration  // how long a Source fails until that is an Alert
	Rulings       []feed.Ruling  // pairs of pages that are ruled to be one report, or not
	Sources       []sourceConfig // at least one, names and URLs unique
	Feeds         []feedConfig   // at least one, names unique
}

// A sourceConfig is a Source as its section says it.
type sourceConfig struct {
	feed.Source
	Retention time.Duration // 0: the common one
}

// A feedConfig is a Feed and what decides about its Entries.
type feedConfig struct {
	feed.Feed
	filter.Lists
	Filter *filter.Filter
	Access []string // names of credentials of which one opens it; nil: it is open to everybody

	accessAt []place // where each of them is named
}

// A scheduleChecker reads a schedule and returns the shortest gap between two
// of its times. Package fetcher/schedule has the one that counts.
type scheduleChecker func(spec string) (shortest time.Duration, err error)

// loadConfig reads a configuration file. The error lists every mistake in it,
// one a line, in the order of their places.
func loadConfig(name string, check scheduleChecker) (*config, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("read configuration: %w", err)
	}
	c, err := parseConfig(name, data, check)
	if err != nil {
		return nil, err
	}
	c.Database = target(c.Database)
	return c, nil
}

// target follows a file's symbolic links, whether there is a file at their end or not:
// SQLite has its files beside that, and by two names two daemons would hold two locks.
func target(name string) string {
	for range 40 { // as many as Linux follows
		to, err := os.Readlink(name)
		if err != nil {
			break
		}
		if !filepath.IsAbs(to) {
			to = filepath.Dir(name) + string(filepath.Separator) + to // not cleaned: the folder may be a link, too
		}
		name = to
	}
	return name
}

// findConfig returns the file to read: what was asked for, else the first that
// is there of those that are read without being asked.
func findConfig(asked string) (string, error) {
	if asked != "" {
		return asked, nil
	}
	var places []string
	// systemd gives several directories as a list; ours is the first.
	if dir, _, _ := strings.Cut(os.Getenv("CONFIGURATION_DIRECTORY"), string(os.PathListSeparator)); dir != "" {
		places = append(places, filepath.Join(dir, "config.yaml"))
	}
	places = append(places, "config.yaml", filepath.FromSlash("/etc/newswired/config.yaml"))
	for _, place := range places {
		// What is there but cannot be read is an error of its own, for
		// which another file would be a bad answer.
		if _, err := os.Stat(place); !errors.Is(err, fs.ErrNotExist) {
			return place, nil
		}
	}
	return "", fmt.Errorf("no configuration: looked for %s; name one with -c FILE", strings.Join(places, ", "))
}

// defaultDatabase is in the directory that systemd keeps for us, else here.
func defaultDatabase() string {
	dir, _, _ := strings.Cut(os.Getenv("STATE_DIRECTORY"), string(os.PathListSeparator))
	return filepath.Join(dir, "newswired.db")
}

// judge returns the Judge of all Feeds, in their order. The Story is prepared
// anew in each call, hence several goroutines may call it.
func (c *config) judge() feed.Judge {
	rules := make([]*filter.Rule, len(c.Feeds))
	for i := range c.Feeds {
		rules[i] = c.Feeds[i].rule()
	}
	return func(s *feed.Story) []feed.Verdict {
		subject := filter.Prepare(s)
		verdicts := make([]feed.Verdict, len(rules))
		for i, rule := range rules {
			verdicts[i] = rule.Judge(subject)
		}
		return verdicts
	}
}

// rule returns what decides whether Stories belong to a Feed.
func (f *feedConfig) rule() *filter.Rule { return filter.NewRule(f.Lists, f.Filter) }

// written writes down all that decides about a Feed's Entries in one way only: a
// different text means that every Story has to be judged again.
func (f *feedConfig) written() string {
	text := f.rule().String()
	if f.Settle > 0 {
		text += "\nsettle: " + spell(f.Settle)
	}
	if f.MaxPerHour > 0 {
		text += fmt.Sprintf("\nmax_per_hour: %d", f.MaxPerHour)
	}
	return text
}

// keepPlace takes from the former configuration what only a start can change.
func (c *config) keepPlace(former *config) {
	byAddress := c.BaseURL == c.ownURL()
	if c.metricsOnMain() {
		c.MetricsListen = former.Listen
	}
	if c.TLS.on() != former.TLS.on() {
		c.TLS = former.TLS
	}
	c.Listen, c.Database = former.Listen, former.Database
	if byAddress {
		c.BaseURL = c.ownURL()
	}
}

// ownURL is how a browser on this machine reaches us, unless it is by a socket.
func (c *config) ownURL() string {
	if c.TLS.on() {
		return "https://" + reachable(c.Listen)
	}
	return "http://" + reachable(c.Listen)
}

// finish fills in the defaults that depend on other values.
func (c *config) finish() {
	if c.WebSub == nil {
		written := c.BaseURL != "" // else hubs could not reach us
		c.WebSub = &written
	}
	if c.BaseURL == "" {
		c.BaseURL = c.ownURL()
	}
	for i := range c.Sources {
		s := &c.Sources[i]
		s.Outlet = cmp.Or(s.Outlet, s.Name)
		s.Chosen = s.Schedule != "" && !s.Adaptive()
		s.Schedule = cmp.Or(s.Schedule, c.Schedule)
	}
	for i := range c.Feeds {
		c.Feeds[i].Title = cmp.Or(c.Feeds[i].Title, c.Feeds[i].Name)
	}
}
