package feed

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// sketchOf returns a Sketch of some keys and rare tokens.
func sketchOf(keys []uint32, tells ...uint32) *Sketch {
	s := &Sketch{keys: keys}
	for _, t := range tells {
		s.tells.add(t)
	}
	return s
}

func TestCandidates(t *testing.T) {
	tells, others := []uint32{1, 2, 3, 4, 5, 6}, []uint32{91, 92, 93, 94, 95, 96}
	var x Index
	if got := x.Candidates(sketchOf([]uint32{7}, tells...)); got != nil {
		t.Errorf("an empty index knows %v", got)
	}
	x.Add(1, sketchOf([]uint32{10, 20, 30, 40}, tells...))
	x.Add(2, sketchOf([]uint32{10}, tells...))
	x.Add(3, sketchOf([]uint32{20}, others...))
	for i := range int64(2 * perKey) {
		x.Add(100+i, sketchOf([]uint32{50, 60}, others...))
	}
	version := sketchOf(nil)
	version.chain = 77
	x.Add(200, version)
	for _, test := range []struct {
		name  string
		keys  []uint32
		chain uint32
		want  []int64
	}{
		{"those that have words in common", []uint32{10, 20, 30}, 0, []int64{1, 2}}, // 3 tells something else
		{"keys of those that tell something else", []uint32{50, 60}, 0, nil},
		{"a version by its id", []uint32{10}, 77, []int64{200, 2, 1}},
		{"nobody's key", []uint32{99}, 0, nil},
	} {
		s := sketchOf(test.keys, tells...)
		s.chain = test.chain
		if got := x.Candidates(s); !slices.Equal(got, test.want) {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
	x.Forget(2)
	if got := x.Candidates(sketchOf([]uint32{10, 20, 30}, tells...)); len(got) != 0 {
		t.Errorf("found %v, which are forgotten", got)
	}
}

// An Index that is full knows the newest, however many came.
func TestIndexBounded(t *testing.T) {
	var x Index
	r := rand.New(rand.NewPCG(1, 2))
	const articles = 40_000
	sketches := make([]*Sketch, articles+1)
	for id := 1; id <= articles; id++ {
		keys := make([]uint32, 8)
		for i := range keys {
			keys[i] = r.Uint32()
		}
		sketches[id] = sketchOf(set(keys), keys...)
		x.Add(int64(id), sketches[id])
		if id == articles/2 {
			x.Forget(articles / 4)
		}
	}
	lost := 0
	for id := articles/4 + 1; id <= articles; id++ {
		if got := x.Candidates(sketches[id]); len(got) == 0 || got[0] != int64(id) {
			lost++
		}
	}
	if lost > 0 {
		t.Errorf("%d of %d are not found", lost, articles*3/4)
	}
	if most := 2 * articles * 8 / fullBucket; x.postings.n > most {
		t.Errorf("%d buckets for %d keys", x.postings.n, articles*8)
	}
}

func TestSketchBinary(t *testing.T) {
	s := sketchOf([]uint32{1, 2, 1 << 31}, 3, 4)
	s.chain = 9
	b, err := s.AppendBinary(nil)
	if err != nil {
		t.Fatal(err)
	}
	var got Sketch
	if err := got.UnmarshalBinary(b); err != nil || !slices.Equal(got.keys, s.keys) || got.chain != s.chain || got.tells != s.tells {
		t.Errorf("%+v, %v, want %+v", got, err, s)
	}
	if err := got.UnmarshalBinary(b[:7]); err != nil || len(got.keys) != 0 {
		t.Errorf("of a few bytes: %+v, %v", got, err)
	}
}
