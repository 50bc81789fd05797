package render

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/microcosm-cc/bluemonday"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newswired/feed"
)

// policy is built once (0.6 ms) and safe for use by several goroutines.
var policy = newPolicy()

// newPolicy allows what bluemonday's UGC policy does, less what means nothing
// outside the page it was written for: ids, image maps, interactive elements.
// Links carry no rel="nofollow": these are an editor's links, not a stranger's.
// Relative addresses are refused here too, though none should be left.
func newPolicy() *bluemonday.Policy {
	p := bluemonday.NewPolicy() // allows nothing
	p.RequireParseableURLs(true)
	p.AllowURLSchemes("http", "https")
	p.AllowAttrs("dir").Matching(bluemonday.Direction).Globally()
	p.AllowAttrs("lang").Matching(languageTag).Globally()
	p.AllowAttrs("title").Matching(bluemonday.Paragraph).Globally()
	p.AllowElements("article", "aside", "section", "figure", "figcaption", "header", "footer", "hgroup",
		"h1", "h2", "h3", "h4", "h5", "h6", "br", "div", "hr", "p", "span", "wbr",
		"abbr", "cite", "code", "dfn", "em", "kbd", "mark", "s", "samp", "strong", "sub", "sup", "var",
		"b", "i", "pre", "small", "tt", "u", "bdi", "bdo", "rp", "rt", "ruby", "del", "ins", "q", "blockquote")
	p.AllowAttrs("href").OnElements("a")
	p.AllowAttrs("cite").OnElements("q", "blockquote", "del", "ins")
	p.AllowAttrs("datetime").Matching(bluemonday.ISO8601).OnElements("time", "del", "ins")
	p.AllowAttrs("src").OnElements("img")
	p.AllowAttrs("alt").Matching(regexp.MustCompile(`^[^<>]*$`)).OnElements("img")
	p.AllowAttrs("width", "height").Matching(bluemonday.Integer).OnElements("img")
	p.AllowLists()
	p.AllowTables()
	return p
}

// sanitise returns the fragment with nothing left in it that acts, its links
// made absolute against base, every element closed. The order is what makes it
// safe: the tree is repaired and its links resolved first, bluemonday has the
// last word on what stands in the output, and since it decodes references such
// as &#8; control characters go after that. A fragment too deep for the parser,
// or one that would grow in it beyond measure, is reduced to its words.
func sanitise(fragment, base string) string {
	fragment = clean(fragment)
	if amplifies(fragment) {
		return paragraphs(feed.Plain(fragment))
	}
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragment(strings.NewReader(fragment), body)
	if err != nil {
		return paragraphs(feed.Plain(fragment))
	}
	for _, n := range nodes {
		body.AppendChild(n)
	}
	if deeper(body, maxDepth) {
		return paragraphs(feed.Plain(fragment))
	}
	var b strings.Builder
	repair(body, base)
	for n := body.FirstChild; n != nil; n = n.NextSibling {
		// Rendering fails only where a raw text element holds what it cannot
		// hold; what was written until then is still a fragment.
		_ = html.Render(&b, n)
	}
	out := strings.TrimSpace(clean(policy.Sanitize(b.String())))
	if !strings.Contains(out, "<img") && feed.Plain(out) == "" {
		return "" // empty paragraphs say nothing
	}
	return out
}

// maxDepth is how many elements may stand in one another. Parsers give up at
// 512, and what is sent must be far from it: a reader's own page lies around it.
const maxDepth = 128

// deeper reports whether elements stand in one another below n more than left
// deep.
func deeper(n *html.Node, left int) bool {
	if left < 0 {
		return true
	}
	for c := range n.ChildNodes() {
		if deeper(c, left-1) {
			return true
		}
	}
	return false
}

// repair makes the links below n absolute, drops those that cannot be, and
// removes tracking pixels and elements whose contents are no text. The tree is
// no deeper than maxDepth.
func repair(n *html.Node, base string) {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		if c.Type == html.ElementNode && (hidden[c.DataAtom] || c.DataAtom == atom.Img && !picture(c, base)) {
			n.RemoveChild(c)
		} else {
			resolve(c, base)
			repair(c, base)
		}
		c = next
	}
}

// hidden are the elements that go with all they contain: what is inside is
// code, or stands there only for want of the thing around it.
var hidden = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Template: true, atom.Noscript: true, atom.Iframe: true,
	atom.Object: true, atom.Embed: true, atom.Applet: true, atom.Svg: true, atom.Math: true,
	atom.Form: true, atom.Input: true, atom.Button: true, atom.Select: true, atom.Textarea: true,
	atom.Audio: true, atom.Video: true, atom.Canvas: true, atom.Title: true, atom.Link: true, atom.Meta: true,
}

// resolve makes the URLs of one element absolute and drops those that are not
// http or https. Other attributes with addresses, such as srcset, are not in the
// policy and fall there; src is enough to show the picture.
func resolve(n *html.Node, base string) {
	kept := n.Attr[:0]
	for _, a := range n.Attr {
		if a.Key == "href" || a.Key == "src" || a.Key == "cite" {
			if a.Val = feed.Absolute(base, a.Val); a.Val == "" {
				continue
			}
		}
		kept = append(kept, a)
	}
	n.Attr = kept
}

// picture reports whether an img shows people something. An image of one pixel
// or none, in either direction, is there to count who opened the article.
func picture(n *html.Node, base string) bool {
	src := ""
	for _, a := range n.Attr {
		switch a.Key {
		case "src":
			src = feed.Absolute(base, a.Val)
		case "width", "height":
			size, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(a.Val), "px"))
			if err == nil && size <= 1 {
				return false
			}
		case "style":
			if tiny.MatchString(a.Val) {
				return false
			}
		}
	}
	return src != ""
}

// tiny finds a size of one pixel or none, or an image that is not displayed, in
// a style attribute. "line-height: 1" and "width: 100%" are neither.
var tiny = regexp.MustCompile(`(?i)(?:^|[;\s])(?:(?:width|height)\s*:\s*[01](?:px)?\s*(?:;|!|$)|display\s*:\s*none)`)
