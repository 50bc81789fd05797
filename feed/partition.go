package feed

import (
	"cmp"
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

// Relatives is how many Articles of a Story a further one is compared with at
// least. That it was not compared with more says nothing.
const Relatives = 40

// Partition divides Articles into those that tell one report. Pairs that are
// alike are joined, the surest first, as long as the groups that they belong to
// are alike on the whole: two reports of one event that a third quotes both
// stay two. The result depends on the set of Pairs alone, in no order (this is
// agglomerative clustering with average linkage, Sokal and Michener 1958). Each
// group is in rising order, and the groups are in that of their first.
func Partition(articles []int64, pairs []Pair) [][]int64 {
	all := make(map[int64]*group, len(articles))
	for _, id := range articles {
		all[id] = &group{articles: []int64{id}, reports: 1}
	}
	pairs = slices.DeleteFunc(slices.Clone(pairs), func(p Pair) bool { return all[p.A] == nil || all[p.B] == nil || p.A == p.B })
	slices.SortFunc(pairs, func(a, b Pair) int {
		x, y := ordered(a.A, a.B), ordered(b.A, b.B)
		// What a person joined comes last: whole groups, as they were found.
		return cmp.Or(compareBool(a.Score >= Joined, b.Score >= Joined), -cmp.Compare(a.Score, b.Score),
			cmp.Compare(x[0], y[0]), cmp.Compare(x[1], y[1]))
	})
	i := joinVersions(all, pairs)
	for _, p := range pairs {
		all[p.A].link(all[p.B], p.Score)
	}
	for _, p := range pairs[i:] {
		a, b := all[p.A], all[p.B]
		if p.Score < sameScore {
			continue // those that a person joined follow
		}
		if a != b && a.agrees(b, p.Score >= Joined) {
			a.take(b, all)
		}
	}
	return inGroups(articles, all)
}

// joinVersions makes one report of the Articles of which an agency's id says so,
// and returns how many pairs that were. What is alike to one version of a report
// is alike to the report, however far the others have moved on.
func joinVersions(all map[int64]*group, pairs []Pair) int {
	parted := make(map[[2]int64]bool)
	for _, p := range pairs {
		if p.Score <= Parted {
			parted[ordered(p.A, p.B)] = true
		}
	}
	for i, p := range pairs {
		if p.Score < versionScore || p.Score >= Joined {
			return i
		}
		a, b := all[p.A], all[p.B]
		if a == b || anyParted(a, b, parted) {
			continue
		}
		a.articles = append(a.articles, b.articles...)
		for _, id := range b.articles {
			all[id] = a
		}
	}
	return len(pairs)
}

// anyParted reports whether a person has parted an Article of one group from one
// of the other.
func anyParted(a, b *group, parted map[[2]int64]bool) bool {
	if len(parted) == 0 {
		return false
	}
	for _, x := range a.articles {
		for _, y := range b.articles {
			if parted[ordered(x, y)] {
				return true
			}
		}
	}
	return false
}

// A group is some Articles that tell one report, as far as is known.
type group struct {
	articles []int64
	reports  int // the Articles, versions of one counting once
	links    map[*group]link
}

// A link is what is known about two groups.
type link struct {
	excess float64 // of the scores of their pairs over those never compared
	best   float64 // while both are single reports: the best of their pairs
	parted bool
}

// link notes the score of a pair of Articles of two single reports.
func (g *group) link(other *group, score float64) {
	if g == other {
		return
	}
	l, ok := g.links[other]
	if s := max(score, unseen); (!ok || s > l.best) && score < Joined {
		l.best, l.excess = s, s-unseen
	}
	l.parted = l.parted || score <= Parted
	g.set(other, l)
	other.set(g, l)
}

// set notes what is known about another group. It does so on one side only:
// whoever links two groups calls it for both.
func (g *group) set(other *group, l link) {
	if g.links == nil {
		g.links = make(map[*group]link)
	}
	g.links[other] = l
}

// agrees reports whether two groups are alike on the whole. What a person has
// parted is never joined, whatever else speaks for it.
func (g *group) agrees(other *group, ruled bool) bool {
	l := g.links[other]
	compared := float64(min(g.reports, Relatives) * min(other.reports, Relatives))
	return !l.parted && (ruled || l.excess+unseen*compared >= 0)
}

// take makes another group part of this one.
func (g *group) take(other *group, all map[int64]*group) {
	g.articles = append(g.articles, other.articles...)
	g.reports += other.reports
	for _, id := range other.articles {
		all[id] = g
	}
	for third, l := range other.links {
		delete(third.links, other)
		if third == g {
			continue
		}
		ours := g.links[third]
		ours.excess += l.excess
		ours.parted = ours.parted || l.parted
		g.set(third, ours)
		third.set(g, ours)
	}
	delete(g.links, other)
}

// inGroups returns the groups that Articles belong to, as Partition promises them.
func inGroups(articles []int64, all map[int64]*group) [][]int64 {
	var groups [][]int64
	seen := make(map[*group]bool, len(articles))
	for _, id := range slices.Sorted(slices.Values(articles)) {
		if g := all[id]; !seen[g] {
			seen[g] = true
			slices.Sort(g.articles)
			groups = append(groups, g.articles)
		}
	}
	return groups
}

// ordered returns a pair of ids in rising order, so that it is found whichever
// comes first.
func ordered(a, b int64) [2]int64 {
	if a > b {
		a, b = b, a
	}
	return [2]int64{a, b}
}
