package feed

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// How far from its ends a title is searched for a marker, in bytes. The longest
// there are name a newspaper and a day: "(EDITORIAL from Korea JoongAng Daily
// on Dec. 28)".
const (
	markerReach = 64
	rubricRunes = 14 // of a rubric that no table knows
	rubricLeft  = 6  // letters of headline that must stay beside such a rubric
)

// A titleReader takes markers off a title, one at a time, from both ends until
// neither end has one. Every step looks at a bounded part of what is left and
// makes it shorter, so the whole is linear; that nothing is left to take is what
// makes reading the Words again find nothing.
type titleReader struct {
	left     string // what has not been taken off
	capitals bool   // true if the title has no small letter
	found    []Marker
	agency   string
	bare     bool // true if all there is are markers
	word     int  // left has no letter or digit before this index; saves looking twice
}

// note remembers a marker. What carries no text was not one but an agency. Those
// beyond the bound are forgotten, but taken off nonetheless.
func (t *titleReader) note(list *[]Marker, m Marker) {
	if m.Text != "" && len(*list) < maxMarkers {
		*list = append(*list, m)
	}
}

// take leaves left[from:to] if there is a word in it, else marks the title as
// bare where what was met is sure to be a marker.
func (t *titleReader) take(from, to int, sure bool) bool {
	word := max(t.word, from)
	for word < to {
		r, n := utf8.DecodeRuneInString(t.left[word:])
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			break
		}
		word += n
	}
	if word >= to {
		t.bare = t.bare || sure
		return false
	}
	kept := t.left[from:to]
	less := strings.TrimLeftFunc(kept, unicode.IsSpace)
	t.word = max(word-from-(len(kept)-len(less)), 0)
	t.left = strings.TrimRightFunc(less, unicode.IsSpace)
	return true
}

// front takes off what stands before the words: brackets, a slug, or the
// agency, as AP puts it.
func (t *titleReader) front() (Marker, bool) {
	if m, end, ok := t.opening(); ok {
		return m, t.take(end, len(t.left), true)
	}
	if m, end, ok := slugged(t.left, t.capitals); ok {
		return m, t.take(end, len(t.left), true)
	}
	head, _, ok := strings.Cut(t.left[:min(len(t.left), 24)], " - ")
	if agency := AgencyOf(head); ok && agency != "" && t.take(len(head)+len(" - "), len(t.left), false) {
		t.agency = agency
		return Marker{}, true
	}
	return Marker{}, false
}

// opening reads a marker in brackets before the words. Reuters of 1987 puts a
// hyphen behind it.
func (t *titleReader) opening() (m Marker, end int, ok bool) {
	content, end, ok := enclosed(t.left, 0, markerReach)
	if !ok {
		return Marker{}, 0, false
	}
	if m, ok := inBrackets(content, atFront); ok {
		if end < len(t.left) && (t.left[end] == '-' || t.left[end] == ':') {
			end++
		}
		return m, end, true
	}
	ok = isRubric(t.left, content) && tells(t.left[end:])
	return Marker{Kind: Rubric, Text: content}, end, ok
}

// back takes off what stands behind the words: brackets, AP's number after a
// comma, or the outlet that Google News appends. The outlet is no credit:
// newspapers write " - Reuters" too when they quote it.
func (t *titleReader) back() (Marker, bool) {
	s := t.left
	if content, start, ok := lastEnclosed(s, markerReach); ok {
		if m, ok := inBrackets(content, atBack); ok {
			return m, t.take(0, start, true)
		}
		if agency := AgencyOf(content); agency != "" && t.take(0, start, false) {
			t.agency = agency
			return Marker{}, true
		}
		if isRubric(s[start:], content) && tells(s[:start]) {
			return Marker{Kind: Rubric, Text: content}, t.take(0, start, false)
		}
		return Marker{}, false
	}
	floor := max(0, len(s)-markerReach)
	if i := strings.LastIndexByte(s[floor:], ','); i >= 0 {
		if m, ok := known(strings.TrimSpace(s[floor+i+1:]), afterComma); ok {
			return m, t.take(0, floor+i, true)
		}
	}
	if i := strings.LastIndex(s[floor:], " - "); i >= 0 && AgencyOf(s[floor+i+len(" - "):]) != "" {
		return Marker{}, t.take(0, floor+i, false)
	}
	return Marker{}, false
}

