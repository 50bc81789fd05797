package main

import (
	"net"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"newswired/feed"
)

// hostForm is a name of a host, as far as its characters tell.
var hostForm = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$`)

// address reads host:port, or unix: and the path of a socket. No host means all
// addresses of the machine, port 0 one that is free.
func (r *reader) address(n *yaml.Node) string {
	text := r.text(n, "127.0.0.1:8080")
	if path, ok := strings.CutPrefix(text, "unix:"); ok {
		// The system keeps 108 bytes for it, of some 104.
		if path == "" || path[0] != '/' || len(path) > 100 {
			r.wrong(n, "%q is not a socket to listen on; write unix: and a path from / on, of at most 100 bytes, for example unix:/run/newswired/http.sock", text)
			return ""
		}
		return text
	}
	host, port, err := net.SplitHostPort(text)
	if err == nil {
		_, ip := netip.ParseAddr(host)
		_, err = strconv.ParseUint(port, 10, 16)
		if err == nil && (host == "" || ip == nil || hostForm.MatchString(host)) {
			return text
		}
	}
	if n.Kind == yaml.ScalarNode {
		r.wrong(n, "%q is not an address to listen on; write host:port, for example 127.0.0.1:8080, or unix:/run/newswired/http.sock", text)
	}
	return ""
}

// reachable returns a listening address as a browser on this machine needs it.
func reachable(listen string) string {
	host, port, _ := net.SplitHostPort(listen)
	if ip, err := netip.ParseAddr(host); host == "" || err == nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return net.JoinHostPort(host, port)
}

// hubs reads a list of URLs, each of another hub.
func (r *reader) hubs(n *yaml.Node) []string {
	var all []string
	for _, item := range r.list(n, "[https://hub.example/]") {
		hub := r.url(resolve(item), "https://hub.example/")
		if slices.Contains(all, hub) && hub != "" {
			r.wrong(item, "this hub is in the list already; remove one of the two")
		}
		all = append(all, hub)
	}
	return all
}

// url reads an http or https address, and returns it in ASCII, as it is asked for:
// https://뉴스.example/ is https://xn--vg1b002a.example/. The fragment goes: it is never
// sent.
func (r *reader) url(n *yaml.Node, example string) string {
	text := r.text(n, example)
	if n.Kind != yaml.ScalarNode {
		return ""
	}
	u, err := url.Parse(text)
	switch {
	case err != nil:
		r.wrong(n, "%q is not a URL; write for example %s", text, example)
	case u.Scheme != "http" && u.Scheme != "https":
		r.wrong(n, "%q does not begin with https:// or http://; write the whole address", text)
	case u.Hostname() == "":
		r.wrong(n, "%q has no host; write for example %s", text, example)
	case u.User != nil:
		r.wrong(n, "a URL must not carry a password, for it is shown to everybody; use the key credential")
	case !portIsFine(u.Port()):
		r.wrong(n, "%q has a port beyond 65535; correct it", text)
	default:
		u.Fragment = ""
		address := feed.Absolute("", u.String())
		if address == "" {
			r.wrong(n, "%q is no host that there can be; write for example %s", u.Hostname(), example)
		}
		return address
	}
	return ""
}

// portIsFine reports whether a port is absent or one that there can be, which
// net/url does not check.
func portIsFine(port string) bool {
	_, err := strconv.ParseUint(port, 10, 16)
	return port == "" || err == nil
}

// networks reads a list of networks or single addresses.
func (r *reader) networks(n *yaml.Node) []netip.Prefix {
	var list []netip.Prefix
	for _, item := range r.list(n, "[127.0.0.0/8]") {
		item = resolve(item)
		if prefix, err := netip.ParsePrefix(item.Value); err == nil {
			list = append(list, prefix.Masked())
		} else if ip, err := netip.ParseAddr(item.Value); err == nil && ip.Zone() == "" {
			list = append(list, netip.PrefixFrom(ip, ip.BitLen()))
		} else {
			r.wrong(item, "%s is not a network; write address/bits, for example 127.0.0.0/8", kindOf(item))
		}
	}
	return list
}
