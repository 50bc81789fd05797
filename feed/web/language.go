package web

import (
	"cmp"
	"fmt"
	"html/template"
	"strings"
	"sync"
	"time"

	"newswired/feed"
	"newswired/feed/render"
)

// A page speaks the language of what it shows, never the one that a browser asks
// for: it would have to vary by that, and caches would keep it once for each
// browser. Its words stand in the templates in English; each further language has
// one row, which says what it says instead. Values are inserted where no word has
// to agree with them.
//
// A language is such a row.
type language struct {
	tag       string                           // as render.Spoken tells it
	words     map[string]string                // by the English ones; nil for English
	days      *strings.Replacer                // of the English days of the week in layouts; nil if they stay
	layouts   layouts                          // of times
	counted   func(n int, thing string) string // as feed.Counted
	lag       func(time.Duration) string       // as feed.Lag
	tally     func(states map[string]int) string
	templates func() *template.Template // that speak it
}

// layouts are those of package time for what pages show.
type layouts struct{ hour, date, dated, day string }

// english is what pages speak unless there is a reason for another language.
var english = speaking(language{
	tag:     "en",
	layouts: layouts{hour: "15:04", date: "2 Jan 15:04", dated: "2 Jan 2006 15:04", day: "Monday 2 January 2006"},
	counted: feed.Counted, lag: feed.Lag, tally: feed.Tally,
})

// languages are those that pages speak, by their tags.
var languages = map[string]*language{english.tag: english, korean.tag: korean}

// speaking returns a language with its templates. They are parsed once, when the first
// page is made, for most commands make none; a mistake in them is one of the program.
// They escape by context, the words too; what is ours and must not be escaped has a
// type of html/template.
func speaking(l language) *language {
	functions := template.FuncMap{
		"say":      l.say,
		"language": func() string { return l.tag },
		"english":  func() bool { return l.words == nil },
	}
	l.templates = sync.OnceValue(func() *template.Template {
		return template.Must(template.New(l.tag).Funcs(functions).ParseFS(templateFiles, "*.html"))
	})
	return &l
}

// say says in the language what stands there in English, a format of fmt if there
// are values. A test holds that each word has its translation.
func (l *language) say(words string, values ...any) string {
	words = cmp.Or(l.words[words], words)
	if len(values) == 0 {
		return words
	}
	return fmt.Sprintf(words, values...)
}

// format writes a time by one of the layouts.
func (l *language) format(t time.Time, layout string) string {
	text := t.Format(layout)
	if l.days != nil {
		text = l.days.Replace(text)
	}
	return text
}

// spoken returns the language of pages about what is in the language of a BCP 47
// tag: English if it is none of ours.
func spoken(tag string) *language { return cmp.Or(languages[render.Spoken(tag)], english) }

// languageEntries is by how many of its newest entries the language of a Feed is
// known.
const languageEntries = 20

// languageOf returns what the page of a Feed speaks: its own language, else the one
// that three of four of its newest entries are in, of those that say it. A Feed that
// mixes languages speaks English; if its page spoke that of the majority, it would
// change with the hours in which others write. nil means that nothing is known.
func languageOf(f feed.Feed, newest []render.Brief) *language {
	if f.Language != "" {
		return spoken(f.Language)
	}
	said, votes := 0, make(map[*language]int)
	for _, b := range newest[:min(len(newest), languageEntries)] {
		if b.Language != "" {
			said++
			votes[spoken(b.Language)]++
		}
	}
	if said == 0 {
		return nil
	}
	for l, n := range votes {
		if 4*n >= 3*said {
			return l
		}
	}
	return english
}

// mostly returns the language of most, English if there is none. Those of which
// nothing is known are nil and have no say.
func mostly(all []*language) *language {
	known, votes := 0, make(map[*language]int)
	for _, l := range all {
		if l != nil {
			known++
			votes[l]++
		}
	}
	for l, n := range votes {
		if 2*n > known {
			return l
		}
	}
	return english
}
