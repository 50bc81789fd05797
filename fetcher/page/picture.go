package page

import (
	"path"
	"strings"

	"newswired/feed"
)

// picture returns the picture that leads a page, with the caption that stands
// under it in the text.
func (s *scan) picture(l *linked, blocks []block) feed.Picture {
	var p feed.Picture
	// What an outlet wants to be shown where it is linked was chosen by its desk; the one in
	// its text may be a map or a portrait beside.
	for _, ref := range []string{s.first("og:image:secure_url", "og:image", "og:image:url"), l.image, s.first("twitter:image", "twitter:image:src")} {
		if u := feed.Absolute(s.base, ref); u != "" && !isLogo(u) {
			p.URL = u
			break
		}
	}
	var lead *figure
	for i := range blocks {
		f := &blocks[i].figure
		if blocks[i].kind != picture {
			continue
		}
		if lead == nil || sameImage(f.url, p.URL) && !sameImage(lead.url, p.URL) {
			lead = f
		}
	}
	if lead == nil {
		return p
	}
	if p.URL == "" {
		p.URL = lead.url
	}
	if lead.url == p.URL || sameImage(lead.url, p.URL) || s.leads(lead, blocks) {
		p.Caption, p.Credit = lead.caption, lead.credit
	}
	return p
}

// leads reports whether a figure stands before the text.
func (s *scan) leads(f *figure, blocks []block) bool {
	for i := range blocks {
		if blocks[i].kind == picture {
			return &blocks[i].figure == f
		}
		if isProse(blocks[i]) {
			return false
		}
	}
	return false
}

// isLogo reports whether a picture is what an outlet shows where it has none.
func isLogo(u string) bool {
	name := strings.ToLower(path.Base(u))
	for _, word := range []string{"logo", "default", "noimage", "no_image", "no-image", "placeholder", "blank.", "favicon", "og_image.", "sns_"} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}

// sameImage reports whether two URLs are sizes of one picture: the names of their
// files are equal or begin alike.
func sameImage(a, b string) bool {
	if a == "" || b == "" {
		return false
	}
	x, y := stem(a), stem(b)
	n := 0
	for n < len(x) && n < len(y) && x[n] == y[n] {
		n++
	}
	// Twelve letters are more than a date or a prefix such as "photo_" that all have.
	return x == y || n >= 12 && n*4 >= 3*min(len(x), len(y))
}

// stem returns the name of a URL's file without its ending.
func stem(u string) string {
	u, _, _ = strings.Cut(u, "?")
	name := path.Base(u)
	return strings.TrimSuffix(name, path.Ext(name))
}
