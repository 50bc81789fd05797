package feed

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// bodyText returns the text to compare: the Content where it says more than the
// Summary.
func bodyText(a *Article) string {
	if len(a.Content) > len(a.Summary) {
		if content := Plain(leadOf(a.Content)); len(content) > len(a.Summary) {
			return content
		}
	}
	return a.Summary
}

// leadBytes is how many bytes of HTML are read: they have more words than are
// compared.
const leadBytes = 8 << 10

// leadOf returns the beginning of an HTML fragment, cut before a tag.
func leadOf(fragment string) string {
	if len(fragment) <= leadBytes {
		return fragment
	}
	if i := strings.LastIndexByte(fragment[:leadBytes], '<'); i > 0 {
		return fragment[:i]
	}
	return strings.ToValidUTF8(fragment[:leadBytes], "")
}

// founded reports whether a body has a word of its headline: one that has none
// says nothing about it, and is the same under every headline.
func founded(headline []unit, body []uint32) bool {
	for i, u := range headline {
		var token uint32
		switch {
		case u.kind == word && len(u.text) > 3, u.kind == number:
			token = u.hash
		case u.kind == character && i+1 < len(headline) && headline[i+1].kind == character:
			token = mix(u.hash, headline[i+1].hash)
		default:
			continue
		}
		if _, ok := slices.BinarySearch(body, token); ok {
			return true
		}
	}
	return false
}

// datelineOf returns the units of what ReadBody took off the start of a text.
func datelineOf(text, words string) []unit {
	const longest = 120 // bytes
	start, _, _ := strings.Cut(words, " ")
	i := strings.Index(text, start)
	if start == "" || i <= 0 || i > longest {
		return nil
	}
	return unitsOf(text[:i], maxUnits)
}

// names returns the words of a headline that begin with a capital, none if most
// do. The first may be a name or not; if it is none, the other Article will have
// the word somewhere.
func names(us []unit) []uint32 {
	var list []uint32
	words := 0
	for _, u := range us {
		if u.kind != word {
			continue
		}
		words++
		if r, _ := utf8.DecodeRuneInString(u.text); unicode.IsUpper(r) {
			list = append(list, u.hash)
		}
	}
	if 3*len(list) > 2*words {
		return nil
	}
	return list
}

// cutOff reports whether a text ends in the middle, as Sources write it.
func cutOff(text string) bool {
	return strings.HasSuffix(text, "...") || strings.HasSuffix(text, "…")
}
