package feed

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"
)

const ferry = "A ferry with 212 people sank off Mokdo early Sunday and all aboard were rescued by the coast guard within the hour."

// TestFingerprintReads holds what does not count: markers, datelines, credits,
// how the text is spelt, and where it stands.
func TestFingerprintReads(t *testing.T) {
	want := text{"N. Korea's envoy in U.S. for talks", ferry}
	for _, test := range []struct {
		name string
		Article
	}{
		{"itself", Article{Title: want.title, Summary: want.body}},
		{"spelling", Article{Title: "N. KOREA’S ENVOY IN US, FOR TALKS", Summary: strings.ReplaceAll(want.body, " ", "  ")}},
		{"markers", Article{Title: "(LEAD) " + want.title, Summary: want.body}},
		{"dateline", Article{Title: want.title, Summary: "SEOUL, Nov. 29 (Yonhap) -- " + want.body}},
		{"content", Article{Title: want.title, Summary: want.body[:40], Content: "<p>" + want.body + "</p>"}},
	} {
		v := &Vocabulary{}
		a, b := want.by(1, 0, v).Fingerprint, NewFingerprint(&test.Article, v)
		e := Compare(a, b, 0, v)
		if e.Words != 1 || e.Title != 1 || !e.SameTitle || !slices.Equal(a.figures, b.figures) {
			t.Errorf("%s: %+v", test.name, e)
		}
	}
}

// FuzzFingerprint holds that no Article breaks the comparison, that it is the
// same whichever comes first, and that an Article is itself if it says anything.
func FuzzFingerprint(f *testing.F) {
	for _, l := range lookalikes() {
		f.Add(l.report.title, l.report.body, l.other.title, l.other.body, int64(l.hours), true)
	}
	f.Add("", "", "(LEAD)", "...", int64(0), false)
	f.Add("[속보]", "\x00\xff", "1.2.3", "5만5만", int64(-5), true)
	v := &Vocabulary{} // of every call: it is large, and none adds to it
	f.Fuzz(func(t *testing.T, titleA, bodyA, titleB, bodyB string, hours int64, within bool) {
		hours %= 1000
		a := text{titleA, bodyA}.by(1, 0, v)
		b := text{titleB, bodyB}.by(2, float64(hours), v)
		if within {
			b.Source = 1
		}
		there, back := Alike(a, b, v), Alike(b, a, v)
		if math.IsNaN(there.Score) || math.IsInf(there.Score, 0) {
			t.Fatalf("score %v", there.Score)
		}
		if math.Abs(there.Score-back.Score) > 1e-6 || there.Same != back.Same || there.Related != back.Related || there.Guard != back.Guard {
			t.Errorf("there %+v, back %+v", there, back)
		}
		if there.Same && (there.Related || there.Guard != "") || there.Reason() == "" {
			t.Errorf("contradicts itself: %+v", there)
		}
		again := *a
		again.Published = a.Published.Add(time.Minute)
		if self := Alike(a, &again, v); !self.Same && enough(a) {
			t.Errorf("not itself: %+v", self)
		}
	})
}

// enough reports whether a report says enough to be known again.
func enough(p *Print) bool { return p.size >= 10 && len(p.title) >= 4 && len(p.shingles) >= 12 }
