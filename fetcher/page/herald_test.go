package page

import (
	"errors"
	"fmt"
	"html/template"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"newswired/feed"
)

// A heraldPage is what stands in a page of the form of testdata/herald.html,
// that of a Korean newspaper in English. It says nothing in its head.
type heraldPage struct {
	Outlet, Reporter, Headline, Byline, Published string
	Caption                                       string // as the page has it, twice
	Paragraphs                                    []string
}

// html returns the page as its server would.
func (h *heraldPage) html(t *testing.T) []byte {
	t.Helper()
	form, err := template.ParseFiles(filepath.Join("testdata", "herald.html"))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := form.Execute(&b, h); err != nil {
		t.Fatal(err)
	}
	return []byte(b.String())
}

// copied reads a page as a person copies it from the browser: its parts in
// their order, an empty line between them, the caption twice on one line. Plain
// text is no page, so Read refuses it; this gives it the form of one.
func copied(text string) *heraldPage {
	var parts []string
	for part := range strings.SplitSeq(strings.ReplaceAll(text, "\r", ""), "\n\n") {
		if part = strings.TrimSpace(part); part != "" {
			parts = append(parts, part)
		}
	}
	caption := parts[6]
	return &heraldPage{Outlet: parts[0], Reporter: parts[1], Headline: parts[2], Byline: parts[3], Published: parts[4],
		Caption: strings.TrimSpace(caption[:len(caption)/2]), Paragraphs: parts[7:]}
}

var herald = feed.Source{Name: "herald", Zone: time.FixedZone("KST", 9*60*60)}

// check reads the page in both forms.
func (h *heraldPage) check(t *testing.T, published time.Time) {
	t.Helper()
	h.compare(t, h.html(t), published, "https://herald.example/article/3330000", "https://herald.example/img/2024/02/24/photo_0001.jpg")
	h.compare(t, h.bare(), published, "", "")
}

// bare is a page that has nothing but the parts, in their order, as a person
// copies them: the caption twice on a line, its picture lost.
func (h *heraldPage) bare() []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "<html><head><title>%s - %s</title></head><body>", template.HTMLEscapeString(h.Headline), h.Outlet)
	for _, part := range slices.Concat([]string{h.Outlet, h.Reporter, h.Headline, h.Byline, h.Published, "Link copied", h.Caption + " " + h.Caption}, h.Paragraphs) {
		fmt.Fprintf(&b, "<p>%s</p>\n", template.HTMLEscapeString(part))
	}
	return []byte(b.String())
}

// compare reads a page and compares all that it says.
func (h *heraldPage) compare(t *testing.T, body []byte, published time.Time, link, picture string) {
	t.Helper()
	p, err := Read(body, "text/html; charset=utf-8", "https://herald.example/view.php?ud=3330000&kr=1", herald)
	if err != nil {
		t.Fatal(err)
	}
	caption, credit := h.Caption, ""
	if i := strings.LastIndex(caption, " ("); i > 0 {
		caption, credit = caption[:i], strings.Trim(caption[i:], " ()")
	}
	want := slices.Clone(h.Paragraphs)
	last := &want[len(want)-1]
	*last = strings.TrimSuffix(*last, " (Yonhap)")
	for what, pair := range map[string][2]string{
		"headline": {p.Title, h.Headline},
		"outlet":   {p.Outlet, h.Outlet},
		"agency":   {p.Credit.Agency, "Yonhap"},
		"credit":   {p.Credit.Text, "(Yonhap)"},
		"time":     {p.Published.Format(time.RFC3339), published.UTC().Format(time.RFC3339)},
		"link":     {p.Link, link},
		"language": {p.Language, "en"},
		"caption":  {p.Picture.Caption, caption},
		"photo by": {p.Picture.Credit, credit},
		"picture":  {p.Picture.URL, picture},
		"text":     {p.Text, strings.Join(want, "\n\n")},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s:\ngot  %q\nwant %q", what, pair[0], pair[1])
		}
	}
	if len(p.Authors) > 0 {
		t.Errorf("authors %v: an agency is none, nor is who put it into the page", p.Authors)
	}
	if n := strings.Count(p.Content, "<p>"); n != len(want) {
		t.Errorf("%d paragraphs in the content, want %d: %s", n, len(want), p.Content)
	}
}

func TestHerald(t *testing.T) {
	h := &heraldPage{
		Outlet: "The Harbor Herald", Reporter: "홍길동", Byline: "By Yonhap",
		Headline:  "Three ports sign pact on night ferries to Mokpo",
		Published: "Published : Mar. 2, 2024 - 07:05",
		Caption:   "The mayors of three ports shake hands on a pier in Mokpo, South Jeolla Province, on Friday. (Reuters-Yonhap)",
		Paragraphs: []string{
			"Three ports on the southern coast agreed on Friday to run ferries through the night, after two years of talks that broke down five times.",
			"\"We wanted this before the summer,\" the mayor of Mokpo told reporters on the pier. \"Now we have until June to find the crews.\"",
			"The ferries are to leave at 10 p.m. and 2 a.m. Tickets cost 12,000 won, a third less than by day.",
			"Fishermen had opposed the plan, saying that the wakes would tear their nets. They were promised a lane of their own. (Yonhap)",
		},
	}
	h.check(t, time.Date(2024, 3, 2, 7, 5, 0, 0, herald.Zone))
}

// The page that started it, of which a person's copy is at hand.
func TestSeed(t *testing.T) {
	text := string(readFile(t, filepath.Join(sharedPages(t), "seed", "korea-herald-20240224-page-text.txt")))
	copied(text).check(t, time.Date(2024, 2, 24, 10, 34, 0, 0, herald.Zone))

	_, err := Read([]byte(text), "text/plain", "https://herald.example/", herald)
	if r := (*RefusedError)(nil); !errors.As(err, &r) || r.Reason != NotHTML {
		t.Errorf("as plain text: %v", err)
	}
}
