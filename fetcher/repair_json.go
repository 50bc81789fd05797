package fetcher

import (
	"bytes"
	stdjson "encoding/json"
	"strings"

	"github.com/mmcdole/gofeed/json"
)

const (
	maxPiece = 1 << 20 // bytes of one item that is looked at alone
	maxTries = 200     // how often the next item of a broken list is looked for
)

// A salvage reads a JSON Feed that cannot be read as a whole, item by item:
// there may be one that is not well-formed or says something in a type of its
// own, or the end may be missing.
type salvage struct {
	text  []byte
	pos   int
	first []byte // the name that items begin with, in quotes: by it the next one is found
	named bool   // items have ids
	items []*json.Item
	lost  int // items that could not be read
	none  int // elements that are no items, such as null
	tries int
	cut   bool // the list has no end
}

// salvageJSON returns what can be read of a JSON Feed, nil if that is nothing.
func salvageJSON(text []byte) (*json.Feed, *salvage) {
	start := listStart(text)
	if start < 0 {
		return nil, nil
	}
	s := &salvage{text: text, pos: start + 1}
	for len(s.items) <= maxArticles && s.next() {
	}
	if len(s.items) == 0 {
		return nil, nil
	}
	f := new(json.Feed)
	head := append(bytes.Clone(text[:start]), "[]"...)
	if s.cut || len(s.items) > maxArticles || !readLoosely(append(bytes.Clone(head), text[s.pos+1:]...), f) {
		s.cut = true
		readLoosely(append(head, '}'), f) // if there is no title, there is none
	}
	f.Items = s.items
	return f, s
}

// listStart returns where the list of items begins, -1 if nowhere.
func listStart(text []byte) int {
	const name = `"items"`
	for from := 0; ; {
		i := bytes.Index(text[from:], []byte(name))
		if i < 0 {
			return -1
		}
		from += i + len(name)
		pos := blank(text, from)
		if pos < len(text) && text[pos] == ':' {
			if pos = blank(text, pos+1); pos < len(text) && text[pos] == '[' {
				return pos
			}
		}
	}
}

// next reads the next element; it is false after the last.
func (s *salvage) next() bool {
	s.pos = blank(s.text, s.pos)
	if s.pos >= len(s.text) {
		s.cut = true
		return false
	}
	switch s.text[s.pos] {
	case ']':
		return false
	case ',':
		s.pos++
		return true
	}
	window := s.text[:min(len(s.text), s.pos+maxPiece)]
	end := valueEnd(window, s.pos)
	after := blank(window, end)
	whole := end > s.pos && after < len(window) && (window[after] == ',' || window[after] == ']')
	piece := window[s.pos:end]
	if whole && stdjson.Valid(piece) {
		s.element(piece)
		s.pos = end
		return true
	}
	return s.skip(piece)
}

// element takes a well-formed element.
func (s *salvage) element(piece []byte) {
	it := new(json.Item)
	switch {
	case piece[0] != '{':
		s.none++
	case !readLoosely(piece, it):
		s.lost++
	default:
		s.add(it, piece)
	}
}

// add takes an item, and learns from the first what items are like.
func (s *salvage) add(it *json.Item, piece []byte) {
	if name := blank(piece, 1); s.first == nil && piece[name] == '"' {
		s.first, s.named = piece[name:stringEnd(piece, name)], it.ID != ""
	}
	s.items = append(s.items, it)
}

// skip goes on to the next item from one that is broken, of which piece is what
// its brackets tell. It is mended if that is easy.
func (s *salvage) skip(piece []byte) bool {
	s.tries++
	start := s.pos
	next := s.nextItem(start + 1)
	if next >= 0 && s.tries <= maxTries {
		piece = s.text[start:next]
	}
	it := new(json.Item)
	piece = mendJSON(bytes.TrimRight(piece[:min(len(piece), maxPiece)], ", \t\r\n"))
	if len(piece) > 0 && piece[0] == '{' &&
		(readLoosely(piece, it) || next >= 0 && readLoosely(append(piece, '}'), it)) && (it.ID != "" || !s.named) {
		s.add(it, piece)
	} else if next >= 0 || bytes.HasSuffix(bytes.TrimSpace(s.text), []byte("}")) {
		s.lost++
	}
	if next < 0 || s.tries > maxTries {
		s.cut = true
		return false
	}
	s.pos = next
	return true
}

// nextItem returns where an item begins at or after a place, -1 if nowhere.
func (s *salvage) nextItem(start int) int {
	for from := start; s.first != nil; {
		i := bytes.Index(s.text[from:], s.first)
		if i < 0 {
			break
		}
		before := bytes.TrimRight(s.text[:from+i], " \t\r\n")
		from += i + len(s.first)
		if open, found := bytes.CutSuffix(before, []byte("{")); found && len(open) >= start && bytes.HasSuffix(bytes.TrimRight(open, " \t\r\n"), []byte(",")) {
			return len(open)
		}
	}
	return -1
}

