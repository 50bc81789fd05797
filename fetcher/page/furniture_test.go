package page

import (
	"strings"
	"testing"

	"newswired/feed"
)

// Every line of the tables is furniture, with other case and punctuation too.
func TestLineRows(t *testing.T) {
	for _, row := range lineRows {
		for _, line := range row.lines {
			if line != strings.ToLower(line) {
				t.Errorf("%s: %q is not in lower case", row.language, line)
			}
			if row.how == offered {
				if offerIn("To read on: "+line) == "" {
					t.Errorf("%s: %q offers nothing", row.language, line)
				}
				continue
			}
			for _, text := range []string{line, strings.ToUpper(line) + ":", "▶ " + line} {
				if row.how == begins {
					text = line + " 1 x"
				}
				if fateOf(text) == stays {
					t.Errorf("%s: %q stays", row.language, text)
				}
			}
		}
	}
}

// What only begins or sounds like furniture stays.
func TestFateOfReports(t *testing.T) {
	for _, line := range []string{
		"Share prices fell in Seoul on Monday.",
		"More than 120 people were rescued.",
		"Video of the rescue was shown on state television.",
		"Related charges were dropped in May.",
		"Subscribers of the network had no service for an hour.",
		"Follow-up talks are planned for June.",
		"Contact with the ferry was lost at 10 a.m., the coast guard said.",
		"Listening devices were found in the embassy.",
		"\"Read my lips,\" the mayor said.",
		"Comments by the minister drew criticism.",
		"공유 경제 기업들이 목포에 모였다.",
		"광고 시장이 지난해보다 3% 커졌다.",
		"구독 경제가 자란다.",
		"관련 업계는 이를 반겼다.",
		"분享",
		strings.Repeat("Read more: a sentence that is a paragraph. ", 8),
	} {
		if got := fateOf(line); got != stays {
			t.Errorf("%q is %d, want it to stay", line, got)
		}
	}
}

// What stands before and behind the text, and between its paragraphs.
func TestClean(t *testing.T) {
	const first = "A ferry sank off Mokpo on Sunday, and all who were aboard were rescued, the coast guard said."
	const last = "The owner said that it was looking into the cause, and that it has four more of the kind."
	want := first + "\n\n" + last
	for name, body := range map[string]string{
		"headline again":    "<h1>Ferry sinks off Mokpo, all rescued</h1><h2>Ferry sinks off Mokpo, all rescued</h2><p>" + first + "</p><p>" + last,
		"section and times": "<div>World</div><div>Updated 3 hours ago</div><p>" + first + "</p><p>" + last,
		"copy prompts":      "<p>Link copied</p><p>" + first + "</p><p>Advertisement</p><p>" + last,
		"what else to read": "<p>" + first + "</p><p><a href=/x>Another ferry sinks off Jeju, none is rescued</a></p><p>" + last,
		"read more":         "<p>" + first + "</p><p>READ MORE: <a href=/x>Another ferry sinks</a></p><p>" + last,
		"links at the end":  "<p>" + first + "</p><p>" + last + "</p><p>Related Articles</p><ul><li><a href=/a>One</a><li><a href=/b>Two</a></ul>",
		"mail":              "<p>" + first + "</p><p>" + last + "</p><p>Hong Gil-dong hong@example.com</p>",
		"the end":           "<p>" + first + "</p><p>" + last + " (END)</p>",
		"notice":            "<p>" + first + "</p><p>" + last + "</p><p>Copyright ⓒ The Harbor Herald. All rights reserved. 무단 전재-재배포 금지</p>",
		"line breaks":       "<div>" + first + "<br><br>" + last + "<br><br>Link copied</div>",
		"divs":              "<div><div>" + first + "</div><div>" + last + "</div></div>",
		"share bar":         "<div class='article-share-bar'><p>Tell your friends about it, on all the networks that there are, now.</p></div><p>" + first + "</p><p>" + last,
		"newsletter":        "<p>" + first + "</p><div class=newsletter-signup><p>Get the best of our stories every morning, in your mail, for nothing at all.</p></div><p>" + last,
		"caption":           "<figure><img src=/a.jpg><figcaption>The ferry on Saturday. (Reuters-Yonhap)</figcaption></figure><p>" + first + "</p><p>" + last,
		"bare caption":      "<div><img src=/a.jpg><div>The ferry on Saturday. (Reuters-Yonhap)</div></div><p>" + first + "</p><p>" + last,
		"twice":             "<p>" + first + "</p><p>" + first + "</p><p>" + last,
		"aside":             "<p>" + first + "</p><aside><p>Ferries carried 14 million people last year, more than ever before in Korea.</p></aside><p>" + last,
		"hidden":            "<p>" + first + "</p><p style='display: none'>Ferries carried 14 million people last year, more than ever before.</p><p>" + last,
	} {
		page := "<html><head><title>Ferry sinks off Mokpo, all rescued</title></head><body><article>" + body + "</article></body></html>"
		p, err := Read([]byte(page), "", "https://herald.example/a", feed.Source{})
		if err != nil || p.Text != want {
			t.Errorf("%s: %v\n%s", name, err, p.Text)
		}
	}
}

// News about subscribers offers nothing.
func TestOfferIn(t *testing.T) {
	for _, line := range []string{
		"넷플릭스의 유료 구독자가 3억 명을 넘었다.",
		"The paper has 120,000 subscribers, and wants more.",
		"프리미엄 회원권이 50% 올랐다.",
		"Students subscribe to the view that reading helps.",
	} {
		if offer := offerIn(line); offer != "" {
			t.Errorf("%q offers %q", line, offer)
		}
	}
}
