package page

import (
	"regexp"
	"slices"
	"strings"

	"newswired/feed"
)

// A cleaner takes off an article what outlets put into it.
type cleaner struct {
	title    string        // of the page
	people   []feed.Person // who sign the page
	captions []string      // of its pictures
	outlets  []string      // names that its outlet goes by
	offers   []string      // to buy the rest, which it has met
	credit   feed.Credit   // of the agency that the text names as its origin
}

// clean returns the blocks of an article without furniture.
func (c *cleaner) clean(blocks []block) []block {
	blocks = c.withoutLead(blocks)
	seen := make(map[string]bool)
	var kept []block
	for i := range blocks {
		b := &blocks[i]
		if b.kind == picture {
			if b.figure.url != "" && !seen[b.figure.url] {
				seen[b.figure.url] = true
				kept = append(kept, *b)
			}
			continue
		}
		how := c.judge(b, i, len(blocks))
		if how == endsHere && proseOf(kept) > 8*proseOf(blocks[i+1:]) {
			break
		}
		if how != stays || len(b.text) > 40 && seen[b.text] {
			continue
		}
		seen[b.text] = true
		kept = append(kept, *b)
	}
	kept = withoutEmptyHeadings(kept)
	c.credit = creditOfBlocks(kept) // which goes with the tail
	return c.withoutTail(kept)
}

// creditOfBlocks returns the agency that an article names as its origin, before
// its paragraphs or behind them.
func creditOfBlocks(blocks []block) feed.Credit {
	var text []string
	for i := range blocks {
		if blocks[i].kind == paragraph {
			text = append(text, blocks[i].text)
		}
	}
	return feed.ReadBody(feed.OneLine(strings.Join(text, " "))).Credit
}

// A fate is what becomes of a block.
type fate byte

const (
	stays fate = iota
	goes
	endsHere // it goes, and all that follows it if that is little
)

// judge decides about one block of so many.
func (c *cleaner) judge(b *block, at, of int) fate {
	b.text, b.html = withoutFurnitureLines(b)
	if b.text == "" {
		return goes
	}
	if linkedOnly(b) || isStamp(b.text) {
		return goes
	}
	if offer := offerIn(b.text); offer != "" {
		c.offers = append(c.offers, offer)
		return goes
	}
	how := fateOf(b.text)
	if how == endsHere && b.kind != heading && b.kind != paragraph {
		return stays
	}
	if b.kind == list || b.kind == numbered {
		return judgeList(b)
	}
	return how
}

// judgeList drops a list of which most items are furniture.
func judgeList(b *block) fate {
	bad := 0
	for i := range b.parts {
		if fateOf(b.parts[i].text) != stays {
			bad++
		}
	}
	if bad*2 > len(b.parts) {
		return goes
	}
	return stays
}

// linkedOnly reports whether a block is nothing but links to elsewhere: what
// else to read. A line of prose that is a link is rare, and no loss.
func linkedOnly(b *block) bool {
	if b.kind == table || b.kind == pre || b.kind == quote {
		return false
	}
	return b.linked*10 >= len(b.text)*9
}

// isStamp reports whether a line is when and by whom a part of a running report
// was written: "21 mins ago11:48 Jane Doe", "17:56KEY EVENT".
func isStamp(text string) bool {
	const longest = 60
	if len(text) > longest || text[0] < '0' || text[0] > '9' {
		return false
	}
	return stamp.MatchString(text)
}

// stamp finds how such lines begin.
var stamp = regexp.MustCompile(`^\d{1,2}:\d\d\p{L}|^\d+ ?(?:secs?|seconds?|mins?|minutes?|hrs?|hours?|days?) ago`)

// isCaption reports whether a text is what stands under a picture as well.
func (c *cleaner) isCaption(text string) bool {
	for _, caption := range c.captions {
		if len(caption) > 20 && (strings.HasPrefix(text, caption) || strings.HasPrefix(caption, text) && len(text) > 30) {
			return len(text) < 2*len(caption)+60
		}
	}
	return false
}

// withoutLead drops what stands before the article: its headline again, names,
// times, sections, the points it makes as a list under a word for that.
func (c *cleaner) withoutLead(blocks []block) []block {
	first := slices.IndexFunc(blocks, isProse)
	var kept []block
	for i := range blocks {
		b := &blocks[i]
		points := b.kind == list && i > 0 && fateOf(blocks[i-1].text) != stays
		if i < first && (points || c.isLead(b)) {
			continue
		}
		kept = append(kept, *b)
	}
	return kept
}

// isLead reports whether a block before the first sentence is furniture.
func (c *cleaner) isLead(b *block) bool {
	switch {
	case b.kind == picture, b.kind == quote, b.kind == table, b.kind == pre:
		return false
	case b.kind == heading:
		return b.linked*2 > len(b.text) || (sameWords(b.text, c.title) || isOutlet(b.text, c.outlets) || b.level == 1 || len(b.text) < 12)
	case sameWords(b.text, c.title), c.isCaption(b.text):
		return true
	case b.kind == list, b.kind == numbered:
		return b.linked*2 > len(b.text)
	}
	return len(b.text) < 120 && (!endsSentence(b.text) || strings.HasSuffix(b.text, ":"))
}

// sameWords reports whether two texts have the same letters, or one begins with
// the other and has little more.
func sameWords(a, b string) bool {
	a, b = squeeze(a), squeeze(b)
	if a == "" || b == "" {
		return false
	}
	return a == b || len(a) > 24 && strings.HasPrefix(b, a) && len(b) < len(a)*3/2 || len(b) > 24 && strings.HasPrefix(a, b) && len(a) < len(b)*3/2
}

// withoutEmptyHeadings drops a heading that nothing follows.
func withoutEmptyHeadings(blocks []block) []block {
	for len(blocks) > 0 && blocks[len(blocks)-1].kind == heading {
		blocks = blocks[:len(blocks)-1]
	}
	return blocks
}

// withoutTail takes off the last paragraphs what stands behind a report: mail
// addresses, (END), who signs it, legal notices.
func (c *cleaner) withoutTail(blocks []block) []block {
	const reach = 4
	for i := len(blocks) - 1; i >= max(0, len(blocks)-reach); i-- {
		b := &blocks[i]
		if b.kind != paragraph {
			continue
		}
		rest := feed.CutTail(b.text)
		if rest != "" && !endsSentence(rest) && len(rest) < 60 && (c.isPerson(rest) || rest != b.text) {
			rest = ""
		}
		if rest != b.text {
			b.cut(rest)
		}
		if rest == "" {
			blocks = slices.Delete(blocks, i, i+1)
		}
	}
	return blocks
}

// isPerson reports whether a text is but the name of who signs the page.
func (c *cleaner) isPerson(text string) bool {
	for _, p := range c.people {
		if strings.Contains(text, p.Name) && len(text) < 3*len(p.Name)+10 {
			return true
		}
	}
	return false
}

// cut shortens a block to the start of its text; its markup follows if it ends
// in the same words.
func (b *block) cut(rest string) {
	gone := strings.TrimPrefix(b.text, rest)
	if markup, ok := strings.CutSuffix(b.html, escape(gone)); ok {
		b.html = strings.TrimRight(markup, " ")
	} else {
		b.html = strings.ReplaceAll(escape(rest), "\n", "<br>")
	}
	b.text = rest
}
