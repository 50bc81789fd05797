package page

import (
	"strings"

	"newswired/feed"
)

// What a page may say beside its text. Some fill their <meta> with the whole
// article, and every one is kept for a year; Articles of feeds are bounded alike.
const (
	maxLine    = 500      // characters of a headline, a name or a section
	maxURL     = 4 << 10  // bytes; one that is longer leads nowhere when it is cut, and is dropped
	maxCaption = 16 << 10 // bytes
)

// bound cuts what is too long.
func bound(p *feed.Page) {
	for _, line := range []*string{&p.Title, &p.Outlet, &p.Section, &p.Credit.Text, &p.Picture.Credit} {
		if n := prefixOf(*line, maxLine-1); n < len(*line)-len("…") {
			*line = strings.TrimSpace((*line)[:n]) + "…"
		}
	}
	if len(p.Picture.Caption) > maxCaption {
		p.Picture.Caption = strings.ToValidUTF8(p.Picture.Caption[:maxCaption], "") + "…"
	}
	if len(p.Picture.URL) > maxURL {
		p.Picture = feed.Picture{}
	}
	if len(p.Link) > maxURL {
		p.Link = ""
	}
}
