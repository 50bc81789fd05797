package filter

import (
	"fmt"
	"slices"
	"strings"

	"newswired/feed"
)

// Lists are the parts of a Rule for which nobody needs a language. What is nil
// or 0 lets everything pass.
type Lists struct {
	Sources    []string // names, of which at least one must carry the Story
	Languages  []string // BCP 47, of which at least one Copy has one: en is also en-GB
	Categories []string // of which at least one Copy has one, in any case and width
	Include    []string // words and phrases of which one must be mentioned
	Exclude    []string // words and phrases of which none may be
	Stem       bool     // true: those two find English words in their inflections too
	MinOutlets int      // that carry the Story at least
	MinOrigins int      // an agency counts once, however many print it
}

// A Rule is all that decides whether Stories belong to a Feed: lists and a
// Filter, joined by and. It may be used by several goroutines.
type Rule struct {
	lists            Lists
	filter           *Filter
	categories       []string  // as they are compared
	include, exclude *part     // nil if there is none
	noLanguage       [2]string // the reason, if a copy has a language and if none has
	noCategory       string
}

// NewRule joins lists and a Filter; a nil one passes everything. Phrases that
// CheckPhrase refuses are passed over.
func NewRule(l Lists, f *Filter) *Rule {
	if f == nil {
		f = &Filter{}
	}
	r := &Rule{lists: l, filter: f, include: mentionOf(l.Include, l.Stem), exclude: mentionOf(l.Exclude, l.Stem)}
	for _, c := range l.Categories {
		r.categories = append(r.categories, feed.Fold(c))
	}
	languages := strings.Join(quote(l.Languages), " or ")
	r.noLanguage = [2]string{"no copy in the language " + languages, "no copy says its language, " + languages + " is wanted: give its source one"}
	r.noCategory = "no category " + strings.Join(quote(l.Categories), " or ")
	return r
}

// CheckPhrase says what is wrong with a word or phrase that is to be looked for.
func CheckPhrase(text string) error {
	_, err := newPhrase(text, false)
	return err
}

// mentionOf returns the part of an expression that a list stands for.
func mentionOf(list []string, stem bool) *part {
	p := &part{op: mention}
	for _, text := range list {
		if phrase, err := newPhrase(text, stem); err == nil {
			p.phrases = append(p.phrases, phrase)
		}
	}
	if list == nil {
		return nil
	}
	p.missing = missing(p)
	return p
}

// Judge returns the Verdict on a Story. What costs least is asked first, so that
// most Stories never have their words read for a Feed of a few Sources. The
// reason is that of the part which said no, or of all that speak for it:
//
//	sources       no copy from its sources            source "yonhap"
//	languages     no copy in the language "ko"        language "ko"
//	min_outlets   1 outlet of 2
//	min_origins   1 origin of 2
//	categories    no category "Economy" or "경제"     category "경제"
//	exclude       excluded: mentions "weather" ...
//	include       mentions none of "Iran", "이란"     mentions "이란" in the headline
//	filter        what the Filter says                what the Filter says
func (r *Rule) Judge(s *Subject) feed.Verdict {
	said := ""
	for _, part := range [...]func(*Subject) (bool, string){r.sources, r.languages, r.enough, r.category, r.excludes, r.includes} {
		passes, reason := part(s)
		if !passes {
			return feed.Verdict{Reason: reason}
		}
		said = join(said, reason)
	}
	switch verdict := r.filter.Judge(s); {
	case !verdict.Passes || said == "":
		return verdict
	case r.filter.root == nil:
		return feed.Verdict{Passes: true, Reason: shorten(said)}
	default:
		return feed.Verdict{Passes: true, Reason: shorten(join(said, verdict.Reason))}
	}
}

// join puts reasons one after the other.
func join(a, b string) string {
	switch {
	case a == "":
		return b
	case b == "":
		return a
	}
	return a + "; " + b
}

