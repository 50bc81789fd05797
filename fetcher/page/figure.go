package page

import (
	"strconv"
	"strings"

	node "golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newswired/feed"
)

// image reads a picture and what stands under it. A <figure> that holds no
// picture is read like any other element.
func (b *builder) image(n *node.Node) {
	url := imageURL(n, b.base)
	if n.DataAtom != atom.Figure {
		if url != "" {
			b.blocks = append(b.blocks, block{kind: picture, figure: figure{url: url, alt: feed.OneLine(imageAlt(n))}, class: b.class})
		}
		return
	}
	caption := captionOf(n)
	if url == "" && caption == "" || len(feed.OneLine(textOf(n))) > len(caption)+longCaption/2 {
		b.children(n)
		b.flush()
		return
	}
	f := figure{url: url, alt: feed.OneLine(imageAlt(n))}
	f.caption, f.credit = feed.ReadCaption(caption)
	if by := creditOf(n); by != "" && f.credit == "" {
		f.caption, f.credit = strings.TrimSpace(strings.TrimSuffix(f.caption, by)), by
	}
	b.blocks = append(b.blocks, block{kind: picture, figure: f, class: b.class})
}

// caption reads a caption that stands outside of its figure.
func (b *builder) caption(n *node.Node) {
	if len(b.blocks) == 0 {
		return
	}
	if last := &b.blocks[len(b.blocks)-1]; last.kind == picture && last.figure.caption == "" {
		last.figure.caption, last.figure.credit = feed.ReadCaption(feed.OneLine(textOf(n)))
	}
}

// longCaption is how many bytes of text a picture may have besides its caption;
// what has more is a part of the page that was marked up as a figure.
const longCaption = 400

// captionOf returns what stands under the picture of a figure.
func captionOf(n *node.Node) string {
	if c := find(n, func(c *node.Node) bool { return c.DataAtom == atom.Figcaption }); c != nil {
		return feed.OneLine(textOf(c))
	}
	if c := find(n, func(c *node.Node) bool { return namedCaption(attr(c, "class")) }); c != nil {
		return feed.OneLine(textOf(c))
	}
	return feed.OneLine(textOf(n))
}

// creditOf returns who made the picture, where an element says so.
func creditOf(n *node.Node) string {
	c := find(n, func(c *node.Node) bool {
		class := strings.ToLower(attr(c, "class") + " " + attr(c, "itemprop"))
		return strings.Contains(class, "credit") || strings.Contains(class, "copyright") || strings.Contains(class, "photographer")
	})
	if c == nil {
		return ""
	}
	return strings.Trim(feed.OneLine(textOf(c)), "()[] ")
}

// namedCaption reports whether a class is that of a caption.
func namedCaption(class string) bool {
	return containsAny(strings.ToLower(class), captionNames)
}

// captionNames are in the classes of captions.
var captionNames = []string{"caption", "img_desc", "img-desc", "imgdesc", "photo_desc", "photo-desc", "photojournal", "photo_txt", "photo-txt", "img_txt", "img-txt", "imgtxt"}

// imageURL returns the URL of the picture in an element, "" if there is none
// that is worth it. Pages that load pictures late have it in another attribute.
func imageURL(n *node.Node, base string) string {
	img := n
	if !isImage(n) {
		if img = find(n, isImage); img == nil {
			return ""
		}
	}
	for _, side := range []string{"width", "height"} {
		if px, err := strconv.Atoi(strings.TrimSuffix(attr(img, side), "px")); err == nil && px < 100 {
			return ""
		}
	}
	for _, name := range []string{"data-src", "data-original", "data-lazy-src", "data-full-src", "src"} {
		if ref := attr(img, name); ref != "" && !strings.HasPrefix(ref, "data:") {
			return feed.Absolute(base, ref)
		}
	}
	for _, name := range []string{"srcset", "data-srcset"} {
		if fields := strings.Fields(attr(img, name)); len(fields) > 0 {
			return feed.Absolute(base, strings.TrimSuffix(fields[0], ","))
		}
	}
	return ""
}

// imageAlt returns what a picture shows, for those who don't see it.
func imageAlt(n *node.Node) string {
	if isImage(n) {
		return attr(n, "alt")
	}
	if img := find(n, isImage); img != nil {
		return attr(img, "alt")
	}
	return ""
}

// captioned gives pictures the paragraph behind them that is their caption: one
// with the class of captions, with the words of the picture's alt, or one that
// ends in who made the picture and is not the end of the text.
func captioned(blocks []block) []block {
	var kept []block
	for i := range blocks {
		b := &blocks[i]
		if caption, credit := feed.ReadCaption(feed.OneLine(b.text)); b.kind == paragraph && credit != "" && strings.Count(b.text, credit) > 1 && len(b.text) > 2*len(caption) {
			// It stands there twice: a caption whose picture was lost.
			if len(kept) == 0 || kept[len(kept)-1].kind != picture {
				kept = append(kept, block{kind: picture})
			}
			if f := &kept[len(kept)-1].figure; f.caption == "" {
				f.caption, f.credit = caption, credit
			}
			continue
		}
		if b.kind != paragraph || len(kept) == 0 || kept[len(kept)-1].kind != picture {
			kept = append(kept, *b)
			continue
		}
		f := &kept[len(kept)-1].figure
		text := feed.OneLine(b.text)
		caption, credit := feed.ReadCaption(text)
		switch {
		case f.caption != "" && (text == f.shown() || caption == f.caption):
		case f.caption == "" && (namedCaption(b.class) || strings.Contains(text, feed.PhotoNotice) || f.alt != "" && sameWords(text, f.alt) ||
			credit != "" && len(text) < 2*longCaption && proseOf(blocks[i+1:]) > len(text)/2):
			f.caption, f.credit = caption, credit
		default:
			kept = append(kept, *b)
		}
	}
	return kept
}
