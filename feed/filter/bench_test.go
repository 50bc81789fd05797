package filter

import (
	"fmt"
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
