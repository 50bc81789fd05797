package fetcher

import (
	"strings"

	ext "github.com/mmcdole/gofeed/extensions"

	"newswired/feed"
)

// Bounds of what a newswired may tell.
const (
	maxTold     = 200             // Copies of one Entry, beside the one shown
	maxHops     = 16              // newswireds that an Article came by
	maxToldHere = 2 * maxArticles // Articles of one Document: each Entry has some
)

// relayXML reads what a Document of XML says of its newswired, and takes it for
// one if it may be.
func (r *reader) relayXML(root []byte, x ext.Extensions) {
	if head, prefix := headXML(root, x); head != nil {
		head.prefix = prefix
		r.takeForRelay(head)
	}
}

// relayJSON is relayXML for a JSON Feed. It returns what the items say.
func (r *reader) relayJSON(text []byte) []*toldStory {
	head, stories := headJSON(text)
	if head != nil {
		r.takeForRelay(head)
	}
	return stories
}

// takeForRelay notes that the Document is a newswired's if it has a name and is
// believed. Its items are all read each time: one may tell several Articles.
func (r *reader) takeForRelay(head *toldHead) {
	if feed.Minter(head.ID+"story/1", "story") != head.ID {
		return
	}
	if !r.believed {
		if r.src.Relay == "" {
			r.note("it has become the feed of a newswired, and is read as an outlet's own; to take its articles for those of the outlets that it names, set relay: true")
		}
		return
	}
	head.sources = make(map[string]toldSource, len(head.Sources))
	for _, s := range head.Sources {
		s.Name, s.Outlet = r.boundLine(feed.OneLine(s.Name), "name of a source"), r.boundLine(feed.OneLine(s.Outlet), "name of an outlet")
		s.Agency = r.boundLine(feed.OneLine(s.Agency), "name of an agency")
		s.URL = absolute(r.base, s.URL)
		if s.Name != "" && s.Outlet != "" {
			head.sources[s.Name] = s
		}
	}
	r.relay, r.doc.Relay = head, head.ID
}

// relayed adds the Articles of an Entry: the Copy shown, which the draft is, with
// what is said of it, and the others, of which there is no text. Those seen first
// come last, as Documents list the newest first, and the Copy shown comes after
// all, for by its words the others find their Story.
func (r *reader) relayed(d draft, story *toldStory) {
	r.toldCopies(d.guid, story.Copies)
	entry := d.guid
	d.origin = feed.Origin{} // what the Source of the Article said is in the credit
	d.guid = story.guid(r.link(d.links))
	if story.Published != "" {
		d.published = r.date(story.Published)
	}
	if d.content == "" { // RSS has it where the summary would be
		d.summary, d.content = "", d.summary
	}
	d.summary, d.content = bodyOf(story.Body, d.summary, withoutCarriers(d.content))
	if a := r.told(d, entry, story.toldCopy, story.Body == "short"); a != nil {
		a.Updated = d.updated
		if story.Body == "title" {
			a.Summary, a.Content = "", ""
		}
	}
}

// void notes the Entries that are void, or told in others, once all others are
// read.
func (r *reader) void() {
	if r.relay == nil {
		if r.wasRelay && r.believed {
			r.note("it was the feed of a newswired and does not show itself as one, and is read as an outlet's own; if it is none any more, set relay: false")
		}
		return
	}
	r.doc.Deleted = nil // the same by ids
	r.doc.Retold = make(map[string]string)
	for _, v := range firstOf(r.relay.Void, maxArticles) {
		switch {
		case !names(v.ID):
		case v.In != "" && names(v.In):
			r.doc.Retold[v.ID] = v.In
		case v.In == "" && len(v.Copies) == 0:
			r.doc.Deleted = append(r.doc.Deleted, v.ID)
		}
		r.toldCopies(v.ID, v.Copies)
	}
	if r.crowded {
		r.doc.Partial = true
		r.note("only the first %d articles of those that it tells are read", maxToldHere)
	}
}

// names reports whether a text may be the id of an Entry.
func names(id string) bool { return id != "" && len(id) <= maxLine }

// toldCopies adds Articles of which there is no text, the last ones first.
func (r *reader) toldCopies(entry string, copies []toldCopy) {
	for i := min(len(copies), maxTold) - 1; i >= 0; i-- {
		r.toldCopy(entry, copies[i])
	}
}

// toldCopy adds an Article of which there is no text.
func (r *reader) toldCopy(entry string, c toldCopy) {
	d := draft{guid: c.guid(c.Link), links: []string{c.Link}, title: c.Title, language: c.Language, published: r.date(c.Published),
		authors: people(c.Authors...), categories: c.Categories}
	if a := r.told(d, entry, c, true); a != nil {
		a.Language = r.lang(c.Language) // that of the Document is not its own
	}
}

// told adds an Article and returns it, nil if it is refused: it or its Entry has no
// id, or its Source is not named.
func (r *reader) told(d draft, entry string, c toldCopy, brief bool) *feed.Article {
	if len(r.doc.Articles) >= maxToldHere {
		r.crowded = true
		return nil
	}
	s, ok := r.relay.sources[feed.OneLine(c.From)]
	id, path := r.way(c)
	if !ok || path == nil || !names(entry) {
		r.doc.Refused = append(r.doc.Refused, feed.Refusal{Name: cut(feed.OneLine(c.ID), maxLine), Reason: "a copy without an id, of an entry without one, or of a source that is not named"})
		return nil
	}
	n := len(r.doc.Articles)
	if r.article(d); len(r.doc.Articles) == n {
		return nil
	}
	a := &r.doc.Articles[n]
	a.Relayed = &feed.Relayed{ID: id, Path: path, Entry: entry, Source: s.Name, URL: s.URL, Outlet: s.Outlet, Agency: s.Agency,
		Credit: r.boundLine(feed.OneLine(c.Credit), "name of an agency"), Brief: brief, Void: c.Void}
	return a
}

// way returns the id of a Copy and the newswireds that it came by, this one the
// last; nil if it does not tell them.
func (r *reader) way(c toldCopy) (id string, path []string) {
	if id = c.ID; isNumber(id) {
		id = feed.ArticleID(r.relay.ID, id)
	}
	minter := feed.Minter(id, "article")
	since := strings.Fields(c.Path)
	if minter == "" || len(since) > maxHops {
		return id, nil
	}
	for _, p := range since {
		if feed.Minter(feed.ArticleID(p, "1"), "article") != p {
			return id, nil
		}
	}
	path = append([]string{minter}, since...)
	if path[len(path)-1] != r.relay.ID {
		path = append(path, r.relay.ID)
	}
	return id, path
}

// bodyOf returns the summary and the content of which an Entry was made, by the
// word that says how.
func bodyOf(made, summary, content string) (string, string) {
	switch made {
	case "summary", "short":
		return feed.Plain(content), ""
	case "both":
		return feed.Plain(content), content
	}
	return summary, content
}

// withoutCarriers cuts off the paragraph that names who else carries a report.
func withoutCarriers(content string) string {
	if i := strings.LastIndex(content, `<p class="`+feed.CarriersClass+`"`); i >= 0 {
		return content[:i]
	}
	return content
}

// firstOf returns no more than n elements.
func firstOf[T any](all []T, n int) []T { return all[:min(len(all), n)] }

// isNumber reports whether a text is of digits only, as the ids of rows are.
func isNumber(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
