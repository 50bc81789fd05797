package render

import (
	"html"
	"strings"

	"newswired/feed"
)

// A wording is how a language says who else carries a report.
type wording struct{ tag, before, between, after string }

// wordings has the languages that wires of East Asia publish in; every other
// Entry has the line in English, which says that it is English.
var wordings = map[string]wording{
	"en":      {"en", "Also carried by ", ", ", "."},
	"ko":      {"ko", "함께 보도한 매체: ", ", ", ""},
	"ja":      {"ja", "ほかの掲載媒体：", "、", ""},
	"zh":      {"zh", "同样刊载的媒体：", "、", ""},
	"zh-hant": {"zh-Hant", "同樣刊載的媒體：", "、", ""},
}

// wordingOf finds the wording for a BCP 47 tag:
//
//	ko, ko-KR                    ko
//	zh, zh-CN, zh-Hans-HK        zh
//	zh-TW, zh-HK, zh-Hant        zh-Hant
//	fr, ""                       en
func wordingOf(language string) wording {
	tag := strings.ToLower(language)
	first, rest, _ := strings.Cut(tag, "-")
	if first == "zh" && !strings.Contains(rest, "hans") {
		for _, part := range []string{"hant", "tw", "hk", "mo"} {
			if strings.Contains(rest, part) {
				return wordings["zh-hant"]
			}
		}
	}
	if w, ok := wordings[first]; ok {
		return w
	}
	return wordings["en"]
}

// Spoken returns in which language people are told about what is in another, both
// as BCP 47 tags: "ko" for ko-KR, "en" if there is no better one.
func Spoken(tag string) string { return wordingOf(language(tag)).tag }

// alsoCarried is the last line of an Entry's body, "" if nobody else has it. It
// is written after the body was sanitised, from values that are clean already.
func alsoCarried(carriers []Carrier, language string) string {
	if len(carriers) == 0 {
		return ""
	}
	w := wordingOf(language)
	var b strings.Builder
	b.WriteString(`<p class="` + feed.CarriersClass + `" lang="` + w.tag + `">` + w.before)
	for i, c := range carriers {
		if i > 0 {
			b.WriteString(w.between)
		}
		b.WriteString(`<a href="` + html.EscapeString(c.Link) + `">` + html.EscapeString(c.Outlet) + `</a>`)
	}
	b.WriteString(w.after + "</p>")
	return b.String()
}
