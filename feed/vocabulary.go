package feed

import (
	"encoding/binary"
	"errors"
	"io"
	"math"
	"slices"
)

// A Vocabulary counts in how many Articles a token stands, so that rare words
// say more about two reports than common ones. It is a count-min sketch
// (Cormode and Muthukrishnan 2005) of fixed size: counts may come out too
// large, never too small. When it has seen enough it halves them all, and so
// follows the language of its Sources. The zero value is empty and ready; it is
// not safe for use by several goroutines.
type Vocabulary struct {
	articles    float64
	logArticles float64 // of them and twenty, so that few are not none; 0 if not known
	counts      [2][vocabularyCells]uint16
	runs        [2][runCells]uint8
}

const (
	vocabularyCells = 1 << 18 // of a row of tokens, two bytes each
	runCells        = 1 << 20 // of a row of runs, a byte each
	fullVocabulary  = 40_000  // Articles
)

// Add counts the tokens and shingles of an Article.
func (v *Vocabulary) Add(f *Fingerprint) {
	for _, t := range f.bag {
		// Only the lower count is raised (Estan and Varghese 2002): the other
		// is too large already.
		a, b := &v.counts[0][cell(t, 0)], &v.counts[1][cell(t, 1)]
		switch {
		case *a < *b:
			*a++
		case *b < *a:
			*b++
		case *a < math.MaxUint16:
			*a++
			*b++
		}
	}
	for _, s := range f.shingles {
		v.addRun(s.hash)
	}
	for _, h := range f.pairs {
		v.addRun(h)
	}
	v.logArticles = 0
	if v.articles++; v.articles >= fullVocabulary {
		v.halve()
	}
}

// addRun counts a run of words as Add counts a token. At 255 it stays.
func (v *Vocabulary) addRun(hash uint32) {
	a, b := &v.runs[0][hash%runCells], &v.runs[1][mix(hash, 0x5bd1e995)%runCells]
	switch {
	case *a < *b:
		*a++
	case *b < *a:
		*b++
	case *a < math.MaxUint8:
		*a++
		*b++
	}
}

// halve makes all counts half as large: what was counted last weighs more then.
func (v *Vocabulary) halve() {
	v.articles /= 2
	for row := range v.counts {
		for i := range v.counts[row] {
			v.counts[row][i] /= 2
		}
		for i := range v.runs[row] {
			v.runs[row][i] /= 2
		}
	}
}

// weight returns how much a token says: the inverse of its frequency,
// logarithmic (Sparck Jones 1972).
func (v *Vocabulary) weight(token uint32) float64 {
	return v.inverse(v.count(token))
}

// count returns in how many Articles a token stands.
func (v *Vocabulary) count(token uint32) int {
	return int(min(v.counts[0][cell(token, 0)], v.counts[1][cell(token, 1)]))
}

// run returns in how many Articles a run of words stands, 255 at most.
func (v *Vocabulary) run(hash uint32) int {
	return int(min(v.runs[0][hash%runCells], v.runs[1][mix(hash, 0x5bd1e995)%runCells]))
}

// runWeight returns how much it says of two Articles that they have a run of words.
// One of them was counted when it came, and is none of the others that have it.
func (v *Vocabulary) runWeight(hash uint32) float64 {
	return v.inverse(max(v.run(hash), 1) - 1)
}

// weightOf returns how much shingles say, all together.
func (v *Vocabulary) weightOf(list []shingle) float64 {
	sum := 0.0
	for _, s := range list {
		sum += v.runWeight(s.hash)
	}
	return sum
}

// unread is how many Articles without any of their words are counted with those
// that were read: in a new store the first copy of a report is no sign that its
// words are common.
const unread = 1000

// inverse returns the weight of what n Articles have: the logarithm of how many
// there are for each of these (inverse document frequency).
func (v *Vocabulary) inverse(n int) float64 {
	if v.logArticles == 0 {
		v.logArticles = math.Log(v.articles + unread)
	}
	if n < len(logs) {
		return v.logArticles - logs[n]
	}
	return v.logArticles - math.Log(float64(n+1))
}

// logs are the logarithms of one more than their index: most counts are small.
var logs = func() (table [256]float64) {
	for n := range table {
		table[n] = math.Log(float64(n + 1))
	}
	return table
}()

// cell returns where a row counts a token. The rows go by different hashes, so
// that two tokens that meet in one are apart in the other.
func cell(token uint32, row int) uint32 {
	if row == 0 {
		return token % vocabularyCells
	}
	return mix(token, 0x5bd1e995) % vocabularyCells
}

// vocabularyChunk is how many bytes of counts are written or read at a time: all of
// them are 3 MB, which nobody should need twice.
const vocabularyChunk = 1 << 13

var errVocabulary = errors.New("not a vocabulary of this version")

// Save writes the counts.
func (v *Vocabulary) Save(w io.Writer) error {
	chunk := make([]byte, vocabularyChunk)
	binary.LittleEndian.PutUint64(chunk, math.Float64bits(v.articles))
	if _, err := w.Write(chunk[:8]); err != nil {
		return err
	}
	for row := range v.counts {
		for some := range slices.Chunk(v.counts[row][:], vocabularyChunk/2) {
			n, err := binary.Encode(chunk, binary.LittleEndian, some)
			if err != nil {
				return err
			}
			if _, err := w.Write(chunk[:n]); err != nil {
				return err
			}
		}
	}
	for row := range v.runs {
		if _, err := w.Write(v.runs[row][:]); err != nil {
			return err
		}
	}
	return nil
}

// Load takes over counts that Save wrote. Of others it takes what it read before it
// saw that, so that the Vocabulary is to be thrown away then.
func (v *Vocabulary) Load(r io.Reader) error {
	v.logArticles = 0
	chunk := make([]byte, vocabularyChunk)
	if _, err := io.ReadFull(r, chunk[:8]); err != nil {
		return errVocabulary
	}
	v.articles = math.Float64frombits(binary.LittleEndian.Uint64(chunk))
	for row := range v.counts {
		for some := range slices.Chunk(v.counts[row][:], vocabularyChunk/2) {
			if _, err := io.ReadFull(r, chunk); err != nil {
				return errVocabulary
			}
			if _, err := binary.Decode(chunk, binary.LittleEndian, some); err != nil {
				return err
			}
		}
	}
	for row := range v.runs {
		if _, err := io.ReadFull(r, v.runs[row][:]); err != nil {
			return errVocabulary
		}
	}
	if _, err := io.ReadFull(r, chunk[:1]); err != io.EOF {
		return errVocabulary
	}
	return nil
}
