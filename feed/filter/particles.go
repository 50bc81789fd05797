package filter

import (
	"strings"
	"unicode/utf8"
)

// What a particle asks of the syllable before it.
type ending uint8

const (
	always     ending = iota // stands after every syllable
	closed                   // after a final consonant: 북한은
	open                     // after a vowel: 러시아는
	closedNotL               // after a final consonant but ㄹ: 북한으로
	openOrL                  // after a vowel or ㄹ: 러시아로, 서울로
)

// A particle (조사) is written without a space after the word it belongs to.
type particle struct {
	text  string
	after ending
	then  string // particles that may follow it, separated by spaces
}

// What may follow: after a particle of place or company (에서는, 와의) those that
// set a topic, after one that counts or bounds (만, 까지) also those of a subject
// or an object, for what comes out is a noun again (만이, 까지를).
const (
	topics = "은 는 도 만 의 까지 부터 조차 마저 나마 이나 나 이라도 라도 보다 처럼"
	counts = topics + " 이 가 을 를 으로 로 에 이다 이라고 라고 이라는 라는"
)

// The particles that attach to a noun, and nothing else: 북한이 and 북한에서는
// are 북한, but 북한군 (its army), 북한산 (a mountain) and 북한인 are other
// words. Each asks for an ending, so that 세종로, a street, is not 세종 with a
// particle: that would be 세종으로.
//
// Left out are those that in news are nearly always something else: 하고
// (수출하고 is a verb), 라면 (신라면 is a dish), 이란 (한국이란 names Iran), 론 and
// 관 (they make nouns), and the vocatives.
var particles = [...]particle{
	{"은", closed, ""}, {"는", open, ""},
	{"이", closed, ""}, {"가", open, ""},
	{"을", closed, ""}, {"를", open, ""},
	{"과", closed, topics}, {"와", open, topics},
	{"이랑", closed, topics}, {"랑", open, topics},
	{"의", always, ""}, {"도", always, ""},
	{"에", always, topics}, {"에서", always, topics}, {"서", always, topics},
	{"엔", always, ""}, {"에선", always, ""}, {"에겐", always, ""},
	{"에게", always, topics}, {"에게서", always, topics},
	{"께", always, topics}, {"께서", always, topics},
	{"한테", always, topics}, {"한테서", always, topics},
	{"으로", closedNotL, topics}, {"로", openOrL, topics},
	{"으로서", closedNotL, topics}, {"로서", openOrL, topics},
	{"으로써", closedNotL, topics}, {"로써", openOrL, topics},
	{"으론", closedNotL, ""},
	{"만", always, counts}, {"까지", always, counts}, {"부터", always, counts},
	{"뿐", always, counts}, {"마저", always, topics}, {"조차", always, topics},
	{"마다", always, counts}, {"밖에", always, topics}, {"대로", always, topics},
	{"만큼", always, counts}, {"보다", always, topics}, {"처럼", always, topics},
	{"같이", always, ""}, {"커녕", always, ""}, {"은커녕", closed, ""}, {"는커녕", open, ""},
	{"이나", closed, topics}, {"나", open, topics},
	{"이나마", closed, ""}, {"나마", open, ""},
	{"이든", closed, ""}, {"든", open, ""},
	{"이든지", closed, ""}, {"든지", open, ""},
	{"이라도", closed, ""}, {"라도", open, ""},
	{"이며", closed, ""}, {"며", open, ""},
	{"이야말로", closed, ""}, {"야말로", open, ""},
	{"이다", closed, ""}, {"이라고", closed, topics}, {"라고", open, topics},
	{"이라는", closed, ""}, {"라는", open, ""},
	{"이라며", closed, ""}, {"라며", open, ""},
	{"이라서", closed, ""}, {"라서", open, ""},
}

// areParticles reports whether tail, written after a word that ends with last,
// is one particle or a row of them: 에서는, 으로부터도.
func areParticles(last rune, tail string) bool { return attach(last, tail, "") }

// attach allows only the particles listed in among, all if it is "". A row
// ends soon: few particles are followed by others, and those by fewer.
func attach(last rune, tail, among string) bool {
	for _, p := range particles {
		rest, ok := strings.CutPrefix(tail, p.text)
		if !ok || !p.after.fits(last) || among != "" && !listed(p.text, among) {
			continue
		}
		if rest == "" {
			return true
		}
		end, _ := utf8.DecodeLastRuneInString(p.text)
		if p.then != "" && attach(end, rest, p.then) {
			return true
		}
	}
	return false
}

// listed reports whether a word is in a list that is separated by spaces.
func listed(word, list string) bool {
	for one := range strings.SplitSeq(list, " ") {
		if one == word {
			return true
		}
	}
	return false
}

// fits reports whether a particle may stand after a syllable. The final
// consonant of a Hangul syllable is its code modulo 28, 0 for none and 8 for ㄹ
// (Unicode Standard, section 3.12).
func (e ending) fits(last rune) bool {
	const first, finals, rieul = 0xAC00, 28, 8
	if last < first || last > 0xD7A3 {
		return true
	}
	final := (last - first) % finals
	switch e {
	case closed:
		return final != 0
	case open:
		return final == 0
	case closedNotL:
		return final != 0 && final != rieul
	case openOrL:
		return final == 0 || final == rieul
	}
	return true
}
