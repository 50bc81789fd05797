package feed

import (
	"cmp"
	"slices"
)

// Shown returns the index of the Copy that stands for a Story in a Feed. Of
// each Source that is its latest version; among these the Sources that the Feed
// prefers come first, in their order, then the agency's own, then the one with
// most words, then the one seen first. The Story's id does not depend on it.
func Shown(s *Story, prefer []string) int {
	latest := make(map[string]int, len(s.Copies))
	for i := range s.Copies {
		c := &s.Copies[i]
		if j, ok := latest[c.Source]; !ok || Supersedes(c, &s.Copies[j]) {
			latest[c.Source] = i
		}
	}
	best := -1
	for i := range s.Copies {
		c := &s.Copies[i]
		if latest[c.Source] == i && (best < 0 || better(c, &s.Copies[best], prefer)) {
			best = i
		}
	}
	return best
}

// Supersedes reports whether a Copy is a later version than another of the same
// Source: by the wire's markers, then by their dates.
func Supersedes(c, former *Copy) bool {
	if c.Source != former.Source {
		return false
	}
	return cmp.Or(
		cmp.Compare(ReadHeadline(c.Title).Version(), ReadHeadline(former.Title).Version()),
		c.Published.Compare(former.Published),
		cmp.Compare(c.ID, former.ID)) > 0
}

// better reports whether a Copy goes before another in the order that Shown
// promises; their ids decide where nothing else does.
func better(a, b *Copy, prefer []string) bool {
	c := cmp.Or(
		cmp.Compare(rank(a.Source, prefer), rank(b.Source, prefer)),
		-compareBool(a.Agency != "", b.Agency != ""),
		-cmp.Compare(len(a.Content)+len(a.Summary), len(b.Content)+len(b.Summary)),
		a.FirstSeen.Compare(b.FirstSeen),
		cmp.Compare(a.ID, b.ID))
	return c < 0
}

// compareBool orders false before true.
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
	if i := slices.IndexFunc(prefer, func(name string) bool { return ComesBy(source, name) }); i >= 0 {
		return i
	}
	return len(prefer)
}
