package filter

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/compiler"
	"github.com/expr-lang/expr/conf"
	"github.com/expr-lang/expr/parser"
	"github.com/expr-lang/expr/vm"
)

// An operation by which a part of an expression is judged.
type operation uint8

const (
	both     operation = iota // left and right
	either                    // left or right
	negated                   // not left
	mention                   // mentions(...) or title(...) with fixed words
	matching                  // a text matches a pattern
	other                     // anything else: the program of expr
)

// A part of an expression, down to where a reason can be given.
type part struct {
	op          operation // decides which of the following are set
	left, right *part     // of both and either; left alone of negated
	phrases     []*phrase
	headlines   bool     // a mention in headlines alone
	missing     string   // the reason if it does not hold; "" of logic, whose parts have theirs
	pattern     *pattern // of matching, likewise the next
	where       text
	program     *vm.Program // of other parts
	text        string      // as people may read it, of matching and of other parts
}

// divide takes an expression apart: the logic above, and the mentions and patterns
// below, are ours; what lies between is compiled as a program of its own.
func (f *Filter) divide(tree *parser.Tree, node ast.Node, config *conf.Config) (*part, error) {
	switch n := node.(type) {
	case *ast.UnaryNode:
		if n.Operator == "not" || n.Operator == "!" {
			left, err := f.divide(tree, n.Node, config)
			return &part{op: negated, left: left}, err
		}
	case *ast.BinaryNode:
		switch n.Operator {
		case "and", "&&":
			return f.join(both, tree, n, config)
		case "or", "||":
			return f.join(either, tree, n, config)
		case "matches":
			if p := matchIn(n); p != nil {
				f.text = f.text || p.where == wholeText
				return p, nil
			}
		}
	case *ast.CallNode:
		if p := mentionIn(n); p != nil {
			return p, nil
		}
	}
	text := node.String() // before compiling, which may rewrite the node
	program, err := compiler.Compile(&parser.Tree{Node: node, Source: tree.Source}, config)
	return &part{op: other, program: program, text: text, missing: "not " + text}, err
}

// join takes both sides of an and or an or apart.
func (f *Filter) join(op operation, tree *parser.Tree, n *ast.BinaryNode, config *conf.Config) (*part, error) {
	left, err := f.divide(tree, n.Left, config)
	if err != nil {
		return nil, err
	}
	right, err := f.divide(tree, n.Right, config)
	return &part{op: op, left: left, right: right}, err
}

// mentionIn returns the part for a call of mentions or title, nil if a word in
// it has to be computed.
func mentionIn(node ast.Node) *part {
	call, name := helper(node)
	if call == nil || name == "stem" {
		return nil
	}
	p := &part{op: mention, headlines: name == "title"}
	for _, argument := range call.Arguments {
		text, stem, ok := fixed(argument)
		if !ok {
			return nil
		}
		phrase, _ := newPhrase(text, stem) // collect has looked at it
		p.phrases = append(p.phrases, phrase)
	}
	p.missing = missing(p)
	return p
}

// matchIn returns the part for a pattern in a text of the Story, nil if it is in
// something else.
func matchIn(n *ast.BinaryNode) *part {
	where, ok := textOf(n.Left)
	text, fixed := n.Right.(*ast.StringNode)
	if !ok || !fixed {
		return nil
	}
	pattern, err := newPattern(text.Value)
	if err != nil {
		return nil // bound has looked at it
	}
	return &part{op: matching, where: where, pattern: pattern, text: n.String(), missing: "not " + n.String()}
}

// judge returns whether a part holds, and why or why not.
//
//	mentions("북한", "Tokyo")         mentions "북한" in the headline
//	                                  mentions none of "북한", "Tokyo"
//	not mentions("weather")           excluded: mentions "weather" in the text
//	agency == "AP" and words > 100    not words > 100
//	agency == "AP" or words > 100     agency == "AP"
func (f *Filter) judge(p *part, s *Subject) (bool, string, error) {
	switch p.op {
	case negated:
		holds, reason, err := f.judge(p.left, s)
		if holds {
			reason = "excluded: " + reason
		}
		return !holds, reason, err
	case both, either:
		return f.judgeTwo(p, s)
	case mention:
		holds, reason := s.judge(p)
		return holds, reason, nil
	case matching:
		if s.matches(p.where, p.pattern) {
			return true, p.text, nil
		}
		return false, p.missing, nil
	}
	// The machine is the Subject's: machines keep state, Filters are shared. It
	// turns panics of the expression into errors.
	s.machine.MemoryBudget = memoryBudget
	result, err := s.machine.Run(p.program, s.variables(f.text))
	if err != nil {
		first, _, _ := strings.Cut(err.Error(), "\n")
		return false, "", fmt.Errorf("%s: %s", p.text, first)
	}
	if holds, _ := result.(bool); holds {
		return true, p.text, nil
	}
	return false, p.missing, nil
}

// judgeTwo judges an and or an or: the right part only where the left does not
// decide, and the reason is that of the part which did. Where both count, both
// are told.
func (f *Filter) judgeTwo(p *part, s *Subject) (bool, string, error) {
	left, why, err := f.judge(p.left, s)
	if err != nil || left == (p.op == either) {
		return left, why, err
	}
	right, also, err := f.judge(p.right, s)
	if err != nil || right == (p.op == either) {
		return right, also, err
	}
	return right, why + "; " + also, nil
}

// judge looks for the phrases of a mention, in their order: the reason names the
// first that is found.
func (s *Subject) judge(p *part) (bool, string) {
	s.read()
	for _, phrase := range p.phrases {
		switch at := phrase.find(&s.words); {
		case at < 0:
		case at < s.words.head:
			return true, "mentions " + strconv.Quote(phrase.text) + " in the headline"
		case !p.headlines:
			return true, "mentions " + strconv.Quote(phrase.text) + " in the text"
		}
	}
	return false, p.missing
}

// missing returns the reason of a mention that is not found.
func missing(p *part) string {
	text := "does not mention "
	if len(p.phrases) > 1 {
		text = "mentions none of "
	}
	if p.headlines {
		text = "headline " + text
	}
	var list []string
	for _, phrase := range p.phrases {
		list = append(list, phrase.text)
	}
	return text + strings.Join(quote(list), ", ")
}

// quote puts texts in quotes; after the sixth it counts. A reason is read in a
// table, beside those of other Feeds.
func quote(texts []string) []string {
	const most = 6
	var list []string
	for i, text := range texts {
		if i == most {
			return append(list, fmt.Sprintf("%d more", len(texts)-most))
		}
		list = append(list, strconv.Quote(text))
	}
	return list
}

// shorten keeps a reason to what fits a line or two.
func shorten(reason string) string {
	const most = 300
	if utf8.RuneCountInString(reason) <= most {
		return reason
	}
	return string([]rune(reason)[:most]) + "…"
}
