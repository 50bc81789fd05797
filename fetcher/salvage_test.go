package fetcher

import (
	"fmt"
	"strings"
	"testing"

	"newswired/feed"
)

// A dialect writes Documents of one format whose items have the titles T0, T1
// and so on, with the inside of one of them given.
type dialect struct {
	name, head, tail, between string
	item                      func(n int) string
}

const words9 = "Words of the %[1]dth report, with <b>marks</b> and a stray & sign"

var dialects = []dialect{
	{
		name: "rss", head: `<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title><link>https://wire.example.kr/</link>` + "\n",
		tail: "</channel></rss>\n", between: "\n",
		item: func(n int) string {
			return fmt.Sprintf(`<item><title>T%[1]d</title><guid isPermaLink="false">g%[1]d</guid><description><![CDATA[`+words9+`]]></description></item>`, n)
		},
	},
	{
		name: "rdf", head: `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel rdf:about="https://wire.example.kr/"><title>Wire</title></channel>` + "\n",
		tail: "</rdf:RDF>", between: "\n",
		item: func(n int) string {
			return fmt.Sprintf(`<item rdf:about="g%[1]d"><title>T%[1]d</title><description><![CDATA[`+words9+`]]></description></item>`, n)
		},
	},
	{
		name: "atom", head: `<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title><id>urn:wire</id>`, tail: "</feed>",
		item: func(n int) string {
			return fmt.Sprintf(`<entry><title>T%[1]d</title><id>g%[1]d</id><summary type="html"><![CDATA[`+words9+`]]></summary></entry>`, n)
		},
	},
	{
		name: "json", head: `{"version":"https://jsonfeed.org/version/1.1","title":"Wire","items":[`, tail: `]}`, between: ",\n",
		item: func(n int) string {
			return fmt.Sprintf(`{"id":"g%[1]d","title":"T%[1]d","content_text":"`+words9+`","tags":["a","b"],"authors":[{"name":"Kim"}]}`, n)
		},
	},
}

// document writes n items, the middle one of which spoil has changed.
func (d dialect) document(n int, spoil func(item string) string) string {
	items := make([]string, n)
	for i := range items {
		items[i] = d.item(i)
	}
	if spoil != nil {
		items[n/2] = spoil(items[n/2])
	}
	return d.head + strings.Join(items, d.between) + d.tail
}

// titles joins the titles of the Articles that are whole.
func titles(d *feed.Document) string {
	var all []string
	for _, a := range d.Articles {
		all = append(all, a.Title)
	}
	return strings.Join(all, " ")
}

// Wherever a Document is cut off, every item before that place is kept as it
// is, no half of one, and nothing is remembered by which the rest could be
// missed for good.
func TestCutAnywhere(t *testing.T) {
	for _, dialect := range dialects {
		t.Run(dialect.name, func(t *testing.T) {
			text := dialect.document(4, nil)
			whole := parse(t, text)
			if got := titles(whole); got != "T0 T1 T2 T3" || whole.Warning != "" {
				t.Fatalf("whole: %s, %q", got, whole.Warning)
			}
			ends := 0
			for n := range len(strings.TrimSpace(text)) {
				for ends < 4 && n >= strings.Index(text, dialect.item(ends))+len(dialect.item(ends)) {
					ends++
				}
				d, err := Parse([]byte(text[:n]), "", wireURL, wire, fetched)
				if err != nil {
					if ends > 0 {
						t.Fatalf("cut to %q: %v", text[:n], err)
					}
					continue
				}
				if len(d.Articles) != ends || !d.Partial || d.Warning == "" {
					t.Fatalf("cut to %q: %q, %d articles, partial %t; %q", text[max(0, n-60):n], titles(d), ends, d.Partial, d.Warning)
				}
				for i, a := range d.Articles {
					if w := whole.Articles[i]; a.Title != w.Title || a.Summary != w.Summary || a.GUID != w.GUID {
						t.Fatalf("cut to %q: %+v", text[:n], a)
					}
				}
			}
		})
	}
}

