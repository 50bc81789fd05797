package feed

import (
	"html"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"
)

var plainRows = []struct{ html, want string }{
	{"", ""},
	{"plain words", "plain words"},
	{"AT&amp;T &amp;lt;b&amp;gt; &lt;i&gt; &#44032;&nbsp;&eacute;", "AT&T &lt;b&gt; <i> 가 é"},
	{"<p>one</p><p>two<br>three <b>fo</b>ur</p>", "one two three four"},
	{"<DIV CLASS=x>a</DIV>\n<ul><li>b<li>c</ul>", "a b c"},
	{"profit < 5% and x<y, y>z", "profit < 5% and x<y, y>z"},
	{"<기생충> wins, <Parasite> too", "<기생충> wins, <Parasite> too"},
	{"a<script>if (x<y) alert('</b>')</script >b<style>p{}</style>c", "abc"},
	{"a<script>never closed", "a"},
	{"a<svg/>b<!-- no <b> --> c<!-- never closed", "ab c"},
	{`<a title="x > y" href=z>link</a> <img alt="it's">`, "link"},
	{`<a title="never closed>link</a>`, "link"},
	{`read <a href="http://exam`, "read"},
	{"if a <b then", "if a <b then"},
	{"<o:p>x</o:p><amp-img src=y></amp-img>", "x"},
	{"<![CDATA[a & <b>]]>c", "a & <b>c"},
	{"<?xml version='1.0'?><!DOCTYPE html>x", "x"},
	{"&#8203;a&#x200b;b&#0;", "ab\uFFFD"},
	{"a\x00b\x1b[31m\u202ec\u2060d", "ab[31mcd"},
	{"1 < 2 <b>bold</b> 3 > 2", "1 < 2 bold 3 > 2"},
	{"<", "<"}, {"<b", "<b"}, {"</", "</"}, {"<b>", ""}, {"&", "&"}, {"&lt", "<"},
}

func TestPlain(t *testing.T) {
	for _, row := range plainRows {
		if got := Plain(row.html); got != row.want {
			t.Errorf("Plain(%q) = %q, want %q", row.html, got, row.want)
		}
	}
}

func TestOneLine(t *testing.T) {
	for text, want := range map[string]string{
		"":                          "",
		"as it is":                  "as it is",
		" a \t\r\n b\u00a0\u3000c ": "a b c",
		"a\u2028b\u0085c":           "a b c",
		"\ufeffa\u200bb\u00adc":     "abc",
		"a\x00b\x7fc\u0090d":        "abcd",
		"a\xffb":                    "a\uFFFDb",
		"a\ufffeb\uffffc":           "abc",
		"AT&amp;T <b>":              "AT&amp;T <b>",
		"\u202egnp.exe\u202c":       "gnp.exe",
		"👨\u200d👩\u200d👧 a\u200db":  "👨\u200d👩\u200d👧 ab",
		"می\u200cخواهم":             "می\u200cخواهم",
		"서울\u200b에서":                "서울에서",
	} {
		if got := OneLine(text); got != want {
			t.Errorf("OneLine(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestAbsolute(t *testing.T) {
	const base = "https://news.example.kr/a/b?c#d"
	for _, row := range []struct{ base, ref, want string }{
		{"", "https://x.example/a?b=c&d=e#f", "https://x.example/a?b=c&d=e#f"},
		{"", "HTTP://x.example", "http://x.example"},
		{base, "/x", "https://news.example.kr/x"},
		{base, "x/../y", "https://news.example.kr/a/y"},
		{base, "//img.example/x.png", "https://img.example/x.png"},
		{base, "?p=1", "https://news.example.kr/a/b?p=1"},
		{base, "", ""},
		{"", "/x", ""},
		{"mailto:a@b", "/x", ""},
		{base, "javascript:alert(1)", ""},
		{base, " java\nscript:alert(1)", ""},
		{base, "data:text/html,x", ""},
		{base, "mailto:a@example.kr", ""},
		{base, "ftp://example.kr/", ""},
		{base, "http:opaque", ""},
		{base, "http://", ""},
		{base, "https:///path", ""},
		{base, "http://a\"><script>/", ""},
		{base, "http://x.example:port/", ""},
		{base, " https://x.example/a b\t\n", "https://x.example/a%20b"},
		{base, "https://x.example/a\nb", "https://x.example/ab"},
		{base, "https://x.example/뉴스/기사?q=서울 시&\"<>", "https://x.example/%EB%89%B4%EC%8A%A4/%EA%B8%B0%EC%82%AC?q=%EC%84%9C%EC%9A%B8%20%EC%8B%9C&%22%3C%3E"},
		{base, "https://x.example/%EB%89%B4?q=%ec", "https://x.example/%EB%89%B4?q=%ec"},
		{base, "https://한국.kr:8080/x", "https://xn--3e0b707e.kr:8080/x"},
		{base, "https://x.example/100%-sure", "https://x.example/100%25-sure"},
		{"", "http://user:pass@x.example/a?b=u@v", "http://x.example/a?b=u@v"},
		{"https://user:pass@x.example/a", "/b", "https://x.example/b"},
		{base, "//user@x.example/", "https://x.example/"},
		{base, "http://user@/", ""},
		{base, "http://[::1]:80/x", "http://[::1]:80/x"},
	} {
		if got := Absolute(row.base, row.ref); got != row.want {
			t.Errorf("Absolute(%q, %q) = %q, want %q", row.base, row.ref, got, row.want)
		}
	}
}

func FuzzPlain(f *testing.F) {
	for _, row := range plainRows {
		f.Add(row.html)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := Plain(s)
		if !utf8.ValidString(got) || OneLine(got) != got {
			t.Fatalf("Plain(%q) = %q, which is not clean", s, got)
		}
		// Numeric references to what is no character may grow to U+FFFD, and
		// "&nGt;" is six bytes for two characters of three.
		if len(got) > 3*len(s) {
			t.Fatalf("Plain(%q) grew to %q", s, got)
		}
		if again := Plain(html.EscapeString(got)); again != got {
			t.Fatalf("Plain(%q) = %q, escaped and plain again %q", s, got, again)
		}
	})
}

func FuzzAbsolute(f *testing.F) {
	f.Add("https://news.example.kr/a/", "../뉴스?q=서울#x")
	f.Add("", "http://a\"><script>")
	f.Fuzz(func(t *testing.T, base, ref string) {
		got := Absolute(base, ref)
		if got == "" {
			return
		}
		u, err := url.Parse(got)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
			t.Fatalf("Absolute(%q, %q) = %q: %v", base, ref, got, err)
		}
		if i := strings.IndexFunc(got, func(r rune) bool { return r <= ' ' || r >= 0x7f || strings.ContainsRune(`"<>`, r) }); i >= 0 {
			t.Fatalf("Absolute(%q, %q) = %q: character at %d", base, ref, got, i)
		}
		if again := Absolute("", got); again != got {
			t.Fatalf("Absolute(%q, %q) = %q, and again %q", base, ref, got, again)
		}
	})
}

func BenchmarkPlain(b *testing.B) {
	for name, text := range map[string]string{
		"words": strings.Repeat("The two have agreed after a night of talks, both said. ", 5),
		"한글":    strings.Repeat("양측은 밤샘 협상 끝에 화요일 합의했다고 밝혔다. ", 5),
		"html":  strings.Repeat(`<p>The two <a href="https://x.example/">agreed</a> &amp; left.</p>`, 5),
	} {
		text = strings.TrimSpace(text)
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				Plain(text)
			}
		})
	}
}
