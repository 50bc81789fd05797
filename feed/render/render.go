// Package render turns the entries of a Feed into the bytes of an Edition:
// Atom 1.0 (RFC 4287), RSS 2.0 or JSON Feed 1.1.
//
// It promises four things. The same arguments give the same bytes, so that an
// Edition has one ETag until there is news; no clock is read. What comes out is
// a valid document, whatever the upstream sent: an article without a headline,
// a link, a date or a language still makes a whole entry. Nothing active comes
// out: no script, form, frame, style or tracking pixel, no link but absolute
// http and https, no control character. And every outlet that carries a Story
// is named and linked, while the headline stays that of the Copy shown.
//
// Each Entry is reduced once to a sheet, which holds what all three formats
// say, already clean; the formats only lay it out. The containers are our own
// around the structs of gorilla/feeds, because its conversion from feeds.Feed
// has no room for most of a sheet and invents ids and dates where one is
// missing.
//
// What each Format says where, and what it has no word for:
//
//	               Atom                     RSS                    JSON Feed
//	id of a Feed   id                       -                      -
//	itself         link rel=self            atom:link rel=self     feed_url
//	Entry's id     id                       guid, no permalink     id
//	headline       title, text              title, text            title
//	summary        summary, text            description            summary
//	body           content, html            content:encoded        content_html
//	authors        author                   dc:creator             authors
//	shown outlet   source                   source                 _newswired
//	carriers       link rel=related         atom:link rel=related  _newswired
//	media          link rel=enclosure       enclosure, media:*     attachments
//	language       xml:lang                 dc:language            language
//	older entries  link rel=prev-archive    atom:link              next_url
//	hubs           link rel=hub             atom:link              hubs
//	void entries   at:deleted-entry         -                      -
//	each copy      nw:story                 nw:story               _newswired
//
// An archive (RFC 5005 section 4) is told by fh:archive and links to the others;
// readers of Atom drop what is void (RFC 6721), those of the other formats find
// that it is gone.
//
// An Edition has a budget, maxBodies: once the entries together exceed it, the
// one that does and all after it go out with their Summary instead of the
// Content, and without authors, categories and media. No reader likes tens of
// megabytes, and a Source that sends them would otherwise decide how much
// memory we need. The same entries are always cut at the same place.
//
// In all of them the body ends with a line that links the carriers, for hardly
// any reader shows the rest.
//
// Begin with Edition, and then newSheet, where everything is cleaned: text in
// words.go, HTML in sanitise.go. What other newswireds read beside is in relay.go.
package render

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"time"

	"newswired/feed"
)

// A Format is one of the languages in which a Feed is published.
type Format int

// The formats, in the order in which they are offered to people.
const (
	Atom Format = iota
	RSS
	JSON
)

// Formats lists every Format.
var Formats = []Format{Atom, RSS, JSON}

// formats is indexed by Format. The media types of Atom and RSS are the ones
// that readers ask for; RSS never registered its own.
var formats = [...]struct{ name, extension, mediaType string }{
	Atom: {"Atom", "atom", "application/atom+xml"},
	RSS:  {"RSS", "rss", "application/rss+xml"},
	JSON: {"JSON Feed", "json", "application/feed+json"},
}

// String returns the name that people know the Format by.
func (f Format) String() string { return formats[f].name }

// Extension returns the end of an Edition's file name, without the dot.
func (f Format) Extension() string { return formats[f].extension }

// MediaType returns the bare media type, as a link's type attribute has it.
func (f Format) MediaType() string { return formats[f].mediaType }

// ContentType returns the media type with the charset, as HTTP has it.
func (f Format) ContentType() string { return formats[f].mediaType + "; charset=utf-8" }

// A Channel is what an Edition says of the Feed itself.
type Channel struct {
	feed.Feed
	ID        string    // of the Feed, a tag: URI (RFC 4151), the same in every Format
	Self      string    // URL of this Edition
	Page      string    // URL of the same Feed for people
	Base      string    // URL of the site
	Generator string    // name of the program
	Version   string    // of the program; may be ""
	Updated   time.Time // stands for the newest Entry's date in a Feed that has none
	Hubs      []string  // URLs of WebSub hubs that tell of changes

	// Instance is what the ids of this newswired begin with, for others that follow
	// its Feed; "" tells them nothing of it.
	Instance string

	Deleted []feed.Deletion // Entries that were here and are void
	Archive bool            // true: this is no subscription document
	Current string          // of an archive, the URL of the subscription document
	Former  string          // URL of the archive before this document; "" if there is none
	Next    string          // of an archive, the URL of the one after it; "" if there is none
}

// A relation is a link from a document to another one of the same Feed, or to
// what serves it, by its registered name.
type relation struct{ rel, url string }

// relations returns the links beside those to itself and to its page.
func (c *Channel) relations() []relation {
	var all []relation
	for _, hub := range c.Hubs {
		all = append(all, relation{"hub", hub})
	}
	for _, r := range []relation{{"current", c.Current}, {"prev-archive", c.Former}, {"next-archive", c.Next}} {
		if r.url != "" {
			all = append(all, r)
		}
	}
	return all
}

// Edition renders the entries, which it leaves in their order. It fails only if
// an Entry's Shown is not the index of one of its Copies.
func Edition(f Format, channel Channel, entries []feed.Entry) ([]byte, error) {
	if err := check(entries); err != nil {
		return nil, err
	}
	sheets := newSheets(entries, channel)
	head := newMasthead(channel, sheets)
	head.relay = newRelayHead(channel, entries)
	switch f {
	case Atom:
		return marshalXML(atomDocument(head, sheets))
	case RSS:
		return marshalXML(rssDocument(head, sheets))
	case JSON:
		return marshalJSON(jsonDocument(head, sheets))
	}
	return nil, fmt.Errorf("render %s: no format %d", channel.Name, int(f))
}

// maxBodies is the budget of an Edition in bytes; a hundred entries of real
// full text have less than 1 MiB. shortLength is how many characters of its
// text an Entry beyond it has.
const (
	maxBodies   = 4 << 20
	shortLength = 2000
)

// newSheets keeps to the budget. The Content of an Entry beyond it is not even
// sanitised.
func newSheets(entries []feed.Entry, channel Channel) []sheet {
	sheets := make([]sheet, len(entries))
	left := maxBodies
	for i := range entries {
		if left > 0 {
			sheets[i] = newSheet(&entries[i], channel)
			left -= sheets[i].weight()
		}
		if left <= 0 {
			sheets[i] = newShortSheet(&entries[i], channel)
		}
	}
	return sheets
}

// marshalXML indents by one space: people look into feeds, and gzip makes the
// spaces free. encoding/xml escapes all text, so that only fields marked
// innerxml and cdata can do harm; there is one of each.
func marshalXML(document any) ([]byte, error) {
	b := bytes.NewBufferString(xml.Header)
	enc := xml.NewEncoder(b)
	enc.Indent("", " ")
	if err := enc.Encode(document); err != nil {
		return nil, fmt.Errorf("encode xml: %w", err)
	}
	b.WriteByte('\n')
	return b.Bytes(), nil
}

// marshalJSON ends with a line break, as files do.
func marshalJSON(document any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false) // the reader escapes; \u003c would only make it longer
	enc.SetIndent("", " ")
	if err := enc.Encode(document); err != nil {
		return nil, fmt.Errorf("encode json: %w", err)
	}
	return b.Bytes(), nil
}
