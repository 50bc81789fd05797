package render

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"newswired/feed"
)

var update = flag.Bool("update", false, "write the golden files anew")

// edition renders a Channel whose address ends as the Format's does.
func edition(t testing.TB, f Format, c Channel, entries []feed.Entry) []byte {
	t.Helper()
	c.Self = strings.TrimSuffix(c.Self, "atom") + f.Extension()
	got, err := Edition(f, c, entries)
	if err != nil {
		t.Fatalf("render %s: %v", f, err)
	}
	return got
}

// TestGolden shows the whole of each Edition. Review changes as a diff.
func TestGolden(t *testing.T) {
	short := channel
	short.Summary = true
	for _, test := range []struct {
		name    string
		channel Channel
		entries []feed.Entry
	}{
		{"rich", channel, rich()},
		{"summary", short, rich()},
		{"poor", channel, poor()},
		{"empty", channel, nil},
		{"first", first(), rich()},
		{"archive", archive(), rich()[1:]},
	} {
		for _, f := range Formats {
			file := filepath.Join("testdata", test.name+"."+f.Extension())
			got := edition(t, f, test.channel, test.entries)
			if *update {
				if err := os.WriteFile(file, got, 0o644); err != nil {
					t.Fatal(err)
				}
				continue
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			// A checkout on Windows may have changed the ends of the lines.
			want = bytes.ReplaceAll(want, []byte("\r\n"), []byte("\n"))
			if !bytes.Equal(got, want) {
				t.Errorf("%s differs; run with -update and look at the difference\n%s", file, got)
			}
		}
	}
}

// TestSameBytes holds the promise that an Edition changes with its arguments
// alone: neither with the clock nor with the zone that dates happen to be in.
func TestSameBytes(t *testing.T) {
	moved := rich()
	for i := range moved {
		moved[i].Updated = moved[i].Updated.In(time.FixedZone("", -5*60*60))
		moved[i].Published = moved[i].Published.Local()
	}
	for _, f := range Formats {
		if a, b := edition(t, f, channel, rich()), edition(t, f, channel, moved); !bytes.Equal(a, b) {
			t.Errorf("%s depends on more than its arguments", f)
		}
	}
}

func TestEditionRefusesCopyThatIsNotThere(t *testing.T) {
	for _, shown := range []int{-1, 1} {
		e := poor()[:1]
		e[0].Shown = shown
		if _, err := Edition(Atom, channel, e); err == nil {
			t.Errorf("shown %d of 1 copy: no error", shown)
		}
	}
}

// TestBudget holds that an Edition stays small whatever its entries are, that
// the first of them are whole, and that where it is cut does not move.
func TestBudget(t *testing.T) {
	big := func(title string) feed.Entry {
		c := feed.Copy{Outlet: "Wire", Article: feed.Article{Title: title, Summary: "In short.", Categories: []string{"Topic"},
			Content: "<p>" + strings.Repeat("word ", 50_000) + "</p>"}}
		return feed.Entry{ID: "tag:a.example,2026:" + title, Updated: noon, Story: feed.Story{Copies: []feed.Copy{c}}}
	}
	var entries []feed.Entry
	for i := range 200 {
		entries = append(entries, big(strconv.Itoa(i)))
	}
	for _, f := range Formats {
		b := edition(t, f, channel, entries)
		if len(b) > maxBodies+200*2000 || len(b) < maxBodies/2 {
			t.Errorf("%s has %d bytes", f, len(b))
		}
		if !bytes.Equal(b, edition(t, f, channel, entries)) {
			t.Errorf("%s is cut elsewhere the second time", f)
		}
		wellFormed(t, f, b)
	}
	sheets := newSheets(entries, channel)
	if s := sheets[0]; len(s.body) < 200_000 || len(s.categories) != 1 {
		t.Errorf("the first entry is cut: %d bytes", len(s.body))
	}
	if s := sheets[199]; s.body != "<p>In short.</p>" || len(s.categories) != 0 || s.Title != "199" {
		t.Errorf("the last entry: %.80q, %v", s.body, s.categories)
	}
	if entries[199].Copies[0].Content == "" {
		t.Error("the entries given were changed")
	}
}

// TestNoKeys holds that nothing by which a Source lets its subscriber in comes
// out, nor a name and password in any link.
func TestNoKeys(t *testing.T) {
	const link = "https://me:secret@wire.example/1"
	e := rich()[:1]
	c := &e[0].Copies[1]
	c.SourceURL = "https://me:secret@wire.example/rss?key=secret#secret"
	c.Link, c.Image, c.Content = link, link+".jpg", `<a href="`+link+`">x</a>`
	c.Enclosures = []feed.Enclosure{{URL: link + ".mp3"}}
	c.Authors = []feed.Person{{Name: "A", URL: link}}
	e[0].Copies[2].Link = link
	for _, f := range Formats {
		b := edition(t, f, channel, e)
		if bytes.Contains(b, []byte("secret")) || !bytes.Contains(b, []byte("https://wire.example/rss\"")) && f != Atom {
			t.Errorf("%s\n%s", f, b)
		}
	}
}

// wellFormed fails the test unless b is one document in the Format's language.
func wellFormed(t *testing.T, f Format, b []byte) {
	t.Helper()
	if f == JSON {
		if !json.Valid(b) {
			t.Fatalf("not JSON:\n%s", b)
		}
		return
	}
	dec := xml.NewDecoder(bytes.NewReader(b))
	for {
		_, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("%s: %v\n%s", f, err, b)
		}
	}
}

// FuzzEdition holds, for any article, that a document comes out that is well
// formed, valid UTF-8, and free of control characters and active content.
func FuzzEdition(f *testing.F) {
	for _, e := range append(rich(), poor()...) {
		c := e.Copies[e.Shown]
		f.Add(c.Title, c.Link, c.Summary, c.Content, c.Language, e.Updated.Unix())
	}
	f.Add("x", "//h/%zz", "]]>", `<svg><a xlink:href="javascript:x">`+strings.Repeat("<b>", 600), "a-", int64(1)<<60)
	f.Add("x", "//h/p", "", strings.Repeat("<b>", 511)+"x", "en", int64(0))
	f.Fuzz(func(t *testing.T, title, link, summary, content, lang string, updated int64) {
		c := feed.Copy{Outlet: title, Source: lang, SourceURL: link}
		c.Article = feed.Article{
			Title: title, Link: link, Summary: summary, Content: content, Language: lang, Image: link,
			Authors:    []feed.Person{{Name: title, Email: lang, URL: link}},
			Categories: []string{title, lang},
			Enclosures: []feed.Enclosure{{URL: link, Type: lang, Length: updated}, {URL: link + "2"}},
		}
		other := c
		other.Outlet += "2"
		e := feed.Entry{ID: "tag:a.example,2026:1", Updated: time.Unix(updated, 0), Story: feed.Story{Copies: []feed.Copy{c, other}}}
		for _, format := range Formats {
			b := edition(t, format, channel, []feed.Entry{e})
			wellFormed(t, format, b)
			checkClean(t, b)
		}
		checkTame(t, sanitise(content, link))
	})
}

// checkClean fails if there is a control character, raw or as a reference.
func checkClean(t *testing.T, b []byte) {
	t.Helper()
	if !utf8.Valid(b) {
		t.Fatalf("not UTF-8: %q", b)
	}
	// encoding/xml writes tabs and line ends as references; both are allowed.
	for _, r := range string(b) {
		if unprintable(r) {
			t.Fatalf("control character %U in %q", r, b)
		}
	}
}
