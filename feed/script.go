package feed

import "unicode"

// Scripts is how many letters of some scripts a text has.
type Scripts struct {
	Letters int // of whatever script
	Hangul  int
	Kana    int // Japanese, both syllabaries
	Han     int // Chinese characters, in Japanese and Korean texts, too
	Latin   int // less those with accents
}

// ScriptsOf counts the letters of a text.
func ScriptsOf(text string) (s Scripts) {
	for _, r := range text {
		switch {
		case r < 0x80:
			if r|0x20 < 'a' || r|0x20 > 'z' {
				continue
			}
			s.Latin++
		case unicode.Is(unicode.Hangul, r):
			s.Hangul++
		case r >= 0x3041 && r <= 0x30ff:
			s.Kana++
		case unicode.Is(unicode.Han, r):
			s.Han++
		case !unicode.IsLetter(r):
			continue
		}
		s.Letters++
	}
	return s
}

// fewLetters is how many of a script tell its language: of a name there are fewer.
const fewLetters = 4

// Language returns the language that alone is written so: ko (Hangul) or ja (kana),
// "" if that is not certain.
func (s Scripts) Language() string {
	switch {
	case s.Hangul >= fewLetters && s.Hangul*2 > s.Letters:
		return "ko"
	case s.Kana >= fewLetters && s.Kana*5 > s.Letters:
		return "ja"
	}
	return ""
}
