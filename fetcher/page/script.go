package page

import (
	"encoding/json"
	"iter"
	"strings"
)

// longStrings returns the strings of a script that are long enough for a text,
// and those within them: data is often printed as one string of JSON.
func longStrings(script string) iter.Seq[string] {
	return func(yield func(string) bool) { eachString(script, 2, yield) }
}

// eachString calls yield with the long strings of a script and, so many levels
// deep, of what those hold. It returns false if yield did.
func eachString(script string, depth int, yield func(string) bool) bool {
	const long = 500
	for {
		open := strings.IndexByte(script, '"')
		if open < 0 {
			return true
		}
		script = script[open:]
		end := stringEnd(script)
		if end < 0 {
			return true
		}
		literal := script[:end]
		script = script[end:]
		if len(literal) < long {
			continue
		}
		var text string
		if json.Unmarshal([]byte(literal), &text) != nil {
			continue
		}
		if !yield(text) {
			return false
		}
		// What begins like JSON is taken apart in turn, some numbers before it aside.
		if depth > 1 && strings.HasPrefix(strings.TrimLeft(text, "0123456789abcdef:[{ \n"), `"`) && !eachString(text, depth-1, yield) {
			return false
		}
	}
}

// stringEnd returns the length of the string literal at the start of s, -1 if it
// does not end.
func stringEnd(s string) int {
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return -1
}
