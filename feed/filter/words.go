package filter

import (
	"unicode/utf8"

	"newswired/feed"
)

// words is text taken apart once and indexed by a chain through all tokens of
// one key, so that looking for a phrase costs the same however long the text is.
// The zero value holds no text.
type words struct {
	tokens []feed.Token
	head   int              // how many of them are headlines, which come first
	first  map[string]int32 // by key, the first token that has it
	next   []int32          // the next token of the same key, -1 at the end
}

// keyOf returns what a token is looked up by. A Korean word is found by its
// first syllable, for the phrase may be only the beginning of it.
func keyOf(t feed.Token) string {
	if t.Script == feed.Hangul {
		_, n := utf8.DecodeRuneInString(t.Text)
		return t.Text[:n]
	}
	return t.Text
}

// add appends one text and returns the number of its tokens.
func (w *words) add(text string) int {
	if len(w.tokens) > 0 {
		w.tokens = append(w.tokens, feed.Token{Script: feed.NoScript})
	}
	before := len(w.tokens)
	w.tokens = feed.Tokens(w.tokens, feed.Fold(text))
	return len(w.tokens) - before
}

// index makes the tokens findable; no text can be added afterwards. It goes
// backwards, so that each chain runs from the front.
func (w *words) index() {
	w.first = make(map[string]int32, len(w.tokens)/2)
	w.next = make([]int32, len(w.tokens))
	for i := len(w.tokens) - 1; i >= 0; i-- {
		if w.tokens[i].Script == feed.NoScript {
			continue
		}
		key := keyOf(w.tokens[i])
		after, ok := w.first[key]
		if !ok {
			after = -1
		}
		w.next[i] = after
		w.first[key] = int32(i)
	}
}
