package feed

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// A lookalike is a report, and another that is built in the same way and must
// stay apart from it.
type lookalike struct {
	name          string
	hours         float64 // from the report to the other
	apart         setting // where they are compared
	report, other text
	edited        string // the report's headline as a paper edits it
	more          string // a sentence that a later version adds
}

type text struct{ title, body string }

// A setting is a way in which two texts reach us: from one Source or two, in
// full or cut to their beginning.
type setting uint8

const (
	oneSource setting = 1 << iota
	oneSourceCut
	twoSources
	twoSourcesCut
	anywhere = oneSource | oneSourceCut | twoSources | twoSourcesCut
)

func (s setting) cut() bool { return s&(oneSourceCut|twoSourcesCut) != 0 }

func (s setting) second() int64 {
	if s&(twoSources|twoSourcesCut) != 0 {
		return 2
	}
	return 1
}

// cut returns a text as wires send it that give away only the beginning.
func (x text) cut() text {
	const length = 80
	if utf8.RuneCountInString(x.body) > length {
		x.body = string([]rune(x.body)[:length]) + "..."
	}
	return x
}

// by returns the Print of a text of a Source, so many hours after the first.
func (x text) by(source int64, hours float64, v *Vocabulary) *Print {
	return &Print{
		Fingerprint: NewFingerprint(&Article{Title: x.title, Summary: x.body}, v),
		Source:      source,
		Published:   time.Date(2026, 11, 19, 3, 0, 0, 0, time.UTC).Add(time.Duration(hours * float64(time.Hour))),
	}
}

func lookalikes() []lookalike {
	return append(englishLookalikes[:len(englishLookalikes):len(englishLookalikes)], koreanLookalikes...)
}

// vocabularies are those with which every decision must hold: on the first day
// nothing is known, and later the templates of all Sources.
func vocabularies() map[string]*Vocabulary {
	seasoned := &Vocabulary{}
	for range 4 {
		for _, l := range lookalikes() {
			for _, x := range []text{l.report, l.other} {
				seasoned.Add(x.by(1, 0, seasoned).Fingerprint)
			}
		}
	}
	return map[string]*Vocabulary{"empty": {}, "seasoned": seasoned}
}

func TestLookalikesStayApart(t *testing.T) {
	for words, v := range vocabularies() {
		for _, l := range lookalikes() {
			for s := oneSource; s <= twoSourcesCut; s <<= 1 {
				a, b := l.report, l.other
				if l.apart&s == 0 {
					continue
				}
				if s.cut() {
					a, b = a.cut(), b.cut()
				}
				if got := Alike(a.by(1, 0, v), b.by(s.second(), l.hours, v), v); got.Same {
					t.Errorf("%s, setting %d, vocabulary %s: %.1f, %s", l.name, s, words, got.Score, got.Reason())
				}
			}
		}
	}
}

// A twin is a report again, by a Source, so many hours later.
type twin struct {
	text
	source int64
	hours  float64
}

// twins are a report as its wire brings it up to date and as papers print it.
func (l *lookalike) twins() map[string]twin {
	body := ReadBody(l.report.body).Words
	half := body[:strings.LastIndexByte(body[:2*len(body)/3], ' ')]
	return map[string]twin{
		"update":            {text{"(LEAD) " + l.report.title, l.report.body + " " + l.more}, 1, 1.5},
		"print":             {text{l.report.title, body}, 2, 3},
		"cut print":         {text{l.report.title, half + "..."}, 2, 3},
		"edited":            {text{l.edited, body + " (Yonhap)"}, 2, 3},
		"edited and longer": {text{l.edited, l.report.body + " " + l.more}, 2, 5},
	}
}

// What keeps look-alikes apart does not part a report from its own update and prints.
func TestTwinsAreOne(t *testing.T) {
	for words, v := range vocabularies() {
		for _, l := range lookalikes() {
			for name, other := range l.twins() {
				a, b := l.report.by(1, 0, v), other.by(other.source, other.hours, v)
				if got := Alike(a, b, v); !got.Same {
					t.Errorf("%s, %s, vocabulary %s: %.1f, %s", l.name, name, words, got.Score, got.Reason())
				}
			}
		}
	}
}

// TestTwinsCutShort holds that 80 characters still bring most of them together:
// what they cannot tell may stay apart.
func TestTwinsCutShort(t *testing.T) {
	const least = 0.8
	found, all := 0, 0
	for _, v := range vocabularies() {
		for _, l := range lookalikes() {
			for _, other := range l.twins() {
				all++
				if Alike(l.report.cut().by(1, 0, v), other.cut().by(other.source, other.hours, v), v).Same {
					found++
				}
			}
		}
	}
	if t.Logf("%d of %d", found, all); ratio(found, all) < least {
		t.Errorf("%d of %d are told as one, want %.0f %%", found, all, 100*least)
	}
}

func TestRulesOfGuard(t *testing.T) {
	v := &Vocabulary{}
	report := text{"Ferry sinks off Mokdo and all are saved", "A ferry sank off Mokdo on Sunday and all aboard were rescued by the coast guard within the hour."}
	chain := func(key string) func(*Print) { return func(p *Print) { p.Chain.Key = key } }
	for _, test := range []struct {
		name   string
		change func(*Print)
		same   bool
	}{
		{"nothing", func(*Print) {}, true},
		{"another source", func(p *Print) { p.Source = 2 }, true},
		{"four days later", func(p *Print) { p.Source, p.Published = 2, p.Published.Add(96*time.Hour) }, false},
		{"a version by its id", chain("story 1"), true},
		{"another report by its id", chain("story 2"), false},
		{"another report by its id, in another source", func(p *Print) { p.Source, p.Chain.Key = 2, "story 2" }, false},
	} {
		a, b := report.by(1, 0, v), report.by(1, 1, v)
		a.Chain.Key = "story 1"
		test.change(b)
		got := Alike(a, b, v)
		if got.Same != test.same || !test.same && got.Guard == "" {
			t.Errorf("%s: got %+v", test.name, got)
		}
	}
}

