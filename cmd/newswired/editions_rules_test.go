package main

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"newswired/feed/render"
)

// The rules by which validators and readers take an edition for good, as far as
// they concern what newswired writes. RFC 4287's grammar and the W3C's validator
// say the same of all real documents; they are programs of their own, for which
// the flag -editions writes files.

// A node is an element of an edition.
type node struct {
	name  string // with the namespace's URL before it, but for RSS's own
	attr  map[string]string
	text  string
	nodes []*node
}

const (
	atomSpace  = "http://www.w3.org/2005/Atom "
	mediaSpace = "http://search.yahoo.com/mrss/ "
)

// readNodes reads a document, and returns its root.
func readNodes(text []byte) (*node, error) {
	dec := xml.NewDecoder(bytes.NewReader(text))
	stack := []*node{{}}
	for {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) && len(stack[0].nodes) == 1 {
			return stack[0].nodes[0], nil
		}
		if err != nil {
			return nil, err
		}
		top := stack[len(stack)-1]
		switch t := token.(type) {
		case xml.StartElement:
			n := &node{name: strings.TrimSpace(t.Name.Space + " " + t.Name.Local), attr: make(map[string]string)}
			for _, a := range t.Attr {
				n.attr[strings.TrimSpace(a.Name.Space+" "+a.Name.Local)] = a.Value
			}
			top.nodes, stack = append(top.nodes, n), append(stack, n)
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		case xml.CharData:
			top.text += string(t)
		}
	}
}

// all returns the children of a name.
func (n *node) all(name string) []*node {
	var found []*node
	for _, c := range n.nodes {
		if c.name == name {
			found = append(found, c)
		}
	}
	return found
}

// Rules gather what is wrong with one edition.
type rules struct {
	wrong []string
	seen  map[string]bool
}

func (r *rules) say(ok bool, format string, args ...any) {
	if !ok {
		r.wrong = append(r.wrong, fmt.Sprintf(format, args...))
	}
}

// once says whether a text is new among those of its kind.
func (r *rules) once(kind, text string) {
	r.say(text != "" && !r.seen[kind+text], "%s %q is empty or there twice", kind, text)
	r.seen[kind+text] = true
}

// one returns the text of a child that must be there once and say something.
func (r *rules) one(n *node, name string) string {
	found := n.all(name)
	if len(found) != 1 || strings.TrimSpace(found[0].text) == "" {
		r.say(false, "%s has %d %s, or an empty one", n.name, len(found), name)
		return ""
	}
	return found[0].text
}

func (r *rules) web(where, text string) {
	u, err := url.Parse(text)
	r.say(err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && u.User == nil && !strings.ContainsAny(text, " <>\"{}|\\^`"), "%s: %q is no address", where, text)
}

func (r *rules) date(layout, text string) {
	_, err := time.Parse(layout, text)
	r.say(err == nil, "%q is no date", text)
}

var (
	tagID   = regexp.MustCompile(`^tag:[a-z0-9.-]+,\d{4}(-\d\d(-\d\d)?)?:[A-Za-z0-9./-]+$`)
	tongue  = regexp.MustCompile(`^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$`)
	medium  = regexp.MustCompile(`^[a-z]+/[a-z0-9][a-z0-9.+-]*$`)
	noWords = regexp.MustCompile(`[\x00-\x08\x0b\x0c\x0e-\x1f\x{80}-\x{9f}\x{fffe}\x{ffff}]`)
)

func (r *rules) language(text string) { r.say(tongue.MatchString(text), "%q is no language", text) }

// checkEdition fails the test for each rule that an edition breaks.
func checkEdition(t *testing.T, name string, f render.Format, text []byte) {
	t.Helper()
	r := &rules{seen: make(map[string]bool)}
	r.say(!noWords.Match(text), "a control character")
	if f == render.JSON {
		r.json(text)
	} else if root, err := readNodes(text); err != nil {
		r.say(false, "not well-formed: %v", err)
	} else if f == render.Atom {
		r.atom(root)
	} else {
		r.rss(root)
	}
	for _, w := range r.wrong {
		t.Errorf("%s as %s: %s", name, f, w)
	}
}

