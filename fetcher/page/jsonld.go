package page

import (
	"encoding/json"
	"html"
	"strings"

	"newswired/feed"
)

// A linked is what a page's JSON-LD says of its article in the words of
// schema.org. Publishers disagree about which of them are lists.
type linked struct {
	headline  string
	body      string // articleBody
	authors   []string
	publisher string
	published string // as written, likewise the next
	modified  string
	image     string // URL, as written
	caption   string // of the image
	section   string
	language  string
	url       string
	keywords  []string
	paid      bool // isAccessibleForFree is false
}

// maxLinked bounds how deep JSON-LD is looked into.
const maxLinked = 6

// readLinked looks for the article in the JSON-LD of a page; the first one
// counts, since what follows it is most often other articles.
func readLinked(scripts []string) linked {
	var l linked
	for _, script := range scripts {
		var value any
		if json.Unmarshal([]byte(script), &value) != nil && json.Unmarshal([]byte(mendJSON(script)), &value) != nil {
			continue
		}
		if article := findArticle(value, maxLinked); article != nil {
			l = linked{} // one before it, which had no headline, has no say
			l.read(article)
			if l.headline != "" {
				break
			}
		}
	}
	return l
}

// mendJSON makes JSON of what templates print: comments and CDATA around it, line
// breaks within strings, a semicolon behind it.
func mendJSON(text string) string {
	text = strings.TrimSpace(text)
	for _, around := range []string{"<!--", "//<![CDATA[", "<![CDATA[", "/*<![CDATA[*/"} {
		text = strings.TrimSpace(strings.TrimPrefix(text, around))
	}
	for _, around := range []string{"-->", "//]]>", "]]>", "/*]]>*/", ";"} {
		text = strings.TrimSpace(strings.TrimSuffix(text, around))
	}
	return strings.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, text)
}

// findArticle returns the object that describes an article.
func findArticle(value any, depth int) map[string]any {
	if depth == 0 {
		return nil
	}
	switch v := value.(type) {
	case []any:
		for _, one := range v {
			if found := findArticle(one, depth-1); found != nil {
				return found
			}
		}
	case map[string]any:
		if isArticle(v["@type"]) {
			return v
		}
		for _, name := range []string{"@graph", "mainEntity", "mainEntityOfPage"} {
			if found := findArticle(v[name], depth-1); found != nil {
				return found
			}
		}
	}
	return nil
}

// isArticle reports whether a type of schema.org is an article's.
func isArticle(kind any) bool {
	for _, name := range texts(kind) {
		name = name[strings.LastIndexByte(name, '/')+1:]
		if strings.HasSuffix(name, "Article") || name == "BlogPosting" || name == "LiveBlogPosting" || name == "Report" {
			return true
		}
	}
	return false
}

// read takes over what the object of an article says. Times, addresses and the
// language stay as they are written: whoever asks for them reads them.
func (l *linked) read(o map[string]any) {
	l.headline = plain(text(o["headline"], "name"))
	l.body = text(o["articleBody"])
	for _, name := range texts(o["author"]) {
		l.authors = append(l.authors, plain(name))
	}
	l.publisher = plain(text(o["publisher"], "name"))
	l.published = text(o["datePublished"])
	if l.published == "" {
		l.published = text(o["dateCreated"])
	}
	l.modified = text(o["dateModified"])
	l.image = text(o["image"], "url", "contentUrl", "@id")
	l.caption = plain(text(o["image"], "caption", "description"))
	l.section = plain(text(o["articleSection"]))
	l.language = text(o["inLanguage"], "alternateName", "name")
	l.url = text(o["mainEntityOfPage"], "@id", "url")
	if l.url == "" {
		l.url = text(o["url"])
	}
	for _, word := range texts(o["keywords"]) {
		l.keywords = append(l.keywords, plain(word))
	}
	switch free := o["isAccessibleForFree"].(type) {
	case bool:
		l.paid = !free
	case string:
		l.paid = strings.EqualFold(free, "false")
	}
}

// text returns a value as text: its own, or of the first of a list, or what an
// object has by one of these names.
func text(value any, names ...string) string {
	switch v := value.(type) {
	case string:
		return strings.TrimSpace(v)
	case []any:
		for _, one := range v {
			if t := text(one, names...); t != "" {
				return t
			}
		}
	case map[string]any:
		for _, name := range names {
			if t, ok := v[name].(string); ok && t != "" {
				return strings.TrimSpace(t)
			}
		}
	}
	return ""
}

// texts returns a value that may be a list as texts.
func texts(value any) []string {
	list, ok := value.([]any)
	if !ok {
		list = []any{value}
	}
	var all []string
	for _, one := range list {
		object, ok := one.(map[string]any)
		if ok {
			if names, ok := object["name"].([]any); ok {
				all = append(all, texts(names)...)
				continue
			}
		}
		if t := text(one, "name"); t != "" {
			all = append(all, t)
		}
	}
	return all
}

// plain returns text that may hold entities or tags as words on one line; JSON-LD
// is often escaped once more than need be.
func plain(text string) string { return feed.Plain(html.UnescapeString(text)) }
