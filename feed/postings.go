package feed

import "encoding/binary"

// Postings say which Articles have a key, by its hash. They stand in buckets of
// sixteen, five bytes each, for an Index has most of its memory here. A bucket
// holds the hashes of a range, in the order of the ranges: the low bits of a hash
// and the place of its bucket tell all of it, so that postings can be laid out
// anew without their keys. The zero value is empty.
type postings struct {
	pieces [][]bucket // pieceSize buckets each; what is left of the last is not used
	n      int        // buckets
	taken  int        // places that are not free
	base   int64      // the Article before the first that a posting can name
}

// A posting is 20 bits of a hash, and in the upper 20 an Article's id less base;
// the zero value is a free place.
type posting [5]byte

// A bucket holds postings in no order.
type bucket [16]posting

const (
	perKey      = 8       // Articles that are known of one key
	fewBuckets  = 1 << 12 // 330 kB; a bucket's range may have no more than 2^20 hashes
	mostBuckets = 1 << 18 // 21 MB, for some 200,000 Articles
	fullBucket  = 12      // postings by which buckets are full on average
	pieceSize   = 1 << 12 // buckets that are allocated together
	postingBits = 20      // of a hash, and of an id
	mostIDs     = 1 << postingBits
)

// makePosting packs the low bits of a hash and an id. The id must be less base, at
// least 1 and below mostIDs.
func makePosting(hash uint32, id int64) (p posting) {
	v := uint64(id)<<postingBits | uint64(hash%mostIDs)
	binary.LittleEndian.PutUint32(p[:], uint32(v))
	p[4] = byte(v >> 32)
	return p
}

// read returns the low bits of a hash and an id, 0 if the place is free.
func (p *posting) read() (low uint32, id int64) {
	v := uint64(binary.LittleEndian.Uint32(p[:])) | uint64(p[4])<<32
	return uint32(v % mostIDs), int64(v >> postingBits)
}

// place returns the number of the bucket of a hash.
func (t *postings) place(hash uint32) int { return int(uint64(hash) * uint64(t.n) >> 32) }

// bucket returns the bucket of a number, in whichever piece it is.
func (t *postings) bucket(i int) *bucket { return &t.pieces[i/pieceSize][i%pieceSize] }

// hash returns the hash of a posting in a bucket.
func (t *postings) hash(i int, low uint32) uint32 {
	first := uint32((uint64(i)<<32 + uint64(t.n) - 1) / uint64(t.n))
	return first + (low-first)%mostIDs
}

// put notes that an Article has a key: where a place is free, else where that of
// the oldest Article with this key is if there are enough of them, else where that
// of the oldest is. An Article that is too old to be named is left out.
func (t *postings) put(hash uint32, article int64) {
	if article <= t.base {
		return
	}
	b := t.bucket(t.place(hash))
	p := makePosting(hash, article-t.base)
	oldest, age, own, ownAge, owned := 0, int64(mostIDs), 0, int64(mostIDs), 0
	for i := range b {
		if b[i] == p {
			return
		}
		low, id := b[i].read()
		if low == hash%mostIDs && id > 0 {
			if owned++; id < ownAge {
				own, ownAge = i, id
			}
		}
		if id < age {
			oldest, age = i, id
		}
	}
	if owned >= perKey {
		oldest = own
	}
	if _, id := b[oldest].read(); id == 0 {
		t.taken++
	}
	b[oldest] = p
}

// find adds the Articles that have a key to a list, those from floor on.
func (t *postings) find(list []int64, hash uint32, floor int64) []int64 {
	if t.n == 0 {
		return list
	}
	b := t.bucket(t.place(hash))
	for i := range b {
		if low, id := b[i].read(); low == hash%mostIDs && id > 0 && t.base+id >= floor {
			list = append(list, t.base+id)
		}
	}
	return list
}

// makeRoom sees to it that an Article can be noted. If buckets are full, what is
// below floor is dropped, and if that is not enough, there will be more of them.
func (t *postings) makeRoom(article, floor int64) {
	if t.taken < fullBucket*t.n && article-t.base < mostIDs {
		return
	}
	next := postings{n: max(t.n, fewBuckets), base: max(t.base, floor-1)}
	if article-next.base >= mostIDs {
		next.base = article - mostIDs/2
	}
	known := 0
	t.each(0, t.n, func(_ uint32, id int64) {
		if id > next.base {
			known++
		}
	})
	// More than three quarters are still wanted: it would soon be full again.
	if 4*known > 3*fullBucket*next.n {
		next.n = min(next.n/8*9, mostBuckets)
	}
	t.pour(&next)
	if next.n == mostBuckets {
		next.taken = min(next.taken, fullBucket*next.n/2) // so that not every posting begins anew
	}
	*t = next
}

// each calls do for the postings of some buckets, in the order of the buckets.
func (t *postings) each(from, to int, do func(hash uint32, article int64)) {
	for i := from; i < to; i++ {
		b := t.bucket(i)
		for j := range b {
			if low, id := b[j].read(); id > 0 {
				do(t.hash(i, low), t.base+id)
			}
		}
	}
}

// pour lays the postings out in next. Hashes come in their order, so that a piece
// that is read can be used again for what follows: there are never two more than
// are needed.
func (t *postings) pour(next *postings) {
	next.pieces = make([][]bucket, (next.n+pieceSize-1)/pieceSize)
	var spare [][]bucket
	provide := func(upTo int) {
		for i := upTo; i >= 0 && next.pieces[i] == nil; i-- {
			if len(spare) == 0 {
				spare = append(spare, make([]bucket, pieceSize))
			}
			next.pieces[i], spare = spare[0], spare[1:]
		}
	}
	for i := range t.pieces {
		t.each(i*pieceSize, min((i+1)*pieceSize, t.n), func(hash uint32, article int64) {
			provide(next.place(hash) / pieceSize)
			next.put(hash, article)
		})
		clear(t.pieces[i])
		spare, t.pieces[i] = append(spare, t.pieces[i]), nil
	}
	provide(len(next.pieces) - 1)
}
