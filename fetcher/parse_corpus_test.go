package fetcher

import (
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"newswired/feed"
)

// shared returns the files of a folder of real input, which lies beside the
// repository and not in it.
func shared(t testing.TB, folder string) []string {
	t.Helper()
	files := sharedFiles(folder)
	if len(files) == 0 {
		t.Skip("shared data not there")
	}
	return files
}

// sharedFiles is shared for who can do without; nil if there are none.
func sharedFiles(folder string) (files []string) {
	_ = filepath.WalkDir(filepath.Join("..", "..", "shared", "data", filepath.FromSlash(folder)), func(path string, d os.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			files = append(files, path)
		}
		return nil
	})
	return files
}

func read(t testing.TB, path string) []byte {
	t.Helper()
	body, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// laws are what holds for every Document, whatever the body was.
func laws(t testing.TB, d *feed.Document) {
	t.Helper()
	lines := []string{d.Title}
	links := []string{d.Link}
	for _, a := range d.Articles {
		lines = append(lines, a.Title, a.Summary, a.GUID, a.Origin.Title, a.Language)
		lines = append(lines, a.Categories...)
		links = append(links, a.Link, a.Image, a.Origin.URL)
		for _, p := range a.Authors {
			lines = append(lines, p.Name, p.Email)
			links = append(links, p.URL)
		}
		for _, e := range a.Enclosures {
			lines = append(lines, e.Type)
			links = append(links, e.URL)
		}
		if !utf8.ValidString(a.Content) || clean(a.Content) != a.Content {
			t.Errorf("content %.80q has what XML has not", a.Content)
		}
		if a.Title == "" && a.Link == "" && a.Content == "" {
			t.Errorf("an article of nothing: %+v", a)
		}
	}
	for _, line := range lines {
		if feed.OneLine(line) != line {
			t.Errorf("%.80q is not clean", line)
		}
	}
	for _, link := range links {
		if u, err := url.Parse(link); link != "" && (err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https") {
			t.Errorf("link %.80q", link)
		}
	}
}

// words returns headlines and summaries.
func words(d *feed.Document) string {
	var b strings.Builder
	for _, a := range d.Articles {
		b.WriteString(a.Title + "\n" + a.Summary + "\n")
	}
	return b.String()
}

// Every Document of charset must have the very words of one that was UTF-8
// from the start. Of Hankyoreh there is only the day before: nine in ten of the
// characters must be met in the papers of that day.
func TestCharsetCorpus(t *testing.T) {
	originals := map[string]*feed.Document{}
	for _, file := range []string{
		"feeds/real/googlenews-jp-top-20240206.xml", "feeds/real/yonhap-cn-news-20241204.xml",
		"feeds/charset/newsis-utf8-lying-euc-kr.xml",
	} {
		path := shared(t, file)[0]
		name, _, _ := strings.Cut(filepath.Base(path), "-")
		var err error
		if originals[name], err = Parse(read(t, path), "", wireURL, feed.Source{}, fetched); err != nil {
			t.Fatal(err)
		}
	}
	met := ""
	for _, path := range shared(t, "feeds/republished/knews-20220729") {
		met += string(read(t, path))
	}
	for _, path := range shared(t, "feeds/charset") {
		base := filepath.Base(path)
		got, err := Parse(read(t, path), "", wireURL, feed.Source{}, fetched)
		if err != nil {
			t.Errorf("%s: %v", base, err)
			continue
		}
		name, _, _ := strings.Cut(base, "-")
		want := originals[name]
		if name != "hani" && words(got) != words(want) {
			t.Errorf("%s: words differ\n%.300s\n%.300s", base, words(got), words(want))
		}
		strange, all := 0, 0
		for _, r := range words(got) {
			if r >= utf8.RuneSelf && name == "hani" {
				all++
				if !strings.ContainsRune(met, r) {
					strange++
				}
			}
		}
		if len(got.Articles) == 0 || strange*10 > all || strings.Contains(words(got), "\uFFFD") {
			t.Errorf("%s: %d of %d characters are met nowhere else", base, strange, all)
		}
		t.Logf("%-36s %d %s", base, len(got.Articles), got.Warning)
		laws(t, got)
	}
}

// What the broken Documents must bring: the one they were made of has 62
// Articles, and some are no feeds at all.
func TestBrokenCorpus(t *testing.T) {
	others := map[string]int{
		"deep-nesting.xml": 1, "truncated-80pct.xml": 48, "truncated-mid-cdata.xml": 30,
		"cloudflare-challenge.xml": 0, "empty.xml": 0, "html-error-page.xml": 0,
		"html-with-feed-link.xml": 0, "json-error.xml": 0, "whitespace-only.xml": 0,
	}
	for _, path := range shared(t, "feeds/broken") {
		base := filepath.Base(path)
		want, special := others[base]
		if !special {
			want = 62
		}
		d, err := Parse(read(t, path), "", wireURL, feed.Source{}, fetched)
		if want == 0 {
			var refusal *ParseError
			if !errors.As(err, &refusal) {
				t.Errorf("%s: %v, %v; want an error", base, d, err)
			}
			t.Logf("%-36s %v", base, err)
			continue
		}
		if err != nil || len(d.Articles) != want || d.Partial != strings.HasPrefix(base, "truncated") {
			t.Errorf("%s: %v, %v; want %d articles", base, d, err, want)
			continue
		}
		t.Logf("%-36s %d %s", base, want, d.Warning)
		laws(t, d)
	}
}

func TestRealCorpus(t *testing.T) {
	articles := 0
	for _, folder := range []string{"feeds/real", "feeds/yonhap-cn-original-form"} {
		for _, path := range shared(t, folder) {
			base := filepath.Base(path)
			d, err := Parse(read(t, path), "", wireURL, wire, time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC))
			if err != nil {
				t.Errorf("%s: %v", base, err)
				continue
			}
			if d.Partial || strings.Contains(d.Warning, "repaired") {
				t.Errorf("%s: %s", base, d.Warning)
			}
			laws(t, d)
			articles += len(d.Articles)
			for _, a := range d.Articles {
				if strings.HasPrefix(base, "yonhap-cn") && (a.GUID == "" || a.Published.IsZero()) {
					t.Errorf("%s: no GUID or date: %+v", base, a)
				}
			}
		}
	}
	t.Logf("%d articles", articles)
}

