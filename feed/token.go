package feed

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// A Script decides how a word is delimited and compared.
type Script uint8

// The Scripts.
const (
	NoScript Script = iota // no part of a word; what stands between two texts
	Spaced                 // letters and digits of scripts that put spaces between words
	Hangul                 // Korean: spaces between words, particles attached to them
	Unspaced               // Han, kana, Thai ...: no spaces, so every character is a Token
)

// A Token is a word, or a character of a script that has no spaces. Where the
// Script changes a word ends, so that "5G서비스" is two Tokens.
type Token struct {
	Text   string
	Script Script
	Glued  bool // nothing stands between it and the Token before
}

// Fold returns text as Tokens are compared: one width and normal form (NFKC),
// case folded, one apostrophe, without invisible characters. Most English, Korean
// and Chinese text takes the short way.
func Fold(text string) string {
	if strings.IndexFunc(text, changes) < 0 {
		return strings.ToLower(text)
	}
	// Folding may undo the normal form and the form may bring new capitals, hence
	// NFKC on both sides.
	text = norm.NFKC.String(strings.Map(apparent, text))
	return norm.NFKC.String(cases.Fold().String(text))
}

// changes reports whether a character may become another when it is folded, but for
// the case of ASCII, or one with a character that does.
func changes(r rune) bool {
	switch {
	case r < utf8.RuneSelf, 0xac00 <= r && r <= 0xd7a3, 0x4e00 <= r && r <= 0x9fff: // Hangul, Han
		return false
	case r == '“', r == '”', r == '·':
		return false
	}
	return true
}

// apparent drops what nobody sees: soft hyphens, zero-width spaces that some
// outlets put between words, directions, variation selectors.
func apparent(r rune) rune {
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

// A scanner takes folded text apart.
type scanner struct {
	text  string
	list  []Token
	start int // of the open token; -1 if none is open
	end   int // of the token before; -1 if there is none
}

// Tokens appends the Tokens of folded text to list.
//
//	n. korea's kim-led   n, korea, kim, led
//	5g서비스             5g, 서비스
//	訪北 뒤              訪, 北, 뒤
func Tokens(list []Token, text string) []Token {
	s := scanner{text: text, list: list, start: -1, end: -1}
	skip := 0
	for i, r := range text {
		c := scriptOf(r)
		switch {
		case i < skip:
		case r == '\'' && s.possessive(i):
			s.close(i)
			skip = i + len("'s")
		case c == NoScript && unicode.Is(unicode.M, r):
			// An accent without a composed form belongs to the letter
			// before it, and to nothing after a space.
		case c == NoScript:
			s.close(i)
		case c == Unspaced || !s.continues(c):
			s.close(i)
			s.open(i, c)
		}
	}
	s.close(len(text))
	return s.list
}

// open begins a token. It is glued if the one before ended just here.
func (s *scanner) open(at int, c Script) {
	s.list = append(s.list, Token{Script: c, Glued: at == s.end})
	s.start = at
}

// close ends the open token, if there is one.
func (s *scanner) close(at int) {
	if s.start >= 0 {
		s.list[len(s.list)-1].Text = s.text[s.start:at]
		s.start, s.end = -1, at
	}
}

// continues reports whether a character of the Script belongs to the open Token.
func (s *scanner) continues(c Script) bool {
	return s.start >= 0 && s.list[len(s.list)-1].Script == c
}

// possessive reports whether the apostrophe at i is that of "Korea's": the 's
// counts for nothing.
func (s *scanner) possessive(i int) bool {
	rest := s.text[i+1:]
	if !s.continues(Spaced) || !strings.HasPrefix(rest, "s") {
		return false
	}
	r, _ := utf8.DecodeRuneInString(rest[1:])
	return scriptOf(r) != Spaced && !unicode.Is(unicode.M, r)
}

// scriptOf returns the Script of a character; NoScript stands for all that is no
// part of a word. Digits go with letters, for 5G and G7 are words; numbers in
// Korean text (3차) are tokens of their own.
func scriptOf(r rune) Script {
	switch {
	case r < utf8.RuneSelf:
		if 'a' <= r && r <= 'z' || '0' <= r && r <= '9' {
			return Spaced
		}
		return NoScript
	case unicode.Is(unicode.Hangul, r):
		return Hangul
	case r == 'ー', unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana,
		unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar):
		return Unspaced
	case unicode.IsLetter(r), unicode.IsNumber(r):
		return Spaced
	}
	return NoScript
}
