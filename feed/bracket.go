package feed

import (
	"strings"
	"unicode/utf8"
)

// closer returns the bracket that closes an opening one, "" for what is none.
// East Asian feeds have all of these kinds, often two of them in one headline.
func closer(open rune) string {
	switch open {
	case '(':
		return ")"
	case '[':
		return "]"
	case '<':
		return ">"
	case '【':
		return "】"
	case '［':
		return "］"
	case '（':
		return "）"
	case '〈':
		return "〉"
	case '〔':
		return "〕"
	}
	return ""
}

// enclosed returns what stands in the brackets that open at s[at], less white
// space, and where they end. It looks at most reach bytes far, since brackets
// that wires use are short and hostile text has many that never close. The
// first closing bracket ends it, whatever opened in between.
func enclosed(s string, at, reach int) (content string, end int, ok bool) {
	r, n := utf8.DecodeRuneInString(s[at:])
	shut := closer(r)
	if shut == "" {
		return "", 0, false
	}
	from := at + n
	i := strings.Index(s[from:min(len(s), from+reach)], shut)
	if i < 0 {
		return "", 0, false
	}
	return strings.TrimSpace(s[from : from+i]), from + i + len(shut), true
}

// lastEnclosed returns what stands in the brackets that end s, and where they
// begin.
func lastEnclosed(s string, reach int) (content string, start int, ok bool) {
	r, n := utf8.DecodeLastRuneInString(s)
	var open string
	switch r {
	case ')':
		open = "("
	case ']':
		open = "["
	case '>':
		open = "<"
	case '】':
		open = "【"
	case '］':
		open = "［"
	case '）':
		open = "（"
	case '〉':
		open = "〈"
	case '〕':
		open = "〔"
	default:
		return "", 0, false
	}
	floor := max(0, len(s)-n-reach)
	i := strings.LastIndex(s[floor:len(s)-n], open)
	if i < 0 {
		return "", 0, false
	}
	start = floor + i
	return strings.TrimSpace(s[start+len(open) : len(s)-n]), start, true
}
