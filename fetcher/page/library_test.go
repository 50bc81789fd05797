package page

import (
	"bytes"
	"net/url"
	"strings"
	"testing"

	"codeberg.org/readeck/go-readability/v2"

	"newswired/fetcher/charset"
)

// readAlone returns what the library makes of a page by itself.
func readAlone(t testing.TB, s *sample) string {
	t.Helper()
	text, _, _ := charset.Decode(s.body, "text/html", s.src)
	u, err := url.Parse(s.url)
	if err != nil {
		t.Fatal(err)
	}
	article, err := readability.FromReader(bytes.NewReader(text), u)
	if err != nil {
		t.Fatalf("%s: %v", s.name, err)
	}
	var b strings.Builder
	if article.Node != nil {
		if err := article.RenderText(&b); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}
