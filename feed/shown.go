package feed

import (
	"cmp"
	"slices"
)

// Shown returns the index of the Copy that stands for a Story in a Feed: the
// Sources the Feed prefers in their order, then the agency's own, then the one
// with most words, then the one seen first. The Story's id does not depend on
// it.
func Shown(s *Story, prefer []string) int {
	best := 0
	for i := range s.Copies {
		if better(&s.Copies[i], &s.Copies[best], prefer) {
			best = i
		}
	}
	return best
}

func better(a, b *Copy, prefer []string) bool {
	c := cmp.Or(
		cmp.Compare(rank(a.Source, prefer), rank(b.Source, prefer)),
		-compareBool(a.Agency != "", b.Agency != ""),
		-cmp.Compare(len(a.Content)+len(a.Summary), len(b.Content)+len(b.Summary)),
		a.FirstSeen.Compare(b.FirstSeen),
		cmp.Compare(a.ID, b.ID))
	return c < 0
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// rank returns the place of a Source in a list of preference; those that are
// not in it come last, equal among each other.
func rank(source string, prefer []string) int {
	if i := slices.Index(prefer, source); i >= 0 {
		return i
	}
	return len(prefer)
}
