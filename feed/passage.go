package feed

// passages are what two bodies have in the same words. A copy goes on in the
// same words until one of the two ends; two reports that quote one statement
// part after it.
type passages struct {
	shared         int     // shingles that both have
	weight         float64 // and their weight
	longest        int     // shingles of the longest passage
	before         int     // shingles before the first passage, in the body where that is more
	afterA, afterB int     // shingles after the last
}

// passageLength is how many shingles must follow each other in both bodies to be
// a passage: names and titles are shorter.
const passageLength = 6

// copied compares the shingles of two bodies, which are sorted by their hashes.
func copied(a, b *Fingerprint, v *Vocabulary) passages {
	var p passages
	var place [maxUnits]uint16 // where in b what stands in a does, plus one
	last := -1
	for i, j := 0, 0; i < len(a.shingles) && j < len(b.shingles); {
		switch x, y := a.shingles[i], b.shingles[j]; {
		case x.hash == y.hash:
			p.shared, i, j = p.shared+1, i+1, j+1
			p.weight += v.runWeight(x.hash)
			place[x.at] = y.at + 1
			last = max(last, int(x.at))
		case x.hash < y.hash:
			i++
		default:
			j++
		}
	}
	p.find(place[:last+1], a.length, b.length)
	return p
}

// find goes over the shingles of a body and measures the passages among them.
// The lengths are those of both bodies.
func (p *passages) find(place []uint16, a, b int) {
	firstA, firstB, lastA, lastB := a, b, -1, -1
	run := 0
	for i, at := range place {
		switch {
		case at == 0:
			run = 0
			continue
		case run > 0 && at == place[i-1]+1:
			run++
		default:
			run = 1
		}
		p.longest = max(p.longest, run)
		if run >= passageLength {
			firstA, lastA = min(firstA, i-run+1), i
			firstB, lastB = min(firstB, int(at)-run), max(lastB, int(at)-1)
		}
	}
	p.before = max(firstA, firstB)
	p.afterA, p.afterB = a-1-lastA, b-1-lastB
}
