package filter

import (
	"cmp"
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/parser"
)

// An Error says what is wrong with an expression, and where.
type Error struct {
	Line, Column int // from 1, in characters
	Message      string
}

// Error returns one line that begins with the place.
func (e *Error) Error() string {
	if e.Line > 1 {
		return fmt.Sprintf("line %d, column %d: %s", e.Line, e.Column, e.Message)
	}
	return fmt.Sprintf("column %d: %s", e.Column, e.Message)
}

// explain turns an error of expr into one line with the place and the way out.
func explain(err error) error {
	var ours *Error
	if err == nil || errors.As(err, &ours) {
		return err
	}
	var e *file.Error
	if !errors.As(err, &e) {
		e = &file.Error{Message: err.Error()}
	}
	message, _, _ := strings.Cut(e.Message, "\n")
	if name, ok := strings.CutPrefix(message, "unknown name "); ok {
		message = unknown(name)
	}
	if message == "unexpected token EOF" {
		message = "the expression ends here, though something is missing; complete it"
	}
	if message == `unexpected token Operator("=")` {
		message = "to compare, write two signs, as in language == \"en\""
	}
	return &Error{max(e.Line, 1), e.Column + 1, message}
}

// unknown is what is said of a name that is not there. That there is no now()
// has a reason worth telling: who writes it expects a filter that runs again.
func unknown(name string) string {
	switch near := Nearest(name, names()); {
	case name == "now":
		return `"now" is not there: a story is judged once, when it comes or changes`
	case near != "":
		return fmt.Sprintf("unknown name %q, did you mean %q?", name, near)
	default:
		return fmt.Sprintf("unknown name %q; there are %s", name, strings.Join(own(), ", "))
	}
}

// place returns an error about a node.
func place(tree *parser.Tree, node ast.Node, format string, args ...any) error {
	e := &file.Error{Location: node.Location()}
	e.Bind(tree.Source)
	return &Error{e.Line, e.Column + 1, fmt.Sprintf(format, args...)}
}

// kind names the type of a value for people who don't know Go.
func kind(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Slice:
		return "a list"
	case reflect.String:
		return "a text"
	case reflect.Interface:
		return "what cannot be known beforehand"
	case reflect.Int, reflect.Float64:
		return "a number"
	}
	return "a " + cmp.Or(t.Name(), t.Kind().String())
}
