package page

import (
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"newswired/feed"
)

// hostile are pages by whom time or memory could be wasted, each repeated to the
// bound of bytes.
var hostile = []string{
	"<div>", "<p>", "<b>", "<a href=x>", "<span><div>", "<table><tr><td>", "<ul><li>", "<blockquote>", "<font>", "<br>", "<p>a<br><br>b,c. ",
	"<div class=share-comment>x</div>", "<h1>Storm</h1>", "<article>", "<form>", "<script>\"", "<script type=application/ld+json>[[[[", "<meta name=author content=x>",
	"<img src=x><p class=caption>x</p>", "<figure><figcaption>x", "<p>Ferries sink, rise, and sink again, all of them, says the mayor of Mokpo.</p>",
	"<div><p>Ferries sink, rise, and sink again, all of them, says the mayor of Mokpo.</p></div>", "<time>2024-02-24 10:34</time>", "<p>By Yonhap</p>", "&#x110000;", "<!--", "<svg><div>", "<template>",
	"<b><p>", "<a><div>", "<i><b><u>", "<p>입력 2024.02.24. 오전 10:34</p>", "Published : ", "<select><option>", "<noscript><img>", "<div itemprop=articleBody>", "\"articleBody\":\"", "<td>", "</p>", "<div style=display:none>",
}

// What a page says beside its text is bounded, too.
func TestBoundFacts(t *testing.T) {
	long := strings.Repeat(" ferry", 100_000)
	body := `<!DOCTYPE html><html><head><title>A ferry sank off Mokpo` + long + `</title><meta property="og:title" content="A ferry sank off Mokpo` + long + `">
<meta property="og:site_name" content="Herald` + long + `"><meta property="article:section" content="Sea` + long + `">
<meta property="og:image" content="https://herald.example/` + strings.Repeat("i", 9000) + `"><link rel="canonical" href="https://herald.example/` + strings.Repeat("c", 9000) + `"></head>
<body><h1>A ferry sank off Mokpo</h1>` + strings.Repeat("<p>A ferry sank off Mokpo on Sunday, and all who were aboard were rescued, the coast guard said.</p>", 3)
	p, err := Read([]byte(body), "text/html", "https://herald.example/a", feed.Source{})
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"headline": p.Title, "outlet": p.Outlet, "section": p.Section, "link": p.Link, "picture": p.Picture.URL} {
		if utf8.RuneCountInString(text) > maxLine {
			t.Errorf("%s has %d bytes", name, len(text))
		}
	}
}

// The time is bounded, whatever the bytes are: as many as are read, as many
// elements as are read, and those deep in others, with an article among them.
func TestPageBounds(t *testing.T) {
	const (
		story  = "<h1>A ferry sank off Mokpo</h1><p>A ferry sank off Mokpo on Sunday, and all who were aboard were rescued, the coast guard said.</p>"
		enough = 20 * time.Second // dozens of times what the worst takes
	)
	for _, part := range hostile {
		few := strings.Repeat(part, min(maxBytes/8, 6_000*len(part))/len(part))
		for shape, body := range map[string]string{
			"bytes":    strings.Repeat(part, maxBytes/8/len(part)),
			"elements": strings.Repeat(story, 10) + few,
			"divs":     strings.Repeat("<div class=x>", 250) + story + few,
			"spans":    strings.Repeat("<span>", 250) + story + few,
		} {
			start := time.Now()
			_, err := Read([]byte("<!DOCTYPE html><html><body>"+body), "text/html", "https://herald.example/a", feed.Source{})
			took := time.Since(start)
			var r *RefusedError
			if err != nil && (!errors.As(err, &r) || r.Reason == Panicked) {
				t.Errorf("%q as %s: %v", part, shape, err)
			}
			if took > enough {
				t.Errorf("%q as %s: took %v", part, shape, took)
			} else if took > enough/40 {
				t.Logf("%q as %s: took %v, %v", part, shape, took, err)
			}
		}
	}
}
