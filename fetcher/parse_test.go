package fetcher

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"newswired/feed"
)

var (
	kst     = time.FixedZone("KST", 9*60*60)
	fetched = time.Date(2021, 2, 10, 12, 0, 0, 0, time.UTC)
	wire    = feed.Source{Name: "wire", Zone: kst}
)

const wireURL = "https://wire.example.kr/rss/news.xml"

func parse(t *testing.T, body string) *feed.Document {
	t.Helper()
	d, err := Parse([]byte(body), "", wireURL, wire, fetched)
	if err != nil {
		t.Fatalf("Parse(%.80q): %v", body, err)
	}
	return d
}

// inRSS wraps the inside of one <item>.
func inRSS(inside string) string {
	return `<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
xmlns:dcterms="http://purl.org/dc/terms/" xmlns:media="http://search.yahoo.com/mrss/"
xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom"
xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0">
<channel><title>Wire</title><link>https://wire.example.kr/home/</link><language>en-us</language>
<item>` + inside + `</item></channel></rss>`
}

func inAtom(inside string) string {
	return `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ko" xmlns:media="http://search.yahoo.com/mrss/"><title>Wire</title>
<link rel="alternate" href="https://wire.example.kr/"/><author><name>Desk</name></author><entry>` + inside + `</entry></feed>`
}

// show prints the part of an Article that a row of TestArticle is about.
func show(a feed.Article, what string) any {
	v := reflect.ValueOf(a).FieldByName(what).Interface()
	if t, ok := v.(time.Time); ok {
		return t.Format(time.RFC3339)
	}
	return v
}

