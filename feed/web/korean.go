package web

import (
	"fmt"
	"strings"
	"time"

	"newswired/feed"
)

// korean is the row of Korean, in the words of Korean news sites. Values come after
// a colon or before a noun of ours: what particle a name takes depends on its last
// sound, which nobody knows of a foreign one.
var korean = speaking(language{
	tag:     "ko",
	days:    strings.NewReplacer("Mon", "월", "Tue", "화", "Wed", "수", "Thu", "목", "Fri", "금", "Sat", "토", "Sun", "일"),
	layouts: layouts{hour: "15:04", date: "1월 2일 15:04", dated: "2006년 1월 2일 (Mon) 15:04", day: "2006년 1월 2일 (Mon)"},
	counted: koreanCounted, lag: koreanLag, tally: koreanTally,
	words: koreanWords,
})

var koreanWords = map[string]string{
	// On every page.
	"Site":             "사이트 메뉴",
	"All feeds":        "전체 피드",
	"Times are in %s.": "시각은 %s 기준입니다.",
	"local time":       "서버 시간대",
	"Made by":          "제공:",
	"News and headlines belong to their outlets.": "기사와 제목의 저작권은 각 매체에 있습니다.",
	"Subscribe":                           "구독",
	"Subscribe to %s":                     "구독: %s",
	"Subscribe to %s in your feed reader": "구독: %s (피드 리더로 열기)",
	"%s of %s":                            "%s: %s",
	"Address of %s, to copy into a feed reader": "피드 리더에 붙여 넣을 주소: %s",
	"The story":   "매체별 보도",
	"Nothing yet": "아직 기사 없음",

	// The feeds.
	"News wires, followed and merged: every report once, with everyone who carries it.": "여러 통신사와 언론사의 뉴스를 모아 같은 보도는 한 번만, 보도한 매체는 모두 보여 드립니다.",
	"Feeds":                  "피드",
	"Last news":              "최신 기사",
	"No feed is configured.": "설정된 피드가 없습니다.",
	"All of them as OPML":    "전체 피드 OPML",
	", for readers that subscribe to many at once.": ": 피드 리더에서 한꺼번에 구독할 때 쓰세요.",
	"Sources":                        "뉴스 소스",
	"How each of them is":            "소스별 상태 (영어)",
	"%s by push":                     "실시간 푸시 %s",
	", %d of them cannot be reached": " (이 중 %d곳 연결 안 됨)",

	// A feed.
	", updated": ", 수정",
	"Nothing yet. The first entries come with the next poll that finds something for this feed.": "아직 기사가 없습니다. 이 피드에 맞는 기사가 수집되면 여기에 표시됩니다.",

	// A story.
	"; first carried by":                 " · 최초 보도:",
	"Who carries it":                     "보도한 매체",
	"seen, no date":                      "확인, 날짜 없음",
	"with its page’s text":               "기사 전문 포함",
	"And %d later ones.":                 "이후 보도 %d건은 생략했습니다.",
	"What changed":                       "수정 내역",
	"%d earlier versions are not shown.": "이전 버전 %d개는 생략했습니다.",
	"Why it is one story":                "같은 보도로 묶은 근거",
	"and %d more":                        "외 %d건",
	"in common with others":              "다른 기사와의 공통점",
	"Related stories":                    "관련 보도",
	"two articles are alike, but not the stories as a whole:": "기사 두 건은 비슷하지만 보도 전체는 다름:",
	"In these feeds":          "이 보도가 실린 피드",
	"since":                   "등록",
	"Untitled":                "제목 없음",
	"another report than %s:": "%s 기사와 다른 보도:",
	"the same report as %s:":  "%s 기사와 같은 보도:",
	"about the event of %s:":  "%s 기사와 같은 사건:",
	"a further article":       "후속 기사",
	"first version":           "최초 기사",
	"revised":                 "수정",
	"the agency itself":       "통신사 원문",
	"by %s":                   "%s 기사 전재",

	// What is counted, and in which state sources are.
	"article":    "기사 %d건",
	"outlet":     "매체 %d곳",
	"origin":     "원출처 %d곳",
	"subscriber": "구독 %d곳",
	"source":     "뉴스 소스 %d개",
	"failing":    "오류",
	"stopped":    "수집 중단",
	"offline":    "네트워크 끊김",
	"new":        "수집 전",
	"ok":         "정상",
	"removed":    "제외됨",
}

// koreanCounted names the thing before its number, with the counter that it takes.
func koreanCounted(n int, thing string) string { return fmt.Sprintf(koreanWords[thing], n) }

// koreanLag tells how much later something was: "12분 뒤", "3시간 5분 뒤", "2일 뒤".
func koreanLag(d time.Duration) string {
	d = d.Round(time.Minute)
	parts := []struct {
		n    int
		unit string
	}{{int(d / (24 * time.Hour)), "일"}, {int(d.Hours()) % 24, "시간"}, {int(d.Minutes()) % 60, "분"}}
	var b strings.Builder
	for i, p := range parts {
		if p.n > 0 && (i < 2 || parts[0].n == 0) { // minutes don't matter after days
			fmt.Fprintf(&b, "%d%s ", p.n, p.unit)
		}
	}
	if b.Len() == 0 {
		return "같은 시각"
	}
	return b.String() + "뒤"
}

// koreanTally counts Sources by their state, what needs a person first:
// "뉴스 소스 12개: 오류 1, 정상 11".
func koreanTally(states map[string]int) string {
	total, parts := 0, []string{}
	for _, state := range feed.States {
		if n := states[state]; n > 0 {
			total += n
			parts = append(parts, fmt.Sprintf("%s %d", koreanWords[state], n))
		}
	}
	switch {
	case total == 0:
		return "설정된 뉴스 소스가 없습니다"
	case len(parts) == 1:
		state, _, _ := strings.Cut(parts[0], " "+fmt.Sprint(total))
		return koreanCounted(total, "source") + ", 모두 " + state
	}
	return koreanCounted(total, "source") + ": " + strings.Join(parts, ", ")
}
