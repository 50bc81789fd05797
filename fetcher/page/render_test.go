package page

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// What carries meaning is kept, and nothing else.
func TestMarkup(t *testing.T) {
	for _, test := range []struct{ body, content, text string }{
		{"<p>one <b>two</b> <i class=x onclick=y()>three</i></p>", "<p>one <b>two</b> <i>three</i></p>", "one two three"},
		{"<p>a &amp; b &lt;c&gt;</p>", "<p>a &amp; b &lt;c&gt;</p>", "a & b <c>"},
		{"<p><a href='../x?a=1&b=2' target=_blank>there</a></p>", `<p><a href="https://herald.example/x?a=1&amp;b=2">there</a></p>`, "there"},
		{"<p><a href='javascript:alert(1)'>here</a> <a name=x>mark</a></p>", "<p>here mark</p>", "here mark"},
		{"<h1>One</h1><h3>Two <em>x</em></h3>", "<h2>One</h2>\n<h3>Two <em>x</em></h3>", "One\n\nTwo x"},
		{"<ul><li>a<li>b <b>c</b></ul>", "<ul>\n<li>a</li>\n<li>b <b>c</b></li>\n</ul>", "a\nb c"},
		{"<ol><li>a<ul><li>b</ul></ol>", "<ol>\n<li>\n<p>a</p>\n<ul>\n<li>b</li>\n</ul>\n</li>\n</ol>", "a\nb"},
		{"<blockquote><p>a</p><p>b</p></blockquote>", "<blockquote>\n<p>a</p>\n<p>b</p>\n</blockquote>", "a\nb"},
		{"<table><tr><th>a<th>b<tr><td>1<td>2</table>", "<table>\n<tr>\n<td>a</td>\n<td>b</td>\n</tr>\n<tr>\n<td>1</td>\n<td>2</td>\n</tr>\n</table>", "a\nb\n1\n2"},
		{"<table><tr><td><p>a</p><p>b</p></table>", "<p>a</p>\n<p>b</p>", "a\n\nb"},
		{"<div>a<br>b<br><br>c</div>", "<p>a<br>b</p>\n<p>c</p>", "a\nb\n\nc"},
		{"<b>a<br><br>b</b>", "<p><b>a</b></p>\n<p>b</p>", "a\n\nb"},
		{"<span><p>a</p>b</span>", "<p>a</p>\n<p>b</p>", "a\n\nb"},
		{"<pre>x  = 1\n\ty</pre>", "<pre>x = 1\ny</pre>", "x = 1\ny"},
		{"<img src=//img.example/a.jpg alt='a \"b\"'>", `<figure><img src="https://img.example/a.jpg" alt="a &#34;b&#34;"></figure>`, ""},
		{"<figure><img src=a.jpg><figcaption>Port. Photo: Jane</figcaption></figure>", `<figure><img src="https://herald.example/n/a.jpg" alt=""><figcaption>Port. (Jane)</figcaption></figure>`, ""},
		{"<img src=data:x width=1><img src=a.gif width=1 height=1>", "", ""},
		{"<script>x</script><style>y</style><iframe src=z></iframe><button>b</button>", "", ""},
	} {
		doc, err := html.Parse(strings.NewReader("<body>" + test.body))
		if err != nil {
			t.Fatal(err)
		}
		blocks := blocksOf(doc, "https://herald.example/n/")
		if got := strings.TrimSpace(markup(blocks)); got != test.content {
			t.Errorf("%s:\ngot  %s\nwant %s", test.body, got, test.content)
		}
		if got := plainText(blocks); got != test.text {
			t.Errorf("%s: text %q, want %q", test.body, got, test.text)
		}
	}
}
