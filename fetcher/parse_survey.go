package fetcher

import (
	"bytes"
	"strings"
)

// An outline is what a look at the tags shows of a Document: things that
// gofeed does not tell, how many Articles it should find, and what would make
// it fail in ways that cannot be caught.
type outline struct {
	tags   [][]byte // the start tag of every item or entry
	starts []int    // where they begin
	ids    [][]byte // Atom: the id within each as it is written, nil if unknown
	spaces int      // most namespaces declared at one place
	odd    bool     // nested too deep, or written so that nobody can tell
	uneven bool     // tags opened are not tags closed
}

// A surveyor goes over the tags.
type surveyor struct {
	outline
	want   string // item or entry
	open   []int  // namespaces declared by each open element
	spaces int    // their sum
	voids  int    // elements like <br> without a slash, which count as open
	inside bool   // an entry
	source bool   // its source
}

// survey looks at a Document, which begins with its root element and is looked
// at as far as that goes. It costs a few per cent of parsing.
func survey(text []byte, r root) outline {
	s := surveyor{want: "item"}
	if r.name == "feed" {
		s.want = "entry"
	}
	last := append([]byte("</"), tagNameOf(text[1:])...)
	for pos := 0; ; {
		i := bytes.IndexByte(text[pos:], '<')
		if i < 0 || pos+i+1 >= len(text) {
			return s.outline
		}
		pos += i
		switch b := text[pos:]; {
		case b[1] == '!' || b[1] == '?':
			s.odd = s.odd || b[1] == '!' && !bytes.HasPrefix(b, []byte("<![CDATA[")) && !bytes.HasPrefix(b, []byte("<!--"))
			pos += sectionLength(b)
		case b[1] == '/':
			s.end(b)
			if bytes.HasPrefix(b, last) {
				s.outline.uneven = len(s.open) > 0
				return s.outline
			}
			pos += 2
		default:
			name := tagNameOf(b[1:])
			if len(name) == 0 {
				pos++
				continue
			}
			n := tagLength(b)
			if n == 0 {
				return s.outline // nothing is whole from here on
			}
			s.start(b, name, n, pos)
			pos += n
		}
	}
}

// tagLength measures the tag at the start of b as encoding/xml does; 0 if it
// has no end. Where the two disagree because of a quote too many, encoding/xml
// reports an error before it can be led astray.
func tagLength(b []byte) int {
	for i := 1; i < len(b); i++ {
		switch c := b[i]; c {
		case '>':
			return i + 1
		case '"', '\'':
			n := bytes.IndexByte(b[i+1:], c)
			if n < 0 {
				return bytes.IndexByte(b, '>') + 1
			}
			i += n + 1
		}
	}
	return bytes.IndexByte(b, '>') + 1
}

// end notes the end tag at the start of b. Every one closes exactly one element,
// whatever its name: encoding/xml does so too when it is not strict.
func (s *surveyor) end(b []byte) {
	if n := len(s.open) - 1; n >= 0 {
		s.spaces -= s.open[n]
		s.open = s.open[:n]
	}
	if s.want == "entry" {
		_, local := splitName(tagNameOf(b[2:]))
		s.inside = s.inside && string(local) != s.want
		s.source = s.source && string(local) != "source"
	}
}

// start notes the tag of n bytes at the start of b, which is text at pos.
func (s *surveyor) start(b, name []byte, n, pos int) {
	if b[n-2] != '/' {
		declared := bytes.Count(b[:n], []byte("xmlns"))
		s.spaces += declared
		s.outline.spaces = max(s.outline.spaces, s.spaces)
		if void(name) {
			s.voids++
			s.odd = s.odd || s.voids > 20*maxDepth
		} else {
			s.open = append(s.open, declared)
			s.odd = s.odd || len(s.open) > maxDepth
		}
	}
	switch _, local := splitName(name); {
	case len(local) == len(s.want) && strings.EqualFold(string(local), s.want) && s.samePrefix(name):
		s.tags = append(s.tags, b[:n])
		s.starts = append(s.starts, pos)
		s.ids = append(s.ids, nil)
		s.inside, s.source = true, false
	case s.want != "entry":
	case string(local) == "source":
		s.source = true
	case s.inside && !s.source && string(local) == "id" && s.ids[len(s.ids)-1] == nil:
		s.ids[len(s.ids)-1], _, _ = bytes.Cut(b[n:], []byte("<"))
	}
}

// samePrefix reports whether a name has the prefix of the first item found:
// other vocabularies have items too.
func (s *surveyor) samePrefix(name []byte) bool {
	if len(s.tags) == 0 {
		return true
	}
	p, _ := splitName(name)
	q, _ := splitName(tagNameOf(s.tags[0][1:]))
	return bytes.Equal(p, q)
}