func TestArticle(t *testing.T) {
	const noon = "<pubDate>Tue, 09 Feb 2021 12:00:00 +0900</pubDate>"
	for _, test := range []struct {
		name, document, field string
		want                  any
	}{
		{"tags and doubled entities", inRSS(`<title>&lt;b&gt;Tom&lt;/b&gt; &amp;amp;amp; Jerry</title>`), "Title", "Tom & Jerry"},
		{"a sign of less stays", inRSS(`<title>x &lt; y and 5&lt;6</title>`), "Title", "x < y and 5<6"},
		{"a film stays", inRSS(`<title><![CDATA[<기생충> and <Parasite>]]></title>`), "Title", "<기생충> and <Parasite>"},
		{"one line", inRSS("<title> a\n\tb&#160;c </title>"), "Title", "a b c"},
		{"no title", inRSS(`<description>` + strings.Repeat("word ", 30) + `</description>`), "Title", strings.TrimSpace(strings.Repeat("word ", 16)) + "…"},
		{"no words but content", inRSS(`<content:encoded>&lt;p&gt;Hello&lt;/p&gt;</content:encoded>`), "Title", "Hello"},

		{"summary", inRSS(`<description>&lt;p&gt;a&lt;/p&gt;&lt;p&gt;b &amp;amp; c&lt;/p&gt;</description>`), "Summary", "a b & c"},
		{"description with a link is content", inRSS(`<description>see &lt;a href="/x"&gt;x&lt;/a&gt;</description>`), "Content", `see <a href="/x">x</a>`},
		{"description without is not", inRSS(`<description>&lt;p&gt;see &lt;b&gt;x&lt;/b&gt;&lt;/p&gt;</description>`), "Content", ""},
		{"content that says no more", inRSS(`<description>a b</description><content:encoded>&lt;p&gt;a b&lt;/p&gt;</content:encoded>`), "Content", ""},
		{"content", inRSS(`<description>a</description><content:encoded>&lt;p&gt;a b&lt;/p&gt;</content:encoded>`), "Content", "<p>a b</p>"},
		{"plain Atom content", inAtom(`<title>t</title><content type="text">a &lt; b</content>`), "Content", "a &lt; b"},
		{"XHTML", inAtom(`<title>t</title><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>a</p><p>b</p></div></content>`), "Content", "<p>a</p><p>b</p>"},
		{"a picture as content", inAtom(`<title>t</title><content type="image/png">AAAA</content>`), "Content", ""},

		{"wire's id", inRSS(`<id>ACK20241204000900881</id><title>t</title>`), "GUID", "ACK20241204000900881"},
		{"guid less white space", inRSS("<guid>\n a1 </guid><title>t</title>"), "GUID", "a1"},
		{"guid is the link", inRSS(`<guid>https://wire.example.kr/1</guid>`), "Link", "https://wire.example.kr/1"},
		{"guid is no link", inRSS(`<guid isPermaLink="false">https://wire.example.kr/1</guid><title>t</title>`), "Link", ""},
		{"feedburner", inRSS(`<link>https://feeds.example.com/~r/1</link><feedburner:origLink>https://wire.example.kr/1</feedburner:origLink>`), "Link", "https://wire.example.kr/1"},
		{"script", inRSS(`<guid isPermaLink="false">g</guid><title>t</title><link>javascript:alert(1)</link>`), "Link", ""},
		{"relative to the channel", inRSS(`<link>news/기사</link>`), "Link", "https://wire.example.kr/home/news/%EA%B8%B0%EC%82%AC"},
		{"relative to xml:base", `<rss xml:base="https://base.example/a/"><channel><item><link>1</link></item></channel></rss>`, "Link", "https://base.example/a/1"},
		{"relative to the document", `<rss><channel><item><link>1</link></item></channel></rss>`, "Link", "https://wire.example.kr/rss/1"},
		{"Atom link in RSS", inRSS(`<atom:link rel="self" href="/s"/><atom:link rel="alternate" href="/a"/>`), "Link", "https://wire.example.kr/a"},
		{"Atom id as given", inAtom(`<id>HTTP://Example.com/a b</id><title>t</title>`), "GUID", "HTTP://Example.com/a b"},
		{"not the source's id", inAtom(`<source><id>feed</id></source><id>own</id><title>t</title>`), "GUID", "own"},

		{"naive date", inRSS(`<title>t</title><pubDate>20241204013739</pubDate>`), "Published", "2024-12-03T16:37:39Z"},
		{"dc:date", inRSS(`<title>t</title><dc:date>2021-02-09T12:00:00+09:00</dc:date>`), "Published", "2021-02-09T03:00:00Z"},
		{"dcterms:issued", inRSS(`<title>t</title><dcterms:issued>2021-02-09</dcterms:issued>`), "Published", "2021-02-08T15:00:00Z"},
		{"bad pubDate, good dc:date", inRSS(`<title>t</title><pubDate>soon</pubDate><dc:date>2021-02-09</dc:date>`), "Published", "2021-02-08T15:00:00Z"},
		{"dcterms:modified", inRSS(`<title>t</title>` + noon + `<dcterms:modified>2021-02-09T13:00:00Z</dcterms:modified>`), "Updated", "2021-02-09T13:00:00Z"},
		{"atom:updated in RSS", inRSS(`<title>t</title>` + noon + `<atom:updated>2021-02-09T13:00:00Z</atom:updated>`), "Updated", "2021-02-09T13:00:00Z"},
		{"Atom with updated alone", inAtom(`<title>t</title><updated>2021-02-09T13:00:00Z</updated>`), "Published", "2021-02-09T13:00:00Z"},
		{"far future", inRSS(`<title>t</title><pubDate>Fri, 01 Jan 2038 00:00:00 GMT</pubDate>`), "Published", "2038-01-01T00:00:00Z"},

		{"source", inRSS(`<title>t</title><source url="https://yna.example/rss">Yonhap &amp;amp; Co</source>`), "Origin", feed.Origin{Title: "Yonhap & Co", URL: "https://yna.example/rss"}},
		{"Atom source", inAtom(`<title>t</title><source><title>Yonhap</title><link rel="self" href="https://yna.example/atom"/></source>`), "Origin", feed.Origin{Title: "Yonhap", URL: "https://yna.example/atom"}},

		{"author with mail", inRSS(`<title>t</title><author>hong@example.kr (Hong Gildong)</author><dc:creator>Hong Gildong</dc:creator><dc:creator>Kim</dc:creator>`), "Authors",
			[]feed.Person{{Name: "Hong Gildong", Email: "hong@example.kr"}, {Name: "Kim"}}},
		{"mail in brackets", inRSS(`<title>t</title><dc:creator>Hong &lt;hong@example.kr&gt;</dc:creator>`), "Authors", []feed.Person{{Name: "Hong", Email: "hong@example.kr"}}},
		{"byline", inRSS(`<title>t</title><author>홍길동 기자 hong@example.kr</author>`), "Authors", []feed.Person{{Name: "홍길동 기자 hong@example.kr"}}},
		{"Atom feed's author", inAtom(`<title>t</title>`), "Authors", []feed.Person{{Name: "Desk"}}},
		{"Atom authors", inAtom(`<title>t</title><author><name>A</name><uri>https://a.example</uri></author><author><name>B</name></author>`), "Authors",
			[]feed.Person{{Name: "A", URL: "https://a.example"}, {Name: "B"}}},

		{"categories once", inRSS(`<title>t</title><category>a &amp;amp; b</category><dc:subject>c</dc:subject><category>a &amp;amp; b</category>`), "Categories", []string{"a & b", "c"}},
		{"Atom label", inAtom(`<title>t</title><category term="pol" label="Politics"/><category term="x"/>`), "Categories", []string{"Politics", "x"}},

		{"enclosures", inRSS(`<title>t</title><enclosure url="/a.mp3" type="audio/mpeg" length="12"/><enclosure url="https://x.example/b.jpg" type="image/jpeg"/><media:content url="/a.mp3"/>`), "Enclosures",
			[]feed.Enclosure{{URL: "https://wire.example.kr/a.mp3", Type: "audio/mpeg", Length: 12}, {URL: "https://x.example/b.jpg", Type: "image/jpeg"}}},
		{"image enclosure", inRSS(`<title>t</title><enclosure url="https://x.example/b.jpg" type="image/jpeg"/>`), "Image", "https://x.example/b.jpg"},
		{"largest", inRSS(`<title>t</title><media:group><media:content url="https://x.example/s.jpg" medium="image" width="100"/><media:content url="https://x.example/l.jpg" medium="image" width="800"/></media:group><media:thumbnail url="https://x.example/t.jpg"/>`), "Image", "https://x.example/l.jpg"},
		{"thumbnail", inAtom(`<title>t</title><media:group><media:thumbnail url="https://x.example/t.jpg" width="480" height="360"/></media:group>`), "Image", "https://x.example/t.jpg"},
		{"no script as picture", inRSS(`<title>t</title><media:thumbnail url="javascript:x"/>`), "Image", ""},

		{"feed's language", inRSS(`<title>t</title>`), "Language", "en-US"},
		{"own language", inAtom(`<title>t</title>`), "Language", "ko"},
		{"entry's language", strings.Replace(inAtom(`<title>t</title>`), "<entry>", `<entry xml:lang="en">`, 1), "Language", "en"},
		{"rdf:about", `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel><title>c</title></channel><item rdf:about="https://wire.example.kr/9"><title>t</title></item></rdf:RDF>`, "GUID", "https://wire.example.kr/9"},

		{"JSON id", `{"version":"https://jsonfeed.org/version/1.1","items":[{"id":7,"title":"t"}]}`, "GUID", "7"},
		{"JSON text", `{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"7","content_text":"a < b"}]}`, "Summary", "a < b"},
		{"JSON content", `{"items":[{"id":"7","content_html":"<p>a\u0008<br>b"}]}`, "Content", "<p>a<br>b"},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := parse(t, test.document)
			if len(d.Articles) != 1 {
				t.Fatalf("%d articles, want 1; refused: %v", len(d.Articles), d.Refused)
			}
			if got := show(d.Articles[0], test.field); !reflect.DeepEqual(got, test.want) {
				t.Errorf("%s = %#v, want %#v", test.field, got, test.want)
			}
			if d.Warning != "" {
				t.Errorf("warning: %s", d.Warning)
			}
		})
	}
}

