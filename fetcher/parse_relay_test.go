package fetcher

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"newswired/feed"
)

// relayDoc is an Edition of a newswired at west.example, cut to what counts.
func relayDoc(head, entries string) string {
	return `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:nw="` + feed.RelayNamespace + `"><title>All</title><id>tag:west.example,2026:1/feed/all</id>
<author><name>All</name></author><nw:newswired id="tag:west.example,2026:1/"><nw:source name="herald" outlet="The Herald" url="http://herald.example/rss"/>
<nw:source name="wire" outlet="The Wire" agency="Wire" url="http://wire.example/rss"/>` + head + `</nw:newswired>` + entries + `</feed>`
}

const relayEntry = `<entry xml:lang="en"><title>Bridge closed</title><id>tag:west.example,2026:1/story/4</id><published>2021-02-01T08:00:00Z</published><updated>2021-02-01T09:00:00.004Z</updated>
<content type="html">&lt;p&gt;It is closed.&lt;/p&gt;&lt;p class="carriers" lang="en"&gt;Also carried by &lt;a href="http://wire.example/1"&gt;The Wire&lt;/a&gt;.&lt;/p&gt;</content>
<link href="http://herald.example/1"/><source><author><name>The Herald</name></author><id>x</id><title>The Herald</title></source>
<nw:story id="7" from="herald" guid="h1" credit="Wire" body="summary"><nw:copy id="5" from="wire" published="2021-02-01T07:00:00Z" lang="ko" href="http://wire.example/1" title="URGENT: Bridge &lt;closed&gt;"><nw:author>Kim</nw:author><nw:category>Roads</nw:category></nw:copy></nw:story></entry>`

func relaySource(mode string) feed.Source {
	return feed.Source{Name: "west", URL: "http://west.example/feeds/all.atom", Outlet: "West", Relay: mode}
}

