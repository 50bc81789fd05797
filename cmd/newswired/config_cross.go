package main

import (
	"cmp"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"

	"newswired/feed/filter"
)

// This file checks what only several values together can tell.

// least is the shortest interval at which a stranger's server may be asked.
const least = time.Minute

// crossCheck reports what is wrong between values that are right each on its
// own. A value that could not be read is empty here and reported already.
func (r *reader) crossCheck(c *config, root *yaml.Node, keys map[string]*yaml.Node) {
	r.something(root, keys["sources"], len(c.Sources), "no sources: nothing would be polled; add one under sources")
	r.something(root, keys["feeds"], len(c.Feeds), "no feeds: nothing would be published; add one under feeds, for example - name: all")
	r.unique(c)
	r.intervals(c, keys["schedule"])
	r.secrets(c)
	r.callbacks(c, keys)
	r.listener(c, keys)
	r.contradictions(c.Rulings)
	var names []string
	for _, s := range c.Sources {
		names = append(names, s.Name)
	}
	for i := range c.Feeds {
		r.about = describeFeed(c.Feeds[i].Name)
		r.known(r.feedAt[i]["sources"], names)
		r.known(r.feedAt[i]["prefer"], names)
		r.about = ""
	}
}

// describeFeed is the beginning of a message about a Feed, "" if it has no name.
func describeFeed(name string) string {
	if name == "" {
		return ""
	}
	return "feed \"" + name + "\": "
}

// something reports an empty or missing list; one that cannot be read was
// reported already.
func (r *reader) something(root, list *yaml.Node, length int, text string) {
	switch {
	case length > 0:
	case list == nil:
		r.wrong(root, "%s", text)
	case absent(list) || list.Kind == yaml.SequenceNode:
		r.wrong(list, "%s", text)
	}
}

// unique reports Sources and Feeds that cannot be told apart.
func (r *reader) unique(c *config) {
	names, urls, feeds := make(map[string]*yaml.Node), make(map[string]*yaml.Node), make(map[string]*yaml.Node)
	for i, s := range c.Sources {
		r.twice(names, s.Name, r.sourceAt[i]["name"], "two sources are called "+s.Name+", the other in line %d; rename one")
		r.twice(urls, sameURL(s.URL), r.sourceAt[i]["url"], "source \""+s.Name+"\": this URL is polled already by the source in line %d; remove one")
	}
	for i, f := range c.Feeds {
		r.twice(feeds, f.Name, r.feedAt[i]["name"], "two feeds are called "+f.Name+", the other in line %d; rename one")
	}
}

// twice reports at both places.
func (r *reader) twice(seen map[string]*yaml.Node, what string, n *yaml.Node, format string) {
	if what == "" || n == nil {
		return
	}
	first := seen[what]
	if first == nil {
		seen[what] = n
		return
	}
	r.wrong(n, format, first.Line)
}

// sameURL returns what two URLs of one document have in common. Polling one
// document twice would be no harm to us, but one to its publisher.
//
//	HTTPS://A.Example:443/rss/    https://a.example:/rss
//	https://a.example/rss         https://a.example:/rss
//	http://a.example/rss          http://a.example:/rss
//	https://a.example/rss?n=2     https://a.example:/rss?n=2
func sameURL(text string) string {
	u, err := url.Parse(text)
	if err != nil || text == "" {
		return ""
	}
	host, port := strings.ToLower(u.Hostname()), u.Port()
	if u.Scheme == "http" && port == "80" || u.Scheme == "https" && port == "443" {
		port = ""
	}
	u.Host = strings.TrimSuffix(host, ".") + ":" + port
	u.Path, u.RawPath = strings.TrimRight(u.Path, "/"), strings.TrimRight(u.RawPath, "/")
	return u.String()
}

// intervals reports Sources that would be asked too often. One's own machine
// and networks may be asked at any pace. A schedule that is common to all is
// reported where it stands, and for the first Source that cannot have it.
func (r *reader) intervals(c *config, common *yaml.Node) {
	for i, s := range c.Sources {
		u, err := url.Parse(s.URL)
		spec := cmp.Or(s.Schedule, c.Schedule)
		if err != nil || s.URL == "" || spec == "" || ours(u.Hostname(), c.AllowNetworks) {
			continue
		}
		shortest, err := r.check(spec)
		if err != nil || shortest >= least {
			continue
		}
		at := r.sourceAt[i]["schedule"]
		if s.Schedule == "" {
			at = common
		}
		r.wrong(at, "source %q: schedule %q comes every %v, %s is the shortest for a server of others; write for example \"@every 5m\"",
			s.Name, spec, shortest, spell(least))
	}
}

