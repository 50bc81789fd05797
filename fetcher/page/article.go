package page

import (
	"log/slog"
	"net/url"
	"slices"
	"strings"

	"codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// article returns the blocks of the article in a page, furniture among them. The
// element that is marked up as its body is it, if it has enough of the page's
// prose; otherwise the library looks for it.
func (s *scan) article(doc *html.Node) []block {
	if n := s.markedBody(); n != nil {
		if blocks := blocksOf(n, s.base); proseOf(blocks) > enough {
			return blocks
		}
	}
	parser := readability.NewParser()
	parser.Logger = slog.New(slog.DiscardHandler)
	parser.DisableJSONLD = true // readLinked has read it
	parser.KeepClasses = true   // by which captions are known, and what stands beside each other
	u, err := url.Parse(s.base)
	if err != nil {
		u = &url.URL{}
	}
	a, err := parser.ParseAndMutate(doc, u)
	if err != nil || a.Node == nil {
		return nil
	}
	named(doc)
	named(a.Node)
	found := blocksOf(a.Node, s.base)
	// What it found is looked for in the page again, for it loses paragraphs.
	around := container(doc, a.Node)
	if around == nil {
		return found
	}
	known := make(map[string]bool)
	eachText(a.Node, func(n *html.Node) {
		if text := strings.TrimSpace(n.Data); text != "" {
			known[text] = true
		}
	})
	if blocks := merge(blocksOf(around, s.base), known); blocks != nil {
		return blocks
	}
	return found
}

// named gives elements that the library made or renamed the number of their name.
func named(n *html.Node) {
	if n.Type == html.ElementNode {
		n.DataAtom = atom.Lookup([]byte(n.Data))
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		named(c)
	}
}

// container returns the element of a page that holds all the longer texts which
// the library found, nil if it is not there or that is the whole page.
func container(doc, found *html.Node) *html.Node {
	texts := make(map[string]bool)
	eachText(found, func(n *html.Node) {
		if len(n.Data) > longRun {
			texts[strings.TrimSpace(n.Data)] = true
		}
	})
	var around *html.Node
	eachText(doc, func(n *html.Node) {
		if len(n.Data) <= longRun || !texts[strings.TrimSpace(n.Data)] {
			return
		}
		if around == nil {
			around = n.Parent
		}
		for around != nil && !within(n, around) {
			around = around.Parent
		}
	})
	// All that it found may be in one paragraph, of several beside each other.
	for around != nil && (inline[around.DataAtom] || around.DataAtom == atom.P) {
		around = around.Parent
	}
	if around == nil || around.DataAtom == atom.Html || around.Type != html.ElementNode {
		return nil
	}
	return around
}

// eachText calls do with every text below n, in their order.
func eachText(n *html.Node, do func(*html.Node)) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.TextNode {
			do(c)
		} else {
			eachText(c, do)
		}
	}
}

// merge returns the blocks of a container that the library found, and with them
// those between that are sentences: it takes pages apart by the density of links
// and commas, and loses paragraphs that have many of the one or few of the other.
func merge(all []block, known map[string]bool) []block {
	is := func(b block) bool { return known[b.mark] || b.kind == picture && known[b.figure.url] }
	from := slices.IndexFunc(all, is)
	if from < 0 {
		return nil
	}
	// Where it found much, what it did not find has a place like what it did.
	parents, classes := make(map[*html.Node]bool), make(map[string]bool)
	for i := range all {
		if isProse(all[i]) && is(all[i]) {
			parents[all[i].parent], classes[all[i].class] = true, true
		}
	}
	little := proseOf(slices.DeleteFunc(slices.Clone(all), func(b block) bool { return !is(b) })) < 5*enough
	beside := func(b *block) bool { return little || parents[b.parent] || b.class != "" && classes[b.class] }
	to := len(all)
	for to > from && !is(all[to-1]) {
		to--
	}
	for from > 0 && (isBody(&all[from-1]) && beside(&all[from-1]) || all[from-1].kind == picture) {
		from--
	}
	for to < len(all) && isBody(&all[to]) && beside(&all[to]) {
		to++
	}
	var kept []block
	for i := from; i < to; i++ {
		b := &all[i]
		switch {
		case is(*b), b.kind == picture, b.kind == heading && b.linked == 0:
		case b.kind == paragraph && beside(b) && endsSentence(b.text) && b.linked*4 < len(b.text)*3:
		default:
			continue
		}
		kept = append(kept, *b)
	}
	return kept
}

// isBody reports whether a block is a sentence, and not one of links.
func isBody(b *block) bool { return isProse(*b) && b.linked*2 < len(b.text) }

// enough is how many bytes of sentences make an article.
const enough = 200

// markedBody returns the element that is marked up as the article's body, nil if
// there are several or none.
func (s *scan) markedBody() *html.Node {
	if len(s.bodies) != 1 {
		return nil
	}
	return s.bodies[0]
}

// bodyBlocks returns the text that JSON-LD has, in the paragraphs that it has; nil
// where that is HTML, whose lines are no paragraphs.
func bodyBlocks(body string) (blocks []block) {
	if strings.Contains(body, "</p>") || strings.Contains(body, "<br") {
		return nil
	}
	for line := range strings.SplitSeq(body, "\n") {
		if text := plain(line); text != "" {
			blocks = append(blocks, block{kind: paragraph, text: text, html: escape(text)})
		}
	}
	return blocks
}

// fromScript looks for the text in the data from which a browser would build the
// page: the longest string that is HTML with paragraphs.
func fromScript(scripts []string) string {
	best := ""
	for _, script := range scripts {
		for text := range longStrings(script) {
			if len(text) > len(best) && strings.Count(text, "<p") >= 2 && strings.HasPrefix(strings.TrimSpace(text), "<") {
				best = text
			}
		}
	}
	return best
}
