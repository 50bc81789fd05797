package feed

import (
	"maps"
	"slices"
	"time"
)

// A newsroom places Articles in Stories one by one, in memory, by the same
// steps as a store: what shares keys is compared, and the stories of what is
// alike are divided anew.
type newsroom struct {
	words   Vocabulary
	index   Index
	prints  []*Print          // by the Article's id, which is its place here
	story   []int64           // its Story: the id of the first Article there
	members map[int64][]int64 // Articles by Story
	near    []map[int64]Pair  // of every Article, those that were worth keeping
	tried   map[[2]int64]bool
	alike   int // comparisons
}

func newNewsroom() *newsroom {
	return &newsroom{members: map[int64][]int64{}, tried: map[[2]int64]bool{}}
}

// roomMembers is with how many Articles of a Story one is compared.
const roomMembers = 40

// place takes an Article in and returns its id.
func (n *newsroom) place(source int64, at time.Time, title, text string) int64 {
	id := int64(len(n.prints))
	p := &Print{
		Fingerprint: NewFingerprint(&Article{Title: title, Summary: text}, &n.words),
		Article:     id, Source: source, Published: at,
	}
	n.prints = append(n.prints, p)
	n.story = append(n.story, id)
	n.near = append(n.near, map[int64]Pair{})
	n.members[id] = []int64{id}

	touched := map[int64]bool{id: true}
	sketch := p.Sketch()
	for _, next := range n.index.Candidates(&sketch) {
		if other := next - 1; n.compare(id, other) {
			touched[n.story[other]] = true
		}
	}
	for _, s := range slices.Sorted(maps.Keys(touched)) {
		for _, other := range n.members[s][:min(roomMembers, len(n.members[s]))] {
			n.compare(id, other)
		}
	}
	n.divide(touched)
	n.words.Add(p.Fingerprint)
	n.index.Add(id+1, &sketch) // which has no Article 0
	return id
}

// compare reports whether two Articles were found to be the same report.
func (n *newsroom) compare(a, b int64) bool {
	key := [2]int64{min(a, b), max(a, b)}
	if a == b || n.tried[key] {
		return false
	}
	n.tried[key] = true
	n.alike++
	l := Alike(n.prints[a], n.prints[b], &n.words)
	if l.Score > KeptScore {
		pair := Pair{A: a, B: b, Score: l.Score}
		n.near[a][b], n.near[b][a] = pair, pair
	}
	return l.Same
}

// divide puts the Articles of some Stories into Stories anew.
func (n *newsroom) divide(touched map[int64]bool) {
	if len(touched) == 1 {
		return
	}
	var articles []int64
	for s := range touched {
		articles = append(articles, n.members[s]...)
		delete(n.members, s)
	}
	among := make(map[int64]bool, len(articles))
	for _, id := range articles {
		among[id] = true
	}
	var pairs []Pair
	for _, id := range articles {
		for other, pair := range n.near[id] {
			if id < other && among[other] {
				pairs = append(pairs, pair)
			}
		}
	}
	for _, group := range Partition(articles, pairs) {
		for _, id := range group {
			n.story[id] = group[0]
		}
		n.members[group[0]] = group
	}
}
