package feed

import (
	"math/bits"
	"slices"
	"time"
)

// Evidence is what two Articles have in common and what keeps them apart, as
// numbers. It is the same whichever of the two comes first.
type Evidence struct {
	Words        float64 // share of the bodies' shingles that both have, 0 to 1
	Contained    float64 // the same of the shorter body's
	Runs         float64 // weight of the shingles that both have
	Longest      float64 // of the longest passage that both have
	Before       float64 // of what stands before the first passage, in the body where that is more
	AfterOne     float64 // of what stands after the last passage, in the body where that is less
	AfterBoth    float64 // and in that where it is more
	SameCredit   bool    // both name one agency as their origin
	OtherCredit  bool    // they name two
	Title        float64 // share of the headlines' tokens that both have, by weight
	TitleIn      float64 // the same of the shorter headline's
	TitleLow     float64 // share of a headline's tokens that the other Article has anywhere: the lower
	TitleHigh    float64 // and the higher
	Bag          float64 // share of all tokens, by weight; only where it can decide
	Figures      int     // figures that both have
	FewAlone     int     // figures that only one has: of the one with fewer of them
	ManyAlone    int     // and of the one with more
	Shorter      int     // weight of the shorter body
	Longer       int     // and of the longer
	Hours        float64 // between their dates
	SameTitle    bool    // headlines equal but for markers
	SameMask     bool    // headlines equal but for their figures or days
	SameDay      bool    // both name a day
	OtherDay     bool    // both name days, and none in common
	Negated      bool    // one headline says no where the other does not
	TitleFigures int     // figures that both headlines have
	OtherNames   bool    // each headline has a name that the other Article has nowhere
	OtherDate    bool    // their datelines are of different days
	OtherFigures bool    // each headline has a figure that the other Article has nowhere
}

// Compare gathers the Evidence about two Articles whose dates are so far apart,
// but for Bag, which costs as much as all the rest.
func Compare(a, b *Fingerprint, apart time.Duration, v *Vocabulary) Evidence {
	p := copied(a, b, v)
	all, shorter := 0.0, 0.0 // weights of both bodies, and of the lighter one
	if p.shared > 0 {
		x, y := v.weightOf(a.shingles), v.weightOf(b.shingles)
		all, shorter = x+y-p.weight, min(x, y)
	}
	per := ratio(a.weight+b.weight, a.length+b.length) // weight of a shingle
	e := Evidence{
		Words:       share(p.weight, all),
		Contained:   share(p.weight, shorter),
		Runs:        float64(p.shared) * per,
		Longest:     float64(p.longest) * per,
		Before:      float64(p.before) * per,
		AfterOne:    float64(min(p.afterA, p.afterB)) * per,
		AfterBoth:   float64(max(p.afterA, p.afterB)) * per,
		SameCredit:  a.Credit != "" && a.Credit == b.Credit,
		OtherCredit: a.Credit != "" && b.Credit != "" && a.Credit != b.Credit,
		Shorter:     min(a.weight, b.weight),
		Longer:      max(a.weight, b.weight),
		Hours:       apart.Hours(),
		SameTitle:   a.exact != 0 && a.exact == b.exact,
		SameMask:    a.masked != 0 && a.masked == b.masked && (!slices.Equal(a.leading, b.leading) || a.titled != b.titled),
		SameDay:     a.days&b.days != 0,
		OtherDay:    disjoint(a.days, b.days),
		Negated:     a.negated != b.negated,
		OtherNames:  common(a.names, b.bag) < len(a.names) && common(b.names, a.bag) < len(b.names),
		OtherDate:   a.dated != 0 && b.dated != 0 && a.dated&b.dated == 0,
	}
	e.Title, e.TitleIn = v.overlap(a.title, b.title)
	x, y := v.contained(a.title, b.bag), v.contained(b.title, a.bag)
	e.TitleLow, e.TitleHigh = min(x, y), max(x, y)
	e.Figures = common(a.figures, b.figures)
	e.FewAlone = min(len(a.figures), len(b.figures)) - e.Figures
	e.ManyAlone = max(len(a.figures), len(b.figures)) - e.Figures
	e.TitleFigures = common(a.leading, b.leading)
	e.OtherFigures = common(a.leading, b.figures) < len(a.leading) && common(b.leading, a.figures) < len(b.leading)
	return e
}

// disjoint reports whether two texts name days of one kind and none in common.
func disjoint(a, b days) bool {
	for _, kind := range [...]days{monthDays, weekdays} {
		if a&kind != 0 && b&kind != 0 && a&b&kind == 0 {
			return bits.OnesCount64(uint64(a&kind)) <= 3 && bits.OnesCount64(uint64(b&kind)) <= 3
		}
	}
	return false
}

// common counts what two sorted lists share.
func common(a, b []uint32) int {
	n := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch x, y := a[i], b[j]; {
		case x == y:
			n, i, j = n+1, i+1, j+1
		case x < y:
			i++
		default:
			j++
		}
	}
	return n
}

// overlap returns the weight of what two sorted lists share: as part of both
// together, and of the lighter.
func (v *Vocabulary) overlap(a, b []uint32) (of, in float64) {
	var both, onlyA, onlyB float64
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case j == len(b) || i < len(a) && a[i] < b[j]:
			onlyA += v.weight(a[i])
			i++
		case i == len(a) || b[j] < a[i]:
			onlyB += v.weight(b[j])
			j++
		default:
			both += v.weight(a[i])
			i, j = i+1, j+1
		}
	}
	if both == 0 {
		return 0, 0
	}
	return both / (both + onlyA + onlyB), both / (both + min(onlyA, onlyB))
}

// contained returns which part of a list, by weight, another has.
func (v *Vocabulary) contained(a, in []uint32) float64 {
	var all, both float64
	j := 0
	for _, t := range a {
		w := v.weight(t)
		all += w
		for j < len(in) && in[j] < t {
			j++
		}
		if j < len(in) && in[j] == t {
			both += w
		}
	}
	if all == 0 {
		return 0
	}
	return both / all
}

// ratio returns a / b, 0 if there is no b: of texts without shingles.
func ratio(a, b int) float64 {
	if b <= 0 {
		return 0
	}
	return float64(a) / float64(b)
}

// share returns the part that a is of b, 0 if there is no b. Sums of weights are
// rounded, hence the bound.
func share(a, b float64) float64 {
	if b <= 0 {
		return 0
	}
	return min(1, a/b)
}
