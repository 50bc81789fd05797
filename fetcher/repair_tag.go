package fetcher

import (
	"bytes"
	"html"
)

// readTag measures the tag at the start of b, whose name ends at pos, and returns
// its attributes, each in quotes; n is 0 if it is none, since another '<'
// comes before its end.
func readTag(b []byte, pos int) (n int, attrs []string) {
	for pos < len(b) {
		c := b[pos]
		if c == '>' {
			return pos + 1, attrs
		}
		if c == '<' {
			return 0, nil
		}
		name := tagNameOf(b[pos:])
		if len(name) == 0 {
			pos++ // white space, a slash, a quote too many
			continue
		}
		pos += len(name)
		value, after := attributeValue(b, pos)
		if after > pos && len(attrs) == maxAttributes {
			pos = after
		} else if after > pos {
			attrs = append(attrs, string(name)+`="`+html.EscapeString(value)+`"`)
			pos = after
		} else if c := b[min(pos, len(b)-1)]; c > ' ' && c != '>' && c != '/' && c != '"' && c != '\'' {
			return 0, nil // no name after all: "a <b, c> d"
		}
	}
	return 0, nil
}

// attributeValue reads the value after the name that ends at pos, and tells
// where it ends; pos if there is none. A quoted value may not contain '<' (XML
// 1.0 section 3.1), so a quote that runs into one was never closed.
func attributeValue(b []byte, pos int) (string, int) {
	i := pos
	skip := func() {
		for i < len(b) && b[i] <= ' ' {
			i++
		}
	}
	skip()
	if i >= len(b) || b[i] != '=' {
		return "", pos
	}
	i++
	skip()
	if i >= len(b) {
		return "", pos
	}
	stop := " \t\r\n>\"'"
	if b[i] == '"' || b[i] == '\'' {
		n := bytes.IndexByte(b[i+1:], b[i])
		if n >= 0 && bytes.IndexByte(b[i+1:i+1+n], '<') < 0 {
			return clean(html.UnescapeString(string(b[i+1 : i+1+n]))), i + n + 2
		}
		i++
	}
	n := bytes.IndexAny(b[i:], stop)
	if n < 0 {
		return "", pos
	}
	return clean(html.UnescapeString(string(b[i : i+n]))), i + n
}
