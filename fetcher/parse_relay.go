package fetcher

import (
	encoding "encoding/json"
	"strings"

	ext "github.com/mmcdole/gofeed/extensions"

	"newswired/feed"
)

// relayNamespace is where a newswired says what only another one reads, see
// feed/render.
const relayNamespace = "urn:uuid:5b8f9f0c-2a3e-4c58-9d0e-6e7772640001"

// maxTold is how many Copies of one Entry are taken, and how many hops.
const (
	maxTold = 200
	maxHops = 16
)

// What a newswired tells, in JSON by these names and in XML by elements and
// attributes of nearly the same.
type toldHead struct {
	ID      string       `json:"id"`
	Sources []toldSource `json:"sources"`
	Void    []toldVoid   `json:"void"`

	sources map[string]toldSource
}

type toldSource struct {
	Name   string `json:"name"`
	Outlet string `json:"outlet"`
	Agency string `json:"agency"`
	URL    string `json:"url"`
}

type toldVoid struct {
	ID     string     `json:"id"`
	In     string     `json:"in"`
	Copies []toldCopy `json:"copies"`
}

type toldStory struct {
	toldCopy
	Body   string     `json:"body"`
	Copies []toldCopy `json:"copies"`
}

type toldCopy struct {
	ID         string   `json:"id"`
	Path       string   `json:"path"`
	From       string   `json:"from"`
	Published  string   `json:"published"`
	Credit     string   `json:"credit"`
	GUID       *string  `json:"guid"`
	Void       bool     `json:"void"`
	Language   string   `json:"language"`
	Link       string   `json:"url"`
	Title      string   `json:"title"`
	Authors    []string `json:"authors"`
	Categories []string `json:"tags"`
}

// relayXML reads what a Document of XML says of its newswired, and takes it for
// one if it may be.
func (r *reader) relayXML(root []byte, x ext.Extensions) {
	all := x["nw"]["newswired"]
	if len(all) == 0 || attribute(root, "xmlns:nw") != relayNamespace {
		return
	}
	head := &toldHead{ID: all[0].Attrs["id"]}
	for _, s := range all[0].Children["source"] {
		head.Sources = append(head.Sources, toldSource{s.Attrs["name"], s.Attrs["outlet"], s.Attrs["agency"], s.Attrs["url"]})
	}
	for _, v := range all[0].Children["void"] {
		head.Void = append(head.Void, toldVoid{v.Attrs["id"], v.Attrs["in"], copiesXML(v.Children["copy"])})
	}
	r.takeForRelay(head)
}

// relayJSON is relayXML for a JSON Feed. It returns what the items say.
func (r *reader) relayJSON(text []byte) []*toldStory {
	if !strings.Contains(string(text), `"_newswired"`) {
		return nil
	}
	var doc struct {
		Head  *toldHead `json:"_newswired"`
		Items []struct {
			Story *toldStory `json:"_newswired"`
		} `json:"items"`
	}
	if err := encoding.Unmarshal(text, &doc); err != nil || doc.Head == nil {
		return nil
	}
	r.takeForRelay(doc.Head)
	var all []*toldStory
	for _, it := range doc.Items {
		all = append(all, it.Story)
	}
	return all
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
		s.Name, s.Outlet, s.Agency = r.boundLine(feed.OneLine(s.Name), "name of a source"), r.boundLine(feed.OneLine(s.Outlet), "name of an outlet"), r.boundLine(feed.OneLine(s.Agency), "name of an agency")
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
	for i := min(len(story.Copies), maxTold) - 1; i >= 0; i-- {
		r.toldCopy(d.guid, story.Copies[i])
	}
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

// void notes the Entries that are void, or told in others.
func (r *reader) void() {
	if r.relay == nil {
		return
	}
	r.doc.Deleted = nil // the same by ids
	for _, v := range firstOf(r.relay.Void, maxArticles) {
		switch {
		case v.In != "":
			if r.doc.Retold == nil {
				r.doc.Retold = make(map[string]string)
			}
			r.doc.Retold[v.ID] = v.In
		case len(v.Copies) == 0:
			r.doc.Deleted = append(r.doc.Deleted, v.ID)
		}
		for i := len(v.Copies) - 1; i >= 0 && i >= len(v.Copies)-maxTold; i-- {
			r.toldCopy(v.ID, v.Copies[i])
		}
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

// told adds an Article and returns it, nil if it is refused: it has no id, or its
// Source is not named.
func (r *reader) told(d draft, entry string, c toldCopy, brief bool) *feed.Article {
	s, ok := r.relay.sources[feed.OneLine(c.From)]
	id, path := c.ID, strings.Fields(c.Path)
	if isNumber(id) {
		id = feed.ArticleID(r.relay.ID, id)
	}
	minter := feed.Minter(id, "article")
	if !ok || minter == "" || len(path) > maxHops || strings.ContainsAny(id, " \t\n") || len(entry) > maxLine {
		r.doc.Refused = append(r.doc.Refused, feed.Refusal{Name: c.ID, Reason: "a copy without an id, or of a source that is not named"})
		return nil
	}
	path = append([]string{minter}, path...)
	if path[len(path)-1] != r.relay.ID {
		path = append(path, r.relay.ID)
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

// guid returns the GUID, which is the link where none is told.
func (c *toldCopy) guid(link string) string {
	if c.GUID == nil {
		return link
	}
	return *c.GUID
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

// storyXML returns what an Entry tells another newswired, nil if nothing.
func storyXML(x ext.Extensions) *toldStory {
	all := x["nw"]["story"]
	if len(all) == 0 {
		return nil
	}
	return &toldStory{copyXML(all[0]), all[0].Attrs["body"], copiesXML(all[0].Children["copy"])}
}

func copiesXML(all []ext.Extension) []toldCopy {
	var copies []toldCopy
	for _, e := range all {
		copies = append(copies, copyXML(e))
	}
	return copies
}

func copyXML(e ext.Extension) toldCopy {
	c := toldCopy{ID: e.Attrs["id"], Path: e.Attrs["path"], From: e.Attrs["from"], Published: e.Attrs["published"], Credit: e.Attrs["credit"],
		Void: e.Attrs["void"] == "true", Language: e.Attrs["lang"], Link: e.Attrs["href"], Title: e.Attrs["title"],
		Authors: values(e.Children["author"]), Categories: values(e.Children["category"])}
	if guid, ok := e.Attrs["guid"]; ok {
		c.GUID = &guid
	}
	return c
}

func values(all []ext.Extension) []string {
	var texts []string
	for _, e := range all {
		texts = append(texts, e.Value)
	}
	return texts
}

// firstOf returns no more than n elements.
func firstOf[T any](all []T, n int) []T { return all[:min(len(all), n)] }

func isNumber(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
