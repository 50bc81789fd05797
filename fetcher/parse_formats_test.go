package fetcher

import (
	"reflect"
	"testing"
	"time"

	"newswired/feed"
)

// Every format that feeds were ever written in, with all elements that say
// something about an Article, as its specification shows them.
func TestFormats(t *testing.T) {
	const link = "https://wire.example.kr/1"
	day := time.Date(2021, 2, 9, 3, 0, 0, 0, time.UTC)
	kim := []feed.Person{{Name: "Kim", Email: "kim@wire.example.kr"}}
	for _, test := range []struct {
		format, document string
		want             feed.Article
		pace             feed.Pace
	}{
		{"RSS 0.90", `<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/">
<channel><title>Wire</title><link>https://wire.example.kr/</link><description>d</description></channel>
<image><title>i</title><url>https://wire.example.kr/i.png</url><link>https://wire.example.kr/</link></image>
<item><title>T</title><link>` + link + `</link></item></rdf:RDF>`,
			feed.Article{Title: "T", Link: link}, feed.Pace{}},
		{"RSS 0.91", `<?xml version="1.0"?>
<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">
<rss version="0.91"><channel><title>Wire</title><link>https://wire.example.kr/</link><description>d</description><language>ko-kr</language>
<pubDate>Tue, 09 Feb 2021 12:00:00 +0900</pubDate><skipHours><hour>24</hour></skipHours><skipDays><day>Sunday</day></skipDays>
<item><title>T</title><link>` + link + `</link><description>S</description></item></channel></rss>`,
			feed.Article{Title: "T", Link: link, Summary: "S", Language: "ko-KR"}, feed.Pace{SkipHours: 1, SkipDays: 1}},
		{"RSS 0.91", `<rss version="0.91"><channel><title>Wire</title><link>https://wire.example.kr/</link><description>d</description><language>en-us</language>
<item><title>T</title><link>` + link + `</link><description>S &amp; &lt;b&gt;S&lt;/b&gt;</description></item></channel></rss>`, // Userland's, without a DTD
			feed.Article{Title: "T", Link: link, Summary: "S & S", Language: "en-US"}, feed.Pace{}},
		{"RSS 0.92", `<rss version="0.92"><channel><title>Wire</title><link>https://wire.example.kr/</link><description>d</description><cloud domain="c.example" port="80" path="/" registerProcedure="x" protocol="xml-rpc"/>
<item><title>T</title><link>` + link + `</link><description>S</description><source url="https://yna.example/rss">Yonhap</source>
<enclosure url="/a.mp3" length="1200" type="audio/mpeg"/><category domain="d">C</category></item></channel></rss>`,
			feed.Article{Title: "T", Link: link, Summary: "S", Origin: feed.Origin{Title: "Yonhap", URL: "https://yna.example/rss"},
				Enclosures: []feed.Enclosure{{URL: "https://wire.example.kr/a.mp3", Type: "audio/mpeg", Length: 1200}}, Categories: []string{"C"}}, feed.Pace{}},
		{"RSS 0.93", `<rss version="0.93"><channel><title>Wire</title><link>https://wire.example.kr/</link><description>d</description><ttl>60</ttl>
<item><title>T</title><link>` + link + `</link><description>S</description><pubDate>Tue, 09 Feb 2021 03:00:00 GMT</pubDate><expirationDate>Wed, 10 Feb 2021 03:00:00 GMT</expirationDate></item></channel></rss>`,
			feed.Article{Title: "T", Link: link, Summary: "S", Published: day}, feed.Pace{TTL: time.Hour}},
		{"RSS 0.94", `<rss version="0.94"><channel><title>Wire</title><link>https://wire.example.kr/</link><description>d</description>
<item><title>T</title><link>` + link + `</link><guid isPermaLink="false">g</guid><description type="text/html">S &lt;a href="/x"&gt;x&lt;/a&gt;</description><pubDate>Tue, 09 Feb 2021 03:00:00 GMT</pubDate></item></channel></rss>`,
			feed.Article{Title: "T", Link: link, GUID: "g", Summary: "S x", Content: `S <a href="/x">x</a>`, Published: day}, feed.Pace{}},
		{"RSS 1.0", `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">
<channel rdf:about="https://wire.example.kr/rss"><title>Wire</title><link>https://wire.example.kr/</link><description>d</description><dc:language>ja</dc:language>
<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency><items><rdf:Seq><rdf:li rdf:resource="` + link + `"/></rdf:Seq></items></channel>
<item rdf:about="` + link + `"><title>T</title><link>` + link + `</link><description>S</description><content:encoded><![CDATA[<p>S</p><p>more</p>]]></content:encoded>
<dc:date>2021-02-09T12:00:00+09:00</dc:date><dc:creator>kim@wire.example.kr (Kim)</dc:creator><dc:subject>C</dc:subject></item></rdf:RDF>`,
			feed.Article{Title: "T", Link: link, GUID: link, Summary: "S", Content: "<p>S</p><p>more</p>", Language: "ja", Published: day, Authors: kim, Categories: []string{"C"}}, feed.Pace{Update: 12 * time.Hour}},
		{"RSS 2.0", `<rss version="2.0"><channel><title>Wire</title><link>https://wire.example.kr/</link><description>d</description><language>en</language><ttl>30</ttl>
<item><title>T</title><link>` + link + `</link><guid>` + link + `</guid><description>S</description><author>kim@wire.example.kr (Kim)</author><category>C</category>
<comments>https://wire.example.kr/1#c</comments><enclosure url="https://wire.example.kr/a.jpg" length="5" type="image/jpeg"/>
<pubDate>Tue, 09 Feb 2021 03:00:00 GMT</pubDate><source url="https://yna.example/rss">Yonhap</source></item></channel></rss>`,
			feed.Article{Title: "T", Link: link, GUID: link, Summary: "S", Language: "en", Authors: kim, Categories: []string{"C"}, Image: "https://wire.example.kr/a.jpg",
				Enclosures: []feed.Enclosure{{URL: "https://wire.example.kr/a.jpg", Type: "image/jpeg", Length: 5}},
				Origin:     feed.Origin{Title: "Yonhap", URL: "https://yna.example/rss"}, Published: day}, feed.Pace{TTL: 30 * time.Minute}},
		{"RSS 2.0", `<rss version="2.0" xmlns="http://backend.userland.com/rss2"><channel><title>Wire</title><link>https://wire.example.kr/</link>
<item><title>T</title><link>` + link + `</link><description>S</description><pubDate>Tue, 09 Feb 2021 03:00:00 GMT</pubDate></item></channel></rss>`, // a namespace that RSS does not have
			feed.Article{Title: "T", Link: link, Summary: "S", Published: day}, feed.Pace{}},
		{"Atom 0.3", `<feed version="0.3" xmlns="http://purl.org/atom/ns#" xml:lang="en"><title>Wire</title><tagline>d</tagline><link rel="alternate" type="text/html" href="https://wire.example.kr/"/><modified>2021-02-09T04:00:00Z</modified>
<entry><title mode="escaped" type="text/html">T &amp;amp; T</title><link rel="alternate" type="text/html" href="` + link + `"/><id>tag:wire.example.kr,2021:1</id>
<issued>2021-02-09T03:00:00Z</issued><created>2021-02-09T03:00:00Z</created><modified>2021-02-09T04:00:00Z</modified><summary type="text/plain">S</summary>
<author><name>Kim</name><email>kim@wire.example.kr</email><url>https://wire.example.kr/kim</url></author>
<content type="text/html" mode="escaped" xml:base="https://wire.example.kr/">&lt;p&gt;S&lt;/p&gt;&lt;p&gt;more&lt;/p&gt;</content></entry></feed>`,
			feed.Article{Title: "T & T", Link: link, GUID: "tag:wire.example.kr,2021:1", Summary: "S", Content: "<p>S</p><p>more</p>", Language: "en",
				Published: day, Updated: day.Add(time.Hour), Authors: []feed.Person{{Name: "Kim", Email: "kim@wire.example.kr", URL: "https://wire.example.kr/kim"}}}, feed.Pace{}},
		{"Atom 1.0", `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ko"><title>Wire</title><link href="https://wire.example.kr/"/><id>urn:wire</id><updated>2021-02-09T04:00:00Z</updated>
<entry xml:lang="en"><title type="html">T &amp;amp; T</title><link href="` + link + `"/><link rel="enclosure" type="audio/mpeg" length="1200" href="/a.mp3"/><id>tag:wire.example.kr,2021:1</id>
<published>2021-02-09T03:00:00Z</published><updated>2021-02-09T04:00:00Z</updated><category term="c" label="C"/><summary>S</summary>
<author><name>Kim</name><email>kim@wire.example.kr</email><uri>https://wire.example.kr/kim</uri></author><contributor><name>Lee</name></contributor>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>S</p><p>more</p></div></content>
<source><id>urn:yna</id><title>Yonhap</title><link rel="self" href="https://yna.example/atom"/></source></entry></feed>`,
			feed.Article{Title: "T & T", Link: link, GUID: "tag:wire.example.kr,2021:1", Summary: "S", Content: "<p>S</p><p>more</p>", Language: "en", Categories: []string{"C"},
				Published: day, Updated: day.Add(time.Hour), Authors: []feed.Person{{Name: "Kim", Email: "kim@wire.example.kr", URL: "https://wire.example.kr/kim"}},
				Enclosures: []feed.Enclosure{{URL: "https://wire.example.kr/a.mp3", Type: "audio/mpeg", Length: 1200}},
				Origin:     feed.Origin{Title: "Yonhap", URL: "https://yna.example/atom"}}, feed.Pace{}},
		{"JSON Feed 1", `{"version":"https://jsonfeed.org/version/1","title":"Wire","home_page_url":"https://wire.example.kr/","author":{"name":"Kim","url":"https://wire.example.kr/kim"},
"items":[{"id":1,"url":"` + link + `","title":"T","summary":"S","content_html":"<p>S</p><p>more</p>","image":"/i.jpg","date_published":"2021-02-09T12:00:00+09:00","date_modified":"2021-02-09T04:00:00Z","tags":["C"],
"attachments":[{"url":"/a.mp3","mime_type":"audio/mpeg","size_in_bytes":1200,"duration_in_seconds":60}]}]}`,
			feed.Article{Title: "T", Link: link, GUID: "1", Summary: "S", Content: "<p>S</p><p>more</p>", Image: "https://wire.example.kr/i.jpg", Categories: []string{"C"},
				Published: day, Updated: day.Add(time.Hour), Authors: []feed.Person{{Name: "Kim", URL: "https://wire.example.kr/kim"}},
				Enclosures: []feed.Enclosure{{URL: "https://wire.example.kr/a.mp3", Type: "audio/mpeg", Length: 1200}}}, feed.Pace{}},
		{"JSON Feed 1.1", `{"version":"https://jsonfeed.org/version/1.1","title":"Wire","language":"ko","items":[{"id":"g","external_url":"` + link + `","title":"T","content_text":"S","language":"en","authors":[{"name":"Kim"},{"name":"Lee"}],"date_published":"2021-02-09T03:00:00Z"}]}`,
			feed.Article{Title: "T", Link: link, GUID: "g", Summary: "S", Language: "en", Published: day, Authors: []feed.Person{{Name: "Kim"}, {Name: "Lee"}}}, feed.Pace{}},
	} {
		d := parse(t, test.document)
		if d.Format != test.format || d.Title != "Wire" || d.Charset != "utf-8" || d.Warning != "" || len(d.Articles) != 1 || d.Pace != test.pace {
			t.Errorf("%s: %+v", test.format, d)
			continue
		}
		if got := d.Articles[0]; !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s:\n%+v, want\n%+v", test.format, got, test.want)
		}
	}
}
