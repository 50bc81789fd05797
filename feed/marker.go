package feed

import (
	"strings"
	"unicode"
)

// A MarkerKind says what a wire's word on a headline means for versions.
type MarkerKind string

// The kinds of marker.
const (
	Flash      MarkerKind = "flash"      // first words; a full report follows
	Version    MarkerKind = "version"    // a state of a report that will be, or has been, told more fully
	Correction MarkerKind = "correction" // an earlier state was wrong
	Repeat     MarkerKind = "repeat"     // sent again as it was
	Withdrawal MarkerKind = "withdrawal" // an earlier state must not be used
	Complete   MarkerKind = "complete"   // the report ends here
	Rubric     MarkerKind = "rubric"     // a kind of piece, a series, an occasion: nothing about versions
)

// A Marker is a wire's word on a headline.
type Marker struct {
	Kind   MarkerKind
	Number int    // 2 of "2nd LD" and of "종합2보", 1 of "LEAD" and of "종합"; 0 where there is none
	Text   string // as published, less brackets, hyphen or colon
}

// A Headline is a title with the wire's words taken off, front and back.
type Headline struct {
	Words   string   // what is left; empty only if the title was
	Markers []Marker // in the order of the title, at most maxMarkers
	Agency  string   // named by the title itself, "(Reuters)" or "AP - "; "" if none
}

// maxMarkers bounds what is remembered of a title. Wires use three at most;
// whoever sends more has them taken off all the same.
const maxMarkers = 8

// ReadHeadline takes off a title what wires put around its words:
//
//	(2nd LD) (Asiad) Storm nears        Storm nears       2nd LD, Asiad
//	CORRECTED-UPDATE 1-Storm nears      Storm nears       CORRECTED, UPDATE 1
//	[속보] 태풍 접근(종합2보)                 태풍 접근           속보, 종합2보
//	Storm nears - Reuters               Storm nears
//	(LEAD)                              (LEAD)
//
// What stands in square or lenticular brackets is taken for a Rubric though no
// table knows it, unless it has a figure or names a region: those tell two
// reports apart. Round brackets and slugs must be in the table, since "(Nissan
// Motor)" and "Coca-" begin headlines too.
//
// A title that is nothing but markers keeps them as its Words and has none.
// Reading the Words again finds nothing more. The time it takes grows with the
// length of the title only.
func ReadHeadline(title string) Headline {
	t := &titleReader{left: strings.TrimSpace(title)}
	t.capitals = strings.IndexFunc(t.left, unicode.IsLower) < 0
	var behind []Marker
	for {
		if m, ok := t.front(); ok {
			t.note(&t.found, m)
			continue
		}
		if m, ok := t.back(); ok {
			t.note(&behind, m)
			continue
		}
		break
	}
	if t.bare {
		return Headline{Words: strings.TrimSpace(title)}
	}
	for i := len(behind) - 1; i >= 0; i-- { // they were met from the end
		t.note(&t.found, behind[i])
	}
	return Headline{Words: t.left, Markers: t.found, Agency: t.agency}
}

// Marker returns the Headline's markers as people read them, "2nd LD, URGENT",
// or "". Rubrics are left out: they say nothing about versions, and every
// newspaper has its own.
func (h Headline) Marker() string {
	var texts []string
	for _, m := range h.Markers {
		if m.Kind != Rubric {
			texts = append(texts, m.Text)
		}
	}
	return strings.Join(texts, ", ")
}

// Has reports whether the Headline has a marker of a kind.
func (h Headline) Has(kind MarkerKind) bool {
	for _, m := range h.Markers {
		if m.Kind == kind {
			return true
		}
	}
	return false
}

// kinds are those that say something about versions, the gravest first.
var kinds = []MarkerKind{Withdrawal, Correction, Repeat, Flash, Version, Complete}

// Kind returns the gravest kind that the Headline's markers have: of
// CORRECTED-UPDATE 1- it is Correction. Without one, or with Rubrics alone, it
// is "".
func (h Headline) Kind() MarkerKind {
	for _, kind := range kinds {
		if h.Has(kind) {
			return kind
		}
	}
	return ""
}

// Version returns the place of the Headline among the versions of its report,
// lowest first; equals are ordered by their times.
//
//	0  flash: URGENT, 속보, 快讯, 1보
//	1  the plain report, 2보 and later bulletins, 简讯
//	2  LEAD, 1st Ld, 종합, 상보, 详讯, UPDATE 1-
//	3  2nd LD, 종합2보, UPDATE 2-, and so on
//
// A correction, a repeat or a withdrawal has the place of what it corrects,
// repeats or withdraws, as far as its headline tells.
func (h Headline) Version() int {
	highest, flash := -1, false
	for _, m := range h.Markers {
		switch m.Kind {
		case Flash:
			flash = true
		case Version:
			highest = max(highest, m.version())
		}
	}
	switch {
	case highest >= 0:
		return highest
	case flash:
		return 0
	}
	return 1
}

// version is Headline.Version of one marker of the kind Version.
func (m Marker) version() int {
	row, _ := markerOf(m.Text)
	if row == nil { // it names its subject first: 뉴욕증시-1보
		row, _ = markerOf(m.Text[strings.LastIndexByte(m.Text, '-')+1:])
	}
	switch {
	case row != nil && row.Bulletin && m.Number == 1:
		return 0
	case row != nil && row.Bulletin:
		return 1
	case m.Number == 0:
		return 2 // it tells more than the plain report
	}
	return m.Number + 1
}
