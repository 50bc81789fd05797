package feed

import (
	"strings"
	"testing"
)

func TestPageAdds(t *testing.T) {
	const lead = "The central bank on Thursday kept its key interest rate at 3.5 percent for a ninth time."
	const rest = "\n\nThe decision was unanimous, Governor Rhee said. Analysts had expected it."
	for _, test := range []struct {
		name string
		page Page
		feed Article
		want Kind
	}{
		{"more than the summary", Page{Text: lead + rest}, Article{Title: "Bank holds rate at 3.5 percent", Summary: lead}, OK},
		{"more than a cut summary", Page{Text: lead + rest}, Article{Title: "Bank holds rate at 3.5 percent", Summary: lead[:60] + " ..."}, OK},
		{"as much", Page{Text: lead}, Article{Title: "Bank holds rate", Summary: lead}, SaysLess},
		{"a teaser", Page{Text: lead[:40]}, Article{Title: "Bank holds rate", Summary: lead}, SaysLess},
		{"less than the content", Page{Text: lead}, Article{Title: "Bank holds rate", Summary: "The bank", Content: "<p>" + lead + "</p><p>" + rest}, SaysLess},
		{"nothing", Page{}, Article{Title: "Rate"}, SaysLess},
		{"the front page", Page{Title: "News of the day", Text: strings.Repeat("In the south a ferry was late because of the fog that came in from the sea at night. ", 9)}, Article{Title: "Bank holds rate at 3.5 percent", Summary: lead}, OtherText},
		{"a headline alone", Page{Title: "(URGENT) Bank holds rate", Text: lead}, Article{Title: "(URGENT) Bank holds rate"}, OK},
		{"Korean", Page{Title: "한은, 기준금리 동결", Text: "한국은행 금융통화위원회는 22일 기준금리를 연 3.50%로 동결했다. 아홉 차례 연속이다."}, Article{Title: "한은, 기준금리 동결", Summary: "한국은행 금융통화위원회는 22일 기준금리를"}, OK},
		{"Korean, something else", Page{Title: "오늘의 날씨", Text: "전국이 대체로 맑겠으나 강원 영동은 흐리고 비가 오겠다. 낮 최고기온은 18도에서 23도다."}, Article{Title: "한은, 기준금리 동결", Summary: "한국은행 금융통화위원회는 22일 기준금리를"}, OtherText},
	} {
		if _, kind, reason := test.page.Adds(&test.feed); kind != test.want {
			t.Errorf("%s: %q (%s), want %q", test.name, kind, reason, test.want)
		}
	}
}
