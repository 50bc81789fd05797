package feed

import "testing"

func TestCanonical(t *testing.T) {
	const page = "https://example.com/a"
	for link, want := range map[string]string{
		"https://example.com/a":                              page,
		"http://www.example.com:80/a/?utm_source=rss#top":    page,
		"HTTPS://EXAMPLE.com.:443/a?fbclid=x&at_medium=RSS&": page,
		"https://example.com/a?ref=rss":                      page,
		"https://example.com/a?ref=42":                       page + "?ref=42",
		"https://example.com/a?b=2&a=1":                      page + "?a=1&b=2",
		"https://example.com/#!/a/7":                         "https://example.com#!/a/7",
		"https://example.com/#/a/7":                          "https://example.com#/a/7",
		"https://example.com/A":                              "https://example.com/A",
		"https://example.com:8443/a":                         "https://example.com:8443/a",
		"https://example.com/%EB%B6%81":                      "https://example.com/%EB%B6%81",
		"https://example.com/북":                              "https://example.com/%EB%B6%81",
		"https://example.com":                                "https://example.com",
		"https://www.com/a":                                  "https://www.com/a",
		"https://en.yna.co.kr/view/AEN1?section=nk/news":     "https://en.yna.co.kr/view/AEN1",
		"https://example.com/a?section=news":                 page + "?section=news",
		"http://[2001:db8::1]:80/a":                          "https://[2001:db8::1]/a",
		"https://example.com/a?q=북 1":                        page + "?q=%EB%B6%81%201",
		"http://0? #":                                        "https://0?%20",
		"mailto:desk@example.com":                            "",
		"javascript:alert(1)":                                "",
		"/a":                                                 "",
		"":                                                   "",
		"https:///a":                                         "",
	} {
		if got := Canonical(link); got != want {
			t.Errorf("%s: got %q, want %q", link, got, want)
		}
	}
}

// What is canonical stays as it is: keys of stored links are compared with new ones.
func FuzzCanonical(f *testing.F) {
	for _, seed := range []string{"http://www.www.example.com//a//?b=1&&a=2#c", "https://x/%2F%zz", "http://a:80:80/", "https://é.example/ü?%61=1", "https://x/;p?q=a/b"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, link string) {
		once := Canonical(link)
		if twice := Canonical(once); twice != once {
			t.Errorf("%q: first %q, then %q", link, once, twice)
		}
	})
}

func TestNamesOnePage(t *testing.T) {
	for link, want := range map[string]bool{
		"https://example.com/news/1": true,
		"https://example.com/?id=7":  true,
		"https://example.com/":       false,
		"https://example.com":        false,
		"":                           false,
	} {
		if got := NamesOnePage(link); got != want {
			t.Errorf("%q: %v", link, got)
		}
	}
}
