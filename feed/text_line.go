package feed

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// OneLine returns text on one line: white space of every kind collapsed to
// single spaces and gone from both ends, control and zero-width characters
// dropped, bytes that are not UTF-8 replaced by U+FFFD. Text that is so
// already is returned as it is, at the cost of looking at it.
func OneLine(text string) string {
	if isOneLine(text) {
		return text
	}
	var b strings.Builder
	b.Grow(len(text))
	space := false // owed before the next character
	var before rune
	for _, r := range text {
		switch classOf(r) {
		case blank:
			space, before = b.Len() > 0, 0
			continue
		case nothing:
			continue
		case joiner:
			if !joins(before) {
				continue
			}
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
		before = r
	}
	return b.String()
}

// isOneLine reports whether OneLine has nothing to do. Most text has been through
// it before, or comes from a careful publisher; looking costs a sixth of
// writing it again.
func isOneLine(s string) bool {
	space := true // so that a space at the start is one too many
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if c < ' ' || c == 0x7f || c == ' ' && space {
				return false
			}
			space = c == ' '
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 || classOf(r) != visible {
			return false
		}
		space = false
		i += n
	}
	return !space || s == ""
}

// A class is what a character does to a line.
type class byte

const (
	visible class = iota
	blank         // white space
	nothing       // dropped
	joiner        // kept where a script needs it
)

// classOf tells what a character does to a line. The order of the cases is that
// of how often they are met: ASCII, then Chinese, Japanese and Korean.
func classOf(r rune) class {
	switch {
	case r >= 0x20 && r < 0x7f:
		if r == ' ' {
			return blank
		}
		return visible
	case r > 0x3000 && r < 0xfe00: // CJK, Hangul: the quick way
		return visible
	case r == 0x200c, r == 0x200d:
		return joiner
	case unicode.IsSpace(r):
		return blank
	}
	switch {
	case r < 0x20, r >= 0x7f && r < 0xa0, // controls
		r == 0xad,                             // soft hyphen
		r == 0x180e, r == 0x200b, r == 0xfeff, // zero-width spaces
		r == 0x200e, r == 0x200f, // marks of direction
		r >= 0x202a && r <= 0x202e,                     // overrides of direction, which forge headlines
		r >= 0x2060 && r <= 0x206f,                     // word joiner, isolates and what is deprecated
		r >= 0xfff9 && r <= 0xfffb, r&0xfffe == 0xfffe: // annotations, noncharacters
		return nothing
	}
	return visible
}

// joins reports whether a zero-width joiner or non-joiner may follow r. Persian
// and Hindi are misspelt and families of emoji fall apart without them; between
// the letters of other scripts they are what copying from a web page left.
func joins(r rune) bool {
	return r >= 0x600 && r < 0x1100 || r >= 0x2190 && r < 0x3000 || r >= 0xfe00
}
