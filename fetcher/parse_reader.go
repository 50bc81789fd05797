package fetcher

import (
	"bytes"
	"strings"
	"time"

	"golang.org/x/text/language"

	"newswired/fetcher/date"
)

// startTag returns the tag that text begins with.
func startTag(text []byte) []byte {
	return text[:bytes.IndexByte(text, '>')+1]
}

// setBase makes ref what relative links are resolved against, if it can be.
func (r *reader) setBase(ref string) {
	if url := absolute(r.base, ref); url != "" {
		r.base = url
	}
}

// lang returns the canonical form of a language tag (BCP 47), "" if it is none.
func (r *reader) lang(tag string) string {
	if tag != r.tag { // all Articles of a Document say the same
		r.tag, r.language = tag, ""
		if tag = strings.TrimSpace(tag); len(tag) > maxTag {
			return ""
		}
		if t, err := language.Parse(tag); err == nil && t != language.Und {
			r.language = t.String()
		}
	}
	return r.language
}

// date returns the first of texts that can be read as one.
func (r *reader) date(texts ...string) time.Time {
	for _, text := range texts {
		if t, ok := date.Parse(text, r.src.Zone, r.fetched); ok {
			return t
		}
	}
	return time.Time{}
}
