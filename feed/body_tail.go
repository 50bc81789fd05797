package feed

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// withoutTail takes off what stands behind the report, and returns the agency
// that signs it there. The order of these things differs from house to house
// (mail, "(끝)", notice; or credit, reporter, mail), so the last of them is taken
// off until there is none.
func withoutTail(s string) (rest string, signed Credit) {
	for range maxPieces {
		end, credit := tail(s)
		if end == len(s) {
			break
		}
		s = strings.TrimRight(s[:end], " ▶■☞/|=-")
		if signed.Agency == "" {
			signed = credit
		}
	}
	return s, signed
}

// tail returns where the last piece of furniture of s begins, len(s) if there
// is none, and the agency that it names. A notice is looked for first: it may be
// cut off in the middle, and then nothing behind it can be read.
func tail(s string) (int, Credit) {
	if end := noticeStart(s); end < len(s) {
		return end, Credit{}
	}
	if content, start, ok := lastEnclosed(s, markerReach); ok {
		if isPhotoCredit(content) || AgencyOf(content) == "" && signer(content) == "" {
			if isPhotoCredit(content) {
				return start, Credit{}
			}
			return len(s), Credit{}
		}
		return start, signature(s, start, content)
	}
	word := strings.LastIndexByte(s, ' ') + 1
	if len(s)-word <= 64 && isMail(s[word:]) {
		return withoutReporter(s[:word]), Credit{}
	}
	if i := strings.LastIndexByte(s[word:], '#'); i >= 0 && isTag(s[word+i+1:]) {
		return word + i, Credit{}
	}
	// "==Kyodo", and "/연합뉴스" as newspapers sign what is the wire's.
	for _, sign := range []string{"==", "/"} {
		if i := strings.LastIndex(s[max(0, len(s)-48):], sign); i >= 0 {
			i += max(0, len(s)-48)
			if agency := signs(s[i+len(sign):]); agency != "" {
				return i, signature(s, i, s[i+len(sign):])
			}
		}
	}
	return bareOutlet(s), Credit{}
}

// signer returns the agency of "서울/연합뉴스", as newspapers sign a report that
// is the wire's.
func signer(content string) string {
	place, name, ok := strings.Cut(content, "/")
	if !ok || signs(place) != "" || !isHangul(place) { // "AP/뉴시스" is a photo's
		return ""
	}
	return signs(strings.TrimSpace(name))
}

// signature returns the Credit of a text that ends in an agency's name at
// start. A single sentence signed so may be the caption of a photo.
func signature(s string, start int, name string) Credit {
	const report = 400 // bytes; captions are shorter
	if start < report && strings.Count(s[:start], ". ") < 2 && !tellsNews(s[:start]) {
		return Credit{}
	}
	agency := signs(strings.Trim(name, " ="))
	if agency == "" {
		agency = signer(name)
	}
	if agency == "" {
		return Credit{}
	}
	return Credit{Agency: agency, Text: strings.TrimSpace(s[start:])}
}

// noticeStart returns where the first of the fixed notices near the end of s
// begins, len(s) if there is none. Far from the end, or with nothing before it,
// the same words may be what a report is about: copyright is news too.
func noticeStart(s string) int {
	floor := max(0, len(s)-tailReach)
	for floor > 0 && floor < len(s) && !utf8.RuneStart(s[floor]) {
		floor++
	}
	window, first := s[floor:], len(s)
	for i := range noticeRows {
		row := &noticeRows[i]
		at := strings.Index(window, row.Text)
		if at < 0 || floor+at >= first {
			continue
		}
		if row.Alone || strings.IndexFunc(s[:floor+at], isWord) >= 0 {
			first = floor + at
			window = s[floor:min(len(s), first+len(row.Text))]
		}
	}
	return first
}

// isTag reports whether what follows a '#' is a tag, as broadcasters append
// them, and no number: "ranked #1".
func isTag(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r)
}

// isMail reports whether a word looks like an address of mail.
func isMail(word string) bool {
	at := strings.IndexByte(word, '@')
	return at > 0 && strings.IndexByte(word[at:], '.') > 0
}

// withoutReporter returns the length of s less a reporter's name and title at
// its end: "... 침몰했다. 홍길동 기자". Korean names have two to four syllables;
// what is longer belongs to the sentence.
func withoutReporter(s string) int {
	s = strings.TrimRight(s, " =/")
	for _, title := range reporterTitles {
		name, ok := strings.CutSuffix(s, title)
		if !ok {
			continue
		}
		name = strings.TrimRight(name, " ")
		i := strings.LastIndexAny(name, " ./=]")
		if n := utf8.RuneCountInString(name[i+1:]); n >= 2 && n <= 4 && isHangul(name[i+1:]) {
			return i + 1
		}
	}
	return len(s)
}

// bareOutlet returns where an agency's bare name at the end of s begins, as
// Google News appends it to what should be a summary.
func bareOutlet(s string) int {
	for _, name := range []string{"Reuters", "AP News", "Bloomberg.com"} {
		rest, ok := strings.CutSuffix(s, " "+name)
		if ok && !strings.HasSuffix(rest, " told") && !strings.HasSuffix(rest, " to") {
			return len(rest)
		}
	}
	return len(s)
}

// isHangul reports whether all of a text is Korean letters.
func isHangul(s string) bool {
	for _, r := range s {
		if r < 0xac00 || r > 0xd7a3 {
			return false
		}
	}
	return s != ""
}