// atom checks RFC 4287 sections 4.1 and 4.2, RFC 5005 and RFC 6721.
func (r *rules) atom(root *node) {
	r.say(root.name == atomSpace+"feed", "root %s", root.name)
	r.say(tagID.MatchString(r.one(root, atomSpace+"id")), "the feed's id")
	r.one(root, atomSpace+"title")
	r.date(time.RFC3339, r.one(root, atomSpace+"updated"))
	r.persons(root)
	r.links(root, "self", "alternate")
	entries := false
	for _, n := range root.nodes {
		switch n.name {
		case atomSpace + "entry":
			entries = true
			r.entry(n)
		case "http://purl.org/atompub/tombstones/1.0 deleted-entry":
			r.once("ref", n.attr["ref"])
			r.date(time.RFC3339, n.attr["when"])
			fallthrough
		default:
			r.say(!entries, "%s after an entry", n.name)
		}
	}
}

// entry checks an entry of Atom and all that stands in it.
func (r *rules) entry(e *node) {
	id := r.one(e, atomSpace+"id")
	r.say(tagID.MatchString(id), "id %q", id)
	r.once("ref", id)
	r.one(e, atomSpace+"title")
	r.one(e, atomSpace+"content")
	r.say(e.all(atomSpace + "content")[0].attr["type"] == "html", "the type of the content")
	updated := r.one(e, atomSpace+"updated")
	r.date(time.RFC3339, updated)
	r.once("updated", updated)
	r.date(time.RFC3339, r.one(e, atomSpace+"published"))
	r.links(e)
	r.persons(e)
	for _, c := range e.all(atomSpace + "category") {
		r.say(c.attr["term"] != "", "a category without a term")
	}
	if tag, ok := e.attr["http://www.w3.org/XML/1998/namespace lang"]; ok {
		r.language(tag)
	}
	for _, s := range e.all(atomSpace + "source") {
		r.one(s, atomSpace+"id")
		r.one(s, atomSpace+"title")
		r.date(time.RFC3339, r.one(s, atomSpace+"updated"))
		r.persons(s)
	}
	for _, m := range e.all(mediaSpace + "thumbnail") {
		r.web("thumbnail", m.attr["url"])
	}
}

// links checks atom:link, and that each of some is there once.
func (r *rules) links(n *node, needed ...string) {
	var rels []string
	for _, l := range n.all(atomSpace + "link") {
		rel := l.attr["rel"]
		rels = append(rels, rel)
		r.web("link "+rel, l.attr["href"])
		r.say(rel != "", "a link without rel")
		if kind, ok := l.attr["type"]; ok {
			r.say(medium.MatchString(kind), "type %q", kind)
		}
		if length, ok := l.attr["length"]; ok {
			_, err := strconv.ParseUint(length, 10, 63)
			r.say(err == nil, "length %q", length)
		}
		if rel == "enclosure" {
			r.say(l.attr["type"] != "", "an enclosure without a type")
		}
	}
	for _, rel := range append(needed, "alternate", "prev-archive", "next-archive", "current") {
		count := 0
		for _, other := range rels {
			if other == rel {
				count++
			}
		}
		r.say(count <= 1 && (count == 1 || !slices.Contains(needed, rel)), "%d links %s", count, rel)
	}
}

// persons checks that each author has a name, and addresses that can be ones.
func (r *rules) persons(n *node) {
	for _, a := range n.all(atomSpace + "author") {
		r.one(a, atomSpace+"name")
		for _, u := range a.all(atomSpace + "uri") {
			r.web("author", u.text)
		}
		for _, m := range a.all(atomSpace + "email") {
			r.say(regexp.MustCompile(`^[^@\s]+@[^@\s]+$`).MatchString(m.text), "address %q", m.text)
		}
	}
}
