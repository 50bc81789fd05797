package feed

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// Sources are written as name:URL.
func TestRenamed(t *testing.T) {
	sources := func(text string) (all []Source) {
		for _, s := range strings.Fields(text) {
			name, url, _ := strings.Cut(s, ":")
			all = append(all, Source{Name: name, URL: url})
		}
		return all
	}
	for _, c := range []struct{ known, configured, want string }{
		{"", "a:1", ""},
		{"a:1", "a:1", ""},
		{"a:1", "a:2", ""},
		{"a:1", "b:2", ""},
		{"a:1", "", ""},
		{"a:1", "b:1", "a>b"},
		{"a:1", "c:3 b:1", "a>b"},
		{"a:1 b:2", "a:1 c:2 d:3", "b>c"},
		{"a:1 b:2", "b:1 a:2", "a>b b>a"},
		{"a:1 b:2 c:3", "a:3 b:1 c:2", "a>b b>c c>a"},
		{"a:1", "b:1 a:2", "a>b"},          // and another is called a now
		{"a:1", "a:2 b:1", "a>b"},          // in either order
		{"a:1 b:2", "c:1 a:2", "a>c b>a"},  // a chain
		{"a:1 b:2", "b:1", ""},             // b has a bearer, who gets another URL
		{"a:1 b:2 c:3", "b:1 c:2", ""},     // and so has c
		{"a:1 b:1", "a:1 c:1", "b>c"},      // one URL, told apart by names
		{"a:1 b:1", "c:1", "a>c"},          // the one to be taken first
		{"a:1 b:1", "c:1 d:1", "a>c b>d"},  // each once
		{"a:1 b:1", "b:1", ""},             // b stays
		{"a:1 b:1", "b:1 c:1", "a>c"},      // whoever is taken first
		{"a:1", "b:1 c:1", "a>b"},          // there is only one to be had
		{"a:1 b:2 c:1", "b:2 c:1 a:3", ""}, // c bears the URL already
	} {
		var got []string
		former := Renamed(sources(c.known), sources(c.configured))
		for _, name := range slices.Sorted(maps.Keys(former)) {
			got = append(got, fmt.Sprint(former[name], ">", name))
		}
		slices.Sort(got)
		if text := strings.Join(got, " "); text != c.want {
			t.Errorf("%s, then %s: %q, want %q", c.known, c.configured, text, c.want)
		}
	}
}
