package main

import (
	"bytes"
	"strings"
	"testing"
)

// importing returns what the import of an OPML file prints and says.
func importing(text string) (out, said string, err error) {
	var stdout, stderr bytes.Buffer
	a := &app{stdout: &stdout, stderr: &stderr}
	err = a.importOPML("-", strings.NewReader(text))
	return stdout.String(), stderr.String(), err
}

func TestImport(t *testing.T) {
	const file = `<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><head><title>Mine</title></head><body>
<outline text="Asia"><outline text="Korea">
<outline type="rss" text="The Korea Herald" title="The Korea Herald" xmlUrl="https://www.koreaherald.com/rss?a=1&b=2" htmlUrl="https://www.koreaherald.com"/>
<outline type="rss" text="한겨레" xmlUrl="https://www.hani.co.kr/rss/" language="ko-kr"/>
<outline type="rss" text="한겨레: 국제" XMLURL="feed://www.hani.co.kr/rss/world"></outline>
</outline></outline>
<outline text="The &lt;Korea&gt; Herald &nbsp;" xmlUrl="feed:https://a.example/rss#top"/>
<outline text="The Korea Herald" xmlUrl="HTTPS://WWW.koreaherald.com/rss/?a=1&amp;b=2"/>
<outline text="Members" xmlUrl="https://kim:geheim@m.example/rss"/>
<outline text="Local" xmlUrl="file:///etc/passwd"/>
<outline text="null" xmlUrl="https://null.example/"/>
<outline text="항구일보" xmlUrl="https://항구.example:8443/최신?q=배"/>
<outline text="A note"/>
</body></opml>`
	out, said, err := importing(file)
	const want = `sources:
  # Asia / Korea
  - name: the-korea-herald
    url: https://www.koreaherald.com/rss?a=1&b=2
    outlet: The Korea Herald
  - name: hani-co-kr
    url: https://www.hani.co.kr/rss/
    outlet: 한겨레
    language: ko-KR
  - name: hani-co-kr-2
    url: http://www.hani.co.kr/rss/world
    outlet: '한겨레: 국제'
  - name: the-korea-herald-2
    url: https://a.example/rss
    outlet: The <Korea> Herald
  - name: "null"
    url: https://null.example/
    outlet: "null"
  - name: xn-2e0bp27e-example
    url: https://xn--2e0bp27e.example:8443/%EC%B5%9C%EC%8B%A0?q=%EB%B0%B0
    outlet: 항구일보
`
	if out != want || err != nil {
		t.Errorf("%v\n got %s\nwant %s", err, out, want)
	}
	for _, want := range []string{`line 9, "The Korea Herald": it is there already`, `line 10, "Members"`, `line 11, "Local"`} {
		if !strings.Contains(said, want) {
			t.Errorf("not said: %s in\n%s", want, said)
		}
	}
	if strings.Contains(said, "geheim") {
		t.Errorf("a password is said: %s", said)
	}
	c := parse(t, out+"feeds: [{name: all}]\n")
	if len(c.Sources) != 6 || c.Sources[3].Outlet != "The <Korea> Herald" {
		t.Errorf("%+v", c.Sources)
	}
}

func TestImportMistakes(t *testing.T) {
	for text, want := range map[string]string{
		"":                                 "the file is empty",
		"subscriptions":                    "the file is empty, or no XML",
		"<rss><channel/></rss>":            "line 1: it begins with <rss>, not with <opml>; this is no list of subscriptions: it is a feed itself",
		"\n<html><body/></html>":           "line 2: it begins with <html>",
		"<opml><body>\n<outline text='a'>": "line 2: the XML is broken",
		"<opml><body>\n\n<outline <":       "line 3: the XML is broken",
		"<opml><body/></opml>":             "lists no feed that can be polled",
		"<?xml version='1.0' encoding='x-none'?><opml/>": "the XML is broken",
	} {
		out, _, err := importing(text)
		if err == nil || !strings.Contains(err.Error(), want) || out != "" {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

// TestExport holds that what is exported can be imported.
func TestExport(t *testing.T) {
	c := parse(t, `
sources:
  - {name: a, url: "https://a.example/rss?x=1&y=2", outlet: "A & <B>", language: ko}
  - {name: b, url: "https://b.example/rss"}
feeds: [{name: all}]`)
	var out bytes.Buffer
	if err := (&app{stdout: &out}).exportOPML(c); err != nil {
		t.Fatal(err)
	}
	back, said, err := importing(out.String())
	const want = `sources:
  - name: a-b-a
    url: https://a.example/rss?x=1&y=2
    outlet: A & <B> (a)
    language: ko
  - name: b
    url: https://b.example/rss
    outlet: b
`
	if back != want || said != "" || err != nil {
		t.Errorf("%v %s\n got %s\nwant %s", err, said, back, want)
	}
}
