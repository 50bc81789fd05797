package feed

import (
	"encoding/binary"
	"math"
	"math/bits"
	"slices"
)

// A Sketch is by what an Article is found among others, a hundred bytes of its
// Fingerprint: the Article need not be read again to know that it has nothing to
// do with another.
type Sketch struct {
	keys  []uint32 // hashes of its words; those that are alike share some
	chain uint32   // of its agency's id; 0 if that tells nothing
	tells bloom    // its tokens that few Articles have
}

// A bloom is a set of tokens in few bits (Bloom 1970, with one hash): it may seem
// to have what it has not.
type bloom [4]uint64

// add puts a token in.
func (b *bloom) add(token uint32) {
	h := mix(token, 0xb10) >> 24
	b[h>>6] |= 1 << (h & 63)
}

// size counts the bits that are set: no more than there are members, for some
// share one.
func (b *bloom) size() int {
	n := 0
	for _, x := range b {
		n += bits.OnesCount64(x)
	}
	return n
}

// excess returns how much more two sets have in common than chance would give
// them, in standard deviations (of the binomial distribution, and one more member
// to make up for small sets): of a long text nearly half the bits are set, and all
// of a short one may be among them.
func (b *bloom) excess(other *bloom) float64 {
	both := 0
	for i, x := range b {
		both += bits.OnesCount64(x & other[i])
	}
	m, n := float64(b.size()), float64(other.size())
	all := float64(64 * len(b))
	chance := m * n / all
	return (float64(both) - chance) / math.Sqrt(chance*(1-max(m, n)/all)+1)
}

// How many hashes of each kind an Article is found by, and in how many Articles a
// run must stand to be common.
const (
	anyKeys     = 6
	rareKeys    = 8
	openingKeys = 2
	openingRuns = 8 // runs: as many as eighty characters have behind a dateline
	titleKeys   = 4
	flashKeys   = 8 // of a headline over hardly any body
	commonRun   = 30
)

// Sketch returns by what an Article is found. Its keys are the smallest of its
// shingles, so that the share of keys in common tells the share of shingles in
// common (Broder's bottom-k sketch): of all, for a report that everybody prints
// has none that are rare, and of the rare ones, for the others lead everywhere.
// Then the smallest at its beginning, for a feed may give no more of a report
// that another gives whole, those of its headline, and the headline as a whole.
func (p *Print) Sketch() Sketch {
	f := p.Fingerprint
	s := Sketch{keys: make([]uint32, 0, anyKeys+rareKeys+openingKeys+flashKeys+1)}
	rare, lead := 0, 0
	for i, run := range f.shingles {
		leads := int(run.at)*f.weight < 2*openingRuns*(f.length+2) && lead < openingKeys // a word weighs two
		if leads {
			lead++
		}
		if i < anyKeys || !run.common && rare < rareKeys || leads {
			s.keys = append(s.keys, run.hash)
		}
		if !run.common {
			rare++
		}
	}
	titled := titleKeys
	if len(f.shingles) < anyKeys {
		titled = flashKeys
	}
	s.keys = append(s.keys, f.pairs[:min(titled, len(f.pairs))]...)
	if f.exact != 0 {
		s.keys = append(s.keys, f.exact)
	}
	s.keys = set(s.keys)
	if p.Chain.Key != "" {
		s.chain = hashText(p.Chain.Key)
	}
	s.tells = f.tells
	return s
}

// telling returns those of some tokens that few Articles have: one in fifty, or
// a dozen while there are not many. What is common does not count: every other
// text has an "on" and an "in".
func (v *Vocabulary) telling(tokens []uint32) bloom {
	few := int(v.articles/50) + 12
	var b bloom
	for _, token := range tokens {
		if v.count(token) <= few {
			b.add(token)
		}
	}
	return b
}

// AppendBinary appends a Sketch to bytes. The error is always nil.
func (s *Sketch) AppendBinary(b []byte) ([]byte, error) {
	b = slices.Grow(b, sketchHead+4*len(s.keys))
	for _, x := range s.tells {
		b = binary.LittleEndian.AppendUint64(b, x)
	}
	b = binary.LittleEndian.AppendUint32(b, s.chain)
	for _, key := range s.keys {
		b = binary.LittleEndian.AppendUint32(b, key)
	}
	return b, nil
}

// sketchHead is the length of a Sketch without keys.
const sketchHead = 4*8 + 4

// UnmarshalBinary reads what AppendBinary wrote. Bytes of another length are
// those of a Sketch without keys. The error is always nil.
func (s *Sketch) UnmarshalBinary(b []byte) error {
	*s = Sketch{keys: s.keys[:0]}
	if len(b) < sketchHead {
		return nil
	}
	for i := range s.tells {
		s.tells[i] = binary.LittleEndian.Uint64(b[8*i:])
	}
	s.chain = binary.LittleEndian.Uint32(b[sketchHead-4:])
	for b = b[sketchHead:]; len(b) >= 4; b = b[4:] {
		s.keys = append(s.keys, binary.LittleEndian.Uint32(b))
	}
	return nil
}
