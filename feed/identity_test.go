package feed

import (
	"testing"
	"time"
)

func never(int64) bool { return false }

func TestIdentify(t *testing.T) {
	a := Article{GUID: "7", Link: "https://example.com/a", Title: "A"}
	b := Article{GUID: "7", Link: "https://example.com/b", Title: "B"}
	alone, noted := Identify([]Article{a}, never)
	if alone[0].Key != GUIDKey("7") || len(noted) != 0 {
		t.Errorf("one GUID: %+v, noted %v", alone, noted)
	}
	both, noted := Identify([]Article{a, b}, never)
	if both[0].Key == both[1].Key || both[0].Key == GUIDKey("7") || len(noted) != 1 || noted[0] != GUIDKey("7") {
		t.Errorf("GUID of two links: %+v, noted %v", both, noted)
	}
	later, _ := Identify([]Article{b}, func(key int64) bool { return key == GUIDKey("7") })
	if later[0] != both[1] {
		t.Errorf("noted GUID: %+v, want %+v", later[0], both[1])
	}
	twice, noted := Identify([]Article{a, a}, never)
	if twice[0] != alone[0] || twice[1] != alone[0] || len(noted) != 0 {
		t.Errorf("the same twice: %+v, noted %v", twice, noted)
	}
	links, _ := Identify([]Article{{Link: "http://www.example.com/a/?utm_source=x"}, {Link: "https://example.com/a"}}, never)
	if links[0] != links[1] || links[0].Link == 0 || links[0].Key != links[0].Link {
		t.Errorf("links: %+v", links)
	}
	page, noted := Identify([]Article{{Link: a.Link, Title: "A"}, {Link: a.Link, Title: "B"}}, never)
	if page[0].Key == page[1].Key || len(noted) != 1 || noted[0] != page[0].Link {
		t.Errorf("two headlines under one link: %+v, noted %v", page, noted)
	}
	live, noted := Identify([]Article{{GUID: "7", Link: a.Link, Title: "A"}, {GUID: "7", Link: a.Link, Title: "B"}}, never)
	if live[0].Key == live[1].Key || len(noted) != 2 {
		t.Errorf("two headlines under one GUID and link: %+v, noted %v", live, noted)
	}
	words, _ := Identify([]Article{{Title: "A  b"}, {Title: "A b"}, {Title: "A c"}}, never)
	if words[0] != words[1] || words[1] == words[2] || words[0].Link != 0 {
		t.Errorf("words: %+v", words)
	}
}

func TestDigestTellsEverythingApart(t *testing.T) {
	full := Article{
		GUID: "1", Link: "https://example.com/1", Title: "T", Summary: "S", Content: "C", Image: "I", Language: "en",
		Authors: []Person{{Name: "N"}}, Categories: []string{"X"}, Enclosures: []Enclosure{{URL: "E"}}, Origin: Origin{Title: "O"},
	}
	seen := map[int64]string{Digest(full): "the full article"}
	for name, change := range map[string]func(*Article){
		"title": func(a *Article) { a.Title = "t" }, "summary": func(a *Article) { a.Summary = "" },
		"content": func(a *Article) { a.Content = "c" }, "link": func(a *Article) { a.Link = "" },
		"moved": func(a *Article) { a.Title, a.Summary = a.Summary, a.Title }, "image": func(a *Article) { a.Image = "" },
		"authors": func(a *Article) { a.Authors = nil }, "categories": func(a *Article) { a.Categories = nil },
		"enclosures": func(a *Article) { a.Enclosures = nil }, "origin": func(a *Article) { a.Origin.URL = "u" },
		"language": func(a *Article) { a.Language = "ko" },
	} {
		a := full
		change(&a)
		if other, ok := seen[Digest(a)]; ok {
			t.Errorf("%s has the digest of %s", name, other)
		}
		seen[Digest(a)] = name
	}
	dated := full
	dated.Published, dated.Updated = time.Now(), time.Now()
	if Digest(dated) != Digest(full) {
		t.Error("a date alone is a change")
	}
}

