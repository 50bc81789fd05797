package fetcher

import (
	"cmp"
	"html"
	"strings"

	"github.com/mmcdole/gofeed/atom"

	"newswired/feed"
)

// readAtom turns Atom 0.3 and 1.0 into our words.
func (r *reader) readAtom(f *atom.Feed, o outline, text []byte) {
	r.doc.Title = cut(headline(f.Title), maxLine)
	r.doc.Link = absolute(r.base, alternate(f.Links))
	r.doc.Language = r.lang(cmp.Or(f.Language, r.src.Language))
	if isURL(r.doc.Link) {
		r.base = r.doc.Link
	}
	r.relayXML(startTag(text), f.Extensions)
	r.doc.Articles = make([]feed.Article, 0, len(f.Entries))
	authors := r.atomPeople(f.Authors)
	for i, e := range f.Entries {
		var it item
		if i < len(o.items) {
			it = o.items[i]
		}
		d := r.atomDraft(e, it.tag, it.id)
		d.item = it.hash
		if story := r.storyXML(e.Extensions); story != nil {
			d.authors = r.atomPeople(e.Authors) // what stands for them is the outlet, or the feed
			r.relayed(d, story)
			continue
		}
		if len(d.authors) == 0 && e.Source == nil {
			d.authors = authors // RFC 4287 section 4.2.1
		}
		r.article(d)
	}
	for _, byPrefix := range f.Extensions { // RFC 6721 section 3
		for _, gone := range byPrefix["deleted-entry"] {
			if ref := strings.TrimSpace(gone.Attrs["ref"]); ref != "" {
				r.doc.Deleted = append(r.doc.Deleted, ref)
			}
		}
	}
	r.void()
}

// atomDraft reads one entry, whose start tag and id are given as they stand in
// the Document: gofeed drops the former and resolves the latter, but ids are
// compared as they are (RFC 4287 section 4.2.6.1).
func (r *reader) atomDraft(e *atom.Entry, tag, id []byte) draft {
	x := e.Extensions
	d := draft{
		guid:      cmp.Or(html.UnescapeString(string(id)), e.ID),
		title:     cmp.Or(e.Title, mediaText(x, "title")),
		summary:   cmp.Or(e.Summary, mediaText(x, "description")),
		language:  attribute(tag, "xml:lang"),
		published: r.date(e.Published, extValue(x, "dc", "date"), extValue(x, "dcterms", "issued")),
		updated:   r.date(e.Updated, extValue(x, "dcterms", "modified")),
		authors:   r.atomPeople(e.Authors),
	}
	if len(d.authors) == 0 {
		for _, c := range x["dc"]["creator"] {
			d.authors = addPerson(d.authors, person(c.Value))
		}
	}
	// Content elsewhere is named by src (RFC 4287 section 4.1.3.2): better than no
	// link at all.
	d.links = append(d.links, extValue(x, "feedburner", "origLink"), alternate(e.Links))
	if c := e.Content; c != nil {
		d.links = append(d.links, c.Src)
		d.content = atomContent(c)
	}
	d.links = append(d.links, mediaPlayer(x))
	for _, c := range e.Categories {
		d.categories = append(d.categories, cmp.Or(c.Label, c.Term))
	}
	if s := e.Source; s != nil {
		url := ""
		for _, l := range s.Links {
			if l.Rel == "self" || url == "" {
				url = l.Href
			}
		}
		d.origin = feed.Origin{Title: headline(s.Title), URL: absolute(r.base, cmp.Or(url, s.ID))}
		if len(d.authors) == 0 {
			d.authors = r.atomPeople(s.Authors)
		}
	}
	m := media{base: r.base}
	for _, l := range e.Links {
		if l.Rel == "enclosure" {
			m.enclosure(l.Href, l.Type, l.Length)
		}
	}
	m.extensions(x)
	d.enclosures, d.image = m.enclosures, m.image
	return d
}

// alternate returns the link to the page: the first of that relation, an HTML
// page before others.
func alternate(links []*atom.Link) string {
	found := ""
	for _, l := range links {
		if l.Rel != "alternate" || l.Href == "" {
			continue
		}
		if l.Type == "" || strings.Contains(l.Type, "html") {
			return l.Href
		}
		if found == "" {
			found = l.Href
		}
	}
	return found
}

// atomContent returns the HTML of a content element, "" if it is something
// else. Plain text becomes HTML, unless there are tags in it: publishers
// forget the type.
func atomContent(c *atom.Content) string {
	kind := strings.ToLower(c.Type)
	switch {
	case strings.HasPrefix(kind, "image/"), strings.HasPrefix(kind, "audio/"), strings.HasPrefix(kind, "video/"):
		return ""
	case (kind == "text" || kind == "text/plain") && !telling(c.Value):
		return html.EscapeString(c.Value)
	case strings.HasPrefix(kind, "application/") && !strings.Contains(kind, "xhtml"):
		return ""
	}
	return c.Value
}

// atomPeople returns Atom's persons, each once. Some publishers write the mail
// address into the name, so the name is read as elsewhere.
func (r *reader) atomPeople(persons []*atom.Person) []feed.Person {
	var all []feed.Person
	for _, p := range persons {
		who := person(p.Name)
		if p.Email != "" {
			who.Email = feed.OneLine(p.Email)
		}
		who.URL = absolute(r.base, p.URI)
		all = addPerson(all, who)
	}
	return all
}
