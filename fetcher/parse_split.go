package fetcher

import (
	"bytes"
	"strings"

	"newswired/feed"
)

// An outline is what one pass over the tags of a Document shows: where its
// items are, things that gofeed does not tell, and what would make it fail in
// ways that cannot be caught.
type outline struct {
	items    []item
	end      int    // of the root, if certain
	spaces   int    // most namespaces declared at one place
	odd      bool   // nested too deep, or with declarations where none may be
	deep     bool   // nested too deep
	wide     bool   // too many attributes in one element
	over     bool   // too many elements and attributes: looked at only as far as that
	uneven   bool   // tags opened are not tags closed
	headless bool   // an item ended before any began
	hubs     []byte // JSON Feed's list of that name, which gofeed does not read; nil if there is none

	// certain is true if no parser could disagree on where each item begins and
	// ends: every tag is closed by its own, and all items are children of one
	// element. Only then may items be taken apart. If it is false, every tag that
	// could begin an item counts as one.
	certain bool
}

// An item is what becomes an Article: RSS's <item>, Atom's <entry>, an element
// of JSON Feed's items.
type item struct {
	start, end int           // in the Document; end is 0 if it has none
	tag        []byte        // its start tag
	id         []byte        // Atom: the id within it as it is written, nil if unknown
	hash       feed.ItemHash // 0 if it is not to be remembered
	known      bool          // the Source's last Document had it
	nested     bool          // within something else than the channel
}

// A splitter goes over the tags.
type splitter struct {
	outline
	text     []byte
	pos      int
	want     string // item or entry
	root     []byte // the root's name
	open     []element
	spaces   int  // namespaces declared by the open elements
	voids    int  // elements like <br> without a slash, which count as open
	channels int  // more than one, and gofeed knows only the last
	level    int  // of the items' parents; 0 if there is none yet
	closed   bool // the root was
	doubt    bool

	parts    int    // elements and attributes
	end      []byte // how the end tag of an item begins; nil before the first item
	sections sections
	runaways int
}

// An element is one that is open.
type element struct {
	name   []byte
	spaces int // namespaces that it declares
	item   int // which of the items it is; -1: none
}

// split looks at a Document, which begins with its root element and is looked
// at as far as that goes. It costs a few per cent of parsing.
func split(text []byte, r root) outline {
	s := splitter{text: text, want: "item", root: tagNameOf(text[1:])}
	if r.name == "feed" {
		s.want = "entry"
	}
	for s.next() {
	}
	s.uneven = s.uneven || !s.closed || len(s.open) > 0
	s.odd = s.odd || s.deep || s.wide
	s.certain = s.closed && len(s.open) == 0 && !s.doubt && !s.odd && s.channels < 2
	if s.certain {
		s.outline.end = s.pos
		own := s.items[:0]
		for _, it := range s.items {
			if !it.nested {
				own = append(own, it)
			}
		}
		s.items = own
	}
	return s.outline
}

// next goes over the next tag; it is false after the last.
func (s *splitter) next() bool {
	i := bytes.IndexByte(s.text[s.pos:], '<')
	if i < 0 || s.pos+i+1 >= len(s.text) {
		return false
	}
	s.pos += i
	s.long(i)
	switch b := s.text[s.pos:]; b[1] {
	case '!', '?':
		s.odd = s.odd || b[1] == '!' && !bytes.HasPrefix(b, []byte("<![CDATA[")) && !bytes.HasPrefix(b, []byte("<!--"))
		n := s.sections.length(s.text, s.pos)
		if len(s.open) > 0 && s.runaways < maxRunaways && runaway(b[:n], s.open[len(s.open)-1].name, s.end) > 0 {
			s.runaways++
			s.doubt, s.uneven = true, true
			n = len("<!")
		}
		s.long(n)
		s.pos += n
	case '/':
		return s.close(b)
	default:
		name := tagNameOf(b[1:])
		if len(name) == 0 {
			s.doubt = true
			s.pos++
			return true
		}
		n := tagLength(b)
		if n == 0 {
			return false // nothing is whole from here on
		}
		s.begin(b, name, n)
		s.pos += n
		s.over = s.parts > maxParts
	}
	return !s.over
}

