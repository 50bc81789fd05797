package feed

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// Canonical returns the form of an http or https URL under which it is
// compared with others, or "" for anything else. It is for comparing, not for
// fetching. What does not count:
//
//	http://www.example.com:80/a/?utm_source=rss#top
//	https://example.com/a                             the same: scheme, www, port, slash, tracking, fragment
//	https://example.com/a?b=2&a=1                     the same as ?a=1&b=2
//	https://example.com/#!/a/7                        another: such a fragment is a path
//	https://example.com/A                             another: paths keep their case
//	https://example.com/a?id=7                        another: an unknown parameter may name the page
//
// Canonical(Canonical(u)) is Canonical(u): what is taken off may lay bare more
// of its kind, so it is done until nothing changes. An URL that never settles
// is none.
func Canonical(link string) string {
	for range 4 {
		next := canonicalOnce(link)
		if next == link {
			return link
		}
		link = next
	}
	return ""
}

// canonicalOnce takes off once what does not count; "" for what is no http or
// https URL with a host.
func canonicalOnce(link string) string {
	u, err := url.Parse(strings.TrimSpace(link))
	if err != nil || u.Host == "" || u.Opaque != "" {
		return ""
	}
	scheme := strings.ToLower(u.Scheme)
	if scheme != "http" && scheme != "https" {
		return ""
	}
	host := strings.TrimRight(strings.ToLower(u.Hostname()), ".")
	// The point must not be the only one: www.com is a host of its own.
	for strings.HasPrefix(host, "www.") && strings.Count(host, ".") > 1 {
		host = host[len("www."):]
	}
	if host == "" {
		return ""
	}
	// Hostname has taken the brackets off an IPv6 address.
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	port := u.Port()
	if port != "" && !(scheme == "http" && port == "80") && !(scheme == "https" && port == "443") {
		host += ":" + port
	}
	path := strings.TrimRight(u.EscapedPath(), "/")
	// Some publishers escape letters that need no escape, and others don't.
	if plain, err := url.PathUnescape(path); err == nil {
		path = strings.TrimRight((&url.URL{Path: plain}).EscapedPath(), "/")
	}
	if query := identifying(host, u.RawQuery); query != "" {
		path += "?" + query
	}
	if route := u.EscapedFragment(); strings.HasPrefix(route, "!") || strings.HasPrefix(route, "/") {
		path += "#" + route // a page of an application that has but one path
	}
	return "https://" + host + path
}

// identifying returns the parameters of a query that may name the page,
// sorted.
func identifying(host, query string) string {
	if query == "" {
		return ""
	}
	keep := slices.DeleteFunc(strings.Split(escaped(query), "&"), func(pair string) bool {
		name, value, _ := strings.Cut(pair, "=")
		return pair == "" || tracks(host, strings.ToLower(name), strings.ToLower(value))
	})
	slices.Sort(keep)
	return strings.Join(slices.Compact(keep), "&")
}

// escaped writes spaces and what is not ASCII as escapes, as some publishers do
// and others don't.
func escaped(query string) string {
	if plainASCII(query) && !strings.Contains(query, " ") {
		return query
	}
	var b strings.Builder
	for i := range len(query) {
		if c := query[i]; c == ' ' || c >= 0x80 {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// tracks reports whether a query parameter only tells where a reader came
// from.
func tracks(host, name, value string) bool {
	for _, prefix := range trackingPrefixes {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	if slices.Contains(trackingNames, name) {
		return true
	}
	if slices.Contains(channelNames, name) && (strings.HasPrefix(value, "rss") || strings.HasPrefix(value, "feed")) {
		return true
	}
	for _, h := range hostNames {
		if (host == h.host || strings.HasSuffix(host, "."+h.host)) && slices.Contains(h.names, name) {
			return true
		}
	}
	return false
}

// Parameters that trackers add, whatever their value.
var (
	trackingPrefixes = []string{"utm_", "at_", "mtm_", "pk_", "hsa_", "ns_"}
	trackingNames    = []string{
		"fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "igshid",
		"mc_cid", "mc_eid", "_ga", "_gl", "cmpid", "cmp", "ocid", "smid", "xtor", "spm", "wt.mc_id",
		"ito", "icid", "ncid", "sr_share", "taid", "traffic_source",
	}
	// Parameters that name a channel only if their value says so: ref=rss does,
	// ref=42 may be the page.
	channelNames = []string{"ref", "source", "src", "from", "input", "partner", "emc", "via", "medium", "campaign", "rss"}
)

// Parameters that name the way to a page at one publisher only: Yonhap's
// channels link one page as ?section=news and as ?section=nk/news, Google
// News adds its own version.
var hostNames = []struct {
	host  string
	names []string
}{
	{"yna.co.kr", []string{"section", "site", "input"}},
	{"news.google.com", []string{"oc", "hl", "gl", "ceid"}},
	{"bbc.com", []string{"xtor", "traffic_source"}},
}