// readLoosely reads an object whatever types its values have.
func readLoosely(object []byte, into any) bool {
	var fields map[string]stdjson.RawMessage
	if stdjson.Unmarshal(mendJSON(object), &fields) != nil {
		return false
	}
	for name, value := range fields {
		fields[name] = loosely(name, value)
	}
	mended, err := stdjson.Marshal(fields)
	return err == nil && stdjson.Unmarshal(mended, into) == nil
}

// loosely returns the value of a field in the type that the specification wants,
// null if nothing can be made of it.
func loosely(name string, value stdjson.RawMessage) stdjson.RawMessage {
	null := stdjson.RawMessage("null")
	switch name {
	case "id", "expired", "items":
		return value // gofeed sees to these
	case "tags":
		return listOf(value, func(e stdjson.RawMessage) (any, bool) {
			text, ok := textOf(e)
			return text, ok
		})
	case "author", "authors", "attachments":
		list := listOf(value, func(e stdjson.RawMessage) (any, bool) {
			var object map[string]stdjson.RawMessage
			if text, ok := textOf(e); ok {
				return map[string]string{"name": text}, name != "attachments"
			}
			if stdjson.Unmarshal(e, &object) != nil {
				return nil, false
			}
			for key, v := range object {
				if _, ok := textOf(v); !ok && !strings.HasSuffix(key, "_in_bytes") && !strings.HasSuffix(key, "_in_seconds") {
					delete(object, key)
				}
			}
			return object, true
		})
		if name != "author" {
			return list
		}
		var all []stdjson.RawMessage
		if stdjson.Unmarshal(list, &all) != nil || len(all) == 0 {
			return null
		}
		return all[0]
	}
	text, ok := textOf(value)
	quoted, err := stdjson.Marshal(text)
	if !ok || err != nil {
		return null
	}
	return quoted
}

// textOf returns a string or a number as text.
func textOf(value stdjson.RawMessage) (text string, ok bool) {
	var n stdjson.Number
	if stdjson.Unmarshal(value, &text) == nil && len(value) > 0 && value[0] == '"' {
		return text, true
	}
	if stdjson.Unmarshal(value, &n) == nil && n != "" {
		return n.String(), true
	}
	return "", false
}

// listOf makes a list of a value, which may be one element of it, with what is
// made of each.
func listOf(value stdjson.RawMessage, element func(stdjson.RawMessage) (any, bool)) stdjson.RawMessage {
	var all []stdjson.RawMessage
	if stdjson.Unmarshal(value, &all) != nil {
		all = []stdjson.RawMessage{value}
	}
	var kept []any
	for _, e := range all {
		if v, ok := element(e); ok {
			kept = append(kept, v)
		}
	}
	list, err := stdjson.Marshal(kept)
	if err != nil {
		return nil // unreachable: all of it was unmarshalled
	}
	return list
}

// mendJSON writes JSON again with what is most often wrong in it put right: line
// breaks and other control characters within strings, unknown escapes, quotes
// that do not end a string because nothing follows that may, commas too many.
func mendJSON(text []byte) []byte {
	out := make([]byte, 0, len(text)+16)
	inside := false
	for i := 0; i < len(text); i++ {
		c := text[i]
		after := byte(0) // what comes next, white space aside
		if c == '"' || c == ',' {
			if j := blank(text, i+1); j < len(text) {
				after = text[j]
			}
		}
		switch {
		case !inside && c == ',' && (after == ']' || after == '}'):
			continue
		case !inside:
			inside = c == '"'
		case c == '"' && (after == 0 || bytes.IndexByte([]byte(",:]}"), after) >= 0):
			inside = false
		case c == '"':
			out = append(out, '\\')
		case c == '\\':
			if i+1 < len(text) && knownEscape(text[i+1:]) {
				out = append(out, c)
				i++
				c = text[i]
			} else {
				out = append(out, c)
			}
		case c == '\n':
			out, c = append(out, '\\'), 'n'
		case c < ' ':
			c = ' '
		}
		out = append(out, c)
	}
	return out
}

// knownEscape reports whether b may follow a backslash (RFC 8259 section 7).
func knownEscape(b []byte) bool {
	if b[0] != 'u' {
		return bytes.IndexByte([]byte(`"\/bfnrt`), b[0]) >= 0
	}
	for i := 1; i <= 4; i++ {
		if i >= len(b) || !digit(b[i]) && (b[i]|0x20 < 'a' || b[i]|0x20 > 'f') {
			return false
		}
	}
	return true
}
