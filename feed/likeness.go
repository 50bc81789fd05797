package feed

import (
	"fmt"
	"math"
	"time"
)

// A Print is an Article as it is compared with others: what it says, who
// published it and when.
type Print struct {
	*Fingerprint
	Article   int64
	Source    int64
	Agency    string // the Source's, "" if it is no wire
	Chain     Chain  // what the agency's id says; zero if nothing
	Link      string // the page
	Published time.Time
	Undated   bool // Published is when it was first seen: it may be older
}

// A Likeness answers one question: do two Articles tell the same report?
type Likeness struct {
	Evidence
	Score   float64 // the logarithm of the odds that they do
	Same    bool    // the same report
	Related bool    // not the same, but about the same event
	Guard   string  // what kept them apart in spite of likeness; "" if nothing did
	certain string  // why no comparison was needed; "" if one was made
}

// Reason tells people why two Articles tell the same report, or don't.
func (l *Likeness) Reason() string {
	switch {
	case l.certain != "":
		return l.certain
	case l.Guard != "":
		return fmt.Sprintf("kept apart: %s (%s)", l.Guard, l.Evidence)
	}
	return fmt.Sprintf("likeness %.1f: %s", l.Score, l.Evidence)
}

// Likenesses that need no comparison.
var (
	SamePage  = Likeness{Score: versionScore, Same: true, certain: "the same page"}
	RuledSame = Likeness{Score: Joined, Same: true, certain: "a person ruled that they are one report"}
)

// What a Score is good for.
const (
	sameScore    = 0.5  // from here on two Articles are the same report
	relatedScore = -1.5 // and from here about the same event
	versionScore = 100  // beyond what words can give: an agency, its id or a page says so
	// KeptScore is the lowest Score that is of any use later.
	KeptScore = -3
)

// How far apart two Articles of one report may be.
const (
	acrossWindow = 72 * time.Hour // a paper prints the wire's report
	withinWindow = 30 * time.Hour // a Source brings its own up to date
	chainWindow  = 72 * time.Hour
	relateWindow = 24 * time.Hour
)

// Comparable reports whether two Articles are so near in time that they may be
// one report.
func Comparable(a, b *Print) bool { return between(a, b) <= acrossWindow }

// Alike compares two Articles. It is the same whichever comes first.
func Alike(a, b *Print, v *Vocabulary) Likeness {
	apart := between(a, b)
	l := Likeness{Evidence: Compare(a.Fingerprint, b.Fingerprint, apart, v)}
	if a.Chain.Key != "" && a.Chain.Key == b.Chain.Key && apart <= chainWindow {
		l.Score, l.Same = versionScore, true
		l.certain = "its agency's id says that it is a version of the same report"
		return l
	}
	l.Score = score(&l.Evidence, a, b, v)
	l.Guard = guard(&l, a, b, apart)
	if l.Guard != "" {
		l.Related = l.Score >= relatedScore && apart <= relateWindow
		l.Score = min(l.Score, unseen)
		return l
	}
	l.Same = l.Score >= sameScore
	l.Related = !l.Same && l.Score >= relatedScore && apart <= relateWindow
	return l
}

// Sure reports whether a Likeness that is not Same means that two Articles are
// no report: something kept them apart, or both had words enough to tell.
func (l *Likeness) Sure() bool { return l.Guard != "" || l.Shorter >= shortWeight }

// Continues reports whether a state of an Article still is the report that a
// former state was, however its figures changed.
func Continues(before, after *Print, v *Vocabulary) bool {
	e := Compare(before.Fingerprint, after.Fingerprint, 0, v)
	return e.SameTitle || e.Words >= 0.4 || e.Shorter < briefWeight && e.Title >= 0.6
}

// between returns how far two Articles are apart, at least. One that bears no
// date may be as old as the other, unless it was seen before that.
func between(a, b *Print) time.Duration {
	apart := a.Published.Sub(b.Published)
	if apart > 0 && a.Undated || apart < 0 && b.Undated {
		return 0
	}
	return apart.Abs()
}

