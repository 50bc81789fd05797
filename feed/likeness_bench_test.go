package feed

import "testing"

// BenchmarkAlike compares labelled Articles as a store does: most pairs share
// some words, and few are one report.
func BenchmarkAlike(b *testing.B) {
	set := readLabelled(b, "ko-multi")
	room := newNewsroom()
	for _, a := range set.articles[:4000] {
		room.place(int64(len(a.Outlet)), a.at, a.Title, a.Summary)
	}
	var pairs [][2]int64
	for pair := range room.tried {
		pairs = append(pairs, pair)
	}
	i := 0
	for b.Loop() {
		p := pairs[i%len(pairs)]
		Alike(room.prints[p[0]], room.prints[p[1]], &room.words)
		i++
	}
}
