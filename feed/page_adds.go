package feed

import (
	"fmt"
	"unicode/utf8"
)

// How much of what the Source says must be found on the page. Pages of the
// article have nearly all of it; another page in its language has its small words,
// which are a third. Of a headline alone, which may be written anew on the page,
// a quarter is enough.
const (
	leastShared   = 0.5
	leastHeadline = 0.25
	fewTokens     = 12 // no more than a headline
)

// Adds reports whether a page has more of an Article to say than its Source did.
// If not it tells how it fails, and why.
func (p *Page) Adds(a *Article) (ok bool, kind Kind, reason string) {
	says := a.Summary
	if content := Plain(a.Content); len(content) > len(says) {
		says = content
	}
	here, there := utf8.RuneCountInString(letters(p.Text)), utf8.RuneCountInString(letters(says))
	if here <= there {
		return false, SaysLess, fmt.Sprintf("it has %d letters of text, the feed %d", here, there)
	}
	all := set(tokens(nil, unitsOf(a.Title+"\n"+says, maxUnits)))
	own := set(tokens(nil, unitsOf(p.Title+"\n"+p.Text, 20*maxUnits)))
	least := leastShared
	if len(all) <= fewTokens {
		least = leastHeadline
	}
	if n := common(all, own); float64(n) < least*float64(len(all)) {
		return false, OtherText, fmt.Sprintf("it has %d of the %d words of the feed: it is the page of something else", n, len(all))
	}
	return true, OK, ""
}
