package feed

import (
	"html"
	"strings"
)

// Plain returns the words of an HTML fragment on one line: tags off, entities
// decoded once, the contents of script and style gone, block elements and <br>
// turned into white space, and then everything that OneLine does.
//
// Only what can be a tag is one. Headlines are full of signs of less, and
// Korean papers put film titles into angle brackets:
//
//	profit < 5% and x<y     kept
//	<기생충> wins, <Parasite>  kept: no HTML element has such a name
//	<b>Seoul</b><br>Busan   Seoul Busan
//	AT&amp;T &amp;lt;       AT&T &lt;
func Plain(fragment string) string {
	if strings.IndexByte(fragment, '<') < 0 {
		return OneLine(html.UnescapeString(fragment)) // costs nothing where there is no '&'
	}
	return OneLine(words(fragment))
}

// words is Plain before the white space is collapsed.
func words(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	last := strings.LastIndexByte(s, '>') // beyond it nothing can be a whole tag
	for pos := 0; pos < len(s); {
		i := strings.IndexByte(s[pos:], '<')
		if i < 0 {
			b.WriteString(html.UnescapeString(s[pos:]))
			break
		}
		b.WriteString(html.UnescapeString(s[pos : pos+i]))
		pos += i
		if rest, ok := strings.CutPrefix(s[pos:], "<![CDATA["); ok {
			text, _, _ := strings.Cut(rest, "]]>")
			b.WriteString(text)
			pos += min(len(s)-pos, len("<![CDATA[]]>")+len(text))
			continue
		}
		n, kind := markup(s[pos:], pos <= last)
		switch {
		case n == 0: // a sign of less
			b.WriteByte('<')
			n = 1
		case kind == block:
			b.WriteByte(' ')
		}
		pos += n
	}
	return b.String()
}

// markup measures the markup at the start of s, which begins with '<': its
// length, 0 if it is only a character, and how its element stands in a text.
// An element whose contents are no words is measured up to its end tag.
func markup(s string, closes bool) (n int, kind element) {
	if strings.HasPrefix(s, "<!--") {
		if i := strings.Index(s, "-->"); i >= 0 {
			return i + len("-->"), inline
		}
		return len(s), inline
	}
	name, end := tagName(s)
	if kind = elementOf(name); kind == 0 {
		return 0, 0
	}
	if !closes {
		// The publisher cut the text within a tag, most often a link's.
		if !strings.Contains(s[end:], "<") && strings.Contains(s[end:], "=") {
			return len(s), kind
		}
		return 0, 0
	}
	n = tagEnd(s, end)
	if n > 0 && kind == wordless && s[1] != '/' && s[n-2] != '/' {
		n += closing(s[n:], name)
	}
	return n, kind
}

// tagName returns the name in the tag at the start of s, and where it ends;
// "" if what follows the '<' cannot be a name.
func tagName(s string) (name string, end int) {
	i := 1
	if i < len(s) && (s[i] == '/' || s[i] == '!' || s[i] == '?') {
		i++
	}
	from := i
	for i < len(s) && (s[i]|0x20 >= 'a' && s[i]|0x20 <= 'z' || i > from && (s[i] >= '0' && s[i] <= '9' || s[i] == ':' || s[i] == '-')) {
		i++
	}
	if i < len(s) && !strings.ContainsRune(" \t\r\n\f/>", rune(s[i])) {
		return "", 0
	}
	return s[from:i], i
}

// tagEnd returns the length of a tag whose name ends at pos, 0 if another '<'
// comes before its '>'. A '>' within a quoted value does not end it, unless
// the quote itself never ends.
func tagEnd(s string, pos int) int {
	for i := pos; i < len(s); i++ {
		switch c := s[i]; {
		case c == '>':
			return i + 1
		case c == '<':
			return 0
		case (c == '"' || c == '\'') && s[i-1] == '=':
			j := strings.IndexByte(s[i+1:], c)
			if j < 0 {
				return pos + strings.IndexByte(s[pos:], '>') + 1
			}
			i += j + 1
		}
	}
	return pos + strings.IndexByte(s[pos:], '>') + 1
}

// closing returns the length of s up to and including the end tag of name,
// all of s if there is none.
func closing(s, name string) int {
	for pos := 0; ; {
		i := strings.Index(s[pos:], "</")
		if i < 0 {
			return len(s)
		}
		pos += i + len("</")
		if len(s)-pos >= len(name) && strings.EqualFold(s[pos:pos+len(name)], name) {
			return pos + len(name) + strings.IndexByte(s[pos+len(name):], '>') + 1
		}
	}
}

// An element is how an HTML element stands in a text.
type element byte

const (
	inline   element = iota + 1 // part of a line
	block                       // white space around it
	wordless                    // its contents are no words
)

// elements has every name of HTML that is met in feeds. Other names are words,
// except those with a prefix or a hyphen, which only machines write.
var elements = map[string]element{}

// init turns lists of names, which are easy to read, into one look-up.
func init() {
	for kind, names := range map[element]string{
		inline: `a abbr acronym audio b bdi bdo big button canvas cite code data del dfn em embed font i img
			input ins kbd label link mark meta meter nobr noscript object output param picture q rb rp rt
			ruby s samp small source span strike strong sub sup time track tt u var video wbr xml`,
		block: `address article aside blockquote body br caption center col colgroup dd details dialog dir div
			dl doctype dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head
			header hgroup hr html legend li main map menu nav ol optgroup option p pre section select
			summary table tbody td textarea tfoot th thead title tr ul`,
		wordless: `iframe math noembed noframes script style svg template`,
	} {
		for _, name := range strings.Fields(names) {
			elements[name] = kind
		}
	}
}

// elementOf looks a name up, in any case; 0 if HTML has no such element.
func elementOf(name string) element {
	if strings.ContainsAny(name, ":-") {
		return inline
	}
	var lower [16]byte
	if len(name) > len(lower) {
		return 0
	}
	for i := range len(name) {
		lower[i] = name[i] | 0x20 // digits stay what they are
	}
	return elements[string(lower[:len(name)])]
}
