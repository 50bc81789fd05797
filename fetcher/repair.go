package fetcher

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
)

// repair writes a Document again so that it is well-formed: stray '<' and
// "]]>" escaped, illegal characters dropped, attributes quoted, every element
// closed. If the end is missing, it keeps what stands before the end of the
// last whole Article, and lost is true. Only Documents that cannot be read as
// they are come here.
func repair(text []byte) (fixed []byte, lost bool) {
	m := mender{text: text, last: bytes.LastIndexByte(text, '>')}
	m.out.Grow(len(text) + len(text)/16)
	for m.pos < len(text) && m.articles <= maxArticles {
		i := bytes.IndexByte(text[m.pos:], '<')
		if i < 0 {
			break // after the last tag there is nothing but white space
		}
		m.words(text[m.pos : m.pos+i])
		m.pos += i
		if !m.markup() {
			break
		}
		// Servers append comments, scripts, and the whole Document once more.
		if len(m.open) == 0 { // the root is closed: a second document, or garbage
			return m.out.Bytes(), false
		}
	}
	if m.whole > 0 {
		m.out.Truncate(m.whole)
		m.open = m.outer
	}
	for len(m.open) > 0 {
		m.pop()
	}
	return m.out.Bytes(), true
}

// A mender is the state of a repair.
type mender struct {
	text  []byte
	pos   int // in text
	last  int // where the last '>' in text is
	out   bytes.Buffer
	open  []string // names of the open elements
	whole int      // length of out at the end of the last whole Article
	outer []string // what was open there
	loose bool     // elements of an Article followed it, outside of any

	articles int
	sections sections
	runaways int
	lastEnd  int // where in text the last end tag of an Article is; 0 if unknown
}

// markup copies what begins with the '<' at pos; false at a cut.
func (m *mender) markup() bool {
	b := m.text[m.pos:]
	if bytes.HasPrefix(b, []byte("<!")) || bytes.HasPrefix(b, []byte("<?")) {
		return m.section(b)
	}
	from := 1
	end := len(b) > 1 && b[1] == '/'
	if end {
		from = 2
	}
	name := tagNameOf(b[from:])
	n, attrs := readTag(b, from+len(name))
	switch {
	case n == 0 && !end && isArticle(string(name)) && m.pos < m.last: // no '>' at its end
		m.start(string(name), attrs, false)
		m.pos += from + len(name) + max(0, bytes.IndexByte(b[from+len(name):], '<'))
	case n == 0 || len(name) == 0:
		if m.pos > m.last {
			return false // within a tag
		}
		m.out.WriteString("&lt;")
		m.pos++
	case end:
		m.close(string(name))
		m.pos += n
	default:
		m.start(string(name), attrs, b[n-2] == '/')
		m.pos += n
	}
	return true
}

// article returns which of the open elements is an Article, -1 if none is.
func (m *mender) article() int { return slices.IndexFunc(m.open, isArticle) }

// flat are elements that never contain each other: the one before was not closed.
const flat = " title link guid pubdate description category comments id updated published summary "

// isFlat reports whether name is one of them. Names with a prefix are not:
// media:title stands within media:content.
func isFlat(name string) bool { return strings.Contains(flat, " "+strings.ToLower(name)+" ") }

// isArticle reports whether name is that of an element that holds an Article, in
// RSS or Atom, whatever its prefix.
func isArticle(name string) bool {
	_, local := splitName([]byte(name))
	return string(local) == "item" || string(local) == "entry"
}

// start writes a start tag, after the end tags that are missing before it. An
// Article within an Article means that the outer one was never closed, and so
// does a title within a title. What is nested too deep is left out; its words
// stay.
func (m *mender) start(name string, attrs []string, empty bool) {
	if isArticle(name) {
		for i, other := range m.open {
			if other == name {
				m.closeTo(i) // it was not closed
				break
			}
		}
		if m.whole == 0 {
			m.whole, m.outer = m.out.Len(), slices.Clone(m.open)
		}
		m.loose = false
	} else if m.whole > 0 && len(m.open) == len(m.outer) && isFlat(name) {
		m.loose = true
	} else if n := len(m.open); n > 1 && isFlat(name) && isFlat(m.open[n-1]) && isArticle(m.open[n-2]) {
		m.pop()
	}
	if len(m.open) >= maxDepth {
		return
	}
	m.out.WriteByte('<')
	m.out.WriteString(name)
	for _, a := range attrs {
		m.out.WriteByte(' ')
		m.out.WriteString(a)
	}
	if len(m.open) == 0 && strings.EqualFold(name, "feed") && !atomNamespace(attrs) {
		m.out.WriteString(` xmlns="http://www.w3.org/2005/Atom"`) // the last one counts
	}
	if empty || void([]byte(name)) {
		m.out.WriteString("/>")
		if isArticle(name) {
			m.ended()
		}
		return
	}
	m.out.WriteByte('>')
	m.open = append(m.open, name)
}

// atomNamespace reports whether the root of an Atom Document declares the
// namespace by one of its two right names. gofeed finds nothing under another,
// not even a title, and says nothing.
func atomNamespace(attrs []string) bool {
	all := strings.Join(attrs, " ")
	return strings.Contains(all, "http://www.w3.org/2005/Atom") || strings.Contains(all, "http://purl.org/atom/ns#")
}

// close ends the innermost element of this name, in whatever case, and those
// within it; an end tag without a start is dropped. So is the end of everything
// within an Article if Articles follow; the end of an Article that never began
// makes one of what has stood loose since the last.
func (m *mender) close(name string) {
	if a := m.article(); a >= 0 && (strings.EqualFold(name, "channel") || strings.EqualFold(name, m.open[0])) && m.more(m.open[a]) {
		return
	}
	if m.loose && isArticle(name) && m.article() < 0 {
		m.closeTo(len(m.outer))
		loose := bytes.Clone(m.out.Bytes()[m.whole:])
		m.out.Truncate(m.whole)
		m.start(name, nil, false)
		m.out.Write(loose)
		m.pop()
		return
	}
	for i := len(m.open) - 1; i >= 0; i-- {
		if strings.EqualFold(m.open[i], name) {
			m.closeTo(i)
			return
		}
		if isArticle(m.open[i]) && !strings.EqualFold(name, "channel") && !strings.EqualFold(name, m.open[0]) {
			return // nothing within an Article ends what is around it
		}
	}
}

// more reports whether an Article ends after this place.
func (m *mender) more(article string) bool {
	if m.lastEnd == 0 {
		m.lastEnd = bytes.LastIndex(m.text, []byte("</"+article))
	}
	return m.lastEnd > m.pos
}

// closeTo ends all elements but the outermost few.
func (m *mender) closeTo(level int) {
	for len(m.open) > level {
		m.pop()
	}
}

// pop ends the innermost element.
func (m *mender) pop() {
	last := len(m.open) - 1
	name := m.open[last]
	m.open = m.open[:last]
	fmt.Fprintf(&m.out, "</%s>", name)
	if isArticle(name) {
		m.ended()
	}
}

// ended notes that the output is good up to here.
func (m *mender) ended() {
	m.whole, m.outer, m.loose = m.out.Len(), slices.Clone(m.open), false
	m.articles++
}
