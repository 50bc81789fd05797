package page

import (
	"strings"
	"testing"
	"time"

	"newswired/feed"
)

var korea = feed.Source{Name: "wire", Zone: time.FixedZone("KST", 9*60*60)}

// wirePages are pages in the forms of Korean agencies, portals and papers, and
// of a wire in English, in words of our own.
var wirePages = []struct {
	name, body                         string
	title, authors, agency, place      string
	published, updated, caption, photo string
	text                               string // paragraphs parted by " / "
}{
	{
		name: "agency in Korean",
		body: `<html lang="ko"><head><title>목포 앞바다서 여객선 침몰…승객 전원 구조 | 연합뉴스</title><meta property="og:title" content="목포 앞바다서 여객선 침몰…승객 전원 구조 | 연합뉴스"><meta property="og:site_name" content="연합뉴스"></head>
<body><header><h1><a href="/">연합뉴스</a></h1></header><main><h1 class="tit">목포 앞바다서 여객선 침몰…승객 전원 구조</h1>
<p class="update-time">송고시간 2024-02-24 10:34</p><div class="share"><button>공유</button><p>링크 복사</p><p>글자크기 설정</p></div>
<div class="reporter"><strong>홍길동 기자</strong><a href="/reporter/1">기자 페이지</a></div>
<article class="story-news"><div class="comp-box photo"><figure><img src="//img.example/PYH1.jpg" alt="x"><figcaption><strong>구조되는 승객들</strong> 24일 전남 목포 앞바다에서 승객들이 구조되고 있다. [목포해양경찰서 제공]</figcaption></figure></div>
<p>(목포=연합뉴스) 홍길동 기자 = 24일 오전 전남 목포 앞바다에서 여객선이 침몰했으나 승객 120명은 모두 구조됐다.</p>
<p>해경은 "기관실에 물이 찼다는 신고를 받고 경비함정 3척을 보냈다"고 밝혔다.</p>
<p>선사는 사고 원인을 조사하고 있다고 말했다.</p>
<p>hong@yna.example</p>
<p class="txt-copyright">&lt;저작권자(c) 연합뉴스, 무단 전재-재배포 금지, AI 학습 및 활용 금지&gt; 2024/02/24 10:34 송고</p>
<p>제보는 카카오톡 okjebo</p></article>
<aside><h2>많이 본 뉴스</h2><ol><li><a href="/2">다른 뉴스</a></li></ol></aside></main></body></html>`,
		title: "목포 앞바다서 여객선 침몰…승객 전원 구조", authors: "홍길동", agency: "Yonhap", place: "목포", published: "2024-02-24T01:34:00Z",
		caption: "구조되는 승객들 24일 전남 목포 앞바다에서 승객들이 구조되고 있다.", photo: "목포해양경찰서",
		text: `(목포=연합뉴스) 홍길동 기자 = 24일 오전 전남 목포 앞바다에서 여객선이 침몰했으나 승객 120명은 모두 구조됐다. / 해경은 "기관실에 물이 찼다는 신고를 받고 경비함정 3척을 보냈다"고 밝혔다. / 선사는 사고 원인을 조사하고 있다고 말했다.`,
	},
	{
		name: "portal",
		body: `<html lang="ko"><head><meta property="og:title" content="여객선 침몰…승객 전원 구조"><meta property="og:site_name" content="항구일보"><meta property="og:article:author" content="항구일보 | 포털"></head>
<body><div class="media_end_head"><h2 id="title_area"><span>여객선 침몰…승객 전원 구조</span></h2>
<div class="info"><span class="stamp">입력</span><span class="_DATE" data-date-time="2024-02-24 10:34:00">2024.02.24. 오전 10:34</span></div>
<div class="info"><span class="stamp">수정</span><span class="_MODIFY">2024.02.24. 오후 1:05</span></div>
<em class="media_journalist_name">성춘향 기자</em></div>
<article id="dic_area"><span class="end_photo_org"><img src="/p.jpg"><em class="img_desc">목포항에 모인 가족들. /연합뉴스</em></span>24일 오전 전남 목포 앞바다에서 여객선이 침몰했으나 승객 120명은 모두 구조됐다.<br><br>해경은 “기관실에 물이 찼다는 신고를 받았다”고 밝혔다.<br><br>선사는 사고 원인을 조사하고 있다고 말했다. 성춘향 기자 sung@harbor.example</article>
<div class="byline"><p>성춘향 기자 sung@harbor.example</p></div><p class="copyright">Copyright ⓒ 항구일보. All rights reserved. 무단 전재 및 재배포 금지.</p>
<p>이 기사는 언론사에서 사회 섹션으로 분류했습니다.</p></body></html>`,
		title: "여객선 침몰…승객 전원 구조", authors: "성춘향", published: "2024-02-24T01:34:00Z", updated: "2024-02-24T04:05:00Z",
		caption: "목포항에 모인 가족들.", photo: "연합뉴스",
		text: `24일 오전 전남 목포 앞바다에서 여객선이 침몰했으나 승객 120명은 모두 구조됐다. / 해경은 “기관실에 물이 찼다는 신고를 받았다”고 밝혔다. / 선사는 사고 원인을 조사하고 있다고 말했다.`,
	},
	{
		name: "second agency in Korean",
		body: `<html lang="ko"><head><title>여객선 침몰…승객 전원 구조 :: 공감언론 뉴시스 ::</title></head><body><div class="articleView"><h1 class="tit title_area">여객선 침몰…승객 전원 구조</h1>
<div class="infoLine"><p class="txt"><span>등록 2024.02.24 10:34:00</span><span>수정 2024.02.24 11:00:00</span></p></div>
<div class="viewer"><article><div class="summury"><strong>선사 "원인 조사"</strong></div>
<div class="thumCont"><img src="/i.jpg" width="720"><p class="photojournal">[목포=뉴시스] 홍길동 기자 = 24일 목포항에서 구조된 승객들이 내리고 있다. 2024.02.24. photo@newsis.example *재판매 및 DB 금지</p></div>
<br>[목포=뉴시스]홍길동 기자 = 24일 오전 전남 목포 앞바다에서 여객선이 침몰했으나 승객 120명은 모두 구조됐다.<br><br>해경은 "기관실에 물이 찼다는 신고를 받았다"고 밝혔다.<br><br>선사는 사고 원인을 조사하고 있다고 말했다.<br><br>◎공감언론 뉴시스 hong@newsis.example</article></div></div></body></html>`,
		title: "여객선 침몰…승객 전원 구조", agency: "Newsis", place: "목포", published: "2024-02-24T01:34:00Z", updated: "2024-02-24T02:00:00Z",
		caption: "24일 목포항에서 구조된 승객들이 내리고 있다. 2024.02.24.", photo: "뉴시스",
		text: `[목포=뉴시스]홍길동 기자 = 24일 오전 전남 목포 앞바다에서 여객선이 침몰했으나 승객 120명은 모두 구조됐다. / 해경은 "기관실에 물이 찼다는 신고를 받았다"고 밝혔다. / 선사는 사고 원인을 조사하고 있다고 말했다.`,
	},
	{
		name: "wire in English",
		body: `<html lang="en"><head><title>(LEAD) Ferry sinks off Mokpo, all rescued | Yonhap News Agency</title><meta property="og:title" content="(LEAD) Ferry sinks off Mokpo, all rescued | Yonhap News Agency"><meta name="author" content="hong"><meta property="og:site_name" content="Yonhap News Agency">
<script type="application/ld+json">{"@context":"http://schema.org","@type":"NewsArticle","headline":"(LEAD) Ferry sinks off Mokpo, all rescued","datePublished":"2024-02-24T10:34:00+09:00","dateModified":"2024-02-24T11:00:00+09:00","author":{"@type":"Organization","name":"Yonhap News Agency"},"publisher":{"@type":"Organization","name":"Yonhap News Agency"},"image":"https://img.example/logo_en.jpg"}</script></head>
<body><nav><a href="/">Home</a></nav><article><h1>(LEAD) Ferry sinks off Mokpo, all rescued</h1><div class="txt-time">All News 10:34 February 24, 2024</div>
<p>(ATTN: UPDATES with details from 3rd para)</p><p>By Hong Gil-dong</p>
<p>SEOUL, Feb. 24 (Yonhap) -- A ferry sank off Mokpo on Saturday and all 120 aboard were rescued, the coast guard said.</p>
<p>"We sent three ships," an official said. "The sea was calm."</p>
<figure><img src="/photo.jpg" alt=""><figcaption>Passengers leave a ship of the coast guard in Mokpo on Feb. 24, 2024. (Yonhap)</figcaption></figure>
<p>The owner said it was looking into the cause.</p>
<p>hong@yna.example</p><p>(END)</p>
<section class="keyword-zone"><h2>Keywords</h2><ul><li><a href="/k">#ferry</a></li></ul></section><div class="related-zone"><h2>Related Articles</h2><ul><li><a href="/r">Another</a></li></ul></div></article></body></html>`,
		title: "(LEAD) Ferry sinks off Mokpo, all rescued", authors: "Hong Gil-dong", agency: "Yonhap", place: "SEOUL", published: "2024-02-24T01:34:00Z", updated: "2024-02-24T02:00:00Z",
		caption: "Passengers leave a ship of the coast guard in Mokpo on Feb. 24, 2024.", photo: "Yonhap",
		text: `SEOUL, Feb. 24 (Yonhap) -- A ferry sank off Mokpo on Saturday and all 120 aboard were rescued, the coast guard said. / "We sent three ships," an official said. "The sea was calm." / The owner said it was looking into the cause.`,
	},
	{
		name: "wire in a paper",
		body: `<html lang="en"><head><title>Ferry sinks off Mokpo - The Harbor Times</title><meta name="author" content="AP"><meta property="article:published_time" content="2024-02-24T10:34:00"></head>
<body><div id="story"><h1>Ferry sinks off Mokpo</h1><div class="meta"><span>Associated Press</span></div>
<p>MOKPO, South Korea (AP) — A ferry sank off Mokpo on Saturday and all 120 aboard were rescued, the coast guard said.</p>
<p>The owner, a company in Seoul, said it was looking into the cause of it. It has four more ferries of the kind.</p><p>Read more: <a href="/x">All our stories about ferries</a></p><p>Copyright 2024 The Harbor Times. All rights reserved.</p></div></body></html>`,
		title: "Ferry sinks off Mokpo", agency: "AP", place: "MOKPO", published: "2024-02-24T01:34:00Z",
		text: `MOKPO, South Korea (AP) — A ferry sank off Mokpo on Saturday and all 120 aboard were rescued, the coast guard said. / The owner, a company in Seoul, said it was looking into the cause of it. It has four more ferries of the kind.`,
	},
}

