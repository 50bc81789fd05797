package feed

import (
	"math/bits"
	"strconv"
)

// fnvOffset begins a hash by FNV-1a (Fowler, Noll, Vo), 32 bits.
const fnvOffset = 2166136261

// mix adds a character or a hash to a hash. The multiplication alone would let
// the low bits decide; the rotation brings the high ones down.
func mix(h, x uint32) uint32 {
	h = (h ^ x) * 0x9E3779B1
	return bits.RotateLeft32(h, 15)
}

// hashText returns the hash of a word, which the caller has made lower case.
func hashText(lower string) uint32 {
	h := uint32(fnvOffset)
	for _, r := range lower {
		h = mix(h, uint32(r))
	}
	return h
}

// hashValue returns the hash of a number's value. Numbers that agree in twelve
// significant digits have one: more than counts have, and less than a product of
// fractions can keep ("1.1 million").
func hashValue(v float64) uint32 {
	var buf [32]byte
	h := uint32(fnvOffset)
	for _, c := range strconv.AppendFloat(buf[:0], v, 'g', 12, 64) {
		h = mix(h, uint32(c))
	}
	return h
}
