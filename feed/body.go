package feed

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Body is the text of an Article less what the wire and the outlet put around
// it: so much of it is equal in all they publish that it would make strangers
// alike.
type Body struct {
	Words  string // on one line; empty if there was nothing but furniture
	Credit Credit
}

const (
	leadReach = 600 // bytes from the start within which a dateline may stand
	tailReach = 600 // bytes from the end within which legal notices may begin
	maxPieces = 8   // of furniture at either end; bounds the time a hostile text takes
)

// ReadBody takes the furniture off a text on one line (see OneLine): notes to
// editors, datelines, bylines, captions that end in a photo's credit, mail
// addresses, (END) and its kin, credits, legal notices.
//
//	SEOUL, Dec. 28 (Yonhap) -- A ferry sank. (END)         A ferry sank.
//	전원 구조 (목포=연합뉴스) 홍길동 기자 = 여객선이 침몰했다.      전원 구조 여객선이 침몰했다.
//	[앵커] 여객선이 침몰했습니다. ※ '당신의 제보가 뉴스가 됩니다'  여객선이 침몰했습니다.
//
// What stands before a dateline stays, since Korean summaries begin with their
// subheadings. The Words are those of the text, in its order.
func ReadBody(text string) Body {
	rest, signed := withoutTail(withoutBareCaption(strings.TrimSpace(text)))
	head, rest, credit := withoutLead(rest)
	if credit.Agency == "" {
		credit = signed
	}
	words := strings.TrimSpace(rest)
	if head = strings.TrimSpace(head); head != "" {
		words = strings.TrimSpace(head + " " + words)
	}
	if strings.IndexFunc(words, isWord) < 0 {
		words = ""
	}
	return Body{Words: words, Credit: credit}
}

// isWord reports whether a character is a letter or a figure: where there is none,
// a text says nothing.
func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

// A piece of furniture at the start of a text, s[from:to].
type piece struct {
	from, to int
	kind     pieceKind
	credit   Credit
}

// A pieceKind says what goes with a piece of furniture.
type pieceKind byte

const (
	editorsNote pieceKind = iota + 1 // it and what stands before it go
	dateline                         // it goes, what stands before it stays; the report follows
	byline                           // it goes, what stands before it stays
	caption                          // the credit of a photo: it goes, with the sentence before it
)

// withoutLead takes off what stands before the report. What it returns as head
// stood before the dateline or between captions and bylines. Once a dateline was
// met, only what follows it directly can be furniture: the rest is the report.
func withoutLead(s string) (head, rest string, credit Credit) {
	reach := leadReach
	for range maxPieces {
		s = strings.TrimLeft(s, " -–—=/|:：]")
		p, ok := firstPiece(s, reach)
		if !ok {
			break
		}
		before := s[:p.from]
		switch {
		case p.kind == editorsNote:
			before = ""
		case p.kind == caption && p.from <= captionReach && len(s)-p.to >= captionLeft:
			before = withoutCaption(before)
		// Its reporters stand before it. What is longer than a few names is a text
		// that happens to begin with "By".
		case p.kind == dateline && strings.HasPrefix(before, "By ") && len(before) < 60:
			before = ""
		}
		if strings.IndexFunc(before, isWord) >= 0 {
			head += " " + before
		}
		s = s[p.to:]
		if p.credit.Agency != "" && credit.Agency == "" {
			credit = p.credit
		}
		if p.kind == dateline {
			reach = 1 // what follows is the report, less a byline directly before it
		} else if reach > 1 {
			reach = max(reach-p.to, 1)
		}
	}
	return head, s, credit
}

// withoutCaption takes the caption off a text behind which a photo's credit
// stands. Korean captions say what is going on, "...고 있다.", or are no
// sentence; newspapers put a photo behind the first sentence of the report too.
func withoutCaption(s string) string {
	from := lastSentence(s)
	sentence := strings.TrimRight(s[from:], " .?!")
	if strings.HasSuffix(sentence, "다") && !strings.HasSuffix(sentence, "있다") {
		return s
	}
	return s[:from]
}

// lastSentence returns where the last sentence of a text begins, whose own end does
// not count. A point among figures ends none, nor does that of an abbreviation:
// "Nov.", "Rep.".
func lastSentence(s string) int {
	for i := len(strings.TrimRight(s, " .?!")) - 1; i > 0; i-- {
		if s[i] != '.' && s[i] != '?' && s[i] != '!' {
			continue
		}
		word := s[strings.LastIndexByte(s[:i], ' ')+1 : i]
		if s[i-1] >= utf8.RuneSelf || s[i+1] == ' ' && len(word) > len("Sept") && s[i-1] >= 'a' && s[i-1] <= 'z' {
			return i + 1
		}
	}
	return 0
}

// A photo's caption is cut if it ends within captionReach and captionLeft bytes
// of text remain.
const (
	captionReach = 400
	captionLeft  = 60
)

// firstPiece finds the first furniture that begins within reach of the start.
// Each begins with one of a few bytes, none of which is part of a letter, so the
// text is gone over once.
func firstPiece(s string, reach int) (piece, bool) {
	if p, ok := bareLead(s); ok {
		return p, true
	}
	reach = min(reach, len(s))
	for i := 0; i < reach; i++ {
		switch s[i] {
		case '(', '[', '<', 0xe3, 0xef: // ASCII's, then 【 〔 〈 and ［ （
			if p, ok := bracketPiece(s, i); ok {
				return p, true
			}
		case 0xe2: // ⓒ
			if p, ok := copyrightPiece(s, i); ok {
				return p, true
			}
		}
	}
	return piece{}, false
}

// copyrightPiece reads "ⓒ 연합뉴스", which stands at the end of captions.
func copyrightPiece(s string, i int) (piece, bool) {
	rest, ok := strings.CutPrefix(s[i:], "ⓒ")
	if !ok {
		return piece{}, false
	}
	rest = strings.TrimLeft(rest, " ")
	for _, name := range photoAgencies {
		rest = strings.TrimPrefix(rest, name)
	}
	return piece{i, len(s) - len(rest), caption, Credit{}}, true
}

// photoAgencies are whose photos Korean newspapers print, longer names first.
var photoAgencies = []string{"연합뉴스", "연합", "뉴시스", "뉴스1", "News1", "AP", "AFP", "EPA", "로이터", "Reuters", "게티이미지뱅크", "게티이미지", "123RF", "123rf", "123Rf"}