// An agency gives a bulletin and the report that follows ids of their own.
func TestVersionUnderAnotherID(t *testing.T) {
	v := &Vocabulary{}
	words := "(목도=한빛통신) 김하나 기자 = 승객 212명을 태운 여객선이 1일 오전 목도 앞바다에서 좌초해 가라앉았으나 해경이 한 시간 만에 모두 구조했다고 행정안전부가 밝혔다. 선장은 안개 속에서 암초를 보지 못했다고 진술했으며 해경은 항로를 벗어난 까닭을 조사하고 있다."
	for _, test := range []struct {
		name, bulletin, title string
		hours                 float64
		same                  bool
	}{
		{"marked as a version", "[1보] 목도 앞바다서 여객선 침몰…승객 전원 구조", "목도 앞바다 여객선 침몰…승객 모두 구조(종합)", 1, true},
		{"marked as none", "목도 앞바다서 여객선 침몰…승객 전원 구조", "목도 앞바다 여객선 침몰…승객 모두 구조", 1, false},
		{"the next day", "[1보] 목도 앞바다서 여객선 침몰…승객 전원 구조", "목도 앞바다 여객선 침몰…승객 모두 구조(종합)", 24, false},
	} {
		a, b := text{test.bulletin, words}.by(1, 0, v), text{test.title, words}.by(1, test.hours, v)
		a.Chain.Key, b.Chain.Key = "story 1", "story 2"
		if got := Alike(a, b, v); got.Same != test.same {
			t.Errorf("%s: got %+v", test.name, got)
		}
	}
}

// TestGuardSpeaks holds which differences decide, and what weighs against them.
func TestGuardSpeaks(t *testing.T) {
	v := &Vocabulary{}
	plain, revised := text{title: "Ferry sinks"}.by(1, 0, v), text{title: "(LEAD) Ferry sinks"}.by(1, 0, v)
	elsewhere := text{title: "Ferry sinks"}.by(2, 0, v)
	following := text{"Ferry sinks", "The following is a list of ships lost off Mokdo."}.by(1, 0, v)
	for _, test := range []struct {
		name   string
		l      Likeness
		b      *Print
		speaks bool
	}{
		{"one sentence under a new headline", Likeness{Evidence: Evidence{Shorter: 50, Words: 0.9}}, plain, false},
		{"half a sentence under a new headline", Likeness{Evidence: Evidence{Shorter: 30, Words: 0.9}}, plain, true},
		{"half a sentence under the new headline of a version", Likeness{Evidence: Evidence{Shorter: 30, Words: 0.9}}, revised, true},
		{"the same of which a headline tells", Likeness{Evidence: Evidence{Shorter: 30, Words: 0.9, Title: 0.4}}, revised, false},
		{"a sentence sent again the next day", Likeness{Evidence: Evidence{OtherDate: true, Shorter: 50, Words: 0.9, Title: 0.7}}, plain, false},
		{"half a sentence sent the next day", Likeness{Evidence: Evidence{OtherDate: true, Shorter: 30, Words: 0.9, Title: 0.7}}, plain, true},
		{"two papers' horoscopes", Likeness{Evidence: Evidence{Title: 0.8, TitleHigh: 0.9, Shorter: 150}}, elsewhere, true},
		{"one horoscope in two papers", Likeness{Evidence: Evidence{Title: 0.8, TitleHigh: 0.9, Shorter: 150, Words: 0.9}}, elsewhere, false},
		{"a denial", Likeness{Evidence: Evidence{Negated: true, Title: 0.9, Words: 0.3}}, revised, true},
		{"a denial in the same words", Likeness{Evidence: Evidence{Negated: true, Title: 0.9, Words: 0.9}}, revised, false},
		{"other days", Likeness{Evidence: Evidence{OtherDay: true, Title: 0.9, Words: 0.3}}, revised, true},
		{"other days in the same words", Likeness{Evidence: Evidence{OtherDay: true, Title: 0.9, Words: 0.9}}, revised, false},
		{"other figures", Likeness{Evidence: Evidence{OtherFigures: true, Title: 0.9, TitleHigh: 0.9, Words: 0.3}}, plain, true},
		{"other figures of a version", Likeness{Evidence: Evidence{OtherFigures: true, Title: 0.9, TitleHigh: 0.9, Words: 0.3}}, revised, false},
		{"the same", Likeness{Evidence: Evidence{SameTitle: true, Title: 1, TitleHigh: 1, Words: 1}}, plain, false},
	} {
		if got := guard(&test.l, plain, test.b, time.Hour); (got != "") != test.speaks {
			t.Errorf("%s: %q", test.name, got)
		}
	}
	two := Likeness{Evidence: Evidence{Title: 1, SameTitle: true, Shorter: 50, Words: 0.7}}
	if got := guard(&two, following, following, time.Hour); got != "two lists" {
		t.Errorf("two lists: %q", got)
	}
	if got := guard(&two, following, plain, time.Hour); got != "" {
		t.Errorf("a list and none: %q", got)
	}
}
