package main

import (
	"fmt"
	"net/netip"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"

	"newswired/feed"
	"newswired/feed/filter"
	"newswired/feed/web/limit"
)

// A key of a mapping in config.yaml and how its value is read. The tables below
// are all the keys there are; config.yaml, which is their manual, shows each
// of them once.
type key[T any] struct {
	name string
	read func(*reader, *yaml.Node, *T)
}

// topKeys are the keys of the file itself. A reader is a function of its own,
// so that the node is at hand when its value turns out to be wrong; the bounds
// and the example that a message shows stand beside the key.
func topKeys() []key[config] {
	return []key[config]{
		{"listen", func(r *reader, n *yaml.Node, c *config) { c.Listen = r.address(n) }},
		{"tls_certificate", func(r *reader, n *yaml.Node, c *config) {
			c.TLS.Certificate, c.TLS.at = r.text(n, "/etc/newswired/tls/fullchain.pem"), place{n.Line, n.Column}
		}},
		{"tls_key", func(r *reader, n *yaml.Node, c *config) { c.TLS.Key = r.text(n, "/etc/newswired/tls/privkey.pem") }},
		{"trusted_proxies", func(r *reader, n *yaml.Node, c *config) { c.Limits.Trusted = r.networks(n) }},
		{"proxy_header", func(r *reader, n *yaml.Node, c *config) { c.Limits.ProxyHeader = r.fieldName(n, "X-Forwarded-For") }},
		{"max_connections", func(r *reader, n *yaml.Node, c *config) { c.Limits.Connections = r.number(n, 10, 1_000_000) }},
		{"max_client_connections", func(r *reader, n *yaml.Node, c *config) { c.Limits.ClientConnections = r.number(n, 0, 1_000_000) }},
		{"max_client_requests", func(r *reader, n *yaml.Node, c *config) { c.Limits.ClientRequests = r.number(n, 0, 1_000_000) }},
		{"metrics_listen", func(r *reader, n *yaml.Node, c *config) { c.MetricsListen = r.address(n) }},
		{"base_url", func(r *reader, n *yaml.Node, c *config) {
			c.BaseURL = strings.TrimRight(r.url(n, "https://news.example.org"), "/")
			if strings.Contains(c.BaseURL, "?") {
				r.wrong(n, "%q has a query, and paths are put behind it; write it without", c.BaseURL)
			}
		}},
		{"database", func(r *reader, n *yaml.Node, c *config) { c.Database = r.text(n, "newswired.db") }},
		{"contact", func(r *reader, n *yaml.Node, c *config) { c.Contact = r.contact(n) }},
		{"timezone", func(r *reader, n *yaml.Node, c *config) { c.Zone = r.zone(n) }},
		{"schedule", func(r *reader, n *yaml.Node, c *config) { c.Schedule = r.schedule(n) }},
		{"retention", func(r *reader, n *yaml.Node, c *config) {
			c.Retention = r.duration(n, "400d", time.Hour, 100*365*24*time.Hour)
		}},
		{"max_size", func(r *reader, n *yaml.Node, c *config) { c.MaxSize = r.size(n, "2GiB", 16<<20, 1<<44) }},
		{"host_pause", func(r *reader, n *yaml.Node, c *config) { c.HostPause = r.duration(n, "1s", 0, time.Hour) }},
		{"page_budget", func(r *reader, n *yaml.Node, c *config) { c.PageBudget = r.number(n, 1, 100_000) }},
		{"timeout", func(r *reader, n *yaml.Node, c *config) { c.Timeout = r.duration(n, "30s", time.Second, time.Hour) }},
		{"max_body", func(r *reader, n *yaml.Node, c *config) { c.MaxBody = r.size(n, "10MiB", 1<<10, 1<<30) }},
		{"allow_networks", func(r *reader, n *yaml.Node, c *config) { c.AllowNetworks = r.networks(n) }},
		{"credentials", func(r *reader, n *yaml.Node, c *config) { c.Credentials = r.text(n, "/etc/newswired/credentials") }},
		{"websub", func(r *reader, n *yaml.Node, c *config) { c.WebSub = new(r.truth(n)) }},
		{"hubs", func(r *reader, n *yaml.Node, c *config) { c.Hubs = r.hubs(n) }},
		{"hub", func(r *reader, n *yaml.Node, c *config) { c.Hub = r.truth(n) }},
		{"watch", func(r *reader, n *yaml.Node, c *config) { c.Watch = r.truth(n) }},
		{"on_alert", func(r *reader, n *yaml.Node, c *config) { c.OnAlert = r.command(n) }},
		{"alert_after", func(r *reader, n *yaml.Node, c *config) {
			c.AlertAfter = r.duration(n, "24h", time.Minute, 30*24*time.Hour)
		}},
		{"same", func(r *reader, n *yaml.Node, c *config) { c.Rulings = append(c.Rulings, r.rulings(n, true)...) }},
		{"different", func(r *reader, n *yaml.Node, c *config) { c.Rulings = append(c.Rulings, r.rulings(n, false)...) }},
		{"sources", func(r *reader, n *yaml.Node, c *config) { c.Sources = r.sources(n) }},
		{"feeds", func(r *reader, n *yaml.Node, c *config) { c.Feeds = r.feeds(n) }},
	}
}

