package page

import (
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"

	"newswired/feed"
)

// laws are what holds of every Page, whatever the bytes were.
func laws(t *testing.T, p *feed.Page, err error) {
	t.Helper()
	var r *RefusedError
	if err != nil && (!errors.As(err, &r) || r.Reason == "" || r.Text == "") {
		t.Fatalf("error %v has no reason", err)
	}
	if r != nil && r.Reason == Panicked {
		t.Fatal(err)
	}
	if r != nil && r.Reason != Paywall && (p.Text != "" || p.Title != "") {
		t.Fatalf("refused with %v, and yet %+v", err, p)
	}
	lines := []string{p.Title, p.Outlet, p.Credit.Agency, p.Credit.Text, p.Picture.Caption, p.Picture.Credit, p.Section, p.Language}
	lines = append(lines, p.Keywords...)
	for _, a := range p.Authors {
		lines = append(lines, a.Name)
	}
	for paragraph := range strings.SplitSeq(p.Text, "\n\n") {
		lines = append(lines, strings.Split(paragraph, "\n")...)
	}
	for _, line := range lines {
		if !utf8.ValidString(line) || strings.ContainsFunc(line, unicode.IsControl) || strings.TrimSpace(line) != line {
			t.Fatalf("line %q is not clean", line)
		}
	}
	if strings.Contains(p.Text, "\n\n\n") || strings.TrimSpace(p.Text) != p.Text {
		t.Fatalf("text %q has more than empty lines between paragraphs", p.Text)
	}
	for _, link := range []string{p.Link, p.Picture.URL} {
		if u, err := url.Parse(link); link != "" && (err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https") {
			t.Fatalf("link %q", link)
		}
	}
	if !utf8.ValidString(p.Content) {
		t.Fatalf("content %q", p.Content)
	}
	lawsOfContent(t, p.Content)
}

// lawsOfContent checks that the HTML has only what markup says that it has.
func lawsOfContent(t *testing.T, content string) {
	t.Helper()
	z := html.NewTokenizer(strings.NewReader(content))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			return
		}
		if kind != html.StartTagToken && kind != html.SelfClosingTagToken {
			continue
		}
		token := z.Token()
		if !contentElements[token.Data] {
			t.Fatalf("element %s in %q", token.Data, content)
		}
		for _, a := range token.Attr {
			if a.Key == "alt" {
				continue
			}
			if a.Key != "href" && a.Key != "src" || feed.Absolute("", a.Val) != a.Val {
				t.Fatalf("attribute %s=%q in %q", a.Key, a.Val, content)
			}
		}
	}
}

var contentElements = map[string]bool{}

func init() {
	for _, name := range strings.Fields("p h2 h3 h4 h5 h6 pre ul ol li blockquote table tr td figure img figcaption br a") {
		contentElements[name] = true
	}
	for _, name := range kept {
		contentElements[name] = true
	}
}

func FuzzRead(f *testing.F) {
	form, err := os.ReadFile(filepath.Join("testdata", "herald.html"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(form, "text/html", "")
	for _, part := range hostile {
		f.Add([]byte("<html><body><h1>x</h1><p>"+strings.Repeat(part, 20)), "", "")
	}
	f.Add([]byte(`<script type="application/ld+json">{"@type":"NewsArticle","headline":["x"],"author":[{"name":["a"]}],"datePublished":2024,"image":{"url":"a"},"articleBody":"a\nb"}</script>`), "text/html", "euc-kr")
	f.Add([]byte("<p><a href='javascript:x'>a</a><a href=//b>b</a><b>c<br><br>d</b><table><tr><td>1<td>2<tr><td>3<td>4</table><pre> x\ty</pre>"), "text/html", "")
	src := feed.Source{Zone: time.FixedZone("KST", 9*60*60), Outlet: "The Harbor Herald", Language: "ko"}
	f.Fuzz(func(t *testing.T, body []byte, contentType, label string) {
		src.Charset = label
		p, err := Read(body, contentType, "https://herald.example/2024/02/24/x", src)
		laws(t, &p, err)
	})
}

// The laws hold of real pages.
func TestLaws(t *testing.T) {
	for _, s := range samples(t) {
		p, err := Read(s.body, "text/html", s.url, s.src)
		laws(t, &p, err)
		again, _ := Read(s.body, "text/html", s.url, s.src)
		if again.Text != p.Text || again.Content != p.Content {
			t.Errorf("%s reads otherwise the second time", s.name)
		}
	}
}
