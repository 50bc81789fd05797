package fetcher

import (
	"bytes"
	"encoding/json"
	"strings"
)

// readLoosely reads an object whatever types its values have.
func readLoosely(object []byte, into any) bool {
	var fields map[string]json.RawMessage
	if json.Unmarshal(mendJSON(object), &fields) != nil {
		return false
	}
	for name, value := range fields {
		fields[name] = loosely(name, value)
	}
	mended, err := json.Marshal(fields)
	return err == nil && json.Unmarshal(mended, into) == nil
}

// loosely returns the value of a field in the type that the specification wants,
// null if nothing can be made of it.
func loosely(name string, value json.RawMessage) json.RawMessage {
	null := json.RawMessage("null")
	switch name {
	case "id", "expired", "items":
		return value // gofeed sees to these
	case "tags":
		return listOf(value, func(e json.RawMessage) (any, bool) {
			text, ok := textOf(e)
			return text, ok
		})
	case "author", "authors", "attachments":
		list := listOf(value, func(e json.RawMessage) (any, bool) {
			var object map[string]json.RawMessage
			if text, ok := textOf(e); ok {
				return map[string]string{"name": text}, name != "attachments"
			}
			if json.Unmarshal(e, &object) != nil {
				return nil, false
			}
			// What is no text where one is wanted would cost the whole object.
			for key, v := range object {
				if _, ok := textOf(v); !ok && !strings.HasSuffix(key, "_in_bytes") && !strings.HasSuffix(key, "_in_seconds") {
					delete(object, key)
				}
			}
			return object, true
		})
		if name != "author" {
			return list
		}
		var all []json.RawMessage
		if json.Unmarshal(list, &all) != nil || len(all) == 0 {
			return null
		}
		return all[0]
	}
	text, ok := textOf(value)
	quoted, err := json.Marshal(text)
	if !ok || err != nil {
		return null
	}
	return quoted
}

// textOf returns a string or a number as text.
func textOf(value json.RawMessage) (text string, ok bool) {
	var n json.Number
	if json.Unmarshal(value, &text) == nil && len(value) > 0 && value[0] == '"' {
		return text, true
	}
	if json.Unmarshal(value, &n) == nil && n != "" {
		return n.String(), true
	}
	return "", false
}

// listOf makes a list of a value, which may be one element of it, with what is
// made of each.
func listOf(value json.RawMessage, element func(json.RawMessage) (any, bool)) json.RawMessage {
	var all []json.RawMessage
	if json.Unmarshal(value, &all) != nil {
		all = []json.RawMessage{value}
	}
	var kept []any
	for _, e := range all {
		if v, ok := element(e); ok {
			kept = append(kept, v)
		}
	}
	list, err := json.Marshal(kept)
	if err != nil {
		return nil // unreachable: all of it was unmarshalled
	}
	return list
}

// mendJSON writes JSON again with what is most often wrong in it put right: line
// breaks and other control characters within strings, unknown escapes, quotes
// that do not end a string because nothing follows that may, commas too many.
func mendJSON(text []byte) []byte {
	out := make([]byte, 0, len(text)+16)
	inside := false
	for i := 0; i < len(text); i++ {
		c := text[i]
		after := byte(0) // what comes next, white space aside
		if c == '"' || c == ',' {
			if j := blank(text, i+1); j < len(text) {
				after = text[j]
			}
		}
		switch {
		case !inside && c == ',' && (after == ']' || after == '}'):
			continue
		case !inside:
			inside = c == '"'
		case c == '"' && (after == 0 || bytes.IndexByte([]byte(",:]}"), after) >= 0):
			inside = false
		case c == '"':
			out = append(out, '\\')
		case c == '\\':
			// One that escapes nothing is meant as itself, as in C:\news.
			if i+1 < len(text) && knownEscape(text[i+1:]) {
				out = append(out, c)
				i++
				c = text[i]
			} else {
				out = append(out, c)
			}
		case c == '\n':
			out, c = append(out, '\\'), 'n'
		case c < ' ':
			c = ' '
		}
		out = append(out, c)
	}
	return out
}

// knownEscape reports whether b may follow a backslash (RFC 8259 section 7).
func knownEscape(b []byte) bool {
	if b[0] != 'u' {
		return bytes.IndexByte([]byte(`"\/bfnrt`), b[0]) >= 0
	}
	for i := 1; i <= 4; i++ {
		if i >= len(b) || (b[i] < '0' || b[i] > '9') && (b[i]|0x20 < 'a' || b[i]|0x20 > 'f') {
			return false
		}
	}
	return true
}
