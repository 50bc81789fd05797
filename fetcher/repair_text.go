package fetcher

import (
	"bytes"
	"html"
)

// section copies the section at the start of b, if it is CDATA; false if its end
// is missing. One that swallowed the end of an Article ends before that.
func (m *mender) section(b []byte) bool {
	n := m.sections.length(m.text, m.pos)
	text, isText := bytes.CutPrefix(b[:n], []byte("<![CDATA["))
	article := m.article()
	if article >= 0 && m.runaways < maxRunaways {
		end := runaway(b[:n], []byte(m.open[len(m.open)-1]), []byte("</"+m.open[article]))
		switch {
		case end == 0:
		case isText:
			m.runaways++
			m.cdata(bytes.TrimSuffix(b[len("<![CDATA["):end], []byte("]>")))
			m.pos += end
			return true
		default: // what it hides was meant to be seen
			m.runaways++
			m.pos += len("<!")
			return true
		}
	}
	if isText {
		if text, isText = bytes.CutSuffix(text, []byte("]]>")); !isText {
			return false
		}
		m.cdata(text)
	}
	m.pos += n
	return true
}

// cdata writes a section of text.
func (m *mender) cdata(text []byte) {
	if m.longDate(text) {
		return
	}
	m.out.WriteString("<![CDATA[")
	m.legal(text)
	m.out.WriteString("]]>")
}

// longDate reports whether a text stands where a date should, and cannot be one.
func (m *mender) longDate(text []byte) bool {
	if len(text) <= maxDate || len(m.open) == 0 {
		return false
	}
	_, local := splitName([]byte(m.open[len(m.open)-1]))
	return isDate(local)
}

// words copies text between tags, without illegal characters, references to
// illegal characters, and "]]>".
func (m *mender) words(b []byte) {
	if m.longDate(b) {
		return
	}
	for len(b) > 0 {
		i := bytes.Index(b, []byte("&#"))
		if i < 0 {
			m.piece(b)
			return
		}
		m.piece(b[:i])
		b = b[i:]
		n := bytes.IndexByte(b[:min(len(b), 12)], ';') + 1
		if n == 0 {
			m.out.WriteString("&amp;#")
			b = b[2:]
			continue
		}
		if s := html.UnescapeString(string(b[:n])); s != "\uFFFD" { // what &#0; becomes
			m.out.WriteString(html.EscapeString(clean(s)))
		}
		b = b[n:]
	}
}

// piece copies a piece of text. What was left out before it, or the reference that
// stood there, may have been all that kept "]]>" apart, so the output is looked
// at.
func (m *mender) piece(b []byte) {
	for {
		i := bytes.IndexByte(b, '>')
		if i < 0 {
			m.legal(b)
			return
		}
		m.legal(b[:i])
		if bytes.HasSuffix(m.out.Bytes(), []byte("]")) {
			m.out.WriteString("&gt;")
		} else {
			m.out.WriteByte('>')
		}
		b = b[i+1:]
	}
}

// legal copies text less the characters that XML does not have.
func (m *mender) legal(b []byte) { m.out.WriteString(clean(string(b))) }
