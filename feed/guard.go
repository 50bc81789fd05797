package feed

import "time"

// guard says what keeps two Articles apart in spite of their likeness, "" if
// nothing does. A wrong merge hides news: what differs where the words agree
// decides. An agency's word that one is a version of the other weighs against
// that, for versions do change their figures; but a figure that the body does
// not have is a number of the report itself.
func guard(l *Likeness, a, b *Print, apart time.Duration) string {
	within := a.Source == b.Source
	revised := a.Headline.revises() || b.Headline.revises()
	switch {
	case apart > acrossWindow || within && apart > withinWindow && (l.Words < 0.7 || l.Shorter < shortWeight):
		return "too far apart"
	// A flash may be filed under an id that was made ahead, on another day; and who
	// marks as a version what says the same within hours has given it another id.
	case a.Chain.Key != "" && b.Chain.Key != "" && a.Chain.Key != b.Chain.Key && !a.Headline.Has(Flash) && !b.Headline.Has(Flash) &&
		!(within && revised && l.Words >= 0.9 && l.Shorter >= shortWeight && apart <= 8*time.Hour):
		return "their agency's ids are of two reports"
	// The KOSPI closes at 4,220 and at 4,214; bonds yield on Dec. 29 and on
	// Dec. 30. A version of one report is marked as that, and comes within hours.
	case l.SameMask && !(within && revised && l.Words >= 0.5 && apart <= 8*time.Hour && a.grounded && b.grounded):
		return "the same headline with other figures or days"
	case l.OtherDate && !revised && (l.Words < 0.5 || l.Shorter < shortWeight) && !(l.Shorter >= scantWeight && l.Title >= 0.6 && l.Words >= 0.8):
		return "datelines of other days"
	case l.OtherDay && l.Words < 0.45 && (within || l.Title >= 0.4):
		return "other days"
	case l.OtherFigures && l.Words < 0.4 && (l.Title >= 0.3 || l.OtherDay) && !(within && revised):
		return "other figures"
	case l.OtherFigures && (l.FewAlone >= 3 && l.FewAlone > l.Figures || l.Shorter < shortWeight && l.TitleFigures == 0) &&
		l.Words < 0.75 && !(within && revised):
		return "other figures"
	case l.OtherNames && l.Words < 0.9 && !(within && revised):
		return "other names in a headline of the same build"
	case !within && l.Shorter >= briefWeight && l.Title < 0.05 && l.TitleLow < 0.1 && l.Words < 0.4:
		return "a headline that the other has nothing of: they share their background"
	case !within && l.Shorter >= shortWeight && l.Words < 0.01:
		return "headlines alike over other words"
	case within && !revised && l.Shorter < shortWeight && l.Title < 0.4 && !(l.Shorter >= scantWeight && l.Words >= 0.8),
		within && revised && l.Shorter < scantWeight && l.Title < 0.3:
		return "other headlines over few words"
	case within && !revised && a.listed && b.listed && l.Words < 0.9:
		return "two lists"
	case l.Negated && l.Title >= 0.4 && l.Words < 0.6:
		return "one headline denies what the other says"
	case within && !l.SameTitle && a.Headline.pictures() && b.Headline.pictures():
		return "two pictures"
	case within && !revised && !l.SameTitle && apart <= atOnce && l.Title < 0.75 && !a.Undated && !b.Undated:
		return "published at once under two headlines"
	case within && !revised && l.Words < 0.6:
		return recurring(l, apart)
	}
	return ""
}

// atOnce is within which nobody has a report twice: what a Source publishes in
// these minutes under two headlines is two, however alike, such as the games of
// one evening.
const atOnce = 3 * time.Minute

// pictures reports whether a headline is that of a photo: many have one caption.
func (h Headline) pictures() bool {
	for _, m := range h.Markers {
		switch m.Text {
		case "포토", "사진", "화보":
			return true
		}
	}
	return false
}

// recurring says what keeps apart two reports that one Source builds alike: the
// close of a market, the weather, a digest, appointments, results.
func recurring(l *Likeness, apart time.Duration) string {
	switch {
	case l.SameTitle && l.Shorter >= briefWeight && l.Words < 0.1:
		return "the same headline over other words"
	// Of equal headlines of Yonhap and Reuters more than nine in ten tell one
	// report within 14 hours, six to eight within three or four days.
	case l.SameTitle && apart > 14*time.Hour:
		return "the same headline of another day"
	case !l.SameTitle && l.TitleHigh < 0.3:
		return "other names in a headline of the same build"
	case l.OtherFigures:
		return "other figures"
	}
	return ""
}

// revises reports whether a wire says that there is, or will be, another
// version of the report.
func (h Headline) revises() bool {
	for _, m := range h.Markers {
		switch m.Kind {
		case Flash, Version, Correction, Repeat, Withdrawal:
			return true
		}
	}
	return false
}
