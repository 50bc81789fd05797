package filter

import (
	"cmp"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/expr-lang/expr/vm"

	"newswired/feed"
)

// A Subject is a Story made ready to be judged by any number of Filters. What
// they ask for is made when the first of them asks, hence one goroutine at a
// time.
type Subject struct {
	story   *feed.Story
	words   words              // of all copies, the headlines first; empty until ready
	count   int                // words of the longest copy
	ready   bool               // the words were taken apart
	vars    *variables         // without text, until a Filter names it
	machine vm.VM              // runs what is left to expr
	labels  []label            // categories
	folded  [texts]string      // of what patterns are looked for in
	asked   map[string]*phrase // that only the run of an expression knows
}

// A label is a category as written and as it is compared.
type label struct{ text, normal string }

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
	Credit     string    `expr:"credit"`    // the agency that the first copy which names one has as its origin; "" if none does
	Urgency    string    `expr:"urgency"`   // the wire's word for first news, URGENT, 속보, 1보, on a headline; "" if it has none
	Published  time.Time `expr:"published"` // the earliest date
	Age        float64   `expr:"age"`       // hours from that date until the story was first seen
	Words      int       `expr:"words"`     // of the longest copy; characters where a script has no spaces
	Versions   int       `expr:"versions"`  // states that one outlet gave the report, of the outlet with the most

	Mentions func(...string) bool `expr:"mentions"` // any of the words or phrases, anywhere
	Title    func(...string) bool `expr:"title"`    // likewise, in headlines
	Stem     func(string) string  `expr:"stem"`     // for those two: a phrase whose English words may be inflected
}

// Prepare makes a Story ready to be judged. The Story must not change until
// the last Filter has judged it.
func Prepare(story *feed.Story) *Subject { return &Subject{story: story} }

// read takes the words of all copies apart, once: headlines first.
func (s *Subject) read() {
	if s.ready {
		return
	}
	s.ready = true
	counts := make([]int, len(s.story.Copies))
	for i := range s.story.Copies {
		counts[i] = s.words.add(s.story.Copies[i].Title)
	}
	s.words.head = len(s.words.tokens)
	for i := range s.story.Copies {
		c := &s.story.Copies[i]
		counts[i] += s.words.add(c.Summary)
		if c.Content != "" { // which many feeds don't have, and Plain is dear
			counts[i] += s.words.add(feed.Plain(c.Content))
		}
		s.count = max(s.count, counts[i])
	}
	s.words.index()
}

// variables returns what an expression may name, of this Story.
func (s *Subject) variables(text bool) *variables {
	if s.vars == nil {
		s.fill()
	}
	if text && s.vars.Text == "" {
		s.vars.Text = s.text()
	}
	return s.vars
}

// outlets and origins are those of the Story, asked for once.
func (s *Subject) outlets() []string { return s.variables(false).Outlets }
func (s *Subject) origins() []string { return s.variables(false).Origins }

// categories returns all categories of the Story as they are compared.
func (s *Subject) categories() []label {
	if s.labels == nil {
		for _, text := range s.variables(false).Categories {
			s.labels = append(s.labels, label{text, feed.Fold(text)})
		}
	}
	return s.labels
}

// stemmed stands before a phrase that stem has marked. No text has it, for XML
// cannot.
const stemmed = "\x00"

// mentions reports whether one of the phrases, which only the run of an
// expression knows, is found before some place. One without letters is nowhere.
func (s *Subject) mentions(list []string, before int) bool {
	s.read()
	for _, text := range list {
		p, known := s.asked[text]
		if !known {
			bare, stem := strings.CutPrefix(text, stemmed)
			p, _ = newPhrase(bare, stem)
			if s.asked == nil {
				s.asked = make(map[string]*phrase)
			}
			s.asked[text] = p
		}
		if p != nil {
			if at := p.find(&s.words); at >= 0 && at < before {
				return true
			}
		}
	}
	return false
}

// fill makes the variables. What differs between copies is that of the first,
// lists are of all copies.
func (s *Subject) fill() {
	s.read()
	first := &s.story.Copies[0]
	v := &variables{
		Headline: first.Title, Summary: first.Summary, Link: first.Link,
		Outlet: first.Outlet, Language: first.Language,
		Outlets: s.story.Outlets(), Origins: s.story.Origins(), Published: s.story.Published(), Words: s.count,
		Mentions: func(list ...string) bool { return s.mentions(list, len(s.words.tokens)) },
		Title:    func(list ...string) bool { return s.mentions(list, s.words.head) },
		Stem:     func(text string) string { return stemmed + text },
	}
	seen, states := first.FirstSeen, make(map[string]int)
	for i := range s.story.Copies {
		c := &s.story.Copies[i]
		v.Sources = with(v.Sources, c.Source)
		v.Categories = with(v.Categories, c.Categories...)
		for _, person := range c.Authors {
			v.Authors = with(v.Authors, cmp.Or(person.Name, person.Email))
		}
		v.Agency, v.Credit = cmp.Or(v.Agency, c.Agency), cmp.Or(v.Credit, c.Credit)
		v.Urgency = cmp.Or(v.Urgency, urgency(c.Title))
		states[c.Outlet] += max(c.Revisions, 1)
		v.Versions = max(v.Versions, states[c.Outlet])
		if c.FirstSeen.Before(seen) {
			seen = c.FirstSeen
		}
	}
	v.Age = max(0, seen.Sub(v.Published).Hours())
	s.vars = v
}

// urgency returns the wire's word for first news on a headline.
func urgency(title string) string {
	h := feed.ReadHeadline(title)
	for _, m := range h.Markers {
		if m.Kind == feed.Flash || m.Kind == feed.Version && h.Version() == 0 {
			return m.Text
		}
	}
	return ""
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
func names() []string { return append(own(), allowed...) }
