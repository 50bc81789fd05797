package filter

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"newswired/feed"
)

// The filter of a feed as people write them.
const watch = `mentions("North Korea", "N. Korea", "DPRK", "Pyongyang", "Kim Jong-un", "북한", "김정은", "평양", "조선중앙통신", "北朝鮮")`

// long is a Story of three copies with about 1,000 words each, as a feed with
// full texts brings it.
func long(last string) *feed.Story {
	english := strings.Repeat("<p>The finance ministry said on Friday that exports rose 3.2 percent from a year earlier, led by chips.</p>\n", 55)
	korean := strings.Repeat("<p>기획재정부는 2일 수출이 지난해 같은 달보다 3.2% 늘었다고 밝혔다. 반도체가 증가세를 이끌었다.</p>\n", 70)
	s := &feed.Story{}
	for i, content := range []string{english, korean, english + last} {
		s.Copies = append(s.Copies, feed.Copy{
			Article: feed.Article{Title: "Exports rise for third month", Summary: "SEOUL, Oct. 2 (Yonhap) -- Exports rose ...", Content: content},
			Source:  fmt.Sprint("s", i), Outlet: fmt.Sprint("Outlet ", i),
		})
	}
	return s
}

func BenchmarkJudge(b *testing.B) {
	for _, c := range []struct{ name, expression string }{
		{"mentions-none-of-10", watch},
		{"mentions-and-outlets", watch + ` and len(outlets) > 1`},
		{"expr-only", `len(outlets) > 1 and "Economy" in categories`},
		{"expr-computed-words", `any(["Tokyo", "북한"], mentions(#))`},
		{"pattern-in-headline", `headline matches "(?i)north (korea|korean)s?"`},
		{"pattern-in-text", `text matches "(?i)north (korea|korean)s?"`},
		{"none", ``},
	} {
		b.Run(c.name, func(b *testing.B) {
			f, err := Compile(c.expression)
			if err != nil {
				b.Fatal(err)
			}
			s := Prepare(long("<p>In the end nothing happened.</p>"))
			f.Judge(s)
			b.ReportAllocs()
			for b.Loop() {
				f.Judge(s)
			}
		})
	}
}

// BenchmarkReal judges real stories, half Korean and half English, by a rule of
// each kind. A Story is prepared for each rule anew, as if that were the only one:
// shared by a thousand Feeds, it costs each a thousandth of "prepare".
func BenchmarkReal(b *testing.B) {
	stories := append(realStories(b, "ko-multi.jsonl", 80), realStories(b, "yna-en.jsonl", 80)...)
	for _, c := range []struct {
		name  string
		lists Lists
		text  string
	}{
		{"prepare", Lists{Include: []string{"zzz"}}, ``},
		{"include-10-stem", Lists{Include: []string{"sanction", "missile launch", "quake", "tariff", "strike", "제재", "미사일 발사", "지진", "관세", "파업"}, Exclude: []string{"baseball", "야구"}, Stem: true}, ``},
		{"mentions-10", Lists{}, watch},
		{"categories-languages", Lists{Categories: []string{"Economy", "경제"}, Languages: []string{"en", "ko"}}, ``},
		{"expression", Lists{}, `len(outlets) >= 2 and agency == "Yonhap" and versions > 1 or urgency != "" or any(categories, lower(#) in ["economy", "경제"])`},
		{"pattern-in-headline", Lists{}, `headline matches "(?i)(north korea|북한).*(missile|미사일)"`},
		{"pattern-in-text", Lists{}, `text matches "(?i)(north korea|북한).*(missile|미사일)"`},
	} {
		f, err := Compile(c.text)
		if err != nil {
			b.Fatal(err)
		}
		rule := NewRule(c.lists, f)
		b.Run(c.name, func(b *testing.B) {
			subjects := make([]*Subject, len(stories))
			for i := range stories {
				subjects[i] = Prepare(&stories[i])
				rule.Judge(subjects[i])
			}
			i := 0
			for b.Loop() {
				if i++; c.name == "prepare" {
					rule.Judge(Prepare(&stories[i%len(stories)]))
				} else {
					rule.Judge(subjects[i%len(stories)])
				}
			}
		})
	}
}

// realStories returns Stories of one Copy from a file beside the project.
func realStories(b *testing.B, name string, n int) []feed.Story {
	b.Helper()
	f, err := os.Open(filepath.Join("..", "..", "..", "shared", "data", "stories", name))
	if err != nil {
		b.Skip("shared data not there")
	}
	defer f.Close()
	var all []feed.Story
	for s := bufio.NewScanner(f); s.Scan() && len(all) < n; {
		var a struct{ Outlet, Lang, Title, Summary string }
		if err := json.Unmarshal(s.Bytes(), &a); err != nil {
			b.Fatal(err)
		}
		all = append(all, feed.Story{Copies: []feed.Copy{{Outlet: a.Outlet, Revisions: 1,
			Article: feed.Article{Title: a.Title, Summary: a.Summary, Language: a.Lang, Categories: []string{"Politics"}}}}})
	}
	return all
}

func BenchmarkPrepare(b *testing.B) {
	f, err := Compile(watch)
	if err != nil {
		b.Fatal(err)
	}
	for _, c := range []struct {
		name  string
		story *feed.Story
	}{
		{"summary", story()},
		{"three-full-texts", long("")},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				f.Judge(Prepare(c.story))
			}
		})
	}
}
