package feed

import (
	"bytes"
	"fmt"
	"math"
	"testing"
	"testing/iotest"
)

// taught returns a Vocabulary that has seen so many texts, all of them with the
// word common, each with a word of its own.
func taught(articles int) *Vocabulary {
	v := &Vocabulary{}
	for i := range articles {
		v.Add(NewFingerprint(&Article{Title: fmt.Sprintf("common word%c%c%c", 'a'+i%26, 'a'+i/26%26, 'a'+i/676)}, v))
	}
	return v
}

func TestVocabularyWeight(t *testing.T) {
	v := taught(500)
	never, rare, common := v.weight(hashText("unheard")), v.weight(hashText("wordabc")), v.weight(hashText("common"))
	if !(never >= rare && rare > common) {
		t.Errorf("unheard weighs %.2f, rare %.2f, common %.2f", never, rare, common)
	}
	if common < 0 {
		t.Errorf("a word of every article weighs %.2f", common)
	}
	if w := (&Vocabulary{}).weight(hashText("first")); w <= 0 || math.IsInf(w, 0) {
		t.Errorf("the first word weighs %.2f", w)
	}
}

// TestVocabularyCounts holds that counts may come out too large, never too
// small: a word said n times never weighs more than one said less often.
func TestVocabularyCounts(t *testing.T) {
	v := &Vocabulary{}
	for i := range 64 {
		for n := range i + 1 {
			v.Add(NewFingerprint(&Article{Title: fmt.Sprintf("step%c%c", 'a'+i/26, 'a'+i%26), Summary: fmt.Sprint(n)}, v))
		}
	}
	for i := range 64 {
		most := math.Log((v.articles + unread) / float64(i+2))
		if w := v.weight(hashText(fmt.Sprintf("step%c%c", 'a'+i/26, 'a'+i%26))); w > most+1e-9 {
			t.Errorf("a word said %d times weighs %.3f, at most %.3f", i+1, w, most)
		}
	}
}

func TestVocabularyShingles(t *testing.T) {
	v := &Vocabulary{}
	a := &Article{Title: "Notice", Summary: "All rights are reserved by the harbor news desk"}
	f := NewFingerprint(a, v)
	before := v.weightOf(f.shingles)
	for range 200 {
		v.Add(f)
	}
	if after := v.weightOf(f.shingles); after > before/3 {
		t.Errorf("words on every article weigh %.1f, and %.1f when they were new", after, before)
	}
}

func TestVocabularyHalve(t *testing.T) {
	v := taught(400)
	words := []string{"common", "wordaaa", "unheard"}
	var before []float64
	for _, w := range words {
		before = append(before, v.weight(hashText(w)))
	}
	articles := v.articles
	v.halve()
	if v.articles != articles/2 {
		t.Errorf("%v articles after %v", v.articles, articles)
	}
	for i, w := range words {
		if after := v.weight(hashText(w)); math.Abs(after-before[i]) > math.Ln2+0.1 {
			t.Errorf("%s weighs %.2f, and %.2f before", w, after, before[i])
		}
	}
	if c, r := v.weight(hashText("common")), v.weight(hashText("wordaaa")); c >= r {
		t.Errorf("common weighs %.2f, rare %.2f", c, r)
	}
}

// TestVocabularyFull holds that it never stops following what is said.
func TestVocabularyFull(t *testing.T) {
	v := &Vocabulary{}
	f := NewFingerprint(&Article{Title: "common"}, v)
	for range 3 * fullVocabulary {
		v.Add(f)
		if v.articles > fullVocabulary {
			t.Fatalf("%v articles are counted", v.articles)
		}
	}
	if w := v.weight(hashText("common")); w < 0 || w > 0.5 {
		t.Errorf("the word of all articles weighs %.2f", w)
	}
}

// saved returns what Save writes.
func saved(t *testing.T, v *Vocabulary) []byte {
	var b bytes.Buffer
	if err := v.Save(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestVocabularyIsSaved(t *testing.T) {
	v := taught(300)
	b := saved(t, v)
	var back Vocabulary
	if err := back.Load(iotest.OneByteReader(bytes.NewReader(b))); err != nil {
		t.Fatal(err)
	}
	for _, w := range []string{"common", "wordabc", "unheard"} {
		if got, want := back.weight(hashText(w)), v.weight(hashText(w)); got != want {
			t.Errorf("%s weighs %.2f, want %.2f", w, got, want)
		}
	}
	if !bytes.Equal(saved(t, &back), b) {
		t.Error("other bytes after a round trip")
	}
}

func TestVocabularyRefuses(t *testing.T) {
	all := saved(t, taught(10))
	for _, b := range [][]byte{nil, {1, 2, 3}, all[:len(all)/3], all[:len(all)-1], append(all[:len(all):len(all)], 0)} {
		if err := new(Vocabulary).Load(bytes.NewReader(b)); err == nil {
			t.Errorf("%d bytes were taken", len(b))
		}
	}
}
