package feed

// A Boilerplate knows what a Source prints on all its Articles: who reported,
// where to complain, what else to read, the sentences of a template. Words that
// three pairs of different reports of one Source have in common are such, and
// count for nothing. The zero value knows nothing and is ready; it is not safe
// for use by several goroutines.
type Boilerplate struct {
	pairs map[int64]map[uint32]uint8    // by Source and shingle, how many pairs have it
	known map[int64]map[uint32]struct{} // by Source, those that enough have
}

const (
	boilerplatePairs = 3    // of different reports that have a shingle in common: then it is boilerplate
	boilerplateRuns  = 4096 // of a Source; beyond, it is learnt anew
)

// Learn takes note of what two Articles share. It does nothing unless they are
// different reports of one Source.
func (k *Boilerplate) Learn(a, b *Print, l *Likeness) {
	if a.Source != b.Source || l.Same || l.Runs == 0 || l.SameTitle {
		return
	}
	pairs := k.pairs[a.Source]
	if pairs == nil || len(pairs) > boilerplateRuns {
		if k.pairs == nil {
			k.pairs, k.known = make(map[int64]map[uint32]uint8), make(map[int64]map[uint32]struct{})
		}
		pairs = make(map[uint32]uint8)
		k.pairs[a.Source], k.known[a.Source] = pairs, make(map[uint32]struct{})
	}
	known := k.known[a.Source]
	for i, j := 0, 0; i < len(a.shingles) && j < len(b.shingles); {
		switch x, y := a.shingles[i].hash, b.shingles[j].hash; {
		case x == y:
			if pairs[x]++; pairs[x] == boilerplatePairs {
				known[x] = struct{}{}
			}
			i, j = i+1, j+1
		case x < y:
			i++
		default:
			j++
		}
	}
}

// Strip returns two Articles without what is boilerplate to the Source of
// either, unless nothing else would be left of one.
func (k *Boilerplate) Strip(a, b *Print) (*Print, *Print) {
	one, other := k.known[a.Source], k.known[b.Source]
	if len(one) == 0 && len(other) == 0 || !sharesKnown(a, b, one, other) {
		return a, b
	}
	c, d := strip(a, one, other), strip(b, one, other)
	if len(c.shingles) == 0 || len(d.shingles) == 0 {
		return a, b
	}
	return c, d
}

// sharesKnown reports whether two Articles have in common what either set has.
func sharesKnown(a, b *Print, one, other map[uint32]struct{}) bool {
	for i, j := 0, 0; i < len(a.shingles) && j < len(b.shingles); {
		switch x, y := a.shingles[i].hash, b.shingles[j].hash; {
		case x == y:
			if _, ok := one[x]; ok {
				return true
			}
			if _, ok := other[x]; ok {
				return true
			}
			i, j = i+1, j+1
		case x < y:
			i++
		default:
			j++
		}
	}
	return false
}

// strip returns an Article without what either set has; itself if it has
// nothing of them.
func strip(p *Print, one, other map[uint32]struct{}) *Print {
	has := func(s shingle) bool {
		_, ok := one[s.hash]
		if !ok {
			_, ok = other[s.hash]
		}
		return ok
	}
	kept := make([]shingle, 0, len(p.shingles))
	for _, s := range p.shingles {
		if !has(s) {
			kept = append(kept, s)
		}
	}
	if len(kept) == len(p.shingles) {
		return p
	}
	f, q := *p.Fingerprint, *p
	f.shingles = kept
	q.Fingerprint = &f
	return &q
}
