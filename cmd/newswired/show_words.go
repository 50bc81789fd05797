package main

import (
	"strings"
	"unicode"
)

// This file marks what changed between two texts, by words, or by characters
// where a script puts no spaces: that is what a reader sees change.

// A piece is a word of a text, or a character of a script that puts no spaces
// between words.
type piece struct {
	text   string
	spaced bool // white space stands before it
}

// pieces takes a text apart. Korean has spaces and is compared by words, its
// particles included; Han and Kana stand one by one.
func pieces(text string) []piece {
	var all []piece
	for _, word := range strings.Fields(text) {
		begin, spaced := 0, true
		add := func(end int) {
			if end > begin {
				all = append(all, piece{word[begin:end], spaced})
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

// What became of a piece.
const (
	kept    = ' '
	removed = '-'
	added   = '+'
)

// A change is a run of pieces that one thing became of.
type change struct {
	what   byte
	pieces []piece
}

// most bounds the table of a comparison; beyond it everything that lies between
// the common beginning and the common end counts as changed.
const most = 4_000_000

// compareWords returns what became of a text, in order: what is removed comes
// before what is added in its place. It keeps as many pieces as can be kept
// (the longest common subsequence, Wagner and Fischer 1974); but a text of which
// less than a quarter stayed is another text, and the words that both happen to
// have would only make it harder to read.
func compareWords(before, after string) []change {
	a, b := pieces(before), pieces(after)
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
	all = appendChange(all, kept, b[:front]...)
	all = middle(all, a[front:len(a)-back], b[front:len(b)-back])
	all = appendChange(all, kept, b[len(b)-back:]...)
	if len(all) > 1 && stayed(all)*4 < max(len(a), len(b)) {
		return appendChange(appendChange(nil, removed, a...), added, b...)
	}
	return all
}

// stayed counts the pieces that were kept.
func stayed(all []change) int {
	n := 0
	for _, c := range all {
		if c.what == kept {
			n += len(c.pieces)
		}
	}
	return n
}

// middle compares what lies between the common beginning and the common end.
func middle(all []change, a, b []piece) []change {
	if len(a)*len(b) > most {
		return appendChange(appendChange(all, removed, a...), added, b...)
	}
	width := len(b) + 1
	common := make([]int32, (len(a)+1)*width) // of a[i:] and b[j:], how many pieces can be kept
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
			all = appendChange(all, kept, b[j])
			i, j = i+1, j+1
		case j == len(b) || i < len(a) && common[(i+1)*width+j] >= common[i*width+j+1]:
			all = appendChange(all, removed, a[i])
			i++
		default:
			all = appendChange(all, added, b[j])
			j++
		}
	}
	return all
}

// appendChange adds pieces to the last run if that is of their kind.
func appendChange(all []change, what byte, more ...piece) []change {
	if len(more) == 0 {
		return all
	}
	if n := len(all); n > 0 && all[n-1].what == what {
		all[n-1].pieces = append(all[n-1].pieces, more...)
		return all
	}
	return append(all, change{what, append([]piece(nil), more...)})
}

// around is how many words are left on each side of a change where the rest of
// a long text is cut out.
const around = 6

// marked writes changed words as git's word diff does: [-old-]{+new+}. Long
// runs of words that stayed are cut if short is true.
func marked(before, after string, short bool) string {
	all := compareWords(before, after)
	var out strings.Builder
	for i, c := range all {
		if out.Len() > 0 && c.pieces[0].spaced && (i == 0 || all[i-1].what != removed || c.what != added) {
			out.WriteByte(' ')
		}
		text := join(c.pieces)
		if c.what == kept && short && len(c.pieces) > 2*around+1 {
			text = cutOut(c.pieces, i == 0, i == len(all)-1)
		}
		switch c.what {
		case removed:
			text = "[-" + text + "-]"
		case added:
			text = "{+" + text + "+}"
		}
		out.WriteString(text)
	}
	return out.String()
}

// cutOut returns the beginning and the end of a run, or only the part that is
// next to a change.
func cutOut(run []piece, first, last bool) string {
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

// join writes pieces as they stood, with single spaces.
func join(run []piece) string {
	var out strings.Builder
	for i, p := range run {
		if i > 0 && p.spaced {
			out.WriteByte(' ')
		}
		out.WriteString(p.text)
	}
	return out.String()
}
