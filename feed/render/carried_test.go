package render

import "testing"

func TestAlsoCarried(t *testing.T) {
	two := []Carrier{{Outlet: "A & B", Link: "https://a.example/?x=1&y=2"}, {Outlet: "C", Link: "https://c.example/"}}
	const a, c = `<a href="https://a.example/?x=1&amp;y=2">A &amp; B</a>`, `<a href="https://c.example/">C</a>`
	for language, want := range map[string]string{
		"en-GB":      `<p class="carriers" lang="en">Also carried by ` + a + ", " + c + ".</p>",
		"":           `<p class="carriers" lang="en">Also carried by ` + a + ", " + c + ".</p>",
		"fr":         `<p class="carriers" lang="en">Also carried by ` + a + ", " + c + ".</p>",
		"ko-KR":      `<p class="carriers" lang="ko">함께 보도한 매체: ` + a + ", " + c + "</p>",
		"ja":         `<p class="carriers" lang="ja">ほかの掲載媒体：` + a + "、" + c + "</p>",
		"zh-CN":      `<p class="carriers" lang="zh">同样刊载的媒体：` + a + "、" + c + "</p>",
		"zh-Hans-HK": `<p class="carriers" lang="zh">同样刊载的媒体：` + a + "、" + c + "</p>",
		"zh-TW":      `<p class="carriers" lang="zh-Hant">同樣刊載的媒體：` + a + "、" + c + "</p>",
		"zh-Hant":    `<p class="carriers" lang="zh-Hant">同樣刊載的媒體：` + a + "、" + c + "</p>",
	} {
		if got := alsoCarried(two, language); got != want {
			t.Errorf("%q: got  %s\nwant %s", language, got, want)
		}
	}
	if got := alsoCarried(nil, "ko"); got != "" {
		t.Errorf("nobody else: %q", got)
	}
}
