package render

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"newswired/feed"
)

// TestText holds the table in text's comment, and the same for a Feed of
// summaries.
func TestText(t *testing.T) {
	const pixel = `<img src="https://a.example/p" width="1" height="1">`
	for _, test := range []struct {
		summary, content string
		summaryOnly      bool
		wantSummary      string
		wantBody         string
	}{
		{"s", "<b>c</b>", false, "s", "<b>c</b>"},
		{"a  b", "<p>a</p><p>b</p>", false, "", "<p>a</p><p>b</p>"},
		{"s", "", false, "", "<p>s</p>"},
		{"s", pixel, false, "", "<p>s</p>"},
		{"", "<b>c</b>", false, "", "<b>c</b>"},
		{"", pixel, false, "", ""},
		{"", "", false, "", ""},
		{"1 < 2\n\n & so on", "", false, "", "<p>1 &lt; 2</p><p>&amp; so on</p>"},
		{"s", "<b>c</b>", true, "", "<p>s</p>"},
		{"", "<b>c</b> &amp; d", true, "", "<p>c &amp; d</p>"},
	} {
		c := &feed.Copy{Article: feed.Article{Summary: test.summary, Content: test.content}}
		summary, body, _ := text(c, test.summaryOnly)
		if summary != test.wantSummary || body != test.wantBody {
			t.Errorf("%+v\n got %q, %q", test, summary, body)
		}
	}
}

func TestExcerpt(t *testing.T) {
	for _, test := range []struct {
		summary, content string
		limit            int
		want             string
	}{
		{"one two", "", 20, "one two"},
		{"one two three", "", 13, "one two three"},
		{"one two, three", "", 13, "one two…"},
		{"", "<p>one</p><p>two</p>", 20, "one two"},
		{"", `<figure><img src="https://a.example/1"><figcaption>A ship</figcaption></figure><p>one</p><figure class="x"></figure>two`, 20, "one two"},
		{"", "<figure><figcaption>A ship</figcaption></figure>", 20, "A ship"},
		{"가나다라마바사", "", 5, "가나다라…"},
		{"averyveryverylongword", "", 8, "averyve…"},
	} {
		c := &feed.Copy{Article: feed.Article{Summary: test.summary, Content: test.content}}
		if got := excerpt(c, test.limit); got != test.want {
			t.Errorf("excerpt(%q, %d) = %q, want %q", test.summary+test.content, test.limit, got, test.want)
		}
	}
}

func TestLanguage(t *testing.T) {
	for in, want := range map[string]string{
		"en": "en", "ko-KR": "ko-KR", "ko_KR": "ko-KR", " en ": "en", "zh-Hant-TW": "zh-Hant-TW",
		"": "", "english": "", "e": "", "en-": "", `en" onload="x`: "",
	} {
		if got := language(in); got != want {
			t.Errorf("language(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestEnclosures(t *testing.T) {
	for _, test := range []struct{ url, mediaType, want string }{
		{"https://a.example/a.mp3", "audio/mpeg", "audio/mpeg"},
		{"https://a.example/a", "Audio/MPEG; codecs=x", "audio/mpeg"},
		{"https://a.example/a.JPG?w=100", "image", "image/jpeg"},
		{"https://a.example/a", "", "application/octet-stream"},
	} {
		got := enclosures([]feed.Enclosure{{URL: test.url, Type: test.mediaType, Length: -1}, {URL: test.url}, {URL: "a.mp3"}})
		if want := []feed.Enclosure{{URL: test.url, Type: test.want}}; !reflect.DeepEqual(got, want) {
			t.Errorf("%s of %q: %v, want %v", test.url, test.mediaType, got, want)
		}
	}
}

func TestAuthors(t *testing.T) {
	got := authors([]feed.Person{
		{Name: " Kim\nMin-ji ", Email: "Kim <kim@a.example>", URL: "javascript:x"},
		{Name: "Kim Min-ji", Email: "kim@a.example"},
		{Email: "desk@a.example"},
		{Email: "desk at a.example"},
		{URL: "https://a.example/"},
	})
	want := []feed.Person{{Name: "Kim Min-ji", Email: "kim@a.example"}, {Name: "desk@a.example", Email: "desk@a.example"}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestDate(t *testing.T) {
	late := time.Date(12026, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		times []time.Time
		want  time.Time
	}{
		{[]time.Time{noon.Add(time.Millisecond)}, noon},
		{[]time.Time{{}, late, noon}, noon},
		{[]time.Time{{}}, time.Unix(0, 0).UTC()},
	} {
		if got := date(test.times...); !got.Equal(test.want) {
			t.Errorf("date(%v) = %v, want %v", test.times, got, test.want)
		}
	}
}

// TestCarriers holds that each outlet beside the one shown is named once, with
// the first of its pages that can be linked to.
func TestCarriers(t *testing.T) {
	printed := func(outlet, link string) feed.Copy {
		return feed.Copy{Outlet: outlet, Article: feed.Article{Title: outlet + " says", Link: link}}
	}
	e := &feed.Entry{Shown: 1, Story: feed.Story{Copies: []feed.Copy{
		printed("Times", "ftp://t.example/1"), printed("Wire", "https://w.example/1"), printed("Wire", "https://w.example/2"),
		printed("Herald", "https://h.example/1"), printed("Times", "https://t.example/2"), printed("Times", "https://t.example/3"),
	}}}
	var got []string
	for _, c := range carriers(e) {
		got = append(got, c.Outlet+" "+c.Link+" "+c.Title)
	}
	want := "Herald https://h.example/1 Herald says|Times https://t.example/2 Times says"
	if s := strings.Join(got, "|"); s != want {
		t.Errorf("got  %s\nwant %s", s, want)
	}
}
