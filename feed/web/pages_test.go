package web

import (
	"strings"
	"testing"
)

func TestPages(t *testing.T) {
	site, _ := newSite(newLibrary())
	for path, wants := range map[string][]string{
		"/": {
			`<link rel="alternate" type="application/atom+xml" title="Korea, every wire once (Atom)" href="https://news.example.org/feeds/korea.atom">`,
			`<link rel="alternate" type="application/feed+json" title="Nothing &lt;yet&gt; (JSON Feed)" href="https://news.example.org/feeds/empty.json">`,
			`<a href="https://news.example.org/feeds/korea.rss" type="application/rss+xml" aria-label="RSS of Korea, every wire once">RSS</a>`,
			`<a class="main" href="feed:https://news.example.org/feeds/korea.atom"`,
			`<input type="text" readonly value="https://news.example.org/feeds/korea.atom"`,
			`<a class="story" href="stories/3" aria-label="The story: (LEAD) Ferry`,
			`<a href="feeds/korea">Korea, every wire once</a>`,
			`<time datetime="2026-03-04T05:20:00Z">4 Mar 2026 14:20</time>`,
			`<p>5 sources: 1 failing, 1 offline, 1 new, 1 ok, 1 removed. <a href="status">`,
			`Times are in Asia/Seoul`,
		},
		"/feeds/korea": {
			`<link rel="alternate" type="application/rss+xml" title="Korea, every wire once (RSS)" href="https://news.example.org/feeds/korea.rss">`,
			`<link rel="stylesheet" href="../style.css">`,
			`<h3 dir="auto" lang="en"><a href="https://outlet0.example/3">(LEAD) Ferry to Ulleung resumes &lt;b&gt;after&lt;/b&gt; storm</a></h3>`,
			`<time datetime="2026-03-04T05:10:00Z">14:10</time>, updated <time datetime="2026-03-04T05:40:00Z">14:40</time>`,
			`<a href="https://outlet2.example/3" title="울릉도 여객선 운항 재개" lang="ko" dir="auto">가나다일보</a>`,
			`<p dir="auto" lang="ko">서울 지하철`,
			`<a class="story" href="../stories/2"`,
			`<h3 dir="auto">A report without a page of its own</h3>`,
			`<time datetime="2026-03-03">Tuesday 3 March 2026</time>`,
		},
		"/feeds/empty": {"Nothing yet"},
	} {
		text := body(t, ask(site, "GET", path))
		for _, want := range wants {
			if !strings.Contains(text, want) {
				t.Errorf("%s lacks %s", path, want)
			}
		}
		for _, bad := range []string{"<script", "javascript:", "ZgotmplZ", "<b>after", "<img", "style="} {
			if strings.Contains(text, bad) {
				t.Errorf("%s contains %s", path, bad)
			}
		}
	}
}
