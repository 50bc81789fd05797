package feed

import "strings"

// The forms of markers are data, in marker_rows.go. To teach newswired a new
// one, add a row with an example and say where you saw it; a test reads every
// row's example. What no row has is left on the headline, but for rubrics in
// square brackets, because a word lost makes two stories alike and a word kept
// only makes one story two.
//
// A form is looked up in a map, so that a title costs a few look-ups whatever
// the length of the table. Before that its spaces go, its letters become small
// and its figures a sign: "2nd Ld- Writethru" and "2ND LD-WRITETHRU" are one
// row, and so are all numbers of updates.

// A place is where a marker may stand, as a set of bits.
type place uint8

const (
	atFront      place = 1 << iota // (LEAD) words
	atBack                         // words (종합)
	beforeHyphen                   // UPDATE 1-words
	beforeColon                    // 快讯：words
	beforeSlash                    // TALKING POINT/words
	afterComma                     // words, 2nd Ld-Writethru

	atEnds = atFront | atBack
	slug   = beforeHyphen | beforeColon
)

// A markerRow is one form of marker that a wire uses.
type markerRow struct {
	Form     string // lower case, no spaces; '#' is a number, "#th" an ordinal, a '*' at the end anything
	Kind     MarkerKind
	Number   int // of a form without '#'
	Places   place
	Bulletin bool   // counts the short bulletins before the full report
	Example  string // a title of our own that shows it
	Source   string // where such titles were seen
}

// known looks a marker up by its text, for a place.
func known(text string, where place) (Marker, bool) {
	row, number := markerOf(text)
	if row == nil || row.Places&where == 0 {
		return Marker{}, false
	}
	return Marker{Kind: row.Kind, Number: number, Text: text}, true
}

// markerOf returns the row of a marker's text and its number, nil if there is
// none. Forms with an open end are few, and tried only after all others failed.
func markerOf(text string) (*markerRow, int) {
	if len(text) > markerReach || text == "" {
		return nil, 0
	}
	var buffer [markerReach]byte
	form, number := formOf(buffer[:0], text)
	row := markerForms[string(form)]
	if row == nil {
		for i := range openForms {
			if prefix := openForms[i].Form; len(form) > len(prefix) && string(form[:len(prefix)-1]) == prefix[:len(prefix)-1] {
				return openForms[i], 0
			}
		}
		return nil, 0
	}
	if number == 0 {
		number = row.Number
	}
	return row, number
}

// formOf writes a marker's text as rows of the table have it, and returns its
// number, 0 if it has none. A number of three figures is no wire's: then it
// returns no form, and the text stays on the headline.
func formOf(form []byte, text string) ([]byte, int) {
	number := 0
	for i := 0; i < len(text); {
		c := text[i]
		if c < '0' || c > '9' {
			i++
			if c >= 'A' && c <= 'Z' {
				c += 'a' - 'A'
			}
			if c != ' ' {
				form = append(form, c)
			}
			continue
		}
		n, digits := 0, 0
		for ; i < len(text) && text[i] >= '0' && text[i] <= '9'; i++ {
			n, digits = n*10+int(text[i]-'0'), digits+1
			if digits > 2 {
				return nil, 0
			}
		}
		number = n
		form = append(form, '#')
		if len(text)-i >= 2 {
			switch strings.ToLower(text[i : i+2]) {
			case "st", "nd", "rd", "th":
				form = append(form, "th"...)
				i += 2
			}
		}
	}
	return form, number
}

// The table by form, and the rows whose forms end in '*'.
var (
	markerForms = map[string]*markerRow{}
	openForms   []*markerRow
)

// init makes the tables ready to be looked up: by form, and those with an open
// end in a list.
func init() {
	for _, rows := range [][]markerRow{versionRows, correctionRows, rubricRows} {
		for i := range rows {
			if row := &rows[i]; strings.HasSuffix(row.Form, "*") {
				openForms = append(openForms, row)
			} else {
				markerForms[row.Form] = row
			}
		}
	}
}
