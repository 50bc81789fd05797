package filter

import (
	"testing"
	"time"

	"newswired/feed"
)

func TestRule(t *testing.T) {
	for _, c := range []struct {
		lists  Lists
		filter string
		passes bool
		reason string
	}{
		{Lists{}, "", true, "no filter"},
		{Lists{MinOutlets: 2, MinOrigins: 2}, "", true, "no filter"},
		{Lists{MinOutlets: 3}, "", false, "2 outlets of 3"},
		{Lists{MinOrigins: 3}, "", false, "2 origins of 3"},
		{Lists{Sources: []string{"kbs", "hani"}}, "", true, `source "hani"`},
		{Lists{Sources: []string{"kbs"}}, `mentions("missile")`, false, `no copy from its sources`},
		{Lists{Languages: []string{"ja", "KO"}}, "", true, `language "ko"`},
		{Lists{Languages: []string{"e", "ja"}}, "", false, `no copy in the language "e" or "ja"`},
		{Lists{Languages: []string{"no"}}, "", false, `no copy in the language "no"`},
		{Lists{Categories: []string{"ＮＡＴＩＯＮＡＬ"}}, "", true, `category "National"`},
		{Lists{Categories: []string{"Sports", "경제"}}, "", false, `no category "Sports" or "경제"`},
		{Lists{Include: []string{"Tokyo", "북한"}}, "", true, `mentions "북한" in the text`},
		{Lists{Include: []string{"Tokyo"}}, "", false, `does not mention "Tokyo"`},
		{Lists{Include: []string{"missiles"}}, "", false, `does not mention "missiles"`},
		{Lists{Include: []string{"missiles"}, Stem: true}, "", true, `mentions "missiles" in the headline`},
		{Lists{Exclude: []string{"weather"}}, "", true, "no filter"},
		{Lists{Exclude: []string{"weather", "Pyongyang"}}, "", false, `excluded: mentions "Pyongyang" in the text`},
		{Lists{Exclude: []string{"fire"}, Stem: true}, "", false, `excluded: mentions "fire" in the headline`},
		{Lists{Include: []string{"missile"}, Exclude: []string{"weather"}, Languages: []string{"en"}}, `versions == 1`, true,
			`language "en"; mentions "missile" in the headline; versions == 1`},
		{Lists{Include: []string{"missile"}}, `versions > 1`, false, `not versions > 1`},
	} {
		f, err := Compile(c.filter)
		if err != nil {
			t.Fatal(err)
		}
		got := NewRule(c.lists, f).Judge(Prepare(story()))
		if got != (feed.Verdict{Passes: c.passes, Reason: c.reason}) {
			t.Errorf("%+v %s: %+v, want %v %q", c.lists, c.filter, got, c.passes, c.reason)
		}
	}
}

// A Story of which nobody says the language is told apart from one in another.
func TestUnknownLanguage(t *testing.T) {
	s := Prepare(&feed.Story{Copies: []feed.Copy{{Article: feed.Article{Title: "Storm"}}}})
	v := NewRule(Lists{Languages: []string{"en", "ko"}}, nil).Judge(s)
	if want := `no copy says its language, "en" or "ko" is wanted: give its source one`; v.Reason != want {
		t.Errorf("%q, want %q", v.Reason, want)
	}
}

// What decides otherwise is written otherwise, and what is only written otherwise
// is not.
func TestRuleString(t *testing.T) {
	f, _ := Compile(`mentions( "a" )`)
	g, _ := Compile(`mentions("a")`)
	base := Lists{Sources: []string{"a", "b"}, Include: []string{"x", "y"}}
	if a, b := NewRule(base, f), NewRule(Lists{Sources: []string{"b", "a", "a"}, Include: []string{"y", "x"}}, g); a.String() != b.String() {
		t.Errorf("%s\n%s", a, b)
	}
	seen := map[string]bool{NewRule(base, f).String(): true}
	for _, l := range []Lists{
		{}, {Sources: []string{"a b"}}, {Sources: []string{"a", "b"}}, {Languages: []string{"a"}}, {Categories: []string{"a"}},
		{Include: []string{"a"}}, {Include: []string{`a" "b`}}, {Include: []string{"a", "b"}}, {Exclude: []string{"a"}}, {Exclude: []string{"a"}, Stem: true}, {MinOutlets: 2}, {MinOrigins: 2},
	} {
		text := NewRule(l, f).String()
		if seen[text] {
			t.Errorf("%+v is written like another:\n%s", l, text)
		}
		seen[text] = true
	}
}

// The variables that tell of versions and times.
func TestVariablesOfTime(t *testing.T) {
	at := time.Date(2026, 10, 2, 3, 0, 0, 0, time.UTC)
	copyOf := func(outlet, title, credit string, revisions int, published, seen time.Time) feed.Copy {
		return feed.Copy{Article: feed.Article{Title: title}, Outlet: outlet, Credit: credit, Revisions: revisions, Published: published, FirstSeen: seen}
	}
	s := Prepare(&feed.Story{Copies: []feed.Copy{
		copyOf("Wire", "Ferry sinks off Mokpo", "", 2, at.Add(time.Hour), at.Add(3*time.Hour)),
		copyOf("Wire", "(URGENT) Ferry sinks off Mokpo", "", 1, at, at.Add(150*time.Minute)),
		copyOf("Paper", "Ferry sinks off Mokpo", "Yonhap", 1, at.Add(4*time.Hour), at.Add(4*time.Hour)),
	}})
	for _, expression := range []string{
		`versions == 3`, `urgency == "URGENT"`, `credit == "Yonhap"`, `age == 2.5`, `not (age > 24)`, `published < date("2026-10-03")`,
	} {
		if v := judge(t, expression, s); !v.Passes {
			t.Errorf("%s: %s", expression, v.Reason)
		}
	}
	for title, want := range map[string]string{
		"[속보] 목포 앞바다서 여객선 침몰": "속보", "快讯：木浦近海客轮沉没": "快讯", "여객선 침몰(1보)": "1보", "여객선 침몰(종합2보)": "", "Urgent talks in Seoul": "",
	} {
		if got := urgency(title); got != want {
			t.Errorf("urgency of %q: %q, want %q", title, got, want)
		}
	}
}
