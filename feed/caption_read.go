package feed

import "strings"

// ReadCaption parts what stands under a picture, on one line, into the caption
// and who made the picture. The credit says nothing of who wrote the text.
//
//	The port on Friday. (Reuters-Yonhap)       The port on Friday., Reuters-Yonhap
//	구조된 승객들이 내리고 있다. [사진=연합뉴스]       구조된 승객들이 내리고 있다., 연합뉴스
//	구조된 승객들이 내리고 있다. 연합뉴스             구조된 승객들이 내리고 있다., 연합뉴스
//	The port on Friday. Photo: Jane Doe/AP     The port on Friday., Jane Doe/AP
func ReadCaption(text string) (caption, credit string) {
	text = once(strings.TrimSpace(text))
	if before, _, ok := strings.Cut(text, PhotoNotice); ok {
		return newsisCaption(strings.TrimRight(before, " *-"))
	}
	if content, start, ok := lastEnclosed(strings.TrimRight(text, " ."), 120); ok {
		if isPhotoCredit(content) || namesAgency(content) || photographer(content) != "" {
			return strings.TrimSpace(text[:start]), withoutPhotoWord(content)
		}
	}
	for _, sign := range photoSigns {
		i := strings.LastIndex(text, sign)
		if i < 0 || len(text)-i > 120 || i > 0 && !strings.ContainsAny(text[i-1:i], " .)|/\"'") {
			continue
		}
		return strings.TrimRight(text[:i], " |/-"), withoutPhotoWord(text[i:])
	}
	for _, name := range photoAgencies {
		if rest, ok := strings.CutSuffix(text, name); ok {
			if trimmed := strings.TrimRight(rest, " /=|"); strings.HasSuffix(trimmed, ".") {
				return trimmed, name
			}
		}
	}
	return text, ""
}

// once returns half of a text that says the same twice, as captions do where a
// page has them for two sizes of a screen.
func once(text string) string {
	if half := (len(text) - 1) / 2; half > 0 && text[half] == ' ' && text[:half] == text[half+1:] {
		return text[:half]
	}
	return text
}

// PhotoNotice is what Newsis prints behind the captions of its photos, and behind
// nothing else.
const PhotoNotice = "재판매 및 DB"

// newsisCaption reads "[목포=뉴시스] 홍길동 기자 = 승객들이 내리고 있다. photo@example.com".
func newsisCaption(text string) (caption, credit string) {
	if i := strings.LastIndexByte(text, ' '); isMail(text[i+1:]) {
		text = strings.TrimRight(text[:max(i, 0)], " ")
	}
	content, end, ok := enclosed(text, 0, 60)
	if _, name, found := strings.Cut(content, "="); ok && found {
		credit = strings.TrimSpace(name)
		text = strings.TrimSpace(text[end+reporter(text[end:]):])
	}
	return text, credit
}

// photoSigns come before who made a picture.
var photoSigns = []string{"Photo: ", "Photo by ", "Photograph: ", "Photography: ", "Photograph by ", "PHOTO: ", "Picture: ", "Image: ", "Image credit: ",
	"Credit: ", "Photo credit: ", "Courtesy of ", "©", "ⓒ", "사진=", "사진 =", "사진:", "사진제공=", "출처=", "Foto: ", "Photo : ", "写真＝", "写真：", "摄"}

// photographer returns the name in "Photo by Jane Doe" and its like.
func photographer(content string) string {
	for _, sign := range photoSigns {
		if name, ok := strings.CutPrefix(content, sign); ok {
			return strings.TrimSpace(name)
		}
	}
	return ""
}

// withoutPhotoWord takes the word off a credit that says that it is one.
func withoutPhotoWord(credit string) string {
	credit = strings.TrimSpace(credit)
	for _, sign := range photoSigns {
		credit = strings.TrimPrefix(credit, sign)
	}
	for _, word := range []string{" 제공", "=연합뉴스 제공"} {
		credit = strings.TrimSuffix(credit, word)
	}
	return strings.Trim(credit, " =:/()[]")
}

// CutTail returns a paragraph, the last of a text, less what stands behind the
// report: a mail address with its reporter, (END), who signs it, legal notices.
// "" is left if there is nothing else.
func CutTail(text string) string {
	rest, _ := withoutTail(strings.TrimSpace(text))
	if strings.IndexFunc(rest, isWord) < 0 {
		return ""
	}
	return rest
}
