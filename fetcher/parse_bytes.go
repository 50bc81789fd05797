package fetcher

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"newswired/feed"
)

// maxDecoded bounds a body that turns out to be compressed, in bytes.
const maxDecoded = 16 << 20

// gunzip decompresses a body that is gzip though no field of the answer said
// so, which servers do that store the compressed file. What can be had of a
// damaged one is returned with a sentence.
func gunzip(body []byte) (text []byte, damage string, err error) {
	if !isGzip(body) {
		return body, "", nil
	}
	r, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return nil, "", notAFeed("a gzip file that cannot be read, not a feed")
	}
	text, err = io.ReadAll(io.LimitReader(r, maxDecoded+1))
	switch {
	case len(text) > maxDecoded:
		return nil, "", &ParseError{Kind: feed.TooLarge, Reason: fmt.Sprintf("a gzip file of more than %d MiB", maxDecoded>>20)}
	case isGzip(text):
		return nil, "", notAFeed("a gzip file within a gzip file, not a feed")
	case err == nil, errors.Is(err, gzip.ErrHeader) && len(text) > 0: // followed by something else
		return text, "", nil
	case len(text) == 0:
		return nil, "", notAFeed("a gzip file that cannot be read, not a feed")
	}
	return text, fmt.Sprintf("a gzip file that is damaged after %d bytes", len(text)), nil
}

// isGzip reports whether b begins as gzip files do (RFC 1952 section 2.3).
func isGzip(b []byte) bool { return bytes.HasPrefix(b, []byte("\x1f\x8b\x08")) }

// clean returns s less the characters that XML 1.0 does not have (section 2.2).
func clean(s string) string {
	legal := func(r rune) bool {
		return r >= ' ' && r != 0xfffe && r != 0xffff || r == '\t' || r == '\n' || r == '\r'
	}
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\uFFFD")
	}
	for _, r := range s {
		if !legal(r) {
			return strings.Map(func(r rune) rune {
				if legal(r) {
					return r
				}
				return -1
			}, s)
		}
	}
	return s
}
