package fetcher

import (
	"errors"
	"testing"

	"newswired/feed"
)

func FuzzParse(f *testing.F) {
	for _, body := range []string{
		string(manyArticles(2)),
		inRSS(`<title>a</title><guid>b</guid><media:content url="/c"/><source url="x">d</source>`),
		inAtom(`<id>a</id><content type="xhtml"><div><p>b</p></div></content><link rel="enclosure" href="c"/>`),
		`{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"a","content_html":"<p>b"},null]}`,
		`<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><item rdf:about="a"><title>x<y</title>`,
		"<rss><channel><item><title>A</Title></item><item><title>&#x1b;]]></title>",
		"<!DOCTYPE html><title>x", "\xff\xfe<\x00r\x00s\x00s\x00>\x00", "\x1f\x8b\x08\x00",
	} {
		f.Add([]byte(body), "text/xml; charset=euc-kr")
	}
	f.Fuzz(func(t *testing.T, body []byte, contentType string) {
		d, err := Parse(body, contentType, wireURL, wire, fetched)
		var refusal *ParseError
		if err != nil {
			if !errors.As(err, &refusal) || feed.OneLine(refusal.Reason) != refusal.Reason {
				t.Fatalf("error %q", err)
			}
			return
		}
		laws(t, d)
		leftOut(t, body, contentType, d)
	})
}

// What repair writes is well-formed as far as we look, and repairing it again
// changes nothing.
func FuzzRepair(f *testing.F) {
	f.Add([]byte("<channel><item><title>A<link b=c\">x<y</Title><item>]]>&#x1b;"))
	f.Fuzz(func(t *testing.T, text []byte) {
		text = []byte("<rss>" + clean(string(text)))
		fixed, _ := repair(text)
		again, lost := repair(fixed)
		if lost || string(again) != string(fixed) {
			t.Fatalf("repair(%q)\n= %q, and again\n%q, lost %t", text, fixed, again, lost)
		}
	})
}
