package main

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// parse reads YAML and returns the top of it, nil after a mistake.
func (r *reader) parse(data []byte) *yaml.Node {
	text := strings.TrimPrefix(string(data), "\ufeff")
	r.lines = strings.Split(text, "\n")
	if !r.readable(text) {
		return nil
	}
	var document yaml.Node
	if err := yaml.Load([]byte(text), &document); err != nil {
		r.syntax(err, text)
		return nil
	}
	if len(document.Content) != 1 || absent(document.Content[0]) {
		r.empty()
		return nil
	}
	return document.Content[0]
}

// empty reports a file that says nothing.
func (r *reader) empty() {
	r.wrongAt(1, 1, "the file is empty; begin with the config.yaml that comes with newswired")
}

// readable looks for what no editor shows and the YAML library has no place
// for.
func (r *reader) readable(text string) bool {
	if strings.TrimSpace(text) == "" {
		r.empty()
		return false
	}
	for at, c := range text {
		wrong := ""
		switch {
		case c == utf8.RuneError && !strings.HasPrefix(text[at:], "\ufffd"):
			wrong = fmt.Sprintf("byte 0x%02x is not UTF-8; save the file as UTF-8", text[at])
		case unicode.IsControl(c) && c != '\t' && c != '\n' && c != '\r',
			c == '\ufeff', c == '\ufffe', c == '\uffff':
			wrong = fmt.Sprintf("control character U+%04X; remove it", c)
		default:
			continue
		}
		line, column := position(text, at)
		r.wrongAt(line, column, "%s", wrong)
		return false
	}
	return true
}

// position returns line and column of a byte.
func position(text string, at int) (line, column int) {
	before := text[:at]
	start := strings.LastIndexByte(before, '\n') + 1
	return strings.Count(before, "\n") + 1, utf8.RuneCountInString(before[start:]) + 1
}

// Advice on what the YAML library says most often; begin means that the place
// where the construct begins tells more than the one where it broke.
var advice = []struct {
	says, advice string
	begin        bool
}{
	{"mapping values are not allowed", `a colon too many; put a value with ": " in it in quotes, and see that the line before has its own colon`, false},
	{"found unexpected end of stream", "a quote that is never closed; close it", true},
	{"did not find expected ',' or ']'", "a [ that is never closed; close it with ]", true},
	{"did not find expected ',' or '}'", "a { that is never closed; close it with }", true},
	{"cannot start any token", "a value cannot begin with this character; put the value in quotes", false},
	{"did not find expected key", "a key is expected here; check the indentation", false},
	{"did not find expected '-' indicator", "an item of the list is expected here; check the indentation", false},
	{"did not find expected node content", "a value is expected here; write one, or close the [ or { before it", false},
	{"could not find expected ':'", "a key without a colon; write key: value", true},
	{"unknown anchor", "an alias for which there is no anchor; write the value itself", false},
	{"did not find expected alphabetic or numeric character", "a value cannot begin with * or &; put the value in quotes", false},
}

// syntax reports the one mistake after which YAML cannot be read further. The
// library tells what its grammar missed; advice turns the usual cases into what
// a person did:
//
//	schedule: @every 10m      a value cannot begin with this character; ...
//	listen: "127.0.0.1:8080   a quote that is never closed; close it
//	title: Korea: the wires   a colon too many; ...
func (r *reader) syntax(err error, text string) {
	var e *yaml.LoadError
	if !errors.As(err, &e) {
		r.wrongAt(1, 1, "not YAML: %s; check quotes and indentation", oneLine(err.Error()))
		return
	}
	place, message := e.Mark, "not YAML: "+oneLine(e.Message)+"; check quotes and indentation"
	if strings.Contains(e.Message, "no documents") {
		r.empty()
		return
	}
	if strings.Contains(e.Message, "found multiple") {
		r.wrongAt(secondDocument(r.lines), 1, "a second document begins here; keep all in one, without ---")
		return
	}
	for _, a := range advice {
		if strings.Contains(e.Message, a.says) {
			message = a.advice
			if a.begin && e.ContextMark.Line > 0 {
				place = e.ContextMark
			}
			break
		}
	}
	if n := r.tab(place.Line); n > 0 {
		r.wrongAt(place.Line, n, "a tab in the indentation; YAML wants spaces")
		return
	}
	r.wrongAt(place.Line, place.Column, "%s", message)
}

// tab returns the column of a tab in the white space before a line, else 0.
func (r *reader) tab(line int) int {
	if line < 1 || line > len(r.lines) {
		return 0
	}
	text := r.lines[line-1]
	blank := text[:len(text)-len(strings.TrimLeft(text, " \t"))]
	return strings.IndexByte(blank, '\t') + 1
}

// secondDocument returns the line of the second "---", or of the first if
// something stands before it.
func secondDocument(lines []string) int {
	begun := false
	for i, line := range lines {
		if strings.HasPrefix(line, "---") && begun {
			return i + 1
		}
		bare := strings.TrimSpace(line)
		begun = begun || bare != "" && !strings.HasPrefix(bare, "#") && !strings.HasPrefix(bare, "%")
	}
	return 1
}

// oneLine returns text with single spaces.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
