package render

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"newswired/feed"
)

// A sheet is an Entry as every Format shows it. All text is clean: valid in
// XML, without control characters; every URL is absolute http or https.
type sheet struct {
	Brief
	id         string
	published  time.Time // UTC, whole seconds
	updated    time.Time // UTC, see newSheet for its thousandths
	summary    string    // plain text; "" if body says no more than it
	body       string    // HTML, sanitised; never empty
	sourceURL  string    // of the Source of the Copy shown, see publicURL; may be ""
	authors    []feed.Person
	categories []string
	enclosures []feed.Enclosure // with type and without doubles
	image      string           // URL; "" if there is none
	relay      *relayStory      // what other newswireds are told; may be nil
}

// newSheet reduces an Entry, whose Shown must be valid. Dates that are missing
// or impossible are stood in for by the next best one, for both Atom and RSS
// readers put an Entry without a date wherever they please:
//
//	published   the Entry's, else its updated, else the Channel's
//	updated     the Entry's, else published
//
// What came in one poll has one time. The thousandths of updated, which no Source
// gives, are those of the Story's number, for entries of a document should differ
// in it, and must not change it because others do.
func newSheet(e *feed.Entry, channel Channel) sheet {
	c := &e.Copies[e.Shown]
	s := sheet{
		Brief:      newBrief(e),
		id:         clean(e.ID),
		sourceURL:  publicURL(c.SourceURL),
		authors:    authors(c.Authors),
		categories: lines(c.Categories),
		enclosures: enclosures(c.Enclosures),
		image:      feed.Absolute(c.Link, c.Image),
	}
	s.published = date(e.Published, e.Updated, channel.Updated)
	s.updated = date(e.Updated, s.published).Add(time.Duration(e.Story.ID%1000) * time.Millisecond)
	var made string
	s.summary, s.body, made = text(c, channel.Summary)
	if s.body == "" {
		s.body, made = paragraphs(s.Title), bodyTitle
	}
	s.relay = newRelayStory(e, channel, made)
	s.body += alsoCarried(s.Carriers, s.Language)
	return s
}

// publicURL returns where a Source is as far as strangers may know: without
// name, password, query and fragment. Subscribers get a feed of their own by a
// key in the query, and nobody can tell a key from a word that names the feed;
// it is better that two Sources look alike than that a key is published.
func publicURL(source string) string {
	url, _, _ := strings.Cut(feed.Absolute("", source), "#")
	url, _, _ = strings.Cut(url, "?")
	return url
}

// weight is about how many bytes the Source's words add to an Edition.
func (s *sheet) weight() int {
	n := len(s.summary) + len(s.body) + len(s.image) + s.relay.weight()
	for _, p := range s.authors {
		n += len(p.Name) + len(p.Email) + len(p.URL)
	}
	for _, c := range s.categories {
		n += len(c)
	}
	for _, e := range s.enclosures {
		n += len(e.URL) + len(e.Type)
	}
	return n
}

// newShortSheet is newSheet for an Entry beyond the budget of an Edition: the
// Summary stands for the Content, at a length that few Summaries have, and what
// comes in lists is left out.
func newShortSheet(e *feed.Entry, channel Channel) sheet {
	c := e.Copies[e.Shown]
	c.Summary, c.Content = excerpt(&c, shortLength), ""
	c.Authors, c.Categories, c.Enclosures = nil, nil, nil
	short := *e
	short.Copies = slices.Clone(e.Copies)
	short.Copies[e.Shown] = c
	s := newSheet(&short, channel)
	s.relay = newRelayStory(e, channel, bodyShort)
	return s
}

// text returns the summary, the body without the line of carriers, and how that
// is made, as other newswireds are told. The summary is "" where the body is made
// of it: readers that show both would show it twice.
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
func text(c *feed.Copy, summaryOnly bool) (summary, body, made string) {
	summary = clean(c.Summary)
	switch {
	case summary == "" && (summaryOnly || c.Content == ""):
		return "", paragraphs(excerpt(c, excerptLength)), bodyShort
	case summaryOnly || c.Content == "":
		return "", paragraphs(summary), bodySummary
	}
	body = sanitise(c.Content, c.Link)
	switch words := feed.Plain(body); {
	case body == "":
		return "", paragraphs(summary), bodySummary
	case words == feed.OneLine(summary):
		return "", body, bodyBoth
	}
	return summary, body, ""
}

// A masthead is what every Format says of the Feed. Its Title is never empty,
// for Atom and RSS demand one.
type masthead struct {
	Channel
	language string     // the one all entries share, else ""
	updated  time.Time  // of the newest Entry
	relay    *relayHead // nil if other newswireds are told nothing
}

// newMasthead dates the Feed by its newest Entry and not by the time of
// rendering: with that the ETag would move without any news. The language is
// told only if it is everybody's; a mixed Feed tells it per Entry.
func newMasthead(channel Channel, sheets []sheet) masthead {
	head := masthead{Channel: channel}
	head.Title = cmp.Or(Line(channel.Title), Line(channel.Name), "Untitled")
	head.Description = Line(channel.Description)
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
