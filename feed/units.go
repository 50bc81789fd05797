package feed

import (
	"slices"
	"strconv"
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

// digits measures a number at the start of a text, with the points and commas
// between its digits.
func digits(text string) int {
	n := 0
	for n < len(text) {
		c := text[n]
		inner := (c == ',' || c == '.') && n+1 < len(text) && text[n+1] >= '0' && text[n+1] <= '9'
		if c >= '0' && c <= '9' || inner {
			n++
			continue
		}
		break
	}
	if n == 0 { // a digit of another script
		_, n = utf8.DecodeRuneInString(text)
	}
	return n
}

// numberUnit makes a unit of digits; commas between them don't count.
func numberUnit(text string) unit {
	text = strings.ReplaceAll(text, ",", "")
	return unit{hash: hashText(text), kind: number, text: text}
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

// evaluate gives every number its value: 1만5천, 1만5000 and 15,000 have the
// same, and so have 1.2 million and 1,200,000, five and 5.
func evaluate(list []unit) {
	for i := 0; i < len(list); i++ {
		u := &list[i]
		if u.kind == word {
			if v, ok := numerals[u.hash]; ok {
				u.value = hashValue(v)
			}
			continue
		}
		if u.kind != number {
			continue
		}
		first := i
		var total, section float64 // 3억 | 5천만: what is under the next 만, 억, 조
		for {
			v, _ := strconv.ParseFloat(list[i].text, 64) // zero for digits of other scripts
			factor := 1.0
			for i+1 < len(list) && multiplier(list[i+1]) > 0 {
				i++
				if factor *= multiplier(list[i]); multiplier(list[i]) >= 1e4 {
					v, section = section/(factor/multiplier(list[i]))+v, 0
				}
			}
			if factor >= 1e4 {
				total += v * factor
			} else {
				section += v * factor
			}
			if factor == 1 || list[i].kind != character || i+1 >= len(list) || list[i+1].kind != number {
				break
			}
			i++
		}
		list[first].value = hashValue(total + section)
	}
}

// multiplier returns by how much a unit multiplies the number before it, 0 if it
// is no such word or character.
func multiplier(u unit) float64 {
	switch u.kind {
	case character:
		return multipliers[u.char]
	case word:
		return scales[u.hash]
	}
	return 0
}

// multipliers are characters that stand behind a number and multiply it.
var multipliers = map[rune]float64{
	'십': 10, '백': 100, '천': 1e3, '만': 1e4, '억': 1e8, '조': 1e12,
	'千': 1e3, '万': 1e4, '萬': 1e4, '億': 1e8, '亿': 1e8, '兆': 1e12,
}

// scales are the English words that do the same.
var scales = map[uint32]float64{
	hashText("thousand"): 1e3, hashText("million"): 1e6, hashText("billion"): 1e9, hashText("trillion"): 1e12,
}

// numerals are the numbers that headlines write out.
var numerals = func() map[uint32]float64 {
	m := make(map[uint32]float64)
	for i, w := range strings.Fields("zero one two three four five six seven eight nine ten eleven twelve") {
		m[hashText(w)] = float64(i)
	}
	return m
}()
