package render

import (
	"encoding/xml"
	"strconv"
	"time"

	"github.com/gorilla/feeds"

	"newswired/feed"
)

// Namespaces that an Edition may use beyond its own.
const (
	atomNamespace    = "http://www.w3.org/2005/Atom"
	mediaNamespace   = "http://search.yahoo.com/mrss/"
	dublinNamespace  = "http://purl.org/dc/elements/1.1/"
	contentNamespace = "http://purl.org/rss/1.0/modules/content/"
	historyNamespace = "http://purl.org/syndication/history/1.0"
	deletedNamespace = "http://purl.org/atompub/tombstones/1.0"
)

// An empty element says what it says by being there.
type empty struct{}

// An atomFeed is feeds.AtomFeed with several links, a language and a generator.
// A field here hides the embedded one of the same XML name.
type atomFeed struct {
	feeds.AtomFeed
	Media     string     `xml:"xmlns:media,attr"`
	History   string     `xml:"xmlns:fh,attr,omitempty"`
	Deletion  string     `xml:"xmlns:at,attr,omitempty"`
	Relaying  string     `xml:"xmlns:nw,attr,omitempty"`
	Language  string     `xml:"xml:lang,attr,omitempty"`
	Archive   *empty     `xml:"fh:archive"`
	Links     []atomLink `xml:"link"`
	Generator atomGenerator
	Relay     *relayHead
	Deleted   []atomDeleted `xml:"at:deleted-entry"` // entries come last, as RFC 4287's grammar has it
	Entries   []atomEntry   `xml:"entry"`
}

// An atomDeleted says that an entry is void (RFC 6721 section 3).
type atomDeleted struct {
	Ref     string    `xml:"ref,attr"`
	When    string    `xml:"when,attr"`
	By      *atomName `xml:"at:by"`
	Comment string    `xml:"at:comment,omitempty"`
}

// An atomName is a person of whom only the name is known (RFC 4287 section 3.2).
type atomName struct {
	Name string `xml:"name"`
}

// An atomGenerator names the program (RFC 4287 section 4.2.4). gorilla/feeds
// has no field for it.
type atomGenerator struct {
	XMLName xml.Name `xml:"generator"`
	Version string   `xml:"version,attr,omitempty"`
	Name    string   `xml:",chardata"`
}

// An atomLink is feeds.AtomLink with a title, which tells carriers apart.
type atomLink struct {
	feeds.AtomLink
	Title string `xml:"title,attr,omitempty"`
}

// An atomEntry is feeds.AtomEntry with all authors and categories, with a
// source that says something, and with a picture.
type atomEntry struct {
	feeds.AtomEntry
	Language   string `xml:"xml:lang,attr,omitempty"`
	Links      []atomLink
	Authors    []feeds.AtomAuthor `xml:"author"`
	Categories []atomCategory     `xml:"category"`
	Source     *atomSource        `xml:"source"`
	Thumbnail  *thumbnail
	Relay      *relayStory
}

// An atomCategory has its word in an attribute (RFC 4287 section 4.2.2); the
// string that gorilla/feeds has instead would make an invalid document.
type atomCategory struct {
	Term string `xml:"term,attr"`
}

// An atomSource names the outlet of the Copy shown (RFC 4287 section 4.2.11).
// Its author stands for the Entry's if that has none (section 4.2.1).
type atomSource struct {
	Author  feeds.AtomAuthor
	ID      string `xml:"id"`
	Link    atomLink
	Title   string `xml:"title"`
	Updated string `xml:"updated"`
}

// A thumbnail is Media RSS's picture for an Entry, used by Atom and RSS.
type thumbnail struct {
	XMLName xml.Name `xml:"media:thumbnail"`
	URL     string   `xml:"url,attr"`
}

// newThumbnail returns nil, which is left out, if there is no picture.
func newThumbnail(url string) *thumbnail {
	if url == "" {
		return nil
	}
	return &thumbnail{URL: url}
}

// link leaves out what is "".
func link(rel, href, mediaType, title string) atomLink {
	return atomLink{AtomLink: feeds.AtomLink{Rel: rel, Href: href, Type: mediaType}, Title: title}
}

// atomAuthor leaves out what is "".
func atomAuthor(name, url, email string) feeds.AtomAuthor {
	return feeds.AtomAuthor{AtomPerson: feeds.AtomPerson{Name: name, Uri: url, Email: email}}
}

