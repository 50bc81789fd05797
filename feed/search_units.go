package feed

import "strings"

// Indexed returns a text as the search index takes it: its words folded, and
// such scripts as don't part words with spaces in pairs of characters, so that
// 금리 is found in 기준금리를 and 地震 in running text. Korean words as a whole
// would make the index half as large again.
//
//	AI가 5% 인상한다   ai 가 5 인상 상한 한다
//	対ロシア制裁       対ロ ロシ シア ア制 制裁
func Indexed(text string) string {
	return strings.Join(searchUnits(Tokens(nil, Fold(text))), " ")
}

// searchUnits returns what the index has of some Tokens: words as they are, of
// other scripts the pairs of characters that stand together.
func searchUnits(tokens []Token) []string {
	units := make([]string, 0, len(tokens)*2)
	for len(tokens) > 0 {
		word, n := cutWord(tokens)
		if tokens[0].Script == Spaced {
			units = append(units, word)
		} else {
			units = appendPairs(units, word)
		}
		tokens = tokens[n:]
	}
	return units
}

// cutWord returns the first word of some Tokens, and how many they are: of a
// script without spaces all that stand together.
func cutWord(tokens []Token) (word string, n int) {
	if tokens[0].Script != Unspaced {
		return tokens[0].Text, 1
	}
	var run strings.Builder
	for n = 0; n == 0 || n < len(tokens) && tokens[n].Script == Unspaced && tokens[n].Glued; n++ {
		run.WriteString(tokens[n].Text)
	}
	return run.String(), n
}

// appendPairs appends every two characters that follow each other, or the only
// one.
func appendPairs(units []string, run string) []string {
	before, at := 0, 0 // where the two characters before begin
	n := 0
	for i := range run {
		if n++; n > 2 {
			units = append(units, run[before:i])
		}
		before, at = at, i
	}
	return append(units, run[before:])
}
