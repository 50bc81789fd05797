package fetcher

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"os"
	"reflect"
	"regexp"
	"testing"
	"testing/iotest"
	"time"
	"unicode/utf8"

	"newswired/feed"
	"newswired/fetcher/charset"
)

// seeds adds the beginnings of real files, where they are there. They are short,
// for a fuzzer gets nowhere with a megabyte.
func seeds(f *testing.F, length int, add func(start []byte), folders ...string) {
	for _, folder := range folders {
		for _, path := range sharedFiles(folder) {
			if body, err := os.ReadFile(path); err == nil {
				add(body[:min(len(body), length)])
			}
		}
	}
}

// FuzzParse holds the laws over whole Documents: every body becomes clean
// Articles or a refusal on one line, and what may be left out changes nothing.
func FuzzParse(f *testing.F) {
	for _, body := range []string{
		string(manyArticles(2)),
		inRSS(`<title>a</title><guid>b</guid><media:content url="/c"/><source url="x">d</source>`),
		inAtom(`<id>a</id><content type="xhtml"><div><p>b</p></div></content><link rel="enclosure" href="c"/>`),
		`{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"a","content_html":"<p>b"},null]}`,
		`{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"a","title":"b},{"id":"c","tags":"d",}]`,
		`<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><item rdf:about="a"><title>x<y</title>`,
		"<rss><channel><item><title>A</Title></item><item><title>&#x1b;]]></title>",
		"<rss><channel><item><title><![CDATA[A</title></item><item><title><![CDATA[B]]></title></item></channel></rss>",
		"<rss><channel><item><title>A</title></item><title>B</title></item></channel></rss>",
		"<!DOCTYPE html><title>x", "\xff\xfe<\x00r\x00s\x00s\x00>\x00", "\x1f\x8b\x08\x00",
	} {
		f.Add([]byte(body), "text/xml; charset=euc-kr")
	}
	seeds(f, 3000, func(b []byte) { f.Add(b, "") }, "feeds/broken", "feeds/charset", "suites")
	f.Fuzz(func(t *testing.T, body []byte, contentType string) {
		d, err := Parse(body, contentType, wireURL, wire, fetched)
		var refusal *ParseError
		if err != nil {
			if !errors.As(err, &refusal) || feed.OneLine(refusal.Reason) != refusal.Reason {
				t.Fatalf("error %q", err)
			}
			for _, a := range refusal.Adverts {
				if absolute(wireURL, a.URL) != a.URL || feed.OneLine(a.Title) != a.Title {
					t.Fatalf("advert %q", a)
				}
			}
			return
		}
		if len(d.Articles) > maxArticles || !utf8.ValidString(d.Warning) || d.Partial && d.Warning == "" {
			t.Fatalf("%d articles, partial %t, warning %q", len(d.Articles), d.Partial, d.Warning)
		}
		laws(t, d)
		leftOut(t, body, contentType, d)
	})
}

// What repair writes is well-formed as far as we look, and repairing it again
// changes nothing.
func FuzzRepair(f *testing.F) {
	f.Add([]byte("<channel><item><title>A<link b=c\">x<y</Title><item>]]>&#x1b;"))
	f.Add([]byte("<channel><item><d><![CDATA[A</d></item><item><!-- B</item><title>C</item></channel></rss><item/>"))
	seeds(f, 2000, func(b []byte) { f.Add(b) }, "feeds/broken")
	f.Fuzz(func(t *testing.T, text []byte) {
		text = []byte("<rss>" + clean(string(text)))
		if len(text) > maxDate && datish.Match(text) {
			return // what is left out around a long date makes another one longer
		}
		fixed, _ := repair(text)
		again, lost := repair(fixed)
		if lost || string(again) != string(fixed) {
			t.Fatalf("repair(%q)\n= %q, and again\n%q, lost %t", text, fixed, again, lost)
		}
	})
}

// datish finds elements that longDate may be about.
var datish = regexp.MustCompile(`(?i)date|updated|modified|published|issued|created`)

// Whatever the bytes, the text is valid UTF-8, and its encoding has a name.
func FuzzDecode(f *testing.F) {
	f.Add([]byte("<?xml version='1.0' encoding='shift_jis'?>\x83\x65"), "text/xml; charset=euc-kr", "", "ko")
	seeds(f, 1000, func(b []byte) { f.Add(b, "", "", "") }, "feeds/charset")
	f.Fuzz(func(t *testing.T, body []byte, contentType, setting, language string) {
		text, name, note := charset.Decode(body, contentType, feed.Source{Charset: setting, Language: language})
		if !utf8.Valid(text) || name == "" || !utf8.ValidString(note) {
			t.Fatalf("%q in %q, %q", text, name, note)
		}
		if len(text) > 3*len(body)+3 {
			t.Fatalf("%d bytes of %d", len(text), len(body))
		}
		if utf8.Valid(body) && name == "utf-8" && note != "" {
			t.Fatalf("%q: %s", body, note)
		}
	})
}