// atomDocument names the Feed itself as the author of what has none. An Entry
// inherits it only if there is no source to take its author from.
func atomDocument(head masthead, sheets []sheet) *atomFeed {
	author := atomAuthor(head.Title, head.Base, "")
	doc := &atomFeed{
		AtomFeed: feeds.AtomFeed{
			Xmlns:    atomNamespace,
			Title:    head.Title,
			Id:       head.ID,
			Updated:  head.updated.Format(time.RFC3339Nano),
			Subtitle: head.Description,
			Author:   &author, // for entries without one (RFC 4287 section 4.1.1)
		},
		Media:    mediaNamespace,
		Language: head.language,
		Links: []atomLink{
			link("self", head.Self, Atom.MediaType(), ""),
			link("alternate", head.Page, "text/html", ""),
		},
		Generator: atomGenerator{Name: head.Generator, Version: head.Version},
	}
	for _, r := range head.relations() {
		mediaType := Atom.MediaType()
		if r.rel == "hub" {
			mediaType = ""
		}
		doc.Links = append(doc.Links, link(r.rel, r.url, mediaType, ""))
	}
	if head.relay != nil {
		doc.Relaying, doc.Relay = feed.RelayNamespace, head.relay
	}
	if head.Archive {
		doc.History, doc.Archive = historyNamespace, &empty{}
	}
	for i := range sheets {
		doc.Entries = append(doc.Entries, newAtomEntry(&sheets[i]))
	}
	doc.deleted(head.Deleted)
	return doc
}

// deleted says which Entries are void. Elements of other namespaces than Atom's
// may stand anywhere; readers that don't know these pass them over.
func (doc *atomFeed) deleted(all []feed.Deletion) {
	for _, d := range all {
		doc.Deletion = deletedNamespace
		gone := atomDeleted{Ref: clean(d.ID), When: date(d.When).Format(time.RFC3339), Comment: Line(d.Comment)}
		if by := Line(d.By); by != "" {
			gone.By = &atomName{by}
		}
		doc.Deleted = append(doc.Deleted, gone)
	}
}

// newAtomEntry marks every text with its type. A title and a summary are text,
// so that "<" in a headline stays what it is; a body is HTML. The source is left
// out if its URL is not known, for a source without an id is worth nothing to
// those who look for it.
func newAtomEntry(s *sheet) atomEntry {
	e := atomEntry{
		AtomEntry: feeds.AtomEntry{
			Title:     s.Title,
			Id:        s.id,
			Published: s.published.Format(time.RFC3339),
			Updated:   s.updated.Format(time.RFC3339Nano),
			Content:   &feeds.AtomContent{Type: "html", Content: s.body},
		},
		Language:  s.Language,
		Links:     atomLinks(s),
		Thumbnail: newThumbnail(s.image),
		Relay:     s.relay,
	}
	if s.summary != "" {
		e.Summary = &feeds.AtomSummary{Type: "text", Content: s.summary}
	}
	for _, p := range s.authors {
		e.Authors = append(e.Authors, atomAuthor(p.Name, p.URL, p.Email))
	}
	for _, term := range s.categories {
		e.Categories = append(e.Categories, atomCategory{Term: term})
	}
	if s.sourceURL != "" && s.Outlet != "" {
		e.Source = &atomSource{
			Author:  atomAuthor(s.Outlet, "", ""),
			ID:      s.sourceURL,
			Link:    link("self", s.sourceURL, "", ""),
			Title:   s.Outlet,
			Updated: e.Updated,
		}
	}
	return e
}

// atomLinks returns the page, who else carries the Story, and the media. An
// Entry without a page needs no alternate link as long as it has content (RFC
// 4287 section 4.1.2), and a sheet always has.
func atomLinks(s *sheet) []atomLink {
	var all []atomLink
	if s.Link != "" {
		all = append(all, link("alternate", s.Link, "", ""))
	}
	for _, c := range s.Carriers {
		all = append(all, link("related", c.Link, "", c.Outlet+": "+c.Title))
	}
	for _, e := range s.enclosures {
		l := link("enclosure", e.URL, e.Type, "")
		if e.Length > 0 {
			l.Length = strconv.FormatInt(e.Length, 10)
		}
		all = append(all, l)
	}
	return all
}
