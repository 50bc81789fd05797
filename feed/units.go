package feed

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A unit is what text is counted in: a word of an alphabet, a number, or one
// character of a script that is written without spaces or with endings glued
// to its words (Hangul, Han, Kana), so that no dictionary is needed.
type unit struct {
	hash  uint32 // of the word in lower case, of the digits or the character
	kind  unitKind
	char  rune   // the character; 0 for words and numbers
	text  string // the word or the digits
	value uint32 // hash of the number's value, multipliers included
}

// A unitKind says what a unit is.
type unitKind uint8

const (
	word unitKind = iota
	character
	number
)

// unitsOf returns the first of a text's units, at most limit.
func unitsOf(text string, limit int) []unit { return readUnits(nil, text, limit) }

// readUnits is unitsOf in the place of a list that is no longer needed.
func readUnits(list []unit, text string, limit int) []unit {
	if most := 16 << 10; len(text) > most {
		text = strings.ToValidUTF8(text[:most], "") // more than any limit holds
	}
	if !plainASCII(text) {
		text = norm.NFKC.String(text)
	}
	list = slices.Grow(list[:0], min(limit, len(text)/4+1))
	for pos := 0; pos < len(text) && len(list) < limit; {
		r, size := utf8.DecodeRuneInString(text[pos:])
		switch {
		case ideographic(r):
			list = append(list, unit{hash: mix(0, uint32(r)), kind: character, char: r})
		case unicode.IsDigit(r):
			size = digits(text[pos:])
			list = append(list, numberUnit(text[pos:pos+size]))
		case unicode.IsLetter(r):
			var u unit
			u, size = wordUnit(text[pos:])
			list = append(list, u)
		}
		pos += size
	}
	expand(list)
	evaluate(list)
	return list
}

// ideographic reports whether a character stands for itself in a list of units.
func ideographic(r rune) bool {
	if r < 0x1100 {
		return false
	}
	return r >= 0xAC00 && r <= 0xD7A3 || r >= 0x4E00 && r <= 0x9FFF ||
		unicode.In(r, unicode.Hangul, unicode.Han, unicode.Hiragana, unicode.Katakana) || r == 'ー'
}

// wordUnit reads a word: letters with their marks, with apostrophes inside, and
// abbreviations with points such as U.S., which is the word US. A final 's does
// not count.
func wordUnit(text string) (unit, int) {
	end, h, letters, points := 0, uint32(fnvOffset), 0, 0
	for end < len(text) {
		r, size := utf8.DecodeRuneInString(text[end:])
		switch {
		case r >= 'a' && r <= 'z':
			h, letters = mix(h, uint32(r)), letters+1
		case (unicode.IsLetter(r) || unicode.Is(unicode.M, r)) && !ideographic(r):
			h, letters = mix(h, uint32(unicode.ToLower(r))), letters+1
		case r == '\'' || r == '’':
			if rest := text[end+size:]; possessive(rest) {
				return unit{hash: h, text: text[:end]}, end + size + 1
			}
		// A point is part of the word as long as each letter has one: in U.S., not
		// in "end.The".
		case r == '.' && letters == points+1 && (letter(text[end+size:]) || points > 0 && apostrophe(text[end+size:])):
			points++
		default:
			return unit{hash: h, text: text[:end]}, end
		}
		end += size
	}
	return unit{hash: h, text: text[:end]}, end
}

// possessive reports whether a text is an s that ends a word.
func possessive(text string) bool {
	if text == "" || text[0]|0x20 != 's' {
		return false
	}
	r, _ := utf8.DecodeRuneInString(text[1:])
	return !unicode.IsLetter(r)
}

// apostrophe reports whether a text begins with one.
func apostrophe(text string) bool {
	return strings.HasPrefix(text, "'") || strings.HasPrefix(text, "’")
}

// letter reports whether a text begins with a letter of an alphabet.
func letter(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.IsLetter(r) && !ideographic(r)
}

// expand gives what headlines abbreviate the hash of the whole word.
func expand(list []unit) {
	for i := range list {
		u := &list[i]
		// No abbreviation is longer, and the look-up is spared for most words.
		if u.kind != word || len(u.text) > len("int’l") {
			continue
		}
		if long, ok := abbreviations[u.hash]; ok {
			u.hash, u.text = hashText(long), long
		}
		// Directions are read as such before Korea alone: "N. Korea", "S. Korean".
		if long := directions[u.hash]; long != "" && i+1 < len(list) && strings.HasPrefix(strings.ToLower(list[i+1].text), "korea") {
			u.hash, u.text = hashText(long), long
		}
	}
}

// directions stand before Korea; alone they may be initials.
var directions = byHash(map[string]string{"n": "north", "s": "south"})

// byHash returns words by their hashes, which apostrophes don't change.
func byHash(words map[string]string) map[uint32]string {
	m := make(map[uint32]string, len(words))
	for short, long := range words {
		m[hashText(short)] = long
	}
	return m
}

// abbreviations that wires write in headlines and papers write out, or the
// other way around (Yonhap, Reuters).
var abbreviations = byHash(map[string]string{
	"govt": "government", "natl": "national", "intl": "international", "pct": "percent", "mln": "million", "bln": "billion",
	"tln": "trillion", "dlrs": "dollars", "dlr": "dollar", "shr": "share", "vs": "versus", "anniv": "anniversary",
	"def": "defense", "chmn": "chairman", "prez": "president", "dept": "department", "min": "minister",
})
