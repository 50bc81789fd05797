package feed

import (
	"net/url"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// Absolute returns ref, which may be relative to base, as an absolute http or
// https URL in ASCII, or "" for anything else: javascript:, data:, mailto:, a
// host that cannot be one. Letters beyond ASCII become percent signs in path,
// query and fragment (RFC 3987 section 3.1), and Punycode in the host. A name
// and a password are dropped: they are nobody's business, or a false host for
// the eye (https://bank.example@evil.example/).
func Absolute(base, ref string) string {
	u := parseURL(ref)
	if u == nil || ref == "" {
		return ""
	}
	if u.Scheme == "" {
		b := parseURL(base)
		if b == nil {
			return ""
		}
		u = b.ResolveReference(u)
	}
	u.User = nil // also the base's
	if u.Scheme != "http" && u.Scheme != "https" || u.Opaque != "" || !asciiHost(u) {
		return ""
	}
	u.RawQuery = escapeQuery(u.RawQuery)
	return u.String()
}

// parseURL is url.Parse, less the white space and control characters that
// browsers ignore too, and with lone percent signs taken for themselves.
func parseURL(s string) *url.URL {
	s = strings.TrimSpace(s)
	if strings.IndexFunc(s, isControl) >= 0 || !utf8.ValidString(s) {
		s = strings.Map(func(r rune) rune {
			if isControl(r) {
				return -1
			}
			return r
		}, s)
	}
	u, err := url.Parse(s)
	if err != nil && strings.Contains(s, "%") {
		u, err = url.Parse(escapePercent(s))
	}
	if err != nil {
		return nil
	}
	return u
}

// isControl reports whether r is a C0 or C1 control character or delete.
func isControl(r rune) bool { return r < 0x20 || r >= 0x7f && r < 0xa0 }

// escapePercent escapes the percent signs that escape nothing: "100%-sure".
func escapePercent(s string) string {
	var b strings.Builder
	for i := range len(s) {
		b.WriteByte(s[i])
		if s[i] == '%' && !(i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2])) {
			b.WriteString("25")
		}
	}
	return b.String()
}

// isHex reports whether c can follow a percent sign.
func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f'
}

// asciiHost turns the host of u into ASCII, and tells whether it can be one.
// net/url lets through quotes and angle brackets, which would break out of
// HTML, and would write a Korean host with percent signs.
func asciiHost(u *url.URL) bool {
	if strings.IndexFunc(u.Host, func(r rune) bool { return r >= utf8.RuneSelf }) >= 0 {
		host, err := idna.Lookup.ToASCII(u.Hostname())
		if err != nil {
			return false
		}
		if port := u.Port(); port != "" {
			host += ":" + port
		}
		u.Host = host
	}
	for i := range len(u.Host) {
		c := u.Host[i]
		if !(c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || strings.IndexByte("-._:[]", c) >= 0) {
			return false
		}
	}
	return u.Hostname() != ""
}

// escapeQuery escapes what may not stand in a query (RFC 3986 section 3.4) and
// leaves alone what is escaped already.
func escapeQuery(q string) string {
	const hex = "0123456789ABCDEF"
	bad := func(c byte) bool { return c <= ' ' || c >= 0x7f || strings.IndexByte("\"'<>\\^`{|}", c) >= 0 }
	i := 0
	for i < len(q) && !bad(q[i]) {
		i++
	}
	if i == len(q) {
		return q
	}
	var b strings.Builder
	for i := range len(q) {
		if c := q[i]; bad(c) {
			b.Write([]byte{'%', hex[c>>4], hex[c&15]})
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}
