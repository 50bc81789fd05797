package feed

import (
	"cmp"
	"iter"
	"slices"
)

// An Index finds the Articles that have words in common, by their Sketches. It is
// held in memory and is bounded: of a key that many Articles have it knows the
// newest, for one copy of a report leads to the others, and when it is full the
// oldest make room. Whoever keeps the Sketches can make it anew. The zero value
// is empty and ready; it is not safe for use by several goroutines.
type Index struct {
	postings postings
	tells    map[int64]*[tellsPiece]bloom // what Articles tell in rare words
	floor    int64                        // Articles below are forgotten
	found    []int64                      // where find puts what it finds, to be used again
}

const (
	tellsPiece = 1 << 10 // Articles whose rare words are kept together, 32 kB
	mostTells  = 1 << 8  // pieces of them
)

// Add notes an Article. Ids rise with time.
func (x *Index) Add(article int64, s *Sketch) {
	x.postings.makeRoom(article, x.floor)
	for _, key := range s.keys {
		x.postings.put(mix(key, 0), article)
	}
	if s.chain != 0 {
		x.postings.put(mix(s.chain, 0), article)
	}
	*x.tellsOf(article) = s.tells
}

// tellsOf returns where to keep what an Article tells. When there are too many,
// the oldest are forgotten.
func (x *Index) tellsOf(article int64) *bloom {
	first := article / tellsPiece
	if x.tells[first] == nil {
		if x.tells == nil {
			x.tells = make(map[int64]*[tellsPiece]bloom)
		}
		x.tells[first] = new([tellsPiece]bloom)
		oldest := first
		for other := range x.tells {
			oldest = min(oldest, other)
		}
		if len(x.tells) > mostTells && oldest < first {
			delete(x.tells, oldest)
		}
	}
	return &x.tells[first][article%tellsPiece]
}

// Forget drops the Articles up to an id.
func (x *Index) Forget(article int64) {
	x.floor = article + 1
	for first := range x.tells {
		if (first+1)*tellsPiece <= x.floor {
			delete(x.tells, first)
		}
	}
}

// How many Articles one is compared with at most, those first that have most in
// common with it, and how many versions of its report by its agency's id.
const (
	mostCompared = 16
	mostVersions = 40
)

// leastExcess is how far beyond chance two Articles must have rare words in
// common: of those that share runs of words, two of three have less, among them
// one in a hundred of those that are one report. Who has manyKeys in common need
// not: of a report that all Sources carry, no word is rare.
const (
	leastExcess = 2.6
	manyKeys    = 5
)

// Candidates returns the Articles with which one is to be compared, the most
// promising first.
func (x *Index) Candidates(s *Sketch) []int64 {
	var all []int64
	if s.chain != 0 {
		for c := range x.find(s.chain) {
			all = append(all, c.article)
		}
		all = all[:min(len(all), mostVersions)]
	}
	var promising []candidate
	for c := range x.find(s.keys...) {
		tells := x.tells[c.article/tellsPiece]
		if tells != nil {
			c.excess = tells[c.article%tellsPiece].excess(&s.tells)
		}
		if tells == nil || c.keys >= manyKeys || c.excess >= leastExcess {
			promising = append(promising, c)
		}
	}
	slices.SortFunc(promising, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.excess, a.excess), cmp.Compare(b.keys, a.keys), cmp.Compare(b.article, a.article))
	})
	for _, c := range promising[:min(len(promising), mostCompared)] {
		all = append(all, c.article)
	}
	return all
}

// A candidate is an Article that has keys in common with another.
type candidate struct {
	article int64
	keys    int     // in common
	excess  float64 // of rare words in common over chance, see bloom.excess; 0 if nothing is known of these
}

// find calls yield for the Articles that have some of the keys, the newest first.
func (x *Index) find(keys ...uint32) iter.Seq[candidate] {
	found := x.found[:0]
	for _, key := range keys {
		found = x.postings.find(found, mix(key, 0), x.floor)
	}
	x.found = found
	slices.SortFunc(found, func(a, b int64) int { return cmp.Compare(b, a) })
	return func(yield func(candidate) bool) {
		for len(found) > 0 {
			n := 1
			for n < len(found) && found[n] == found[0] {
				n++
			}
			if !yield(candidate{article: found[0], keys: n}) {
				return
			}
			found = found[n:]
		}
	}
}
