package main

import (
	"encoding/json"
	"fmt"
	"html"
	"math/rand/v2"
	"slices"
	"strings"
	"time"
)

// A pressItem is one item of a Document, by the names of RSS.
type pressItem struct{ guid, link, title, text, date string }

// An editor is at work on a Document, and makes the mistakes that editors make.
type editor struct {
	rand  *rand.Rand
	head  map[string]string
	items []pressItem
	gone  []pressItem // that were taken out
	made  int
	fault string // of the next Document
}

// newItem returns news.
func (e *editor) newItem() pressItem {
	e.made++
	return pressItem{
		guid: fmt.Sprint("g", e.made), link: fmt.Sprintf("http://wire.example/news/%d", e.made),
		title: fmt.Sprintf("Council number %d votes on harbour %d", e.made, e.made*7),
		text:  fmt.Sprintf("Delegates of district %d met again on matter %d.", e.made, e.made*13),
		date:  time.Now().Format(time.RFC1123Z),
	}
}

// edit does one thing to the Document and returns its name.
func (e *editor) edit() string {
	names := []string{"new", "new", "new", "title", "text", "shuffle", "swap", "twice", "twice otherwise", "remove", "remove", "return",
		"language", "home", "author", "guid again", "link again", "no guid", "no link", "link moves", "guid rotates", "refused", "undated",
		"same title", "guid of a lost one", "nothing", "comma", "cut", "mixed tags", "two channels", "all new", "date"}
	name := names[e.rand.IntN(len(names))]
	if len(e.items) < 4 {
		name = "new"
	}
	i, j := 0, 0
	if len(e.items) > 0 {
		i, j = e.rand.IntN(len(e.items)), e.rand.IntN(len(e.items))
	}
	fresh := func(change func(*pressItem)) {
		it := e.newItem()
		change(&it)
		e.items = slices.Insert(e.items, e.rand.IntN(2)*j, it)
	}
	switch name {
	case "new":
		fresh(func(*pressItem) {})
	case "title":
		e.items[i].title += fmt.Sprint(" again ", e.rand.IntN(100))
	case "text":
		e.items[i].text += fmt.Sprint(" More follows: ", e.rand.IntN(100))
	case "comma":
		e.items[i].title = strings.Replace(e.items[i].title, " on", ",  on", 1)
	case "date":
		e.items[i].date = time.Now().Format(time.RFC1123Z)
	case "shuffle":
		e.rand.Shuffle(len(e.items), func(a, b int) { e.items[a], e.items[b] = e.items[b], e.items[a] })
	case "swap":
		e.items[i], e.items[j] = e.items[j], e.items[i]
	case "twice":
		e.items = slices.Insert(e.items, j, e.items[i])
	case "twice otherwise":
		it := e.items[i]
		it.text += " Otherwise."
		e.items = slices.Insert(e.items, j, it)
	case "remove":
		e.gone = append(e.gone, e.items[i])
		e.items = slices.Delete(e.items, i, i+1)
	case "return":
		if len(e.gone) > 0 {
			e.items = slices.Insert(e.items, j, e.gone[e.rand.IntN(len(e.gone))])
		}
	case "language":
		e.head["language"] = []string{"en", "ko", "fr"}[e.rand.IntN(3)]
	case "home":
		e.head["link"] = fmt.Sprintf("http://wire.example/%d/", e.rand.IntN(3))
	case "author":
		e.head["author"] = []string{"Desk", "Night desk"}[e.rand.IntN(2)]
	case "guid again":
		fresh(func(it *pressItem) { it.guid = e.items[i].guid })
	case "link again":
		fresh(func(it *pressItem) { it.link = e.items[i].link })
	case "same title":
		fresh(func(it *pressItem) { it.title = e.items[i].title })
	case "no guid":
		fresh(func(it *pressItem) { it.guid = "" })
	case "no link":
		fresh(func(it *pressItem) { it.link, it.guid = "", "" })
	case "undated":
		fresh(func(it *pressItem) { it.date = "" })
	case "refused":
		fresh(func(it *pressItem) { *it = pressItem{guid: it.guid} })
	case "link moves":
		e.items[i].link += "-moved"
	case "guid rotates":
		e.items[i].guid += "r"
	case "guid of a lost one":
		if len(e.gone) > 0 {
			fresh(func(it *pressItem) { it.guid = e.gone[e.rand.IntN(len(e.gone))].guid })
		}
	case "all new":
		for k := range e.items {
			e.items[k] = e.newItem()
		}
	case "cut", "mixed tags", "two channels":
		e.fault = name
	}
	if len(e.items) > 20 {
		e.items = e.items[:14]
	}
	return name
}

// broken returns a Document with the fault that the last edit made.
func (e *editor) broken(document string) []byte {
	fault := e.fault
	e.fault = ""
	switch fault {
	case "cut":
		document = document[:len(document)*2/3]
	case "mixed tags":
		document = strings.Replace(document, "</title>", "</Title>", 3)
	case "two channels":
		document = strings.Replace(document, "</channel>", "</channel><channel></channel>", 1)
	}
	return []byte(document)
}

// formats write a Document.
var formats = map[string]func(head map[string]string, items []pressItem) string{
	"rss": func(head map[string]string, items []pressItem) string {
		return `<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>` + tags(head, "language", "link") +
			`<lastBuildDate>` + head["date"] + `</lastBuildDate>` + rssItems(items) + "\n<!-- " + head["date"] + " --></channel></rss>"
	},
	"rdf": func(head map[string]string, items []pressItem) string {
		return `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><dc:date>` +
			head["date"] + `</dc:date>` + tags(head, "language", "link") + `</channel>` + rssItems(items) + `</rdf:RDF>`
	},
	"atom": func(head map[string]string, items []pressItem) string {
		text := fmt.Sprintf(`<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="%s"><link href="%s"/><updated>%s</updated><author><name>%s</name></author>`,
			head["language"], head["link"], head["date"], head["author"])
		for _, it := range items {
			text += "\n<entry>" + element("id", it.guid) + element("title", it.title) + element("summary", it.text) + element("updated", it.date)
			if it.link != "" {
				text += `<link href="` + html.EscapeString(it.link) + `"/>`
			}
			text += "</entry>"
		}
		return text + "</feed>"
	},
	"json": func(head map[string]string, items []pressItem) string {
		type object map[string]any
		all := []object{}
		for _, it := range items {
			o := object{}
			for name, value := range map[string]string{"id": it.guid, "url": it.link, "title": it.title, "content_text": it.text, "date_published": it.date} {
				if value != "" {
					o[name] = value
				}
			}
			all = append(all, o)
		}
		text, _ := json.Marshal(object{"version": "https://jsonfeed.org/version/1.1", "language": head["language"], "home_page_url": head["link"], "items": all,
			"authors": []object{{"name": head["author"]}}})
		return string(text)
	},
}

// rssItems writes items for RSS and RDF.
func rssItems(items []pressItem) string {
	text := ""
	for _, it := range items {
		text += "\n<item>" + element("guid", it.guid) + element("link", it.link) + element("title", it.title) + element("description", it.text) + element("pubDate", it.date) + "</item>"
	}
	return text
}

// tags writes what the head has under some names.
func tags(head map[string]string, names ...string) string {
	text := ""
	for _, name := range names {
		text += element(name, head[name])
	}
	return text
}

// element writes one element, nothing if it would be empty.
func element(name, value string) string {
	if value == "" {
		return ""
	}
	return "<" + name + ">" + html.EscapeString(value) + "</" + name + ">"
}
