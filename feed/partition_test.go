package feed

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func TestPartition(t *testing.T) {
	for _, test := range []struct {
		name  string
		pairs []Pair
		want  [][]int64
	}{
		{"nothing known", nil, [][]int64{{1}, {2}, {3}, {4}}},
		{"alike", []Pair{{1, 2, 3}}, [][]int64{{1, 2}, {3}, {4}}},
		{"the other way around", []Pair{{2, 1, 3}}, [][]int64{{1, 2}, {3}, {4}}},
		{"all alike", []Pair{{1, 2, 3}, {2, 3, 3}, {1, 3, 3}}, [][]int64{{1, 2, 3}, {4}}},
		{"under the bar", []Pair{{1, 2, sameScore - 0.01}}, [][]int64{{1}, {2}, {3}, {4}}},
		{"a chain whose ends were never compared", []Pair{{1, 2, 3}, {2, 3, 3}}, [][]int64{{1, 2}, {3}, {4}}},
		{"a chain that is sure", []Pair{{1, 2, 5}, {2, 3, 5}}, [][]int64{{1, 2, 3}, {4}}},
		{"two reports that a third quotes", []Pair{{1, 2, 4}, {3, 4, 4}, {2, 3, 1}}, [][]int64{{1, 2}, {3, 4}}},
		{"the surest first", []Pair{{1, 2, 2}, {2, 3, 3}, {1, 3, -3}}, [][]int64{{1}, {2, 3}, {4}}},
		{"joined by a person", []Pair{{1, 2, Joined}}, [][]int64{{1, 2}, {3}, {4}}},
		{"parted by a person", []Pair{{1, 2, Parted}}, [][]int64{{1}, {2}, {3}, {4}}},
		{"parted, and a third like both", []Pair{{1, 2, Parted}, {1, 3, 9}, {2, 3, 9}}, [][]int64{{1, 3}, {2}, {4}}},
		{"parted, and joined to a third", []Pair{{1, 2, Parted}, {1, 3, Joined}, {2, 3, Joined}}, [][]int64{{1, 3}, {2}, {4}}},
		{"articles of others", []Pair{{1, 9, 9}, {9, 2, 9}}, [][]int64{{1}, {2}, {3}, {4}}},
		{"itself", []Pair{{1, 1, 9}}, [][]int64{{1}, {2}, {3}, {4}}},
	} {
		if got := Partition([]int64{1, 2, 3, 4}, test.pairs); !equalGroups(got, test.want) {
			t.Errorf("%s: got %v, want %v", test.name, got, test.want)
		}
	}
	if got := Partition(nil, []Pair{{1, 2, 9}}); len(got) != 0 {
		t.Errorf("of no articles: %v", got)
	}
}

func equalGroups(a, b [][]int64) bool {
	return slices.EqualFunc(a, b, slices.Equal[[]int64])
}

// TestPartitionOfRandomPairs holds what is true of every Partition.
func TestPartitionOfRandomPairs(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 3000 {
		articles, pairs := randomPairs(r)
		groups := Partition(articles, pairs)
		checkPartition(t, articles, groups)
		checkRulings(t, pairs, groups)

		slices.Reverse(articles)
		r.Shuffle(len(pairs), func(i, j int) { pairs[i], pairs[j] = pairs[j], pairs[i] })
		for i, p := range pairs {
			if r.IntN(2) == 0 {
				pairs[i] = Pair{A: p.B, B: p.A, Score: p.Score}
			}
		}
		if again := Partition(articles, pairs); !equalGroups(again, groups) {
			t.Fatalf("in another order %v, before %v, of %v", again, groups, pairs)
		}

		var left [][]int64 // a group by itself stays together
		for _, g := range groups {
			left = append(left, Partition(g, pairs)...)
		}
		if !equalGroups(left, groups) {
			t.Fatalf("each by itself %v, before %v, of %v", left, groups, pairs)
		}
		if t.Failed() {
			t.Fatalf("groups %v of %v", groups, pairs)
		}
	}
}

// randomPairs returns a dozen Articles and Pairs of some of them, each once.
func randomPairs(r *rand.Rand) ([]int64, []Pair) {
	articles := make([]int64, 1+r.IntN(12))
	for i := range articles {
		articles[i] = int64(10*i + r.IntN(10))
	}
	var pairs []Pair
	for i, a := range articles {
		for _, b := range articles[i+1:] {
			switch r.IntN(12) {
			case 0:
				pairs = append(pairs, Pair{a, b, Joined})
			case 1:
				pairs = append(pairs, Pair{a, b, Parted})
			case 2, 3, 4, 5, 6, 7:
				pairs = append(pairs, Pair{a, b, float64(r.IntN(12)) - 4}) // many are equal
			}
		}
	}
	return articles, pairs
}

// checkPartition holds that every Article stands in one group, and groups and
// members in rising order.
func checkPartition(t *testing.T, articles []int64, groups [][]int64) {
	t.Helper()
	var all []int64
	for i, g := range groups {
		if len(g) == 0 || !slices.IsSorted(g) || i > 0 && groups[i-1][0] >= g[0] {
			t.Errorf("group %d is empty or out of order", i)
		}
		all = append(all, g...)
	}
	if !slices.Equal(slices.Sorted(slices.Values(all)), articles) {
		t.Errorf("not every article stands in one group")
	}
}

// checkRulings holds that what a person parted is never together, that what a
// person joined is, unless that would bring parted Articles together, and that
// nothing under the bar joins two that are alone.
func checkRulings(t *testing.T, pairs []Pair, groups [][]int64) {
	t.Helper()
	of := map[int64]int{}
	for i, g := range groups {
		for _, id := range g {
			of[id] = i
		}
	}
	parted := func(x, y int) bool {
		return slices.ContainsFunc(pairs, func(p Pair) bool {
			return p.Score == Parted && (of[p.A] == x && of[p.B] == y || of[p.A] == y && of[p.B] == x)
		})
	}
	for _, p := range pairs {
		x, y := of[p.A], of[p.B]
		switch {
		case p.Score == Parted && x == y:
			t.Errorf("%d and %d were parted and are together", p.A, p.B)
		case p.Score == Joined && x != y && !parted(x, y):
			t.Errorf("%d and %d were joined and are apart", p.A, p.B)
		case p.Score < sameScore && x == y && len(groups[x]) == 2:
			t.Errorf("%d and %d are together by %v", p.A, p.B, p.Score)
		}
	}
}
