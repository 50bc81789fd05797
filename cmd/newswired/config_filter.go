package main

import (
	"errors"
	"strings"
	"unicode"

	"go.yaml.in/yaml/v4"

	"newswired/feed/filter"
)

// This file reads what decides which Stories belong to a Feed.

// texts reads a list of texts, of which there must be one at least: an empty list
// could mean all or none.
func (r *reader) texts(n *yaml.Node, example string) []string {
	list := []string{}
	items := r.list(n, example)
	if n.Kind == yaml.SequenceNode && len(items) == 0 {
		r.wrong(n, "the list is empty; remove the key, or write for example %s", example)
	}
	for _, item := range items {
		item = resolve(item)
		switch {
		case item.Kind == yaml.ScalarNode && !absent(item):
			list = append(list, r.text(item, ""))
		default:
			r.wrong(item, "a text is expected here, not %s; write for example %s", kindOf(item), example)
		}
	}
	return list
}

// phrases reads words and phrases that are looked for in Stories.
func (r *reader) phrases(n *yaml.Node) []string {
	const example = `[North Korea, "북한"]`
	list := r.texts(n, example)
	for _, item := range n.Content {
		if item = resolve(item); item.Kind != yaml.ScalarNode || absent(item) {
			continue
		}
		if err := filter.CheckPhrase(item.Value); err != nil {
			r.wrong(item, "%q can never be found: %v; write for example %s", item.Value, err, example)
		}
	}
	return list
}

// languages reads a list of BCP 47 tags.
func (r *reader) languages(n *yaml.Node) []string {
	list := r.texts(n, "[en, ko]")
	for i, item := range n.Content {
		if item = resolve(item); item.Kind == yaml.ScalarNode && !absent(item) && i < len(list) {
			list[i] = r.language(item)
		}
	}
	return list
}

// unfinished begins what filter.Compile says of an expression of which the end is
// missing.
const unfinished = "the expression ends here"

// filter compiles an expression. A mistake is placed within it where the file
// has the expression letter by letter, be it over several lines.
func (r *reader) filter(n *yaml.Node) *filter.Filter {
	if n.Kind != yaml.ScalarNode {
		r.wrong(n, "an expression is expected here, not %s; write for example mentions(\"North Korea\", \"북한\")", kindOf(n))
		return nil
	}
	f, err := filter.Compile(n.Value)
	var mistake *filter.Error
	if err == nil {
		return f
	}
	cut := errors.As(err, &mistake) && strings.HasPrefix(mistake.Message, unfinished) && n.LineComment != ""
	if cut && n.Style == 0 {
		r.wrong(n, `filter: YAML takes what follows " #" for a comment; put the expression in quotes: '...'`)
		return nil
	}
	if mistake != nil {
		if line, column, ok := r.within(n, mistake.Line, mistake.Column); ok {
			r.wrongAt(line, column, "filter: %s", mistake.Message)
			return nil
		}
	}
	r.wrong(n, "filter: %v", err)
	return nil
}

// within returns the place in the file of a place in a value. YAML only changes
// the white space of a value that has no escapes, hence it is found by counting
// all other characters.
func (r *reader) within(n *yaml.Node, line, column int) (int, int, bool) {
	var solid []rune // the value without white space
	before := 0      // how many of them are before the place
	row, col := 1, 1
	for _, c := range n.Value {
		if !unicode.IsSpace(c) {
			if row < line || row == line && col < column {
				before++
			}
			solid = append(solid, c)
		}
		if col++; c == '\n' {
			row, col = row+1, 1
		}
	}
	row, col = n.Line-1, n.Column-1
	if n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 { // the first line has only the sign
		row, col = n.Line, 0
	} else if n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0 {
		col++
	}
	seen, last, end := 0, 0, 0
	for ; row >= 0 && row < len(r.lines) && seen < len(solid); row, col = row+1, 0 {
		text := []rune(r.lines[row])
		for ; col < len(text) && seen < len(solid); col++ {
			switch {
			case unicode.IsSpace(text[col]):
				continue
			case text[col] != solid[seen]:
				return 0, 0, false
			case seen == before:
				return row + 1, col + 1, true
			}
			seen, last, end = seen+1, row+1, col+2
		}
	}
	return last, end, seen == len(solid) && seen > 0
}