// inBrackets reads the contents of a pair of brackets. A marker may name its
// subject first: "뉴욕증시-1보".
func inBrackets(content string, where place) (Marker, bool) {
	if m, ok := known(content, where); ok {
		return m, true
	}
	if i := strings.LastIndexByte(content, '-'); i > 0 {
		if m, ok := known(content[i+1:], where); ok && m.Kind != Rubric {
			m.Text = content
			return m, true
		}
	}
	return Marker{}, false
}

// slugged reads a marker that a sign divides from the words. The longest is
// tried first: US STOCKS-SNAPSHOT- is one.
func slugged(s string, capitals bool) (m Marker, end int, ok bool) {
	for i := min(len(s), markerReach) - 1; i > 0; i-- {
		var where place
		next := i + 1
		switch s[i] {
		case '-':
			where = beforeHyphen
		case ':':
			where = beforeColon
		case 0xef: // U+FF1A, the colon of Chinese and Japanese
			if !strings.HasPrefix(s[i:], "：") {
				continue
			}
			where, next = beforeColon, i+len("：")
		case '/':
			where = beforeSlash
		default:
			continue
		}
		if m, ok := known(strings.TrimRight(s[:i], " "), where); ok && isSlug(s, m, i, where, capitals) {
			return m, next, true
		}
	}
	return Marker{}, 0, false
}

// isSlug tells a slug from a word that begins a sentence or is joined to the
// next by a hyphen: wires write slugs in capitals, but for those of columns and
// of updates where a colon follows. Where the whole headline is in capitals, a
// joined word is believed only if it tells of versions. None withdraws a report
// there, nor before a small letter, for that would hide news: KILL-SWITCH LAW PASSES,
// KILL-switch law passes.
func isSlug(s string, m Marker, sign int, where place, capitals bool) bool {
	if s[0] >= utf8.RuneSelf {
		return true
	}
	if m.Kind == Withdrawal && (capitals || sign+1 < len(s) && s[sign+1] >= 'a' && s[sign+1] <= 'z') {
		return false
	}
	shouted := m.Text == strings.ToUpper(m.Text)
	if where != beforeHyphen || s[sign-1] == ' ' {
		return shouted || m.Kind == Rubric || where == beforeColon && m.Kind != Withdrawal
	}
	return shouted && (m.Kind != Rubric || !capitals)
}

// isRubric reports whether what stands in brackets at the start of s may be
// taken off though no table knows it. Angle brackets hold titles of films and
// books, round ones what belongs to the sentence.
func isRubric(s, content string) bool {
	switch r, _ := utf8.DecodeRuneInString(s); r {
	case '[', '【', '［', '〔':
	default:
		return false
	}
	if content == "" || utf8.RuneCountInString(content) > rubricRunes {
		return false
	}
	letter := false
	for _, r := range content {
		if unicode.IsNumber(r) || r == '(' || r == '[' || r == '"' {
			return false
		}
		letter = letter || unicode.IsLetter(r)
	}
	for _, region := range regions {
		if strings.Contains(content, region) {
			return false
		}
	}
	return letter
}

// tells reports whether a headline says enough without its rubric: "[운세] 12월
// 29일" does not.
func tells(words string) bool {
	letters := 0
	for i, r := range words {
		if letters == rubricLeft || i > 4*markerReach {
			break
		}
		if unicode.IsLetter(r) {
			letters++
		}
	}
	return letters == rubricLeft
}

// regions of Korea, by which the daily reports of a series differ.
var regions = []string{"서울", "부산", "대구", "인천", "광주", "대전", "울산", "세종", "경기", "강원",
	"충북", "충남", "충청", "전북", "전남", "호남", "경북", "경남", "영남", "제주"}
