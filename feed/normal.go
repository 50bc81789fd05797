package feed

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// SameWords reports whether two states of an Article are one Revision: white
// space, entities, typographic quotes, markup and "3 hours ago" don't count.
func SameWords(a, b Article) bool {
	same := func(x, y string) bool { return x == y || Normal(x) == Normal(y) }
	return same(a.Title, b.Title) && same(a.Summary, b.Summary) &&
		(a.Content == b.Content || same(Plain(a.Content), Plain(b.Content)))
}

// News reports whether there is more than punctuation, case and spacing
// between two states of an Article: only then does an Entry come back as
// updated.
func News(before, after Article) bool {
	return letters(before.Title) != letters(after.Title) ||
		letters(before.Summary) != letters(after.Summary) ||
		letters(Said(before.Summary, before.Content)) != letters(Said(after.Summary, after.Content))
}

// Said returns the words of an Article's body: those of its content, else its
// summary, of which there is content only while its markup tells more, as a picture
// does that a desk puts in later.
func Said(summary, content string) string {
	if content == "" {
		return summary
	}
	return Plain(content)
}

// Normal returns text as it is compared: NFKC, quotes and dashes of one kind,
// single spaces, without relative times.
func Normal(text string) string {
	if !plainASCII(text) {
		text = folded.Replace(norm.NFKC.String(text))
	}
	return withoutAges(strings.Fields(text))
}

// plainASCII reports whether a text has nothing but ASCII, and so is the same in
// every normal form.
func plainASCII(text string) bool {
	for i := range len(text) {
		if text[i] >= 0x80 {
			return false
		}
	}
	return true
}

// folded gives quotes and dashes one form, and drops what nobody sees: zero-width
// characters, which scraped pages have between words, and soft hyphens.
var folded = strings.NewReplacer(
	"‘", "'", "’", "'", "‚", "'", "‛", "'", "′", "'", "`", "'", "´", "'",
	"“", `"`, "”", `"`, "„", `"`, "‟", `"`, "″", `"`, "«", `"`, "»", `"`,
	"‐", "-", "‑", "-", "‒", "-", "–", "-", "—", "-", "―", "-", "−", "-",
	"\u200b", "", "\u200c", "", "\u200d", "", "\u2060", "", "\ufeff", "", "\u00ad", "",
)

// withoutAges joins words, leaving out "3 hours ago" and "3시간 전".
func withoutAges(words []string) string {
	var b strings.Builder
	for i := 0; i < len(words); i++ {
		if n := age(words[i:]); n > 0 {
			i += n - 1
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(words[i])
	}
	return b.String()
}

// age returns how many of the first words tell an age, 0 if they do not.
func age(words []string) int {
	w := words[0]
	if w[0] < '0' || w[0] > '9' {
		return 0
	}
	digits := strings.TrimLeft(w, "0123456789")
	if len(words) >= 3 && digits == "" && units[strings.TrimSuffix(strings.ToLower(words[1]), "s")] &&
		strings.EqualFold(strings.Trim(words[2], ".,;"), "ago") {
		return 3
	}
	if len(words) >= 2 && units[digits] && strings.Trim(words[1], ".,;") == "전" {
		return 2
	}
	return 0
}

// units are the words after a number that make it an age.
var units = map[string]bool{
	"second": true, "minute": true, "min": true, "hour": true, "hr": true, "day": true, "week": true, "month": true,
	"초": true, "분": true, "시간": true, "일": true, "주": true, "개월": true,
}

// letters returns the letters and digits of a text in lower case.
func letters(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, Normal(text))
}
