package fetcher

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Hints are what the fields of an answer say about when to ask again, whatever
// its status. 0 is nothing.
type hints struct {
	retryAfter time.Duration
	maxAge     time.Duration
	expires    time.Duration
	validators bool // true if it can be asked for conditionally
}

// readHints reads them. Expires counts from the Date of the answer, for the
// server's clock is what it was set by; what an answer spent in caches on the
// way is past already (RFC 9111 section 4.2).
func readHints(h http.Header, now time.Time) hints {
	age := count(h.Get("Age"), time.Second)
	date, err := http.ParseTime(h.Get("Date"))
	if err != nil {
		date = now
	}
	found := hints{retryAfter: retryAfter(h.Get("Retry-After"), now), maxAge: max(0, maxAge(h)-age)}
	found.validators = h.Get("ETag")+h.Get("Last-Modified") != ""
	if field := h.Get("Expires"); field == "" {
		return found
	} else if expires, err := http.ParseTime(field); err == nil {
		found.expires = max(0, expires.Sub(date)-age)
	}
	return found
}

// maxAge returns the max-age of Cache-Control (RFC 9111 section 5.2.2.1); of
// several the first. That of shared caches, s-maxage, is not for us.
func maxAge(h http.Header) time.Duration {
	for directive := range strings.SplitSeq(strings.Join(h.Values("Cache-Control"), ","), ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(directive), "=")
		if strings.EqualFold(strings.TrimSpace(name), "max-age") {
			return count(strings.Trim(strings.TrimSpace(value), `"`), time.Second)
		}
	}
	return 0
}

// longest is a century, of which feed.NextPoll leaves a week at most.
const longest = 100 * 365 * 24 * time.Hour

// count reads a number of units, 0 if it is none. One that is too large to be
// held is long, not nothing (RFC 9111 section 1.2.2).
func count(text string, unit time.Duration) time.Duration {
	n, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
	switch {
	case err == nil && 0 <= n && n < int64(longest/unit):
		return time.Duration(n) * unit
	case err == nil && n > 0, errors.Is(err, strconv.ErrRange) && !strings.HasPrefix(text, "-"):
		return longest
	}
	return 0
}

// retryAfter reads a Retry-After field in both of its forms (RFC 9110 section
// 10.2.3). What it cannot read is 0.
func retryAfter(field string, now time.Time) time.Duration {
	if field == "" {
		return 0
	}
	if when, err := http.ParseTime(field); err == nil {
		return max(0, when.Sub(now))
	}
	return count(field, time.Second)
}