func TestDocument(t *testing.T) {
	d := parse(t, inRSS(`<guid>g</guid>`))
	if d.Title != "Wire" || d.Link != "https://wire.example.kr/home/" || d.Language != "en-US" {
		t.Errorf("got %q, %q, %q", d.Title, d.Link, d.Language)
	}
	if len(d.Articles) != 0 || len(d.Refused) != 1 || d.Refused[0].Name != "g" {
		t.Errorf("articles %v, refused %v; want the one refused", d.Articles, d.Refused)
	}
}

// What is no feed is refused by the name of what it is, and never read as a feed
// with nothing in it.
func TestParseRefuses(t *testing.T) {
	advertised := `<link rel="alternate" type="application/rss+xml" href="/rss" title="All &amp; more">`
	for body, want := range map[string]string{
		"":                                     "an empty body, not a feed",
		" \n ":                                 "an empty body, not a feed",
		"\ufeff\n":                             "an empty body, not a feed",
		`<html><title>Not &amp; found</title>`: `a web page ("Not & found"), not a feed`,
		"\n<!-- x --><!DOCTYPE html>\n<HTML><HEAD><TITLE>A":                                `a web page ("A"), not a feed`,
		`<?xml version="1.0"?><html xmlns="x"><title>A</title>`:                            `a web page ("A"), not a feed`,
		`<p>Sorry</p><html><title>A</title>`:                                               `a web page ("A"), not a feed`,
		`<html><title>Sign in</title><input type='Password'>`:                              `a login page ("Sign in"), not a feed`,
		`<html>` + advertised:                                                              "this is a web page; it advertises: https://wire.example.kr/rss (All & more)",
		`<html><base href="/a/"><link type=application/atom+xml rel='x Alternate' href=b>`: "this is a web page; it advertises: https://wire.example.kr/a/b",
		`<html><link rel=feed href=//b.example/>`:                                          "this is a web page; it advertises: https://b.example/",
		`<html><link rel=alternate type="application/feed+json; charset=utf-8" href=1>` + strings.Repeat(advertised, 2) + `<link rel=feed href=2><link rel=feed href=3>`:             "this is a web page; it advertises: https://wire.example.kr/rss/1, https://wire.example.kr/rss (All & more), https://wire.example.kr/rss/2, and 1 more",
		`<html><link rel=stylesheet type="application/rss+xml" href=a><link rel=alternate type=text/html href=b><link rel=alternate type="application/rss+xml" href="javascript:1">`: "a web page, not a feed",

		`{"error":"x"}`:                  `a JSON document ("{\"error\":\"x\"}"), not a feed`,
		`{"error":"x","items":[]}`:       `a JSON document ("{\"error\":\"x\",\"items\":[]}"), not a feed`,
		`{"items":[{"code":5},{}]}`:      `a JSON document ("{\"items\":[{\"code\":5},{}]}"), not a feed`,
		`{"error":`:                      "a JSON document that cannot be read: unexpected end of JSON input",
		`[]`:                             "a JSON list, not a feed",
		`null`:                           `plain text ("null"), not a feed`,
		`<?xml version="1.0"?><urlset/>`: "a sitemap, not a feed",
		`<sitemapindex><sitemap/></sitemapindex>`:             "a sitemap, not a feed",
		`<opml version="2.0"><body/></opml>`:                  "a list of feeds (OPML), not a feed",
		`<CHANNEL HREF="http://x.example/"><ITEM/></CHANNEL>`: "a channel in the Channel Definition Format (CDF) or without its <rss>, not a feed that can be read",
		`<entry xmlns="http://www.w3.org/2005/Atom"/>`:        "a single entry of Atom, not a feed",
		`<Error><Code>403</Code></Error>`:                     "an XML document of <error>, not a feed",
		`<svg xmlns="http://www.w3.org/2000/svg"/>`:           "an XML document of <svg>, not a feed",
		`<rss/>`:                          "a document of <rss> with neither title nor articles, not a feed",
		`<rss><error>later</error></rss>`: "a document of <rss> with neither title nor articles, not a feed",
		`<feed xmlns="http://www.w3.org/2005/Atom"/>`:                                                   "a document of <feed> with neither title nor articles, not a feed",
		`<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description/></rdf:RDF>`: "a document of <rdf> with neither title nor articles, not a feed",
		"Too many requests":                                              `plain text ("Too many requests"), not a feed`,
		"\x89PNG\r\n\x1a\n0000":                                          "a file of image/png, not a feed",
		"GIF89a\x01\x00\x01\x00":                                         "a file of image/gif, not a feed",
		"\xff\xd8\xff\xe0\x00\x10JFIF":                                   "a file of image/jpeg, not a feed",
		"%PDF-1.7\n%\xe2\xe3\xcf\xd3":                                    "a PDF file, not a feed",
		"PK\x03\x04\x14\x00":                                             "a file of application/zip, not a feed",
		"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42avc1":               "a file of video/mp4, not a feed",
		"\x1f\x8b\x08zz":                                                 "a gzip file that cannot be read, not a feed",
		string(zipped("<html><title>A")):                                 `a web page ("A"), not a feed`,
		string(zipped(string(zipped(one)))):                              "a gzip file within a gzip file, not a feed",
		"<rss><channel><item><title>cut of":                              "a document cut off or broken before the end of its first article",
		"<rss" + strings.Repeat(" xmlns:a='b'", 2*maxSpaces) + "></rss>": "a document with more than 250 namespaces, refused",
	} {
		d, err := Parse([]byte(body), "", wireURL, wire, fetched)
		var refusal *ParseError
		if !errors.As(err, &refusal) || refusal.Kind != feed.NotAFeed || refusal.Reason != want {
			t.Errorf("Parse(%.60q) = %v, %v; want error %q", body, d, err, want)
		}
	}
	_, err := Parse([]byte("<!DOCTYPE html><html><title>Just a moment...</title>"), "", wireURL, wire, fetched)
	var refusal *ParseError
	if !errors.As(err, &refusal) || refusal.Kind != feed.Challenge || !strings.HasPrefix(refusal.Reason, "a challenge page by Cloudflare") {
		t.Errorf("a challenge: %v", err)
	}
}

