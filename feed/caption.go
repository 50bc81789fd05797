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
// others.
func withoutBareCaption(text string) string {
	const longestName = 30 // bytes
	for _, end := range captionEnds {
		i := strings.Index(text, end)
		if i < 0 || i > captionReach {
			continue
		}
		name, after, _ := strings.Cut(strings.TrimLeft(text[i+len(end):], " /|"), " ")
		if slices.Contains(photoAgencies, name) || strings.HasSuffix(name, "사진기자단") || strings.HasSuffix(name, "제공") {
			return after
		}
		if role, rest, _ := strings.Cut(after, " "); len(name) <= longestName && (role == "기자" || role == "제공") {
			return rest
		}
	}
	return text
}
