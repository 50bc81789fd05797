package feed

import "strings"

// negates reports whether a headline says that something is not so.
func negates(us []unit) bool {
	for i, u := range us {
		// 未 says "not yet", but for 未来 (future) and a few like it.
		if u.char == '未' && (i+1 == len(us) || !strings.ContainsRune("来來明成満然", us[i+1].char)) {
			return true
		}
		if u.kind == word && (negations[u.hash] || strings.HasSuffix(u.text, "n't")) {
			return true
		}
		if u.kind == character && i+1 < len(us) && negativePairs[string([]rune{u.char, us[i+1].char})] {
			return true
		}
	}
	return false
}

// negations are English words of headlines that say no.
var negations = func() map[uint32]bool {
	m := make(map[uint32]bool)
	for _, w := range strings.Fields("not no never without deny denies denied denying rejects rejected refuses refused fails failed unlikely cannot") {
		m[hashText(w)] = true
	}
	return m
}()

// negativePairs are pairs of characters that do so in Korean, Japanese and Chinese.
var negativePairs = map[string]bool{
	"않다": true, "않는": true, "않아": true, "않을": true, "안해": true, "못해": true, "부인": true, "아니": true, "거부": true, "무산": true, "否認": true, "否认": true,
}
