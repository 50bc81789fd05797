package fetcher

import (
	"bytes"
	"cmp"
	encoding "encoding/json"
	"fmt"
	"html"
	"strings"

	"github.com/mmcdole/gofeed/json"

	"newswired/feed"
)

// readJSON reads a JSON Feed. Every API answers errors with a JSON object, and
// gofeed takes any object for a feed with nothing in it.
func (r *reader) readJSON(text []byte) error {
	if err := boundJSON(text); err != nil {
		return err
	}
	o := splitJSON(text)
	changed := text
	if o.certain && len(o.items) <= maxArticles {
		changed, o = r.changedJSON(text, o)
	}
	f, err := new(json.Parser).Parse(bytes.NewReader(changed))
	if len(r.doc.Unchanged) > 0 && (err != nil || len(f.Items) != len(o.items)) {
		r.doc.Unchanged, r.known = nil, nil // as if nothing were known
		return r.readJSON(text)
	}
	if err != nil {
		o = outline{}
		if f = r.salvagedJSON(text, err); f == nil {
			return notAFeed("a JSON document that cannot be read: %s", feed.OneLine(err.Error()))
		}
	}
	_, version, _ := strings.Cut(f.Version, "/version/")
	r.doc.Format = strings.TrimSpace("JSON Feed " + cut(feed.OneLine(version), 10))
	r.doc.Title = cut(headline(f.Title), maxLine)
	r.doc.Link = absolute(r.base, f.HomePageURL)
	r.doc.Push = jsonPush(r.base, f.FeedURL, o.hubs)
	r.doc.Language = r.lang(cmp.Or(f.Language, r.src.Language))
	if r.doc.Link != "" {
		r.base = r.doc.Link
	}
	r.jsonItems(f, o, r.relayJSON(changed))
	r.void()
	if !strings.Contains(f.Version, "jsonfeed.org/version/") && len(r.doc.Articles)+len(r.doc.Unchanged) == 0 {
		return notAFeed("a JSON document (%q), not a feed", cut(feed.OneLine(string(text[:min(len(text), 200)])), 60))
	}
	return nil
}

// boundJSON refuses what would take too much to read.
func boundJSON(text []byte) error {
	if bytes.Count(text, []byte("{")) > 20*maxArticles {
		return &ParseError{Kind: feed.TooLarge, Reason: fmt.Sprintf("a JSON document of more than %d objects, refused", 20*maxArticles)}
	}
	if bytes.Count(text, []byte(",")) > maxParts+len(text)/10 { // there are commas in prose as well
		return &ParseError{Kind: feed.TooLarge, Reason: fmt.Sprintf("a JSON document of more than %d values, refused", maxParts)}
	}
	return nil
}

// jsonItems makes the Articles.
func (r *reader) jsonItems(f *json.Feed, o outline, told []*toldStory) {
	authors := r.jsonPeople(append(f.Authors, f.Author))
	if len(f.Items) > maxArticles {
		r.note("only the first %d articles read", maxArticles)
		r.doc.Partial = true
		f.Items = f.Items[:maxArticles]
	}
	none := 0
	for i, it := range f.Items {
		if it == nil {
			none++
			continue
		}
		d := r.jsonDraft(it)
		if len(f.Items) == len(o.items) {
			d.item = o.items[i].hash
		}
		if r.relay != nil && i < len(told) && told[i] != nil {
			r.relayed(d, told[i])
			continue
		}
		if len(d.authors) == 0 {
			d.authors = authors
		}
		r.article(d)
	}
	if none > 0 {
		r.refuseElements(none)
	}
}

// jsonPush reads who tells of news (JSON Feed 1.1, "Subscribing to Real-time
// Notifications"). Version 1 calls the type of ours WebSub.
func jsonPush(base, self string, list []byte) (p feed.Push) {
	var hubs []struct{ Type, URL string }
	if len(list) == 0 || encoding.Unmarshal(list, &hubs) != nil {
		return p
	}
	p.SetTopic(absolute(base, self))
	for _, hub := range hubs {
		if strings.EqualFold(hub.Type, "WebSub") || strings.EqualFold(hub.Type, "PubSubHubbub") {
			p.AddHub(absolute(base, hub.URL))
		}
	}
	return p
}

// salvagedJSON reads what can be read of a JSON Feed in spite of err, nil if that
// is nothing.
func (r *reader) salvagedJSON(text []byte, err error) *json.Feed {
	f, s := salvageJSON(text)
	if f == nil {
		return nil
	}
	if s.none > 0 {
		r.refuseElements(s.none)
	}
	switch kept := len(s.items); {
	case kept > maxArticles: // as readJSON says
	case s.cut && s.lost == 0:
		r.doc.Partial = true
		r.note("the end is missing; %d articles kept", kept)
	case s.lost > 0 || s.cut:
		r.lost(kept, kept+s.lost)
	}
	why := feed.OneLine(err.Error())
	if strings.Contains(why, "exceeded max depth") {
		why = "more than 10000 values within each other" // encoding/json has no figure
	}
	r.note("repaired: %s", why)
	return f
}

// refuseElements refuses elements of items that are none, such as null.
func (r *reader) refuseElements(n int) {
	r.doc.Refused = append(r.doc.Refused, feed.Refusal{Reason: fmt.Sprintf("no objects among the items: %d", n)})
}

// jsonDraft reads one element of items. Version 1.0 has one author, 1.1 a list;
// gofeed keeps both. An id that is a URL is the page's where no other is given,
// as the specification asks for ids that are "the full URL of the resource".
func (r *reader) jsonDraft(it *json.Item) draft {
	d := draft{
		guid:       it.ID,
		links:      []string{it.URL, it.ExternalURL},
		title:      it.Title,
		summary:    cmp.Or(it.Summary, it.ContentText),
		content:    it.ContentHTML,
		language:   it.Language,
		published:  r.date(it.DatePublished),
		updated:    r.date(it.DateModified),
		authors:    r.jsonPeople(append(it.Authors, it.Author)),
		categories: it.Tags,
	}
	if d.content == "" && it.Summary != "" {
		d.content = html.EscapeString(it.ContentText)
	}
	if isURL(it.ID) {
		d.links = append(d.links, it.ID)
	}
	m := media{base: r.base}
	if it.Attachments != nil {
		for _, a := range *it.Attachments {
			m.add(feed.Enclosure{URL: a.URL, Type: a.MimeType, Length: max(a.SizeInBytes, 0)}, small, "")
		}
	}
	m.picture(cmp.Or(it.Image, it.BannerImage), ordinary)
	d.enclosures, d.image = m.enclosures, m.image
	return d
}

// jsonPeople returns the authors, each once; nil ones come from "author": null
// or from there being none.
func (r *reader) jsonPeople(authors []*json.Author) []feed.Person {
	var all []feed.Person
	for _, a := range authors {
		if a != nil {
			p := person(a.Name)
			p.URL = absolute(r.base, a.URL)
			all = addPerson(all, p)
		}
	}
	return all
}
