package feed

import (
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Robots are the rules of a robots.txt for one robot (RFC 9309). The zero value
// allows everything.
type Robots struct {
	Delay time.Duration // Crawl-delay, which the RFC does not know; 0 if there is none
	rules []robotsRule
}

// A robotsRule is an Allow or Disallow line.
type robotsRule struct {
	pattern string // in the form of robotsPath; * and a $ at its end are special
	allow   bool
}

// MostRobots is how many bytes of a robots.txt are read (RFC 9309 section 2.5).
const MostRobots = 500 << 10

// ReadRobots reads the groups of a robots.txt that are for an agent's product
// token, those of all robots (*) if there are none. A line that makes no sense
// is left out, for the others still mean what they say.
func ReadRobots(text, agent string) Robots {
	var own, all Robots
	var named, mine, everybody, begun bool // begun: the group has rules, so that the next agent begins another
	text = strings.TrimPrefix(text[:min(len(text), MostRobots)], "\uFEFF")
	for line := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '\n' || r == '\r' }) {
		line, _, _ = strings.Cut(line, "#")
		key, value, _ := strings.Cut(line, ":")
		key, value = strings.ToLower(strings.TrimSpace(key)), strings.TrimSpace(value)
		if key == "user-agent" {
			if begun {
				mine, everybody, begun = false, false, false
			}
			mine = mine || strings.EqualFold(productToken(value), agent)
			everybody = everybody || value == "*"
			named = named || mine
			continue
		}
		if key != "allow" && key != "disallow" && key != "crawl-delay" {
			continue // of no group: it ends none
		}
		begun = true
		if mine {
			own.add(key, value)
		}
		if everybody {
			all.add(key, value)
		}
	}
	if named {
		return own
	}
	return all
}

// add takes a line of a group.
func (r *Robots) add(key, value string) {
	switch {
	case key == "crawl-delay":
		if seconds, err := strconv.ParseFloat(value, 64); err == nil && seconds > 0 && seconds < 1e6 {
			r.Delay = time.Duration(seconds * float64(time.Second))
		}
	case value == "": // "Disallow:" forbids nothing
	default:
		if value[0] != '/' && value[0] != '*' {
			value = "/" + value
		}
		r.rules = append(r.rules, robotsRule{robotsPath(value), key == "allow"})
	}
}

// productToken returns the name of a robot without version and remarks.
func productToken(value string) string {
	end := strings.IndexFunc(value, func(c rune) bool {
		return c != '-' && c != '_' && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z')
	})
	if end < 0 {
		return value
	}
	return value[:end]
}

// Allows reports whether a URL may be fetched: the longest rule that matches
// decides, of two that are as long the one that allows (RFC 9309 section 2.2.2).
func (r *Robots) Allows(target string) bool {
	u, err := url.Parse(target)
	if err != nil {
		return false
	}
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	if u.RawQuery != "" {
		path += "?" + u.RawQuery
	}
	path = robotsPath(path)
	longest, allowed := -1, true
	for _, rule := range r.rules {
		n := len(rule.pattern)
		if n < longest || n == longest && !rule.allow || !matches(rule.pattern, path) {
			continue
		}
		longest, allowed = n, rule.allow
	}
	return allowed
}

// robotsPath returns a path as it is compared: what is not ASCII is
// percent-encoded, and what need not be is not.
func robotsPath(path string) string {
	var b strings.Builder
	for i := 0; i < len(path); i++ {
		c := path[i]
		if c == '%' && i+2 < len(path) {
			if n, err := strconv.ParseUint(path[i+1:i+3], 16, 8); err == nil {
				if c, i = byte(n), i+2; unreserved(c) {
					b.WriteByte(c)
				} else {
					b.WriteString(percent(c))
				}
				continue
			}
		}
		if c >= 0x80 {
			b.WriteString(percent(c))
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}

// percent writes a byte with a percent sign, its letters in capitals.
func percent(c byte) string {
	const digits = "0123456789ABCDEF"
	return string([]byte{'%', digits[c>>4], digits[c&15]})
}

// unreserved are the characters that mean the same percent-encoded (RFC 3986
// section 2.3).
func unreserved(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~", c) >= 0
}

// matches reports whether a pattern matches the beginning of a path. It goes back
// to the last * only, so that no pattern takes long.
func matches(pattern, path string) bool {
	pattern, whole := strings.CutSuffix(pattern, "$")
	p, s, star, from := 0, 0, -1, 0
	for {
		switch {
		case p < len(pattern) && pattern[p] == '*':
			star, from, p = p, s, p+1
		case p == len(pattern) && (!whole || s == len(path)):
			return true
		case p < len(pattern) && s < len(path) && pattern[p] == path[s]:
			p, s = p+1, s+1
		case star >= 0 && from < len(path):
			from++
			p, s = star+1, from
		default:
			return false
		}
	}
}
