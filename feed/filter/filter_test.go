package filter

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"newswired/feed"
)

// story is one of two Copies: an agency's in English, and a paper's in Korean, an
// hour later.
func story() *feed.Story {
	at := time.Date(2026, 10, 2, 3, 4, 5, 0, time.UTC)
	return &feed.Story{ID: 7, Copies: []feed.Copy{
		{
			Article: feed.Article{Title: "(LEAD) N. Korea fires missile", Summary: "SEOUL, Oct. 2 (Yonhap) -- Pyongyang fired ...",
				Link: "https://example.org/1", Language: "en", Categories: []string{"National"}, Authors: []feed.Person{{Name: "A. Writer"}}},
			Source: "yonhap", Outlet: "Yonhap News Agency", Agency: "Yonhap", Published: at,
		},
		{
			Article: feed.Article{Title: "北, 동해상으로 미사일 발사", Content: "<p>북한이 2일 미사일을 <b>발사</b>했다.</p>",
				Language: "ko", Categories: []string{"정치", "National"}, Authors: []feed.Person{{Email: "kim@example.org"}}},
			Source: "hani", Outlet: "Hankyoreh", Published: at.Add(time.Hour),
		},
	}}
}

func judge(t *testing.T, expression string, s *Subject) feed.Verdict {
	t.Helper()
	f, err := Compile(expression)
	if err != nil {
		t.Fatalf("Compile(%s): %v", expression, err)
	}
	return f.Judge(s)
}

func TestVerdicts(t *testing.T) {
	for _, c := range []struct {
		expression string
		passes     bool
		reason     string
	}{
		{"", true, "no filter"},
		{" \n", true, "no filter"},
		{`mentions("북한", "Tokyo")`, true, `mentions "북한" in the text`},
		{`mentions("Tokyo", "n. korea")`, true, `mentions "n. korea" in the headline`},
		{`mentions("Tokyo")`, false, `does not mention "Tokyo"`},
		{`mentions("Tokyo", "Kyoto")`, false, `mentions none of "Tokyo", "Kyoto"`},
		{`mentions("a1","a2","a3","a4","a5","a6","a7","a8")`, false, `mentions none of "a1", "a2", "a3", "a4", "a5", "a6", 2 more`},
		{`title("북한")`, false, `headline does not mention "북한"`},
		{`title("미사일")`, true, `mentions "미사일" in the headline`},
		{`not mentions("missile")`, false, `excluded: mentions "missile" in the headline`},
		{`!mentions("Tokyo")`, true, `does not mention "Tokyo"`},
		{`mentions("missile") and agency == "Yonhap"`, true, `mentions "missile" in the headline; agency == "Yonhap"`},
		{`mentions("missile") and agency == "AP"`, false, `not agency == "AP"`},
		{`mentions("Tokyo") && agency == "AP"`, false, `does not mention "Tokyo"`},
		{`mentions("Tokyo") or "정치" in categories`, true, `"정치" in categories`},
		{`mentions("Tokyo") || words > 1000`, false, `does not mention "Tokyo"; not words > 1000`},
		{`len(outlets) >= 2`, true, `len(outlets) >= 2`},
		{`origins == ["Yonhap", "Hankyoreh"]`, true, `origins == ["Yonhap", "Hankyoreh"]`},
		{`outlet == "Yonhap News Agency" and "hani" in sources and language == "en"`, true, ``},
		{`any(authors, # == "kim@example.org")`, true, ``},
		{`published < date("2026-10-03") and published.Year() == 2026`, true, ``},
		{`headline contains "fires" and summary startsWith "SEOUL" and link endsWith "/1"`, true, ``},
		{`text contains "발사했다"`, true, ``},
		{`text matches "(?i)n\\. korea"`, true, ``},
		{`words == 11`, true, ``},
		{`any(["Tokyo", "북한"], mentions(#))`, true, ``},
		{`any(["Tokyo", "..."], mentions(#))`, false, ``},
		{`agency == "AP" ? true : title("missile")`, true, ``},
		{`true`, true, `true`},
		{`categories[5] == "x"`, false, `the filter failed: categories[5] == "x": `},
		{`credit == "" and urgency == "" and versions == 1`, true, ``},
		{`age == 0`, true, `age == 0`},
		{`count(categories, # startsWith "N") == 1 and find(outlets, # endsWith "h") == "Hankyoreh"`, true, ``},
		{`mentions(stem("fire"), "Tokyo")`, true, `mentions "fire" in the headline`},
		{`title(stem("missiles launched"))`, false, `headline does not mention "missiles launched"`},
		{`mentions("fire")`, false, `does not mention "fire"`},
		{`any(["Tokyo", "FIRING"], title(stem(#)))`, true, ``},
		{`any(["Tokyo", "발사"], title(#)) and not any(["발사했다"], title(#)) and any(["발사했다"], mentions(#))`, true, ``},
	} {
		got := judge(t, c.expression, Prepare(story()))
		if got.Passes != c.passes || !strings.HasPrefix(got.Reason, c.reason) || got.Reason == "" {
			t.Errorf("%s: %+v, want %v %q", c.expression, got, c.passes, c.reason)
		}
	}
}

// White space is no change of a filter.
func TestString(t *testing.T) {
	for _, expression := range []string{`mentions("a","b") and words>3`, "mentions( \"a\" ,\n \"b\") and\twords > 3"} {
		f, err := Compile(expression)
		if want := `mentions("a", "b") and words > 3`; err != nil || f.String() != want {
			t.Errorf("%s: %v, %v, want %s", expression, f, err, want)
		}
	}
}

