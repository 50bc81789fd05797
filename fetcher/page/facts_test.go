package page

import (
	"slices"
	"strings"
	"testing"
	"time"

	"newswired/feed"
)

// readHead reads a page of one paragraph with this in its head and before its
// text.
func readHead(t *testing.T, head, before string, src feed.Source) feed.Page {
	t.Helper()
	body := "<html><head>" + head + "</head><body>" + before + sentence + "</body></html>"
	p, err := Read([]byte(body), "text/html", "https://www.herald.example/news/2024/02/23/x", src)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestHeadline(t *testing.T) {
	for _, test := range []struct{ head, before, want string }{
		{"<title>Ferry sinks off Mokpo - The Harbor Herald</title>", "", "Ferry sinks off Mokpo"},
		{"<title>Ferry sinks off Mokpo | The Harbor Herald</title>", "<h1>The Harbor Herald</h1><h1>Ferry sinks off Mokpo</h1>", "Ferry sinks off Mokpo"},
		{"<title>The Harbor Herald: Ferry sinks off Mokpo</title>", "<h1>Ferry sinks off Mokpo</h1>", "Ferry sinks off Mokpo"},
		{"<title>x</title><meta property=og:title content='Ferry sinks off Mokpo | World | Herald'>", "<h1>Ferry sinks off Mokpo</h1>", "Ferry sinks off Mokpo"},
		{"<meta property=og:title content='여객선 목포서 침몰 - 항구일보'><meta property=og:site_name content='항구일보'>", "", "여객선 목포서 침몰"},
		{"<meta property=og:title content='목포 여객선 침몰…전원 구조-사회ㅣ항구일보'><meta name=headline content='목포 여객선 침몰…전원 구조'>", "", "목포 여객선 침몰…전원 구조"},
		{"<meta property=og:title content='Ferry - and all aboard - lost'>", "", "Ferry - and all aboard - lost"},
		{"<title>Ferry sinks – what we know so far</title>", "<h1>Ferry sinks – what we know so far</h1>", "Ferry sinks – what we know so far"},
		{"<title>Ferry sinks</title>", "<h1>AT&amp;T <em>buys</em>\n a ferry</h1>", "Ferry sinks"},
		{"", "<h1>Ferry sinks off Mokpo, all rescued</h1>", "Ferry sinks off Mokpo, all rescued"},
		{"<meta property=og:title content='&amp;quot;We were lucky&amp;quot;, a passenger says'>", "", `"We were lucky", a passenger says`},
		{`<script type="application/ld+json">{"@graph":[{"@type":"WebSite","name":"x"},{"@type":["NewsArticle"],"headline":"Ferry sinks\noff Mokpo"}]}</script>`, "", "Ferry sinks off Mokpo"},
	} {
		p := readHead(t, test.head, test.before, feed.Source{Outlet: "The Harbor Herald"})
		if p.Title != test.want {
			t.Errorf("%s %s: %q, want %q", test.head, test.before, p.Title, test.want)
		}
	}
}

// Times as pages show them; those without a zone are the Source's.
func TestTimes(t *testing.T) {
	const want = "2024-02-24T01:34:00Z"
	for _, test := range []struct{ head, before, published, updated string }{
		{`<meta property="article:published_time" content="2024-02-24T10:34:00+09:00">`, "", want, ""},
		{`<meta property="article:published_time" content="2024-02-24T01:34:00Z"><meta property="article:modified_time" content="2024-02-24 10:34">`, "", want, want},
		{`<meta name="pubdate" content="20240224103400">`, "", want, ""},
		{`<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2024-02-24 10:34","dateModified":"2024-02-24T10:34:00+09:00"}</script>`, "", want, want},
		{"", "<p>Published : Feb. 24, 2024 - 10:34</p>", want, ""},
		{"", "<span>송고 2024-02-24 10:34</span>", want, ""},
		{"", "<p>송고시간2024-02-24 10:34</p>", want, ""},
		{"", "<p>입력 2024.02.24. 오전 10:34 | 수정 2024.02.24. 오전 10:34</p>", want, want},
		{"", "<ul><li>기사입력 : 2024년 02월 24일 10:34</li><li>최종수정 : 2024년 02월 24일 10:34</li></ul>", want, want},
		{"", "<div><b>입력</b> <span>2024-02-24 10:34:00</span></div>", want, ""},
		{"", "<div>등록 2024.02.24 10:34:00수정 2024.02.24 10:34:00</div>", want, want},
		{"", "<p>Posted: 24 February 2024 10:34 KST</p><p>Updated: 24 February 2024 10:34 KST</p>", want, want},
		{"", "<p>Last updated Feb 24, 2024, 10:34 a.m.</p>", "2024-02-22T15:00:00Z", want},
		{"", "<p>公開日 2024年2月24日 10:34</p>", want, ""},
		{"", "<time datetime='2024-02-24T10:34:00+09:00'>Saturday</time>", want, ""},
		{"", "<time datetime='1970-01-01T00:00:00Z'></time>", "2024-02-22T15:00:00Z", ""}, // of the URL
		{"", "<time datetime='0001-01-01T00:00:00Z'></time><time datetime='2024-02-24T10:34:00+09:00'></time>", want, ""},
		{"", "<div class=article-date>2024.02.24 10:34</div>", want, ""},
		{"", "<span itemprop=datePublished content='2024-02-24T10:34'>x</span>", want, ""},
		{"", "<script>var x = {\"publishedAt\":\"2024-02-24T10:34:00\", \"pad\":\"" + strings.Repeat("x", 2000) + "\"}</script>", want, ""},
		{"", "<p>The ferry was built in 2014.</p>", "2024-02-22T15:00:00Z", ""}, // of the URL
	} {
		p := readHead(t, test.head, test.before, korea)
		stamp := func(at time.Time) string {
			if at.IsZero() {
				return ""
			}
			return at.Format(time.RFC3339)
		}
		if stamp(p.Published) != test.published || stamp(p.Updated) != test.updated {
			t.Errorf("%s %s: %s, %s; want %s, %s", test.head, test.before, stamp(p.Published), stamp(p.Updated), test.published, test.updated)
		}
	}
}

func TestFacts(t *testing.T) {
	p := readHead(t, `<link rel=canonical href="/news/1"><meta property=article:section content=World><meta name=news_keywords content="ferry, Mokpo,ferry ,coast guard">
<meta property=og:site_name content="The Harbor Herald"><meta property=og:image content="/img/1.jpg"><meta name=author content="Jane Doe">`, "", feed.Source{})
	if p.Link != "https://www.herald.example/news/1" || p.Section != "World" || p.Outlet != "The Harbor Herald" || p.Picture.URL != "https://www.herald.example/img/1.jpg" {
		t.Errorf("%+v", p)
	}
	if !slices.Equal(p.Keywords, []string{"ferry", "Mokpo", "coast guard"}) || len(p.Authors) != 1 || p.Authors[0].Name != "Jane Doe" {
		t.Errorf("keywords %q, authors %v", p.Keywords, p.Authors)
	}
	for head, want := range map[string]string{
		"<link rel=canonical href=/>":                                                "",
		"<meta property=og:url content='https://herald.example/a?id=1'>":             "https://herald.example/a?id=1",
		"<link rel=canonical href='javascript:x'>":                                   "",
		"<base href='https://cdn.example/'><link rel=canonical href='x'>":            "https://cdn.example/x",
		"<link rel='stylesheet canonical' href=https://other.example/news/2>":        "https://other.example/news/2",
		`<script type="application/ld+json">{"@type":"Article","url":"/b"}</script>`: "https://www.herald.example/b",
	} {
		if p := readHead(t, head, "", feed.Source{}); p.Link != want {
			t.Errorf("%s: link %q, want %q", head, p.Link, want)
		}
	}
}

func TestLanguage(t *testing.T) {
	english := strings.Repeat("The ferry sank off the coast and all of those who were aboard were rescued. ", 3)
	for _, test := range []struct{ lang, source, text, want string }{
		{"en-GB", "", english, "en-GB"},
		{"ko", "ko", english, "en"},
		{"en", "", strings.Repeat("여객선이 목포 앞바다에서 침몰했다. ", 5), "ko"},
		{"", "", strings.Repeat("旅客船が沈没したと発表した。", 5), "ja"},
		{"", "", strings.Repeat("客轮在海上沉没，所有乘客获救。", 5), "zh"},
		{"zh-TW", "", strings.Repeat("客輪在海上沉沒，所有乘客獲救。", 5), "zh-TW"},
		{"", "de", "Die Fähre sank.", "de"},
		{"xx-not a tag", "", "Die Fähre sank.", ""},
	} {
		s := &scan{lang: test.lang}
		if got := s.language(&linked{}, test.text, feed.Source{Language: test.source}); got != test.want {
			t.Errorf("%+v: %q", test, got)
		}
	}
}

// JSON-LD as templates print it.
func TestReadLinked(t *testing.T) {
	for _, script := range []string{
		`{"@type":"NewsArticle","headline":"Ferry sinks","author":{"@type":"Person","name":"Jane Doe"}}`,
		`[{"@type":"BreadcrumbList"},{"@type":"http://schema.org/NewsArticle","headline":"Ferry sinks","author":["Jane Doe"]}]`,
		`{"@graph":[{"@type":"WebPage","mainEntity":{"@type":"ReportageNewsArticle","headline":"Ferry sinks","author":[{"name":"Jane Doe"}]}}]}`,
		"//<![CDATA[\n{\"@type\":\"Article\",\"headline\":\"Ferry\nsinks\",\"author\":{\"name\":[\"Jane Doe\"]}};\n//]]>",
		`<!-- {"@type":"Article","headline":"Ferry sinks","author":[{"name":"Jane Doe"}]} -->`,
	} {
		l := readLinked([]string{"{broken", script})
		if l.headline != "Ferry sinks" || !slices.Equal(l.authors, []string{"Jane Doe"}) {
			t.Errorf("%s: %+v", script, l)
		}
	}
	two := []string{
		`{"@type":"NewsArticle","keywords":["x"],"author":"Al Poe","isAccessibleForFree":false}`,
		`{"@type":"NewsArticle","headline":"Ferry sinks","keywords":["ferries"]}`,
	}
	if l := readLinked(two); l.paid || !slices.Equal(l.keywords, []string{"ferries"}) || len(l.authors) != 0 {
		t.Errorf("of the second: %+v", l)
	}
	if l := readLinked([]string{`{"@type":"Product","name":"x"}`, strings.Repeat("[", 1000)}); l.headline != "" {
		t.Errorf("%+v", l)
	}
}

// A page that a browser would build from its data.
func TestFromScript(t *testing.T) {
	page := `<html><head><title>Ferry sinks</title></head><body><div id=root></div><script>push("{\"contentHtml\":\"\\u003cp class=x\\u003eA ferry sank off Mokpo on Sunday, and all aboard were rescued.\\u003c/p\\u003e\\u003cp\\u003eThe owner said that it was looking into the cause, and that it has four more of the kind.\\u003c/p\\u003e` +
		strings.Repeat(" ", 600) + `\"}");` + strings.Repeat(" ", 2000) + `</script></body></html>`
	p, err := Read([]byte(page), "", "https://herald.example/a", feed.Source{})
	want := "A ferry sank off Mokpo on Sunday, and all aboard were rescued.\n\nThe owner said that it was looking into the cause, and that it has four more of the kind."
	if err != nil || p.Text != want {
		t.Errorf("%v: %q", err, p.Text)
	}
}
