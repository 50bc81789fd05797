// Package filter is the language in which a Feed says which Stories belong to
// it, and its verdicts.
//
// A Rule is all that decides about a Feed: lists for those who want no language,
// and a filter. That is an expression of github.com/expr-lang/expr over one Story:
//
//	mentions("North Korea", "N. Korea", "Pyongyang", "북한")
//	title("KOSPI", "코스피") or "Economy" in categories
//	agency == "Yonhap" and not mentions(stem("forecast"))
//	len(outlets) >= 3 and published > date("2026-01-01")
//
// A Story passes or not by what it says, whatever the time and whatever came
// before: there is no now(), and every run is bounded in memory and size, so
// that an expression can be slow to write but never a danger to the daemon.
// Every Verdict has a reason that a person can read; to give it, the outermost
// and, or, not and the calls of mentions and title are judged here, part by
// part, and only what is left is given to expr.
//
// What counts as mentioned is written down at phrase. A Story is prepared once
// for all Feeds, and phrases once for all Stories: a question is then a look-up.
//
// Begin with Rule.Judge, which asks the lists in their order and then the Filter
// (filter.go, verdict.go) about a Subject, which Prepare makes of a Story.
package filter

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/checker"
	"github.com/expr-lang/expr/conf"
	"github.com/expr-lang/expr/parser"

	"newswired/feed"
)

// A Filter is a compiled expression. It may be used by several goroutines.
type Filter struct {
	source string // the expression as String returns it
	root   *part  // nil passes everything
	text   bool   // whether the variable text is used, which is dear to make
}

// Compile reads an expression; an empty one passes every Story. An error is an
// *Error: "column 9: unknown name ...".
func Compile(expression string) (f *Filter, err error) {
	f = &Filter{}
	if strings.TrimSpace(expression) == "" {
		return f, nil
	}
	defer func() {
		if r := recover(); r != nil { // a fault in expr must not end the daemon
			f, err = nil, &Error{1, 1, fmt.Sprintf("the expression cannot be read: %v", r)}
		}
	}()
	config := language()
	// The steps of expr.Compile one by one, for the tree between them is
	// what the reasons are made of. Its optimiser is left out: it would
	// rewrite the parts into something that nobody wrote.
	tree, err := checker.ParseCheck(expression, config)
	if err != nil {
		return nil, explain(err)
	}
	if t := tree.Node.Type(); t.Kind() != reflect.Bool {
		return nil, place(tree, tree.Node, "the expression gives %s instead of true or false; compare it, as in language == \"en\"", kind(t))
	}
	if err := bound(tree); err != nil {
		return nil, err
	}
	if err := f.collect(tree); err != nil {
		return nil, err
	}
	f.source = tree.Node.String() // before compiling, which may rewrite nodes
	if f.root, err = f.divide(tree, tree.Node, config); err != nil {
		return nil, explain(err)
	}
	return f, nil
}

// String returns the expression in one way of writing, "" if it passes
// everything. Filters that are written alike judge alike; a nil one is empty.
func (f *Filter) String() string {
	if f == nil {
		return ""
	}
	return f.source
}

// language returns what an expression may use.
func language() *conf.Config {
	config := conf.CreateNew()
	options := []expr.Option{expr.Env(variables{}), expr.MaxNodes(maxNodes), expr.DisableAllBuiltins()}
	for _, name := range allowed {
		options = append(options, expr.EnableBuiltin(name))
	}
	for _, option := range options {
		option(config)
	}
	for name := range config.Disabled {
		delete(config.Builtins, name)
	}
	config.Check()
	return config
}

// Judge returns the Verdict on a Story. An expression that fails while it runs
// does not pass, and the reason says how it failed.
func (f *Filter) Judge(s *Subject) feed.Verdict {
	if f.root == nil {
		return feed.Verdict{Passes: true, Reason: "no filter"}
	}
	passes, reason, err := f.judge(f.root, s)
	if err != nil {
		return feed.Verdict{Reason: "the filter failed: " + err.Error()}
	}
	return feed.Verdict{Passes: passes, Reason: shorten(reason)}
}

// collect looks for mistakes in what this language adds, and notes what the
// expression needs of a Story.
func (f *Filter) collect(tree *parser.Tree) error {
	v := &visitor{filter: f, tree: tree, stems: make(map[ast.Node]bool)}
	root := tree.Node
	ast.Walk(&root, v)
	for node := range v.stems {
		if v.err == nil {
			v.err = place(tree, node, "stem is for the words of mentions and title, as in mentions(stem(\"sanction\"))")
		}
	}
	return v.err
}

// A visitor gathers what an expression asks for. It keeps the first mistake.
type visitor struct {
	filter *Filter
	tree   *parser.Tree
	stems  map[ast.Node]bool // calls of stem that are not in a mentions or title
	err    error
}

// Visit is called by ast.Walk for every node, parts before the whole. Only words
// that stand there as they are can be checked; others are left to the run.
func (v *visitor) Visit(node *ast.Node) {
	if name, ok := (*node).(*ast.IdentifierNode); ok && name.Value == "text" {
		v.filter.text = true
	}
	if v.err == nil {
		v.err = readable(v.tree, *node)
	}
	call, name := helper(*node)
	if call == nil || v.err != nil {
		return
	}
	if name == "stem" {
		v.stems[call] = true
		return
	}
	if len(call.Arguments) == 0 {
		v.err = place(v.tree, call, "%s needs the words to look for, as in %s(\"North Korea\")", name, name)
	}
	for _, argument := range call.Arguments {
		delete(v.stems, argument)
		if text, stem, ok := fixed(argument); ok {
			if _, err := newPhrase(text, stem); err != nil {
				v.err = place(v.tree, argument, "%s(%q) can never be found: %v", name, text, err)
			}
		}
	}
}

// readable says what is wrong with a date or duration that stands there as it is:
// one that nobody can read would fail with every Story, and leave the Feed empty.
func readable(tree *parser.Tree, node ast.Node) error {
	call, ok := node.(*ast.BuiltinNode)
	if !ok || call.Name != "date" && call.Name != "duration" {
		return nil
	}
	for _, argument := range call.Arguments {
		if _, ok := argument.(*ast.StringNode); !ok {
			return nil
		}
	}
	if _, err := expr.Eval(call.String(), nil); err != nil {
		return place(tree, call, "%s cannot be read; write date(\"2026-01-31\") or duration(\"36h\")", call)
	}
	return nil
}

// fixed returns the words of an argument that stand there as they are, and
// whether stem is around them.
func fixed(argument ast.Node) (text string, stem, ok bool) {
	if call, name := helper(argument); name == "stem" && len(call.Arguments) == 1 {
		argument, stem = call.Arguments[0], true
	}
	word, ok := argument.(*ast.StringNode)
	if !ok {
		return "", false, false
	}
	return word.Value, stem, true
}

// helper returns a call of mentions, title or stem and its name, or nil.
func helper(node ast.Node) (*ast.CallNode, string) {
	call, ok := node.(*ast.CallNode)
	if !ok {
		return nil, ""
	}
	name, ok := call.Callee.(*ast.IdentifierNode)
	if !ok || name.Value != "mentions" && name.Value != "title" && name.Value != "stem" {
		return nil, ""
	}
	return call, name.Value
}