// The 41 forms of a date; the title names the form.
func TestDateCorpus(t *testing.T) {
	const sameMinute = "2021-02-09T06:22:00Z"
	others := map[string]string{
		"no seconds": sameMinute, "W3CDTF no seconds": sameMinute, "slashed": sameMinute, "Korean text": sameMinute,
		"US text KST": sameMinute, "date only": "2021-02-08T15:00:00Z", "hour 24": "2021-02-08T15:00:00Z",
		"leap second": "2021-02-09T06:23:00Z", "before epoch": "1969-12-31T23:59:59Z", "far future": "2038-01-01T00:00:00Z",
		"empty": "0001-01-01T00:00:00Z", "absent": "0001-01-01T00:00:00Z", "ns": "2021-02-09T06:22:43.123456789Z",
		"Sept.": "2021-09-09T06:22:00Z",
	}
	for _, path := range shared(t, "feeds/dates") {
		d, err := Parse(read(t, path), "", wireURL, wire, fetched)
		if err != nil || len(d.Articles) != 41 {
			t.Fatalf("%v, %v", d, err)
		}
		for _, a := range d.Articles {
			want, ok := others[a.Title]
			if !ok {
				want = "2021-02-09T06:22:43Z"
			}
			if got := a.Published.Format(time.RFC3339Nano); got != want {
				t.Errorf("%s: %s, want %s", a.Title, got, want)
			}
		}
	}
}

// The parsers' own suites have the worst that anybody thought of.
func TestSuites(t *testing.T) {
	good, refused := 0, 0
	for _, path := range shared(t, "suites") {
		d, err := Parse(read(t, path), "", wireURL, wire, fetched)
		if err != nil {
			refused++
			var refusal *ParseError
			if !errors.As(err, &refusal) {
				t.Errorf("%s: %v", path, err)
			}
			continue
		}
		good++
		laws(t, d)
	}
	t.Logf("%d read, %d refused", good, refused)
}
