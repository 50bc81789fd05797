package feed

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// latinDateline reads "SEOUL, Dec. 28 (Yonhap) --", "Valencia (EFE).-" and
// "(ANSA) - ROMA, 27 GIU -", whose brackets are s[i:end]; and the caption that
// ends in "(Yonhap)", which no dash follows.
func latinDateline(s string, i, end int, content string) (piece, bool) {
	agency := signs(content)
	if agency == "" {
		return piece{}, false
	}
	to, ok := dash(s, end)
	if !ok {
		// A caption is a sentence that ends in the name, and the report follows it,
		// often without a space.
		next, _ := utf8.DecodeRuneInString(s[end:])
		glued := unicode.IsUpper(next) || next == '"' || next == '“'
		before := strings.TrimRight(s[:i], " ")
		sentence := before != "" && strings.IndexByte(".\"')”’", before[len(before)-1]) >= 0
		return piece{i, end, caption, Credit{}}, before != "" && (glued || sentence && end < len(s))
	}
	credit := Credit{Agency: agency, Text: s[i:end]}
	if strings.TrimSpace(s[:i]) == "" {
		if n, place := datelineAfter(s[to:]); n > 0 {
			to, credit.Place = to+n, place
		}
		return piece{0, to, dateline, credit}, true
	}
	from := datelineStart(s[:i])
	if from < 0 {
		return piece{}, false
	}
	credit.Place = placeOf(s[from:i])
	return piece{from, to, dateline, credit}, true
}

// dash returns where the dashes after s[:i] end, white space included, false if
// there are none. Agencies use all kinds, one or two, EFE after a point, and
// Yonhap now and then one of each.
func dash(s string, i int) (int, bool) {
	rest := strings.TrimLeft(s[i:min(len(s), i+16)], " .")
	less := strings.TrimLeft(rest, "-–—―－")
	if len(less) == len(rest) {
		return i, false
	}
	less = strings.TrimLeft(less, " ")
	return i + len(s[i:min(len(s), i+16)]) - len(less), true
}

// datelineAfter reads "ROMA, 27 GIU - " at the start of s.
func datelineAfter(s string) (n int, place string) {
	i := strings.Index(s[:min(len(s), 48)], " - ")
	if i < 0 || !isDateline(s[:i]) {
		return 0, ""
	}
	return i + len(" - "), placeOf(s[:i])
}

// plainDateline reads the datelines of wires that do not name themselves:
// "SALVADOR, Feb 26 - ", "BAGHDAD, Iraq -- ", and TASS's "MOSCOW, May 9. /TASS/."
func plainDateline(s string) (piece, bool) {
	if s == "" || s[0] < 'A' || s[0] > 'Z' {
		return piece{}, false
	}
	near := s[:min(len(s), 72)]
	if i := strings.Index(near, ". /TASS/."); i > 0 && isDateline(near[:i]) {
		return piece{0, i + len(". /TASS/."), dateline, Credit{"TASS", "/TASS/", placeOf(near[:i])}}, true
	}
	i := strings.Index(near, " -")
	if i < 0 || !isDateline(near[:i]) {
		return piece{}, false
	}
	to, _ := dash(s, i)
	return piece{0, to, dateline, Credit{}}, true
}

// isDateline reports whether all of a text is a place with a day, or a place in
// capitals with its country: "CARSON, Calif., March 4", "BAGHDAD, Iraq". A name
// in capitals alone is none: "NATO - the alliance - met".
func isDateline(text string) bool {
	words, capitals, day, month := 0, false, false, false
	for word := range strings.SplitSeq(text, " ") {
		bare := strings.Trim(word, ".,")
		r, _ := utf8.DecodeRuneInString(bare)
		switch {
		case isMonth(bare):
			month = true
		case r >= '0' && r <= '9' && len(bare) <= 4:
			day = true
		case unicode.IsUpper(r):
			capitals = capitals || words == 0 && len(bare) > 2 && bare == strings.ToUpper(bare)
		default:
			return false
		}
		words++
	}
	return words <= 7 && (day && month || capitals && words > 1 && strings.Contains(text, ", ") && !day)
}

// datelineStart returns where the dateline that ends s begins, -1 if there is
// none. It goes back word by word as long as they can be part of one. A
// subheading may stand before it, whose last word begins with a capital too; so
// a city in capitals ends the search:
//
//	... pact with Japan | SEOUL, Dec. 29 (Yonhap)
func datelineStart(s string) int {
	end := len(strings.TrimRight(s, " "))
	from, found, capitals := end, -1, false
	for range 7 {
		i := strings.LastIndexByte(s[:from], ' ')
		word := s[i+1 : from]
		bare := strings.Trim(word, ".,")
		r, _ := utf8.DecodeRuneInString(bare)
		upper := len(bare) > 1 && unicode.IsUpper(r) && bare == strings.ToUpper(bare)
		if capitals && !upper || bare == "" {
			break
		}
		switch {
		case isMonth(bare), r >= '0' && r <= '9' && len(bare) <= 4, unicode.IsUpper(r):
			found = i + 1
		default:
			return found
		}
		capitals = capitals || upper && !isMonth(bare)
		if i < 0 {
			return found
		}
		from = len(strings.TrimRight(s[:i], " "))
		if from == 0 {
			return found
		}
	}
	return found
}

// placeOf returns the place of a dateline: "MADRID" of "MADRID 25 Ago.", "" of
// "Dec. 28".
func placeOf(dateline string) string {
	place, _, _ := strings.Cut(strings.TrimSpace(dateline), ",")
	if i := strings.IndexAny(place, "0123456789"); i >= 0 {
		place = strings.TrimSpace(place[:i])
	}
	if isMonth(strings.Trim(place, ".")) && strings.TrimSpace(dateline) != place {
		return ""
	}
	return place
}

// isMonth reports whether a word is the name of a month in English, German,
// French, Spanish, Italian or Portuguese, or the start of one that wires use.
func isMonth(word string) bool {
	if len(word) < 3 || len(word) > 10 {
		return false
	}
	start := [3]byte{word[0] | 0x20, word[1] | 0x20, word[2] | 0x20} // lower case
	switch string(start[:]) {
	case "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", // English
		"ene", "abr", "ago", "dic", "gen", "mag", "giu", "lug", "set", "ott", "fev", "mai", "okt", "dez":
		return true
	}
	return false
}
