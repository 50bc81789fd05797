package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"newswired/feed"
)

func TestRulings(t *testing.T) {
	same := func(a, b string) feed.Ruling { return feed.Ruling{URL: a, Other: b, Same: true} }
	apart := func(a, b string) feed.Ruling { return feed.Ruling{URL: a, Other: b} }
	const a, b, c, d = "https://a.example/1", "https://b.example/2", "https://c.example/3", "https://d.example/4"
	for _, test := range []struct {
		name, text string
		want       []feed.Ruling
	}{
		{"none", "same: []\ndifferent:", nil},
		{"a pair", "same: [[" + b + ", " + a + "]]", []feed.Ruling{same(a, b)}},
		{"one list alone", "different: [" + a + ", " + b + "]", []feed.Ruling{apart(a, b)}},
		{"of three, all pairs", "same: [[" + a + ", " + b + ", " + c + "]]", []feed.Ruling{same(a, b), same(a, c), same(b, c)}},
		{"in the usual form", `same: [["http://www.a.example:80/1/?utm_source=rss#top", ` + b + "]]", []feed.Ruling{same(a, b)}},
		{"by alias", "same: [[&x " + a + ", " + b + "]]\ndifferent: [[*x, " + c + "]]", []feed.Ruling{same(a, b), apart(a, c)}},
		{"two reports", "same: [[" + a + ", " + b + "], [" + c + ", " + d + "]]\ndifferent: [[" + a + ", " + c + "]]", []feed.Ruling{same(a, b), same(c, d), apart(a, c)}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := parse(t, test.text+"\n"+small).Rulings; !slices.Equal(got, test.want) {
				t.Errorf("%v, want %v", got, test.want)
			}
		})
	}
}

// Every two of a list are a pair, so a long one is refused.
func TestTooManyRuled(t *testing.T) {
	pages := make([]string, mostRuled+1)
	for i := range pages {
		pages[i] = fmt.Sprintf("https://a.example/%d", i)
	}
	text := func(n int) []byte {
		return []byte("same: [[" + strings.Join(pages[:n], ", ") + "]]\n" + small)
	}
	if _, err := parseConfig("config.yaml", text(mostRuled), checkFake); err != nil {
		t.Error(err)
	}
	if _, err := parseConfig("config.yaml", text(mostRuled+1), checkFake); err == nil {
		t.Errorf("%d pages are accepted", mostRuled+1)
	}
}