// What is JSON needs no mending, and what is mended needs it no more; a JSON
// Feed that can be read as a whole is the same if read item by item.
func FuzzMendJSON(f *testing.F) {
	f.Add([]byte(`{"items":[{"id":"a","title":"say \"x\"","tags":["b",{}],},{"id":"c` + "\n" + `"}]}`))
	f.Add([]byte(`{"items":[{"id":1,"title":"\u00e9\q"},null,"x",{"author":{"name":5},"attachments":{"url":"a"}}]`))
	seeds(f, 2000, func(b []byte) {
		if bytes.HasPrefix(bytes.TrimSpace(b), []byte("{")) {
			f.Add(b)
		}
	}, "suites")
	f.Fuzz(func(t *testing.T, text []byte) {
		mended := mendJSON(text)
		if json.Valid(text) && !bytes.Equal(mended, text) {
			t.Fatalf("%q became %q", text, mended)
		}
		again := mendJSON(mended)
		if json.Valid(mended) && !bytes.Equal(again, mended) {
			t.Fatalf("%q, then %q", mended, again)
		}
		feed, s := salvageJSON(text)
		if feed == nil {
			return
		}
		if s.lost < 0 || len(feed.Items) == 0 || len(feed.Items) > maxArticles+1 {
			t.Fatalf("%d items, %d lost", len(feed.Items), s.lost)
		}
		if json.Valid(text) && s.cut {
			t.Fatalf("%q has an end", text)
		}
	})
}

// In whatever pieces a body comes, it is the same body, decoded or not, and the
// parser makes the same of it.
func FuzzChunks(f *testing.F) {
	f.Add(zipped(one), "gzip")
	f.Add(append(zipped(one), "garbage"...), "gzip")
	f.Add([]byte(one), "gzip")
	f.Add(zipped(one)[:40], "x-gzip")
	seeds(f, 2000, func(b []byte) { f.Add(b, "") }, "feeds/broken")
	f.Fuzz(func(t *testing.T, body []byte, encoding string) {
		pieces := []func(io.Reader) io.Reader{
			func(r io.Reader) io.Reader { return r }, iotest.OneByteReader, iotest.HalfReader, iotest.DataErrReader,
		}
		p := New(nil, Options{MaxBody: 3000}, slog.New(slog.DiscardHandler))
		var first []byte
		var firstAnswer answer
		for i, in := range pieces {
			ctx, limit := newLimit(t.Context(), time.Hour, tooSlow("late"))
			v := &visit{p: p}
			var a answer
			p.take(ctx, v, limit, &a, &http.Response{
				ContentLength: -1, Header: http.Header{"Content-Encoding": {encoding}}, Body: io.NopCloser(in(bytes.NewReader(body))),
			})
			limit.end()
			if err := v.open(t.Context(), &a); err != nil {
				t.Fatal(err)
			}
			if a.kind == feed.OK && a.bytes != int64(len(v.body)) || len(v.body) > 3001 {
				t.Fatalf("%d bytes, said %d", len(v.body), a.bytes)
			}
			if i == 0 {
				first, firstAnswer = bytes.Clone(v.body), a
			}
			if !bytes.Equal(first, v.body) || a.kind != firstAnswer.kind || a.text != firstAnswer.text || a.bytes != firstAnswer.bytes {
				t.Fatalf("pieces %d: %q, %v; want %q, %v", i, v.body, a, first, firstAnswer)
			}
			v.drop()
			v.letRead()
		}
		text, _, _ := charset.Decode(first, "", wire)
		root := findRoot(text)
		if root.name == "" {
			return
		}
		whole, err := readWith(t.Context(), text[root.start:], root.name)
		for i, in := range pieces {
			got, err2 := readFrom(in(bytes.NewReader(text[root.start:])), root.name)
			if (err == nil) != (err2 == nil) || err == nil && !reflect.DeepEqual(got, whole) {
				t.Fatalf("pieces %d: %v, %v", i, err, err2)
			}
		}
	})
}

// FuzzPage holds that what a page advertises can be asked for.
func FuzzPage(f *testing.F) {
	f.Add([]byte(`<base href="/b/"><link rel=feed href=a title="x"><title>T</title>`), wireURL)
	seeds(f, 2000, func(b []byte) { f.Add(b, wireURL) }, "pages")
	f.Fuzz(func(t *testing.T, text []byte, base string) {
		for _, a := range readPage(text, base).adverts {
			if absolute(base, a.URL) != a.URL || a.Title != feed.OneLine(a.Title) || !utf8.ValidString(a.URL) {
				t.Fatalf("%q", a)
			}
		}
	})
}
