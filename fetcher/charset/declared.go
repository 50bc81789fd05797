package charset

import (
	"bytes"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode/utf32"
)

// sniff recognises UTF-16 and UTF-32, with a byte order mark or by the zero
// bytes around the ASCII character that every Document begins with.
func sniff(b []byte) encoding.Encoding {
	if len(b) < 4 {
		return nil
	}
	// UTF-32 comes first: its mark in little-endian order begins with UTF-16's.
	ascii := func(c byte) bool { return c == '<' || c == '{' || c == ' ' || c == '\r' || c == '\n' }
	switch {
	case b[0] == 0xff && b[1] == 0xfe && b[2] == 0 && b[3] == 0, ascii(b[0]) && b[1] == 0 && b[2] == 0 && b[3] == 0:
		return utf32.UTF32(utf32.LittleEndian, utf32.UseBOM)
	case b[0] == 0 && b[1] == 0 && (b[2] == 0xfe && b[3] == 0xff || b[2] == 0 && ascii(b[3])):
		return utf32.UTF32(utf32.BigEndian, utf32.UseBOM)
	case b[0] == 0xff && b[1] == 0xfe, ascii(b[0]) && b[1] == 0 && b[2] != 0 && b[3] == 0:
		return lookup("utf-16le")
	case b[0] == 0xfe && b[1] == 0xff, b[0] == 0 && ascii(b[1]) && b[2] == 0:
		return lookup("utf-16be")
	}
	return nil
}

// declaredCharset returns what the XML declaration, or else a <meta> of HTML
// says, "" if nothing.
func declaredCharset(body []byte) string {
	head := body[:min(len(body), 1024)]
	if i := bytes.Index(head, []byte("<?xml")); i >= 0 {
		if end := bytes.Index(head[i:], []byte("?>")); end >= 0 {
			return labelAfter(head[i:i+end], "encoding")
		}
		return ""
	}
	// The HTML standard has browsers look at the first 1024 bytes for a <meta>;
	// pages that put their scripts first are read by them all the same.
	head = body[:min(len(body), 8192)]
	for {
		i := bytes.Index(head, []byte("<meta"))
		if j := bytes.Index(head, []byte("<META")); j >= 0 && (i < 0 || j < i) {
			i = j
		}
		if i < 0 {
			return ""
		}
		rest := head[i+len("<meta"):]
		tag, _, _ := bytes.Cut(rest, []byte(">"))
		if label := labelAfter(bytes.ToLower(tag), "charset"); label != "" {
			return label
		}
		head = rest
	}
}

// labelAfter returns the word behind the name of a parameter, in quotes or not.
func labelAfter(tag []byte, name string) string {
	_, rest, found := bytes.Cut(tag, []byte(name))
	rest, equals := bytes.CutPrefix(bytes.TrimLeft(rest, " \t\r\n"), []byte("="))
	if !found || !equals {
		return ""
	}
	rest = bytes.TrimLeft(rest, " \t\r\n\"'")
	if end := bytes.IndexAny(rest, " \t\r\n\"';/>?"); end >= 0 {
		rest = rest[:end]
	}
	return string(rest)
}
