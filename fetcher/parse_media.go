package fetcher

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	ext "github.com/mmcdole/gofeed/extensions"

	"newswired/feed"
)

// media gathers the Enclosures of one Article, each URL once, and the picture
// that stands for it: the largest that says its size. Those that do not are
// ranked by what they most often are.
type media struct {
	base       string
	enclosures []feed.Enclosure
	image      string
	area       int // of image, in pixels
}

// Sizes taken for pictures that do not say theirs.
const (
	guessed  = 1         // an <image> that means who knows what
	small    = 100 * 100 // media:thumbnail, itunes:image
	ordinary = 400 * 300 // an enclosure, media:content
)

// enclosure adds a file; length is the attribute's text.
func (m *media) enclosure(url, mediaType, length string) {
	n, _ := strconv.ParseInt(strings.TrimSpace(length), 10, 64)
	m.add(feed.Enclosure{URL: url, Type: mediaType, Length: max(n, 0)}, ordinary, "")
}

// add resolves and cleans e; medium is Media RSS's word for what it is.
func (m *media) add(e feed.Enclosure, area int, medium string) {
	e.URL = absolute(m.base, e.URL)
	if e.URL == "" || full(m.enclosures) {
		return
	}
	e.Type = strings.ToLower(feed.OneLine(e.Type))
	// Without any word on what it is, the name must do; podcasts and films have
	// their type, since players depend on it.
	if medium == "image" || strings.HasPrefix(e.Type, "image/") || medium == "" && e.Type == "" && isPictureName(e.URL) {
		m.picture(e.URL, area)
	}
	if !slices.ContainsFunc(m.enclosures, func(other feed.Enclosure) bool { return other.URL == e.URL }) {
		m.enclosures = append(m.enclosures, e)
	}
}

// picture proposes the picture that stands for the Article.
func (m *media) picture(url string, area int) {
	if url == "" || area <= m.area {
		return
	}
	if url = absolute(m.base, url); url != "" {
		m.image, m.area = url, area
	}
}

// extensions takes what Media RSS and iTunes tell.
func (m *media) extensions(x ext.Extensions) {
	if len(x) == 0 {
		return
	}
	m.group(x["media"])
	for _, image := range x["itunes"]["image"] {
		m.picture(image.Attrs["href"], small-1)
	}
}

// group takes the elements of a media:group, or those that stand alone. Groups
// within groups don't exist.
func (m *media) group(elements map[string][]ext.Extension) {
	for _, c := range elements["content"] {
		n, _ := strconv.ParseInt(c.Attrs["fileSize"], 10, 64)
		e := feed.Enclosure{URL: c.Attrs["url"], Type: c.Attrs["type"], Length: max(n, 0)}
		m.add(e, pixels(c, ordinary), c.Attrs["medium"])
		for _, t := range c.Children["thumbnail"] {
			m.picture(t.Attrs["url"], pixels(t, small))
		}
	}
	for _, t := range elements["thumbnail"] {
		m.picture(t.Attrs["url"], pixels(t, small))
	}
	for _, g := range elements["group"] {
		m.group(map[string][]ext.Extension{"content": g.Children["content"], "thumbnail": g.Children["thumbnail"]})
	}
}

// pixels returns the area of a picture, or a guess if it does not say.
func pixels(e ext.Extension, otherwise int) int {
	w, _ := strconv.Atoi(e.Attrs["width"])
	h, _ := strconv.Atoi(e.Attrs["height"])
	switch {
	case w <= 0 || w > 1<<15:
		return otherwise
	case h <= 0 || h > 1<<15:
		return w * w * 3 / 4
	}
	return w * h
}

// isPictureName reports whether a URL ends like that of a picture.
func isPictureName(url string) bool {
	url, _, _ = strings.Cut(url, "?")
	url = strings.ToLower(url[max(0, len(url)-5):])
	for _, end := range []string{".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif"} {
		if strings.HasSuffix(url, end) {
			return true
		}
	}
	return false
}

// mediaText returns the text of a Media RSS element, wherever it may stand: alone,
// in the content it is about, in a group of these (Media RSS 1.5.1 section
// "Optional elements"). YouTube's only words on a video are there.
func mediaText(x ext.Extensions, name string) string {
	return cmp.Or(extValue(x, "media", name), mediaBelow(x["media"], name))
}

// mediaBelow looks in the groups and contents among elements. They nest two deep.
func mediaBelow(elements map[string][]ext.Extension, name string) string {
	for _, holder := range []string{"content", "group"} {
		for _, e := range elements[holder] {
			if text := cmp.Or(value(e.Children[name]), mediaBelow(map[string][]ext.Extension{"content": e.Children["content"]}, name)); text != "" {
				return text
			}
		}
	}
	return ""
}

// mediaPlayer returns the page that plays the media, "" if none is named.
func mediaPlayer(x ext.Extensions) string {
	for _, e := range x["media"]["player"] {
		if url := e.Attrs["url"]; url != "" {
			return url
		}
	}
	return ""
}
