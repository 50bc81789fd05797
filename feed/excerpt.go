package feed

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Excerpt returns about width characters of a text around the first place
// where one of some folded words stands, and sets a mark before and after each
// place. Where it is cut there is an ellipsis. English words are marked in all
// their inflections.
func Excerpt(text string, words []string, width int, open, shut string) string {
	marks := findWords(text, words)
	from, to := 0, len(text)
	if utf8.RuneCountInString(text) > width {
		first := 0
		if len(marks) > 0 {
			first = marks[0][0]
		}
		from = wordStart(text, back(text, first, width/4))
		to = wordStart(text, forward(text, from, width))
		// All of it is within one word, which is cut then.
		if to <= from {
			to = forward(text, from, width)
		}
	}
	var b strings.Builder
	if from > 0 {
		b.WriteString("… ")
	}
	at := from
	for _, m := range marks {
		if m[0] < at || m[1] > to {
			continue
		}
		b.WriteString(text[at:m[0]] + open + text[m[0]:m[1]] + shut)
		at = m[1]
	}
	b.WriteString(strings.TrimRight(text[at:to], " "))
	if to < len(text) {
		b.WriteString(" …")
	}
	return b.String()
}

// findWords returns where words stand in a text, from and to, in its order.
func findWords(text string, words []string) (found [][2]int) {
	words = slices.Clone(words)
	for i, w := range words {
		words[i] = unaccented(w)
	}
	for from := 0; from < len(text); {
		r, n := utf8.DecodeRuneInString(text[from:])
		script := scriptOf(foldedRune(r))
		to := from + n
		for to < len(text) {
			r, n := utf8.DecodeRuneInString(text[to:])
			if scriptOf(foldedRune(r)) != script && !unicode.Is(unicode.M, r) {
				break
			}
			to += n
		}
		if script != NoScript {
			found = append(found, findIn(text[from:to], from, script, words)...)
		}
		from = to
	}
	return found
}

// foldedRune returns a letter in the case in which scriptOf knows it.
func foldedRune(r rune) rune {
	if 'A' <= r && r <= 'Z' {
		return r + 'a' - 'A'
	}
	return r
}

// findIn returns where words stand in a run of one Script that begins at a
// place. Of a run that changes its length when it is folded it is the whole.
func findIn(run string, at int, script Script, words []string) (found [][2]int) {
	folded := Fold(run)
	if script == Spaced {
		folded = unaccented(folded)
		if slices.ContainsFunc(words, func(w string) bool { return inflected(w, folded) }) {
			found = append(found, [2]int{at, at + len(run)})
		}
		return found
	}
	for from := 0; from < len(folded); {
		longest := 0
		for _, w := range words {
			if len(w) > longest && strings.HasPrefix(folded[from:], w) {
				longest = len(w)
			}
		}
		switch {
		case longest == 0:
			_, n := utf8.DecodeRuneInString(folded[from:])
			from += n
		case len(folded) != len(run):
			return [][2]int{{at, at + len(run)}}
		case len(found) > 0 && found[len(found)-1][1] == at+from:
			found[len(found)-1][1] += longest // 地, 震: one place
			from += longest
		default:
			found = append(found, [2]int{at + from, at + from + longest})
			from += longest
		}
	}
	return found
}

// unaccented returns a folded word as the index knows it, Latin letters without
// accents.
func unaccented(word string) string {
	if strings.IndexFunc(word, changes) < 0 {
		return word
	}
	latin := false
	return norm.NFC.String(strings.Map(func(r rune) rune {
		if latin && unicode.Is(unicode.Mn, r) {
			return -1
		}
		latin = unicode.Is(unicode.Latin, r)
		return r
	}, norm.NFD.String(word)))
}

// inflected reports whether two words are one but for an English ending.
func inflected(a, b string) bool {
	if a == b {
		return true
	}
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n >= 3 && endings[a[n:]] && endings[b[n:]]
}

// endings are those of English words by which two may differ and still be one.
var endings = map[string]bool{
	"": true, "s": true, "es": true, "e": true, "ed": true, "d": true, "ing": true, "y": true, "ies": true, "ied": true,
}

// back returns the place n characters before another, or the beginning.
func back(text string, at, n int) int {
	for ; n > 0 && at > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(text[:at])
		at -= size
	}
	return at
}

// forward returns the place n characters behind another, or the end.
func forward(text string, at, n int) int {
	for ; n > 0 && at < len(text); n-- {
		_, size := utf8.DecodeRuneInString(text[at:])
		at += size
	}
	return at
}

// wordStart returns the beginning of the word that a place is in, as far as
// there are spaces near it.
func wordStart(text string, at int) int {
	if at == 0 || at == len(text) {
		return at
	}
	if i := strings.LastIndexByte(text[:at], ' '); i >= 0 && at-i < 30 {
		return i + 1
	}
	return at
}