func TestReadWires(t *testing.T) {
	for _, w := range wirePages {
		t.Run(w.name, func(t *testing.T) {
			p, err := Read([]byte(w.body), "text/html", "https://news.example.kr/view/1", korea)
			if err != nil {
				t.Fatal(err)
			}
			var names []string
			for _, a := range p.Authors {
				names = append(names, a.Name)
			}
			stamp := func(at time.Time) string {
				if at.IsZero() {
					return ""
				}
				return at.UTC().Format(time.RFC3339)
			}
			for what, pair := range map[string][2]string{
				"title": {p.Title, w.title}, "authors": {strings.Join(names, ", "), w.authors}, "agency": {p.Credit.Agency, w.agency}, "place": {p.Credit.Place, w.place},
				"published": {stamp(p.Published), w.published}, "updated": {stamp(p.Updated), w.updated}, "caption": {p.Picture.Caption, w.caption}, "photo": {p.Picture.Credit, w.photo},
				"text": {strings.ReplaceAll(p.Text, "\n\n", " / "), w.text},
			} {
				if pair[0] != pair[1] {
					t.Errorf("%s:\ngot  %q\nwant %q", what, pair[0], pair[1])
				}
			}
		})
	}
}

// Who wrote it: the agency in the text, else in the byline, else in a line for
// that; who took the picture is another matter.
func TestCredit(t *testing.T) {
	const more = "<p>The owner said that it was looking into the cause, and that it has four more of the kind.</p>"
	for _, test := range []struct{ before, after, agency, text string }{
		{"", "<p>All 120 aboard were rescued from the sea within an hour. (Yonhap)</p>", "Yonhap", "(Yonhap)"},
		{"", "<p>All 120 aboard were rescued from the sea within an hour. (AP)</p><p>Related Articles</p><ul><li><a href=/x>x</a></ul>", "AP", "(AP)"},
		{"<p>By Yonhap</p>", "", "Yonhap", "By Yonhap"},
		{"<div class=byline>Reuters</div>", "", "Reuters", "Reuters"},
		{"<p>Source: Xinhua</p>", "", "Xinhua", "Xinhua"},
		{"<div><span>来源：</span><span>新华社</span></div>", "", "Xinhua", "新华社"},
		{"<p>출처 : 연합뉴스</p>", "", "Yonhap", "연합뉴스"},
		{"<figure><img src=/a.jpg><figcaption>The ferry on Saturday. (Reuters-Yonhap)</figcaption></figure>", "", "", ""},
		{"<p>By Jane Doe</p>", "<p>Yonhap reported that the captain had left first, and (AP) said so too.</p>", "", ""},
	} {
		p := readHead(t, "<title>Ferry sinks</title>", test.before+sentence+more, feed.Source{})
		if test.after != "" {
			p, _ = Read([]byte("<title>Ferry sinks</title>"+test.before+sentence+more+test.after), "", "https://herald.example/a", feed.Source{})
		}
		if p.Credit.Agency != test.agency || p.Credit.Text != test.text || strings.Contains(p.Text, "(Yonhap)") {
			t.Errorf("%s%s: %+v", test.before, test.after, p.Credit)
		}
	}
}

