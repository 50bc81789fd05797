package feed

import (
	"slices"
	"strings"
	"testing"
)

// marked writes changed words as git's word diff does: [-old-]{+new+}.
func marked(all []Change) string {
	var out strings.Builder
	for _, c := range all {
		if c.Spaced {
			out.WriteByte(' ')
		}
		switch c.What {
		case Removed:
			out.WriteString("[-" + c.Text + "-]")
		case Added:
			out.WriteString("{+" + c.Text + "+}")
		default:
			out.WriteString(c.Text)
		}
	}
	return out.String()
}

func TestChanges(t *testing.T) {
	long := strings.Repeat("one two three four five six seven ", 3)
	for _, test := range []struct {
		name, before, after, want string
		short                     bool
	}{
		{"nothing", "", "", "", false},
		{"the same", "Ferry sinks", "Ferry  sinks", "Ferry sinks", false},
		{"one word", "5 killed off Mokpo", "7 killed off Mokpo", "[-5-]{+7+} killed off Mokpo", false},
		{"at the end", "Ferry sinks", "Ferry sinks off Mokpo", "Ferry sinks {+off Mokpo+}", false},
		{"taken away", "Ferry sinks off Mokpo", "Ferry sinks", "Ferry sinks [-off Mokpo-]", false},
		{"from nothing", "", "Ferry sinks", "{+Ferry sinks+}", false},
		{"all of it", "Ferry sinks", "Rate held", "[-Ferry sinks-]{+Rate held+}", false},
		{"two places", "a b c d", "a x c y", "a [-b-]{+x+} c [-d-]{+y+}", false},
		{"another text", "a b c d e", "v b w x y", "[-a b c d e-]{+v b w x y+}", false},
		{"Korean, by words", "여객선 침몰…5명 구조", "여객선 침몰…7명 구조", "여객선 [-침몰…5명-]{+침몰…7명+} 구조", false},
		{"Japanese, by characters", "首相が辞任へ", "首相が続投へ", "首相が[-辞任-]{+続投+}へ", false},
		{"cut in front", long + "5", long + "7", "... two three four five six seven [-5-]{+7+}", true},
		{"cut behind", "5 " + long, "7 " + long, "[-5-]{+7+} one two three four five six ...", true},
		{"cut between", "5 " + long + "a", "7 " + long + "b", "[-5-]{+7+} one two three four five six ... two three four five six seven [-a-]{+b+}", true},
		{"nothing to cut at", long, long, strings.TrimSpace(long), true},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := marked(Changes(test.before, test.after, test.short)); got != test.want {
				t.Errorf("%q\nwant\n%q", got, test.want)
			}
		})
	}
}

// restore returns the texts that a comparison was made of.
func restore(all []change) (before, after []string) {
	for _, c := range all {
		for _, p := range c.tokens {
			if c.what != Added {
				before = append(before, p.text)
			}
			if c.what != Removed {
				after = append(after, p.text)
			}
		}
	}
	return before, after
}

func texts(all []token) []string {
	var list []string
	for _, p := range all {
		list = append(list, p.text)
	}
	return list
}

// A comparison has all of both texts, in order, whatever they are.
func FuzzCompareWords(f *testing.F) {
	f.Add("5 killed off Mokpo", "7 killed off Mokpo")
	f.Add("여객선 침몰", "여객선 침몰…구조")
	f.Add("首相が辞任へ", "首相 が続投")
	f.Add("a\xffb \x00", "")
	f.Fuzz(func(t *testing.T, a, b string) {
		if len(a) > 2000 || len(b) > 2000 {
			return
		}
		all := compareWords(a, b)
		before, after := restore(all)
		if !slices.Equal(before, texts(takeApart(a))) || !slices.Equal(after, texts(takeApart(b))) {
			t.Errorf("%q and %q become %v", a, b, all)
		}
		for i, c := range all {
			if len(c.tokens) == 0 || i > 0 && c.what == all[i-1].what {
				t.Errorf("%q and %q: run %d of %v", a, b, i, all)
			}
		}
		if strings.Join(strings.Fields(a), "") != strings.Join(texts(takeApart(a)), "") {
			t.Errorf("%q loses something", a)
		}
		Changes(a, b, true)
	})
}

// Two long texts that have nothing in common cost little.
func TestCompareLongWords(t *testing.T) {
	a, b := strings.Repeat("a ", 10_000), strings.Repeat("b ", 10_000)
	if all := compareWords("x "+a+"y", "x "+b+"y"); len(all) != 2 {
		t.Errorf("%d runs", len(all))
	}
}

func BenchmarkCompareWords(b *testing.B) {
	before := strings.Repeat("one two three four five six seven ", 100)
	after := strings.Repeat("one two 3 four five six 7 ", 100)
	for b.Loop() {
		compareWords(before, after)
	}
}
