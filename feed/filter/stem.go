package filter

import (
	"slices"
	"strings"
)

// Stem finds a word in its simple English inflections: plural, third person,
// past tense, -ing. It makes the forms that a text may have of the word that is
// asked for, instead of cutting the words of texts: a stemmer that cuts
// (Snowball's) takes university for universe and policies for police's, and
// every Story would pay for it.
//
//	sanction    sanctions, sanctioned, sanctioning
//	launches    launch, launched, launching
//	supply      supplies, supplied, supplying
//	ban         bans, banned, banning
//
// A form that is no word does no harm, as no text has it. Irregular forms (sold,
// men) are not made.

// keeps are words that look inflected and are not.
var keeps = []string{"news", "always", "series", "species", "united", "indeed", "during", "morning", "evening", "wedding", "boeing", "beijing"}

// forms returns the inflections of a word of small letters, itself included; nil
// for what is no English word or too short to be cut.
func forms(word string) []string {
	if len(word) < 3 || strings.Trim(word, "abcdefghijklmnopqrstuvwxyz") != "" {
		return nil
	}
	all := inflect(word)
	if slices.Contains(keeps, word) {
		return all
	}
	for _, base := range bases(word) {
		if len(base) >= 3 && strings.ContainsAny(base, "aeiouy") {
			all = append(all, inflect(base)...)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// bases returns what a word may be an inflection of.
func bases(word string) []string {
	var all []string
	cut := func(ending string, instead ...string) {
		stem, ok := strings.CutSuffix(word, ending)
		for _, end := range instead {
			if ok {
				all = append(all, stem+end)
			}
		}
		// Banned is of ban; but called and passed are of call and pass.
		if n := len(stem); ok && ending != "s" && n > 2 && stem[n-1] == stem[n-2] && !strings.ContainsAny(stem[n-1:], "aeiouls") {
			all = append(all, stem[:n-1])
		}
	}
	switch {
	case strings.HasSuffix(word, "ies"):
		cut("ies", "y")
	case strings.HasSuffix(word, "ied"):
		cut("ied", "y")
	case strings.HasSuffix(word, "ed") && !strings.HasSuffix(word, "eed"):
		cut("ed", "", "e")
	case strings.HasSuffix(word, "ing"):
		cut("ing", "", "e")
	case strings.HasSuffix(word, "ches"), strings.HasSuffix(word, "shes"), strings.HasSuffix(word, "xes"), strings.HasSuffix(word, "sses"), strings.HasSuffix(word, "oes"):
		cut("es", "")
	case strings.HasSuffix(word, "ss"), strings.HasSuffix(word, "us"), strings.HasSuffix(word, "is"):
	default:
		cut("s", "")
	}
	return all
}

// inflect returns a word with its regular endings.
func inflect(word string) []string {
	n := len(word)
	body, last := word[:n-1], word[n-1]
	vowel := func(i int) bool { return strings.IndexByte("aeiou", word[i]) >= 0 }
	all := []string{word, word + "s"}
	switch {
	case last == 'y' && !vowel(n-2):
		return []string{word, body + "ies", body + "ied", word + "ing"}
	case strings.HasSuffix(word, "ie"):
		return append(all, word+"d", word[:n-2]+"ying")
	case strings.HasSuffix(word, "ee"):
		return append(all, word+"d", word+"ing")
	case last == 'e':
		return append(all, word+"d", body+"ing")
	case last == 's', last == 'x', last == 'z', last == 'o', strings.HasSuffix(word, "ch"), strings.HasSuffix(word, "sh"):
		all[1] = word + "es"
		if last == 'o' {
			all = append(all, word+"s")
		}
	}
	all = append(all, word+"ed", word+"ing")
	if !vowel(n-1) && vowel(n-2) && !vowel(n-3) && !strings.ContainsRune("wxy", rune(last)) { // ban, commit
		double := word + word[n-1:]
		all = append(all, double+"ed", double+"ing")
	}
	return all
}
