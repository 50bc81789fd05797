package feed

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// What takes the short way is folded as by the long one, whatever stands beside it.
func TestFoldShort(t *testing.T) {
	for r := rune(utf8.RuneSelf); r <= 0xffff; r++ {
		if changes(r) {
			continue
		}
		if s := string(r); norm.NFKC.String(cases.Fold().String(norm.NFKC.String(s))) != s || apparent(r) != r || strings.ToLower(s) != s {
			t.Errorf("%U is not folded to itself", r)
		}
	}
	for text, want := range map[string]string{"Ka\u0301": "k\u00e1", "\uac00\u11a8": "\uac01"} { // composed with what follows
		if got := Fold(text); got != want {
			t.Errorf("%+q: %+q, want %+q", text, got, want)
		}
	}
}