func parseRelay(t *testing.T, doc string, src feed.Source, state feed.State) *feed.Document {
	t.Helper()
	d, err := parseChanged(t.Context(), []byte(doc), "application/atom+xml", src.URL, src, fetched, state)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// What a newswired tells is taken apart into the articles that it has, each with
// its outlet.
func TestRelayDocument(t *testing.T) {
	d := parseRelay(t, relayDoc(`<nw:void id="tag:west.example,2026:1/story/3" in="tag:west.example,2026:1/story/4"/><nw:void id="tag:west.example,2026:1/story/2"/>`, relayEntry), relaySource(""), feed.State{})
	if d.Relay != "tag:west.example,2026:1/" || len(d.Articles) != 2 || fmt.Sprint(d.Retold) != "map[tag:west.example,2026:1/story/3:tag:west.example,2026:1/story/4]" ||
		!slices.Equal(d.Deleted, []string{"tag:west.example,2026:1/story/2"}) {
		t.Fatalf("%+v", d)
	}
	for i, want := range []string{
		"wire-less http://wire.example/1 URGENT: Bridge <closed>   ko [{Kim  }] [Roads] 2021-02-01 07:00:00 &{ID:tag:west.example,2026:1/article/5 Path:[tag:west.example,2026:1/] Entry:tag:west.example,2026:1/story/4 Source:wire URL:http://wire.example/rss Outlet:The Wire Agency:Wire Credit: Brief:true Void:false}",
		"h1 http://herald.example/1 Bridge closed It is closed.  en [] [] 2021-02-01 08:00:00 &{ID:tag:west.example,2026:1/article/7 Path:[tag:west.example,2026:1/] Entry:tag:west.example,2026:1/story/4 Source:herald URL:http://herald.example/rss Outlet:The Herald Agency: Credit:Wire Brief:false Void:false}",
	} {
		a := d.Articles[i]
		guid := a.GUID
		if guid == a.Link {
			guid = "wire-less"
		}
		if got := fmt.Sprint(guid, " ", a.Link, " ", a.Title, " ", a.Summary, " ", a.Content, " ", a.Language, " ", a.Authors, " ", a.Categories, " ", a.Published.UTC().Format("2006-01-02 15:04:05"), " ", fmt.Sprintf("%+v", a.Relayed)); got != want {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
	}
}

// TestRelayIsNotPassedFor holds that only what showed itself as a newswired with
// its first document, or what the configuration calls one, is taken for one.
func TestRelayIsNotPassedFor(t *testing.T) {
	doc := relayDoc("", relayEntry)
	known := feed.State{Known: true}
	for _, test := range []struct {
		name, mode string
		state      feed.State
		relay      bool
		warning    string
	}{
		{"at first", "", feed.State{}, true, ""},
		{"as before", "", feed.State{Known: true, Relay: true}, true, ""},
		{"a newspaper that becomes one", "", known, false, "it has become the feed of a newswired"},
		{"by the configuration's word", feed.RelayAlways, known, true, ""},
		{"never", feed.RelayNever, feed.State{}, false, ""},
	} {
		d := parseRelay(t, doc, relaySource(test.mode), test.state)
		if (d.Relay != "") != test.relay || !strings.HasPrefix(d.Warning, test.warning) || (d.Warning == "") != (test.warning == "") {
			t.Errorf("%s: %q, %q", test.name, d.Relay, d.Warning)
		}
		if !test.relay && (len(d.Articles) != 1 || d.Articles[0].Relayed != nil || d.Articles[0].GUID != "tag:west.example,2026:1/story/4") {
			t.Errorf("%s: %+v", test.name, d.Articles)
		}
	}
}

// A copy that cannot be told from others, or of nobody, is refused by name; what is
// not ours is not read as ours.
func TestRelayRefused(t *testing.T) {
	for what, change := range map[string][2]string{
		"an id of no article":     {`copy id="5"`, `copy id="tag:west.example,2026:1/story/5"`},
		"an id of two words":      {`copy id="5"`, `copy id="tag:west.example,2026:1/ x/article/5"`},
		"a number that is none":   {`copy id="5"`, `copy id="0x5"`},
		"a source without a name": {`from="wire"`, `from="times"`},
		"an id with markup":       {`copy id="5"`, `copy id="tag:west.example,2026:1/&lt;b&gt;/article/5"`},
		"an id of two lines":      {`copy id="5"`, `copy id="tag:west.example,2026:1/&#133;/article/5"`},
		"a way over nobody":       {`copy id="5"`, `copy id="5" path="` + strings.Repeat("x", 1<<16) + `"`},
		"a long way":              {`copy id="5"`, `copy id="5" path="` + strings.Repeat("tag:a,2026:1/ ", 99) + `"`},
	} {
		d := parseRelay(t, relayDoc("", strings.Replace(relayEntry, change[0], change[1], 1)), relaySource(""), feed.State{})
		if len(d.Articles) != 1 || len(d.Refused) != 1 {
			t.Errorf("%s: %d articles, %+v", what, len(d.Articles), d.Refused)
		}
	}
	for what, change := range map[string][2]string{
		"another namespace": {feed.RelayNamespace, "urn:other"},
		"no name":           {`newswired id="tag:west.example,2026:1/"`, `newswired id="west"`},
	} {
		d := parseRelay(t, strings.Replace(relayDoc("", relayEntry), change[0], change[1], 1), relaySource(""), feed.State{})
		if d.Relay != "" || len(d.Articles) != 1 || d.Articles[0].Relayed != nil {
			t.Errorf("%s: %+v", what, d)
		}
	}
}

// The prefix of a namespace is whoever writes XML's to choose.
func TestRelayPrefix(t *testing.T) {
	doc := strings.NewReplacer("xmlns:nw=", "xmlns:wire=", "<nw:", "<wire:", "</nw:", "</wire:").Replace(relayDoc("", relayEntry))
	if d := parseRelay(t, doc, relaySource(""), feed.State{}); d.Relay == "" || len(d.Articles) != 2 {
		t.Errorf("%q, %d articles", d.Relay, len(d.Articles))
	}
	// Another's elements with the usual prefix are not read as ours.
	doc = strings.NewReplacer("xmlns:nw=", "xmlns:nw='urn:other' xmlns:wire=", "<nw:newswired", "<wire:newswired", "</nw:newswired", "</wire:newswired", "nw:source", "wire:source").Replace(relayDoc("", relayEntry))
	if d := parseRelay(t, doc, relaySource(""), feed.State{}); d.Relay == "" || len(d.Articles) != 1 || d.Articles[0].Relayed != nil {
		t.Errorf("%q, %+v", d.Relay, d.Articles)
	}
}

// TestRelayBounds holds that what a newswired tells ends somewhere, and that an
// odd value does not make it an outlet.
func TestRelayBounds(t *testing.T) {
	const entry = `<entry><title>t</title>%s<link href="http://herald.example/1"/><nw:story id="7" from="herald">%s</nw:story></entry>`
	const id = "<id>tag:west.example,2026:1/story/4</id>"
	carriers := strings.Repeat(`<nw:copy id="5" from="wire" href="http://wire.example/1" title="t"/>`, maxTold+100)
	long := strings.Repeat("x", maxLine+1)
	for what, test := range map[string]struct {
		doc      string
		articles int
		warning  string
	}{
		"many carriers":                 {relayDoc("", fmt.Sprintf(entry, id, carriers)), maxTold + 1, ""},
		"many entries of many carriers": {relayDoc("", strings.Repeat(fmt.Sprintf(entry, id, carriers[:len(carriers)/3]), 300)), maxToldHere, "only the first 10000 articles of those that it tells are read"},
		"an entry without an id":        {relayDoc("", fmt.Sprintf(entry, "", "")+relayEntry), 2, ""},
		"void without ids":              {relayDoc(`<nw:void id=""/><nw:void id="`+long+`"/><nw:void id="a" in="`+long+`"/>`, relayEntry), 2, ""},
	} {
		d := parseRelay(t, test.doc, relaySource(""), feed.State{})
		if len(d.Articles) != test.articles || !strings.Contains(d.Warning, test.warning) || len(d.Deleted)+len(d.Retold) > 0 {
			t.Errorf("%s: %d articles, %q, void %d, retold %d", what, len(d.Articles), d.Warning, len(d.Deleted), len(d.Retold))
		}
		for _, a := range d.Articles {
			if a.Relayed.Entry == "" {
				t.Errorf("%s: an article of no entry", what)
			}
		}
	}
	json := `{"version":"https://jsonfeed.org/version/1.1","title":"t","_newswired":{"id":"tag:west.example,2026:1/","sources":[{"name":"herald","outlet":"The Herald"}]},
		"items":[{"id":"tag:west.example,2026:1/story/4","title":"t","_newswired":{"id":"7","from":"herald","void":"perhaps"}}]}`
	d, err := parseChanged(t.Context(), []byte(json), "application/feed+json", "http://west.example/feeds/all.json", relaySource(""), fetched, feed.State{})
	if err != nil || d.Relay == "" || len(d.Articles) != 1 || d.Articles[0].Relayed == nil {
		t.Errorf("a value of the wrong type: %v, %+v", err, d)
	}
}

// What was a newswired and shows itself as none is read, and warned of.
func TestRelayNoLonger(t *testing.T) {
	doc := strings.NewReplacer("nw:", "other:").Replace(relayDoc("", relayEntry))
	state := feed.State{Known: true, Relay: true}
	if d := parseRelay(t, doc, relaySource(""), state); d.Relay != "" || !strings.Contains(d.Warning, "it was the feed of a newswired") {
		t.Errorf("%q, %q", d.Relay, d.Warning)
	}
	if d := parseRelay(t, doc, relaySource(feed.RelayNever), state); d.Warning != "" {
		t.Error(d.Warning)
	}
}
