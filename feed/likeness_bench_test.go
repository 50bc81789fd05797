package feed

import (
	"cmp"
	"maps"
	"slices"
	"testing"
)

// BenchmarkAlike compares labelled Articles as a store does, each with those
// that share words with it: few are one report.
func BenchmarkAlike(b *testing.B) {
	set := readLabelled(b, "ko-multi")
	room := newNewsroom()
	outlets := map[string]int64{}
	for _, a := range set.articles[:4000] {
		if _, ok := outlets[a.Outlet]; !ok {
			outlets[a.Outlet] = int64(len(outlets))
		}
		room.place(outlets[a.Outlet], a.at, a.Title, a.Summary)
	}
	pairs := slices.SortedFunc(maps.Keys(room.tried), func(a, b [2]int64) int {
		return cmp.Or(cmp.Compare(a[1], b[1]), cmp.Compare(a[0], b[0]))
	})
	i := 0
	for b.Loop() {
		p := pairs[i%len(pairs)]
		Alike(room.prints[p[0]], room.prints[p[1]], &room.words)
		i++
	}
}
