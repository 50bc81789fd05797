package filter

import (
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/expr-lang/expr/builtin"

	"newswired/feed"
)

// A Subject is a Story made ready to be judged by any number of Filters. Its
// words are read when the first of them asks, hence one goroutine at a time.
type Subject struct {
	story     *feed.Story
	headlines words // of all copies, apart from the rest for title and for the reasons
	rest      words // summaries and contents of all copies
	count     int   // words of the longest copy
	ready     bool
	vars      *variables // without text and the helpers
}

// variables is what an expression can name. It is the environment of expr,
// which finds the fields by their tags and checks their types when a Filter is
// compiled; hence a field here is all that a new variable needs.
type variables struct {
	Headline   string    `expr:"headline"` // of the first copy, as are link, outlet, language and summary
	Summary    string    `expr:"summary"`
	Text       string    `expr:"text"` // headline, summary and content as plain text, of all copies
	Link       string    `expr:"link"`
	Outlet     string    `expr:"outlet"`
	Language   string    `expr:"language"`
	Outlets    []string  `expr:"outlets"` // who carries the story, in order of first sight
	Origins    []string  `expr:"origins"` // from whom it comes in the end: an agency once, else the outlets
	Sources    []string  `expr:"sources"`
	Categories []string  `expr:"categories"`
	Authors    []string  `expr:"authors"`   // names, or mail addresses where there are none
	Agency     string    `expr:"agency"`    // of the first copy that is a wire's own; "" if none is
	Published  time.Time `expr:"published"` // the earliest date
	Words      int       `expr:"words"`     // of the longest copy; characters where a script has no spaces

	Mentions func(...string) bool `expr:"mentions"` // any of the words or phrases, anywhere
	Title    func(...string) bool `expr:"title"`    // likewise, in headlines
}

// Prepare makes a Story ready to be judged. The Story must not change until
// the last Filter has judged it.
func Prepare(story *feed.Story) *Subject { return &Subject{story: story} }

// read takes the words of all copies apart, once.
func (s *Subject) read() {
	if s.ready {
		return
	}
	s.ready = true
	for i := range s.story.Copies {
		c := &s.story.Copies[i]
		n := s.headlines.add(c.Title) + s.rest.add(c.Summary)
		if c.Content != "" { // which many feeds don't have, and Plain is dear
			n += s.rest.add(feed.Plain(c.Content))
		}
		s.count = max(s.count, n)
	}
	s.headlines.index()
	s.rest.index()
}

// variables returns what the expression may name, filled for this Story.
func (f *Filter) variables(s *Subject) *variables {
	if s.vars == nil {
		s.vars = s.fill()
	}
	// A copy, because the helpers belong to the Filter that asks.
	v := *s.vars
	if f.text {
		s.vars.Text = s.text()
		v.Text = s.vars.Text
	}
	v.Mentions = func(list ...string) bool { return f.any(list, &s.headlines, &s.rest) }
	v.Title = func(list ...string) bool { return f.any(list, &s.headlines) }
	return &v
}

// any reports whether one of the phrases is in one of the texts. A phrase that
// only the run of an expression knows is compiled here; one without letters is
// nowhere.
func (f *Filter) any(list []string, texts ...*words) bool {
	for _, text := range list {
		p := f.phrases[text]
		if p == nil {
			p, _ = newPhrase(text)
		}
		if p != nil && slices.ContainsFunc(texts, p.in) {
			return true
		}
	}
	return false
}

// fill makes the variables that every Filter sees alike. What differs between
// copies is that of the first, lists are of all copies.
func (s *Subject) fill() *variables {
	s.read()
	first := &s.story.Copies[0]
	v := &variables{
		Headline: first.Title, Summary: first.Summary, Link: first.Link,
		Outlet: first.Outlet, Language: first.Language,
		Outlets: s.story.Outlets(), Origins: s.story.Origins(), Published: s.story.Published(), Words: s.count,
	}
	for i := range s.story.Copies {
		c := &s.story.Copies[i]
		v.Sources = with(v.Sources, c.Source)
		v.Categories = with(v.Categories, c.Categories...)
		for _, person := range c.Authors {
			if person.Name == "" {
				person.Name = person.Email
			}
			v.Authors = with(v.Authors, person.Name)
		}
		if v.Agency == "" {
			v.Agency = c.Agency
		}
	}
	return v
}

// with appends what is not yet in the list.
func with(list []string, more ...string) []string {
	for _, one := range more {
		if one != "" && !slices.Contains(list, one) {
			list = append(list, one)
		}
	}
	return list
}

// text makes the variable text. It is as long as all copies together, hence
// made only for Filters that name it, and once.
func (s *Subject) text() string {
	if s.vars.Text != "" {
		return s.vars.Text
	}
	var parts []string
	for i := range s.story.Copies {
		c := &s.story.Copies[i]
		parts = append(parts, c.Title, c.Summary, feed.Plain(c.Content))
	}
	return strings.Join(parts, "\n")
}

// own returns the names that this language adds to those of expr, in the order
// in which people are told of them.
func own() []string {
	var list []string
	t := reflect.TypeFor[variables]()
	for i := range t.NumField() {
		list = append(list, t.Field(i).Tag.Get("expr"))
	}
	return list
}

// names returns all names that can be called or used: a word that is nearly one
// of them was meant to be it.
func names() []string {
	list := own()
	for _, b := range builtin.Builtins {
		if b.Name != "now" {
			list = append(list, b.Name)
		}
	}
	return list
}
