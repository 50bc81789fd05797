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
	article     uint32
	title, text bloom
}

const (
	perKey      = 8       // Articles that are known of one key
	fewBuckets  = 1 << 8  // 50 kB
	mostBuckets = 1 << 18 // 50 MB, for some 200,000 Articles
	fullBucket  = 11      // postings by which buckets are full on average
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
	*x.toldBy(uint32(article)) = told{uint32(article), s.title, s.text}
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

// How many Articles one is compared with at most: those that share most keys
// with it, and not many that share one only. Versions of a report by its agency's
// id come first.
const (
	mostCompared = 16
	mostSingle   = 8
	mostVersions = 40
)

// Who shares few keys, or none that is rare, must have so much of the headline in
// common. Two of three such pairs have not, and one in a thousand of those is one
// report.
const (
	titleShare  = 0.36 // with one key, or with common ones only
	lesserShare = 0.25 // with two keys
	sureKeys    = 5    // with so many, headlines don't matter
)

// Candidates returns the Articles with which one is to be compared, the most
// promising first. To share but one or two keys that many have means nothing.
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
	versions, single := len(all), 0
	for _, c := range x.find(s.keys) {
		if c.rank() < rareRank || len(all)-versions == mostCompared {
			break
		}
		if c.keys == 1 && single == mostSingle || !x.promises(c, s) {
			continue
		}
		if c.keys == 1 {
			single++
		}
		all = append(all, int64(c.article))
	}
	return all
}

// promises reports whether the headlines do not speak against comparing.
func (x *Index) promises(c sharing, s *Sketch) bool {
	least := 0.0
	switch {
	case c.keys == 1, c.rare == 0 && c.keys < sureKeys:
		least = titleShare
	case c.keys == 2:
		least = lesserShare
	}
	t := x.toldBy(c.article)
	return t.article != c.article || max(s.title.contained(&t.text), t.title.contained(&s.text)) >= least
}

// A sharing is an Article that has keys in common with another.
type sharing struct {
	article uint32
	keys    int // in common
	rare    int // of them, those of which the index knows all that have them
}

// rank orders what shares keys: a rare one says as much as three common ones.
func (s sharing) rank() int { return s.keys + (rareRank-1)*s.rare }

const rareRank = 3

// find returns the Articles that have some of the keys, those of the highest
// rank first, the newest first among equals.
func (x *Index) find(keys []uint32) []sharing {
	var buffer [128]sharing
	found := buffer[:0]
	for _, key := range keys {
		b := x.bucket(key)
		from := len(found)
		for _, q := range b {
			if q.key == key && x.knows(q) {
				found = append(found, sharing{article: q.article, keys: 1})
			}
		}
		if len(found)-from < perKey {
			for i := range found[from:] {
				found[from+i].rare = 1
			}
		}
	}
	slices.SortFunc(found, func(a, b sharing) int { return cmp.Compare(b.article, a.article) })
	all := found[:0]
	for _, s := range found {
		if n := len(all); n > 0 && all[n-1].article == s.article {
			all[n-1].keys++
			all[n-1].rare += s.rare
			continue
		}
		all = append(all, s)
	}
	slices.SortStableFunc(all, func(a, b sharing) int { return cmp.Compare(b.rank(), a.rank()) })
	return slices.Clone(all)
}