// long notes that n bytes are too many where a date should stand.
func (s *splitter) long(n int) {
	if n > maxDate && len(s.open) > 0 {
		_, local := splitName(s.open[len(s.open)-1].name)
		s.odd = s.odd || isDate(local)
	}
}

// close notes the end tag at the start of b, and reports whether something may
// follow it. Every one closes exactly one element, whatever its name:
// encoding/xml does so too when it is not strict.
func (s *splitter) close(b []byte) bool {
	name := tagNameOf(b[2:])
	n := 2 + len(name)
	for n < len(b) && b[n] <= ' ' {
		n++
	}
	whole := n < len(b) && b[n] == '>'
	last := len(s.open) - 1
	own := last >= 0 && bytes.Equal(s.open[last].name, name)
	s.doubt = s.doubt || !own || !whole
	s.pos += 2
	if whole {
		s.pos += n - 1
	}
	if last >= 0 {
		e := s.open[last]
		s.open = s.open[:last]
		s.spaces -= e.spaces
		if e.item >= 0 {
			s.items[e.item].end = s.pos
		}
	}
	root := bytes.Equal(name, s.root)
	s.closed = s.closed || root
	if _, local := splitName(name); len(s.items) == 0 && string(local) == s.want {
		s.headless, s.doubt, s.uneven = true, true, true
	}
	if root && !own && bytes.LastIndex(s.text, s.end) > s.pos {
		s.uneven = true // somebody quotes the end of a feed
		s.root = nil    // and is asked but once
		return true
	}
	return !root || own && len(s.open) > 0
}

// begin notes the tag of n bytes at the start of b.
func (s *splitter) begin(b, name []byte, n int) {
	_, local := splitName(name)
	isItem := len(local) == len(s.want) && strings.EqualFold(string(local), s.want) && s.samePrefix(name)
	index := -1
	switch {
	case isItem:
		index = len(s.items)
		if s.end == nil {
			s.end = append([]byte("</"), name...)
		}
		s.items = append(s.items, item{start: s.pos, end: s.pos + n, tag: b[:n], nested: !s.amongItems()})
	case len(s.open) == 1 && strings.EqualFold(string(local), "channel"):
		s.channels++
	case s.want == "entry" && string(local) == "id" && len(s.open) > 0:
		if parent := s.open[len(s.open)-1].item; parent >= 0 && s.items[parent].id == nil {
			s.items[parent].id, _, _ = bytes.Cut(b[n:], []byte("<"))
		}
	}
	declared := 0
	if s.parts++; n > len(name)+len("< a=>") {
		attributes := bytes.Count(b[:n], []byte("=")) // or more, if there are some in URLs
		s.parts += attributes
		s.wide = s.wide || attributes > maxAttributes
		declared = bytes.Count(b[:n], []byte("xmlns"))
	}
	if b[n-2] == '/' {
		s.closed = s.closed || len(s.open) == 0 // the root, with nothing in it
		return
	}
	if index >= 0 {
		s.items[index].end = 0
	}
	s.outline.spaces = max(s.outline.spaces, s.spaces+declared)
	if void(name) {
		s.voids++
		s.deep = s.deep || s.voids > 20*maxDepth
		s.doubt = true
		return
	}
	s.spaces += declared
	s.open = append(s.open, element{name, declared, index})
	s.deep = s.deep || len(s.open) > maxDepth
}

// amongItems reports whether the place is one for items: in the root, as Atom
// and RDF have it, or in its channel. It raises a doubt if there are items in
// both.
func (s *splitter) amongItems() bool {
	level := len(s.open)
	if level == 2 && s.want == "item" {
		if _, parent := splitName(s.open[1].name); !strings.EqualFold(string(parent), "channel") {
			return false
		}
	} else if level != 1 {
		return false
	}
	s.doubt = s.doubt || s.level != 0 && s.level != level
	s.level = level
	return true
}
