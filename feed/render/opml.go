package render

import (
	"cmp"
	"encoding/xml"
)

// A Subscription is a feed as OPML lists it, ours or a Source's.
type Subscription struct {
	Title       string // "" takes the URL
	Description string // may be ""
	URL         string // of the Atom, RSS or JSON document
	Page        string // for people; may be ""
	Language    string // BCP 47; may be ""
}

// An opml is a list of subscriptions (OPML 2.0, section "Subscription lists").
type opml struct {
	XMLName xml.Name  `xml:"opml"`
	Version string    `xml:"version,attr"`
	Title   string    `xml:"head>title"`
	Docs    string    `xml:"head>docs"`
	All     []outline `xml:"body>outline"`
}

// An outline is one of them. The type is "rss" for every format, as the
// specification wants it.
type outline struct {
	Type        string `xml:"type,attr"`
	Text        string `xml:"text,attr"`
	Title       string `xml:"title,attr"`
	Description string `xml:"description,attr,omitempty"`
	URL         string `xml:"xmlUrl,attr"`
	Page        string `xml:"htmlUrl,attr,omitempty"`
	Language    string `xml:"language,attr,omitempty"`
}

// OPML renders a list of subscriptions. It has no dates: the same list is the
// same bytes.
func OPML(title string, all []Subscription) ([]byte, error) {
	doc := opml{Version: "2.0", Title: Line(title), Docs: "http://opml.org/spec2.opml"}
	for _, s := range all {
		name := cmp.Or(Line(s.Title), s.URL)
		doc.All = append(doc.All, outline{
			Type: "rss", Text: name, Title: name, Description: Line(s.Description),
			URL: clean(s.URL), Page: clean(s.Page), Language: language(s.Language),
		})
	}
	return marshalXML(doc)
}
