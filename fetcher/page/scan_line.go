package page

import (
	"strings"

	"golang.org/x/net/html"

	"newswired/feed"
)

// maxLines is how many lines of each kind are kept: the first ones are the
// article's.
const maxLines = 12

// takeLine keeps a short text that can tell when or by whom the article is.
func (s *scan) takeLine(n *html.Node) {
	text := strings.TrimSpace(n.Data)
	if len(text) < 3 || n.Parent == nil {
		return
	}
	if word, _, rest := leadingDateWord(text); word != "" && len(s.dateLines) < maxLines {
		// The word and its time may stand in elements beside each other.
		around := n.Parent
		for range 2 {
			if strings.ContainsAny(rest, "0123456789") || around == nil || !small(around, 2*maxByline) {
				break
			}
			text = feed.OneLine(textOf(around))
			_, _, rest = leadingDateWord(text)
			around = around.Parent
		}
		if len(text) < 2*maxByline && strings.ContainsAny(text, "0123456789") {
			s.dateLines = append(s.dateLines, text)
			return
		}
	}
	// Each year that matters has a 20 in it: most lines need not be looked at closer.
	if len(s.bareDates) < maxLines && strings.Contains(text, "20") && namesDate(n.Parent) {
		s.bareDates = append(s.bareDates, text)
	}
	if rest, ok := sourceLine(text); ok && len(s.sources) < maxLines && !insideFigure(n.Parent) {
		if around := n.Parent.Parent; rest == "" && around != nil && small(around, 2*maxByline) {
			rest, _ = sourceLine(feed.OneLine(textOf(around)))
		}
		s.sources = append(s.sources, rest)
	}
	if len(s.bylines) < maxLines && (strings.HasPrefix(text, "By ") || namesByline(n.Parent)) {
		if small(n.Parent, maxByline) {
			s.bylines = append(s.bylines, feed.OneLine(textOf(n.Parent)))
		}
	}
}

// namesDate reports whether the class of an element, or of the one around it, is
// that of a date.
func namesDate(n *html.Node) bool {
	for range 2 {
		if n == nil {
			return false
		}
		class := strings.ToLower(attr(n, "class") + " " + attr(n, "id"))
		for _, word := range []string{"date", "time", "publish", "posted", "info", "source", "meta"} {
			if strings.Contains(class, word) {
				return true
			}
		}
		n = n.Parent
	}
	return false
}

// namesByline does the same for an author.
func namesByline(n *html.Node) bool {
	for range 2 {
		if n == nil {
			return false
		}
		class := strings.ToLower(attr(n, "class"))
		for _, word := range []string{"byline", "author", "writer", "reporter", "journalist"} {
			if strings.Contains(class, word) {
				return true
			}
		}
		n = n.Parent
	}
	return false
}

// sourceWords come before whom an outlet has an article from.
var sourceWords = []string{"Source:", "Source :", "Sources:", "来源：", "来源:", "来源", "來源：", "來源", "출처:", "출처 :", "출처=", "출처", "기사제공", "기사 제공"}

// sourceLine returns what follows such a word at the start of a line.
func sourceLine(line string) (rest string, ok bool) {
	for _, word := range sourceWords {
		if rest, ok := cutPrefixFold(line, word); ok {
			return strings.Trim(rest, " :：=-|"), true
		}
	}
	return "", false
}
