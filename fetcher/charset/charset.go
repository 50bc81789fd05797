// Package charset turns what a server sends into UTF-8, whatever it is said to
// be in. It believes the bytes before any declaration.
package charset

import (
	"bytes"
	"maps"
	"mime"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode/utf32"

	"newswired/feed"
)

// Decode returns body in UTF-8 without a byte order mark, the name of the
// encoding it is in, and a sentence if a declaration had to be disbelieved. The
// signs of an encoding, strongest first:
//
//	the Source's own setting         an operator has looked
//	byte order mark, zero bytes      nothing else looks like UTF-16 or -32
//	ISO-2022-JP's escape sequences   it is 7-bit, and so valid UTF-8 as well
//	valid UTF-8                      in other encodings that does not happen by chance
//	declaration, Content-Type        one that says UTF-8 has just been proved wrong
//	few bad bytes                    UTF-8 that something cut; the bytes are replaced
//	what the language is written in  and its letters come out, see guess
//	windows-1252                     which reads everything
//
// A body that is UTF-8 already is not copied.
func Decode(body []byte, contentType string, src feed.Source) (text []byte, charset, note string) {
	if e := lookup(src.Charset); e != nil {
		return bytes.TrimPrefix(convert(e, body), bom), nameOf(e), ""
	}
	if e := sniff(body); e != nil {
		return bytes.TrimPrefix(convert(e, body), bom), nameOf(e), ""
	}
	for bytes.HasPrefix(body, bom) { // twice where a script glued two files
		body = body[len(bom):]
	}
	if bytes.Contains(body, []byte("\x1b$")) || bytes.Contains(body, []byte("\x1b(J")) {
		return convert(lookup("iso-2022-jp"), body), "iso-2022-jp", ""
	}
	if utf8.Valid(body) {
		return body, "utf-8", ""
	}
	// From here on the body is in some encoding of the last century, or damaged.
	declared := declaredCharset(body)
	_, params, _ := mime.ParseMediaType(contentType)
	for _, label := range []string{declared, params["charset"]} {
		if e := lookup(label); e != nil && !isUTF8(e) {
			if text := convert(e, body); mostlyRead(text) {
				return text, nameOf(e), ""
			}
		}
	}
	if fewBad(body) {
		return bytes.ToValidUTF8(body, []byte("\uFFFD")), "utf-8", "bytes that are not utf-8 replaced"
	}
	charset, text = guess(body, src.Language)
	if declared = feed.OneLine(declared[:min(len(declared), 40)]); declared == "" {
		declared = "nothing"
	}
	return text, charset, "read as " + charset + " though it declares " + declared
}

var bom = []byte("\xef\xbb\xbf")

// aliases are names that the Encoding Standard does not know, from Windows,
// Java and Python. EUC-KR there is already CP949, its superset.
var aliases = map[string]string{
	"cp949": "euc-kr", "ms949": "euc-kr", "x-windows-949": "euc-kr", "uhc": "euc-kr", "euckr": "euc-kr",
	"ksc5601-1987": "euc-kr", "cp932": "shift_jis", "ms932": "shift_jis", "eucjp": "euc-jp",
	"cp936": "gbk", "ms936": "gbk", "euc-cn": "gbk", "cp950": "big5", "ms950": "big5",
	"utf_8": "utf-8", "utf-8-sig": "utf-8", "ansi": "windows-1252", "iso-8859-1:1987": "windows-1252",
}

// lookup returns the encoding of a label, nil if there is none.
func lookup(label string) encoding.Encoding {
	label = strings.ToLower(strings.Trim(label, " \t\r\n\"'"))
	if name, ok := aliases[label]; ok {
		label = name
	}
	if label == "utf-32" || label == "utf-32le" {
		return utf32.UTF32(utf32.LittleEndian, utf32.UseBOM)
	}
	e, err := htmlindex.Get(label)
	if err != nil || e == encoding.Replacement {
		return nil
	}
	return e
}

