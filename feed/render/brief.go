package render

import (
	"cmp"
	"fmt"
	"strings"
	"unicode/utf8"

	"newswired/feed"
)

// A Brief is an Entry as a list of headlines shows it. All text is clean, on
// one line and not yet escaped.
type Brief struct {
	Title    string // the Copy's own, or its first words; never empty
	Link     string // absolute http or https; "" if there is none
	Language string // BCP 47; "" if unknown
	Outlet   string // of the Copy shown
	Excerpt  string // of its text; "" if there is nothing beyond the headline
	Carriers []Carrier
}

// A Carrier is an outlet that carries a Story beside the Copy shown.
type Carrier struct {
	Outlet   string
	Link     string // absolute http or https
	Title    string // the outlet's own headline
	Language string // of it, BCP 47; "" if unknown
}

// Briefs returns a Brief of every Entry, in their order. It fails as Edition
// does.
func Briefs(entries []feed.Entry) ([]Brief, error) {
	if err := check(entries); err != nil {
		return nil, err
	}
	all := make([]Brief, len(entries))
	for i := range entries {
		all[i] = newBrief(&entries[i])
	}
	return all, nil
}

// check reports an Entry that shows a Copy it has not. Such an Entry is a fault
// of the store's; to leave it out in silence would hide it.
func check(entries []feed.Entry) error {
	for i := range entries {
		if e := &entries[i]; e.Shown < 0 || e.Shown >= len(e.Copies) {
			return fmt.Errorf("render %s: copy %d of %d is shown", e.ID, e.Shown, len(e.Copies))
		}
	}
	return nil
}

// newBrief needs a valid Shown. An Excerpt that only repeats the headline, as
// where there is nothing else, is left out.
func newBrief(e *feed.Entry) Brief {
	c := &e.Copies[e.Shown]
	b := Brief{
		Title:    headline(c),
		Link:     feed.Absolute("", c.Link),
		Language: language(c.Language),
		Outlet:   outlet(c),
		Excerpt:  excerpt(c, excerptLength),
		Carriers: carriers(e),
	}
	if b.Excerpt == b.Title {
		b.Excerpt = ""
	}
	return b
}

// carriers returns who else carries the Story and can be linked to, each outlet
// once, in order of first sight, without the outlet of the Copy shown.
func carriers(e *feed.Entry) []Carrier {
	seen := map[string]bool{outlet(&e.Copies[e.Shown]): true}
	var all []Carrier
	for i := range e.Copies {
		c := &e.Copies[i]
		name, link := outlet(c), feed.Absolute("", c.Link)
		if link == "" || seen[name] {
			continue
		}
		seen[name] = true
		all = append(all, Carrier{Outlet: name, Link: link, Title: headline(c), Language: language(c.Language)})
	}
	return all
}

// headline returns the Copy's own headline, and the first words of its text if
// it has none: RSS demands a title or a description, readers demand a title.
func headline(c *feed.Copy) string {
	return cmp.Or(Line(c.Title), excerpt(c, 80), outlet(c), "Untitled")
}

// outlet names who printed the Copy.
func outlet(c *feed.Copy) string { return cmp.Or(Line(c.Outlet), Line(c.Source)) }

// withoutFigures returns HTML without pictures and what stands under them, which
// is not how a text begins.
func withoutFigures(fragment string) string {
	var b strings.Builder
	for {
		before, figure, found := strings.Cut(fragment, "<figure")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		_, fragment, _ = strings.Cut(figure, "</figure>")
	}
}

// excerptLength is how many characters stand for an article that has no summary.
const excerptLength = 300

// excerpt returns the Summary on one line, or the beginning of the Content if
// there is none, cut after a word to at most so many characters.
func excerpt(c *feed.Copy, limit int) string {
	s := Line(c.Summary)
	if s == "" {
		s = cmp.Or(Line(feed.Plain(withoutFigures(c.Content))), Line(feed.Plain(c.Content)))
	}
	if utf8.RuneCountInString(s) <= limit {
		return s
	}
	cut := string([]rune(s)[:limit-1])
	// A text without spaces, such as Chinese, is cut where the limit falls.
	if i := strings.LastIndexByte(cut, ' '); i > len(cut)/2 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,.;:") + "…"
}
