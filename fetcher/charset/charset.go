// Package charset turns what a server sends into UTF-8, whatever it is said to
// be in. It believes the bytes before any declaration, for those are often wrong:
// a server has one for all its files, and a template that was copied another.
//
// Begin with Decode, which has the order of the signs. What the bytes show at
// once and what is declared is read in declared.go; what is left is guessed in
// guess.go, by the letters that come out and the language of the Source.
package charset

import (
	"bytes"
	"maps"
	"mime"
	"slices"
	"strings"
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

// bom is the byte order mark in UTF-8.
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
