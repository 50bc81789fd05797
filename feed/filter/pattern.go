package filter

import (
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
	"unicode"

	"github.com/expr-lang/expr/ast"
)

// A pattern is a regular expression that is looked for in a text of the Story.
// Most Stories do not match most patterns, and what a match cannot do without is
// found a hundred times faster than a match: hence that is looked for first.
//
//	(?i)(north korea|북한).*missile    missile
//	(quake|tsunami)s? (off|near)       quake, tsunami
//	[0-9]+ dead                         dead
//	^\(URGENT\)                         (urgent)
type pattern struct {
	re      *regexp.Regexp
	needles []string // folded; a match has one of them at least. nil: nothing is known
}

// newPattern reads a regular expression in the syntax of RE2; an error is one of
// its syntax.
func newPattern(text string) (*pattern, error) {
	re, err := regexp.Compile(text)
	if err != nil {
		return nil, err
	}
	tree, err := syntax.Parse(text, syntax.Perl)
	if err != nil {
		return nil, err
	}
	return &pattern{re, needles(tree)}, nil
}

// in reports whether a text matches, of which folded is fold.
func (p *pattern) in(text, folded string) bool {
	has := func(needle string) bool { return strings.Contains(folded, needle) }
	if p.needles != nil && !slices.ContainsFunc(p.needles, has) {
		return false
	}
	return p.re.MatchString(text)
}

// needles returns texts of which every match of an expression has one, nil if
// there are none, or more than it pays to look for.
func needles(re *syntax.Regexp) []string {
	const most = 20
	switch re.Op {
	case syntax.OpLiteral:
		return []string{fold(string(re.Rune))}
	case syntax.OpCapture, syntax.OpPlus:
		return needles(re.Sub[0])
	case syntax.OpRepeat:
		if re.Min > 0 {
			return needles(re.Sub[0])
		}
	case syntax.OpConcat:
		var best []string
		for _, sub := range re.Sub {
			if some := needles(sub); shortest(some) > shortest(best) {
				best = some
			}
		}
		return best
	case syntax.OpAlternate:
		var all []string
		for _, sub := range re.Sub {
			some := needles(sub)
			if some == nil || len(all)+len(some) > most {
				return nil
			}
			all = append(all, some...)
		}
		return all
	}
	return nil
}

// shortest returns the length of the shortest text of a list, 0 if it is empty.
func shortest(list []string) int {
	if len(list) == 0 {
		return 0
	}
	return len(slices.MinFunc(list, func(a, b string) int { return len(a) - len(b) }))
}

// fold returns a text in which what (?i) takes for equal is equal: each letter
// stands for all that are the same but for case (unicode.SimpleFold).
func fold(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case 'A' <= r && r <= 'Z':
			return r + 'a' - 'A'
		case 'a' <= r && r <= 'z' || r < 'a' || unicode.Is(unicode.Hangul, r) || unicode.Is(unicode.Han, r):
			return r
		}
		least := r
		for other := unicode.SimpleFold(r); other != r; other = unicode.SimpleFold(other) {
			least = min(least, other)
		}
		if 'A' <= least && least <= 'Z' { // K for the Kelvin sign
			least += 'a' - 'A'
		}
		return least
	}, text)
}

// A text is a variable in which patterns are looked for, and its folded form once
// that was asked for.
type text uint8

const (
	headlineText text = iota
	summaryText
	wholeText
	texts // how many there are
)

// textOf returns which text an operand is.
func textOf(node ast.Node) (text, bool) {
	name, ok := node.(*ast.IdentifierNode)
	if !ok {
		return 0, false
	}
	i := slices.Index([]string{"headline", "summary", "text"}, name.Value)
	return text(max(i, 0)), i >= 0
}

// matches reports whether a text of the Story matches a pattern.
func (s *Subject) matches(where text, p *pattern) bool {
	v := s.variables(where == wholeText)
	value := [texts]string{v.Headline, v.Summary, v.Text}[where]
	if s.folded[where] == "" {
		s.folded[where] = fold(value)
	}
	return p.in(value, s.folded[where])
}
