package render

import (
	"encoding/xml"
	"strconv"
	"strings"
	"time"

	"newswired/feed"
)

// What a newswired tells another one that follows its Feed, in every Format: of
// the Feed who it is, the Sources that the Entries are of, and what is void; of
// an Entry each of its Copies. Of the Copy shown that is what the Entry itself has
// no place for, of the others all but the text. Other readers pass all of it over:
// it is a namespace of its own in Atom and RSS, and in JSON Feed an extension, as
// its specification has them.

// How the body of an Entry is made, where it is not of the Content alone.
const (
	bodyBoth    = "both"    // the Summary says the same
	bodySummary = "summary" // there is but the Summary
	bodyTitle   = "title"   // there is but the headline
	bodyShort   = "short"   // it is cut
)

// maxCopies is how many Copies of a Story are told, the newest.
const maxCopies = 100

// A relayHead is what a document says of the newswired that it comes from.
type relayHead struct {
	XMLName xml.Name      `xml:"nw:newswired" json:"-"`
	ID      string        `xml:"id,attr" json:"id"` // what its ids begin with
	Sources []relaySource `xml:"nw:source" json:"sources,omitempty"`
	Void    []relayVoid   `xml:"nw:void" json:"void,omitempty"`
}

// A relaySource is a Source of which a Copy stands in the document, or stood.
type relaySource struct {
	Name   string `xml:"name,attr" json:"name"`
	Outlet string `xml:"outlet,attr" json:"outlet"`
	Agency string `xml:"agency,attr,omitempty" json:"agency,omitempty"`
	URL    string `xml:"url,attr,omitempty" json:"url,omitempty"`
}

// A relayVoid is an Entry that was withdrawn, or is told in another.
type relayVoid struct {
	ID     string      `xml:"id,attr" json:"id"`
	In     string      `xml:"in,attr,omitempty" json:"in,omitempty"`
	Copies []relayCopy `xml:"nw:copy" json:"copies,omitempty"`
}

// A relayStory is the Copy shown, with the others within it.
type relayStory struct {
	XMLName xml.Name `xml:"nw:story" json:"-"`
	relayCopy
	Body   string      `xml:"body,attr,omitempty" json:"body,omitempty"`
	Copies []relayCopy `xml:"nw:copy" json:"copies,omitempty"`
}

// A relayCopy is an Article. Its id is a number where it was polled by us, else
// the one it has where it was; the path is of those that it came by since.
type relayCopy struct {
	ID         string   `xml:"id,attr" json:"id"`
	Path       string   `xml:"path,attr,omitempty" json:"path,omitempty"`
	From       string   `xml:"from,attr" json:"from"`                               // the name of its Source
	Published  string   `xml:"published,attr,omitempty" json:"published,omitempty"` // absent: the Entry's
	Credit     string   `xml:"credit,attr,omitempty" json:"credit,omitempty"`
	GUID       *string  `xml:"guid,attr" json:"guid,omitempty"` // absent: the link
	Void       bool     `xml:"void,attr,omitempty" json:"void,omitempty"`
	Language   string   `xml:"lang,attr,omitempty" json:"language,omitempty"`
	Link       string   `xml:"href,attr,omitempty" json:"url,omitempty"`
	Title      string   `xml:"title,attr,omitempty" json:"title,omitempty"`
	Authors    []string `xml:"nw:author" json:"authors,omitempty"`
	Categories []string `xml:"nw:category" json:"tags,omitempty"`
}

// newRelayStory tells the Copies of an Entry, in their order; nil if the Channel
// does not say who we are.
func newRelayStory(e *feed.Entry, channel Channel, body string) *relayStory {
	if channel.Instance == "" {
		return nil
	}
	shown := newRelayCopy(&e.Copies[e.Shown])
	if shown.Published == e.Published.UTC().Format(time.RFC3339) {
		shown.Published = ""
	}
	return &relayStory{relayCopy: shown, Body: body, Copies: relayCopies(e.Copies, e.Shown)}
}

// relayCopies tells Copies but the one shown by their headlines.
func relayCopies(copies []feed.Copy, shown int) []relayCopy {
	var all []relayCopy
	for i := range copies {
		c := &copies[i]
		if i == shown || len(copies)-i > maxCopies {
			continue
		}
		r := newRelayCopy(c)
		r.Title, r.Link, r.Language, r.Categories = Line(c.Title), feed.Absolute("", c.Link), language(c.Language), lines(c.Categories)
		for _, p := range authors(c.Authors) {
			r.Authors = append(r.Authors, p.Name)
		}
		all = append(all, r)
	}
	return all
}

// newRelayCopy tells what an Entry has no place for.
func newRelayCopy(c *feed.Copy) relayCopy {
	r := relayCopy{
		ID: strconv.FormatInt(c.ID, 10), From: Line(c.Source),
		Published: c.Published.UTC().Format(time.RFC3339), Credit: Line(c.Credit), Void: !c.Deleted.IsZero(),
	}
	if c.Relayed != nil {
		r.ID, r.Path = clean(c.Relayed.ID), clean(strings.Join(c.Relayed.Path[1:], " "))
	}
	if guid := Line(c.GUID); guid != feed.Absolute("", c.Link) {
		r.GUID = &guid
	}
	return r
}

// weight is about how many bytes it adds to an Edition.
func (r *relayStory) weight() int {
	if r == nil {
		return 0
	}
	n := 100
	for i := range r.Copies {
		c := &r.Copies[i]
		n += 150 + len(c.Title) + len(c.Link) + len(strings.Join(c.Authors, "")) + len(strings.Join(c.Categories, ""))
	}
	return n
}

// newRelayHead lists the Sources in the order of the Entries.
func newRelayHead(channel Channel, entries []feed.Entry) *relayHead {
	if channel.Instance == "" {
		return nil
	}
	head := &relayHead{ID: clean(channel.Instance)}
	seen := make(map[string]bool)
	add := func(copies []feed.Copy) {
		for i := range copies {
			c := &copies[i]
			if !seen[c.Source] {
				seen[c.Source] = true
				head.Sources = append(head.Sources, relaySource{Line(c.Source), outlet(c), Line(c.Agency), publicURL(c.SourceURL)})
			}
		}
	}
	for i := range entries {
		add(entries[i].Copies)
	}
	for _, d := range channel.Deleted {
		v := relayVoid{ID: clean(d.ID), In: clean(d.In)}
		if d.Story != nil {
			add(d.Story.Copies)
			v.Copies = relayCopies(d.Story.Copies, -1)
		}
		head.Void = append(head.Void, v)
	}
	return head
}
