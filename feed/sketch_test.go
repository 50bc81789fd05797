package feed

import (
	"slices"
	"testing"
)

func TestSketch(t *testing.T) {
	v := &Vocabulary{}
	read := func(title, body string) []uint32 {
		keys := (&Print{Fingerprint: NewFingerprint(&Article{Title: title, Summary: body}, v)}).Sketch().keys
		if len(keys) > anyKeys+rareKeys+titleKeys+1 {
			t.Errorf("%q has %d keys", title, len(keys))
		}
		if !slices.IsSorted(keys) || len(slices.Compact(slices.Clone(keys))) != len(keys) {
			t.Errorf("%q has keys out of order or twice", title)
		}
		return keys
	}
	first := read("Ferry sinks off Mokdo", ferry)
	for _, test := range []struct {
		name, title, body string
		shares            bool
	}{
		{"the same", "Ferry sinks off Mokdo", ferry, true},
		{"another headline", "All saved as boat goes down", ferry, true},
		{"another body", "Ferry sinks off Mokdo", "", true},
		{"a marker", "(2nd LD) Ferry sinks off Mokdo", "", true},
		{"a dateline", "All saved", "MOKDO, Nov. 29 (Yonhap) -- " + ferry, true},
		{"half of it", "All saved", ferry[:len(ferry)/2] + "...", true},
		{"another report", "Parliament passes budget", "Lawmakers passed next year's budget after a night of talks on Monday.", false},
		{"nothing", "", "", false},
	} {
		shares := false
		for _, key := range read(test.title, test.body) {
			shares = shares || slices.Contains(first, key)
		}
		if shares != test.shares {
			t.Errorf("%s: shares keys %v, want %v", test.name, shares, test.shares)
		}
	}
	if n := len(read("", "")); n != 0 {
		t.Errorf("nothing has %d keys", n)
	}
}