// sourceKeys are the keys of a Source. Sources that share settings repeat them,
// or take single values by an alias; a section is easier to move or remove that
// way.
func sourceKeys() []key[sourceConfig] {
	return []key[sourceConfig]{
		{"name", func(r *reader, n *yaml.Node, s *sourceConfig) { s.Name = r.name(n) }},
		{"url", func(r *reader, n *yaml.Node, s *sourceConfig) { s.URL = r.url(n, "https://en.yna.co.kr/RSS/news.xml") }},
		{"outlet", func(r *reader, n *yaml.Node, s *sourceConfig) { s.Outlet = r.text(n, "The Korea Herald") }},
		{"agency", func(r *reader, n *yaml.Node, s *sourceConfig) { s.Agency = r.text(n, "Yonhap") }},
		{"language", func(r *reader, n *yaml.Node, s *sourceConfig) { s.Language = r.language(n) }},
		{"timezone", func(r *reader, n *yaml.Node, s *sourceConfig) { s.Zone = r.zone(n) }},
		{"schedule", func(r *reader, n *yaml.Node, s *sourceConfig) { s.Schedule = r.schedule(n) }},
		{"charset", func(r *reader, n *yaml.Node, s *sourceConfig) { s.Charset = r.charset(n) }},
		{"user_agent", func(r *reader, n *yaml.Node, s *sourceConfig) {
			s.UserAgent = r.fieldValue(n, "newswired (example.org)")
		}},
		{"headers", func(r *reader, n *yaml.Node, s *sourceConfig) { s.Headers = r.headers(n) }},
		{"credential", func(r *reader, n *yaml.Node, s *sourceConfig) { s.Credential = r.name(n) }},
		{"full_text", func(r *reader, n *yaml.Node, s *sourceConfig) { s.FullText = r.truth(n) }},
		{"retention", func(r *reader, n *yaml.Node, s *sourceConfig) {
			s.Retention = r.duration(n, "30d", time.Hour, 100*365*24*time.Hour)
		}},
		{"websub", func(r *reader, n *yaml.Node, s *sourceConfig) { s.NoPush = !r.truth(n) }},
		{"relay", func(r *reader, n *yaml.Node, s *sourceConfig) {
			s.Relay = r.oneOf(n, feed.RelayAlways, feed.RelayNever)
		}},
	}
}

