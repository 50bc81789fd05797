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
	"time"
	"unicode"

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
	dir, err := os.Getwd()
	for err == nil && dir != filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		dir = filepath.Dir(dir)
	}
	dir = filepath.Join(dir, "..", "shared", "data")
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

// tokens returns the words of a text; of scripts without spaces the characters.
func tokens(text string) (all []string) {
	word := []rune{}
	end := func() {
		if len(word) > 0 {
			all = append(all, string(word))
			word = word[:0]
		}
	}
	for _, r := range text {
		switch {
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai):
			end()
			all = append(all, string(r))
		case unicode.IsLetter(r), unicode.IsNumber(r), unicode.IsMark(r):
			word = append(word, unicode.ToLower(r))
		case r != '\'' && r != '’':
			end()
		}
	}
	end()
	return all
}

// A score is precision, recall and their harmonic mean.
type score struct{ p, r, f float64 }

// scoreOf compares the words of two texts as bags.
func scoreOf(want, got string, start bool) score {
	w, g := tokens(want), tokens(got)
	if start && len(g) > len(w) {
		g = g[:len(w)]
	}
	left := make(map[string]int, len(w))
	for _, word := range w {
		left[word]++
	}
	hits := 0
	for _, word := range g {
		if left[word] > 0 {
			left[word]--
			hits++
		}
	}
	if hits == 0 {
		return score{}
	}
	p, r := float64(hits)/float64(len(g)), float64(hits)/float64(len(w))
	return score{p, r, 2 * p * r / (p + r)}
}

// A tally is what the samples of a set come to.
type tally struct {
	samples, titles, dates, bylines    int
	goodTitles, goodDates, goodBylines int
	ours, alone, bare                  score
}

func (t *score) add(s score) { t.p, t.r, t.f = t.p+s.p, t.r+s.r, t.f+s.f }

func (t *tally) take(s *sample, p *feed.Page, alone string) {
	t.samples++
	t.ours.add(scoreOf(s.text, p.Text, s.start))
	t.bare.add(scoreOf(s.bare, p.Text, s.start))
	t.alone.add(scoreOf(s.text, alone, s.start))
	if s.title != "" {
		t.titles++
		if sameTitle(s, p) {
			t.goodTitles++
		}
	}
	if s.date != "" {
		t.dates++
		if sameDate(s, p) {
			t.goodDates++
		}
	}
	if len(s.authors) > 0 {
		t.bylines++
		if sameAuthors(s, p) {
			t.goodBylines++
		}
	}
}

func sameTitle(s *sample, p *feed.Page) bool { return feed.Normal(s.title) == feed.Normal(p.Title) }

// sameDate compares the instants, or the days where no more is expected.
func sameDate(s *sample, p *feed.Page) bool {
	for _, form := range []string{"2006-01-02 15:04:05.999999-07:00", "2006-01-02T15:04:05.999999-07:00"} {
		if t, err := time.Parse(form, s.date); err == nil {
			return t.Truncate(time.Minute).Equal(p.Published.Truncate(time.Minute))
		}
	}
	return !p.Published.IsZero() && s.date[:10] == p.Published.In(s.zone()).Format("2006-01-02")
}

func (s *sample) zone() *time.Location {
	if s.src.Zone != nil {
		return s.src.Zone
	}
	return time.UTC
}

func sameAuthors(s *sample, p *feed.Page) bool {
	var names []string
	for _, a := range p.Authors {
		names = append(names, a.Name)
	}
	return slices.Equal(names, s.authors)
}

// TestCorpus measures what is read against what is expected, beside the library
// alone, and holds the floor.
func TestCorpus(t *testing.T) {
	sets := map[string]*tally{"all": {}}
	for _, s := range samples(t) {
		if strings.HasPrefix(s.set, "fundus/kr") {
			s.src.Zone = time.FixedZone("KST", 9*60*60)
		}
		p, err := Read(s.body, "text/html", s.url, s.src)
		alone := readAlone(t, &s)
		for _, name := range []string{s.set, "all"} {
			if sets[name] == nil {
				sets[name] = &tally{}
			}
			sets[name].take(&s, &p, alone)
		}
		got := scoreOf(s.text, p.Text, s.start)
		if testing.Verbose() {
			t.Logf("%-28s P %.3f R %.3f F %.3f, library %.3f; %s", s.name, got.p, got.r, got.f, scoreOf(s.text, alone, s.start).f, complaints(&s, &p, err))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(sets)) {
		x := sets[name]
		n := float64(x.samples)
		t.Logf("%-10s %2d  P %.4f R %.4f F %.4f (without summary %.4f)  library P %.4f R %.4f F %.4f  headlines %d/%d dates %d/%d bylines %d/%d", name, x.samples,
			x.ours.p/n, x.ours.r/n, x.ours.f/n, x.bare.f/n, x.alone.p/n, x.alone.r/n, x.alone.f/n, x.goodTitles, x.titles, x.goodDates, x.dates, x.goodBylines, x.bylines)
	}
}

// complaints says what of a page was read other than expected.
func complaints(s *sample, p *feed.Page, err error) string {
	var all []string
	if err != nil {
		all = append(all, err.Error())
	}
	if s.title != "" && !sameTitle(s, p) {
		all = append(all, "headline "+p.Title+" WANT "+s.title)
	}
	if s.date != "" && !sameDate(s, p) {
		all = append(all, "date "+p.Published.Format(time.RFC3339)+" WANT "+s.date)
	}
	if len(s.authors) > 0 && !sameAuthors(s, p) {
		var names []string
		for _, a := range p.Authors {
			names = append(names, a.Name)
		}
		all = append(all, "byline "+strings.Join(names, "|")+" WANT "+strings.Join(s.authors, "|"))
	}
	return strings.Join(all, "; ")
}
