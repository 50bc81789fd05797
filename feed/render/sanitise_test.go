package render

import (
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func TestSanitise(t *testing.T) {
	const base = "https://a.example/news/1"
	for _, test := range []struct{ name, in, want string }{
		{"words", "a & b", "a &amp; b"},
		{"relative link", `<a href="../2">x</a>`, `<a href="https://a.example/2">x</a>`},
		{"link without scheme", `<a href="//b.example/2">x</a>`, `<a href="https://b.example/2">x</a>`},
		{"script link", `<a href=" java&#10;script:alert(1)">x</a>`, "x"},
		{"mail", `<a href="mailto:a@b.example">x</a>`, "x"},
		{"script", `a<script>alert("<b>")</script>b`, "ab"},
		{"script in svg", `a<svg><script>alert(1)</script></svg>b`, "ab"},
		{"style", `<style>p{}</style><p style="color:red" class="x" id="y">a</p>`, "<p>a</p>"},
		{"handler", `<img src="/a.jpg" onerror="x()" alt="A">`, `<img src="https://a.example/a.jpg" alt="A"/>`},
		{"form", `<form action="/x">a<input name="q"><button>b</button></form>c`, "c"},
		{"frame", `a<iframe src="https://v.example/">b</iframe>`, "a"},
		{"noscript", `a<noscript><img src="https://v.example/p.png"></noscript>`, "a"},
		{"pixel", `a<img src="/p" width="1" height="1">`, "a"},
		{"pixel of style", `a<img src="/p" style="border:0; height: 1px;">`, "a"},
		{"hidden image", `a<img src="/p" style="display:none">`, "a"},
		{"thin line is kept", `a<img src="/p" style="line-height:1" width="10">`, `a<img src="https://a.example/p" width="10"/>`},
		{"data image", `a<img src="data:image/gif;base64,R0lGOD">`, "a"},
		{"image set", `<img src="/a.jpg" srcset="/b.jpg 2x">`, `<img src="https://a.example/a.jpg"/>`},
		{"never closed", "<div><p>a <b>b", "<div><p>a <b>b</b></p></div>"},
		{"closed too often", "a</div></div>b", "ab"},
		{"control characters", "a\x00\x1b&#8;&#x80;b", "a€b"},
		{"directions", "<b>a\u202eb&#x202e;c\u2066d&#8297;</b>\u200e\u200fe\u200cf", "<b>abcd</b>\u200e\u200fe\u200cf"},
		{"name and password", `<a href="https://u:p@b.example/2">x</a>`, `<a href="https://b.example/2">x</a>`},
		{"nothing to read", "<p>&nbsp;</p><br>", ""},
		{"comment", "a<!-- b -->c", "ac"},
		{"table", "<table><tr><td>1</table>", "<table><tbody><tr><td>1</td></tr></tbody></table>"},
		{"ruby", "<ruby>漢<rt>한</rt></ruby>", "<ruby>漢<rt>한</rt></ruby>"},
		{"too deep", strings.Repeat("<div>", 2000) + "a", "<p>a</p>"},
	} {
		got := sanitise(test.in, base)
		if got != test.want {
			t.Errorf("%s: sanitise(%q)\n got %q\nwant %q", test.name, short(test.in), got, test.want)
		}
		if again := sanitise(got, base); again != got {
			t.Errorf("%s: twice gives %q, once %q", test.name, again, got)
		}
		checkTame(t, got)
	}
}

// TestSanitiseDoesNotAmplify lets formatting elements be opened that are never
// closed, in the ways that hide it best, with much text after them.
func TestSanitiseDoesNotAmplify(t *testing.T) {
	opened := func(before, after string) string {
		var b strings.Builder
		for i := range 150 {
			b.WriteString(before + "<b title=" + strconv.Itoa(i) + ">" + after)
		}
		return "<p>" + b.String()
	}
	closed := strings.Repeat("</b>", 150)
	for name, start := range map[string]string{
		"never closed":       opened("", ""),
		"one long":           "<p><b title=" + strings.Repeat("x", 20_000) + ">",
		"beyond an object":   opened("", "") + "<object>" + closed,
		"object in a table":  opened("", "") + "<object><table></object>" + closed,
		"beyond a picture":   opened("", "") + "<svg><foreignObject>" + closed + "</foreignObject></svg>",
		"beyond a cell":      opened("", "") + "<table><tr><td>" + closed + "</table>",
		"over many elements": "<p>" + strings.Repeat("<b title="+strings.Repeat("y", 2000)+">"+strings.Repeat("<div>", 12)+"</b>"+strings.Repeat("</div>", 12), 30),
	} {
		in := start + strings.Repeat("<p>x", 2000)
		if got := sanitise(in, "https://a.example/"); len(got) > 10*len(in) {
			t.Errorf("%s: %d bytes became %d", name, len(in), len(got))
		}
	}
	honest := strings.Repeat(`<table><tr><td><b>a</b> <a href="https://a.example/1">b</a></table><p><i>c</i></p>`, 2000) + "<b>d"
	if amplifies(honest) {
		t.Error("an honest fragment is taken for a hostile one")
	}
}

func short(s string) string { return s[:min(len(s), 80)] }

// checkTame reads the fragment as a browser does and fails on anything that
// acts, and on any address that is not absolute.
func checkTame(t *testing.T, fragment string) {
	t.Helper()
	nodes, err := html.ParseFragment(strings.NewReader(fragment), nil)
	if err != nil {
		t.Fatalf("parse %q: %v", short(fragment), err)
	}
	for _, root := range nodes {
		for n := range root.Descendants() {
			if n.Type == html.ElementNode {
				checkElement(t, n)
			}
		}
	}
}

// checkElement holds that an element does nothing, and leads to http and https
// alone.
func checkElement(t *testing.T, n *html.Node) {
	t.Helper()
	if hidden[n.DataAtom] || n.Namespace != "" {
		t.Fatalf("element %s came through", n.Data)
	}
	for _, a := range n.Attr {
		switch key := a.Key; {
		case key == "href", key == "src", key == "cite":
			if !strings.HasPrefix(a.Val, "http://") && !strings.HasPrefix(a.Val, "https://") {
				t.Fatalf("%s of %s is %q", key, n.Data, a.Val)
			}
		case strings.HasPrefix(key, "on"), key == "style", key == "srcset", key == "class", key == "id", key == "action":
			t.Fatalf("attribute %s=%q came through", key, a.Val)
		}
	}
}

func BenchmarkSanitise(b *testing.B) {
	article := strings.Repeat(`<p>Ferries run <a href="/map">again</a>, said the <b>harbour</b> office on Wednesday.</p>`, 50)
	b.ReportAllocs()
	b.SetBytes(int64(len(article)))
	for b.Loop() {
		sanitise(article, "https://a.example/1")
	}
}
