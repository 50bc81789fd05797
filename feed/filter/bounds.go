package filter

import (
	"regexp"
	"regexp/syntax"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/parser"
)

// Every expression ends, and soon: it has a bounded number of parts, it can make
// no list longer than those that stand in it and those of a Story, patterns are
// bounded, and what loops within loops would cost is reckoned before it runs.
const (
	maxNodes     = 2000      // parts of an expression
	maxPattern   = 1000      // instructions of a regular expression
	maxCost      = 1_000_000 // units of some 20 nanoseconds
	memoryBudget = 50_000    // elements that a run may make
	unknownList  = 100       // elements of a list of a Story, if it is long
)

// allowed are the functions of expr that a filter has. Those that make long
// texts and lists, or order them, are not among them.
var allowed = []string{
	"all", "any", "none", "one", "count", "filter", "find", "len", "lower", "upper", "trim", "hasPrefix", "hasSuffix",
	"indexOf", "first", "last", "int", "float", "string", "abs", "ceil", "floor", "round", "max", "min", "date", "duration",
}

// bound reports what would take too long.
func bound(tree *parser.Tree) error {
	b := &bounds{tree: tree}
	cost := b.cost(tree.Node)
	if b.err == nil && cost > maxCost {
		b.fail(tree.Node, "this takes too long: loops within loops, or many patterns over text; make it simpler")
	}
	return b.err
}

// A bounds reckons what an expression costs at most. It keeps the first mistake.
type bounds struct {
	tree *parser.Tree
	err  error
}

// fail reports a mistake at a part of the expression, unless one was before.
func (b *bounds) fail(node ast.Node, format string, args ...any) {
	if b.err == nil {
		b.err = place(b.tree, node, format, args...)
	}
}

// cost returns the units of a part, its own parts included. What runs for each
// element of a list counts as often as that has elements.
func (b *bounds) cost(node ast.Node) int {
	units := 1
	switch n := node.(type) {
	case *ast.BuiltinNode:
		units = 20
		if len(n.Arguments) == 2 {
			if body, ok := n.Arguments[1].(*ast.PredicateNode); ok {
				return min(maxCost+1, units+b.cost(n.Arguments[0])+length(n.Arguments[0])*b.cost(body))
			}
		}
	case *ast.CallNode:
		units = 20
	case *ast.BinaryNode:
		units = b.operator(n)
	}
	for _, child := range children(node) {
		units = min(maxCost+1, units+b.cost(child))
	}
	return units
}

// operator returns the units of an operator without its operands.
func (b *bounds) operator(n *ast.BinaryNode) int {
	switch n.Operator {
	case "..":
		b.fail(n, "a range is not there; write the numbers, as in words in [1, 2, 3]")
	case "matches":
		return b.pattern(n)
	case "contains", "+", "==", "!=", "in", "not in":
		return 5 + length(n.Right)
	}
	return 1
}

// pattern looks at a regular expression, in the syntax of RE2, which needs time
// in proportion to the text. It must be known before: to compile one takes longer
// than to look for it.
func (b *bounds) pattern(n *ast.BinaryNode) int {
	text, ok := n.Right.(*ast.StringNode)
	if !ok {
		b.fail(n.Right, "the pattern of matches must stand there as it is, as in headline matches \"(?i)quake\"")
		return 1
	}
	parsed, err := syntax.Parse(text.Value, syntax.Perl)
	if err != nil {
		b.fail(text, "not a regular expression: %v", err)
		return 1
	}
	program, err := syntax.Compile(parsed.Simplify())
	if _, also := regexp.Compile(text.Value); err != nil || also != nil || len(program.Inst) > maxPattern {
		b.fail(text, "the regular expression is too large; make it simpler")
		return 1
	}
	if left, ok := n.Left.(*ast.IdentifierNode); ok && left.Value != "text" || isPointer(n.Left) {
		return 200
	}
	return 5000 // the text of a Story may be long
}

// isPointer reports whether a part is the element of a list that is looped over.
func isPointer(node ast.Node) bool {
	_, ok := node.(*ast.PointerNode)
	return ok
}

// length returns how many elements a list has at most, 1 of what is none.
func length(node ast.Node) int {
	switch n := node.(type) {
	case *ast.ArrayNode:
		return len(n.Nodes)
	case *ast.StringNode, *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.NilNode:
		return 1
	case *ast.BuiltinNode:
		if n.Name == "filter" && len(n.Arguments) == 2 {
			return length(n.Arguments[0])
		}
	case *ast.ConditionalNode:
		return max(length(n.Exp1), length(n.Exp2))
	case *ast.IdentifierNode:
		return unknownList
	}
	return maxNodes
}

// children returns the parts right below one.
func children(node ast.Node) []ast.Node {
	switch n := node.(type) {
	case *ast.UnaryNode:
		return []ast.Node{n.Node}
	case *ast.BinaryNode:
		return []ast.Node{n.Left, n.Right}
	case *ast.ChainNode:
		return []ast.Node{n.Node}
	case *ast.MemberNode:
		return []ast.Node{n.Node, n.Property}
	case *ast.SliceNode:
		return []ast.Node{n.Node, n.From, n.To}
	case *ast.CallNode:
		return append([]ast.Node{n.Callee}, n.Arguments...)
	case *ast.BuiltinNode:
		return n.Arguments
	case *ast.PredicateNode:
		return []ast.Node{n.Node}
	case *ast.VariableDeclaratorNode:
		return []ast.Node{n.Value, n.Expr}
	case *ast.SequenceNode:
		return n.Nodes
	case *ast.ConditionalNode:
		return []ast.Node{n.Cond, n.Exp1, n.Exp2}
	case *ast.ArrayNode:
		return n.Nodes
	case *ast.MapNode:
		return n.Pairs
	case *ast.PairNode:
		return []ast.Node{n.Key, n.Value}
	}
	return nil
}
