package feed

import "testing"

const monday days = 1 << 32

// on returns days of a month.
func on(list ...int) days {
	var set days
	for _, d := range list {
		set |= 1 << d
	}
	return set
}

func TestDaysOf(t *testing.T) {
	for _, test := range []struct {
		text string
		want days
	}{
		{"29일 오후", on(29)},
		{"12월 29일", on(29)},
		{"28∼29일", on(29)},
		{"29日", on(29)},
		{"２９日", on(29)},
		{"29일간 열린다", 0}, // how long it lasted
		{"29일째", 0},
		{"29일 만에 귀국", 0},
		{"29日間", 0},
		{"일본 29개사", 0},
		{"Dec. 29", on(29)},
		{"December 29, 2026", on(29)},
		{"29 December", on(29)},
		{"29 Dec 2026", on(29)},
		{"Sept. 3", on(3)},
		{"Monday", monday},
		{"Monday's weather", monday},
		{"MON.", monday},
		{"Sunday", monday << 6},
		{"from Nov. 29 to Dec. 2", on(29, 2)},
		{"on Monday, Nov. 30", on(30) | monday},
		{"sat in the sun", 0}, // no short names that are words
		{"29 percent", 0},
		{"December", 0},
		{"Dec. 32", 0},
		{"Dec. 0", 0},
		{"Dec. 2026", 0},
		{"Dec. 2.5", 0},
		{"0일", 0},
		{"32일", 0},
		{"100일", 0},
		{"일", 0},
		{"", 0},
	} {
		if got := daysOf(unitsOf(test.text, maxUnits)); got != test.want {
			t.Errorf("%q: got %b, want %b", test.text, got, test.want)
		}
	}
}

func TestDaysApart(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want bool
	}{
		{"29일", "30일", true},
		{"Dec. 29", "30 December", true},
		{"Monday", "Tuesday", true},
		{"Monday", "Dec. 30", false}, // of two kinds: it may be the same
		{"29일", "어제", false},
		{"29일", "29일 30일", false},
		{"1일 2일 3일 4일", "5일", false}, // a calendar names too many
		{"", "", false},
	} {
		a, b := daysOf(unitsOf(test.a, maxUnits)), daysOf(unitsOf(test.b, maxUnits))
		if got := disjoint(a, b); got != test.want || disjoint(b, a) != got {
			t.Errorf("%q, %q: got %v, want %v", test.a, test.b, got, test.want)
		}
	}
}
