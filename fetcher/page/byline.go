package page

import (
	"slices"
	"strings"

	"golang.org/x/net/html"

	"newswired/feed"
)

// A signature is who signed a page: people, and the agency if one did.
type signature struct {
	people  []feed.Person
	credit  feed.Credit
	outlets []string // whose names are none of people's
}

// signature reads the byline of a page: from its data, else from its <meta>, else
// from what is marked up as an author or stands where authors do.
func (s *scan) signature(l *linked, outlets []string) signature {
	sig := signature{outlets: outlets}
	for _, name := range l.authors {
		sig.add(name)
	}
	if len(sig.people) > 0 {
		return sig
	}
	for _, key := range []string{"author", "article:author", "byl", "dc.creator", "dcterms.creator", "sailthru.author", "parsely-author", "dable:author"} {
		for _, name := range s.meta[key] {
			if !isOutlet(name, outlets) {
				sig.add(name)
			}
		}
		if len(sig.people) > 0 {
			return sig
		}
	}
	for _, n := range s.signed {
		if text := feed.OneLine(nameIn(n)); len(text) < maxByline && !isOutlet(text, outlets) && !insideFigure(n) {
			sig.add(text)
		}
		if len(sig.people) > 0 {
			return sig
		}
	}
	sig.shown(s.bylines)
	return sig
}

// sourced returns the agency that a page names as its source, in a line or in its
// <meta>.
func (s *scan) sourced() feed.Credit {
	for _, text := range append(s.sources, s.first("source", "article:source", "dc.source", "original-source")) {
		if agency := feed.AgencyOf(text); agency != "" {
			return feed.Credit{Agency: agency, Text: text}
		}
	}
	return feed.Credit{}
}

// shown reads the lines of a page that look like bylines: first those that begin
// with a word for it, then, unless an agency signs, those that stand where
// bylines do.
func (sig *signature) shown(lines []string) {
	for _, surely := range []bool{true, false} {
		for _, line := range lines {
			says := withoutBy(line) != line
			if len(sig.people) == 0 && says == surely && (surely || sig.credit.Agency == "") && !isOutlet(withoutBy(line), sig.outlets) {
				sig.add(line)
			}
		}
	}
}

const (
	maxByline  = 120 // bytes of a line that can be one
	maxAuthors = 20
)

// nameIn returns what an element that is an author has as its name.
func nameIn(n *html.Node) string {
	is := func(c *html.Node) bool { return attr(c, "itemprop") == "name" }
	if c := find(n, is); c != nil {
		if content := attr(c, "content"); content != "" {
			return content
		}
		return textOf(c)
	}
	return textOf(n)
}

// insideFigure reports whether an element is part of a figure or of a caption,
// where names are those of photographers.
func insideFigure(n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n.Data == "figure" || n.Data == "figcaption" || namedCaption(attr(n, "class")) {
			return true
		}
	}
	return false
}

// add takes who a line names.
func (sig *signature) add(line string) {
	line = plain(line)
	if strings.HasPrefix(line, "(") || strings.HasPrefix(line, "[") { // who made a picture
		return
	}
	if line == "" || strings.Contains(line, "://") || strings.HasPrefix(line, "www.") || strings.HasPrefix(line, "@") {
		return
	}
	if agency := feed.AgencyOf(withoutBy(line)); agency != "" {
		if sig.credit.Agency == "" {
			sig.credit = feed.Credit{Agency: agency, Text: line}
		}
		return
	}
	for _, name := range names(line) {
		switch agency := feed.AgencyOf(name); {
		case isOutlet(name, sig.outlets) && len(sig.people) > 0:
		case agency != "":
			if sig.credit.Agency == "" {
				sig.credit = feed.Credit{Agency: agency, Text: line}
			}
		case len(sig.people) < maxAuthors && !slices.ContainsFunc(sig.people, func(p feed.Person) bool { return p.Name == name }):
			sig.people = append(sig.people, feed.Person{Name: name})
		}
	}
}
