package render

import "testing"

func TestOPML(t *testing.T) {
	got, err := OPML("Feeds\nof x", []Subscription{
		{Title: "A & \"B\"", Description: "What <they> say\x00", URL: "https://a.example/rss?x=1&y=2", Page: "https://a.example/", Language: "ko_KR"},
		{URL: "https://b.example/rss"},
	})
	const want = `<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0">
 <head>
  <title>Feeds of x</title>
  <docs>http://opml.org/spec2.opml</docs>
 </head>
 <body>
  <outline type="rss" text="A &amp; &#34;B&#34;" title="A &amp; &#34;B&#34;" description="What &lt;they&gt; say" xmlUrl="https://a.example/rss?x=1&amp;y=2" htmlUrl="https://a.example/" language="ko-KR"></outline>
  <outline type="rss" text="https://b.example/rss" title="https://b.example/rss" xmlUrl="https://b.example/rss"></outline>
 </body>
</opml>
`
	if string(got) != want || err != nil {
		t.Errorf("%v\n got %s\nwant %s", err, got, want)
	}
}
