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

// shingles adds the hashes of a text's runs to a list.
func shingles(list []uint32, us []unit, size int) []uint32 {
	eachRun(us, size, func(_ int, h uint32) { list = append(list, h) })
	return list
}

// A shingle is a run of words of a body: its hash and where it stands first. What
// it weighs is what it does when two Articles are compared: by the counts of when
// one was read, the same two would be more or less alike the longer ago that was.
type shingle struct {
	hash   uint32
	at     uint16 // its place in the body
	common bool   // so many Articles had it when it was read that it leads to none
}

// shinglesOf returns the shingles of a body by their hashes, each once, and how many
// they are with those that are repeated. It uses a list of runs in passing.
func (v *Vocabulary) shinglesOf(us []unit, runs *[]uint64) (list []shingle, length int) {
	all := (*runs)[:0] // a hash and its place, which sort fast
	eachRun(us, shingleWeight, func(at int, h uint32) { all = append(all, uint64(h)<<32|uint64(at)) })
	slices.Sort(all)
	*runs, length = all, len(all)
	all = slices.CompactFunc(all, func(a, b uint64) bool { return a>>32 == b>>32 })
	list = make([]shingle, 0, len(all))
	for _, r := range all {
		h := uint32(r >> 32)
		list = append(list, shingle{h, uint16(r), v.run(h) > commonRun})
	}
	return list, length
}

// What the runs of a body and of a headline weigh: three words or six
// characters, and two or four.
const (
	shingleWeight = 6
	pairWeight    = 4
)
