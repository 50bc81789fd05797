package page

import (
	"html"
	"strings"

	node "golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newswired/feed"
)

// A builder makes blocks of elements.
type builder struct {
	base   string     // that relative URLs are resolved against
	blocks []block    // those that are finished
	line   run        // the paragraph that is not
	class  string     // of the elements around, see block.class
	owner  *node.Node // the innermost element that stands apart
	inLink bool       // a link is around all of it
	depth  int        // of the element in others
}

// maxDepth bounds how deep elements are looked into; html.Parse has a bound too.
const maxDepth = 400

// blocksOf returns what stands in an element, in its order.
func blocksOf(n *node.Node, base string) []block {
	b := builder{base: base}
	b.children(n)
	b.flush()
	return b.blocks
}

// children reads what is below n into b.
func (b *builder) children(n *node.Node) {
	if b.depth++; b.depth < maxDepth {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			b.node(c)
		}
	}
	b.depth--
}

// node reads one node: what is part of a line goes on with the paragraph, what
// stands apart ends it.
func (b *builder) node(n *node.Node) {
	switch n.Type {
	case node.TextNode:
		b.line.words(n.Data)
		return
	case node.ElementNode:
	default:
		return
	}
	switch a := n.DataAtom; {
	case wordless[a] && a != atom.Noscript:
	case a == atom.Br, a == atom.Span && n.FirstChild == nil && isBreak(attr(n, "class")):
		// One break parts lines, two part paragraphs.
		if b.line.breaks++; b.line.breaks > 1 {
			b.flush()
		} else if b.line.text.Len() > 0 {
			b.line.text.WriteByte('\n')
			b.line.html.WriteString("\n")
		}
	case a == atom.Hr:
		b.flush()
	case a == atom.Img, a == atom.Picture, n.Data == "amp-img":
		b.image(n)
	case inline[a] || a == 0 && !holdsBlocks(n):
		b.inline(n)
	default:
		b.apart(n)
	}
}

// apart reads an element that is not part of a line.
func (b *builder) apart(n *node.Node) {
	b.flush()
	outer, owner := b.class, b.owner
	b.owner = n
	b.class = strings.TrimSpace(b.class + " " + attr(n, "class") + " " + attr(n, "id"))
	if len(b.class) > 400 {
		b.class = b.class[len(b.class)-400:]
	}
	switch n.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		b.heading(n)
	case atom.Ul, atom.Ol, atom.Menu, atom.Dl:
		b.list(n)
	case atom.Blockquote:
		b.nest(quote, n)
	case atom.Table:
		b.table(n)
	case atom.Pre:
		b.pre(n)
	case atom.Figure:
		b.image(n)
	case atom.Figcaption:
		b.caption(n)
	default:
		b.children(n)
		b.flush()
	}
	b.class, b.owner = outer, owner
}

// nest reads an element into parts of one block.
func (b *builder) nest(kind blockKind, n *node.Node) {
	inner := builder{base: b.base, depth: b.depth, class: b.class, inLink: b.inLink}
	inner.children(n)
	inner.flush()
	if len(inner.blocks) > 0 {
		b.blocks = append(b.blocks, together(kind, b.class, inner.blocks))
	}
}

// heading makes a heading of each paragraph in an element, and keeps what else
// stands in it, such as a picture, as it is.
func (b *builder) heading(n *node.Node) {
	inner := builder{base: b.base, depth: b.depth, inLink: b.inLink}
	inner.children(n)
	inner.flush()
	for _, one := range inner.blocks {
		if one.kind == paragraph {
			one.kind, one.level, one.class = heading, int(n.Data[1]-'0'), b.class
		}
		b.blocks = append(b.blocks, one)
	}
}

// list reads the items of a list. One whose items hold long texts is a frame that
// a template put around them.
func (b *builder) list(n *node.Node) {
	inner := builder{base: b.base, depth: b.depth, class: b.class, inLink: b.inLink}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == node.ElementNode && !wordless[c.DataAtom] {
			outer := inner.class
			inner.class = strings.TrimSpace(outer + " " + attr(c, "class"))
			inner.nest(item, c)
			inner.class = outer
		}
	}
	if len(inner.blocks) == 0 {
		return
	}
	kind := list
	if n.DataAtom == atom.Ol {
		kind = numbered
	}
	b.blocks = append(b.blocks, together(kind, b.class, inner.blocks))
}

// table reads rows and cells; a table that only arranges blocks is none.
func (b *builder) table(n *node.Node) {
	var rows []block
	width, heavy := 0, false
	var walk func(*node.Node)
	walk = func(n *node.Node) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			switch c.DataAtom {
			case atom.Thead, atom.Tbody, atom.Tfoot, atom.Caption:
				walk(c)
			case atom.Tr:
				inner := builder{base: b.base, depth: b.depth + 1}
				for d := c.FirstChild; d != nil; d = d.NextSibling {
					if d.DataAtom == atom.Td || d.DataAtom == atom.Th {
						inner.nest(cell, d)
					}
				}
				for _, one := range inner.blocks {
					// A cell that holds so much is a column of the page.
					heavy = heavy || len(one.parts) > 3 || len(one.text) > 600
				}
				width = max(width, len(inner.blocks))
				if len(inner.blocks) > 0 {
					rows = append(rows, together(row, "", inner.blocks))
				}
			}
		}
	}
	walk(n)
	switch {
	case len(rows) == 0:
	case heavy || width < 2:
		for _, r := range rows {
			for _, c := range r.parts {
				b.blocks = append(b.blocks, c.parts...)
			}
		}
	default:
		b.blocks = append(b.blocks, together(table, b.class, rows))
	}
}

// pre reads an element whose lines stay apart; white space within them is as in
// other text. An empty one is none.
func (b *builder) pre(n *node.Node) {
	var lines []string
	for line := range strings.SplitSeq(textOf(n), "\n") {
		lines = append(lines, feed.OneLine(line))
	}
	text := strings.Trim(strings.Join(lines, "\n"), "\n")
	if text == "" {
		return
	}
	mark := ""
	eachText(n, func(t *node.Node) {
		if mark == "" {
			mark = strings.TrimSpace(t.Data)
		}
	})
	b.blocks = append(b.blocks, block{kind: pre, text: text, html: html.EscapeString(text), class: b.class, mark: mark})
}
