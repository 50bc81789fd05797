package fetcher

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestBounds holds that no part of an Article is without a bound, and that the
// Warning says what was left out.
func TestBounds(t *testing.T) {
	long := strings.Repeat("word ", 100_000)
	list := func(format string) string {
		var b strings.Builder
		for i := range 200 {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	const title = "<title>t</title>"
	for _, test := range []struct {
		name, inside, field string
		want                any
		warning             string
	}{
		{"content", title + "<description>s</description><content:encoded>" + long + "</content:encoded>", "Content", "",
			"content of more than 262144 bytes left out (up to 499999): 1 article"},
		{"summary stands for it", title + "<description>s</description><content:encoded>" + long + "</content:encoded>", "Summary", "s", "content of"},
		{"category", title + "<category>" + strings.Repeat("a", 600) + "</category>", "Categories", []string{strings.Repeat("a", 500) + "…"},
			"category of more than 500 characters cut: 1 article"},
		{"guid", title + "<guid>" + strings.Repeat("g", 5000) + "</guid>", "GUID", "", "guid of more than 4096 bytes left out (up to 5000): 1 article"},
		{"link", title + "<link>https://a.example/" + strings.Repeat("g", 5000) + "</link>", "Link", "", "link of more than 4096 bytes left out (up to 5018): 1 article"},
		{"next link", title + "<link>https://a.example/" + strings.Repeat("g", 5000) + "</link><guid>https://a.example/1</guid>", "Link", "https://a.example/1", "link of"},
		{"image", title + `<media:thumbnail url="https://a.example/` + strings.Repeat("g", 5000) + `"/>`, "Image", "", ""},
		{"media type", title + `<enclosure url="https://a.example/1" type="` + long + `"/>`, "Image", "", ""},
		{"authors", title + list("<dc:creator>author %d</dc:creator>"), "", nil, "more than 50 authors cut: 1 article"},
		{"categories", title + list("<category>category %d</category>"), "", nil, "more than 50 categories cut: 1 article"},
		{"enclosures", title + list(`<enclosure url="https://a.example/%d.mp3"/>`), "", nil, "more than 50 enclosures cut: 1 article"},
		{"name", title + "<author>" + long + "</author>", "", nil, "name of an author of more than 500 characters cut: 1 article"},
		{"title", "<title>" + long + "</title>", "Title", strings.TrimSpace(long[:500]) + "…", "title of more than 500 characters cut: 1 article"},
		{"language", title + "<dc:language>en-x" + strings.Repeat("-a", 100) + "</dc:language>", "", nil, ""},
	} {
		d := parse(t, inRSS(test.inside))
		laws(t, d)
		a := d.Articles[0]
		if test.field != "" && fmt.Sprint(show(a, test.field)) != fmt.Sprint(test.want) {
			t.Errorf("%s: %s is %.80q, want %.80q", test.name, test.field, show(a, test.field), test.want)
		}
		if !strings.HasPrefix(d.Warning, test.warning) || test.warning == "" && d.Warning != "" {
			t.Errorf("%s: warning %q, want %q", test.name, d.Warning, test.warning)
		}
		if n := len(fmt.Sprint(a)); n > 100<<10 {
			t.Errorf("%s: an article of %d bytes", test.name, n)
		}
		if len(a.Authors) > maxList || len(a.Categories) > maxList || len(a.Enclosures) > maxList {
			t.Errorf("%s: %d authors, %d categories, %d enclosures", test.name, len(a.Authors), len(a.Categories), len(a.Enclosures))
		}
	}
}

// TestLongSummary holds that a text that comes as a summary alone is kept as
// Content, and that one too long for that leaves its first words.
func TestLongSummary(t *testing.T) {
	for _, size := range []int{4_000, 400_000} {
		korean := strings.Repeat("서울 ", size)
		a := parse(t, inRSS("<title>t</title><description>"+korean+"</description>")).Articles[0]
		if n := len(a.Summary); n > maxSummary+10 || n < maxSummary-100 || !strings.HasSuffix(a.Summary, " 서울…") || !utf8.ValidString(a.Summary) {
			t.Errorf("summary of %d bytes ends with %q", n, a.Summary[n-10:])
		}
		if kept := a.Content == strings.TrimSpace(korean); kept != (len(korean) < maxContent) {
			t.Errorf("%d bytes: content of %d", len(korean), len(a.Content))
		}
		a = parse(t, inRSS("<content:encoded>"+korean+"</content:encoded>")).Articles[0]
		if (a.Content == "") != (a.Summary != "") || a.Title == "" {
			t.Errorf("%d bytes as content: content of %d, summary of %d", len(korean), len(a.Content), len(a.Summary))
		}
	}
}

// TestHostileLists holds that lists of any length are cut, and that a huge base
// makes no huge links. That neither takes time with the square of its length
// is seen in how long this runs: tenths of a second, not minutes.
func TestHostileLists(t *testing.T) {
	var b strings.Builder
	for i := range 20_000 {
		fmt.Fprintf(&b, `<dc:creator>a%d</dc:creator><media:content url="https://a.example/%d"/>`, i, i)
	}
	a := parse(t, inRSS("<title>t</title>"+b.String())).Articles[0]
	if len(a.Authors) != maxList || len(a.Enclosures) != maxList {
		t.Errorf("%d authors, %d enclosures", len(a.Authors), len(a.Enclosures))
	}
	base := "https://a.example/" + strings.Repeat("b", 1<<20) + "/"
	laws(t, parse(t, strings.Replace(string(manyArticles(1000)), "<rss", `<rss xml:base="`+base+`"`, 1)))
}
