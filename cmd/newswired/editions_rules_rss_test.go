package main

import (
	"encoding/json"
	"strconv"
	"testing"
	"time"

	"newswired/feed"
	"newswired/fetcher"
)

// rss checks RSS 2.0 and the RSS Advisory Board's profile.
func (r *rules) rss(root *node) {
	r.say(root.name == "rss" && root.attr["version"] == "2.0" && len(root.nodes) == 1, "root %s", root.name)
	c := root.nodes[0]
	for _, name := range []string{"title", "description"} {
		r.one(c, name)
	}
	r.web("channel", r.one(c, "link"))
	r.date(time.RFC1123Z, r.one(c, "lastBuildDate"))
	r.links(c, "self")
	for _, l := range c.all("language") {
		r.language(l.text)
	}
	for _, i := range c.all("item") {
		r.item(i)
	}
}

// item checks an item and all that stands in it.
func (r *rules) item(i *node) {
	for _, name := range []string{"title", "description"} {
		r.one(i, name)
	}
	r.date(time.RFC1123Z, r.one(i, "pubDate"))
	r.once("guid", r.one(i, "guid"))
	r.say(i.all("guid")[0].attr["isPermaLink"] == "false", "a guid that is a link")
	for _, l := range i.all("link") {
		r.web("item", l.text)
	}
	r.links(i)
	r.say(len(i.all("enclosure")) <= 1 && len(i.all("author")) == 0, "several enclosures, or an author")
	for _, e := range i.all("enclosure") {
		_, err := strconv.ParseUint(e.attr["length"], 10, 63)
		r.say(err == nil && medium.MatchString(e.attr["type"]), "enclosure %v", e.attr)
		r.web("enclosure", e.attr["url"])
	}
	for _, m := range append(i.all(mediaSpace+"content"), i.all(mediaSpace+"thumbnail")...) {
		r.web("media", m.attr["url"])
	}
	for _, s := range i.all("source") {
		r.web("source", s.attr["url"])
	}
	for _, creator := range i.all("http://purl.org/dc/elements/1.1/ creator") {
		r.say(creator.text != "", "a creator without a name")
	}
}

// json checks JSON Feed 1.1.
func (r *rules) json(text []byte) {
	var doc struct {
		Version, Title, Language string
		Page                     string `json:"home_page_url"`
		Self                     string `json:"feed_url"`
		Next                     string `json:"next_url"`
		Items                    []struct {
			ID, URL, Title, Language, Image string
			Content                         string `json:"content_html"`
			Published                       string `json:"date_published"`
			Modified                        string `json:"date_modified"`
			Tags                            []string
			Authors                         []struct{ Name, URL string }
			Attachments                     []struct {
				URL  string
				Type string `json:"mime_type"`
				Size int64  `json:"size_in_bytes"`
			}
		}
	}
	if err := json.Unmarshal(text, &doc); err != nil {
		r.say(false, "%v", err)
		return
	}
	r.say(doc.Version == "https://jsonfeed.org/version/1.1" && doc.Title != "" && doc.Items != nil && doc.Next != doc.Self, "head %+v", doc.Title)
	r.web("page", doc.Page)
	r.web("self", doc.Self)
	for _, i := range doc.Items {
		r.once("id", i.ID)
		r.say(i.Content != "" && i.Title != "", "an item without words")
		r.date(time.RFC3339, i.Published)
		r.date(time.RFC3339, i.Modified)
		for _, u := range []string{i.URL, i.Image} {
			if u != "" {
				r.web("item", u)
			}
		}
		if i.Language != "" {
			r.language(i.Language)
		}
		for _, a := range i.Attachments {
			r.web("attachment", a.URL)
			r.say(medium.MatchString(a.Type) && a.Size >= 0, "attachment %+v", a)
		}
		for _, a := range i.Authors {
			r.say(a.Name != "" || a.URL != "", "nobody among the authors")
		}
	}
}

// nasty is what careless publishers send; all news in it is made up.
const nasty = `<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>N</title><language>english</language>
<item><title>R&amp;D &lt;b&gt;ship&lt;/b&gt; "waits"</title><link>/relative?x=1&amp;y=a b|c</link><guid>1</guid><author>desk@a.example (Kim)</author><dc:creator>Lee</dc:creator><dc:creator>Lee</dc:creator>
<description>&lt;script&gt;x&lt;/script&gt;&lt;p onclick=x&gt;Waits&lt;a href="javascript:x"&gt;here&lt;/a&gt;</description><pubDate>yesterday</pubDate><category>a</category><category>a</category><category></category>
<enclosure url="https://a.example/a b.mp3" length="many" type="mp3"/><media:content url="//a.example/v.mp4" fileSize="-1"/><media:thumbnail url="data:image/png;base64,A"/></item>
<item><description>No title, no link</description></item>
<item><title></title><link>https://kim:geheim@a.example/2</link></item>
<item><title>Same</title><guid>2</guid><pubDate>Wed, 04 Mar 2026 10:00:00 GMT</pubDate></item>
<item><title>Same second</title><guid>3</guid><pubDate>Wed, 04 Mar 2026 10:00:00 GMT</pubDate></item>
</channel></rss>`

// The rules find nothing wrong with editions of a nasty document, and do find what is.
func TestEditionRules(t *testing.T) {
	doc, err := fetcher.Parse([]byte(nasty), "", "https://wire.example/rss", feed.Source{}, day)
	if err != nil || len(doc.Articles) < 4 {
		t.Fatalf("%+v, %v", doc, err)
	}
	checkEditions(t, "nasty", doc, 1)
	for name, text := range map[string]string{
		"no id":           `<feed xmlns="http://www.w3.org/2005/Atom"><title>a</title></feed>`,
		"not well-formed": `<feed>`,
	} {
		r := &rules{seen: make(map[string]bool)}
		if root, err := readNodes([]byte(text)); err == nil {
			r.atom(root)
			if len(r.wrong) == 0 {
				t.Errorf("%s: nothing is wrong with it", name)
			}
		}
	}
}
