package feed

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// Texts on one line are the same to a comparison.
func TestUnitsSame(t *testing.T) {
	for _, test := range []struct{ a, b string }{
		{"Ferry sinks off Mokpo", "FERRY SINKS, off Mokpo!"},
		{"U.S. envoy", "US envoy"},
		{"the UN's envoy", "the U.N. envoy"},
		{"N. Korea fires missile", "North Korea fires missile"},
		{"S. Korean envoy", "South Korean envoy"},
		{"Kim's sister", "Kim sister"},
		{"Kim’s sister", "Kim's sister"},
		{"gov't to act", "government to act"},
		{"5 pct", "5 percent"},
		{"12,345 won", "12345 won"},
		{"ＫＢＳ　１２月", "KBS 12月"},
		{"ｶﾌﾞ", "カブ"},
		{"各", "各"}, // one character in two code points
		{"\"정부\" 발표", "정부발표"},
		{"Café", "CAFE\u0301"},
	} {
		if a, b := hashesOf(test.a), hashesOf(test.b); !slices.Equal(a, b) {
			t.Errorf("%q and %q differ: %d and %d units", test.a, test.b, len(a), len(b))
		}
	}
}

// And these are not.
func TestUnitsDiffer(t *testing.T) {
	for _, test := range []struct{ a, b string }{
		{"N. Korea", "S. Korea"},
		{"Plan N. Then more", "Plan north. Then more"}, // no direction without Korea
		{"in the US", "in the UN"},
		{"1.2 percent", "12 percent"},
		{"정부", "부정"},
		{"won't go", "will go"},
	} {
		if slices.Equal(hashesOf(test.a), hashesOf(test.b)) {
			t.Errorf("%q and %q are alike", test.a, test.b)
		}
	}
}

func hashesOf(text string) []uint32 {
	var list []uint32
	for _, u := range unitsOf(text, maxUnits) {
		list = append(list, u.hash)
	}
	return list
}

func TestUnitKinds(t *testing.T) {
	for _, test := range []struct{ text, want string }{ // w word, n number, c character
		{"", ""},
		{" ...!? ", ""},
		{"Ferry sinks", "ww"},
		{"don't", "w"},
		{"Mokpo's U.S. ferry", "www"},
		{"3 of 1,500.50 won.", "nwnw"},
		{"한국 12월", "ccnc"},
		{"日本のニュース", "ccccccc"},
		{"中国2026年", "ccnc"},
		{"K팝", "wc"},
		{"AI산업", "wcc"},
		{"1.", "n"},
		{"5.6.7", "n"},
		{"٣", "n"}, // a digit of another script
		{"Москва", "w"},
	} {
		var got strings.Builder
		for _, u := range unitsOf(test.text, maxUnits) {
			got.WriteByte("wcn"[u.kind])
		}
		if got.String() != test.want {
			t.Errorf("%q: got %s, want %s", test.text, &got, test.want)
		}
	}
}

// Every row names one amount, written in several ways, and no two rows the same.
func TestFigures(t *testing.T) {
	seen := map[uint32]string{}
	for _, row := range [][]string{
		{"1만5천", "1만5000", "15,000", "15000", "15 thousand", "１５，０００", "1万5000", "1萬5千"},
		{"6천500조", "6,500조", "6500兆", "6,500 trillion"},
		{"1.2 million", "1,200,000", "120만"},
		{"five", "5", "Five", "５"},
		{"twelve", "12"},
		{"3억5천만", "3억5000만", "350,000,000", "350 million", "3.5억", "3億5000万"},
		{"1조2천억", "1조2000억", "1.2조", "1.2 trillion"},
		{"2천300", "2,300", "2.3 thousand"},
		{"1억2만3천", "100,023,000"},
		{"0", "zero"},
		{"1만5천100"},
		{"1.2"},
	} {
		want := uint32(0)
		for _, text := range row {
			got := figures(nil, unitsOf(text, maxUnits))
			if len(got) != 1 {
				t.Errorf("%s: %d figures, want 1", text, len(got))
				continue
			}
			if want == 0 {
				want = got[0]
			}
			if got[0] != want {
				t.Errorf("%s is not %s", text, row[0])
			}
		}
		if other := seen[want]; other != "" {
			t.Errorf("%s is %s", row[0], other)
		}
		seen[want] = row[0]
	}
}

// Figures that stand side by side are several.
func TestFiguresApart(t *testing.T) {
	for _, test := range []struct {
		text string
		want int
	}{
		{"Seoul 4 3 Incheon", 2},
		{"2026년 11월 20일", 3},
		{"3-1", 2},
		{"none at all", 0},
		{"전 세계 만 명", 0},
		{"5명 사망, 1만 명 대피", 2},
		{"two of three", 2},
	} {
		if got := len(figures(nil, unitsOf(test.text, maxUnits))); got != test.want {
			t.Errorf("%q: %d figures, want %d", test.text, got, test.want)
		}
	}
}

// What strangers send is bounded, and none of it is lost on the way: a text is
// read in the same units whatever its end.
func TestUnitsLimit(t *testing.T) {
	long := strings.Repeat("storm 폭풍 12 ", 1000)
	for _, limit := range []int{0, 1, 10, maxUnits} {
		if got := len(unitsOf(long, limit)); got != limit {
			t.Errorf("limit %d: %d units", limit, got)
		}
	}
	first, all := unitsOf(long, 40), unitsOf(long, maxUnits)
	if !slices.Equal(first[:39], all[:39]) {
		t.Error("the limit changes the units before it")
	}
}

// TestUnitsOfRandomText holds that reading never fails and never makes units
// out of nothing.
func TestUnitsOfRandomText(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	alphabet := []rune("aZ'’.s,0 9만억조일일월한\u1100ー漢́٣\U0001F600\u00ad")
	for range 20_000 {
		text := randomText(r, alphabet, 12)
		if n := len(unitsOf(text, maxUnits)); n > 2*utf8.RuneCountInString(text) {
			t.Fatalf("%q: %d units", text, n)
		}
	}
}

func randomText(r *rand.Rand, alphabet []rune, longest int) string {
	text := make([]rune, r.IntN(longest+1))
	for i := range text {
		text[i] = alphabet[r.IntN(len(alphabet))]
	}
	return string(text)
}

// Votes and prices have more than six digits that count; what is the same in other
// words has one value.
func TestValues(t *testing.T) {
	value := func(text string) uint32 { return unitsOf(text, maxUnits)[0].value }
	if value("1,234,567 votes") == value("1,234,568 votes") {
		t.Error("two counts have one value")
	}
	for _, test := range [][2]string{{"1.1 million", "1,100,000"}, {"1조2천억", "1,200,000,000,000"}, {"3만4천", "34,000"}} {
		if value(test[0]) != value(test[1]) {
			t.Errorf("%q and %q differ", test[0], test[1])
		}
	}
}
