package filter

import (
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"newswired/feed"
)

// A phrase is what is looked for: words in their order.
//
//	phrase         found in                             not in
//	Iran           Iran's oil; "IRAN"                   Iranian; Tirana
//	N. Korea       N.Korea's; n Korea; N.-Korea         N. Koreans; S. Korea
//	북한           북한이; 북한에서는; 北·북한; 對북한  대북한; 북한군; 북한산
//	국제 유가      국제유가가; 국제 유가는              국제의원
//	5G 서비스      5G서비스를; 5G 서비스                15G 서비스
//	北             北, 미사일 발사; 北韓; 訪北          북
//	ロシア         対ロシア制裁                         ロ・シア
//
// Case, width, normal form, punctuation and white space between the words
// don't matter, nor does an English 's. Korean words may carry particles, and
// nothing else; what is written with spaces in the phrase may be without in
// the text, as compounds often are. A word ends where the script changes. In
// scripts without spaces a phrase is found anywhere.
type phrase struct {
	text   string // as written by who asks
	tokens []feed.Token
	forms  [][]string // of each token its inflections; nil if they are not meant
	keys   []string   // by which its first word is looked up
}

// newPhrase takes a phrase apart in the way in which texts are: one law for
// both makes that a text contains what is copied from it.
// With stem its English words are found in their inflections, too.
func newPhrase(text string, stem bool) (*phrase, error) {
	p := &phrase{text: text, tokens: feed.Tokens(nil, feed.Fold(text))}
	if len(p.tokens) == 0 {
		return nil, errors.New("there is no letter or digit in it")
	}
	p.keys = []string{keyOf(p.tokens[0])}
	for i := range p.tokens {
		if stem {
			p.forms = append(p.forms, forms(p.tokens[i].Text))
		}
	}
	if stem && p.forms[0] != nil {
		p.keys = p.forms[0]
	}
	return p, nil
}

// find returns the first place of the phrase in the words, -1 if there is none.
func (p *phrase) find(w *words) int {
	found := -1
	for _, key := range p.keys {
		i, ok := w.first[key]
		for ok && i >= 0 && (found < 0 || int(i) < found) {
			if p.from(0, w.tokens[i:], 0) {
				found = int(i)
			}
			i = w.next[i]
		}
	}
	return found
}

// from reports whether the phrase from its k-th word on stands at the front of
// ts, of whose first token off bytes are used up: only Korean words follow
// each other within a token.
func (p *phrase) from(k int, ts []feed.Token, off int) bool {
	if k == len(p.tokens) {
		return true
	}
	if len(ts) == 0 || ts[0].Script != p.tokens[k].Script {
		return false
	}
	word, t := p.tokens[k], ts[0]
	if word.Script != feed.Hangul {
		if word.Script == feed.Unspaced && word.Glued && k > 0 && !t.Glued {
			return false // 北韓 is not "北, 韓"
		}
		return (t.Text == word.Text || p.forms != nil && slices.Contains(p.forms[k], t.Text)) && p.from(k+1, ts[1:], 0)
	}
	tail, ok := strings.CutPrefix(t.Text[off:], word.Text)
	return ok && p.korean(k, ts, tail)
}

// korean goes on after the k-th word, a Korean one, was found and tail is what
// its token has left. The tail is first tried as particles, then as the next
// word of the phrase: 한국과 학회 is in 한국과학회 only by the second.
func (p *phrase) korean(k int, ts []feed.Token, tail string) bool {
	if tail == "" {
		return p.from(k+1, ts[1:], 0)
	}
	last, _ := utf8.DecodeLastRuneInString(p.tokens[k].Text)
	if areParticles(last, tail) && p.from(k+1, ts[1:], 0) {
		return true
	}
	joins := k+1 < len(p.tokens) && p.tokens[k+1].Script == feed.Hangul
	return joins && p.from(k+1, ts, len(ts[0].Text)-len(tail))
}
