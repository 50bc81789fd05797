package main

import (
	"fmt"
	"net"
	"net/mail"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"

	"newswired/feed"
)

// This file reads values that have a form of their own.

var (
	nameForm = regexp.MustCompile(`^[a-z0-9][a-z0-9-]*$`)
	hostForm = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$`)
	notName  = regexp.MustCompile(`[^a-z0-9]+`)
)

// name reads the name of a Source or Feed. A Feed's is part of its address.
func (r *reader) name(n *yaml.Node) string {
	name := r.text(n, "yonhap")
	if n.Kind != yaml.ScalarNode || nameForm.MatchString(name) {
		return name
	}
	slug := strings.Trim(notName.ReplaceAllString(strings.ToLower(name), "-"), "-")
	if slug == "" {
		slug = "yonhap"
	}
	r.wrong(n, "a name has only lower-case letters a-z, digits and dashes; write for example %s", slug)
	return name
}

// names reads a list of names of Sources; that they exist is checked later.
func (r *reader) names(n *yaml.Node) []string {
	names := []string{}
	for _, item := range r.list(n, "[yonhap, korea-herald]") {
		if item = resolve(item); item.Kind == yaml.ScalarNode {
			names = append(names, item.Value)
		} else {
			r.wrong(item, "the name of a source is expected here, not %s", kindOf(item))
		}
	}
	return names
}

// access reads the names of credentials that open a Feed. An empty list would
// close it to everybody, or open it, depending on who reads it. What is no name
// may be a secret, and is not repeated.
func (r *reader) access(n *yaml.Node) (names []string, at []place) {
	for _, item := range r.list(n, "[kim, newsroom]") {
		item = resolve(item)
		if item.Kind != yaml.ScalarNode || !nameForm.MatchString(item.Value) {
			r.wrong(item, "the name of a credential is expected here: lower-case letters a-z, digits and dashes; the secret itself stands in the file of that name")
		}
		names, at = append(names, item.Value), append(at, place{item.Line, item.Column})
	}
	if n.Kind == yaml.SequenceNode && len(names) == 0 {
		r.wrong(n, "the list is empty; remove the key to publish the feed for everybody, or name credentials that open it")
	}
	return names, at
}

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

// url reads an http or https address. The fragment goes: it is never sent.
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
		return u.String()
	}
	return ""
}

// portIsFine reports whether a port is absent or one that there can be, which
// net/url does not check.
func portIsFine(port string) bool {
	_, err := strconv.ParseUint(port, 10, 16)
	return port == "" || err == nil
}

// contact reads where the operator can be reached; it stands in a header.
func (r *reader) contact(n *yaml.Node) string {
	text := r.fieldValue(n, "https://example.org/about")
	if _, err := mail.ParseAddress(text); err == nil || text == "" {
		return text
	}
	if u, err := url.Parse(text); err == nil && (u.Host != "" && strings.HasPrefix(u.Scheme, "http") || u.Scheme == "mailto") {
		return text
	}
	r.wrong(n, "%q is neither a URL nor a mail address; write for example https://example.org/about", text)
	return ""
}

// schedule reads when to poll, or that the Source's rhythm decides; how short it may be depends on the Source and
// is checked later.
func (r *reader) schedule(n *yaml.Node) string {
	text := r.text(n, `"@every 10m"`)
	if n.Kind != yaml.ScalarNode {
		return ""
	}
	if _, err := r.check(text); err != nil && text != feed.Auto {
		r.wrong(n, "schedule %q: %v", text, err)
		return ""
	}
	return text
}

// duration reads a Go duration that may also have days and weeks: 1w2d12h.
func (r *reader) duration(n *yaml.Node, example string, least, most time.Duration) time.Duration {
	text := r.text(n, example)
	if n.Kind != yaml.ScalarNode {
		return 0
	}
	d, err := parseDuration(text)
	switch {
	case err != nil:
		r.wrong(n, "%q is not a duration; write a number with a unit, for example %s (units: ms, s, m, h, d, w)", text, example)
	case d < least || d > most:
		r.wrong(n, "%s is out of bounds; write something from %s to %s, for example %s", text, spell(least), spell(most), example)
	default:
		return d
	}
	return 0
}

var longUnits = regexp.MustCompile(`(\d+)([dw])`)

// parseDuration reads what time.ParseDuration does, and days and weeks.
//
//	400d       9600h
//	1w2d12h    228h
//	1.5h       1h30m
//	400        no duration: there is no unit
func parseDuration(text string) (time.Duration, error) {
	tooLong := false
	hours := longUnits.ReplaceAllStringFunc(text, func(part string) string {
		count, err := strconv.Atoi(part[:len(part)-1])
		tooLong = tooLong || err != nil || count > 100_000
		if strings.HasSuffix(part, "w") {
			count *= 7
		}
		return strconv.Itoa(count*24) + "h"
	})
	if tooLong {
		return 0, fmt.Errorf("%s is too long", text)
	}
	return time.ParseDuration(hours)
}

// spell writes a duration as people would in the configuration.
func spell(d time.Duration) string {
	const day = 24 * time.Hour
	if d >= day && d%day == 0 {
		return fmt.Sprintf("%dd", d/day)
	}
	text := d.String() // 1h0m0s
	if strings.HasSuffix(text, "m0s") {
		text = strings.TrimSuffix(text, "0s")
	}
	if strings.HasSuffix(text, "h0m") {
		text = strings.TrimSuffix(text, "0m")
	}
	return text
}

var sizeForm = regexp.MustCompile(`^(\d{1,12}) ?(B|[kK]i?B|Mi?B|Gi?B)?$`)

var units = map[string]int64{
	"": 1, "B": 1, "KB": 1e3, "MB": 1e6, "GB": 1e9, "KIB": 1 << 10, "MIB": 1 << 20, "GIB": 1 << 30,
}

// size reads a number of bytes. Units of 1000 and of 1024 are told apart as
// IEC 80000-13 does: 1 KB is 1000, 1 KiB is 1024.
func (r *reader) size(n *yaml.Node, example string, least, most int64) int64 {
	text := r.text(n, example)
	if n.Kind != yaml.ScalarNode {
		return 0
	}
	m := sizeForm.FindStringSubmatch(text)
	if m == nil {
		r.wrong(n, "%q is not a size; write for example %s (units: B, KiB, MiB, GiB)", text, example)
		return 0
	}
	count, _ := strconv.ParseInt(m[1], 10, 64) // at most 12 digits
	unit := units[strings.ToUpper(m[2])]
	if count < (least+unit-1)/unit || count > most/unit {
		r.wrong(n, "%s is out of bounds; write something from %d KiB to %d MiB, for example %s", text, least>>10, most>>20, example)
		return 0
	}
	return count * unit
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
