package fetcher

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"newswired/fetcher/charset"
)

// Where the items of a Document are, or that nobody can be sure.
func TestSplit(t *testing.T) {
	const a, b = `<item><title>A</title></item>`, `<item x="1"><title>B</title></item>`
	in := func(s string) string { return "<rss><channel><title>t</title>" + s + "</channel></rss>" }
	for _, test := range []struct {
		name, text string
		want       []string
		doubt      bool
	}{
		{"two", in(a + "\n" + b), []string{a, b}, false},
		{"none", in(""), nil, false},
		{"after the end", in(a) + b, []string{a}, false},
		{"RDF", `<rdf:RDF><channel/>` + a + b + `</rdf:RDF>`, []string{a, b}, false},
		{"Atom", `<feed><id>f</id><entry><id>a</id></entry><entry/></feed>`, []string{`<entry><id>a</id></entry>`, `<entry/>`}, false},
		{"prefix", `<a:feed><a:entry></a:entry><b:entry/></a:feed>`, []string{`<a:entry></a:entry>`}, false},
		{"extensions", `<feed><feedburner:info/><entry><feedburner:origLink>x</feedburner:origLink></entry></feed>`,
			[]string{`<entry><feedburner:origLink>x</feedburner:origLink></entry>`}, false},
		{"in CDATA", in(`<item><d><![CDATA[</item><item>]]></d></item>`), []string{`<item><d><![CDATA[</item><item>]]></d></item>`}, false},
		{"in a comment", in(`<!--` + a + `-->` + b), []string{b}, false},
		{"a comment like an end", in(`<!-->` + a + `-->` + b), []string{b}, false},
		{"in an instruction", in(`<?x ` + a + `?>` + b), []string{b}, false},
		{"in an attribute", in(`<item><m a="</item>" b='>'/></item>`), []string{`<item><m a="</item>" b='>'/></item>`}, false},
		{"entry in an entry", `<feed><entry><content><feed><entry/></feed></content></entry></feed>`,
			[]string{`<entry><content><feed><entry/></feed></content></entry>`}, false},
		{"upper case", `<RSS><CHANNEL><ITEM></ITEM></CHANNEL></RSS>`, []string{`<ITEM></ITEM>`}, false},
		{"case of an end", in(`<item></Item>` + a), []string{`<item></Item>`, a}, true},
		{"no end of an item", in(`<item><title>A</title>` + a), nil, true},
		{"no end", "<rss><channel>" + a, []string{a}, true},
		{"cut", "<rss><channel>" + a + "<item><ti", nil, true},
		{"void", in(`<item><br></item>`), []string{`<item><br></item>`}, true},
		{"stray <", in(`<item>x < y</item>`), []string{`<item>x < y</item>`}, true},
		{"DOCTYPE", in(`<!DOCTYPE x>` + a), []string{a}, true},
		{"two channels", `<rss><channel>` + a + `</channel><channel>` + b + `</channel></rss>`, []string{a, b}, true},
		{"two places", `<rss><channel>` + a + `</channel>` + b + `</rss>`, []string{a, b}, true},

		{"JSON", `{"a":[{"items":[1]}], "items" : [ {"id":"}\"]"} , {"id":2} ] }`, []string{`{"id":"}\"]"}`, `{"id":2}`}, false},
		{"no JSON items", `{"items":[]}`, nil, false},
		{"JSON null", `{"items":[null]}`, nil, true},
		{"two JSON lists", `{"items":[{}],"Items":[{}]}`, nil, true},
		{"hidden JSON name", `{"\u0069tems":[{}]}`, nil, true},
		{"cut JSON", `{"items":[{}`, nil, true},
	} {
		o := splitAny([]byte(test.text))
		if o.certain == test.doubt {
			t.Errorf("%s: certain %t", test.name, o.certain)
		}
		var got []string
		for _, it := range o.items {
			got = append(got, test.text[it.start:max(it.start, it.end)])
		}
		if test.want != nil && !slices.Equal(got, test.want) {
			t.Errorf("%s: items %q, want %q", test.name, got, test.want)
		}
	}
}

// splitAny splits either format.
func splitAny(text []byte) outline {
	if len(text) > 0 && text[0] == '{' {
		return splitJSON(text)
	}
	if r := findRoot(text); r.name != "" && r.start == 0 {
		return split(text, r)
	}
	return outline{}
}

