package fetcher

import (
	"bytes"
	stdjson "encoding/json"

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
