package filter

import (
	"regexp"
	"slices"
	"testing"
)

// Needles are texts of which one stands wherever the pattern matches; without any the
// pattern is tried on every text.
func TestNeedles(t *testing.T) {
	for _, c := range []struct {
		pattern string
		want    []string
	}{
		{`missile`, []string{"missile"}},
		{`(?i)Missile`, []string{"missile"}},
		{`(?i)(north korea|북한).*missile`, []string{"missile"}},
		{`(quake|tsunami)s? (off|near)`, []string{"quake", "tsunami"}},
		{`[0-9]+ dead`, []string{" dead"}},
		{`(ab){2,}`, []string{"ab"}},
		{`(ab)*`, nil},
		{`a?b*`, nil},
		{`quake|.*`, nil},
		{``, nil},
	} {
		p, err := newPattern(c.pattern)
		if err != nil || !slices.Equal(p.needles, c.want) {
			t.Errorf("%s: %q, %v, want %q", c.pattern, p.needles, err, c.want)
		}
	}
}

// FuzzPattern holds that what is looked for first changes no answer.
func FuzzPattern(f *testing.F) {
	for _, s := range [][2]string{
		{"(?i)(north|북한).*missile", "북한 MISSILE"}, {"(?i)k", "\u212a"}, {"(?i)ſtrasse", "STRASSE"}, {"(?i:a)b", "AB"}, {"(a|b)+?c{1,2}", "abC"},
		{"(?i)σς", "ΣΣ"}, {"(?s)a.b|\\x{10ffff}", "a\nb"}, {"(?i)\xff", "\xff"}, {"[k]elvin", "Kelvin"}, {"(?i)ǆ", "ǅ"}, {"\\Qa.b\\E$", "xa.b"},
	} {
		f.Add(s[0], s[1])
	}
	f.Fuzz(func(t *testing.T, expression, text string) {
		p, err := newPattern(expression)
		if err != nil || len(expression) > 200 {
			return
		}
		if got, want := p.in(text, fold(text)), regexp.MustCompile(expression).MatchString(text); got != want {
			t.Errorf("%q in %q: %v, regexp says %v; needles %q, folded %q", expression, text, got, want, p.needles, fold(text))
		}
	})
}