// One item that is broken costs nothing but itself, however it is broken. If it
// is lost, or a part of it, the Warning says so; if no Article stands for it,
// the Document is partial.
func TestBrokenInTheMiddle(t *testing.T) {
	replace := func(old, new string) func(string) string {
		return func(s string) string {
			if !strings.Contains(s, old) {
				return ""
			}
			return strings.Replace(s, old, new, 1)
		}
	}
	onlyJSON := 28
	for i, spoiled := range []struct {
		name  string
		spoil func(string) string
		lost  bool // no Article stands for it
	}{
		{"no end of CDATA", replace("]]>", ""), false},
		{"half an end of CDATA", replace("]]>", "]>"), false},
		{"no start of CDATA", replace("<![CDATA[", ""), false},
		{"CDATA in small letters", replace("<![CDATA[", "<![cdata["), false},
		{"a comment without end", replace("<title>", "<!-- <title>"), false},
		{"a comment without end before the last", replace("</title>", "</title><!-- x"), false},
		{"an instruction without end", replace("<title>", `<?php echo "<title>`), false},
		{"no end of the item", replace("</item>", ""), false},
		{"no end of the entry", replace("</entry>", ""), false},
		{"no start of the item", replace("<item>", ""), false},
		{"no start of the entry", replace("<entry>", ""), false},
		{"half a start of the item", replace("<item>", "<item"), false},
		{"half an end of the item", replace("</item>", "</item"), false},
		{"half an end of the entry", replace("</entry>", "</entry"), false},
		{"half a title's end", replace("</title>", "</title"), false},
		{"no end of the title", replace("</title>", ""), false},
		{"an end in capitals", replace("</title>", "</TITLE>"), false},
		{"an open quote", replace(`"false"`, `"false`), false},
		{"an open quote in RDF", replace(`rdf:about="`, `rdf:about='`), false},
		{"an open quote in Atom", replace(`type="html"`, `type="html`), false},
		{"stray signs", replace("</title>", " < << <> </ & &# &#x; ]]> <!</title>"), false},
		{"a control character", replace("</title>", "\x01\x1f&#0;&#x1f;</title>"), false},
		{"the end of everything", replace("</title>", "</title></channel></rss>"), false},
		{"the end of everything in Atom", replace("</title>", "</title></feed>"), false},
		{"ends of nothing", replace("</title>", "</title></div></p></b></item2>"), false},
		{"starts of things", replace("</title>", "</title><div><p><b><table><tr><td>"), false},
		{"too deep", replace("</title>", "</title>"+strings.Repeat("<x>", 1000)), false},
		{"a DOCTYPE", replace("</title>", `</title><!DOCTYPE x [<!ENTITY y "z">]>`), false},

		{"no end of a string", replace(`","content_text`, `,"content_text`), true},
		{"a quote", replace(`marks`, `"marks"`), false},
		{"a line break", replace(`marks`, "ma\nr\tks"), false},
		{"an unknown escape", replace(`marks`, `\marks`), false},
		{"a comma too many", replace(`"b"]`, `"b",]`), false},
		{"no comma", replace(`,"title`, `"title`), true},
		{"no end of a list", replace(`"b"]`, `"b"`), true},
		{"no end of the object", func(s string) string { return strings.TrimSuffix(s, "}") }, false},
		{"no start of the object", replace(`{"id"`, `"id"`), true},
		{"other types", replace(`["a","b"]`, `"a"`), false},
		{"authors alone", replace(`[{"name":"Kim"}]`, `"Kim"`), false},
		{"a number as title", replace(`"content_text":`, `"url":5,"content_text":`), false},
	} {
		for _, dialect := range dialects {
			item := spoiled.spoil(dialect.item(2))
			if item == "" || item == dialect.item(2) || i >= onlyJSON && dialect.name != "json" {
				continue
			}
			t.Run(spoiled.name+" in "+dialect.name, func(t *testing.T) {
				text := dialect.document(5, spoiled.spoil)
				d, err := Parse([]byte(text), "", wireURL, wire, fetched)
				if err != nil {
					t.Fatal(err)
				}
				laws(t, d)
				t.Logf("%s; partial %t; %s", titles(d), d.Partial, d.Warning)
				whole := parse(t, dialect.document(5, nil))
				for _, i := range []int{0, 1, 3, 4} {
					found := false
					for _, a := range d.Articles {
						found = found || a.Title == whole.Articles[i].Title && a.Summary == whole.Articles[i].Summary && a.GUID == whole.Articles[i].GUID
					}
					if !found {
						t.Errorf("T%d is lost: %q", i, titles(d))
					}
				}
				if n := len(d.Articles); (n < 5) != spoiled.lost || n < 4 || n > 5 {
					t.Errorf("%d articles: %q", n, titles(d))
				}
				if spoiled.lost != d.Partial || spoiled.lost && d.Warning == "" {
					t.Errorf("partial %t, warning %q", d.Partial, d.Warning)
				}
			})
		}
	}
}
