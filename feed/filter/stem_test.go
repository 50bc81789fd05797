package filter

import (
	"slices"
	"testing"
)

func TestStem(t *testing.T) {
	for _, c := range []struct {
		phrase   string
		found    []string
		notFound []string
	}{
		{"sanction", []string{"Sanctions bite", "sanctioned", "sanctioning", "sanction's", "SANCTION"}, []string{"sanctionable", "sanctity", "unsanctioned"}},
		{"sanctions", []string{"a sanction", "sanctioned firms"}, nil},
		{"launch", []string{"launches", "launched", "launching"}, []string{"lunch", "launcher"}},
		{"launched", []string{"launch", "launches", "launching"}, nil},
		{"supply", []string{"supplies", "supplied", "supplying"}, []string{"supplier", "supple"}},
		{"ban", []string{"bans", "banned", "banning"}, []string{"bane", "banner", "band"}},
		{"banned", []string{"ban", "bans"}, []string{"banner"}},
		{"rate", []string{"rates", "rated", "rating"}, []string{"rat", "rats", "ratio"}},
		{"rating", []string{"rate", "rates"}, nil},
		{"agree", []string{"agrees", "agreed", "agreeing"}, []string{"agreement", "agre"}},
		{"tie", []string{"ties", "tied", "tying"}, nil},
		{"tax", []string{"taxes", "taxed"}, []string{"taxi", "taxxed"}},
		{"visit", []string{"visited", "visiting"}, []string{"visitor"}},
		{"veto", []string{"vetoes", "vetoed"}, nil},
		{"class", []string{"classes"}, []string{"clas"}},
		{"crisis", []string{"crisis"}, []string{"crisi", "crises"}},
		{"news", []string{"news"}, []string{"new"}},
		{"missile launch", []string{"missile launches", "missiles launched"}, []string{"launch missile", "missile-proof launch"}},
		{"university", []string{"universities"}, []string{"universe", "universal"}},
		{"북한", []string{"북한이"}, []string{"북한군"}},
		{"AI", []string{"AI"}, []string{"AIs", "aid"}},
	} {
		p, err := newPhrase(c.phrase, true)
		if err != nil {
			t.Fatal(err)
		}
		find := func(text string) bool {
			var w words
			w.add(text)
			w.index()
			return p.find(&w) >= 0
		}
		for _, text := range c.found {
			if !find(text) {
				t.Errorf("stem(%q): not found in %q, forms %q", c.phrase, text, p.forms)
			}
		}
		for _, text := range c.notFound {
			if find(text) {
				t.Errorf("stem(%q): found in %q, forms %q", c.phrase, text, p.forms)
			}
		}
	}
}

// The forms of a word are those of its forms' bases: whichever is asked for, the
// word itself is among what is found.
func FuzzForms(f *testing.F) {
	for _, s := range []string{"sanction", "ies", "aed", "bing", "yyy", "running", "asses"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, word string) {
		all := forms(word)
		if all != nil && !slices.Contains(all, word) {
			t.Errorf("%q is no form of itself: %q", word, all)
		}
		if len(all) > 40 {
			t.Errorf("%q has %d forms", word, len(all))
		}
	})
}
