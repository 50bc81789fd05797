package page

import (
	"html"
	"slices"
	"strings"

	node "golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newswired/feed"
)

// A run is a piece of text that is not finished.
type run struct {
	text, html strings.Builder
	linked     int      // bytes of the text that are links
	open       []string // tags that are to be closed
	breaks     int      // <br> since the last word
	mark       string   // see block.mark
}

// isBreak reports whether an empty element is a line break by its class.
func isBreak(class string) bool { return slices.Contains(strings.Fields(class), "br") }

// inline reads an element that is part of a line; one that holds blocks, against
// all rules, stands apart like them.
func (b *builder) inline(n *node.Node) {
	if holdsBlocks(n) {
		outer := b.inLink
		b.inLink = outer || n.DataAtom == atom.A
		b.apart(n)
		b.inLink = outer
		return
	}
	before := b.line.text.Len()
	open, shut := b.tags(n)
	b.line.html.WriteString(open)
	b.line.open = append(b.line.open, shut)
	b.children(n)
	if len(b.line.open) > 0 { // nothing ended the line in between
		b.line.open = b.line.open[:len(b.line.open)-1]
		b.line.html.WriteString(shut)
	}
	if n.DataAtom == atom.A && b.line.text.Len() > before {
		b.line.linked += b.line.text.Len() - before
	}
}

// kept are the inline elements that say something, by what becomes of them.
var kept = map[atom.Atom]string{
	atom.B: "b", atom.Strong: "strong", atom.I: "i", atom.Em: "em", atom.U: "u", atom.S: "s", atom.Strike: "s",
	atom.Del: "del", atom.Ins: "ins", atom.Sub: "sub", atom.Sup: "sup", atom.Code: "code", atom.Q: "q",
	atom.Cite: "cite", atom.Mark: "mark", atom.Ruby: "ruby", atom.Rt: "rt", atom.Rp: "rp", atom.Small: "small",
}

// tags returns what stands around the words of an inline element: "" for elements
// that say nothing, and for links that lead nowhere.
func (b *builder) tags(n *node.Node) (open, shut string) {
	if n.DataAtom == atom.A {
		if href := feed.Absolute(b.base, attr(n, "href")); href != "" {
			return `<a href="` + html.EscapeString(href) + `">`, "</a>"
		}
		return "", ""
	}
	if name := kept[n.DataAtom]; name != "" {
		return "<" + name + ">", "</" + name + ">"
	}
	return "", ""
}

// markLength is how many bytes of text a block is known by.
const markLength = 24

// words adds text to a line.
func (r *run) words(text string) {
	if trimmed := strings.TrimSpace(text); trimmed != "" {
		r.breaks = 0
		if len(r.mark) < markLength && len(trimmed) > len(r.mark) {
			r.mark = trimmed
		}
	}
	space := func(c rune) rune {
		if c == '\n' || c == '\r' || c == '\t' || c == '\f' {
			return ' '
		}
		return c
	}
	text = strings.Map(space, text)
	r.text.WriteString(text)
	r.html.WriteString(html.EscapeString(text))
}

// lines cleans text line by line, and drops those that are empty.
func lines(text string) string {
	if !strings.Contains(text, "\n") {
		return feed.OneLine(text)
	}
	var all []string
	for line := range strings.SplitSeq(text, "\n") {
		if line = feed.OneLine(line); line != "" {
			all = append(all, line)
		}
	}
	return strings.Join(all, "\n")
}

// inlineHTML does the same to markup, where a line break is <br>.
func inlineHTML(markup string) string {
	return strings.ReplaceAll(lines(markup), "\n", "<br>")
}

// holdsBlocks reports whether there is an element below n that stands apart.
func holdsBlocks(n *node.Node) bool {
	return find(n, func(c *node.Node) bool {
		return !inline[c.DataAtom] && !wordless[c.DataAtom] && c.DataAtom != atom.Br && c.DataAtom != 0
	}) != nil
}

// flush ends the paragraph that is being read.
func (b *builder) flush() {
	r := &b.line
	if r.text.Len() > 0 {
		line := strings.TrimRight(r.html.String(), " \n")
		for i := len(r.open) - 1; i >= 0; i-- {
			line += r.open[i]
		}
		if text := lines(r.text.String()); text != "" {
			if b.inLink {
				r.linked = len(text)
			}
			b.blocks = append(b.blocks, block{kind: paragraph, text: text, html: inlineHTML(line), linked: r.linked, class: b.class, mark: r.mark, parent: b.parent()})
		}
	}
	b.line = run{}
}

// parent returns the element that the one which is being read shares with others
// of its kind.
func (b *builder) parent() *node.Node {
	if b.owner != nil && b.owner.DataAtom == atom.P {
		return b.owner.Parent
	}
	return b.owner
}