// feedKeys are the keys of a Feed. Whether the Sources that it names are there
// is known only when all are read: see crossCheck.
func feedKeys() []key[feedConfig] {
	return []key[feedConfig]{
		{"name", func(r *reader, n *yaml.Node, f *feedConfig) { f.Name = r.name(n) }},
		{"title", func(r *reader, n *yaml.Node, f *feedConfig) { f.Title = r.text(n, "North Korea watch") }},
		{"description", func(r *reader, n *yaml.Node, f *feedConfig) { f.Description = r.text(n, "What the wires say") }},
		{"language", func(r *reader, n *yaml.Node, f *feedConfig) { f.Language = r.language(n) }},
		{"sources", func(r *reader, n *yaml.Node, f *feedConfig) { f.Sources = r.names(n) }},
		{"languages", func(r *reader, n *yaml.Node, f *feedConfig) { f.Languages = r.languages(n) }},
		{"categories", func(r *reader, n *yaml.Node, f *feedConfig) { f.Categories = r.texts(n, "[Economy, 경제]") }},
		{"include", func(r *reader, n *yaml.Node, f *feedConfig) { f.Include = r.phrases(n) }},
		{"exclude", func(r *reader, n *yaml.Node, f *feedConfig) { f.Exclude = r.phrases(n) }},
		{"stem", func(r *reader, n *yaml.Node, f *feedConfig) { f.Stem = r.oneOf(n, "true", "false") == "true" }},
		{"filter", func(r *reader, n *yaml.Node, f *feedConfig) { f.Filter = r.filter(n) }},
		{"prefer", func(r *reader, n *yaml.Node, f *feedConfig) { f.Prefer = r.names(n) }},
		{"min_outlets", func(r *reader, n *yaml.Node, f *feedConfig) { f.MinOutlets = r.number(n, 1, 100) }},
		{"min_origins", func(r *reader, n *yaml.Node, f *feedConfig) { f.MinOrigins = r.number(n, 1, 100) }},
		{"settle", func(r *reader, n *yaml.Node, f *feedConfig) { f.Settle = r.duration(n, "5m", 0, 7*24*time.Hour) }},
		{"max_per_hour", func(r *reader, n *yaml.Node, f *feedConfig) { f.MaxPerHour = r.number(n, 0, 10_000) }},
		{"limit", func(r *reader, n *yaml.Node, f *feedConfig) { f.Limit = r.number(n, 1, 1000) }},
		{"content", func(r *reader, n *yaml.Node, f *feedConfig) { f.Summary = r.oneOf(n, "full", "summary") == "summary" }},
		{"access", func(r *reader, n *yaml.Node, f *feedConfig) { f.Access, f.accessAt = r.access(n) }},
	}
}

// defaults are the values of keys that are absent or left empty. Those of
// Sources and Feeds stand where these are read, and what depends on other
// values is filled in by finish.
func defaults() *config {
	return &config{
		Listen:     "127.0.0.1:8080",
		Limits:     limit.Limits{Connections: 2000, ClientConnections: 100, ClientRequests: 50, Trusted: thisMachine, ProxyHeader: "X-Forwarded-For"},
		Database:   defaultDatabase(),
		Zone:       time.Local,
		Schedule:   "@every 10m",
		Retention:  400 * 24 * time.Hour,
		HostPause:  time.Second,
		PageBudget: 500,
		Timeout:    30 * time.Second,
		MaxBody:    10 << 20,
		AlertAfter: 24 * time.Hour,
	}
}

// thisMachine is where a proxy mostly runs that is not named.
var thisMachine = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}

// sources reads the list of Sources. The nodes of their values are kept for the
// checks between them.
func (r *reader) sources(n *yaml.Node) []sourceConfig {
	var list []sourceConfig
	for i, item := range r.list(n, "a line that begins with - name: yonhap") {
		s := sourceConfig{Source: feed.Source{Zone: time.UTC}}
		r.about = describe("source", i, item)
		keys := readMapping(r, item, "a source", sourceKeys(), &s)
		r.require(item, keys, "name", "name: yonhap")
		r.require(item, keys, "url", "url: https://en.yna.co.kr/RSS/news.xml")
		r.about = ""
		list = append(list, s)
		r.sourceAt = append(r.sourceAt, keys)
	}
	return list
}

// feeds reads the list of Feeds. A Filter that does not compile leaves none
// behind; nothing is judged before the file is free of mistakes.
func (r *reader) feeds(n *yaml.Node) []feedConfig {
	var list []feedConfig
	for i, item := range r.list(n, "a line that begins with - name: all") {
		f := feedConfig{Feed: feed.Feed{Limit: 100}, Lists: filter.Lists{MinOutlets: 1, MinOrigins: 1}}
		f.Filter, _ = filter.Compile("") // passes everything
		r.about = describe("feed", i, item)
		keys := readMapping(r, item, "a feed", feedKeys(), &f)
		r.require(item, keys, "name", "name: all")
		if access := keys["access"]; access != nil && absent(access) {
			r.closedTo(access) // the one default that would tell strangers what was private
		}
		r.about = ""
		f.Rule = f.written()
		list = append(list, f)
		r.feedAt = append(r.feedAt, keys)
	}
	return list
}

// describe names a Source or Feed as a person would: by its name if it can be
// read, else by its number.
func describe(what string, i int, item *yaml.Node) string {
	if item = resolve(item); item.Kind == yaml.MappingNode {
		for k := 0; k+1 < len(item.Content); k += 2 {
			value := resolve(item.Content[k+1])
			if item.Content[k].Value == "name" && value.Kind == yaml.ScalarNode && value.Value != "" {
				return fmt.Sprintf("%s %q: ", what, value.Value)
			}
		}
	}
	return fmt.Sprintf("%s %d: ", what, i+1)
}