// sources asks whether one of the Sources in the list carries the Story, or a
// newswired among them passes it on.
func (r *Rule) sources(s *Subject) (bool, string) {
	if r.lists.Sources == nil {
		return true, ""
	}
	for i := range s.story.Copies {
		if name := s.story.Copies[i].Source; slices.ContainsFunc(r.lists.Sources, func(of string) bool { return feed.ComesBy(name, of) }) {
			return true, `source "` + name + `"`
		}
	}
	return false, "no copy from its sources"
}

// languages asks for a Copy in one of the languages. That no Copy says its own is a
// reason by itself, for the configuration can help.
func (r *Rule) languages(s *Subject) (bool, string) {
	if r.lists.Languages == nil {
		return true, ""
	}
	unknown := 1
	for i := range s.story.Copies {
		has := s.story.Copies[i].Language
		if has != "" {
			unknown = 0
		}
		for _, wanted := range r.lists.Languages { // RFC 4647, section 3.3.1
			rest, ok := strings.CutPrefix(strings.ToLower(has), strings.ToLower(wanted))
			if ok && (rest == "" || rest[0] == '-') {
				return true, `language "` + has + `"`
			}
		}
	}
	return false, r.noLanguage[unknown]
}

// enough asks for as many outlets and origins as there have to be; of one there is
// no question, for every Story has it.
func (r *Rule) enough(s *Subject) (bool, string) {
	if r.lists.MinOutlets > 1 && len(s.outlets()) < r.lists.MinOutlets {
		return false, fmt.Sprintf("%s of %d", feed.Counted(len(s.outlets()), "outlet"), r.lists.MinOutlets)
	}
	if r.lists.MinOrigins > 1 && len(s.origins()) < r.lists.MinOrigins {
		return false, fmt.Sprintf("%s of %d", feed.Counted(len(s.origins()), "origin"), r.lists.MinOrigins)
	}
	return true, ""
}

// category asks for a Copy with one of the categories.
func (r *Rule) category(s *Subject) (bool, string) {
	if r.categories == nil {
		return true, ""
	}
	for _, c := range s.categories() {
		if slices.Contains(r.categories, c.normal) {
			return true, `category "` + c.text + `"`
		}
	}
	return false, r.noCategory
}

// excludes passes what mentions none of the phrases to be left out.
func (r *Rule) excludes(s *Subject) (bool, string) {
	if r.exclude == nil {
		return true, ""
	}
	if found, reason := s.judge(r.exclude); found {
		return false, "excluded: " + reason
	}
	return true, ""
}

// includes passes what mentions one of the phrases, and tells which.
func (r *Rule) includes(s *Subject) (bool, string) {
	if r.include == nil {
		return true, ""
	}
	return s.judge(r.include)
}

// String writes down all that decides in one way only, "" if nothing does: a
// different text means that every Story has to be judged again. A key of a later
// version that is not used is not there, so that none of them has to be. The order
// of a list decides nothing but which of its phrases a reason names.
func (r *Rule) String() string {
	var lines []string
	l := r.lists
	for _, list := range []struct {
		key  string
		list []string
	}{{"sources", l.Sources}, {"languages", l.Languages}, {"categories", l.Categories}, {"include", l.Include}, {"exclude", l.Exclude}} {
		if list.list != nil {
			lines = append(lines, fmt.Sprintf("%s: %q", list.key, slices.Compact(slices.Sorted(slices.Values(list.list)))))
		}
	}
	if l.Stem && (l.Include != nil || l.Exclude != nil) {
		lines = append(lines, "stem: true")
	}
	if l.MinOutlets > 1 {
		lines = append(lines, fmt.Sprintf("min_outlets: %d", l.MinOutlets))
	}
	if l.MinOrigins > 1 {
		lines = append(lines, fmt.Sprintf("min_origins: %d", l.MinOrigins))
	}
	if text := r.filter.String(); text != "" {
		lines = append(lines, "filter: "+text)
	}
	return strings.Join(lines, "\n")
}
