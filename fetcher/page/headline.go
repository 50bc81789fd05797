package page

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"newswired/feed"
)

// headline returns the headline of a page: what it gives itself to be linked by,
// else its data, its first heading or its title, without the names of outlet and
// sections that stand around it.
func (s *scan) headline(l *linked, outlets []string) string {
	others := []string{l.headline, s.first("headline", "dc.title", "sailthru.title")}
	for _, h := range s.headings {
		others = append(others, feed.OneLine(textOf(h)))
	}
	best := ""
	for _, one := range []string{s.first("og:title"), l.headline, s.first("twitter:title", "headline"), s.firstHeading(outlets), s.title} {
		if one = plain(one); one != "" && !isOutlet(one, outlets) {
			best = one
			break
		}
	}
	for _, other := range others {
		if inner(best, other) {
			return other
		}
	}
	best = withoutOutlet(best, outlets)
	// Dashes and colons stand in headlines too; in a <title> they mostly part it
	// from names.
	weak := []string{" – ", " — ", " - ", " : ", " / ", " > "}
	if best != s.title {
		weak = nil
	}
	return s.longestPart(best, append(weak, " | ", " » ", " « ", " :: ", "ㅣ", "｜"))
}

// firstHeading returns the first h1 that is not the outlet's name.
func (s *scan) firstHeading(outlets []string) string {
	for _, h := range s.headings {
		text := feed.OneLine(textOf(h))
		if len(text) > 12 && !isOutlet(text, outlets) && namedHeadline(text, s.title) {
			return text
		}
	}
	return ""
}

// namedHeadline reports whether a heading is what the page's title is about: a
// page has headings of menus too.
func namedHeadline(text, title string) bool {
	return title == "" || strings.Contains(feed.Normal(title), feed.Normal(text[:min(len(text), prefixOf(text, 12))]))
}

// prefixOf returns the length of the first n characters of a text.
func prefixOf(text string, n int) int {
	for i := range text {
		if n--; n < 0 {
			return i
		}
	}
	return len(text)
}

// separators are what stands between a headline and the names around it.
const separators = "|-–—·:：ㅣ｜/»«>_~"

// inner reports whether a headline stands in a longer one, with separators where
// the longer one goes on: the name of the outlet, of a section.
func inner(long, short string) bool {
	if utf8.RuneCountInString(short) < 8 || len(short)*5 < len(long)*2 || len(short) >= len(long) {
		return false
	}
	before, after, found := strings.Cut(feed.Normal(long), feed.Normal(short))
	if !found {
		return false
	}
	before, after = strings.TrimSpace(before), strings.TrimSpace(after)
	_, last := lastRune(before)
	first, _ := utf8.DecodeRuneInString(after)
	return (after == "" || strings.ContainsRune(separators, first)) && (before == "" || strings.ContainsRune(separators, last))
}

// lastRune returns the last character of a text and its length in bytes.
func lastRune(s string) (n int, r rune) {
	r, n = utf8.DecodeLastRuneInString(s)
	return n, r
}

// withoutOutlet takes an outlet's name off either end.
func withoutOutlet(title string, outlets []string) string {
	for range 3 {
		shorter := title
		for _, name := range outlets {
			if name == "" {
				continue
			}
			if rest, ok := cutSuffixFold(shorter, name); ok {
				if cut := strings.TrimRight(rest, " "); cut != strings.TrimRight(cut, separators) {
					shorter = strings.TrimRight(cut, " "+separators)
				}
			}
			if rest, ok := cutPrefixFold(shorter, name); ok {
				if cut := strings.TrimLeft(rest, " "); cut != strings.TrimLeft(cut, separators) {
					shorter = strings.TrimLeft(cut, " "+separators)
				}
			}
		}
		if shorter == title || shorter == "" {
			break
		}
		title = shorter
	}
	return title
}

// cutSuffixFold is strings.CutSuffix for letters of any case.
func cutSuffixFold(s, suffix string) (string, bool) {
	if i := len(s) - len(suffix); i >= 0 && strings.EqualFold(s[i:], suffix) {
		return s[:i], true
	}
	return s, false
}

// cutPrefixFold is strings.CutPrefix for letters of any case.
func cutPrefixFold(s, prefix string) (string, bool) {
	if len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix) {
		return s[len(prefix):], true
	}
	return s, false
}

// isOutlet reports whether a text is no more than an outlet's name.
func isOutlet(text string, outlets []string) bool {
	squeezed := squeeze(text)
	for _, name := range outlets {
		if name != "" && squeezed == squeeze(name) {
			return true
		}
	}
	return false
}

// squeeze returns the letters and digits of a name, in lower case.
func squeeze(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}

// longestPart returns the part of a title between its separators that has most
// letters, if it is most of it: what stands around it are names of sections. A
// separator has spaces around it, or stands in no headline.
func (s *scan) longestPart(title string, separators []string) string {
	marked := title
	for _, sep := range separators {
		marked = strings.ReplaceAll(marked, sep, "\x00")
	}
	best := ""
	for part := range strings.SplitSeq(marked, "\x00") {
		if part = strings.TrimSpace(part); len(part) > len(best) {
			best = part
		}
	}
	if len(best)*2 < len(title) || !s.isHeading(best) && best != strings.TrimSpace(strings.SplitN(marked, "\x00", 2)[0]) {
		return title
	}
	if strings.Count(marked, "\x00") == 1 && !s.isHeading(best) && len(title)-len(best) > 40 {
		return title // two halves of one headline
	}
	return best
}

// isHeading reports whether one of the page's first headings begins with a text.
func (s *scan) isHeading(text string) bool {
	for _, h := range s.headings {
		if strings.HasPrefix(feed.Normal(textOf(h)), feed.Normal(text)) {
			return true
		}
	}
	return false
}
