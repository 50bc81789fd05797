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
		{"ko-multi", 0.935, 0.735},
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
	sets := make(map[string]*labelled)
	for _, name := range []string{"ko-multi", "reuters21578", "yna-en"} {
		sets[name] = readLabelled(t, name)
	}
	same := func(n int) func(string) int { return func(string) int { return n } }
	own := func(outlet string) int {
		return []int{60, 80, 100, 120, 150, 1000}[uint64(hash("outlet", outlet))%6]
	}
	for _, test := range []struct {
		set, name         string
		cut               func(outlet string) int
		precision, recall float64
	}{
		{"ko-multi", "80 characters", same(80), 0.92, 0.21},
		{"ko-multi", "120 characters", same(120), 0.92, 0.44},
		{"ko-multi", "160 characters", same(160), 0.92, 0.61},
		{"ko-multi", "each outlet its own", own, 0.92, 0.33},
		{"reuters21578", "80 characters", same(80), 0.975, 0.73},
		{"reuters21578", "120 characters", same(120), 0.975, 0.78},
		{"reuters21578", "160 characters", same(160), 0.975, 0.87},
		{"yna-en", "60 characters", same(60), 1, 0.8},
		{"yna-en", "80 characters", same(80), 1, 0.88},
		{"yna-en", "160 characters", same(160), 1, 0.92},
	} {
		t.Run(test.set+", "+test.name, func(t *testing.T) {
			set := sets[test.set]
			found, wrong := set.judge(set.place(test.cut))
			precision, recall := ratio(found, found+wrong), ratio(found, set.positives())
			if t.Logf("precision %.3f, recall %.3f", precision, recall); precision < test.precision || recall < test.recall {
				t.Errorf("precision %.3f, recall %.3f, want %.3f and %.2f", precision, recall, test.precision, test.recall)
			}
		})
	}
}