// Known reports whether a label names an encoding that Documents can be
// read in: one of the Encoding Standard (encoding.spec.whatwg.org, section 4.2)
// or of the aliases that are in use besides. If it does not, known holds labels
// to choose from.
func Known(label string) (known []string, ok bool) {
	if lookup(label) != nil {
		return nil, true
	}
	known = []string{"utf-8", "euc-kr", "shift_jis", "euc-jp", "iso-2022-jp", "gb18030", "gbk", "big5",
		"iso-8859-1", "windows-1252", "windows-1251", "utf-16le", "utf-16be"}
	return append(known, slices.Sorted(maps.Keys(aliases))...), false
}

// isUTF8 reports whether e is UTF-8 under any of its names. A label that says
// so is no help for a body that is not.
func isUTF8(e encoding.Encoding) bool { return nameOf(e) == "utf-8" }

// nameOf returns the name of an encoding. UTF-32 is the one that the Encoding
// Standard does not have.
func nameOf(e encoding.Encoding) string {
	name, err := htmlindex.Name(e)
	if err != nil {
		return "utf-32"
	}
	return name
}

// convert decodes body; decoders of x/text replace what they cannot read.
func convert(e encoding.Encoding, body []byte) []byte {
	text, err := e.NewDecoder().Bytes(body)
	if err != nil {
		return bytes.ToValidUTF8(body, []byte("\uFFFD")) // unreachable: they report nothing
	}
	return text
}

// sniff recognises UTF-16 and UTF-32, with a byte order mark or by the zero
// bytes around the ASCII character that every Document begins with.
func sniff(b []byte) encoding.Encoding {
	if len(b) < 4 {
		return nil
	}
	// UTF-32 comes first: its mark in little-endian order begins with UTF-16's.
	ascii := func(c byte) bool { return c == '<' || c == '{' || c == ' ' || c == '\r' || c == '\n' }
	switch {
	case b[0] == 0xff && b[1] == 0xfe && b[2] == 0 && b[3] == 0, ascii(b[0]) && b[1] == 0 && b[2] == 0 && b[3] == 0:
		return utf32.UTF32(utf32.LittleEndian, utf32.UseBOM)
	case b[0] == 0 && b[1] == 0 && (b[2] == 0xfe && b[3] == 0xff || b[2] == 0 && ascii(b[3])):
		return utf32.UTF32(utf32.BigEndian, utf32.UseBOM)
	case b[0] == 0xff && b[1] == 0xfe, ascii(b[0]) && b[1] == 0 && b[2] != 0 && b[3] == 0:
		return lookup("utf-16le")
	case b[0] == 0xfe && b[1] == 0xff, b[0] == 0 && ascii(b[1]) && b[2] == 0:
		return lookup("utf-16be")
	}
	return nil
}

// declaredCharset returns what the XML declaration, or else a <meta> of HTML
// says, "" if nothing.
func declaredCharset(body []byte) string {
	head := body[:min(len(body), 1024)]
	if i := bytes.Index(head, []byte("<?xml")); i >= 0 {
		if end := bytes.Index(head[i:], []byte("?>")); end >= 0 {
			return labelAfter(head[i:i+end], "encoding")
		}
		return ""
	}
	// The HTML standard has browsers look at the first 1024 bytes for a <meta>;
	// pages that put their scripts first are read by them all the same.
	head = body[:min(len(body), 8192)]
	for {
		i := bytes.Index(head, []byte("<meta"))
		if j := bytes.Index(head, []byte("<META")); j >= 0 && (i < 0 || j < i) {
			i = j
		}
		if i < 0 {
			return ""
		}
		rest := head[i+len("<meta"):]
		tag, _, _ := bytes.Cut(rest, []byte(">"))
		if label := labelAfter(bytes.ToLower(tag), "charset"); label != "" {
			return label
		}
		head = rest
	}
}

// labelAfter returns the word behind the name of a parameter, in quotes or not.
func labelAfter(tag []byte, name string) string {
	_, rest, found := bytes.Cut(tag, []byte(name))
	rest, equals := bytes.CutPrefix(bytes.TrimLeft(rest, " \t\r\n"), []byte("="))
	if !found || !equals {
		return ""
	}
	rest = bytes.TrimLeft(rest, " \t\r\n\"'")
	if end := bytes.IndexAny(rest, " \t\r\n\"';/>?"); end >= 0 {
		rest = rest[:end]
	}
	return string(rest)
}

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
