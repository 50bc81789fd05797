package feed

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// bodyText returns the text to compare: the Content where it says a good deal more
// than the Summary.
func bodyText(a *Article) string {
	if lead := leadOf(a.Content); mostText(lead) > len(a.Summary)+len(a.Summary)/8 {
		if content := Plain(lead); len(content) > len(a.Summary) {
			return content
		}
	}
	return a.Summary
}

// mostText returns how many bytes of an HTML fragment may be text: what is in
// tags is none. Most often the text is the Summary, but for entities, and then the
// fragment need not be taken apart.
func mostText(fragment string) int {
	n := 0
	for fragment != "" {
		text, rest, _ := strings.Cut(fragment, "<")
		n += len(text)
		tag, after, closed := strings.Cut(rest, ">")
		if name, _ := tagName("<" + tag); !closed || strings.IndexByte(tag, '<') >= 0 || elementOf(name) == 0 {
			after, n = rest, n+1 // a sign of less, or cut off: it may be text
		}
		fragment = after
	}
	return n
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

// repeats reports whether a body says its headline again and nothing else, as
// those of flashes do. That is no text, and must not be weighed as one.
func repeats(headline []unit, body string) bool {
	return slices.EqualFunc(headline, unitsOf(body, maxUnits), func(a, b unit) bool { return a.hash == b.hash && a.value == b.value })
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

// names adds the words of a headline that begin with a capital to an empty list,
// none if most do. The first may be a name or not; if it is none, the other
// Article will have the word somewhere.
func names(list []uint32, us []unit) []uint32 {
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
		return list[:0]
	}
	return list
}

// cutOff reports whether a text ends in the middle, as Sources write it.
func cutOff(text string) bool {
	return strings.HasSuffix(text, "...") || strings.HasSuffix(text, "…")
}
