package render

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxRepeated is how many bytes of formatting a fragment may make the parser
// repeat. Careless publishers come to some KiB.
const maxRepeated = 1 << 20

// amplifies reports whether the parser would make far more of a fragment than
// it is. HTML has it open a formatting element that was never closed again in
// every paragraph that follows, so that 9 KB of <p><b title=1><b title=2>...
// <p>x<p>x become 8 MB, and 256 KB half a minute and gigabytes.
//
// It counts, for every token, the bytes of the formatting elements that may be
// open: never less than the parser has. An end tag counts only where the
// algorithm is sure to honour it: with no border of a scope since the start tag,
// and no more than 7 elements (its "adoption agency" gives up after 8).
func amplifies(fragment string) bool {
	type open struct {
		name        atom.Atom
		size, index int
	}
	var stack []open
	repeated, pending, elements := 0, 0, 0
	for z := html.NewTokenizer(strings.NewReader(fragment)); repeated <= maxRepeated; {
		kind := z.Next()
		if kind == html.ErrorToken {
			return false
		}
		size := len(z.Raw())
		if kind == html.StartTagToken || kind == html.SelfClosingTagToken || kind == html.EndTagToken {
			raw, _ := z.TagName()
			name := atom.Lookup(raw)
			switch {
			case borders[name]:
				stack = stack[:0] // what is pending stays so for ever
			case !formatting[name]:
				if kind == html.StartTagToken && name != atom.Br && name != atom.Img {
					elements++
				}
			case kind != html.EndTagToken:
				stack, pending = append(stack, open{name, size, elements}), pending+size
			default:
				i := len(stack) - 1
				for i >= 0 && stack[i].name != name {
					i--
				}
				if i >= 0 {
					if elements-stack[i].index < 8 {
						pending -= stack[i].size
					}
					stack = slices.Delete(stack, i, i+1)
				}
			}
		}
		repeated += pending
	}
	return true
}

// formatting are the elements that are opened again (HTML section 13.2.4.3).
var formatting = map[atom.Atom]bool{
	atom.A: true, atom.B: true, atom.Big: true, atom.Code: true, atom.Em: true, atom.Font: true, atom.I: true,
	atom.Nobr: true, atom.S: true, atom.Small: true, atom.Strike: true, atom.Strong: true, atom.Tt: true, atom.U: true,
}

// borders are the elements beyond which an end tag does not reach (HTML section
// 13.2.4.2).
var borders = map[atom.Atom]bool{
	atom.Applet: true, atom.Caption: true, atom.Html: true, atom.Table: true, atom.Td: true, atom.Th: true,
	atom.Marquee: true, atom.Object: true, atom.Template: true, atom.Svg: true, atom.Math: true, atom.Title: true,
	atom.Desc: true, atom.ForeignObject: true, atom.Mi: true, atom.Mo: true, atom.Mn: true, atom.Ms: true, atom.Mtext: true,
	atom.AnnotationXml: true, atom.Select: true,
}
