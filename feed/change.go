package feed

import (
	"strings"
	"unicode"
)

// This file marks what changed between two texts, by words, or by characters
// where a script puts no spaces: that is what a reader sees change.

// A token is a word of a text, or a character of a script that puts no spaces
// between words.
type token struct {
	text   string
	spaced bool // white space stands before it
}

// takeApart returns the tokens of a text. Korean has spaces and is compared by
// words, its particles included; Han and Kana stand one by one.
func takeApart(text string) []token {
	var all []token
	for _, word := range strings.Fields(text) {
		begin, spaced := 0, true
		add := func(end int) {
			if end > begin {
				all = append(all, token{word[begin:end], spaced})
				begin, spaced = end, false
			}
		}
		for i, c := range word {
			if unicode.In(c, unicode.Han, unicode.Hiragana, unicode.Katakana) {
				add(i)
				add(i + len(string(c)))
			}
		}
		add(len(word))
	}
	return all
}

// A Change is a run of words that one thing became of.
type Change struct {
	What   byte   // Kept, Removed or Added
	Text   string // with single spaces; "..." stands for what was cut out
	Spaced bool   // white space stands before it
}

// What became of words.
const (
	// The characters are those of unified diffs.
	Kept    = ' '
	Removed = '-'
	Added   = '+'
)

// Changes returns what became of a text, in order: what is removed comes before
// what is added in its place. It is cut to what changed, with a few words around,
// if short is true.
func Changes(before, after string, short bool) []Change {
	runs := compareWords(before, after)
	all := make([]Change, len(runs))
	for i, c := range runs {
		text := join(c.tokens)
		if c.what == Kept && short && len(c.tokens) > 2*around+1 {
			text = cutOut(c.tokens, i == 0, i == len(runs)-1)
		}
		spaced := i > 0 && c.tokens[0].spaced
		if i > 0 && c.what == Added && runs[i-1].what == Removed {
			spaced = false // it takes the other's place
		}
		all[i] = Change{c.what, text, spaced}
	}
	return all
}

// A change is a run of tokens that one thing became of.
type change struct {
	what   byte
	tokens []token
}

// most bounds the table of a comparison; beyond it everything that lies between
// the common beginning and the common end counts as changed.
const most = 4_000_000

// compareWords keeps as many tokens as can be kept
// (the longest common subsequence, Wagner and Fischer 1974); but a text of which
// less than a quarter stayed is another text, and the words that both happen to
// have would only make it harder to read.
func compareWords(before, after string) []change {
	a, b := takeApart(before), takeApart(after)
	// Most of a correction is as it was: both ends are taken off first, so that
	// the table stays small.
	front := 0
	for front < len(a) && front < len(b) && a[front].text == b[front].text {
		front++
	}
	back := 0
	for back < len(a)-front && back < len(b)-front && a[len(a)-1-back].text == b[len(b)-1-back].text {
		back++
	}
	var all []change
	all = appendChange(all, Kept, b[:front]...)
	all = middle(all, a[front:len(a)-back], b[front:len(b)-back])
	all = appendChange(all, Kept, b[len(b)-back:]...)
	if len(all) > 1 && stayed(all)*4 < max(len(a), len(b)) {
		return appendChange(appendChange(nil, Removed, a...), Added, b...)
	}
	return all
}

// stayed counts the tokens that were kept.
func stayed(all []change) int {
	n := 0
	for _, c := range all {
		if c.what == Kept {
			n += len(c.tokens)
		}
	}
	return n
}

// middle compares what lies between the common beginning and the common end.
func middle(all []change, a, b []token) []change {
	if len(a)*len(b) > most {
		return appendChange(appendChange(all, Removed, a...), Added, b...)
	}
	width := len(b) + 1
	common := make([]int32, (len(a)+1)*width) // of a[i:] and b[j:], how many tokens can be kept
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i].text == b[j].text {
				common[i*width+j] = common[(i+1)*width+j+1] + 1
			} else {
				common[i*width+j] = max(common[(i+1)*width+j], common[i*width+j+1])
			}
		}
	}
	// Where both ways keep as much, what is removed goes first.
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i].text == b[j].text:
			all = appendChange(all, Kept, b[j])
			i, j = i+1, j+1
		case j == len(b) || i < len(a) && common[(i+1)*width+j] >= common[i*width+j+1]:
			all = appendChange(all, Removed, a[i])
			i++
		default:
			all = appendChange(all, Added, b[j])
			j++
		}
	}
	return all
}

// appendChange adds tokens to the last run if that is of their kind.
func appendChange(all []change, what byte, more ...token) []change {
	if len(more) == 0 {
		return all
	}
	if n := len(all); n > 0 && all[n-1].what == what {
		all[n-1].tokens = append(all[n-1].tokens, more...)
		return all
	}
	return append(all, change{what, append([]token(nil), more...)})
}

// around is how many words are left on each side of a change where the rest of
// a long text is cut out.
const around = 6

// cutOut returns the beginning and the end of a run, or only the part that is
// next to a change.
func cutOut(run []token, first, last bool) string {
	head, tail := join(run[:around]), join(run[len(run)-around:])
	switch {
	case first && last:
		return join(run)
	case first:
		return "... " + tail
	case last:
		return head + " ..."
	}
	return head + " ... " + tail
}

// join writes tokens as they stood, with single spaces.
func join(run []token) string {
	var out strings.Builder
	for i, p := range run {
		if i > 0 && p.spaced {
			out.WriteByte(' ')
		}
		out.WriteString(p.text)
	}
	return out.String()
}
