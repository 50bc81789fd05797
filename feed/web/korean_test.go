package web

import (
	"context"
	"regexp"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"newswired/feed"
)

// subscribers are those of our hub, of which nothing but their number is asked.
type subscribers struct {
	anySubscribers
	all []feed.SubscriberStatus
}

func (s subscribers) Subscribers(context.Context, time.Time) ([]feed.SubscriberStatus, error) {
	return s.all, nil
}

// koreanSite has a Feed whose Korean copies are corrected, carried and related in
// every way that a page tells of, and one without entries.
func koreanSite(t *testing.T) *Site {
	lead := entry(3, morning, [4]string{"가나다통신", "울릉도 여객선 나흘 만에 운항 재개", "울릉도 여객선이 나흘 만에 다시 다닌다고 항만청이 4일 밝혔다.", "ko"},
		[4]string{"라마바일보", "울릉 여객선 운항 재개", "", "ko-KR"}, [4]string{"가나다통신", "울릉도 여객선 운항 재개(종합)", "", "ko_KR"})
	lead.Updated = morning.Add(20 * time.Minute)
	lead.Copies[0].Agency, lead.Copies[1].Credit = "가나다통신", "가나다통신"
	a := account(lead, "korea")
	for _, all := range a.Revisions {
		for i := range all {
			all[i].Title, all[i].Summary, all[i].Content = "여객선 운항 재개", strings.Repeat("가", i+1)+" 밝혔다.", ""
		}
	}
	a.Pages = map[int64]feed.PageStatus{30: {Fetched: morning}}
	for i := range int64(maxCarriers) {
		c := a.Copies[1]
		c.ID, c.Published = 1000+i, morning.Add(time.Duration(i)*time.Hour)
		a.Copies = append(a.Copies, c)
		a.Decisions = append(a.Decisions, feed.Decision{Article: 31, Other: 1000 + i, Verdict: []string{"related", "different"}[i%2], Reason: "likeness 3"})
	}
	a.Revisions[31] = append(a.Revisions[31], feed.Revision{Title: "여객선 다시 운항"})
	for range maxSteps {
		a.Revisions[30] = append(a.Revisions[30], feed.Revision{Title: "여객선 운항 재개", Summary: strings.Repeat("나", len(a.Revisions[30])) + " 밝혔다."})
	}
	a.Related = []feed.Related{{Story: 2, Verdict: "same", Reason: "about the same event", Feeds: []string{"korea"}}}
	lib := newLibrary()
	lib.accounts = map[int64]*feed.Account{3: a}
	lib.entries["korea"] = []feed.Entry{lead}
	site, _ := newSite(lib)
	cfg := config()
	cfg.Feeds[0].Title, cfg.Feeds[0].Description = "한국의 모든 보도", ""
	cfg.Feeds[1] = feed.Feed{Name: "empty", Title: "빈 피드", Description: "아직 비었다", Language: "ko", Limit: 10}
	cfg.WebSub = WebSub{Own: true, Store: subscribers{all: []feed.SubscriberStatus{{Feed: "korea", Subscribers: 3, Failing: 1}}}}
	site.Configure(cfg)
	return site
}