func TestNames(t *testing.T) {
	for line, want := range map[string]string{
		"By Hong Gil-dong and Sung Chun-hyang":              "Hong Gil-dong|Sung Chun-hyang",
		"By  Hong Gil-dong, Harbor Times":                   "Hong Gil-dong",
		"Hong Gil-dong, Sung Chun-hyang, and Jane Doe, CNN": "Hong Gil-dong|Sung Chun-hyang|Jane Doe",
		"By Jane Doe, Political Editor":                     "Jane Doe",
		"Jane Doe":                                          "Jane Doe",
		"홍길동 기자":                                            "홍길동",
		"홍길동·성춘향 기자 hong@example.com":                       "홍길동|성춘향",
		"순천, 광양 홍길동 기자 hong@example.com":                    "홍길동",
		"정치부 홍길동 선임기자":                                      "홍길동",
		"홍길동 기자, 성춘향 기자":                                    "홍길동|성춘향",
		"(서울=연합뉴스)":                                         "",
		"Jane Doe og Trine Juncher Jørgensen":               "Jane Doe|Trine Juncher Jørgensen",
		"https://www.facebook.com/harbor":                   "",
		"Posted 3 hours ago":                                "",
		"admin":                                             "",
		"herald.example":                                    "",
		"Tuesday, Aug. 17":                                  "",
		"Ruby Tuesday":                                      "Ruby Tuesday",
		"山田太郎、鈴木花子":                                         "山田太郎|鈴木花子",
	} {
		sig := signature{outlets: []string{"CNN", "Harbor Times"}}
		sig.add(line)
		var got []string
		for _, p := range sig.people {
			got = append(got, p.Name)
		}
		if s := strings.Join(got, "|"); s != want {
			t.Errorf("%q: %q, want %q", line, s, want)
		}
	}
}
