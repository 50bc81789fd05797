package feed

import "strings"

// tellsNews reports whether a sentence that an agency signs, "(Reuters)", is a short
// print of its report. Most often it is the caption of a photo, which does not say who
// wrote the text: captions say what is to be seen, in the present or without a verb,
// and reports what happened. What is neither is taken for a caption.
//
//	A ferry sank off Mokpo after it hit a rock.            true
//	The port is closed, the coast guard said.              true
//	A ferry that sank off Mokpo is lifted on Friday.       false
//	The ferry off Mokpo on Friday                          false
//	여객선이 침몰했다.                                         true
//	승객들이 배에서 내리고 있다.                                false
func tellsNews(text string) bool {
	text = strings.TrimSpace(text)
	for _, word := range captionWords {
		if strings.Contains(text, word) {
			return false
		}
	}
	for _, end := range captionEnds {
		if strings.HasSuffix(text, end) {
			return false
		}
	}
	if strings.HasSuffix(text, "다.") || strings.HasSuffix(text, "。") {
		return true
	}
	if !strings.HasSuffix(text, ".") {
		return false
	}
	return tellsPast(text)
}

// captionWords point at a picture.
var captionWords = []string{"photo", "Photo", "PHOTO", "FILE", "image", "Image", "picture", "screenshot", "(left", "(right", "(center", "left,", "right,", "center,",
	" seen ", " shows ", " show ", "사진", "모습이다", "写真", "图为", "图片", "＝"}

// tellsPast reports whether an English sentence says what happened: a verb of the
// past before any clause that depends on another, or words for who says so.
func tellsPast(sentence string) bool {
	words := strings.Fields(sentence)
	main := true
	for i, word := range words {
		next := ""
		if i+1 < len(words) {
			next = strings.ToLower(words[i+1])
		}
		bare := strings.ToLower(strings.Trim(word, `,.;:"'“”‘’()`))
		switch {
		case bare == "said" || bare == "according" && next == "to":
			return true
		case subordinators[bare]:
			main = false
		case main && (pastVerbs[bare] || strings.HasSuffix(bare, "ed") && len(bare) > len("need") && (objects[next] || next != "" && next[0] >= '0' && next[0] <= '9')):
			return true
		}
	}
	return false
}

// wordSet returns the words of a text as a set.
func wordSet(text string) map[string]bool {
	set := make(map[string]bool)
	for word := range strings.FieldsSeq(text) {
		set[word] = true
	}
	return set
}

var (
	// subordinators begin a clause that depends on another.
	subordinators = wordSet("that which who whom whose where when while as after before since because if though although until once")
	// pastVerbs are verbs of the past that no participle is like, and those that go
	// before another.
	pastVerbs = wordSet("was were had did has have will would could may might should rose fell sank came became began broke went gave grew knew " +
		"saw shook spoke swore took drove flew drew wrote withdrew died won told urged vowed warned agreed says " +
		"announced apologized pledged surpassed climbed jumped dropped slipped surged soared plunged tumbled")
	// objects begin what a verb has as its object. Behind a participle there is none:
	// "damaged by", "dressed in".
	objects = wordSet("a an the its his her their it him them this these those that to up down more at least about over nearly almost " +
		"two three four five six seven eight nine ten dozens hundreds thousands")
)
