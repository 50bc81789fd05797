package feed

import (
	"cmp"
	"maps"
	"slices"
)

// A Pair is what was found out about two Articles, by their ids.
type Pair struct {
	A, B  int64
	Score float64 // of their Likeness
}

// Scores beyond all that a comparison can give: what a person has ruled.
const (
	Joined = 1000
	Parted = -1000
)

// unseen is the score of two Articles that were never compared: they have too
// little in common to have met in the index.
const unseen = -4

// Partition divides Articles into those that tell one report. Pairs that are
// alike are joined, the surest first, as long as the groups that they belong to
// are alike on the whole: two reports of one event that a third quotes both
// stay two. The result depends on the set of Pairs alone, in no order (this is
// agglomerative clustering with average linkage, Sokal and Michener 1958). Each
// group is in rising order, and the groups are in that of their first.
func Partition(articles []int64, pairs []Pair) [][]int64 {
	scores := make(map[[2]int64]float64, len(pairs))
	for _, p := range pairs {
		scores[ordered(p.A, p.B)] = p.Score
	}
	group := make(map[int64]*[]int64, len(articles))
	for _, id := range articles {
		group[id] = &[]int64{id}
	}
	pairs = slices.Clone(pairs)
	slices.SortFunc(pairs, func(a, b Pair) int {
		x, y := ordered(a.A, a.B), ordered(b.A, b.B)
		// What a person joined comes last: whole groups, as they were found.
		return cmp.Or(compareBool(a.Score >= Joined, b.Score >= Joined), -cmp.Compare(a.Score, b.Score),
			cmp.Compare(x[0], y[0]), cmp.Compare(x[1], y[1]))
	})
	report := make(map[int64]int64, len(articles))
	for _, id := range articles {
		report[id] = id
	}
	for _, p := range pairs {
		a, b := group[p.A], group[p.B]
		if p.Score < sameScore || a == nil || b == nil || a == b || !agree(*a, *b, report, scores, p.Score >= Joined) {
			continue
		}
		if p.Score >= versionScore && p.Score < Joined { // these come first: all of both are versions
			for _, id := range *b {
				report[id] = report[(*a)[0]]
			}
		}
		*a = append(*a, *b...)
		for _, id := range *b {
			group[id] = a
		}
	}
	return groups(articles, group)
}

// agree reports whether two groups are alike on the whole. What is alike to one
// version of a report is alike to the report, however far the others have moved
// on. What a person has parted is never joined, whatever else speaks for it.
func agree(a, b []int64, report map[int64]int64, scores map[[2]int64]float64, ruled bool) bool {
	best := make(map[[2]int64]float64, len(a)*len(b))
	for _, x := range a {
		for _, y := range b {
			s, ok := scores[ordered(x, y)]
			if s <= Parted {
				return false
			}
			if !ok || s < unseen {
				s = unseen
			}
			both := [2]int64{report[x], report[y]}
			if known, ok := best[both]; !ok || s > known {
				best[both] = s
			}
		}
	}
	return ruled || total(best) >= 0
}

// total adds in an order of its own, since sums of floating-point numbers
// depend on it.
func total(scores map[[2]int64]float64) float64 {
	sum := 0.0
	for _, s := range slices.Sorted(maps.Values(scores)) {
		sum += s
	}
	return sum
}

func groups(articles []int64, group map[int64]*[]int64) [][]int64 {
	var all [][]int64
	seen := make(map[*[]int64]bool, len(articles))
	for _, id := range slices.Sorted(slices.Values(articles)) {
		if g := group[id]; !seen[g] {
			seen[g] = true
			slices.Sort(*g)
			all = append(all, *g)
		}
	}
	return all
}

func ordered(a, b int64) [2]int64 {
	if a > b {
		a, b = b, a
	}
	return [2]int64{a, b}
}
