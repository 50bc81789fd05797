package fetcher

import (
	"bytes"
	"html"
	"strings"

	"newswired/feed"
)

// A root is the element that makes a Document a feed, found without parsing.
type root struct {
	name   string // rss, rdf or feed; "" if there is none
	prefix string // of its name, with the colon; most often ""
	start  int    // of its tag
	junk   bool   // there was more before it than XML allows
	other  string // the first element met instead, lower case
}

// format names the format of a Document by the tag of its root. What a root says
// of its version is often wrong, and only for people.
func (r root) format(tag []byte) string {
	version := cut(feed.OneLine(attribute(tag, "version")), 10)
	switch {
	case r.name == "rss":
		return strings.TrimSpace("RSS " + version)
	case r.name == "rdf" && bytes.Contains(tag, []byte("my.netscape.com/rdf/simple/0.9")), r.name == "rdf" && bytes.Contains(tag, []byte("channel.netscape.com/rdf/simple/0.9")):
		return "RSS 0.90"
	case r.name == "rdf":
		return "RSS 1.0"
	case version == "0.3", bytes.Contains(tag, []byte("purl.org/atom/ns#")):
		return "Atom 0.3"
	}
	return "Atom 1.0"
}

// findRoot looks for the root element. All that stands before it is cut then:
// the declaration, which told the encoding and is not true any more, comments
// beyond the 4 kB within which gofeed looks for the root, a DOCTYPE, whose
// entities would not be expanded anyway, and what a script printed by mistake.
func findRoot(text []byte) (r root) {
	for pos := 0; ; {
		i := bytes.IndexByte(text[pos:], '<')
		if i < 0 {
			return r
		}
		r.junk = r.junk || len(bytes.TrimSpace(text[pos:pos+i])) > 0
		pos += i
		if n := prologue(text[pos:]); n > 0 {
			pos += n
			continue
		}
		prefix, local := splitName(tagNameOf(text[pos+1:]))
		switch name := strings.ToLower(string(local)); name {
		case "rss", "rdf", "feed":
			r.name, r.prefix, r.start = name, string(prefix), pos
			return r
		case "br", "b", "p", "i", "font", "pre", "div", "script", "a", "strong", "": // a script's complaint
			r.junk = true
			if r.other == "" {
				r.other = name
			}
		default:
			r.other = name
			return r
		}
		pos++
	}
}

// prologue measures a processing instruction, comment or DOCTYPE at the start
// of b; 0 if it is something else.
func prologue(b []byte) int {
	until := func(end string) int {
		if i := bytes.Index(b, []byte(end)); i >= 0 {
			return i + len(end)
		}
		return len(b)
	}
	switch {
	case bytes.HasPrefix(b, []byte("<?")):
		return until("?>")
	case bytes.HasPrefix(b, []byte("<!--")):
		return until("-->")
	case !bytes.HasPrefix(b, []byte("<!")):
		return 0
	}
	if i := bytes.IndexAny(b, "[>"); i >= 0 && b[i] == '[' {
		return until("]>")
	}
	return until(">")
}

// sectionLength measures the CDATA section, comment, instruction or other thing
// that is no element at the start of b.
func sectionLength(b []byte) int {
	var s sections
	return s.length(b, 0)
}

// sections measures them and remembers where the next end of each kind is, so
// that many that begin before one end don't make each look for it.
type sections [4]int

// length measures the section at pos.
func (s *sections) length(text []byte, pos int) int {
	kind, from, end := 0, 2, ">"
	switch b := text[pos:]; {
	case bytes.HasPrefix(b, []byte("<![CDATA[")):
		kind, from, end = 1, len("<![CDATA["), "]]>"
	case bytes.HasPrefix(b, []byte("<!--")):
		kind, from, end = 2, len("<!--"), "-->"
	case b[1] == '?':
		kind, end = 3, "?>"
	}
	if s[kind] < pos+from {
		s[kind] = len(text)
		if i := bytes.Index(text[pos+from:], []byte(end)); i >= 0 {
			s[kind] = pos + from + i
		}
	}
	return min(s[kind]+len(end), len(text)) - pos
}

// maxRunaways bounds how many sections of one Document are looked at once more,
// since each may be as long as the rest of it.
const maxRunaways = 500

// runaway returns where a section should have ended that took the end of an
// item for its own text, 0 if it did not: one whose end is missing goes on to
// that of the next section, or of the Document. That is believed if the end of
// the element it stands in follows, then the end of the item, whose tag begins
// with end, and no item begins between them.
func runaway(section, in, end []byte) int {
	i := bytes.Index(section, end)
	if i <= 0 || end == nil {
		return 0
	}
	own := bytes.Index(section[:i+len(end)], append([]byte("</"), in...))
	begin := append([]byte("<"), end[len("</"):]...)
	if own <= 0 || bytes.Contains(section[:i], begin) {
		return 0
	}
	return own
}

// tagLength measures the tag at the start of b as encoding/xml does; 0 if it
// has no end. Where the two disagree because of a quote too many, encoding/xml
// reports an error before it can be led astray.
func tagLength(b []byte) int {
	first := bytes.IndexByte(b, '>') + 1
	if bytes.IndexByte(b[:first], '"') < 0 && bytes.IndexByte(b[:first], '\'') < 0 {
		return first
	}
	for i := 1; i < len(b); i++ {
		switch c := b[i]; c {
		case '>':
			return i + 1
		case '"', '\'':
			n := bytes.IndexByte(b[i+1:], c)
			if n < 0 {
				return first
			}
			i += n + 1
		}
	}
	return first
}

// void reports whether an element of HTML never has an end tag.
func void(name []byte) bool {
	switch string(name) {
	case "br", "hr", "img", "input", "BR", "HR", "IMG":
		return true
	}
	return false
}

// tagNameOf returns the name at the start of b, empty if none can begin there.
func tagNameOf(b []byte) []byte {
	for i, c := range b {
		switch {
		case c|0x20 >= 'a' && c|0x20 <= 'z', c == '_', c == ':', c >= 0x80:
		case i > 0 && (c >= '0' && c <= '9' || c == '-' || c == '.'):
		default:
			return b[:i]
		}
	}
	return b
}

// splitName returns the prefix of a name, with its colon, and the rest.
func splitName(name []byte) (prefix, local []byte) {
	i := bytes.IndexByte(name, ':') + 1
	return name[:i], name[i:]
}

// attribute returns the value of an attribute of a tag, "" if it is not there.
func attribute(tag []byte, name string) string {
	for rest := tag; ; {
		i := bytes.Index(rest, []byte(name))
		if i <= 0 {
			return ""
		}
		apart := rest[i-1] <= ' '
		rest = rest[i+len(name):]
		value, found := bytes.CutPrefix(bytes.TrimLeft(rest, " \t\r\n"), []byte("="))
		value = bytes.TrimLeft(value, " \t\r\n")
		if !apart || !found || len(value) == 0 || value[0] != '"' && value[0] != '\'' {
			continue
		}
		if n := bytes.IndexByte(value[1:], value[0]); n >= 0 {
			return html.UnescapeString(string(value[1 : n+1]))
		}
		return ""
	}
}

// samePrefix reports whether a name has the prefix of the first item found:
// other vocabularies have items too.
func (s *splitter) samePrefix(name []byte) bool {
	if len(s.items) == 0 {
		return true
	}
	p, _ := splitName(name)
	q, _ := splitName(tagNameOf(s.items[0].tag[1:]))
	return bytes.Equal(p, q)
}