func TestCompileErrors(t *testing.T) {
	for _, c := range []struct{ expression, want string }{
		{`mentions("a") and titel("b")`, `column 19: unknown name "titel", did you mean "title"?`},
		{`outlet == "x" or categorys == ["y"]`, `column 18: unknown name "categorys", did you mean "categories"?`},
		{`fulltext == "x"`, `column 1: unknown name "fulltext"; there are headline, summary, text,`},
		{`published > now()`, `column 13: "now" is not there: a story is judged once, when it comes or changes`},
		{`mentions("a") and`, `column 17: the expression ends here, though something is missing; complete it`},
		{"mentions(\"a\")\n  and und", `line 2, column 7: unknown name "und"`},
		{`headline`, `column 1: the expression gives a text instead of true or false`},
		{`words`, `column 1: the expression gives a number instead of`},
		{`outlets`, `column 1: the expression gives a list instead of`},
		{`outlet == 5`, `column 8: invalid operation: == (mismatched types string and int)`},
		{`mentions()`, `column 1: mentions needs the words to look for, as in mentions("North Korea")`},
		{`mentions("a", "...")`, `column 15: mentions("...") can never be found: there is no letter or digit in it`},
		{`mentions("a", stem("-"))`, `column 15: mentions("-") can never be found: there is no letter or digit in it`},
		{`stem("a") == headline`, `column 1: stem is for the words of mentions and title, as in mentions(stem("sanction"))`},
		{`words > 5 and published > date("2026-13-01")`, `column 27: date("2026-13-01") cannot be read; write date("2026-01-31")`},
		{`duration("1 day") > duration("1h")`, `column 1: duration("1 day") cannot be read`},
		{`agency = "Yonhap"`, `column 8: to compare, write two signs, as in`},
		{`words in 1..5`, `column 11: a range is not there; write the numbers, as in words in [1, 2, 3]`},
		{`headline matches "(a"`, `column 10: error parsing regexp: missing closing ): `},
		{`headline matches summary`, `column 18: the pattern of matches must stand there as it is, as in`},
		{`headline matches "a{900}b{900}"`, `column 18: the regular expression is too large; make it simpler`},
		{`any(outlets, any(outlets, any(outlets, any(outlets, # == "x"))))`, `column 1: this takes too long: loops within loops, or many patterns over text; make it simpler`},
		{strings.Repeat(`text matches "(?i)a" or `, 250) + "true", `column 5998: this takes too long`},
		{`len(split(text, "")) > 5`, `column 5: unknown name "split"`},
		{`mentions(5)`, `column 10: cannot use int as argument (type string) to call mentions`},
		{`mentions("a" "b")`, `column 14: unexpected token String("b")`},
		{`"open`, `column `},
		{strings.Repeat("true and ", 3000) + "true", `column `},
	} {
		_, err := Compile(c.expression)
		if err == nil {
			t.Errorf("%s: no error", c.expression)
			continue
		}
		if !strings.HasPrefix(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%.60s: %q, want %q", c.expression, err, c.want)
		}
	}
}

// A Filter is shared by goroutines, a Subject is not.
func TestFilterIsShared(t *testing.T) {
	f, err := Compile(`mentions("북한") and any(["Tokyo", "missile"], mentions(#)) and words > 3`)
	if err != nil {
		t.Fatal(err)
	}
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			for range 50 {
				if v := f.Judge(Prepare(story())); !v.Passes {
					t.Error(v.Reason)
				}
			}
		})
	}
	wait.Wait()
}

func TestNearest(t *testing.T) {
	known := []string{"schedule", "timezone", "url", "feeds", "sources"}
	for word, want := range map[string]string{
		"shedule": "schedule", "Timezone": "timezone", "ulr": "url", "feed": "feeds", "souces": "sources",
		"interval": "", "x": "", "": "",
	} {
		if got := Nearest(word, known); got != want {
			t.Errorf("Nearest(%q) = %q, want %q", word, got, want)
		}
	}
}

// FuzzCompile holds that no expression ends the daemon or keeps it from work: it is
// refused in one line with a place, or gives a verdict with a reason, soon.
func FuzzCompile(f *testing.F) {
	for _, s := range []string{`mentions("a")`, `title("북한") or not (words > 3)`, `any(outlets, # == "x")`, `{`, "\x00",
		`any(outlets, any(categories, # in ["a", "b"]))`, `headline matches "(a|b)*c"`, `mentions(stem("fire"), "x")`, `let a = filter(outlets, len(#) > 3); count(a, true) > 0`,
		`text matches "(x+x+)+y"`, `[1, 2][words:] == [] ?? false`, `published.AddDate(1, 2, 3) > published`, `age < 24 and urgency != ""`, `"a" + text == text + "b"`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, expression string) {
		begun := time.Now()
		filter, err := Compile(expression)
		if err != nil {
			var at *Error
			if !errors.As(err, &at) || at.Line < 1 || at.Column < 1 || strings.Contains(err.Error(), "\n") {
				t.Errorf("no place, or more than a line: %q", err)
			}
			return
		}
		again, err := Compile(filter.String())
		if err != nil || again.String() != filter.String() {
			t.Errorf("%q is written as %q, which is read as %q, %v", expression, filter, again, err)
		}
		v := filter.Judge(Prepare(story()))
		if v.Reason == "" {
			t.Errorf("%q: no reason", expression)
		}
		if took := time.Since(begun); took > 5*time.Second {
			t.Errorf("%q took %v", expression, took)
		}
	})
}
