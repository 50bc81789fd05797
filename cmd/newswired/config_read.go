package main

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"newswired/feed"
	"newswired/feed/filter"
)

// A place in a configuration file.
type place struct{ line, column int } // from 1, in characters

// A mistake in a configuration file, with the way out in its text.
type mistake struct {
	place
	text string
}

// A configError is all the mistakes of one file.
type configError struct {
	file     string
	mistakes []mistake // sorted by place, at least one
}

// Error returns a line for each mistake, as file:line:column: text.
func (e *configError) Error() string {
	lines := make([]string, len(e.mistakes))
	for i, m := range e.mistakes {
		lines[i] = fmt.Sprintf("%s:%d:%d: %s", e.file, m.line, m.column, m.text)
	}
	return strings.Join(lines, "\n")
}

// A reader turns YAML nodes into values and gathers the mistakes it meets. Its
// methods return the zero value where they report one, so that reading goes on.
type reader struct {
	check    scheduleChecker
	about    string // before the text of a mistake: `source "yonhap": `
	mistakes []mistake
	lines    []string                // of the file, to find a place within a value
	sourceAt []map[string]*yaml.Node // the values of each Source, by key
	feedAt   []map[string]*yaml.Node
	ruledAt  map[feed.Ruling]*yaml.Node // where a Ruling stands
}

// parseConfig reads the text of a configuration file. It goes on after each
// mistake, so that whoever writes the file learns of all of them in one go; only
// where the YAML itself is broken is there nothing to go on with.
func parseConfig(name string, data []byte, check scheduleChecker) (*config, error) {
	r := &reader{check: check}
	c := defaults()
	if root := r.parse(data); root != nil {
		keys := readMapping(r, root, "the file", topKeys(), c)
		if root.Kind == yaml.MappingNode {
			r.crossCheck(c, root, keys)
			c.finish()
		}
	}
	if len(r.mistakes) == 0 {
		return c, nil
	}
	slices.SortStableFunc(r.mistakes, func(a, b mistake) int {
		return cmp.Or(cmp.Compare(a.line, b.line), cmp.Compare(a.column, b.column))
	})
	return nil, &configError{name, slices.Compact(r.mistakes)} // what an alias repeats counts once
}

// wrong reports a mistake at a node. The text says what is wrong, a semicolon,
// and what to do about it.
func (r *reader) wrong(n *yaml.Node, format string, args ...any) {
	r.wrongAt(n.Line, n.Column, format, args...)
}

// wrongAt reports a mistake at a line and column, both from 1.
func (r *reader) wrongAt(line, column int, format string, args ...any) {
	line = min(line, len(r.lines)) // what is missing at the end is missing in the last line
	r.mistakes = append(r.mistakes, mistake{place{max(line, 1), max(column, 1)}, r.about + oneLine(fmt.Sprintf(format, args...))})
}

// resolve follows an alias to what it stands for.
func resolve(n *yaml.Node) *yaml.Node {
	for n.Kind == yaml.AliasNode && n.Alias != nil {
		n = n.Alias
	}
	return n
}

// absent reports whether a value is left empty: then the default holds.
func absent(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && (n.Tag == "!!null" || strings.TrimSpace(n.Value) == "")
}

// readMapping reads a mapping by a table of keys and returns its values by key.
// A key that is there twice counts by its first value; YAML libraries differ in
// which they take, hence it is refused.
func readMapping[T any](r *reader, n *yaml.Node, what string, keys []key[T], into *T) map[string]*yaml.Node {
	values := make(map[string]*yaml.Node)
	n = resolve(n)
	if n.Kind != yaml.MappingNode {
		r.wrong(n, "%s must be a mapping, not %s; write keys and values, for example %s: ...", what, kindOf(n), keys[0].name)
		return values
	}
	for k := 0; k+1 < len(n.Content); k += 2 {
		name, value := n.Content[k], resolve(n.Content[k+1])
		i := slices.IndexFunc(keys, func(known key[T]) bool { return name.Kind == yaml.ScalarNode && known.name == name.Value })
		switch first := values[name.Value]; {
		case i < 0:
			r.unknownKey(name, what, keyNames(keys))
		case first != nil:
			r.wrong(name, "%q is there already in line %d; remove one of the two", name.Value, first.Line)
		default:
			values[name.Value] = value
			if !absent(value) {
				keys[i].read(r, value, into)
			}
		}
	}
	return values
}

