package page

import (
	"strings"

	"newswired/feed"
)

// plainText returns blocks as text, with an empty line between them.
func plainText(blocks []block) string {
	var b strings.Builder
	for i := range blocks {
		text := blocks[i].text
		if text == "" || blocks[i].kind == picture {
			continue
		}
		if b.Len() > 0 {
			b.WriteString("\n\n")
		}
		b.WriteString(text)
	}
	return b.String()
}

// markup returns blocks as HTML: p, h2 to h6, ul, ol, blockquote, table, pre and
// figure, with nothing else in them but links, emphasis and line breaks.
func markup(blocks []block) string {
	var b strings.Builder
	for i := range blocks {
		blocks[i].write(&b)
	}
	return b.String()
}

// write writes a block as markup promises it. No heading is above h2, for the
// page's headline is above them all.
func (b *block) write(w *strings.Builder) {
	switch b.kind {
	case paragraph:
		around(w, "p", b.html)
	case heading:
		level := string(rune('0' + max(b.level, 2)))
		around(w, "h"+level, b.html)
	case pre:
		around(w, "pre", b.html)
	case list:
		b.writeParts(w, "ul")
	case numbered:
		b.writeParts(w, "ol")
	case quote:
		b.writeParts(w, "blockquote")
	case table:
		b.writeParts(w, "table")
	case row:
		b.writeParts(w, "tr")
	case item:
		b.writeLine(w, "li")
	case cell:
		b.writeLine(w, "td")
	case picture:
		b.figure.write(w)
	}
}

// around writes markup in an element on a line of its own.
func around(w *strings.Builder, name, inner string) {
	w.WriteString("<" + name + ">" + inner + "</" + name + ">\n")
}

// writeParts writes an element around the block's parts.
func (b *block) writeParts(w *strings.Builder, name string) {
	w.WriteString("<" + name + ">\n")
	for i := range b.parts {
		b.parts[i].write(w)
	}
	w.WriteString("</" + name + ">\n")
}

// writeLine writes what holds one paragraph most of the time without it.
func (b *block) writeLine(w *strings.Builder, name string) {
	if len(b.parts) == 1 && b.parts[0].kind == paragraph {
		around(w, name, b.parts[0].html)
		return
	}
	b.writeParts(w, name)
}

// write writes a figure; one without a caption is only a picture.
func (f *figure) write(w *strings.Builder) {
	w.WriteString(`<figure><img src="` + escape(f.url) + `" alt="` + escape(f.alt) + `">`)
	if caption := f.shown(); caption != "" {
		w.WriteString("<figcaption>" + escape(caption) + "</figcaption>")
	}
	w.WriteString("</figure>\n")
}

// shown returns caption and credit as they are printed.
func (f *figure) shown() string {
	if f.credit == "" {
		return f.caption
	}
	return feed.OneLine(f.caption + " (" + f.credit + ")")
}
