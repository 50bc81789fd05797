package feed

import "slices"

// weigh returns the size of a text: a word or a number counts two, a character
// one, which makes English and Korean texts of one length weigh about the same.
func weigh(us []unit) int {
	n := 0
	for _, u := range us {
		if n++; u.kind != character {
			n++
		}
	}
	return n
}

// tokens adds the words and pairs of characters of a text to a list.
func tokens(list []uint32, us []unit) []uint32 {
	for i, u := range us {
		switch {
		case u.kind != character:
			list = append(list, u.hash)
		case i+1 < len(us) && us[i+1].kind == character:
			list = append(list, mix(u.hash, us[i+1].hash))
		}
	}
	return list
}

// eachRun calls do with the place and the hash of every run of a text's units
// that weighs at least size: a word or a number weighs two, a character one.
func eachRun(us []unit, size int, do func(at int, hash uint32)) {
	for i := range us {
		h, weight := uint32(fnvOffset), 0
		for j := i; j < len(us); j++ {
			h = mix(h, us[j].hash)
			if weight += 2; us[j].kind == character {
				weight--
			}
			if weight >= size {
				do(i, h)
				break
			}
		}
	}
}

// shingles returns the hashes of a text's runs.
func shingles(us []unit, size int) []uint32 {
	list := make([]uint32, 0, len(us))
	eachRun(us, size, func(_ int, h uint32) { list = append(list, h) })
	return list
}

// A shingle is a run of words of a body: its hash, how rare its words were when
// it was read, and where it stands first.
type shingle struct {
	hash   uint32
	weight float32
	at     uint16 // its place in the body
	common bool   // so many Articles have it that it leads to none
}

// weighted returns the shingles of a body by their hashes, each once, how many
// they are with those that are repeated, and the first of them.
func (v *Vocabulary) weighted(us []unit) (list []shingle, length int, opening []uint32) {
	runs := make([]uint64, 0, len(us)) // a hash and its place, which sort fast
	eachRun(us, shingleWeight, func(at int, h uint32) { runs = append(runs, uint64(h)<<32|uint64(at)) })
	for _, r := range runs[:min(openingShingles, len(runs))] {
		opening = append(opening, uint32(r>>32))
	}
	slices.Sort(opening)
	slices.Sort(runs)
	list = make([]shingle, 0, len(runs))
	for i, r := range runs {
		h := uint32(r >> 32)
		if i > 0 && h == uint32(runs[i-1]>>32) {
			continue
		}
		n := v.run(h)
		list = append(list, shingle{h, float32(v.inverse(n)), uint16(r), n > commonRun})
	}
	return list, len(runs), opening
}

// What the runs of a body and of a headline weigh: three words or six
// characters, and two or four.
const (
	shingleWeight = 6
	pairWeight    = 4
)
