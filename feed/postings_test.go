package feed

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// Bucket and low bits tell the whole hash, whatever the number of buckets.
func TestPostingsHash(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for _, n := range []int{fewBuckets, 5000, 6400, 99_999, mostBuckets} {
		p := postings{n: n}
		for _, hash := range []uint32{0, 1, 1<<20 - 1, 1 << 20, 1<<32 - 1, r.Uint32(), r.Uint32(), r.Uint32()} {
			if got := p.hash(p.place(hash), hash%mostIDs); got != hash {
				t.Errorf("%d buckets: %#x is read as %#x", n, hash, got)
			}
		}
	}
}

// Postings stay what they are while room is made for more, and while their ids
// move out of what can be named.
func TestPostingsRoom(t *testing.T) {
	var p postings
	r := rand.New(rand.NewPCG(5, 6))
	const step, articles = 40, 60_000 // ids far apart: two and a half million
	hashes := make([]uint32, articles)
	for i := range hashes {
		hashes[i] = r.Uint32()
		p.makeRoom(int64(i*step), 0)
		p.put(hashes[i], int64(i*step))
	}
	for i, hash := range hashes {
		id := int64(i * step)
		got := p.find(nil, hash, 0)
		if want := id > p.base; slices.Contains(got, id) != want {
			t.Fatalf("article %d over base %d: found %v", id, p.base, got)
		}
		if newest := int64((articles - 1) * step); newest-id < mostIDs/2-1 && id <= p.base {
			t.Fatalf("article %d is too old already at %d", id, newest)
		}
	}
	p.put(hashes[0], 1)
	if got := p.find(nil, hashes[0], 0); slices.Contains(got, 1) {
		t.Error("an article was put that cannot be named")
	}
	if got := p.find(nil, hashes[articles-1], articles*step); len(got) != 0 {
		t.Errorf("found %v below the floor", got)
	}
}
