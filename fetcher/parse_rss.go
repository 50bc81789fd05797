package fetcher

import (
	"cmp"
	"strings"

	ext "github.com/mmcdole/gofeed/extensions"
	"github.com/mmcdole/gofeed/rss"

	"newswired/feed"
)

// readRSS turns RSS and RDF into our words.
func (r *reader) readRSS(f *rss.Feed, o outline, text []byte) {
	// The home page, once known, is what publishers mean relative links to be
	// relative to: Documents often lie on another host.
	links := append(f.Links, f.Link, extAttr(f.Extensions, "atom", "link", "href"))
	for _, link := range links {
		if r.doc.Link = absolute(r.base, link); r.doc.Link != "" {
			r.base = r.doc.Link
			break
		}
	}
	r.doc.Title = cut(headline(f.Title), maxLine)
	r.doc.Language = r.lang(cmp.Or(f.Language, extValue(f.Extensions, "dc", "language"),
		attribute(startTag(text), "xml:lang"), r.src.Language))
	r.relayXML(startTag(text), f.Extensions)
	r.doc.Articles = make([]feed.Article, 0, len(f.Items))
	for i, it := range f.Items {
		var own item
		if i < len(o.items) {
			own = o.items[i]
		}
		d := r.rssDraft(it, own.tag)
		d.item = own.hash
		if story := r.storyXML(it.Extensions); story != nil {
			r.relayed(d, story)
			continue
		}
		r.article(d)
	}
	r.void()
}

// rssDraft reads one <item>, whose start tag is given: gofeed drops its
// attributes.
func (r *reader) rssDraft(it *rss.Item, tag []byte) draft {
	x := it.Extensions
	d := draft{
		title:   cmp.Or(it.Title, extValue(x, "dc", "title"), mediaText(x, "title")),
		summary: cmp.Or(it.Description, extValue(x, "dc", "description"), extValue(x, "itunes", "summary"), extValue(x, "atom", "summary"), mediaText(x, "description")),
		content: cmp.Or(it.Content, it.Custom["encoded"], it.Custom["content"], extValue(x, "atom", "content")),
		published: r.date(it.PubDate, extValue(x, "dc", "date"), extValue(x, "dcterms", "issued"),
			extValue(x, "dcterms", "created"), extValue(x, "atom", "published"), it.Custom["date"], it.Custom["published"]),
		updated: r.date(extValue(x, "atom", "updated"), extValue(x, "dcterms", "modified"), it.Custom["updated"]),
		authors: people(rssAuthors(it)...),
	}
	if len(tag) > len("<item>") {
		d.language = attribute(tag, "xml:lang")
		d.guid = cmp.Or(attribute(tag, "rdf:about"), attribute(tag, "about"))
	}
	d.language = cmp.Or(d.language, extValue(x, "dc", "language"))
	// RSS 1.0 section 5.5 makes rdf:about the identifier, and wants the link there.
	about := d.guid
	permalink := ""
	if it.GUID != nil && it.GUID.Value != "" {
		d.guid = it.GUID.Value
		if !strings.EqualFold(it.GUID.IsPermalink, "false") && isURL(d.guid) {
			permalink = d.guid
		}
	} else {
		// Yonhap's Chinese wire says <id> (feeds made by hand do too).
		d.guid = cmp.Or(it.Custom["id"], about, extValue(x, "atom", "id"), extValue(x, "dc", "identifier"))
	}
	d.links = make([]string, 0, 8) // most often enough
	// FeedBurner replaces the link by one that counts clicks and keeps the page's
	// own beside it.
	d.links = append(d.links, extValue(x, "feedburner", "origLink"), it.Link)
	d.links = append(d.links, it.Links...)
	d.links = append(d.links, permalink)
	for _, l := range x["atom"]["link"] {
		if rel := l.Attrs["rel"]; rel == "" || rel == "alternate" {
			d.links = append(d.links, l.Attrs["href"])
		}
	}
	if isURL(about) {
		d.links = append(d.links, about)
	}
	d.links = append(d.links, mediaPlayer(x), it.Comments)
	for _, c := range it.Categories {
		d.categories = append(d.categories, c.Value)
	}
	for _, c := range x["dc"]["subject"] {
		d.categories = append(d.categories, c.Value)
	}
	if it.Source != nil {
		d.origin = feed.Origin{Title: headline(it.Source.Title), URL: absolute(r.base, it.Source.URL)}
	}
	d.enclosures, d.image = r.rssMedia(it)
	return d
}

// rssMedia gathers the media from the three places where RSS has them: its own
// enclosures, Atom links, Media RSS; an <image> within an <item> belongs to no
// specification, but Korean papers put the picture's address there.
func (r *reader) rssMedia(it *rss.Item) ([]feed.Enclosure, string) {
	m := media{base: r.base}
	for _, e := range it.Enclosures {
		m.enclosure(e.URL, e.Type, e.Length)
	}
	for _, l := range it.Extensions["atom"]["link"] {
		if l.Attrs["rel"] == "enclosure" {
			m.enclosure(l.Attrs["href"], l.Attrs["type"], l.Attrs["length"])
		}
	}
	m.extensions(it.Extensions)
	m.picture(it.Custom["image"], guessed)
	return m.enclosures, m.image
}

// rssAuthors lists the names of everybody who is called an author, raw.
func rssAuthors(it *rss.Item) []string {
	var names []string
	if it.Author != "" {
		names = append(names, it.Author)
	}
	for _, list := range [][]ext.Extension{
		it.Extensions["dc"]["creator"], it.Extensions["dc"]["author"], it.Extensions["itunes"]["author"],
	} {
		for _, e := range list {
			names = append(names, e.Value)
		}
	}
	for _, e := range it.Extensions["atom"]["author"] {
		for _, name := range e.Children["name"] {
			names = append(names, name.Value)
		}
	}
	return names
}

// extValue returns the first text of an extension element, "" if it is not there.
func extValue(x ext.Extensions, prefix, name string) string {
	for _, e := range x[prefix][name] {
		if e.Value != "" {
			return e.Value
		}
	}
	return ""
}

// extAttr returns an attribute of the first such element that is no link to
// the feed itself.
func extAttr(x ext.Extensions, prefix, name, attr string) string {
	for _, e := range x[prefix][name] {
		if rel := e.Attrs["rel"]; rel == "" || rel == "alternate" {
			return e.Attrs[attr]
		}
	}
	return ""
}

// isURL reports whether s begins like a URL that could be followed. GUIDs are
// taken for links only then: many are numbers, though isPermaLink says nothing.
func isURL(s string) bool {
	return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")
}
