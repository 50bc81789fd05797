package feed

import (
	"math"
	"testing"
)

// TestStoriesOfCorpora holds how well reports are told apart on labelled real
// ones. The floors lie under what was measured, so that a change which costs
// something is seen, and one that moves a pair is not.
func TestStoriesOfCorpora(t *testing.T) {
	for _, test := range []struct {
		set               string
		precision, recall float64
	}{
		{"yna-en", 1, 25.0 / 27},
		{"reuters21578", 0.985, 0.955},
		{"ko-multi", 0.935, 0.725},
	} {
		t.Run(test.set, func(t *testing.T) {
			set := readLabelled(t, test.set)
			room := set.place(func(string) int { return math.MaxInt })
			found, wrong := set.judge(room)
			precision, recall := ratio(found, found+wrong), ratio(found, set.positives())
			t.Logf("%d articles, %d stories, %.1f comparisons each, precision %.3f, recall %.3f (%d of %d)", len(set.articles),
				len(room.members), ratio(room.alike, len(set.articles)), precision, recall, found, set.positives())
			if precision < test.precision {
				t.Errorf("precision %.3f, want %.3f: %d wrong pairs", precision, test.precision, wrong)
			}
			if recall < test.recall {
				t.Errorf("recall %.3f, want %.3f", recall, test.recall)
			}
		})
	}
}

// TestStoriesOfAnyLength holds that reports are told apart however much of them
// feeds give: all the same number of characters, or each outlet its own. The longer,
// the more is found; what joins is right at any length.
func TestStoriesOfAnyLength(t *testing.T) {
	set := readLabelled(t, "ko-multi")
	same := func(n int) func(string) int { return func(string) int { return n } }
	for _, test := range []struct {
		name   string
		cut    func(outlet string) int
		recall float64
	}{
		{"80 characters", same(80), 0.21},
		{"120 characters", same(120), 0.44},
		{"160 characters", same(160), 0.61},
		{"each outlet its own", func(outlet string) int {
			return []int{60, 80, 100, 120, 150, 1000}[uint64(hash("outlet", outlet))%6]
		}, 0.33},
	} {
		t.Run(test.name, func(t *testing.T) {
			const least = 0.92
			found, wrong := set.judge(set.place(test.cut))
			precision, recall := ratio(found, found+wrong), ratio(found, set.positives())
			if t.Logf("precision %.3f, recall %.3f", precision, recall); precision < least || recall < test.recall {
				t.Errorf("precision %.3f, recall %.3f, want %.2f and %.2f", precision, recall, least, test.recall)
			}
		})
	}
}