func TestEmptyFeed(t *testing.T) {
	for _, body := range []string{
		`<rss><channel><title>c</title></channel></rss>`,
		`<rss><channel><link>http://c.example/</link></channel></rss>`,
		`<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel><title>c</title></channel></rdf:RDF>`,
		`<feed xmlns="http://www.w3.org/2005/Atom"><title>c</title></feed>`,
		`{"version":"https://jsonfeed.org/version/1","items":[]}`,
		`{"version":"https://jsonfeed.org/version/1.1","title":"c"}`,
	} {
		if d := parse(t, body); len(d.Articles) != 0 || d.Partial || d.Warning != "" {
			t.Errorf("%s: %+v", body, d)
		}
	}
}

func TestTooManyArticles(t *testing.T) {
	d := parse(t, string(manyArticles(maxArticles+2)))
	if len(d.Articles) != maxArticles || !d.Partial || d.Warning == "" {
		t.Errorf("%d articles, partial %t, %q", len(d.Articles), d.Partial, d.Warning)
	}
}

// TestDeletedEntries reads what a Document says of void entries (RFC 6721),
// whatever prefix it has for them.
func TestDeletedEntries(t *testing.T) {
	for _, begin := range []string{`<at:deleted-entry xmlns:at="http://purl.org/atompub/tombstones/1.0"`, `<x:deleted-entry xmlns:x="http://purl.org/atompub/tombstones/1.0"`} {
		const entry = `<entry><id>tag:a.example,2026:1</id><title>One</title><updated>2026-03-04T12:00:00Z</updated></entry>`
		name := strings.TrimPrefix(strings.Fields(begin)[0], "<")
		text := `<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title>` + begin + ` ref=" tag:a.example,2026:2 " when="2026-03-04T12:00:00Z"><at:comment xmlns:at="x">void</at:comment></` + name + `>` + entry + begin + ` when="x"/></feed>`
		doc, err := Parse([]byte(text), "", "https://a.example/feed", feed.Source{}, time.Now())
		if err != nil || len(doc.Articles) != 1 || len(doc.Deleted) != 1 || doc.Deleted[0] != "tag:a.example,2026:2" {
			t.Errorf("%s: %+v, %v", name, doc, err)
		}
	}
}
