package feed

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// digits measures a number at the start of a text, with the points and commas
// between its digits.
func digits(text string) int {
	n := 0
	for n < len(text) {
		c := text[n]
		inner := (c == ',' || c == '.') && n+1 < len(text) && text[n+1] >= '0' && text[n+1] <= '9'
		if c >= '0' && c <= '9' || inner {
			n++
			continue
		}
		break
	}
	if n == 0 { // a digit of another script
		_, n = utf8.DecodeRuneInString(text)
	}
	return n
}

// numberUnit makes a unit of digits; commas between them don't count.
func numberUnit(text string) unit {
	text = strings.ReplaceAll(text, ",", "")
	return unit{hash: hashText(text), kind: number, text: text}
}

// evaluate gives every number its value: 1만5천, 1만5000 and 15,000 have the
// same, and so have 1.2 million and 1,200,000, five and 5.
func evaluate(list []unit) {
	for i := 0; i < len(list); i++ {
		u := &list[i]
		if u.kind == word {
			if v, ok := numerals[u.hash]; ok {
				u.value = hashValue(v)
			}
			continue
		}
		if u.kind != number {
			continue
		}
		first := i
		var total, section float64 // 3억 | 5천만: what is under the next 만, 억, 조
		for {
			v, _ := strconv.ParseFloat(list[i].text, 64) // zero for digits of other scripts
			factor := 1.0
			for i+1 < len(list) && multiplier(list[i+1]) > 0 {
				i++
				if factor *= multiplier(list[i]); multiplier(list[i]) >= 1e4 {
					v, section = section/(factor/multiplier(list[i]))+v, 0
				}
			}
			if factor >= 1e4 {
				total += v * factor
			} else {
				section += v * factor
			}
			if factor == 1 || list[i].kind != character || i+1 >= len(list) || list[i+1].kind != number {
				break
			}
			i++
		}
		list[first].value = hashValue(total + section)
	}
}

// multiplier returns by how much a unit multiplies the number before it, 0 if it
// is no such word or character.
func multiplier(u unit) float64 {
	switch u.kind {
	case character:
		return multipliers[u.char]
	case word:
		return scales[u.hash]
	}
	return 0
}

// multipliers are characters that stand behind a number and multiply it.
var multipliers = map[rune]float64{
	'십': 10, '백': 100, '천': 1e3, '만': 1e4, '억': 1e8, '조': 1e12,
	'千': 1e3, '万': 1e4, '萬': 1e4, '億': 1e8, '亿': 1e8, '兆': 1e12,
}

// scales are the English words that do the same.
var scales = map[uint32]float64{
	hashText("thousand"): 1e3, hashText("million"): 1e6, hashText("billion"): 1e9, hashText("trillion"): 1e12,
}

// numerals are the numbers that headlines write out.
var numerals = func() map[uint32]float64 {
	m := make(map[uint32]float64)
	for i, w := range strings.Fields("zero one two three four five six seven eight nine ten eleven twelve") {
		m[hashText(w)] = float64(i)
	}
	return m
}()
