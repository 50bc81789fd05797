package web

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// This file decides what the fields of a request ask for. All of it is about
// strings that strangers send; what cannot be read is as if it were not there,
// so that the worst outcome is an answer sent in full.

// unchanged decides the preconditions of RFC 9110 section 13.2.2 that concern
// GET and HEAD: If-Modified-Since counts only where there is no If-None-Match,
// and only if we told a date ourselves. It need not be the one we told.
func unchanged(h http.Header, etag string, changed time.Time, dated bool) bool {
	if tags, ok := h["If-None-Match"]; ok {
		for _, list := range tags {
			if matches(list, etag) {
				return true
			}
		}
		return false
	}
	since := h["If-Modified-Since"]
	if len(since) != 1 || !dated {
		return false
	}
	t, err := http.ParseTime(since[0])
	return err == nil && !changed.Truncate(time.Second).After(t)
}

// matches reports whether a list of entity tags names etag in the weak
// comparison (RFC 9110 section 8.8.3.2). A comma may stand inside a tag. For
// the tag "a":
//
//	"a"   W/"a"   "b", "a"   *     yes
//	"b"   a   "A"   "a             no
func matches(list, etag string) bool {
	if list == etag {
		return true // as nearly every reader sends it
	}
	for rest := list; ; {
		rest = strings.TrimLeft(rest, " \t,")
		if rest == "*" {
			return true
		}
		rest = strings.TrimPrefix(rest, "W/")
		if rest == "" || rest[0] != '"' {
			return false
		}
		end := strings.IndexByte(rest[1:], '"') + 2
		if end < 2 {
			return false
		}
		if rest[:end] == etag {
			return true
		}
		rest = rest[end:]
	}
}

// A coding is a way to compress (RFC 9110 section 8.4.1).
type coding int

const (
	identity coding = iota
	gzipped
	zstandard
	codings = iota
)

// codingNames are for Content-Encoding and for the ends of entity tags.
var codingNames = [codings]string{gzipped: "gzip", zstandard: "zstd"}

// preferred returns the coding that is liked best, the one that saves most if
// several are (RFC 9110 section 12.5.3). Who allows anything gets what everybody
// can read:
//
//	gzip   x-gzip   br, gzip;q=0.1   *                   gzip
//	gzip, deflate, br, zstd   zstd                       zstd
//	zstd;q=0.5, gzip                                     gzip
//	(nothing)   br   gzip;q=0   *, gzip;q=0              identity
//	identity, gzip;q=0.5                                 identity
func preferred(fields []string) coding {
	if len(fields) == 1 && fields[0] == "gzip" {
		return gzipped // as Go's client and many others send it
	}
	likes, others := [codings]float64{-1, -1, -1}, -1.0
	for _, field := range fields {
		for part := range strings.SplitSeq(field, ",") {
			name, q := quality(part)
			switch name {
			case "zstd":
				likes[zstandard] = q
			case "gzip", "x-gzip":
				likes[gzipped] = q
			case "identity":
				likes[identity] = q
			case "*":
				others = q
			}
		}
	}
	if likes[gzipped] < 0 {
		likes[gzipped] = others
	}
	best := identity
	for c := gzipped; c < codings; c++ {
		if likes[c] > 0 && likes[c] >= likes[best] {
			best = c
		}
	}
	return best
}

// quality splits "gzip;q=0.5". What is no number counts as 0: rather too many
// bytes than bytes that cannot be read.
func quality(coding string) (name string, q float64) {
	name, params, _ := strings.Cut(coding, ";")
	name, q = strings.ToLower(strings.TrimSpace(name)), 1
	for param := range strings.SplitSeq(params, ";") {
		key, value, found := strings.Cut(param, "=")
		if found && strings.EqualFold(strings.TrimSpace(key), "q") {
			var err error
			if q, err = strconv.ParseFloat(strings.TrimSpace(value), 64); err != nil || q < 0 || q > 1 {
				q = 0
			}
		}
	}
	return name, q
}
