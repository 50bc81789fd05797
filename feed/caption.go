package feed

import (
	"slices"
	"strings"
)

// captionEnds are how Korean papers end the caption of a photo, which many feeds
// give as the beginning of the text.
var captionEnds = [...]string{"있다.", "모습."}

// withoutBareCaption takes a caption off the start of a text where it is
// followed by whom the photo is from, without brackets: "…있다. 국회사진기자단",
// "…모습. 서울시 제공", "…있다. 한수빈 기자". The bracketed ones are furniture like
// others. Where hardly anything follows, what stands before is the report, and
// its last sentence alone is taken off: a print may end in "/연합뉴스".
func withoutBareCaption(text string) string {
	const longestName = 30 // bytes
	for _, end := range captionEnds {
		i := strings.Index(text, end)
		if i < 0 || i > captionReach {
			continue
		}
		caption := text[:i+len(end)]
		name, after, _ := strings.Cut(strings.TrimLeft(text[len(caption):], " /|"), " ")
		switch role, rest, _ := strings.Cut(after, " "); {
		case slices.Contains(photoAgencies, name) || strings.HasSuffix(name, "사진기자단") || strings.HasSuffix(name, "제공"):
		case len(name) <= longestName && (role == "기자" || role == "제공"):
			after = rest
		default:
			continue
		}
		if len(after) < captionLeft {
			return strings.TrimSpace(caption[:lastSentence(caption)] + " " + after)
		}
		return after
	}
	return text
}
