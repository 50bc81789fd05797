package page

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newswired/feed"
)

// withoutBy takes the words off a line that say that a name follows.
func withoutBy(line string) string {
	for _, word := range byWords {
		if rest, ok := cutPrefixFold(line, word); ok && rest != "" && (rest[0] == ' ' || rest[0] == ':') {
			return strings.TrimLeft(rest, " :")
		}
	}
	return line
}

// byWords come before the name of an author.
var byWords = []string{"Written by", "Reported by", "Story by", "By", "Par", "Por", "Von", "Di", "Door", "Af", "Av", "글", "記者", "记者", "作者", "文"}

// names returns the names in a byline.
//
//	By Hong Gil-dong and Sung Chun-hyang        Hong Gil-dong, Sung Chun-hyang
//	홍길동·성춘향 기자 hong@example.com              홍길동, 성춘향
//	By Jane Doe, Associate Editor               Jane Doe
//	순천, 광양 홍길동 기자                            홍길동
func names(line string) (all []string) {
	line = withoutMail(withoutBy(line))
	korean := isKorean(line)
	for _, and := range []string{" and ", " & ", " og ", " och ", " und ", " et ", "；", ";", " | ", "、", "，", "·", "ㆍ", "/"} {
		line = strings.ReplaceAll(line, and, ",")
	}
	for part := range strings.SplitSeq(line, ",") {
		part = strings.TrimSpace(withoutBy(strings.TrimPrefix(strings.TrimSpace(part), "and ")))
		if korean {
			name := koreanName(part)
			if name == part && titled(line) && utf8.RuneCountInString(part) == 2 {
				continue // a place: names have three syllables, most of them
			}
			part = name
		}
		part = strings.Trim(part, " -–—:|()[]")
		if part == "" {
			continue
		}
		if isName(part) {
			all = append(all, part)
		} else if len(all) > 0 && !korean {
			break // titles follow the names: "Political Editor", "CNN"
		}
	}
	return all
}

// withoutMail takes addresses of mail off a line.
func withoutMail(line string) string {
	if !strings.Contains(line, "@") {
		return line
	}
	var words []string
	for word := range strings.FieldsSeq(line) {
		if !strings.Contains(word, "@") {
			words = append(words, word)
		}
	}
	return strings.Trim(strings.Join(words, " "), " ()[]|,-")
}

// isKorean reports whether there is a Korean letter in a text.
func isKorean(text string) bool {
	for _, r := range text {
		if unicode.Is(unicode.Hangul, r) {
			return true
		}
	}
	return false
}

// koreanTitles follow a name.
var koreanTitles = []string{"기자", "특파원", "통신원", "논설위원", "위원", "리포터", "앵커", "에디터", "인턴기자", "선임기자", "전문기자", "객원기자", "PD", "대표", "교수", "작가", "편집장", "부장", "국장"}

// koreanName returns the name in "정치부 홍길동 기자": the word before the title, or
// all of it if it is no more than a name.
func koreanName(part string) string {
	words := strings.Fields(strings.Trim(part, "()[]="))
	for i, word := range words {
		for _, title := range koreanTitles {
			switch bare, ok := strings.CutSuffix(word, title); {
			case !ok:
			case bare == "" && i > 0:
				return words[i-1]
			case bare != "" && i > 0 && utf8.RuneCountInString(bare) < 2 || slices.Contains(koreanTitles, word) && i > 0:
				return words[i-1]
			case utf8.RuneCountInString(bare) >= 2 && utf8.RuneCountInString(bare) <= 4:
				return bare
			}
		}
	}
	if len(words) > 1 {
		if agency := feed.AgencyOf(words[len(words)-1]); agency != "" {
			return words[len(words)-1]
		}
	}
	return strings.Join(words, " ")
}

// titled reports whether there is a reporter's title in a Korean line.
func titled(line string) bool { return containsAny(line, koreanTitles) }

// isName reports whether a text can be a person's or a desk's name: a few words,
// each of which could be one.
func isName(text string) bool {
	words := strings.Fields(text)
	if len(words) == 0 || len(words) > 5 || utf8.RuneCountInString(text) < 2 || len(text) > 80 {
		return false
	}
	if strings.ContainsAny(text, "0123456789?!\"“”<>=#") {
		return false
	}
	for _, word := range words {
		if notNames[strings.ToLower(strings.Trim(word, ".,"))] {
			return false
		}
	}
	if len(words) == 1 && (weekdays[text] || strings.IndexFunc(text, func(r rune) bool { return r != '.' && (r < 'a' || r > 'z') }) < 0) {
		return false // the name of an account, an outlet's domain, or the day of a date
	}
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.IsLetter(r)
}

// weekdays are no names where they stand alone.
var weekdays = map[string]bool{"Monday": true, "Tuesday": true, "Wednesday": true, "Thursday": true, "Friday": true, "Saturday": true, "Sunday": true}

// notNames are words of titles and prompts that stand among names.
var notNames = map[string]bool{}

// init lists the words, in lower case.
func init() {
	for _, word := range strings.Fields(`editor correspondent writer producer columnist contributor read more share published updated
		click follow twitter facebook email comments minutes min ago abonnés journaliste photo image foto cnn.com`) {
		notNames[word] = true
	}
}
