package feed

import (
	"net/url"
	"slices"
	"strings"
)

// A Push is what a Source says of who tells of its news without being asked
// (WebSub section 4). The zero value is nobody.
type Push struct {
	Hubs  []string `json:"hubs,omitempty"`  // absolute URLs in the Source's order, each once
	Topic string   `json:"topic,omitempty"` // the URL by which they know its Document (rel=self)
}

// maxHubs is how many hubs of a Source are remembered.
const maxHubs = 8

// AddHub adds a hub, unless it is there or is no address of the web.
func (p *Push) AddHub(hub string) {
	if isWeb(hub) && len(p.Hubs) < maxHubs && !slices.Contains(p.Hubs, hub) {
		p.Hubs = append(p.Hubs, hub)
	}
}

// SetTopic makes a URL the topic. The first that is an address of the web
// counts.
func (p *Push) SetTopic(topic string) {
	if p.Topic == "" && isWeb(topic) {
		p.Topic = topic
	}
}

// Or returns p, and what other says where p is silent: the Link fields of an
// answer come before the links of its Document (WebSub section 4).
func (p Push) Or(other Push) Push {
	if len(p.Hubs) == 0 {
		p.Hubs = other.Hubs
	}
	if p.Topic == "" {
		p.Topic = other.Topic
	}
	return p
}

// isWeb reports whether a URL is one that we may ask.
func isWeb(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && u.User == nil && u.Fragment == ""
}

// Usable returns the hubs that may be subscribed to from a callback. Ours tells
// whether a host is this machine, or in a network that the configuration
// allows.
//
//	https hub                               yes
//	http hub that is ours                   yes
//	http hub, of a topic on http            yes, without a secret
//	http hub, of a topic on https           no: anybody on the way could write the news
//	a callback on this machine, other hubs  no: they could not reach it
func (p Push) Usable(callback string, ours func(host string) bool) []string {
	var all []string
	for _, hub := range p.Hubs {
		u, err := url.Parse(hub)
		if err != nil {
			continue // unreachable: AddHub let it in
		}
		at := ours(u.Hostname())
		safe := u.Scheme == "https" || at || strings.HasPrefix(p.Topic, "http:")
		if c, err := url.Parse(callback); err == nil && safe && (at || !ours(c.Hostname())) {
			all = append(all, hub)
		}
	}
	return all
}

// Confidential reports whether a hub may be told a secret (WebSub section
// 5.1.1): only over https, or if it is ours.
func Confidential(hub string, ours func(host string) bool) bool {
	u, err := url.Parse(hub)
	return err == nil && (u.Scheme == "https" || ours(u.Hostname()))
}
