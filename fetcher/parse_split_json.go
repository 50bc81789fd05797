package fetcher

import (
	"bytes"
	"strings"
)

// splitJSON finds the elements of items in a JSON Feed. The outline is certain
// if there is one list of that name, and it has objects alone; whether they are
// well-formed within, who reads them finds out.
func splitJSON(text []byte) outline {
	var o outline
	pos := blank(text, 0)
	if pos >= len(text) || text[pos] != '{' {
		return o
	}
	lists := 0
	// A name with an escape may be items in disguise, and one in other letters is items to
	// encoding/json: of such a Document nothing is certain, and it is read as a whole.
	for pos = blank(text, pos+1); pos < len(text) && text[pos] == '"'; pos = blank(text, pos+1) {
		end := stringEnd(text, pos)
		name := text[pos:end]
		if pos = blank(text, end); pos >= len(text) || text[pos] != ':' || bytes.IndexByte(name, '\\') >= 0 {
			return outline{}
		}
		pos = blank(text, pos+1)
		if strings.EqualFold(string(name), `"items"`) {
			lists++
			if string(name) != `"items"` || !o.list(text, pos) {
				return outline{}
			}
		}
		end = valueEnd(text, pos)
		if string(name) == `"hubs"` {
			o.hubs = text[min(pos, end):end]
		}
		pos = blank(text, end)
		if pos < len(text) && text[pos] == '}' {
			o.certain = lists == 1
			return o
		}
		if pos >= len(text) || text[pos] != ',' {
			return outline{}
		}
	}
	return outline{}
}

// list notes the elements of the list at pos.
func (o *outline) list(text []byte, pos int) bool {
	if pos >= len(text) || text[pos] != '[' {
		return false
	}
	for pos = blank(text, pos+1); pos < len(text) && text[pos] == '{'; pos = blank(text, pos+1) {
		end := valueEnd(text, pos)
		o.items = append(o.items, item{start: pos, end: end})
		if pos = blank(text, end); pos < len(text) && text[pos] == ']' {
			return true
		}
		if pos >= len(text) || text[pos] != ',' {
			return false
		}
	}
	return len(o.items) == 0 && pos < len(text) && text[pos] == ']'
}

// blank returns where the white space at pos ends.
func blank(text []byte, pos int) int {
	for pos < len(text) && (text[pos] == ' ' || text[pos] == '\n' || text[pos] == '\r' || text[pos] == '\t') {
		pos++
	}
	return pos
}

// stringEnd returns where the string ends that begins at pos.
func stringEnd(text []byte, pos int) int {
	for i := pos + 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(text)
}

// valueEnd returns where the value ends that begins at pos.
func valueEnd(text []byte, pos int) int {
	depth := 0
	for pos < len(text) {
		switch text[pos] {
		case '"':
			pos = stringEnd(text, pos)
		case '{', '[':
			depth++
			pos++
		case '}', ']':
			if depth == 0 {
				return pos // of a number or a word
			}
			depth--
			pos++
		case ',':
			if depth == 0 {
				return pos
			}
			pos++
		default:
			pos++
			continue
		}
		if depth == 0 {
			return pos
		}
	}
	return pos
}