// FuzzSplit holds that an outline that is certain divides the Document, at
// places where every reader of well-formed documents does.
func FuzzSplit(f *testing.F) {
	f.Add(manyArticles(2)[len(`<?xml version="1.0" encoding="UTF-8"?>`)+1:])
	for _, text := range []string{
		`<feed xmlns="http://www.w3.org/2005/Atom"><entry><content><entry/></content></entry><entry></entry></feed>`,
		`<rdf:RDF><channel/><item a=">"/><!-- <item> --><item><![CDATA[<item>]]></item></rdf:RDF>`,
		`<rss><channel><item></Item><item><br></item></channel><channel/></rss>`,
		`{"items":[{"id":"]"},{"a":[{}]}],"x":{"items":[]}}`,
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		o := splitAny(text)
		if !o.certain {
			if ref, plain := walk(text); plain {
				t.Fatalf("not certain of %q, which is well-formed and has %v", text, ref)
			}
			return
		}
		var whole []byte
		last := 0
		for _, it := range o.items {
			if it.start < last || it.end <= it.start || it.end > len(text) {
				t.Fatalf("an item from %d to %d after %d of %d", it.start, it.end, last, len(text))
			}
			if utf8.Valid(text) && !utf8.Valid(text[it.start:it.end]) {
				t.Fatalf("item %q", text[it.start:it.end])
			}
			whole = append(append(whole, text[last:it.start]...), text[it.start:it.end]...)
			last = it.end
		}
		if whole = append(whole, text[last:]...); !bytes.Equal(whole, text) {
			t.Fatalf("the parts of %q are %q", text, whole)
		}
		ref, plain := walk(text)
		for i, it := range ref {
			if plain && (len(ref) != len(o.items) || [2]int{o.items[i].start, o.items[i].end} != it) {
				t.Fatalf("%q has %d items, want %v", text, len(o.items), ref)
			}
		}
		if plain && len(ref) == 0 && len(o.items) > 0 {
			t.Fatalf("%q has %d items, want none", text, len(o.items))
		}
	})
}

// walk returns where the items of a well-formed Document are, by the readers of
// the standard library; plain is false if it is none, or one of which split need
// not be certain.
func walk(text []byte) (items [][2]int, plain bool) {
	if len(text) > 0 && text[0] == '{' {
		return nil, false
	}
	root := findRoot(text)
	if root.name == "" || root.start != 0 {
		return nil, false
	}
	want := "item"
	if root.name == "feed" {
		want = "entry"
	}
	d := xml.NewDecoder(bytes.NewReader(text))
	var open []string
	channels, prefix, level, start := 0, "", 0, 0
	for {
		at := int(d.InputOffset())
		token, err := d.RawToken()
		if err != nil {
			return nil, false
		}
		switch e := token.(type) {
		case xml.Directive:
			return nil, false
		case xml.StartElement:
			name := e.Name.Space + ":" + e.Name.Local
			if strings.ContainsAny(name[len(e.Name.Space)+1:], ":") || void([]byte(e.Name.Local)) || len(open) > maxDepth/2 {
				return nil, false
			}
			if len(open) == 1 && strings.EqualFold(e.Name.Local, "channel") {
				channels++
			}
			if strings.EqualFold(e.Name.Local, want) {
				if prefix == "" {
					prefix = name[:len(e.Name.Space)+1]
				}
				among := len(open) == 1
				if len(open) == 2 && want == "item" {
					_, parent, _ := strings.Cut(open[1], ":")
					among = strings.EqualFold(parent, "channel")
				}
				if among && prefix == name[:len(e.Name.Space)+1] {
					if level != 0 && level != len(open) {
						return nil, false
					}
					level, start = len(open), at
				}
			}
			open = append(open, name)
		case xml.EndElement:
			name := e.Name.Space + ":" + e.Name.Local
			if len(open) == 0 || open[len(open)-1] != name {
				return nil, false
			}
			open = open[:len(open)-1]
			if len(open) == level && level > 0 && strings.EqualFold(e.Name.Local, want) && prefix == name[:len(e.Name.Space)+1] {
				items = append(items, [2]int{start, int(d.InputOffset())})
			}
			if len(open) == 0 {
				return items, channels < 2 && !bytes.HasSuffix(text[:d.InputOffset()], []byte("/>"))
			}
		}
	}
}

// A JSON Feed is split where encoding/json does.
func FuzzSplitJSON(f *testing.F) {
	f.Add([]byte(`{"version":"x","items":[{"id":"a]\""},{"id":[{}]}],"b":-1.5e3}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		o := splitJSON(text)
		var ref struct {
			Items []json.RawMessage `json:"items"`
		}
		if !o.certain || json.Unmarshal(text, &ref) != nil {
			return
		}
		for i, it := range o.items {
			if len(ref.Items) != len(o.items) || !bytes.Equal(ref.Items[i], text[it.start:it.end]) {
				t.Fatalf("%q has %d items, want %q", text, len(o.items), ref.Items)
			}
		}
	})
}

// The real Documents are split with certainty, but for those that are broken
// or strange.
func TestSplitCorpus(t *testing.T) {
	certain, all := 0, 0
	for _, folder := range []string{"feeds/real", "feeds/snapshots"} {
		for _, path := range shared(t, folder) {
			text, _, _ := charset.Decode(read(t, path), "", wire)
			r := findRoot(text)
			if r.name == "" {
				continue
			}
			o := split(text[r.start:], r)
			all++
			if o.certain {
				certain++
			} else {
				t.Logf("%s: not certain of %d items", path, len(o.items))
			}
		}
	}
	t.Logf("%d of %d", certain, all)
}