// keyNames returns the names of keys, in the order of their table.
func keyNames[T any](keys []key[T]) []string {
	var names []string
	for _, k := range keys {
		names = append(names, k.name)
	}
	return names
}

// unknownKey reports a key that is not in the table: what was probably meant,
// else where it belongs, else what there is.
//
//	shedule in a source   unknown key "shedule", did you mean "schedule"?
//	limit in a source     unknown key "limit" here, it belongs to a feed; ...
//	colour in a feed      unknown key "colour"; a feed may have name, title, ...
func (r *reader) unknownKey(n *yaml.Node, what string, known []string) {
	switch near := filter.Nearest(n.Value, known); {
	case n.Kind != yaml.ScalarNode:
		r.wrong(n, "a key must be a word, not %s; %s may have %s", kindOf(n), what, strings.Join(known, ", "))
	case n.Tag == "!!merge":
		r.wrong(n, `merging by "<<" is not supported; repeat the keys, or write an alias for a single value`)
	case near != "":
		r.wrong(n, "unknown key %q, did you mean %q?", n.Value, near)
	default:
		r.wrong(n, "unknown key %q%s; %s may have %s", n.Value, elsewhere(n.Value), what, strings.Join(known, ", "))
	}
}

// elsewhere tells where a key belongs that is in the wrong place.
func elsewhere(name string) string {
	switch {
	case slices.Contains(keyNames(topKeys()), name):
		return " here, it belongs to the top of the file"
	case slices.Contains(keyNames(sourceKeys()), name):
		return " here, it belongs to a source"
	case slices.Contains(keyNames(feedKeys()), name):
		return " here, it belongs to a feed"
	}
	return ""
}

// require reports a key that must be there and isn't.
func (r *reader) require(n *yaml.Node, keys map[string]*yaml.Node, name, example string) {
	n = resolve(n)
	value, ok := keys[name]
	switch {
	case n.Kind != yaml.MappingNode: // reported
	case !ok:
		r.wrong(n, "%s is missing; add %s", name, example)
	case absent(value):
		r.wrong(value, "%s is empty; write for example %s", name, example)
	}
}

// list returns the items of a list.
func (r *reader) list(n *yaml.Node, example string) []*yaml.Node {
	if n.Kind != yaml.SequenceNode {
		r.wrong(n, "a list is expected here, not %s; write for example %s", kindOf(n), example)
		return nil
	}
	return n.Content
}

// text returns a text on one line. Numbers and the like are taken as written.
func (r *reader) text(n *yaml.Node, example string) string {
	if n.Kind != yaml.ScalarNode {
		r.wrong(n, "a text is expected here, not %s; write for example %s", kindOf(n), example)
		return ""
	}
	return strings.Join(strings.Fields(n.Value), " ")
}

// number returns a whole number within bounds.
func (r *reader) number(n *yaml.Node, least, most int) int {
	if i, err := strconv.Atoi(n.Value); err == nil && n.Kind == yaml.ScalarNode && least <= i && i <= most {
		return i
	}
	r.wrong(n, "a number from %d to %d is expected here, not %s", least, most, kindOf(n))
	return 0
}

// oneOf returns one of the words that are allowed.
func (r *reader) oneOf(n *yaml.Node, allowed ...string) string {
	if !slices.Contains(allowed, n.Value) {
		r.wrong(n, "%s is expected here, not %s", strings.Join(allowed, " or "), kindOf(n))
		return ""
	}
	return n.Value
}

// truth returns true or false.
func (r *reader) truth(n *yaml.Node) bool { return r.oneOf(n, "true", "false") == "true" }

// kindOf names what stands at a node, in a message.
func kindOf(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a mapping"
	case yaml.SequenceNode:
		return "a list"
	}
	if n.Value == "" {
		return "nothing"
	}
	return fmt.Sprintf("%q", n.Value)
}
