package render

import (
	"cmp"
	"html"
	"strings"
	"time"

	"newswired/feed"
)

// A sheet is an Entry as every Format shows it. All text is clean: valid in
// XML, without control characters; every URL is absolute http or https.
type sheet struct {
	Brief
	id         string
	published  time.Time
	updated    time.Time
	summary    string // plain text; "" if body says no more than it
	body       string // HTML, sanitised; never empty
	sourceURL  string // of the Source of the Copy shown; may be ""
	authors    []feed.Person
	categories []string
	enclosures []feed.Enclosure // with type and without doubles
	image      string
}

// newSheet reduces an Entry, whose Shown must be valid. Dates that are missing
// or impossible are stood in for by the next best one, for both Atom and RSS
// readers put an Entry without a date wherever they please:
//
//	published   the Entry's, else its updated, else the Channel's
//	updated     the Entry's, else published
func newSheet(e *feed.Entry, channel Channel) sheet {
	c := &e.Copies[e.Shown]
	s := sheet{
		Brief:      newBrief(e),
		id:         clean(e.ID),
		sourceURL:  feed.Absolute("", c.SourceURL),
		authors:    authors(c.Authors),
		categories: lines(c.Categories),
		enclosures: enclosures(c.Enclosures),
		image:      feed.Absolute(c.Link, c.Image),
	}
	s.published = date(e.Published, e.Updated, channel.Updated)
	s.updated = date(e.Updated, s.published)
	s.summary, s.body = text(c, channel.Summary)
	if s.body == "" {
		s.body = paragraphs(s.Title)
	}
	s.body += alsoCarried(s.Carriers)
	return s
}

// text returns the summary and the body without the line of carriers. The
// summary is "" where the body is made of it: readers that show both would show
// it twice.
//
//	Summary  Content         summary  body
//	s        c               s        c
//	s        says s as well  -        c
//	s        -, or a pixel   -        s
//	-        c               -        c
//	-        -               -        - (the caller takes the headline)
//
// A Feed of summaries shows s alone, and the beginning of c's words for want of
// it.
func text(c *feed.Copy, summaryOnly bool) (summary, body string) {
	summary = clean(c.Summary)
	if summaryOnly || c.Content == "" {
		return "", paragraphs(cmp.Or(summary, excerpt(c, excerptLength)))
	}
	body = sanitise(c.Content, c.Link)
	switch words := feed.Plain(body); {
	case body == "":
		return "", paragraphs(summary)
	case words == feed.OneLine(summary):
		summary = ""
	}
	return summary, body
}

// alsoCarried is the last line of an Entry's body, "" if nobody else has it. It
// is written after the body was sanitised, from values that are clean already.
// The line is English whatever the Entry's language is, and says so.
func alsoCarried(carriers []Carrier) string {
	if len(carriers) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString(`<p lang="en">Also carried by `)
	for i, c := range carriers {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(`<a href="` + html.EscapeString(c.Link) + `">` + html.EscapeString(c.Outlet) + `</a>`)
	}
	b.WriteString(".</p>")
	return b.String()
}

// A masthead is what every Format says of the Feed. Its Title is never empty,
// for Atom and RSS demand one.
type masthead struct {
	Channel
	language string    // the one all entries share, else ""
	updated  time.Time // of the newest Entry
}

// newMasthead dates the Feed by its newest Entry and not by the time of
// rendering: with that the ETag would move without any news. The language is
// told only if it is everybody's; a mixed Feed tells it per Entry.
func newMasthead(channel Channel, sheets []sheet) masthead {
	head := masthead{Channel: channel}
	head.Title = cmp.Or(line(channel.Title), line(channel.Name), "Untitled")
	head.Description = line(channel.Description)
	if len(sheets) == 0 {
		head.updated = date(channel.Updated)
		return head
	}
	head.language = sheets[0].Language
	for i := range sheets {
		if sheets[i].Language != head.language {
			head.language = ""
		}
		if sheets[i].updated.After(head.updated) {
			head.updated = sheets[i].updated
		}
	}
	return head
}
