package feed

import (
	"slices"
	"strings"
)

// lists reports whether a body begins by saying that a list follows. Two lists of
// one Source begin alike, whatever is in them.
func lists(body []unit) bool {
	var start strings.Builder
	for _, u := range body[:min(len(body), listingUnits)] {
		start.WriteString(strings.ToLower(u.text))
		if u.kind == character {
			start.WriteRune(u.char)
		}
	}
	s := start.String()
	return slices.ContainsFunc(listings, func(l string) bool { return strings.HasPrefix(s, l) })
}

// listingUnits is how many words or characters the longest of listings has.
const listingUnits = 3

// listings are how a wire announces a list, without spaces: "The following is the
// first summary of major stories" (Yonhap), "The following proposed securities
// offerings were filed" (Reuters, 1987), 다음은 오늘의 주요 일정 (연합뉴스), 以下は,
// 以下是 (新华).
var listings = []string{"thefollowing", "followingis", "followingare", "다음은", "以下は", "以下是"}
