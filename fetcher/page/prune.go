package page

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newswired/feed"
)

// prune takes off a page what is no part of its article by what it is (menus,
// forms, asides) or by the words its classes are made of. Nothing goes that has
// a share of the page's prose: templates call all sorts of things "share".
func (s *scan) prune() {
	if s.body != nil {
		s.pruneBelow(s.body)
	}
}

// pruneBelow goes through what is below n and returns how much of it is prose.
func (s *scan) pruneBelow(n *html.Node) (prose int) {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		switch c.Type {
		case html.TextNode:
			if len(c.Data) > longRun {
				prose += len(c.Data)
			}
		case html.CommentNode:
			n.RemoveChild(c)
		case html.ElementNode:
			if dead[c.DataAtom] {
				n.RemoveChild(c)
				break
			}
			below := s.pruneBelow(c)
			s.box(c, below)
			if s.takeOffer(c, below) || s.isFurniture(c, below) || !s.frame(c, below) {
				n.RemoveChild(c)
				break
			}
			// What a link says is about another page.
			if c.DataAtom != atom.A {
				prose += below
			}
		}
		c = next
	}
	return prose
}

// dead elements are never part of a text.
var dead = atoms(atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Iframe, atom.Object, atom.Embed, atom.Svg, atom.Canvas,
	atom.Select, atom.Button, atom.Textarea, atom.Input, atom.Audio, atom.Video, atom.Link, atom.Meta, atom.Dialog, atom.Nav)

// isFurniture reports whether an element with so much prose below it is no part
// of the article.
func (s *scan) isFurniture(n *html.Node, prose int) bool {
	if prose*5 > s.prose || n == s.body {
		return false
	}
	if isHidden(n) {
		return true
	}
	switch n.DataAtom {
	case atom.Aside, atom.Footer, atom.Form, atom.Menu:
		return true
	case atom.Article, atom.Main, atom.Html, atom.Figure, atom.Figcaption, atom.Img, atom.Picture, atom.A:
		return false
	}
	if role := attr(n, "role"); role != "" && deadRoles[role] {
		return true
	}
	if !namesFurniture(attr(n, "class")) && !namesFurniture(attr(n, "id")) {
		return false
	}
	// Pages that show the article over a list of others call it a modal.
	return prose < enough*4 || find(n, func(c *html.Node) bool { return c.DataAtom == atom.H1 }) == nil
}

// deadRoles are those of ARIA that are none of an article's.
var deadRoles = map[string]bool{
	"navigation": true, "complementary": true, "search": true, "dialog": true, "alertdialog": true, "menu": true,
	"menubar": true, "toolbar": true, "contentinfo": true, "banner": true, "tablist": true, "tooltip": true,
}

// isHidden reports whether a browser would not show an element.
func isHidden(n *html.Node) bool {
	if has(n, "hidden") {
		return true
	}
	style := attr(n, "style")
	if !strings.Contains(style, ":") {
		return false
	}
	style = strings.ToLower(strings.ReplaceAll(style, " ", ""))
	return strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden")
}

// namesFurniture reports whether a class or id has a word by which templates name
// what is not the article.
func namesFurniture(names string) bool {
	if names == "" {
		return false
	}
	var word [32]byte
	n, lower := 0, false
	for i := 0; i <= len(names); i++ {
		var c byte
		if i < len(names) {
			c = names[i]
		}
		up := c >= 'A' && c <= 'Z'
		letter := up || c >= 'a' && c <= 'z'
		if !letter || up && lower {
			if n > 0 && furnitureNames[string(word[:n])] {
				return true
			}
			n = 0
		}
		if letter && n < len(word) {
			word[n] = c | 0x20
			n++
		}
		lower = letter && !up
	}
	return false
}

// furnitureNames are the words, in lower case, of which the classes of furniture
// are made; camel case and hyphens part them.
var furnitureNames = map[string]bool{}

// init makes the set of these words.
func init() {
	for _, name := range strings.Fields(`
		share shares sharing sharebar sharebar sharebtn sharetools social socials sns snsshare addthis sharethis
		related relation relate relatednews recommend recommended recommendation recommendations recirculation recirc
		newsletter newsletters subscribe subscription subscriptions signup promo promos promotion
		comment comments commenting disqus reply replies livere
		sidebar breadcrumb breadcrumbs toolbar utility util utils
		taboola outbrain dable advert adverts advertisement advertising advertise ads adsense adslot dfp sponsored sponsor
		cookie cookies consent gdpr popup modal overlay lightbox
		nav navigation gnb lnb menu submenu megamenu footer skip skiplink
		popular trending mostread mostviewed ranking rank hotnews
		tags taglist hashtag hashtags
		bookmark print printer feedback survey poll quiz
		author authors bio byline copyright copyrights reporter journalist journalists
		tooltip dropdown accordion carousel slider
		paging pagination pager login signin
	`) {
		furnitureNames[name] = true
	}
}

// frame makes a figure of an element that holds a picture, where c is its caption
// by the name of its class. It reports false for a caption without a picture,
// which is no part of the text.
func (s *scan) frame(c *html.Node, prose int) bool {
	if c.DataAtom == atom.Figcaption || c.DataAtom == atom.Figure || !namedCaption(attr(c, "class")) || prose*5 > s.prose {
		return true
	}
	if small(c, 2*longCaption) && find(c, isImage) != nil {
		return true // it names what holds both
	}
	if !small(c, 2*longCaption) {
		return true
	}
	length := len(textOf(c))
	for around := c.Parent; around != nil && around != s.body && small(around, length+longCaption); around = around.Parent {
		if around.DataAtom == atom.Figure {
			return true
		}
		if find(around, isImage) != nil {
			around.DataAtom, around.Data = atom.Figure, "figure"
			c.DataAtom, c.Data = atom.Figcaption, "figcaption"
			return true
		}
	}
	return false
}

// box makes a figure of a small element that holds a picture and few words: there
// they are its caption, whatever the classes say.
func (s *scan) box(c *html.Node, prose int) {
	switch c.DataAtom {
	case atom.Div, atom.Table, atom.Dl, atom.Center:
	default:
		return
	}
	if prose > longCaption || prose*5 > s.prose || !small(c, longCaption) || find(c, isFigure) != nil {
		return
	}
	img := find(c, isImage)
	if img == nil || find(c, func(n *html.Node) bool { return n.DataAtom == atom.P && len(textOf(n)) > longCaption/2 }) != nil {
		return
	}
	if text := feed.OneLine(textOf(c)); len(text) > 15 && len(text) < longCaption && imageURL(img, s.base) != "" {
		c.DataAtom, c.Data = atom.Figure, "figure"
	}
}

// isFigure reports whether an element is a figure.
func isFigure(n *html.Node) bool { return n.DataAtom == atom.Figure }

// isImage reports whether an element is a picture, of an AMP page too.
func isImage(n *html.Node) bool { return n.DataAtom == atom.Img || n.Data == "amp-img" }

// takeOffer reports whether an element offers the rest of the text for sale, and
// takes note of it. The classes alone don't tell: "paywall" is also what is behind
// one.
func (s *scan) takeOffer(n *html.Node, prose int) bool {
	if prose*5 > s.prose && prose > longCaption {
		return false
	}
	names := strings.ToLower(attr(n, "class") + " " + attr(n, "id"))
	if !containsAny(names, []string{"paywall", "regwall", "barrier", "premium", "piano", "subscri", "meter", "locked", "login"}) {
		return false
	}
	offer := offerIn(feed.OneLine(textOf(n)))
	if offer != "" {
		s.offers = append(s.offers, offer)
	}
	return offer != ""
}
