package filter

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// A script class decides how a word is delimited and compared.
type class uint8

const (
	barrier  class = iota // between two texts: no phrase reaches across it
	spaced                // letters and digits of scripts that put spaces between words
	hangul                // Korean: spaces between words, particles attached to them
	unspaced              // Han, kana, Thai ...: no spaces, so every character is a token
)

// A token is a word, or a character of a script that has no spaces. Where the
// class changes a word ends, so that "5G서비스" is two tokens.
type token struct {
	text  string
	class class
	glued bool // nothing stands between it and the token before
}

// words is text taken apart once and indexed by a chain through all tokens of
// one key, so that looking for a phrase costs the same
// however long the text is. The zero value holds no text.
type words struct {
	tokens []token
	head   int              // how many of them are headlines, which come first
	first  map[string]int32 // by key, the first token that has it
	next   []int32          // the next token of the same key, -1 at the end
}

// key returns what a token is looked up by. A Korean word is found by its
// first syllable, for the phrase may be only the beginning of it.
func (t token) key() string {
	if t.class == hangul {
		_, n := utf8.DecodeRuneInString(t.text)
		return t.text[:n]
	}
	return t.text
}

// add appends one text and returns the number of its tokens.
func (w *words) add(text string) int {
	if len(w.tokens) > 0 {
		w.tokens = append(w.tokens, token{class: barrier})
	}
	before := len(w.tokens)
	w.tokens = tokens(w.tokens, normal(text))
	return len(w.tokens) - before
}

// index makes the tokens findable; no text can be added afterwards. It goes
// backwards, so that each chain runs from the front.
func (w *words) index() {
	w.first = make(map[string]int32, len(w.tokens)/2)
	w.next = make([]int32, len(w.tokens))
	for i := len(w.tokens) - 1; i >= 0; i-- {
		if w.tokens[i].class == barrier {
			continue
		}
		key := w.tokens[i].key()
		after, ok := w.first[key]
		if !ok {
			after = -1
		}
		w.next[i] = after
		w.first[key] = int32(i)
	}
}

// normal returns text as it is compared: one width and normal form (NFKC),
// case folded, one apostrophe, without invisible characters. Most English text
// is ASCII and takes the short way.
func normal(text string) string {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			// Folding may undo the normal form and the form may bring
			// new capitals, hence NFKC on both sides.
			text = norm.NFKC.String(strings.Map(visible, text))
			return norm.NFKC.String(cases.Fold().String(text))
		}
	}
	return strings.ToLower(text)
}

// visible drops what nobody sees: soft hyphens, zero-width spaces that some
// outlets put between words, directions, variation selectors.
func visible(r rune) rune {
	switch {
	case r < utf8.RuneSelf:
		return r
	case r == '’' || r == '‘' || r == 'ʼ':
		return '\''
	case unicode.In(r, unicode.Cf, unicode.Variation_Selector):
		return -1
	}
	return r
}

// A scanner takes normal text apart.
type scanner struct {
	text  string
	list  []token
	start int // of the open token; -1 if none is open
	end   int // of the token before; -1 if there is none
}

// tokens appends the tokens of normal text to list.
//
//	n. korea's kim-led   n, korea, kim, led
//	5g서비스             5g, 서비스
//	訪北 뒤              訪, 北, 뒤
func tokens(list []token, text string) []token {
	s := scanner{text: text, list: list, start: -1, end: -1}
	skip := 0
	for i, r := range text {
		c := classOf(r)
		switch {
		case i < skip:
		case r == '\'' && s.possessive(i):
			s.close(i)
			skip = i + len("'s")
		case c == barrier && unicode.Is(unicode.M, r):
			// An accent without a composed form belongs to the letter
			// before it, and to nothing after a space.
		case c == barrier:
			s.close(i)
		case c == unspaced || !s.continues(c):
			s.close(i)
			s.open(i, c)
		}
	}
	s.close(len(text))
	return s.list
}

// open begins a token. It is glued if the one before ended just here.
func (s *scanner) open(at int, c class) {
	s.list = append(s.list, token{class: c, glued: at == s.end})
	s.start = at
}

// close ends the open token, if there is one.
func (s *scanner) close(at int) {
	if s.start >= 0 {
		s.list[len(s.list)-1].text = s.text[s.start:at]
		s.start, s.end = -1, at
	}
}

// continues reports whether a character of the class belongs to the open token.
func (s *scanner) continues(c class) bool {
	return s.start >= 0 && s.list[len(s.list)-1].class == c
}

// possessive reports whether the apostrophe at i is that of "Korea's": the 's
// counts for nothing.
func (s *scanner) possessive(i int) bool {
	rest := s.text[i+1:]
	if !s.continues(spaced) || !strings.HasPrefix(rest, "s") {
		return false
	}
	r, _ := utf8.DecodeRuneInString(rest[1:])
	return classOf(r) != spaced && !unicode.Is(unicode.M, r)
}

// classOf returns the class of a character; barrier stands for all that is no
// part of a word. Digits go with letters, for 5G and G7 are words; numbers in
// Korean text (3차) are tokens of their own.
func classOf(r rune) class {
	switch {
	case r < utf8.RuneSelf:
		if 'a' <= r && r <= 'z' || '0' <= r && r <= '9' {
			return spaced
		}
		return barrier
	case unicode.Is(unicode.Hangul, r):
		return hangul
	case r == 'ー', unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana,
		unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar):
		return unspaced
	case unicode.IsLetter(r), unicode.IsNumber(r):
		return spaced
	}
	return barrier
}
