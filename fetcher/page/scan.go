package page

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newswired/feed"
)

// A scan is what one walk over a page gathers for all who read in it.
type scan struct {
	meta      map[string][]string // of <meta>, by property, name or itemprop in lower case
	links     map[string]string   // of <link>, the first of each rel
	title     string              // of <title>
	lang      string              // of <html>
	url       string              // where it was read
	base      string              // relative URLs are resolved against it
	data      []string            // of <script type="application/ld+json">
	scripts   []string            // the longer ones of the others
	headings  []*html.Node        // h1
	times     []*html.Node        // <time>, and what is marked up as a date
	signed    []*html.Node        // what is marked up as an author
	bodies    []*html.Node        // what is marked up as the article's body
	body      *html.Node          // of <body>; nil if there is none
	dateLines []string            // lines that begin with a word for a date
	bareDates []string            // lines where dates stand by the names of their classes
	sources   []string            // lines that begin with a word for where an article is from
	bylines   []string            // lines that begin with a word for an author, or stand where authors do
	password  bool                // it asks for one
	nodes     int                 // elements, texts and comments
	work      int                 // see maxWork
	offers    []string            // to buy the rest of the text
	prose     int                 // bytes of text that stands in long runs outside links
}

// longRun is how many bytes of text in one piece are taken for prose: more than
// a menu's words have, less than a sentence.
const longRun = 80

// scanPage walks over a page.
func scanPage(doc *html.Node, url string) *scan {
	s := &scan{meta: make(map[string][]string), links: make(map[string]string), url: url, base: url}
	s.walk(doc, false, 1)
	return s
}

// walk goes over what is below n, so deep in the page. Linked is true if a link is
// around it: texts there are what else to read, no prose.
func (s *scan) walk(n *html.Node, linked bool, depth int) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		s.nodes++
		s.work += depth * (1 + len(c.Data)/16)
		switch c.Type {
		case html.TextNode:
			if len(c.Data) > longRun && !linked {
				s.prose += len(c.Data)
			} else if len(c.Data) < maxByline {
				s.takeLine(c)
			}
		case html.ElementNode:
			if s.element(c) {
				s.walk(c, linked || c.DataAtom == atom.A, depth+1)
			}
		}
	}
}

// element takes note of an element, and reports whether to look into it.
func (s *scan) element(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Html:
		s.lang = attr(n, "lang")
		if s.lang == "" {
			s.lang = attr(n, "xml:lang")
		}
	case atom.Body:
		s.body = n
	case atom.Title:
		if s.title == "" && n.FirstChild != nil {
			s.title = feed.OneLine(n.FirstChild.Data)
		}
		return false
	case atom.Meta:
		s.takeMeta(n)
		return false
	case atom.Link:
		for _, rel := range strings.Fields(strings.ToLower(attr(n, "rel"))) {
			if s.links[rel] == "" {
				s.links[rel] = attr(n, "href")
			}
		}
		return false
	case atom.Base:
		if href := feed.Absolute(s.base, attr(n, "href")); href != "" {
			s.base = href
		}
	case atom.Script:
		if n.FirstChild != nil {
			s.takeScript(n)
		}
		return false
	case atom.Style, atom.Noscript, atom.Svg, atom.Template:
		return false
	case atom.H1:
		s.headings = append(s.headings, n)
	case atom.Time:
		s.times = append(s.times, n)
	case atom.Input:
		s.password = s.password || strings.EqualFold(attr(n, "type"), "password")
	}
	s.takeProperty(n)
	return true
}

// takeMeta keeps what a <meta> says, by any of the names it may have.
func (s *scan) takeMeta(n *html.Node) {
	value := strings.TrimSpace(attr(n, "content"))
	if value == "" {
		return
	}
	for _, kind := range []string{"property", "name", "itemprop"} {
		if name := strings.ToLower(attr(n, kind)); name != "" {
			s.meta[name] = append(s.meta[name], value)
		}
	}
}

// takeScript keeps the data of a page: JSON-LD, and scripts that are long enough
// to hold its text.
func (s *scan) takeScript(n *html.Node) {
	const long = 2000
	text := n.FirstChild.Data
	switch {
	case strings.Contains(strings.ToLower(attr(n, "type")), "ld+json"):
		s.data = append(s.data, text)
	case len(text) > long:
		s.scripts = append(s.scripts, text)
	}
}

// takeProperty keeps elements with microdata (schema.org) or rel="author".
func (s *scan) takeProperty(n *html.Node) {
	for i := range n.Attr {
		switch a := &n.Attr[i]; a.Key {
		case "rel":
			if a.Val == "author" {
				s.signed = append(s.signed, n)
			}
		case "itemprop":
			s.takeItem(n, a.Val)
		}
	}
}

// takeItem keeps an element by the names of its itemprop. <time> is kept already,
// whatever it is called.
func (s *scan) takeItem(n *html.Node, names string) {
	for name := range strings.FieldsSeq(names) {
		switch name {
		case "articleBody":
			s.bodies = append(s.bodies, n)
		case "author":
			s.signed = append(s.signed, n)
		case "datePublished", "dateModified":
			if n.DataAtom != atom.Time {
				s.times = append(s.times, n)
			}
		}
	}
}

// first returns the first value of the first of these names that has one.
func (s *scan) first(names ...string) string {
	for _, name := range names {
		for _, value := range s.meta[name] {
			if value = feed.OneLine(value); value != "" {
				return value
			}
		}
	}
	return ""
}
