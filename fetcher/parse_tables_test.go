package fetcher

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/mmcdole/gofeed"

	"newswired/feed"
	"newswired/fetcher/charset"
)

// A tally is what one parser made of one Document.
type tally struct {
	items, dated, garbled int
	fault                 string // why there are none, or what was repaired
}

// String writes a cell of the table: 20, 3 undated (repaired).
func (t tally) String() string {
	if t.items == 0 && t.fault != "" {
		return t.fault
	}
	s := fmt.Sprint(t.items)
	if n := t.items - t.dated; n > 0 {
		s += fmt.Sprintf(", %d undated", n)
	}
	if t.garbled > 0 {
		s += fmt.Sprintf(", %d garbled", t.garbled)
	}
	if t.fault != "" {
		s += " (" + t.fault + ")"
	}
	return s
}

var (
	hidden  = regexp.MustCompile(`(?s)<!\[CDATA\[.*?\]\]>|<!--.*?-->`)
	itemTag = regexp.MustCompile(`<(?:[\w-]+:)?(?:item|entry)[\s>/]`)
)

// rawItems counts what could become an Article by other means than ours: a
// regular expression in XML, the standard library in JSON.
func rawItems(text []byte) int {
	var doc struct{ Items []json.RawMessage }
	if json.Unmarshal(text, &doc) == nil {
		return len(doc.Items)
	}
	return len(itemTag.FindAll(hidden.ReplaceAll(text, nil), -1))
}

// before is what plain gofeed makes of a body. Its titles are garbled where
// they have other letters than ours, of which other tests hold that they are
// the right ones.
func before(body []byte, ours *feed.Document) tally {
	f, err := gofeed.NewParser().Parse(bytes.NewReader(body))
	if err != nil {
		return tally{fault: "error: " + cut(feed.OneLine(err.Error()), 60)}
	}
	t := tally{items: len(f.Items)}
	for i, it := range f.Items {
		if it.PublishedParsed != nil || it.UpdatedParsed != nil {
			t.dated++
		}
		if ours == nil || len(ours.Articles) != len(f.Items) || it.Title == "" {
			continue
		}
		if headline(clean(it.Title)) != ours.Articles[i].Title && utf8.RuneCountInString(it.Title) < maxLine {
			t.garbled++
		}
	}
	return t
}

// after is what we make of it.
func after(d *feed.Document, err error) tally {
	if err != nil {
		return tally{fault: err.Error()}
	}
	t := tally{items: len(d.Articles), fault: d.Warning}
	for _, a := range d.Articles {
		if !a.Published.IsZero() {
			t.dated++
		}
		if strings.Contains(a.Title+a.Summary, "\uFFFD") {
			t.garbled++
		}
	}
	return t
}

// expected is what comes of the files of which not every item becomes an Article
// or a refusal for having nothing in it.
var expected = map[string]int{
	"broken/truncated-80pct.xml":          48, // the last was cut
	"broken/truncated-mid-cdata.xml":      30, // likewise
	"broken/two-documents.xml":            62, // the same Document twice
	"spider/testfeed3.rss":                3,  // an Atom entry among RSS items
	"suite-rsparser/allthis-partial.json": 2,  // cut off, so that it cannot be counted as a whole
}

// TestTables compares, for every file that is damaged or strange, the items in
// it with what plain gofeed finds and with what we do; -v prints the tables.
func TestTables(t *testing.T) {
	for _, folder := range []string{"feeds/broken", "feeds/charset", "feeds/dates", "suites"} {
		t.Run(folder, func(t *testing.T) {
			t.Log("| file | items | gofeed | newswired |")
			for _, path := range shared(t, folder) {
				body := read(t, path)
				d, err := Parse(body, "", wireURL, wire, time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC))
				plain, _, _ := gunzip(body)
				text, _, _ := charset.Decode(plain, "", wire)
				name := strings.TrimPrefix(path, filepath.Dir(filepath.Dir(path))+"/")
				raw, us := rawItems(text), after(d, err)
				t.Logf("| %s | %d | %s | %s |", name, raw, before(body, d), us)
				if n, special := expected[name]; special {
					raw = n
				}
				if strings.HasPrefix(us.fault, "a single entry") {
					raw = 0
				}
				empty := 0
				if d != nil {
					empty = len(d.Refused)
				}
				damaged := 0 // letters that are in no encoding
				if name == "broken/invalid-utf8-byte.xml" {
					damaged = 1
				}
				if us.items+empty != raw || us.garbled > damaged {
					t.Errorf("%s: %d items of %d, %d refused: %s", name, us.items, raw, empty, us)
				}
			}
		})
	}
}

// TestDateTable is the same for each form of a date, read as Korean where it has
// no zone; what is right TestDateCorpus holds.
func TestDateTable(t *testing.T) {
	body := read(t, shared(t, "feeds/dates")[0])
	d := parse(t, string(body))
	plain, err := gofeed.NewParser().Parse(bytes.NewReader(body))
	if err != nil || len(plain.Items) != len(d.Articles) {
		t.Fatal(err)
	}
	t.Log("| form | as written | gofeed | newswired |")
	for i, a := range d.Articles {
		it, theirs := plain.Items[i], "none"
		if it.PublishedParsed != nil {
			theirs = it.PublishedParsed.UTC().Format(time.RFC3339)
		}
		ours := "none"
		if !a.Published.IsZero() {
			ours = a.Published.Format(time.RFC3339)
		}
		t.Logf("| %s | %s | %s | %s |", a.Title, it.Published, theirs, ours)
	}
}
