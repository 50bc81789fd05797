package page

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"newswired/feed"
)

// A sample is a real page and what a person, or a parser written for its site,
// read in it.
type sample struct {
	set, name, url string
	body           []byte
	text           string // the words of the article, its summary among them
	bare           string // without the summary, where the two are apart
	start          bool   // text is but the start of it
	title, date    string // "" if not known
	authors        []string
	src            feed.Source
}

// sharedPages returns the pages of a folder of real input, which lies beside the
// repository and not in it.
func sharedPages(t testing.TB) string {
	t.Helper()
	dir := filepath.Join("..", "..", "..", "shared", "data")
	if _, err := os.Stat(filepath.Join(dir, "pages")); err != nil {
		t.Skip("shared data not there")
	}
	return dir
}

func readFile(t testing.TB, path string) []byte {
	t.Helper()
	body, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

func readJSON(t testing.TB, path string, value any) {
	t.Helper()
	if err := json.Unmarshal(readFile(t, path), value); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
}

// samples returns all of them.
func samples(t testing.TB) []sample {
	dir := filepath.Join(sharedPages(t), "pages")
	return slices.Concat(newspaperSamples(t, dir), gooseSamples(t, dir), fundusSamples(t, dir))
}

// newspaperSamples are newspaper4k's: a text beside the page, and what that
// library made of the rest, which is a good guess.
func newspaperSamples(t testing.TB, dir string) (all []sample) {
	pages, _ := filepath.Glob(filepath.Join(dir, "np4k", "html", "*.html"))
	for _, page := range pages {
		name := strings.TrimSuffix(filepath.Base(page), ".html")
		s := sample{set: "np4k", name: name, body: readFile(t, page)}
		s.text = string(readFile(t, filepath.Join(dir, "np4k", "txt", name+".txt")))
		s.bare = s.text
		var meta struct {
			URL, Title string
			Date       string `json:"publish_date"`
			Authors    []string
		}
		if path := filepath.Join(dir, "np4k", "metadata", name+".json"); exists(path) {
			readJSON(t, path, &meta)
			s.url, s.title, s.date, s.authors = meta.URL, meta.Title, meta.Date, meta.Authors
		}
		all = append(all, s)
	}
	return all
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// gooseSamples are goose3's, which expects the start of the text only.
func gooseSamples(t testing.TB, dir string) (all []sample) {
	pages, _ := filepath.Glob(filepath.Join(dir, "goose3", "*.html"))
	for _, page := range pages {
		var meta struct {
			URL      string
			Expected struct {
				Title string
				Text  string `json:"cleaned_text"`
			}
		}
		readJSON(t, strings.TrimSuffix(page, ".html")+".json", &meta)
		all = append(all, sample{set: "goose3", name: strings.TrimSuffix(filepath.Base(page), ".html"), url: meta.URL, body: readFile(t, page),
			text: meta.Expected.Text, bare: meta.Expected.Text, start: true, title: meta.Expected.Title})
	}
	return all
}

// fundusSamples are fundus', made by a parser for each site. The versions of a
// file of expectations are in the order of the pages' dates.
func fundusSamples(t testing.TB, dir string) (all []sample) {
	files, _ := filepath.Glob(filepath.Join(dir, "fundus", "*", "*.json"))
	for _, file := range files {
		var meta map[string]struct{ URL string }
		readJSON(t, filepath.Join(filepath.Dir(file), "meta.info"), &meta)
		var versions map[string]struct {
			Title   string
			Authors []string
			Date    string `json:"publishing_date"`
			Body    struct {
				Summary  []string
				Sections []struct{ Headline, Paragraphs []string }
			}
		}
		readJSON(t, file, &versions)
		names := slices.Sorted(maps.Keys(versions))
		pages, _ := filepath.Glob(strings.TrimSuffix(file, ".json") + "_*.html.gz")
		for i, page := range pages {
			v := versions[names[i]]
			var parts []string
			for _, section := range v.Body.Sections {
				parts = append(append(parts, section.Headline...), section.Paragraphs...)
			}
			all = append(all, sample{
				set: "fundus/" + filepath.Base(filepath.Dir(file)), name: strings.TrimSuffix(filepath.Base(page), ".html.gz"),
				url: meta[filepath.Base(page)].URL, body: unzip(t, page), title: v.Title, date: v.Date, authors: v.Authors,
				text: strings.Join(slices.Concat(v.Body.Summary, parts), "\n"), bare: strings.Join(parts, "\n"),
			})
		}
	}
	return all
}

// unzip returns what a file holds, unpacked.
func unzip(t testing.TB, path string) []byte {
	t.Helper()
	z, err := gzip.NewReader(bytes.NewReader(readFile(t, path)))
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return body
}