// foreign returns what a page shows or reads out that is written in Latin letters
// and not said to be English, but for names.
func foreign(t *testing.T, page string) (all []string) {
	t.Helper()
	names := regexp.MustCompile(`newswired|1\.2\.3|Atom|RSS|JSON Feed|OPML|Asia/Seoul|https://news\.example\.org\S+`)
	latin := regexp.MustCompile(`[A-Za-z]{2,}`)
	check := func(text string) {
		if latin.MatchString(names.ReplaceAllString(text, "")) {
			all = append(all, text)
		}
	}
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			check(n.Data)
		}
		for _, a := range n.Attr {
			switch a.Key {
			case "lang":
				if n.Data != "html" && a.Val == "en" {
					return
				}
			case "aria-label", "title", "alt", "placeholder":
				check(a.Val)
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	walk(root)
	return all
}

// Pages of what is Korean speak Korean and nothing else, whatever the browser asks
// for.
func TestKoreanPages(t *testing.T) {
	site := koreanSite(t)
	for path, wants := range map[string][]string{
		"/": {
			`<a href="feeds/korea">한국의 모든 보도</a>`, `<h3 dir="auto" lang="ko"><a href="feeds/empty">`,
			`최신 기사 <time datetime="2026-03-04T05:20:00Z">2026년 3월 4일 (수) 14:20</time> · 실시간 푸시 구독 3곳 (이 중 1곳 연결 안 됨)</p>`,
			`<p>뉴스 소스 5개: 오류 1, 네트워크 끊김 1, 수집 전 1, 정상 1, 제외됨 1. <a href="status" hreflang="en">`,
			`시각은 Asia/Seoul 기준입니다.`, `aria-label="매체별 보도: 울릉도 여객선`,
		},
		"/feeds/korea": {
			`<h2><time datetime="2026-03-04">2026년 3월 4일 (수)</time></h2>`,
			`<time datetime="2026-03-04T05:10:00Z">14:10</time>, 수정 <time datetime="2026-03-04T05:40:00Z">14:40</time>`,
			`<a href="https://news.example.org/feeds/korea.rss" type="application/rss+xml" aria-label="RSS: 한국의 모든 보도">RSS</a>`,
		},
		"/feeds/empty": {"아직 기사가 없습니다.", `<h1 dir="auto" lang="ko">빈 피드</h1>`, `<p dir="auto" lang="ko">아직 비었다</p>`},
		"/stories/3": {
			`기사 203건, 매체 2곳, 원출처 1곳 · 최초 보도: <b dir="auto">가나다통신</b>, <time`,
			`<span class="lag">1시간 35분 뒤</span>`, `<span class="lag">같은 시각</span>`, `<span class="lag">2일 3시간 뒤</span>`,
			`<span class="quiet">통신사 원문</span> <span class="quiet">기사 전문 포함</span>`, `<span class="quiet">가나다통신 기사 전재</span>`,
			`, 최초 기사</p>`, `, 수정</p>`, `이후 보도 3건은 생략했습니다.`, `이전 버전 5개는 생략했습니다.`, `<li>외 197건</li>`,
			`<li>가나다통신 (1) 기사와 같은 보도: <span lang="en">likeness 4.5</span></li>`,
			`기사와 다른 보도: <span`, `기사와 같은 사건: <span`, `제목 없음</a>`, `<span class="quiet">기사 두 건은 비슷하지만 보도 전체는 다름: <span lang="en">`,
			`등록 <time datetime="2026-03-04T05:20:00Z">2026년 3월 4일 (수) 14:20</time>: <span lang="en">no filter</span>`,
		},
	} {
		r := ask(site, "GET", path, "Accept-Language", "en")
		text := body(t, r)
		for _, want := range append(wants, `<html lang="ko">`) {
			if !strings.Contains(text, want) {
				t.Errorf("%s lacks %s", path, want)
			}
		}
		if found := foreign(t, text); len(found) > 0 {
			t.Errorf("%s says %q", path, found)
		}
		if vary := r.Header.Get("Vary"); vary != "Accept-Encoding" {
			t.Errorf("%s: Vary %q", path, vary)
		}
	}
	if text := body(t, ask(site, "GET", "/status")); !strings.Contains(text, `<html lang="en">`) || !strings.Contains(text, "All feeds") {
		t.Error("the page of our health is for the operator, in English")
	}
	cfg := config()
	for range latestFeeds {
		cfg.Feeds = append(cfg.Feeds, feed.Feed{Name: "korea", Title: "또 하나", Limit: 10})
	}
	site.Configure(cfg)
	if text := body(t, ask(site, "GET", "/")); !strings.Contains(text, `<html lang="ko">`) || strings.Contains(text, "여객선") {
		t.Error("an index of many feeds speaks their language and shows no headlines")
	}
	if found := foreign(t, `<html lang="ko"><p>RSS <b title="The story">가</b></p>`); len(found) != 1 {
		t.Errorf("found %q of one English word", found)
	}
}

func TestKoreanTimes(t *testing.T) {
	for lag, want := range map[time.Duration]string{
		20 * time.Second: "같은 시각", 12 * time.Minute: "12분 뒤", 3 * time.Hour: "3시간 뒤", 185 * time.Minute: "3시간 5분 뒤",
		48*time.Hour + 5*time.Minute: "2일 뒤", 52*time.Hour + 5*time.Minute: "2일 4시간 뒤",
	} {
		if got := korean.lag(lag); got != want {
			t.Errorf("%s: %q, want %q", lag, got, want)
		}
	}
	for states, want := range map[[2]int]string{
		{0, 0}: "설정된 뉴스 소스가 없습니다", {11, 0}: "뉴스 소스 11개, 모두 정상", {11, 1}: "뉴스 소스 12개: 오류 1, 정상 11",
	} {
		if got := korean.tally(map[string]int{"ok": states[0], "failing": states[1]}); got != want {
			t.Errorf("%v: %q, want %q", states, got, want)
		}
	}
	m := newMaker(nil, config()).speaking(korean)
	sunday := time.Date(2026, 11, 29, 5, 3, 0, 0, time.UTC)
	for beside, want := range map[time.Time]string{sunday: "14:03", sunday.AddDate(0, 0, 1): "11월 29일 14:03", {}: "2026년 11월 29일 (일) 14:03"} {
		if got := m.clock(sunday, beside).Human; got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