// score weighs the Evidence by the table that fits: what a Source publishes
// itself is more alike than what two have in common, and so are scant texts.
// Where no Bag can bring a pair to KeptScore, none is taken, and the score is
// the most that it could be: so it is with four pairs of five.
func score(e *Evidence, a, b *Print, v *Vocabulary) float64 {
	if e.Shorter < briefWeight || !a.founded && !b.founded {
		return brief(e, a, b)
	}
	if a.Source == b.Source && e.SameTitle && min(a.size, b.size) >= 8 && e.Hours <= 12 && later(a, b) {
		return announced
	}
	w := &acrossWeights
	switch {
	case a.Source == b.Source:
		w = &withinWeights
	case e.Shorter < scantWeight:
		w = &scantWeights
	}
	s := w.bias
	for i, x := range e.features(a, b) {
		s += w.factors[i] * x
	}
	if a.Source != b.Source {
		s -= doubt(e)
	} else if later(a, b) && e.TitleHigh >= 0.4 && e.Hours <= 12 {
		s += versionBonus
	}
	if most := s + w.most; most <= KeptScore {
		return most
	}
	e.Bag, _ = v.overlap(a.bag, b.bag)
	return s + w.ofBag(e.Bag)
}

// doubt is what speaks against two Articles of two Sources because one is short: the
// shorter, the less what they have in common tells one report from another of the
// same event, and the more is asked for. What is a sentence at least, and the same,
// is not doubted.
func doubt(e *Evidence) float64 {
	switch {
	case e.Shorter >= scantWeight:
		return shortDoubt * max(0, fullLength-math.Log1p(float64(e.Shorter)))
	case e.Words >= 0.75 && e.Shorter >= sentenceWeight:
		return 0
	}
	return scantDoubt
}

// Found so that of what joins at 60, 80, 100 ... and 200 characters of Korean much
// the same share is right.
const (
	shortDoubt     = 2.4 // for each e-fold
	fullLength     = 4.9 // logarithm of the weight of some sixty words
	scantDoubt     = 1
	sentenceWeight = 28
)

// announced is the score of two Articles of one Source under one headline, the later
// of which is marked as a version, however it is written anew.
const announced = 3

// versionBonus is what it says for two Articles of one Source that the later is
// marked as a version: there is a report that it is a version of.
const versionBonus = 3

// later reports whether the later of two Articles is marked as a later version
// than the other.
func later(a, b *Print) bool {
	if c := b.Published.Compare(a.Published); c < 0 || c == 0 && b.Headline.Version() < a.Headline.Version() {
		a, b = b, a
	}
	return b.Headline.Has(Version) && b.Headline.Version() > a.Headline.Version()
}

// briefWeight is what a body must weigh to be compared: half a dozen words.
// Flashes have none, and wires that cut at 80 characters little more.
const briefWeight = 12

// shortWeight is what a body must weigh for its words to say much: some forty
// words. Below, two reports of one event begin alike too often.
const shortWeight = 80

// scantWeight is what a body must weigh to be weighed by the same table as a long
// one: some twenty words.
const scantWeight = 40

// brief is the score of two Articles of which one has hardly more than its
// headline, or whose bodies say nothing of their headlines. There must be enough of
// the headlines: "Weather" says nothing.
func brief(e *Evidence, a, b *Print) float64 {
	long := min(a.size, b.size)
	revised := a.Headline.revises() || b.Headline.revises()
	flash := a.Headline.Has(Flash) != b.Headline.Has(Flash)
	switch {
	case a.Source == b.Source && flash && e.Title >= 0.9 && long >= 8 && e.Hours <= 3:
		return versionScore // what a flash announced, whatever is said of it by then
	case a.Source == b.Source && revised && e.Title >= 0.55 && long >= 8 && e.Hours <= 18:
		return 3
	case a.Source == b.Source && revised && e.TitleIn >= 0.3 && e.Hours <= 18:
		return 0 // a flash's headline is often written anew: others must tell
	case a.Source == b.Source:
		if e.SameTitle && long >= 8 && e.Hours <= 12 {
			return 2
		}
	case e.SameTitle && long >= 10 && e.Hours <= 24:
		return 3
	case e.Title >= 0.4 && e.Words >= 0.5 && e.Shorter >= shortWeight && e.Hours <= 24:
		return 3 // who was promoted, by name: what two Sources list alike is one list, however short its headline
	case e.Title >= 0.75 && long >= 14 && e.Hours <= 24:
		return 2
	case e.Title >= 0.4:
		return -1 // about the same event, perhaps
	}
	return unseen
}
