package feed

import (
	"encoding/binary"
	"math/bits"
	"slices"
)

// A Sketch is by what an Article is found among others, a hundred bytes of its
// Fingerprint: the Article need not be read again to know that it has nothing to
// do with another.
type Sketch struct {
	keys  []uint32 // hashes of its words; those that are alike share some
	chain uint32   // of its agency's id; 0 if that tells nothing
	title bloom    // what the headline tells
	text  bloom    // what headline and body tell
}

// A bloom is a set of tokens in few bits (Bloom 1970, with one hash): it may seem
// to have what it has not.
type bloom [4]uint64

func (b *bloom) add(token uint32) {
	h := mix(token, 0xb10) >> 24
	b[h>>6] |= 1 << (h & 63)
}

// contained returns the share of a set that another has. Of a small set it is
// less, for that happens by chance.
func (b *bloom) contained(in *bloom) float64 {
	all, both := 0, 0
	for i, x := range b {
		all += bits.OnesCount64(x)
		both += bits.OnesCount64(x & in[i])
	}
	return float64(both) / float64(all+2)
}

// How many hashes of each kind an Article is found by, and in how many Articles a
// run must stand to be common.
const (
	anyKeys   = 6
	rareKeys  = 8
	titleKeys = 4
	flashKeys = 8 // of a headline over hardly any body
	commonRun = 30
)

// Sketch returns by what an Article is found. Its keys are the smallest of its
// shingles, so that the share of keys in common tells the share of shingles in
// common (Broder's bottom-k sketch): of all, for a report that everybody prints
// has none that are rare, and of the rare ones, for the others lead everywhere.
// Then the smallest runs of its headline, and the headline as a whole.
func (p *Print) Sketch() Sketch {
	f := p.Fingerprint
	s := Sketch{keys: make([]uint32, 0, anyKeys+rareKeys+flashKeys+1)}
	rare := 0
	for i, run := range f.shingles {
		if i < anyKeys || !run.common && rare < rareKeys {
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
	s.title, s.text = f.titleTells, f.textTells
	return s
}

// telling returns those of some tokens that few Articles have. What is common
// does not count: every other headline has an "on" and an "in".
func (v *Vocabulary) telling(tokens []uint32) bloom {
	const few = 0.02 // of the Articles
	var b bloom
	for _, token := range tokens {
		if float64(v.count(token)) <= few*(v.articles+20) {
			b.add(token)
		}
	}
	return b
}

// AppendBinary appends a Sketch to bytes. The error is always nil.
func (s *Sketch) AppendBinary(b []byte) ([]byte, error) {
	b = slices.Grow(b, sketchHead+4*len(s.keys))
	for i := range s.title {
		b = binary.LittleEndian.AppendUint64(b, s.title[i])
		b = binary.LittleEndian.AppendUint64(b, s.text[i])
	}
	b = binary.LittleEndian.AppendUint32(b, s.chain)
	for _, key := range s.keys {
		b = binary.LittleEndian.AppendUint32(b, key)
	}
	return b, nil
}

// sketchHead is the length of a Sketch without keys.
const sketchHead = 2*4*8 + 4

// UnmarshalBinary reads what AppendBinary wrote. Bytes of another length are
// those of a Sketch without keys. The error is always nil.
func (s *Sketch) UnmarshalBinary(b []byte) error {
	*s = Sketch{keys: s.keys[:0]}
	if len(b) < sketchHead {
		return nil
	}
	for i := range s.title {
		s.title[i] = binary.LittleEndian.Uint64(b[16*i:])
		s.text[i] = binary.LittleEndian.Uint64(b[16*i+8:])
	}
	s.chain = binary.LittleEndian.Uint32(b[sketchHead-4:])
	for b = b[sketchHead:]; len(b) >= 4; b = b[4:] {
		s.keys = append(s.keys, binary.LittleEndian.Uint32(b))
	}
	return nil
}
