package fetcher

import (
	"context"
	"reflect"
	"slices"
	"strings"
	"testing"

	"newswired/feed"
)

// leftOut holds that leaving out any items brings the very Articles of the
// others, and reports how many could be left out of how many.
func leftOut(t testing.TB, body []byte, contentType string, whole *feed.Document) (left, all int) {
	t.Helper()
	for _, keep := range []int{1, 2, 3} { // none, every other, every third
		var known []feed.ItemHash
		want, unchanged := *whole, []feed.ItemHash(nil)
		want.Articles, want.Items = nil, nil
		for i, h := range whole.Items {
			if h != 0 && (keep == 1 || i%keep != 0) {
				known = append(known, h)
			}
		}
		slices.Sort(known)
		for i, h := range whole.Items {
			if _, found := slices.BinarySearch(known, h); found {
				unchanged = append(unchanged, h)
				continue
			}
			want.Articles, want.Items = append(want.Articles, whole.Articles[i]), append(want.Items, h)
		}
		got, err := parseChanged(context.Background(), body, contentType, wireURL, wire, fetched, feed.State{Items: known})
		if err != nil {
			t.Fatalf("less what is known: %v", err)
		}
		if len(got.Unchanged) > 0 {
			want.Unchanged = unchanged
		} else {
			want = *whole
		}
		if len(got.Articles) == 0 {
			got.Articles = nil
		}
		if len(want.Articles) == 0 {
			want.Articles = nil
		}
		if !reflect.DeepEqual(*got, want) {
			t.Fatalf("less %d known items:\n%+v\nwant\n%+v", len(known), *got, want)
		}
		if keep == 1 {
			left = len(got.Unchanged)
		}
	}
	return left, len(whole.Items)
}

// Of every real Document all items can be left out, and whichever are, the
// others are read as they were.
func TestLeftOutCorpus(t *testing.T) {
	left, all := 0, 0
	for _, folder := range []string{"feeds/real", "feeds/snapshots", "feeds/yonhap-cn-original-form", "feeds/broken", "feeds/charset", "suites"} {
		for _, path := range shared(t, folder) {
			body := read(t, path)
			d, err := Parse(body, "", wireURL, wire, fetched)
			if err != nil {
				continue
			}
			l, a := leftOut(t, body, "", d)
			left, all = left+l, all+a
			if t.Failed() {
				t.Fatal(path)
			}
		}
	}
	t.Logf("%d of %d items left out", left, all)
}

// What is around an item decides how it is read, and so does the address; the
// date of the Document does not.
func TestSameItems(t *testing.T) {
	const rss = `<rss xml:base="http://a.example/"><channel><language>en</language><lastBuildDate>1</lastBuildDate><link>/</link><item><guid>1</guid></item><item/></channel></rss>`
	const atom = `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><updated>1</updated><author><name>A</name></author><entry><id>1</id></entry></feed>`
	const json = `{"version":"https://jsonfeed.org/version/1.1","language":"en","items":[{"id":"1"}]}`
	const rdf = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel rdf:about="/"><items><rdf:Seq><rdf:li rdf:resource="/1"/></rdf:Seq></items></channel><item rdf:about="/1"><title>t</title></item></rdf:RDF>`
	first := func(document, base string) feed.ItemHash {
		d, err := Parse([]byte(document), "", base, wire, fetched)
		if err != nil || len(d.Items)+len(d.Refused) == 0 {
			t.Fatal(err)
		}
		if len(d.Items) == 0 {
			return 0
		}
		return d.Items[0]
	}
	for _, test := range []struct {
		document, old, new string
		same               bool
	}{
		{rss, "<lastBuildDate>1<", "<lastBuildDate>2<", true},
		{rss, "<lastBuildDate>1<", "<lastBuildDate><![CDATA[2]]><", true},
		{rss, "<item/>", "", true},
		{rss, "<item/>", "<!-- 1 -->\n <item/>", true},
		{rss, "<guid>1", "<guid>2", false},
		{rss, ">en<", ">ko<", false},
		{rss, "a.example", "b.example", false},
		{rss, "<link>/<", "<link>/x<", false},
		{rss, "<rss", "<rss xmlns:x='y'", false},
		{rdf, `<rdf:Seq>`, `<rdf:Seq><rdf:li rdf:resource="/2"></rdf:li> `, true},
		{rdf, `<rdf:Seq>`, `<rdf:Seq>x`, false},
		{rdf, `rdf:about="/1"`, `rdf:about="/2"`, false},
		{atom, "<updated>1", "<updated>2", true},
		{atom, `lang="en"`, `lang="ko"`, false},
		{atom, "<name>A", "<name>B", false},
		{json, `]}`, `, {"id":"2"}]}`, true},
		{json, `"en"`, `"ko"`, false},
		{json, `{"id":"1"}`, `{"id": "1"}`, false},
	} {
		edited := strings.Replace(test.document, test.old, test.new, 1)
		withTitle := func(s string) string {
			return strings.NewReplacer("<guid>", "<title>t</title><guid>", "<entry>", "<entry><title>t</title>", `"id":`, `"title":"t","id":`, `"id": `, `"title":"t","id": `).Replace(s)
		}
		before, after := first(withTitle(test.document), wireURL), first(withTitle(edited), wireURL)
		if before == 0 || after == 0 || (before == after) != test.same {
			t.Errorf("%q for %q: %x, then %x", test.new, test.old, before, after)
		}
		if first(withTitle(test.document), wireURL+"x") == before {
			t.Errorf("%.5s: another address, the same items", test.document)
		}
	}
}

// What a Document says each time must not be left out: a refusal, an excess.
func TestNotRemembered(t *testing.T) {
	d := parse(t, inRSS("<title>"+strings.Repeat("a ", maxLine)+"</title></item><item><guid>refused</guid></item><item><title>t</title>"))
	if len(d.Items) != 2 || d.Items[0] != 0 || d.Items[1] == 0 || len(d.Refused) != 1 {
		t.Errorf("items %x, refused %v", d.Items, d.Refused)
	}
	for _, body := range []string{
		inRSS("<title>a\x01b</title>"),                // gofeed drops it before it looks for tags
		inRSS("<title>a</Title>"),                     // repaired
		"<rss><channel><item><title>a</title></item>", // cut off
	} {
		if d := parse(t, body); len(d.Articles) != 1 || len(d.Items) != 1 || d.Items[0] != 0 {
			t.Errorf("%q: items %x of %d articles", body, d.Items, len(d.Articles))
		}
	}
}
