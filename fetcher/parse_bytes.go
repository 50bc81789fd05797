package fetcher

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"newswired/feed"
)

// maxDecoded bounds a body that turns out to be compressed, in bytes.
const maxDecoded = 16 << 20

// gunzip decompresses a body that is gzip though no field of the answer said
// so, which servers do that store the compressed file.
func gunzip(body []byte) ([]byte, error) {
	if !bytes.HasPrefix(body, []byte("\x1f\x8b\x08")) {
		return body, nil
	}
	r, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return nil, notAFeed("a gzip file that cannot be read, not a feed")
	}
	text, err := io.ReadAll(io.LimitReader(r, maxDecoded+1))
	if len(text) > maxDecoded {
		return nil, &ParseError{feed.TooLarge, fmt.Sprintf("a gzip file of more than %d MiB", maxDecoded>>20)}
	}
	if err != nil && len(text) == 0 {
		return nil, notAFeed("a gzip file that cannot be read, not a feed")
	}
	return text, nil // what is missing at the end shows in the document
}

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
