package charset

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// mostlyRead reports whether at most one letter beyond ASCII in fifty was lost.
func mostlyRead(text []byte) bool {
	lost := bytes.Count(text, []byte("\uFFFD"))
	letters := 0
	for _, c := range text {
		if c >= 0xc0 { // the first byte of each
			letters++
		}
	}
	return lost*50 <= letters
}

// fewBad reports whether body is UTF-8 but for a little: as many characters of
// several bytes as bytes that belong to none. By chance other encodings have few.
func fewBad(body []byte) bool {
	good, bad := 0, 0
	for len(body) > 0 {
		r, n := utf8.DecodeRune(body)
		if r == utf8.RuneError && n == 1 {
			bad++
		} else if n > 1 {
			good++
		}
		body = body[n:]
	}
	return good >= bad && good > 0
}

// guess decodes a body that says nothing true about its encoding. The language
// chooses what is tried first; an encoding is believed if most of the letters
// beyond ASCII are what a text in it has most of.
func guess(body []byte, language string) (name string, text []byte) {
	korean, japanese, chinese := []string{"euc-kr"}, []string{"shift_jis", "euc-jp"}, []string{"gb18030", "big5"}
	order := [][]string{korean, japanese, chinese}
	if language == "" {
		language = string(elementText(body, "language"))
	}
	switch language = strings.ToLower(language); {
	case strings.HasPrefix(language, "ja"):
		order = [][]string{japanese, korean, chinese}
	case strings.HasPrefix(language, "zh-tw"), strings.HasPrefix(language, "zh-hk"), strings.HasPrefix(language, "zh-hant"):
		order = [][]string{{"big5", "gb18030"}, korean, japanese}
	case strings.HasPrefix(language, "zh"):
		order = [][]string{chinese, korean, japanese}
	case strings.HasPrefix(language, "ru"), strings.HasPrefix(language, "uk"), strings.HasPrefix(language, "bg"):
		return "windows-1251", convert(lookup("windows-1251"), body)
	}
	for _, names := range order {
		for _, name := range names {
			if text := convert(lookup(name), body); mostlyRead(text) && typical(name, text) {
				return name, text
			}
		}
	}
	return "windows-1252", convert(lookup("windows-1252"), body)
}

// typical reports whether half of the letters beyond ASCII are of the kind
// that a text in this encoding is known by: Hangul, kana, or the 3,755 common
// characters of GB 2312, for which the share of the CJK block must do.
func typical(name string, text []byte) bool {
	of, all := 0, 0
	for _, r := range string(text[:min(len(text), 1<<16)]) {
		if r < 0x80 || !unicode.IsLetter(r) {
			continue
		}
		all++
		switch name {
		case "euc-kr":
			if unicode.Is(unicode.Hangul, r) {
				of++
			}
		case "shift_jis", "euc-jp":
			if r >= 0x3041 && r <= 0x30fc {
				of += 2 // every other letter of Japanese is kanji
			}
		default:
			if strings.ContainsRune(commonHan, r) {
				of += 6
			}
		}
	}
	return all > 0 && of*2 >= all
}

// commonHan are characters of which every sixth of any Chinese text is one,
// simplified and traditional.
const commonHan = "的一是不了在人有我他这這中大来來上国國个個到说說们們为為子和你地出道也时時年得就那要下以生会會自着著去之过過家学學对對可她里後后么麼新日月政府市方"

// elementText returns what stands in the first element of a name, nil if there
// is none; good enough for words without markup.
func elementText(text []byte, name string) []byte {
	_, rest, found := bytes.Cut(text, []byte("<"+name+">"))
	if !found {
		return nil
	}
	value, _, _ := bytes.Cut(rest, []byte("<"))
	return bytes.TrimSpace(value)
}
