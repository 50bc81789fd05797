// Package page reads the web page of an Article: its headline, who wrote it and
// when, its picture, and its text without what an outlet puts around it.
//
// A library finds where the text is; everything else is done here, because it
// takes knowledge of news: that an agency signs in a dateline, that what stands
// under a picture is no paragraph, by which words outlets prompt their readers.
// That knowledge is in tables.
//
// A dateline stays in the text, for it begins the report; who signs behind it
// goes, with mail addresses and notices, and is the Credit. Of an outlet's several
// headlines, which often differ, that by which it wants to be linked counts.
//
// It does no I/O and reads no clock.
//
// Begin with Read, and then page. The parsed page is walked through once
// (scan.go), which gathers what meta elements, JSON-LD and marked elements say;
// headline.go, byline.go, when.go, facts.go and picture.go each choose from that.
// Then what is no article is taken off (prune.go), the article is found
// (article.go) and becomes blocks (build.go), of which the outlet's own lines are
// dropped (furniture.go) and text and HTML are made (render.go). Whether that is
// an article at all is decided last (refuse.go).
package page

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/net/html"

	"newswired/feed"
	"newswired/fetcher/charset"
)

// Bounds of what is read. The largest pages of 63 real ones have 1.7 MB and 7,000
// nodes.
const (
	maxBytes = 4 << 20 // of the body, decoded
	maxNodes = 60_000  // elements and texts

	// The library goes through all that is below an element for each of those
	// around it. So what counts is how deep how much stands: nodes and sixteen
	// bytes of text, each times its depth. Real pages have up to 124,000.
	maxWork = 4 << 20
)

// Read reads the body of a page in HTML. The contentType is the field's value,
// url where the body came from after redirects; src gives what the page may
// leave open: encoding, language, time zone, and the names of its outlet.
//
// A page that is not to be kept is refused with a *RefusedError. Where a paywall
// cut its text, the Page holds what there was; else it is zero. The time that it
// takes is bounded by the number of bytes.
func Read(body []byte, contentType, url string, src feed.Source) (p feed.Page, err error) {
	defer func() {
		if r := recover(); r != nil {
			p, err = feed.Page{}, refused(Panicked, fmt.Sprintf("reading it panicked: %v", r))
		}
	}()
	if len(body) > maxBytes {
		return p, refused(TooLarge, fmt.Sprintf("a page of %d bytes; at most %d are read", len(body), maxBytes))
	}
	text, _, _ := charset.Decode(body, contentType, src)
	if err := checkHTML(body, text, contentType); err != nil {
		return p, err
	}
	doc, err := html.Parse(bytes.NewReader(text))
	if err != nil {
		return p, refused(TooLarge, fmt.Sprintf("a page that cannot be read: %v", err))
	}
	s := scanPage(doc, url)
	if s.nodes > maxNodes {
		return p, refused(TooLarge, fmt.Sprintf("a page of %d elements and texts; at most %d are read", s.nodes, maxNodes))
	}
	if s.work > maxWork {
		return p, refused(TooLarge, "a page whose elements stand too deep in each other")
	}
	l := readLinked(s.data)
	p = s.page(&l, doc, src)
	if err := s.refusal(&l, &p, text); err != nil {
		if r := (*RefusedError)(nil); errors.As(err, &r) && r.Reason != Paywall {
			p = feed.Page{}
		}
		return p, err
	}
	return p, nil
}

// page makes a Page of what was scanned.
func (s *scan) page(l *linked, doc *html.Node, src feed.Source) feed.Page {
	p := feed.Page{URL: s.url, Link: s.canonical(l), Section: s.section(l), Keywords: s.keywords(l)}
	var outlets []string
	p.Outlet, outlets = s.outlet(l, src)
	p.Title = s.headline(l, outlets)
	p.Published, p.Updated = s.published(l, src)
	sig := s.signature(l, outlets)
	p.Authors = sig.people

	// All of this was read first, for prune takes bylines and menus off.
	s.prune()
	blocks := s.article(doc)
	// A page that scripts build has its text in their data alone.
	if html := fromScript(s.scripts); len(html) > 0 && proseOf(blocks) < enough {
		blocks = s.parsed(html)
	}
	if len(l.body) > enough && proseOf(blocks)*2 < len(l.body) {
		if said := bodyBlocks(l.body); proseOf(said) > proseOf(blocks) {
			blocks = said
		}
	}
	blocks = captioned(blocks)
	p.Picture = s.picture(l, blocks)
	c := cleaner{title: p.Title, people: p.Authors, outlets: outlets, captions: append(captionsOf(blocks), l.caption)}
	blocks = c.clean(blocks)
	s.offers = append(s.offers, c.offers...)
	// The text's own word counts most, a line such as "Source: Xinhua" least.
	for _, credit := range []feed.Credit{c.credit, sig.credit, s.sourced()} {
		if p.Credit.Agency == "" {
			p.Credit = credit
		}
	}
	p.Text, p.Content = plainText(blocks), markup(blocks)
	p.Language = s.language(l, p.Text, src)
	bound(&p)
	return p
}

// parsed returns the blocks of HTML that stood in a script.
func (s *scan) parsed(text string) []block {
	doc, err := html.Parse(strings.NewReader(text))
	if err != nil {
		return nil
	}
	inner := scanPage(doc, s.base)
	if inner.nodes > maxNodes || inner.body == nil {
		return nil
	}
	inner.prune()
	return blocksOf(inner.body, s.base)
}

// captionsOf returns what stands under the first pictures of an article.
func captionsOf(blocks []block) (all []string) {
	const most = 50
	for i := range blocks {
		if caption := blocks[i].figure.caption; caption != "" && len(all) < most {
			all = append(all, caption)
		}
	}
	return all
}
