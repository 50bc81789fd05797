package fetcher

import (
	"strings"
	"time"

	"newswired/feed"
)

// A draft is an Article in the Source's own words, as far as the formats
// agree; article cleans it.
type draft struct {
	item               feed.ItemHash
	guid               string
	links              []string // the best first; the first that is http or https counts
	title              string   // text or HTML, nobody can tell
	summary            string   // likewise
	content            string   // HTML
	language           string
	published, updated time.Time
	authors            []feed.Person
	categories         []string
	origin             feed.Origin
	enclosures         []feed.Enclosure
	image              string
}

// article adds the draft to the Document, or refuses it. What is refused or
// cut is told with every Document, so it has to be read each time.
func (r *reader) article(d draft) {
	if r.ctx.Err() != nil {
		return // nobody will read it
	}
	exceeded := r.exceeded
	d.title, d.summary, d.content = r.clip(d.title), r.clip(d.summary), r.clip(d.content)
	a := feed.Article{
		GUID:       feed.OneLine(d.guid),
		Title:      headline(d.title),
		Summary:    feed.Plain(d.summary),
		Authors:    d.authors,
		Categories: distinct(d.categories),
		Enclosures: d.enclosures,
		Image:      d.image,
		Language:   r.lang(d.language),
		Origin:     d.origin,
		Published:  d.published,
		Updated:    d.updated,
	}
	a.Link = r.link(d.links)
	a.Content = content(d.content, d.summary, a.Summary)
	if a.Published.IsZero() {
		a.Published = a.Updated // Atom demands only the latter
	}
	if a.Language == "" {
		a.Language = r.doc.Language
	}
	if a.Language == "" {
		a.Language = feed.ScriptsOf(a.Title + " " + a.Summary).Language()
	}
	r.bound(&a)
	words := a.Summary
	if a.Title == "" && words == "" {
		words = feed.Plain(a.Content)
	}
	if a.Title == "" {
		a.Title = cut(words, 80)
	}
	if a.Link == "" && len(a.Enclosures) > 0 && a.Title == "" && a.Content == "" {
		a.Link = a.Enclosures[0].URL // a recording, and not a word on it
	}
	if a.Title == "" && a.Content == "" && a.Link == "" {
		r.doc.Refused = append(r.doc.Refused, feed.Refusal{
			Name:   a.GUID,
			Reason: "neither title nor summary nor content nor link",
		})
		return
	}
	if r.exceeded > exceeded {
		d.item = 0
	}
	r.doc.Articles = append(r.doc.Articles, a)
	r.doc.Items = append(r.doc.Items, d.item)
}

// headline returns a title in plain words. Many are escaped once too often, so
// that tags and entities show only after decoding; twice is the most seen.
func headline(title string) string {
	words := feed.Plain(title)
	for range 2 {
		if !strings.ContainsAny(words, "<&") {
			break
		}
		words = feed.Plain(words)
	}
	return words
}

// content returns the HTML of an Article: what is given as such, else a summary
// with markup that its plain words lose, else "".
func content(given, summary, plain string) string {
	given, summary = strings.TrimSpace(given), strings.TrimSpace(summary)
	if telling(given) || given != "" && feed.Plain(given) != plain {
		return clean(given)
	}
	if telling(summary) {
		return clean(summary)
	}
	return ""
}

// telling reports whether the markup of a fragment says something that its
// words alone do not: links, pictures, lists, more than one paragraph.
func telling(fragment string) bool {
	breaks := 0
	for rest := fragment; ; {
		i := strings.IndexByte(rest, '<')
		if i < 0 {
			return false
		}
		rest = rest[i+1:]
		switch strings.ToLower(rest[:nameLength(rest)]) {
		case "a", "img", "picture", "figure", "video", "audio", "iframe", "embed", "object",
			"ul", "ol", "dl", "table", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6":
			return true
		case "p", "br", "div":
			if breaks++; breaks > 1 {
				return true
			}
		}
	}
}

// nameLength measures the element name at the start of s.
func nameLength(s string) int {
	for i := range len(s) {
		if c := s[i]; !(c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9') {
			return i
		}
		if i > len("blockquote") {
			return 0
		}
	}
	return len(s)
}

// distinct returns the words of names, each once, in their order.
func distinct(names []string) []string {
	var all []string
	seen := make(map[string]bool, len(names))
	for _, name := range names {
		if full(all) {
			break
		}
		if name = feed.Plain(clipped(name, maxURL)); name != "" && !seen[name] {
			seen[name] = true
			all = append(all, name)
		}
	}
	return all
}

// people returns who is named, each once, in the order given. RSS has a mail
// address with the name in brackets, mailers have it the other way round;
// anything else, such as a Korean byline with the office and the address after
// the name, is a name as it stands.
//
//	hong@example.com (Hong Gildong)   Hong Gildong, hong@example.com
//	Hong Gildong <hong@example.com>   Hong Gildong, hong@example.com
//	홍길동 기자 hong@example.com         the whole as a name
func people(names ...string) []feed.Person {
	var all []feed.Person
	for _, text := range names {
		if full(all) {
			break
		}
		all = addPerson(all, person(text))
	}
	return all
}

// person reads one name. A name before "<mail>" is taken apart while the angle
// brackets are still there: Plain could take them for a tag.
func person(text string) feed.Person {
	text = clipped(text, maxURL)
	if i := strings.IndexByte(text, '<'); i > 0 && strings.HasSuffix(strings.TrimSpace(text), ">") {
		mail := strings.TrimSuffix(strings.TrimSpace(text[i+1:]), ">")
		if isMail(mail) {
			return feed.Person{Name: strings.Trim(feed.Plain(text[:i]), `" `), Email: mail}
		}
	}
	text = feed.Plain(text)
	if before, inside, ok := strings.Cut(text, " ("); ok && strings.HasSuffix(inside, ")") {
		inside = strings.TrimSuffix(inside, ")")
		if isMail(before) {
			return feed.Person{Name: inside, Email: before}
		}
		if isMail(inside) {
			return feed.Person{Name: before, Email: inside}
		}
	}
	if isMail(text) {
		return feed.Person{Email: text}
	}
	return feed.Person{Name: text}
}

// isMail reports whether s looks like one mail address and nothing else. It is
// no check that the address is valid, only that it is no name.
func isMail(s string) bool {
	at := strings.IndexByte(s, '@')
	return at > 0 && at < len(s)-1 && strings.LastIndexByte(s, '@') == at && !strings.ContainsAny(s, " <>()\"")
}

// addPerson adds p unless the list has the name, whose gaps it fills then.
func addPerson(all []feed.Person, p feed.Person) []feed.Person {
	if p == (feed.Person{}) || full(all) {
		return all
	}
	for i := range all {
		q := &all[i]
		if p.Name != "" && strings.EqualFold(p.Name, q.Name) || p.Name == "" && p.Email != "" && p.Email == q.Email {
			if q.Email == "" {
				q.Email = p.Email
			}
			if q.URL == "" {
				q.URL = p.URL
			}
			return all
		}
	}
	return append(all, p)
}