func TestSameWordsAndNews(t *testing.T) {
	title := func(s string) Article { return Article{Title: s, Content: "<p>Text</p>"} }
	for _, test := range []struct {
		before, after string
		same, news    bool
	}{
		{"Five dead", "Five  dead ", true, false},
		{"“Five” dead – police", `"Five" dead - police`, true, false},
		{"Five dead, 3 hours ago", "Five dead, 4 hours ago", true, false},
		{"5명 사망 3시간 전", "5명 사망 10분 전", true, false},
		{"Five dead", "Five dead.", false, false},
		{"Five dead", "FIVE DEAD", false, false},
		{"Five dead", "Seven dead", false, true},
		{"5명 사망", "7명 사망", false, true},
		{"Storm hit 3 hours ago", "Storm hit 3 towns", false, true},
	} {
		a, b := title(test.before), title(test.after)
		if got := SameWords(a, b); got != test.same {
			t.Errorf("same words %q, %q: %v", test.before, test.after, got)
		}
		if got := News(a, b); got != test.news {
			t.Errorf("news %q, %q: %v", test.before, test.after, got)
		}
	}
	if !SameWords(Article{Content: "<p>A &amp; B</p>"}, Article{Content: "<div>A & B<img src=x></div>"}) {
		t.Error("markup counts as words")
	}
	bare, pictured := Article{Summary: "Five dead"}, Article{Summary: "Five dead", Content: "<img src=x> <p>Five dead</p>"}
	if News(bare, pictured) || News(pictured, bare) {
		t.Error("a picture in the summary is news")
	}
	if SameWords(bare, pictured) {
		t.Error("a picture in the summary is lost")
	}
	if !News(bare, Article{Summary: "Five dead", Content: "<p>Five dead in a storm</p>"}) {
		t.Error("a text that comes later is no news")
	}
}

func TestSameDespiteGUID(t *testing.T) {
	day := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	const page, host = "https://example.com/storm", "https://example.com/"
	for _, test := range []struct {
		name          string
		before, after Article
		want          int
	}{
		{"rotated", Article{GUID: "1", Title: "Storm nears", Published: day}, Article{GUID: "2", Link: host, Title: "Storm nears", Published: day}, 3},
		{"another day", Article{Title: "Weather for Seoul", Published: day}, Article{Link: page, Title: "Weather for Seoul", Published: day.AddDate(0, 0, 1)}, 0},
		{"edited", Article{Title: "Storm nears the coast", Published: day}, Article{Link: page, Title: "Storm hits the coast", Published: day}, 1},
		{"edited, on a bare host", Article{Title: "Storm nears the coast", Published: day}, Article{Link: host, Title: "Storm hits the coast", Published: day}, 0},
		{"counted", Article{GUID: page + "#1", Title: "Storm nears the coast"}, Article{GUID: page + "#2", Link: page, Title: "Storm hits the coast", Published: day}, 1},
		{"summary", Article{Title: "A", Summary: "Long", Published: day}, Article{Link: page, Title: "B", Summary: "Long", Published: day}, 1},
		{"undated", Article{Title: "A", Summary: "Long", Published: day}, Article{Link: page, Title: "A", Summary: "Long"}, 3},
		{"undated and wordless", Article{Title: "Photo", Published: day}, Article{Link: page, Title: "Photo"}, 0},
		{"live page", Article{Title: "Minister resigns", Published: day}, Article{Link: page, Title: "Parliament dissolved", Published: day}, 0},
		{"the name grew", Article{GUID: "7", Title: "Minister resigns"}, Article{GUID: "7", Link: page, Title: "Parliament dissolved", Published: day}, 2},
	} {
		if got := SameDespiteGUID(test.before, test.after); got != test.want {
			t.Errorf("%s: %d, want %d", test.name, got, test.want)
		}
	}
}

func TestCredible(t *testing.T) {
	now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	for _, test := range []struct{ claimed, want time.Time }{
		{now.Add(-time.Hour), now.Add(-time.Hour)},
		{time.Time{}, now},
		{now.Add(time.Second), now},
		{time.Date(1969, 12, 31, 23, 59, 59, 0, time.UTC), now},
		{time.Date(1987, 2, 26, 0, 0, 0, 0, time.UTC), time.Date(1987, 2, 26, 0, 0, 0, 0, time.UTC)},
	} {
		if got := Credible(test.claimed, now); !got.Equal(test.want) {
			t.Errorf("%s: got %s", test.claimed, got)
		}
	}
}
