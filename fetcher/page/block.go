package page

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// A block is a part of a text that stands apart from the others.
type block struct {
	kind   blockKind
	level  int    // of a heading, 1 to 6
	text   string // lines, each as feed.OneLine has it
	html   string // the same with links and emphasis
	linked int    // bytes of the text that are links
	class  string // class and id of the element, and of what is around it and holds nothing else
	parts  []block
	figure figure
	mark   string     // the first of its texts that is long enough to know it by
	parent *html.Node // of its element, or that element if the text stands in it directly
}

// A blockKind says how a block stands in a text.
type blockKind byte

const (
	paragraph blockKind = iota + 1
	heading
	list     // parts are its items
	numbered // likewise, in order
	item
	quote // parts are its blocks
	table // parts are its rows
	row   // parts are its cells
	cell
	pre
	picture
)

// A figure is a picture within a text.
type figure struct {
	url, alt, caption, credit string
}

// together makes one block of several.
func together(kind blockKind, class string, parts []block) block {
	out := block{kind: kind, class: class, parts: parts, mark: parts[0].mark}
	var lines []string
	for i := range parts {
		if parts[i].text != "" {
			lines = append(lines, parts[i].text)
		}
		out.linked += parts[i].linked
	}
	out.text = strings.Join(lines, "\n")
	return out
}

// isProse reports whether a block is a sentence of an article.
func isProse(b block) bool {
	return (b.kind == paragraph || b.kind == quote) && utf8.RuneCountInString(b.text) >= proseLength(b.text) && endsSentence(b.text)
}

// proseLength is how many characters a sentence has; Chinese ones say more.
func proseLength(text string) int {
	if len(text) > 2*utf8.RuneCountInString(text) {
		return 20
	}
	return 50
}

// endsSentence reports whether a text ends as sentences do.
func endsSentence(text string) bool {
	text = strings.TrimRight(text, " \"'”’»)]】」』*")
	r, _ := utf8.DecodeLastRuneInString(text)
	return strings.ContainsRune(".?!…。？！:।۔؟다", r)
}

// proseOf returns how many bytes of blocks are sentences.
func proseOf(blocks []block) (n int) {
	for i := range blocks {
		if isProse(blocks[i]) {
			n += len(blocks[i].text)
		}
	}
	return n
}
