package fetcher

import (
	"bytes"
	"fmt"
	"mime"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newswired/feed"
	pages "newswired/fetcher/page"
)

// An Advert is a feed that a web page names as its own.
type Advert struct {
	URL   string `json:"url"`
	Title string `json:"title,omitempty"`
}

const (
	maxPage    = 1 << 20 // bytes of a page that are looked at
	maxAdverts = 10
)

// feedTypes are the media types by which feeds are advertised.
var feedTypes = []string{"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"}

// A page is what there is to know of a web page that stands where a feed should.
type page struct {
	title   string
	adverts []Advert
	login   bool // it asks for a password
}

// readPage looks for the feeds that a page advertises, by the link types alternate
// and feed of HTML. Their URLs are made absolute by the page's own base.
func readPage(text []byte, base string) page {
	var p page
	z := html.NewTokenizer(bytes.NewReader(text[:min(len(text), maxPage)]))
	z.SetMaxBuf(maxPage)
	for {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			return p
		case html.StartTagToken, html.SelfClosingTagToken:
			token := z.Token()
			switch token.DataAtom {
			case atom.Title:
				if z.Next() == html.TextToken && p.title == "" {
					p.title = cut(feed.Plain(html.EscapeString(string(z.Text()))), 80)
				}
			case atom.Base:
				if href := absolute(base, attr(token, "href")); href != "" {
					base = href
				}
			case atom.Input:
				p.login = p.login || strings.EqualFold(attr(token, "type"), "password")
			case atom.Link:
				p.link(token, base)
			}
		}
	}
}

// link takes a <link> that advertises a feed.
func (p *page) link(token html.Token, base string) {
	rel := strings.Fields(strings.ToLower(attr(token, "rel")))
	mediaType, _, _ := mime.ParseMediaType(attr(token, "type"))
	known := slices.Contains(feedTypes, mediaType) && slices.Contains(rel, "alternate")
	url := absolute(base, attr(token, "href"))
	if url == "" || !known && !slices.Contains(rel, "feed") || len(p.adverts) == maxAdverts {
		return
	}
	if !slices.ContainsFunc(p.adverts, func(a Advert) bool { return a.URL == url }) {
		p.adverts = append(p.adverts, Advert{url, cut(feed.OneLine(attr(token, "title")), 80)})
	}
}

// attr returns an attribute, "" if it is not there.
func attr(token html.Token, name string) string {
	for _, a := range token.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// refusePage names a web page by its title, and the feeds that it advertises. A
// page that does is what it says, whatever words of robots it has.
func refusePage(text []byte, base string) error {
	p := readPage(text, base)
	what := "a web page"
	if p.login {
		what = "a login page"
	}
	if p.title != "" {
		what += fmt.Sprintf(" (%q)", p.title)
	}
	if len(p.adverts) == 0 {
		if who := pages.Challenged(text); who != "" {
			return &ParseError{Kind: feed.Challenge, Reason: fmt.Sprintf("a challenge page by %s, which lets only browsers pass; ask the publisher to let newswired in", who)}
		}
		return notAFeed("%s, not a feed", what)
	}
	var named []string
	for _, a := range p.adverts[:min(3, len(p.adverts))] {
		if a.Title != "" {
			a.URL += " (" + a.Title + ")"
		}
		named = append(named, a.URL)
	}
	if more := len(p.adverts) - len(named); more > 0 {
		named = append(named, fmt.Sprintf("and %d more", more))
	}
	return &ParseError{
		Kind: feed.NotAFeed, Adverts: p.adverts,
		Reason: fmt.Sprintf("this is %s; it advertises: %s", what, strings.Join(named, ", ")),
	}
}
