package web

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"newswired/feed"
	"newswired/feed/render"
)

// TestWords holds that each language says all that pages say, and nothing else,
// with the same values.
func TestWords(t *testing.T) {
	inTemplate, inCode := regexp.MustCompile(`{{say "([^"]+)"`), regexp.MustCompile(`\.(?:say\(|counted\([^"\n]+, )"([^"]+)"`)
	names, err := filepath.Glob("*.*")
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]bool{"source": true}
	for _, state := range feed.States {
		said[state] = true
	}
	for _, name := range names {
		words := inTemplate
		switch {
		case strings.HasSuffix(name, "_test.go"):
			continue
		case strings.HasSuffix(name, ".go"):
			words = inCode
		case !strings.HasSuffix(name, ".html"):
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range words.FindAllStringSubmatch(string(text), -1) {
			said[m[1]] = true
		}
	}
	if len(said) < 40 {
		t.Fatalf("only %d words were found", len(said))
	}
	verbs := regexp.MustCompile(`%[a-z]`)
	for tag, l := range languages {
		if l.words == nil {
			continue
		}
		for words := range said {
			translated := l.words[words]
			if translated == "" {
				t.Errorf("%s: nothing for %q", tag, words)
			}
			if got, want := verbs.FindAllString(translated, -1), verbs.FindAllString(words, -1); want != nil && !slices.Equal(got, want) {
				t.Errorf("%s: %q has %v, %q has %v", tag, translated, got, words, want)
			}
		}
		for words := range l.words {
			if !said[words] {
				t.Errorf("%s: nobody says %q", tag, words)
			}
		}
	}
}

func TestLanguageOf(t *testing.T) {
	briefs := func(tags string) (all []render.Brief) {
		for tag := range strings.SplitSeq(tags, " ") {
			all = append(all, render.Brief{Language: strings.Trim(tag, "-")})
		}
		return all
	}
	for _, test := range []struct{ own, newest, want string }{
		{"", "-", ""},
		{"", "ko ko-KR ko en", "ko"},
		{"", "ko ko en", "en"},
		{"", "ko - - -", "ko"},
		{"", "en-GB en fr", "en"},
		{"", "ja ja", "en"},
		{"", strings.Repeat("ko ", languageEntries) + strings.Repeat("en ", 30), "ko"},
		{"ko-KR", "en en", "ko"},
		{"en", "ko ko", "en"},
		{"ja", "ko ko", "en"},
	} {
		got := ""
		if l := languageOf(feed.Feed{Language: test.own}, briefs(test.newest)); l != nil {
			got = l.tag
		}
		if got != test.want {
			t.Errorf("%q, %q: %q, want %q", test.own, test.newest, got, test.want)
		}
	}
	for _, test := range []struct {
		all  []*language
		want *language
	}{
		{nil, english},
		{[]*language{nil, nil}, english},
		{[]*language{korean, nil, nil}, korean},
		{[]*language{korean, english}, english},
		{[]*language{korean, english, korean}, korean},
	} {
		if got := mostly(test.all); got != test.want {
			t.Errorf("mostly %s of %v", got.tag, test.all)
		}
	}
}
