package feed

import (
	"cmp"
	"slices"
)

// An Index finds the Articles that have words in common, by their Sketches. It is
// held in memory and is bounded: of a key that many Articles have it knows the
// newest, for one copy of a report leads to the others, and when it is full the
// oldest make room. Whoever keeps the Sketches can make it anew. The zero value
// is empty and ready; it is not safe for use by several goroutines.
type Index struct {
	buckets []bucket // a power of two
	told    []told   // as many; an Article has its place by its id
	added   int      // postings since the buckets were laid out
	floor   uint32   // Articles below are forgotten
}

// A posting says that an Article has a key; the zero value is a free place. Ids
// of Articles have 32 bits here: one new every second takes 136 years.
type posting struct{ key, article uint32 }

// A bucket holds the postings of the keys that begin alike: two lines of a
// processor's cache.
type bucket [16]posting

// A told is what an Article tells in rare words.
type told struct {
	tells   bloom
	article uint32
}

const (
	perKey      = 8       // Articles that are known of one key
	fewBuckets  = 1 << 8  // 43 kB
	mostBuckets = 1 << 18 // 44 MB, for some 200,000 Articles
	fullBucket  = 13      // postings by which buckets are full on average
)

// Add notes an Article. Ids rise with time.
func (x *Index) Add(article int64, s *Sketch) {
	if x.added >= fullBucket*len(x.buckets) {
		x.layOut()
	}
	for _, key := range s.keys {
		x.put(posting{key, uint32(article)})
	}
	if s.chain != 0 {
		x.put(posting{s.chain, uint32(article)})
	}
	*x.toldBy(uint32(article)) = told{s.tells, uint32(article)}
}

// toldBy returns where that of an Article is, if it is known.
func (x *Index) toldBy(article uint32) *told { return &x.told[article%uint32(len(x.told))] }

// Forget drops the Articles up to an id.
func (x *Index) Forget(article int64) { x.floor = uint32(article) + 1 }

// layOut makes room: by dropping what is forgotten, and with more buckets if
// that is not enough.
func (x *Index) layOut() {
	known := 0
	for i := range x.buckets {
		for _, p := range x.buckets[i] {
			if x.knows(p) {
				known++
			}
		}
	}
	n := max(fewBuckets, len(x.buckets))
	if 2*known > fullBucket*n {
		n = min(2*n, mostBuckets)
	}
	former, before := x.buckets, x.told
	x.buckets, x.told = make([]bucket, n), make([]told, n)
	for i := range former {
		for _, p := range former[i] {
			if x.knows(p) {
				x.put(p)
			}
		}
	}
	for _, t := range before {
		if here := x.toldBy(t.article); t.article > here.article {
			*here = t
		}
	}
	x.added = min(known, fullBucket*n/2) // so that not every posting begins anew
}

// knows reports whether a posting is one, and not forgotten.
func (x *Index) knows(p posting) bool { return p.article >= max(x.floor, 1) }

// bucket returns where the postings of a key are.
func (x *Index) bucket(key uint32) *bucket { return &x.buckets[mix(key, 0)%uint32(len(x.buckets))] }

// put places a posting: where one is free, else where that of the oldest Article
// with its key is if there are enough of them, else where that of the oldest is.
func (x *Index) put(p posting) {
	b := x.bucket(p.key)
	oldest, own, owned := 0, -1, 0
	for i, q := range b {
		if q == p {
			return
		}
		if q.key == p.key && x.knows(q) {
			if owned++; own < 0 || q.article < b[own].article {
				own = i
			}
		}
		if q.article < b[oldest].article {
			oldest = i
		}
	}
	if owned >= perKey {
		oldest = own
	}
	b[oldest] = p
	x.added++
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
	if len(x.buckets) == 0 {
		return nil
	}
	var all []int64
	if s.chain != 0 {
		for _, c := range x.find([]uint32{s.chain}) {
			all = append(all, int64(c.article))
		}
		all = all[:min(len(all), mostVersions)]
	}
	var promising []candidate
	for _, c := range x.find(s.keys) {
		t := x.toldBy(c.article)
		c.excess = t.tells.excess(&s.tells)
		if t.article != c.article || c.keys >= manyKeys || c.excess >= leastExcess {
			promising = append(promising, c)
		}
	}
	slices.SortFunc(promising, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.excess, a.excess), cmp.Compare(b.keys, a.keys), cmp.Compare(b.article, a.article))
	})
	for _, c := range promising[:min(len(promising), mostCompared)] {
		all = append(all, int64(c.article))
	}
	return all
}

// A candidate is an Article that has keys in common with another.
type candidate struct {
	article uint32
	keys    int
	excess  float64
}

// find returns the Articles that have some of the keys, the newest first.
func (x *Index) find(keys []uint32) []candidate {
	var buffer [perKey * (anyKeys + rareKeys + flashKeys + 1)]uint32
	found := buffer[:0]
	for _, key := range keys {
		for _, q := range x.bucket(key) {
			if q.key == key && x.knows(q) {
				found = append(found, q.article)
			}
		}
	}
	slices.SortFunc(found, func(a, b uint32) int { return cmp.Compare(b, a) })
	var all []candidate
	for i, id := range found {
		if i == 0 || id != found[i-1] {
			all = append(all, candidate{article: id})
		}
		all[len(all)-1].keys++
	}
	return all
}