// secrets reports credentials that everybody on the way could read, and those
// that two keys give.
func (r *reader) secrets(c *config) {
	for i, s := range c.Sources {
		u, err := url.Parse(s.URL)
		if err != nil || s.Credential == "" {
			continue
		}
		at := r.sourceAt[i]["credential"]
		if u.Scheme == "http" && !ours(u.Hostname(), c.AllowNetworks) {
			r.wrong(at, "source %q: the credential would go over the network in clear; use an https:// url", s.Name)
		}
		if s.Headers["Authorization"] != "" {
			r.wrong(at, "source %q: both a credential and an Authorization field in headers; remove one of the two", s.Name)
		}
	}
}

// callbacks reports that hubs are to be subscribed to, or to read our feeds, that
// cannot reach us, and that we are to ping ourselves.
func (r *reader) callbacks(c *config, keys map[string]*yaml.Node) {
	const add = "; add for example base_url: https://news.example.org"
	if keys["base_url"] == nil || absent(keys["base_url"]) {
		if c.WebSub != nil && *c.WebSub {
			r.wrong(keys["websub"], "websub: true, but no base_url at which hubs reach us"+add)
		}
		if c.Hub {
			r.wrong(keys["hub"], "hub: true, but no base_url at which subscribers reach it"+add)
		}
		if len(c.Hubs) > 0 {
			r.wrong(keys["hubs"], "hubs, but no base_url at which they find our feeds"+add)
		}
		return
	}
	for i, hub := range c.Hubs {
		if hub == c.BaseURL+"/hub" {
			r.wrong(keys["hubs"].Content[i], "this is newswired's own hub; write hub: true instead, it knows of changes by itself")
		}
	}
}

// listener reports what is missing for those who are to reach us.
func (r *reader) listener(c *config, keys map[string]*yaml.Node) {
	if strings.HasPrefix(c.Listen, "unix:") && (keys["base_url"] == nil || absent(keys["base_url"])) {
		r.wrong(keys["listen"], "a unix socket, but no base_url at which readers reach the proxy before it; add for example base_url: https://news.example.org")
	}
	switch {
	case c.TLS.Certificate != "" && c.TLS.Key == "":
		r.wrong(keys["tls_certificate"], "a certificate, but no tls_key; add for example tls_key: /etc/newswired/tls/privkey.pem")
	case c.TLS.Certificate == "" && c.TLS.Key != "":
		r.wrong(keys["tls_key"], "a key, but no tls_certificate; add for example tls_certificate: /etc/newswired/tls/fullchain.pem")
	}
}

// ours reports whether a host is this machine or in a network that was allowed
// by name.
func ours(host string, allowed []netip.Prefix) bool {
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	if err != nil {
		return false
	}
	ip = ip.Unmap()
	return ip.IsLoopback() || slices.ContainsFunc(allowed, func(p netip.Prefix) bool { return p.Contains(ip) })
}

// known reports names in a list that no Source has.
func (r *reader) known(list *yaml.Node, names []string) {
	if list == nil || list.Kind != yaml.SequenceNode {
		return
	}
	if len(list.Content) == 0 {
		r.wrong(list, "the list is empty; remove the key to take all sources, or name some")
	}
	for _, item := range list.Content {
		item = resolve(item)
		// west/yonhap is what comes by the newswired west as its source yonhap.
		relay, _, _ := strings.Cut(item.Value, "/")
		if item.Kind != yaml.ScalarNode || slices.Contains(names, relay) {
			continue
		}
		if near := filter.Nearest(item.Value, names); near != "" {
			r.wrong(item, "unknown source %q, did you mean %q?", item.Value, near)
		} else {
			r.wrong(item, "unknown source %q; there are %s", item.Value, someOf(names))
		}
	}
}

// someOf lists names, but not a hundred of them.
func someOf(names []string) string {
	const most = 8
	if len(names) > most {
		names = append(slices.Clone(names[:most]), "...")
	}
	if len(names) == 0 {
		return "none"
	}
	return strings.Join(names, ", ")
}
