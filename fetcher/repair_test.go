package fetcher

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"strings"
	"testing"

	"newswired/feed"
)

// compressed returns what is read, as gzip.
func compressed(t *testing.T, r io.Reader) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := io.Copy(w, r); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Each broken Document has the Articles A and B, or A alone if its end is lost.
func TestRepair(t *testing.T) {
	const a, b = "<item><title>A</title><link>http://x.example/a</link></item>", "<item><title>B</title></item>"
	in := func(s string) string { return "<rss><channel>" + s + "</channel></rss>" }
	for _, test := range []struct {
		name, body, want string
		warns, partial   bool
	}{
		{"whole", in(a + b), "A B", false, false},
		{"XML 1.1", `<?xml version="1.1"?>` + in(a+b), "A B", false, false},
		{"unknown encoding", `<?xml version="1.0" encoding="klingon"?>` + in(a+b), "A B", false, false},
		{"long prologue", "<!--" + strings.Repeat("x", 5000) + "-->" + in(a+b), "A B", false, false},
		{"DOCTYPE", `<!DOCTYPE rss [<!ENTITY e "x>y">]>` + in(a+b), "A B", false, false},
		{"junk before", "<br />\n<b>Warning</b>: no database<br />" + in(a+b), "A B", true, false},
		{"junk after", in(a+b) + "<script>x</script> &", "A B", false, false},
		{"twice", in(a+b) + in(a+b), "A B", false, false},
		{"control character", in("<item><title>\x01A\x0b</title></item>" + b), "A B", false, false},
		{"reference to one", in("<item><title>&#x1b;A&#0;</title></item>" + b), "A B", true, false},
		{"noncharacter", in("<item><title>A\uFFFF</title></item>" + b), "A B", true, false},
		{"stray ]]>", in("<item><title>A</title><description>a ]]> b</description></item>" + b), "A B", true, false},
		{"stray <", in("<item><title>A</title><description>x<y and 5 < 6</description></item>" + b), "A B", true, false},
		{"stray quote", in(`<item><title>A</title><guid isPermaLink=false">g</guid></item>` + b), "A B", true, false},
		{"open quote", in(`<item><title>A</title><guid isPermaLink="false>g</guid></item>` + b), "A B", true, false},
		{"case of an end tag", in("<item><title>A</Title></item>" + b), "A B", true, false},
		{"no </title>", in("<item><title>A<link>http://x.example/a</link></item>" + b), "A B", true, false},
		{"no </item>", in("<item><title>A</title>" + b), "A B", true, false},
		{"one </item> too many", in(a + "</item>" + b), "A B", true, false},
		{"HTML within", in("<item><title>A</title><description><p>a<br>b<p>c</description></item>" + b), "A B", true, false},
		{"too deep", in("<item><title>A</title>" + strings.Repeat("<x:x>", 2*maxDepth) + "</item>" + b), "A B", true, false},
		{"no </rss>", "<rss><channel>" + a + b, "A B", true, true},
		{"cut in a tag", "<rss><channel>" + a + "<item><title>B</ti", "A", true, true},
		{"cut in text", "<rss><channel>" + a + "<item><title>B is", "A", true, true},
		{"cut in CDATA", "<rss><channel>" + a + "<item><title><![CDATA[B is", "A", true, true},
		{"prefix", `<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:title>A</a:title></a:entry><a:entry><a:ti`, "A", true, true},
		{"namespace of Atom", `<feed xmlns="http://www.w3.org/2005/atom"><entry><title>A</title></entry><entry><title>B</title></entry></feed>`, "A B", true, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := parse(t, test.body)
			var titles []string
			for _, a := range d.Articles {
				titles = append(titles, a.Title)
			}
			if got := strings.Join(titles, " "); got != test.want {
				t.Errorf("articles %q, want %q", got, test.want)
			}
			if (d.Warning != "") != test.warns || d.Partial != test.partial {
				t.Errorf("partial %t, warning %q", d.Partial, d.Warning)
			}
		})
	}
}

func TestRepairKeepsWords(t *testing.T) {
	d := parse(t, "<rss><channel><item><title>A</title><description>x<y, 5 < 6 &amp; ]]> &#x1b;&#48;</description></item></channel></rss>")
	if got := d.Articles[0].Summary; got != "x<y, 5 < 6 & ]]> 0" {
		t.Errorf("summary %q", got)
	}
}

func TestGunzip(t *testing.T) {
	whole := compressed(t, bytes.NewReader(manyArticles(40)))
	d, err := Parse(whole, "application/rss+xml", wireURL, wire, fetched)
	if err != nil || len(d.Articles) != 40 {
		t.Errorf("whole: %v, %v", d, err)
	}
	d, err = Parse(whole[:len(whole)*2/3], "", wireURL, wire, fetched)
	if err != nil || !d.Partial || len(d.Articles) == 0 {
		t.Errorf("cut: %v, %v", d, err)
	}
	bomb := compressed(t, io.LimitReader(strings.NewReader(strings.Repeat(" ", maxDecoded+1)), maxDecoded+1))
	_, err = Parse(bomb, "", wireURL, wire, fetched)
	var refusal *ParseError
	if !errors.As(err, &refusal) || refusal.Kind != feed.TooLarge {
		t.Errorf("bomb: %v", err)
	}
}
