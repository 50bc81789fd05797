package charset

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode/utf32"

	"newswired/feed"
)

// encoded returns text in an encoding.
func encoded(t testing.TB, name, text string) string {
	t.Helper()
	e := utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM)
	if name != "utf-32le" {
		var err error
		if e, err = htmlindex.Get(name); err != nil {
			t.Fatal(err)
		}
	}
	s, err := e.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestDecode(t *testing.T) {
	const (
		korean   = "서울에서 열린 회담이 끝났다고 밝혔다 똠방각하"
		japanese = "東京で会談が行われたと発表した"
		chinese  = "韩国的国会是在首尔的中心，有人说这个时候不来"
		french   = "été à Paris, façade"
		russian  = "В Москве прошла встреча"
	)
	doc := func(label, text string) string {
		if label == "" {
			return "<rss><title>" + text + "</title></rss>"
		}
		return `<?xml version="1.0" encoding="` + label + `"?><rss><title>` + text + "</title></rss>"
	}
	for _, test := range []struct {
		name, bytes, label string // the encoding of the bytes, and the declaration
		header             string
		src                feed.Source
		text               string
	}{
		{"plain", "utf-8", "UTF-8", "", feed.Source{}, korean},
		{"false declaration", "utf-8", "EUC-KR", "text/xml; charset=euc-kr", feed.Source{}, korean},
		{"declared", "euc-kr", "euc-kr", "", feed.Source{}, korean},
		{"Windows", "euc-kr", "CP949", "", feed.Source{}, korean},
		{"Java", "euc-kr", "MS949", "", feed.Source{}, korean},
		{"single quotes", "euc-kr", `" encoding='x-windows-949' "`, "", feed.Source{}, korean},
		{"declaration before header", "euc-kr", "ks_c_5601-1987", "text/xml; charset=gbk", feed.Source{}, korean},
		{"header", "shift_jis", "", "application/xml; charset=\"CP932\"", feed.Source{}, japanese},
		{"header after a lie", "euc-kr", "utf-8", "text/xml;charset=euc-kr", feed.Source{}, korean},
		{"a lie about another", "shift_jis", "euc-kr", "", feed.Source{Language: "ja"}, japanese},
		{"setting", "gb18030", "utf-8", "text/xml; charset=euc-kr", feed.Source{Charset: "cp936"}, chinese},
		{"setting over valid UTF-8", "utf-8", "", "", feed.Source{Charset: "windows-1252"}, "é"},
		{"escapes", "iso-2022-jp", "ISO-2022-JP", "", feed.Source{}, japanese},
		{"escapes undeclared", "iso-2022-jp", "", "", feed.Source{}, japanese},
		{"Korean by itself", "euc-kr", "", "", feed.Source{}, korean},
		{"Japanese by itself", "euc-jp", "", "", feed.Source{}, japanese},
		{"Japanese by itself", "shift_jis", "utf-8", "", feed.Source{}, japanese},
		{"Chinese by itself", "gb18030", "", "", feed.Source{Language: "zh-CN"}, chinese},
		{"Russian by language", "windows-1251", "", "", feed.Source{Language: "ru"}, russian},
		{"Western by itself", "windows-1252", "", "", feed.Source{}, french},
		{"UTF-16", "utf-16le", "UTF-16", "", feed.Source{}, chinese},
		{"UTF-16", "utf-16be", "", "", feed.Source{}, chinese},
		{"UTF-32", "utf-32le", "", "", feed.Source{}, chinese},
	} {
		t.Run(test.name, func(t *testing.T) {
			body := encoded(t, test.bytes, doc(test.label, test.text))
			want := test.text
			if test.name == "setting over valid UTF-8" {
				want = "Ã©"
			}
			got, _, _ := Decode([]byte(body), test.header, test.src)
			if !strings.Contains(string(got), "<title>"+want+"</title>") {
				t.Errorf("Decode(%s) = %q, want %q in it", test.bytes, got, want)
			}
		})
	}
}

func TestDecodeMarks(t *testing.T) {
	for _, body := range []string{
		"\xef\xbb\xbf<rss>é", "\xef\xbb\xbf\xef\xbb\xbf<rss>é",
		"\xff\xfe" + encoded(t, "utf-16le", "<rss>é"), "\xfe\xff" + encoded(t, "utf-16be", "<rss>é"),
		"\xff\xfe\x00\x00" + encoded(t, "utf-32le", "<rss>é"),
	} {
		if got, _, _ := Decode([]byte(body), "", feed.Source{}); string(got) != "<rss>é" {
			t.Errorf("Decode(%q) = %q", body, got)
		}
	}
}

func TestDecodeFewBad(t *testing.T) {
	got, _, note := Decode([]byte("<rss>한국어 뉴스 \xec\x84 끝"), "", feed.Source{})
	if string(got) != "<rss>한국어 뉴스 \uFFFD 끝" || note == "" {
		t.Errorf("decode = %q, %q", got, note)
	}
}

// What a web page declares of itself.
func TestDecodePage(t *testing.T) {
	for _, head := range []string{
		`<meta charset="euc-kr">`, `<META content="text/html; CHARSET=euc-kr" http-equiv=Content-Type>`,
		`<meta name="x" content="charset"><meta charset=euc-kr />`,
	} {
		body := encoded(t, "euc-kr", "<html>"+head+"<p>漢字 서울에서</p>")
		if got, name, _ := Decode([]byte(body), "text/html", feed.Source{Language: "ja"}); name != "euc-kr" || !strings.Contains(string(got), "서울에서") {
			t.Errorf("%s: %s, %q", head, name, got)
		}
	}
}

// A body that is UTF-8 already is not copied.
func TestDecodeInPlace(t *testing.T) {
	body := []byte("\xef\xbb\xbf<rss>한국어</rss>")
	if got, _, _ := Decode(body, "", feed.Source{}); &got[0] != &body[3] {
		t.Error("copied")
	}
}
