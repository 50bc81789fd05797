package main

import (
	"errors"
	"strings"
	"testing"
	"time"

	"newswired/feed"
)

func TestParseReference(t *testing.T) {
	for text, want := range map[string]reference{
		"12":                                 {id: 12},
		"https://www.a.example/1/?utm_id=3":  {page: "https://a.example/1"},
		"www.a.example/1":                    {page: "https://a.example/1"},
		"yna.co.kr/view/AEN2026030200010031": {page: "https://yna.co.kr/view/AEN2026030200010031"},
	} {
		want.text = text
		if got, err := parseReference(text); got != want || err != nil {
			t.Errorf("%s: %+v, %v, want %+v", text, got, err, want)
		}
	}
	for _, text := range []string{"", "0", "-1", "nonsense", "99999999999999999999", "ftp://a.example/1", "://"} {
		if got, err := parseReference(text); err == nil {
			t.Errorf("%q is %+v", text, got)
		}
	}
}

// What a ruling came to is told by where both pages stood before it and stand after.
func TestOutcomeOf(t *testing.T) {
	refs := [2]reference{{text: "https://a.example/1"}, {text: "https://b.example/2"}}
	for _, test := range []struct {
		same          bool
		before, after [2]int64
		want          string
	}{
		{true, [2]int64{12, 40}, [2]int64{12, 12}, "story 12 now tells both"},
		{true, [2]int64{12, 12}, [2]int64{12, 12}, "story 12 tells both already, and will go on to"},
		{true, [2]int64{12, 40}, [2]int64{12, 40}, "written down, but another ruling keeps them apart: story 12 tells the first, story 40 the second"},
		{false, [2]int64{12, 12}, [2]int64{12, 41}, "story 12 tells the first, story 41 the second now"},
		{false, [2]int64{12, 40}, [2]int64{12, 40}, "story 12 tells the first, story 40 the second already, and it will stay so"},
		{false, [2]int64{12, 12}, [2]int64{12, 12}, "written down, but story 12 still tells both: it has too many articles to be divided"},
		{true, [2]int64{12, 0}, [2]int64{12, 0}, "written down; https://b.example/2 is not stored yet, and will join story 12"},
		{false, [2]int64{0, 40}, [2]int64{0, 40}, "written down; https://a.example/1 is not stored yet, and will stay out of story 40"},
		{true, [2]int64{}, [2]int64{}, "written down; neither page is stored yet: they will be one story"},
		{false, [2]int64{}, [2]int64{}, "written down; neither page is stored yet: they will be two stories"},
	} {
		if got := outcomeOf(test.same, test.before, test.after, refs); got != test.want {
			t.Errorf("%q, want %q", got, test.want)
		}
	}
}

// Every piece of Evidence has a line of its own, and none stands there for
// nothing.
func TestEvidence(t *testing.T) {
	full := feed.Evidence{Words: 0.5, Contained: 0.6, Title: 0.3, Figures: 2, FewAlone: 1, ManyAlone: 3, Hours: 1.5,
		SameCredit: true, OtherCredit: true, SameMask: true, SameDay: true, OtherDay: true, Negated: true, OtherFigures: true}
	got := strings.Join(evidence(full), "\n")
	for _, line := range []string{"30 % of the headlines", "50 % of the texts", "60 % of the shorter's", "both name one agency", "two agencies", "2 figures in common", "1 in one, 3 in the other",
		"figures or days alone", "a day that both name", "none in common", "says no", "nowhere", "1h30m apart"} {
		if !strings.Contains(got, line) {
			t.Errorf("no %q in\n%s", line, got)
		}
	}
	want := "no word of the headlines in common\nno run of words of the texts in common\npublished at one time, as far as their dates tell"
	if got := strings.Join(evidence(feed.Evidence{}), "\n"); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

// A Source's chain is told once, each step with what it changed, and one of a
// single link not at all.
func TestPrintVersions(t *testing.T) {
	s := shownStory{Account: &feed.Account{Revisions: map[int64][]feed.Revision{
		1: {{Seq: 1, Title: "(URGENT) Ferry sinks"}},
		2: {{Seq: 2, Title: "Ferry sinks"}, {Seq: 4, Title: "Ferry sinks off Mokpo"}},
		3: {{Seq: 3}},
	}}}
	for id, source := range []string{"wire", "wire", "paper"} {
		c := feed.Copy{ID: int64(id + 1), Source: source}
		if revisions := s.Revisions[c.ID]; revisions != nil {
			c.Title = revisions[0].Title
		}
		s.Copies = append(s.Copies, c)
	}
	var out strings.Builder
	p := &printer{w: &out}
	s.printVersions(p, time.UTC)
	for _, line := range []string{"[-(URGENT)-] Ferry sinks", "Ferry sinks {+off Mokpo+}", "revised article 2"} {
		if !strings.Contains(out.String(), line) {
			t.Errorf("no %q in\n%s", line, out.String())
		}
	}
	if strings.Count(out.String(), "(wire)") != 1 || strings.Contains(out.String(), "(paper)") {
		t.Errorf("each chain once, and none of one link:\n%s", out.String())
	}
}

// Of a carrier without a date nobody knows how late it was.
func TestPrintUndated(t *testing.T) {
	day := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	s := shownStory{Account: &feed.Account{Story: feed.Story{Copies: []feed.Copy{
		{ID: 1, Outlet: "Wire", Published: day}, {ID: 2, Outlet: "Paper", Published: day.Add(time.Hour)},
		{ID: 3, Outlet: "Herald", Published: day.AddDate(0, 7, 0), Undated: true},
	}}}}
	var out, asJSON strings.Builder
	if err := errors.Join(s.print(&out, time.UTC), s.printJSON(&asJSON)); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"2026-03-01 09:00  ", "+1h00m  ", "no date, seen 2026-10-01 09:00  3  Herald"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("lacks %q:\n%s", want, out.String())
		}
	}
	if got := strings.Count(asJSON.String(), `"lag"`); got != 2 {
		t.Errorf("lag of %d:\n%s", got, asJSON.String())
	}
}
