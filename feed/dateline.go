package feed

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A dateline says where and by which agency a report was filed, and begins it.
// No two agencies write it alike, and few outlets that reprint keep it whole, so
// it is read by what is sure: a pair of brackets with an agency's name, and what
// must stand behind it. A name alone proves nothing, for captions end in one.

// bracketPiece reads furniture whose brackets open at s[i].
func bracketPiece(s string, i int) (piece, bool) {
	if strings.HasPrefix(s[i:], "(ATTN") {
		if _, end, ok := enclosed(s, i, leadReach); ok {
			return piece{i, end, editorsNote, Credit{}}, true
		}
	}
	content, end, ok := enclosed(s, i, 96)
	if !ok || content == "" {
		return piece{}, false
	}
	if content[0] < utf8.RuneSelf && s[i] == '(' {
		if p, ok := latinDateline(s, i, end, content); ok {
			return p, true
		}
	}
	switch {
	// Photos and bylines come first, for (사진=연합뉴스) is built like
	// (서울=연합뉴스).
	case isPhotoCredit(content), s[i] == '[' && slices.Contains(photoAgencies, content):
		return piece{i, end, caption, Credit{}}, true
	case endsInTitle(content):
		return piece{i, end, byline, Credit{}}, true
	}
	if p, ok := koreanDateline(s, i, end, content); ok {
		return p, true
	}
	if i == 0 && slices.Contains(cueWords, content) {
		return piece{0, end, byline, Credit{}}, true
	}
	return eastDateline(s, i, end, content)
}

// isPhotoCredit tells (사진=연합뉴스), [사진 출처 : 연합뉴스], (Reuters-Yonhap),
// (AP Photo) from the credits of a text. A bare (사진) points at a person.
func isPhotoCredit(content string) bool {
	if len(content) < len("사진=")+2 {
		return false
	}
	sign := strings.ContainsAny(content, "=＝:-/") || strings.Contains(content, " ")
	if !sign {
		return false
	}
	for _, word := range photoWords {
		i := strings.Index(content, word)
		if i < 0 {
			continue
		}
		return i == 0 || strings.HasSuffix(content, "제공") || word[0] < utf8.RuneSelf && namesAgency(content) || strings.ContainsAny(content, "=＝") && !endsInTitle(content)
	}
	return false
}

// namesAgency reports whether one of the words of a credit is an agency's name.
func namesAgency(content string) bool {
	for content != "" {
		i := strings.IndexAny(content, " -/,=")
		if i < 0 {
			return AgencyOf(content) != ""
		}
		if AgencyOf(content[:i]) != "" {
			return true
		}
		content = content[i+1:]
	}
	return false
}

// endsInTitle reports whether a text is a byline: a name and a reporter's title,
// "이데일리 홍길동 기자", and the reporter's address may follow. The title alone is a
// cue of broadcasters.
func endsInTitle(content string) bool {
	if i := strings.LastIndexByte(content, ' '); i >= 0 && isMail(content[i+1:]) {
		content = strings.TrimRight(content[:i], " ")
	}
	for _, title := range reporterTitles {
		if name, ok := strings.CutSuffix(content, title); ok {
			return strings.ContainsAny(name, " =")
		}
	}
	return false
}

// koreanDateline reads "(서울=연합뉴스) 홍길동 기자 =". Where no reporter follows
// and a text stands before it, it is the credit of a photo; where two agencies
// stand in it, "[리버풀=AP/뉴시스]", it is the first one's photo.
func koreanDateline(s string, i, end int, content string) (piece, bool) {
	place, name, ok := strings.Cut(strings.Replace(content, "＝", "=", 1), "=")
	if !ok {
		return piece{}, false
	}
	place, name = strings.TrimSpace(place), strings.TrimSpace(name)
	by := reporter(s[end:])
	agency := signs(name)
	switch {
	case agency == "":
		last := name[strings.LastIndexByte(name, '/')+1:]
		return piece{i, end + by, byline, Credit{}}, signs(strings.TrimSpace(last)) != ""
	case i > 0 && by == 0, namesAgency(place):
		return piece{i, end + by, byline, Credit{}}, true
	}
	return piece{i, end + by, dateline, Credit{Agency: agency, Text: s[i:end], Place: place}}, true
}

// reporter returns the length of "홍길동 기자 =" at the start of s, 0 if there is
// none. The sign of equality is what ends a byline; Newsis has none on tables
// and horoscopes, which then keep all their words.
func reporter(s string) int {
	const reach = 100 // three reporters with their titles
	i := strings.IndexByte(s[:min(len(s), reach)], '=')
	if i < 0 || strings.ContainsAny(s[:i], ".?!\"([") {
		return 0
	}
	return i + 1
}

// eastDateline reads what stands in brackets at the start of Japanese and
// Chinese reports: 【ソウル聯合ニュース】, ［東京 ２４日 ロイター］ -, （ソウル中央社）.
// Reuters puts its reporters before it, in Latin letters.
func eastDateline(s string, i, end int, content string) (piece, bool) {
	if content[0] < utf8.RuneSelf || s[i] == '<' {
		return piece{}, false
	}
	for _, name := range eastNames {
		place, _, ok := strings.Cut(content, name)
		if !ok {
			continue
		}
		p := piece{i, end, dateline, Credit{AgencyOf(name), s[i:end], placeInCJK(place)}}
		if i > 0 {
			p.kind = editorsNote
			_, ok = dash(s, end)
			ok = ok && i <= bylineReach && strings.HasSuffix(content, name)
		}
		return p, ok
	}
	return piece{}, false
}

// bylineReach is how far from the start the bracket of a report may stand that
// begins with the names of its reporters.
const bylineReach = 160

// placeInCJK takes the day off "東京 ２４日" and "首尔5月24".
func placeInCJK(place string) string {
	return strings.TrimRightFunc(place, func(r rune) bool {
		return unicode.IsNumber(r) || unicode.IsSpace(r) || strings.ContainsRune("月日=＝", r)
	})
}

// eastNames are by which agencies sign in those brackets, together with the
// place. The first that is found counts: "ＡＦＰ＝時事" is Jiji's.
var eastNames = []string{"聯合ニュース", "ロイター", "ブルームバーグ", "共同", "時事", "中央社", "路透"}

// bareLead reads what stands without brackets at the start of s: the Chinese
// "新华社北京9月30日电", a byline that is an agency's, and the datelines of
// plainDateline.
func bareLead(s string) (piece, bool) {
	for _, name := range []string{"新华社", "韩联社", "韓聯社"} {
		rest, ok := strings.CutPrefix(s, name)
		if !ok {
			continue
		}
		near := rest[:min(len(rest), 60)]
		for _, wire := range []string{"电", "電"} {
			if i := strings.Index(near, wire); i > 0 {
				to := len(name) + i + len(wire)
				return piece{0, to, dateline, Credit{AgencyOf(name), s[:to], placeInCJK(near[:i])}}, true
			}
		}
	}
	if rest, ok := strings.CutPrefix(s, "By "); ok {
		for _, name := range []string{"Yonhap ", "Reuters ", "AFP "} {
			if strings.HasPrefix(rest, name) {
				to := len("By ") + len(name)
				return piece{0, to, byline, Credit{AgencyOf(name), s[:to-1], ""}}, true
			}
		}
	}
	return plainDateline(s)
}
