package fetcher

import (
	"bytes"
	encoding "encoding/json"
	"errors"

	ext "github.com/mmcdole/gofeed/extensions"

	"newswired/feed"
)

// What a newswired tells, in JSON by these names and in XML by elements and
// attributes of nearly the same.
type toldHead struct {
	ID      string       `json:"id"`
	Sources []toldSource `json:"sources"`
	Void    []toldVoid   `json:"void"`

	prefix  string                // of its namespace, in XML
	sources map[string]toldSource // those that may be taken, by name
}

// A toldSource is a Source of the newswired, by which its Articles come to be those
// of their outlets here, too.
type toldSource struct {
	Name   string `json:"name"`
	Outlet string `json:"outlet"`
	Agency string `json:"agency"`
	URL    string `json:"url"`
}

// A toldVoid is an Entry that is there no longer: it was withdrawn, with the Copies
// that said so, or is told in another one.
type toldVoid struct {
	ID     string     `json:"id"`
	In     string     `json:"in"` // id of that Entry; "" if it was withdrawn
	Copies []toldCopy `json:"copies"`
}

// A toldStory is an Entry: the Copy shown, and the others that carry the Story.
type toldStory struct {
	toldCopy
	Body   string     `json:"body"` // how the body of the Entry is made, if not of the Content alone: both, summary, title or short
	Copies []toldCopy `json:"copies"`
}

// A toldCopy is an Article of the newswired. What the Entry says in its own format of
// the Copy shown is not told twice, and "" here.
type toldCopy struct {
	ID         string   `json:"id"`
	Path       string   `json:"path"` // newswireds that it came by before, separated by spaces
	From       string   `json:"from"` // name of its Source
	Published  string   `json:"published"`
	Credit     string   `json:"credit"`
	GUID       *string  `json:"guid"` // nil: it is the link
	Void       bool     `json:"void"`
	Language   string   `json:"language"`
	Link       string   `json:"url"`
	Title      string   `json:"title"`
	Authors    []string `json:"authors"`
	Categories []string `json:"tags"`
}

// guid returns the GUID, which is the link where none is told.
func (c *toldCopy) guid(link string) string {
	if c.GUID == nil {
		return link
	}
	return *c.GUID
}

// headJSON returns what a JSON Feed tells another newswired, and each of its items,
// in their order; nil if it is none's. A value of the wrong type is left out.
func headJSON(text []byte) (*toldHead, []*toldStory) {
	if !bytes.Contains(text, []byte(`"_newswired"`)) {
		return nil, nil
	}
	var doc struct {
		Head  *toldHead `json:"_newswired"`
		Items []struct {
			Story *toldStory `json:"_newswired"`
		} `json:"items"`
	}
	var wrong *encoding.UnmarshalTypeError
	if err := encoding.Unmarshal(text, &doc); err != nil && !errors.As(err, &wrong) || doc.Head == nil {
		return nil, nil
	}
	stories := make([]*toldStory, len(doc.Items))
	for i, it := range doc.Items {
		stories[i] = it.Story
	}
	return doc.Head, stories
}

// headXML returns what a Document tells another newswired, nil if nothing, and the
// prefix of the namespace there: it is whoever writes XML that chooses it.
func headXML(root []byte, x ext.Extensions) (*toldHead, string) {
	for prefix, elements := range x {
		all := elements["newswired"]
		if len(all) == 0 || attribute(root, "xmlns:"+prefix) != feed.RelayNamespace {
			continue
		}
		head := &toldHead{ID: all[0].Attrs["id"]}
		for _, s := range all[0].Children["source"] {
			head.Sources = append(head.Sources, toldSource{s.Attrs["name"], s.Attrs["outlet"], s.Attrs["agency"], s.Attrs["url"]})
		}
		for _, v := range all[0].Children["void"] {
			head.Void = append(head.Void, toldVoid{v.Attrs["id"], v.Attrs["in"], copiesXML(v.Children["copy"])})
		}
		return head, prefix
	}
	return nil, ""
}

// storyXML returns what an Entry tells another newswired, nil if nothing, or if the
// Document is not taken for a newswired's.
func (r *reader) storyXML(x ext.Extensions) *toldStory {
	if r.relay == nil {
		return nil
	}
	all := x[r.relay.prefix]["story"]
	if len(all) == 0 {
		return nil
	}
	return &toldStory{copyXML(all[0]), all[0].Attrs["body"], copiesXML(all[0].Children["copy"])}
}

// copiesXML reads Copies, as many as are taken.
func copiesXML(all []ext.Extension) []toldCopy {
	var copies []toldCopy
	for _, e := range firstOf(all, maxTold) {
		copies = append(copies, copyXML(e))
	}
	return copies
}

// copyXML reads a Copy from the attributes of its element.
func copyXML(e ext.Extension) toldCopy {
	c := toldCopy{ID: e.Attrs["id"], Path: e.Attrs["path"], From: e.Attrs["from"], Published: e.Attrs["published"], Credit: e.Attrs["credit"],
		Void: e.Attrs["void"] == "true", Language: e.Attrs["lang"], Link: e.Attrs["href"], Title: e.Attrs["title"],
		Authors: values(e.Children["author"]), Categories: values(e.Children["category"])}
	if guid, ok := e.Attrs["guid"]; ok {
		c.GUID = &guid
	}
	return c
}

// values returns the texts of elements.
func values(all []ext.Extension) []string {
	var texts []string
	for _, e := range all {
		texts = append(texts, e.Value)
	}
	return texts
}
