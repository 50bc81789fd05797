//go:build unix

package main

import (
	"bufio"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"newswired/feed"
)

// BenchmarkThousandFeeds records a poll of a hundred new Stories, half Korean and
// half English, of which a thousand Feeds of all kinds judge every one, and then a
// poll in which all of them have changed. The figures are CPU time: with one Feed
// that takes all, and with the thousand.
func BenchmarkThousandFeeds(b *testing.B) {
	articles := append(wireArticles(b, "stories/ko-multi.jsonl", 50), wireArticles(b, "stories/yna-en.jsonl", 50)...)
	var one, thousand, changed time.Duration
	var small, large int64
	for b.Loop() {
		took, _, size := recordFor(b, "feeds: [{name: all}]\n", articles)
		one, small = one+took, size
		took, again, size := recordFor(b, thousandFeeds(), articles)
		thousand, changed, large = thousand+took, changed+again, size
	}
	n := float64(b.N)
	b.ReportMetric(one.Seconds()/n, "one-s")
	b.ReportMetric(thousand.Seconds()/n, "thousand-s")
	b.ReportMetric(changed.Seconds()/n, "changed-s")
	b.ReportMetric((thousand-one).Seconds()*1e6/n/float64(len(articles))/1000, "µs/story/feed")
	b.ReportMetric(float64(large-small)/float64(len(articles))/1000, "B/story/feed")
}

// recordFor returns the CPU time of recording Articles for some Feeds, then with
// other words, and the size of the database after the first time.
func recordFor(b *testing.B, feeds string, articles []feed.Article) (first, again time.Duration, size int64) {
	b.Helper()
	file := filepath.Join(b.TempDir(), "newswired.db")
	c, err := parseConfig("config.yaml", fmt.Appendf(nil, "database: %q\nsources: [{name: a, url: https://a.example}, {name: b, url: https://b.example}]\n%s", file, feeds), shortest)
	if err != nil {
		b.Fatal(err)
	}
	st, err := openStore(context.Background(), c)
	if err != nil {
		b.Fatal(err)
	}
	poll := feed.Poll{Source: "a", Started: time.Now(), Status: 200, Document: &feed.Document{Articles: articles}}
	first = cpu(func() {
		if done, err := st.Record(context.Background(), poll); err != nil || done.New != len(articles) {
			b.Fatal(done, err)
		}
	})
	defer st.Close()
	db, err := sql.Open("sqlite", "file:"+file+"?mode=ro")
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	if err := db.QueryRow("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size").Scan(&size); err != nil {
		b.Fatal(err)
	}
	poll.Started = poll.Started.Add(time.Minute)
	poll.Document.Articles = slices.Clone(articles)
	for i := range articles {
		poll.Document.Articles[i].Summary += " More is to come."
	}
	again = cpu(func() {
		if done, err := st.Record(context.Background(), poll); err != nil || done.Revised != len(articles) {
			b.Fatal(done, err)
		}
	})
	return first, again, size
}

// thousandFeeds writes a configuration of Feeds whose rules are various: lists,
// ten phrases, two, several parts, what only expr can say.
func thousandFeeds() string {
	words := strings.Fields(`북한 김정은 평양 미사일 핵실험 금리 물가 수출 환율 코스피 반도체 삼성전자 대통령 국회 검찰 경찰
		서울 부산 제주 날씨 축구 야구 손흥민 영화 드라마 의료 병원 교육 대학 부동산 전세 청년 고용 최저임금 노조
		Seoul Pyongyang missile nuclear inflation exports tariff Samsung Hyundai president parliament
		prosecutors police Busan weather football baseball film drama hospital university housing wages union`)
	word := func(i int) string { return fmt.Sprintf("%q", words[i%len(words)]) }
	list := func(i, step, n int) string {
		var some []string
		for k := range n {
			some = append(some, word(i+k*step))
		}
		return strings.Join(some, ", ")
	}
	var text strings.Builder
	text.WriteString("feeds:\n")
	for i := range 1000 {
		rule := ""
		switch i % 10 {
		case 0, 1, 2:
			rule = fmt.Sprintf("filter: 'mentions(%s)'", list(i, 7, 10))
		case 3:
			rule = fmt.Sprintf("filter: 'mentions(%s) and not title(%s)'", list(i, 3, 2), word(i+20))
		case 4:
			rule = fmt.Sprintf("include: [%s]\n    exclude: [%s]\n    stem: true\n    languages: [en, ko]\n    settle: 5m", list(i, 3, 8), list(i, 9, 2))
		case 5:
			rule = fmt.Sprintf("filter: 'title(%s) or %s in categories'", list(i, 5, 3), word(i))
		case 6:
			rule = fmt.Sprintf("filter: 'agency == \"Yonhap\" and words > %d and not mentions(%s)'", i%60, list(i, 11, 3))
		case 7:
			rule = fmt.Sprintf("filter: 'len(outlets) >= 2 or any(categories, lower(#) in [%s])'", list(i, 2, 5))
		case 8:
			rule = fmt.Sprintf("sources: [b]\n    filter: 'mentions(%s)'", word(i))
			if i%20 == 8 {
				rule = fmt.Sprintf("categories: [%s, 정치]\n    max_per_hour: 10\n    filter: 'urgency != \"\" or versions > 1 or age < %d'", word(i), i%48)
			}
		case 9:
			rule = fmt.Sprintf("min_outlets: %d\n    filter: 'headline matches \"(?i)%s\" or mentions(%s)'", 1+i%2, words[i%len(words)], list(i, 13, 5))
		}
		fmt.Fprintf(&text, "  - name: f%d\n    %s\n", i, rule)
	}
	return text.String()
}

// wireArticles reads real Articles.
func wireArticles(b *testing.B, file string, n int) []feed.Article {
	b.Helper()
	f, err := os.Open(filepath.Join(realInput(b, filepath.Dir(file)), filepath.Base(file)))
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	var all []feed.Article
	for s := bufio.NewScanner(f); s.Scan() && len(all) < n; {
		var a struct{ ID, Lang, Title, Summary string }
		if err := json.Unmarshal(s.Bytes(), &a); err != nil {
			b.Fatal(err)
		}
		all = append(all, feed.Article{GUID: a.ID, Link: "https://a.example/" + a.ID, Title: a.Title, Summary: a.Summary, Language: a.Lang, Categories: []string{"정치", "National"}})
	}
	return all
}
