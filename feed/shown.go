package feed

import (
	"cmp"
	"slices"
	"strings"
)

// Shown returns the index of the Copy that stands for a Story in a Feed: the
// Sources the Feed prefers in their order, then the agency's own, then the one
// with most words, then the one seen first. The Story's id does not depend on
// it.
func Shown(s *Story, prefer []string) int {
	best := 0
	for i := range s.Copies {
		if better(&s.Copies[i], &s.Copies[best], prefer) {
			best = i
		}
	}
	return best
}

func better(a, b *Copy, prefer []string) bool {
	c := cmp.Or(
		cmp.Compare(rank(a.Source, prefer), rank(b.Source, prefer)),
		-compareBool(a.Agency != "", b.Agency != ""),
		-cmp.Compare(len(a.Content)+len(a.Summary), len(b.Content)+len(b.Summary)),
		a.FirstSeen.Compare(b.FirstSeen),
		cmp.Compare(a.ID, b.ID))
	return c < 0
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// rank returns the place of a Source in a list of preference; those that are
// not in it come last, equal among each other.
func rank(source string, prefer []string) int {
	if i := slices.Index(prefer, source); i >= 0 {
		return i
	}
	return len(prefer)
}

// Marker returns the words that a wire put before a headline, without their
// brackets, or "": "2nd LD" of "(2nd LD) Storm nears". A headline in brackets
// as a whole has no marker.
func Marker(title string) string {
	var found []string
	rest := title
	for {
		word, after, ok := bracketed(rest)
		if !ok || after == "" || !markers[strings.ToLower(word)] {
			return strings.Join(found, ", ")
		}
		found = append(found, word)
		rest = after
	}
}

// bracketed splits "(word) rest" and "[word] rest".
func bracketed(text string) (word, rest string, ok bool) {
	for _, pair := range []string{"()", "[]"} {
		if text != "" && text[0] == pair[0] {
			word, rest, ok = strings.Cut(text[1:], pair[1:])
			return strings.TrimSpace(word), strings.TrimSpace(rest), ok
		}
	}
	return "", text, false
}

// Yonhap's markers, as its English and Korean services print them.
var markers = map[string]bool{
	"urgent": true, "lead": true, "2nd ld": true, "3rd ld": true, "4th ld": true, "5th ld": true,
	"속보": true, "긴급": true, "1보": true, "2보": true, "3보": true, "종합": true, "종합2보": true, "종합3보": true, "상보": true,
}
