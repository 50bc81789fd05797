package fetcher

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"

	"newswired/feed"
)

// A ParseError says why a body did not become a Document.
type ParseError struct {
	Kind    feed.Kind // NotAFeed, TooLarge or Challenge
	Reason  string    // for people: "a web page, not a feed"
	Adverts []Advert  // the feeds that a web page advertises, the first first
}

// Error returns the reason.
func (e *ParseError) Error() string { return e.Reason }

// notAFeed makes the error of this kind; all but one are.
func notAFeed(format string, args ...any) error {
	return &ParseError{Kind: feed.NotAFeed, Reason: fmt.Sprintf(format, args...)}
}

// refuse names what a body without a feed's root element is; text is the body
// decoded.
func refuse(body, text []byte, r root, base string) error {
	trimmed := bytes.TrimSpace(text)
	kind := http.DetectContentType(body)
	switch {
	case len(trimmed) == 0:
		return notAFeed("an empty body, not a feed")
	case trimmed[0] == '[':
		return notAFeed("a JSON list, not a feed")
	case r.other == "html", r.other == "head", r.other == "body", strings.HasPrefix(kind, "text/html"):
		return refusePage(text, base)
	case r.other == "urlset", r.other == "sitemapindex":
		return notAFeed("a sitemap, not a feed")
	case r.other == "entry":
		return notAFeed("a single entry of Atom, not a feed")
	case r.other == "channel":
		return notAFeed("a channel in the Channel Definition Format (CDF) or without its <rss>, not a feed that can be read")
	case r.other == "opml":
		return notAFeed("a list of feeds (OPML), not a feed")
	case r.other != "" && trimmed[0] == '<':
		return notAFeed("an XML document of <%s>, not a feed", feed.OneLine(cut(r.other, 40)))
	case bytes.HasPrefix(trimmed, []byte("%PDF-")):
		return notAFeed("a PDF file, not a feed")
	case strings.HasPrefix(kind, "text/plain"):
		return notAFeed("plain text (%q), not a feed", cut(feed.OneLine(string(trimmed[:min(len(trimmed), 200)])), 60))
	}
	return notAFeed("a file of %s, not a feed", kind)
}

// cut returns text, cut at the end of a word if it has more than n characters.
func cut(text string, n int) string {
	for i := range text {
		if n--; n >= 0 {
			continue
		}
		if j := strings.LastIndexByte(text[:i], ' '); j > i/2 {
			i = j
		}
		return strings.TrimRight(text[:i], " ,;:-") + "…"
	}
	return text
}
