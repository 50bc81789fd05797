package fetcher

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"newswired/feed"
)

// fill repeats a text until it has two megabytes.
func fill(s string) string { return strings.Repeat(s, (2<<20)/len(s)) }

const jsonHead = `{"version":"https://jsonfeed.org/version/1","title":"t","items":[`

// hostile are Documents that somebody wrote to bring a reader down: by what each
// of their two megabytes becomes in memory, by texts that are looked at over and
// over, or by the stack. What is said of them names the bound and its figure.
var hostile = []struct{ name, body, want string }{
	{"articles", "<rss><channel>" + fill("<item><title>a</title></item>") + "</channel></rss>", "only the first 5000 of 72315 articles read"},
	{"empty articles", "<rss><channel><title>t</title>" + fill("<item/>") + "</channel></rss>", "only the first 5000 of 299593 articles read"},
	{"elements", inRSS("<title>t</title></item><item>" + fill("<y/>")), "only the first 1 articles read, for there are more than 300000 elements and attributes"},
	{"elements of one article", inRSS("<title>t</title>" + fill("<y/>")), "a document with more than 300000 elements and attributes, refused"},
	{"elements of the channel", "<rss><channel><title>t</title>" + fill("<media:a/>") + "</channel></rss>", ""},
	{"attributes", inRSS("<title>t</title><media:content" + strings.Repeat(" a='b'", 200) + "/>"), "more than 100 attributes of one element"},
	{"attributes of the root", "<rss" + fill(" a='b'") + "><channel><title>t</title></channel></rss>", "more than 300000 elements and attributes"},
	{"namespaces", inRSS("<title>t</title>" + strings.Repeat("<a xmlns:b='c'>", 2000)), "more than 250 namespaces"},
	{"depth", inRSS("<title>t</title>" + strings.Repeat("<x>", 100_000)), "more than 250 elements within each other"},
	{"elements without end", inRSS("<title>t</title>" + strings.Repeat("<br>", 100_000)), "more than 250 elements within each other"},
	{"articles without start", "<rss><channel><title>t</title><item/>" + strings.Repeat("<title>a</item>", 20_000), "only the first 5000 articles read"},
	{"articles in articles", "<rss><channel><title>t</title>" + strings.Repeat("<item><title>a", 20_000), "only the first 5000 of 20000 articles read"},
	{"a date", inRSS("<title>t</title><pubDate>" + fill("1") + "</pubDate>"), "a date that is none left out"},
	{"a date in CDATA", inRSS("<title>t</title><pubDate><![CDATA[" + fill("1") + "]]></pubDate>"), "a date that is none left out"},
	{"a title", inRSS("<title>" + fill("a") + "</title>"), "text of more than 1048576 bytes cut (up to 2097152): 1 article; title of more than 500 characters cut: 1 article"},
	{"one word", inRSS("<title>t</title><description>" + fill("a") + "</description>"), "content of more than 262144 bytes left out (up to 1048576)"},
	{"tags in a title", inRSS("<title>" + fill("&lt;b&gt;") + "x</title>"), ""},
	{"stray signs", inRSS("<title>t</title><description>" + fill("<") + "</description>"), "repaired"},
	{"ends", inRSS("<title>t</title>" + fill("</x>")), ""},
	{"CDATA without end", "<rss><channel><title>t</title>" + fill("<item><title>x</title><d><![CDATA[</d></item>"), "the end is missing; 500 articles kept"},
	{"comments without end", "<rss><channel><title>t</title>" + fill("<item><!--</item>"), "the end is missing"},
	{"ends of everything", "<rss><channel><title>t</title><item><title>t</title>" + fill("</channel></rss>") + "</item></channel></rss>", "repaired"},
	{"prologue", fill("<!DOCTYPE x ["), "not a feed"},

	// No entity of a DOCTYPE is ever expanded, and nothing is fetched for one.
	{"billion laughs", `<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>` + inRSS("<title>&c; t</title>")[len(`<?xml version="1.0"?>`):], ""},
	{"external entity", `<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y SYSTEM "http://127.0.0.1:1/">]>` + inRSS("<title>&x;&y; t</title>")[len(`<?xml version="1.0"?>`):], ""},
	{"billion laughs within", inRSS(`<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><title>&b; t</title>`), "a declaration"},

	{"JSON objects", jsonHead + strings.Repeat(`{},`, 200_000) + "{}]}", "a JSON document of more than 100000 objects, refused"},
	{"JSON articles", jsonHead + strings.Repeat(`{"id":1,"title":"t"},`, 20_000) + "{}]}", "only the first 5000 articles read"},
	{"JSON values", jsonHead + `{"id":"1","title":"t","tags":[` + fill(`"a",`) + `"a"]}]}`, "a JSON document of more than 300000 values, refused"},
	{"JSON depth", jsonHead + `{"id":"1","title":"t"},{"id":` + fill("["), "the end is missing; 1 articles kept; repaired: more than 10000 values within each other"},
	{"JSON of nothing", jsonHead + strings.Repeat(`null,`, 100_000) + `{"id":"1","title":"t"}]}`, "only the first 5000 articles read"},
	{"JSON of broken items", jsonHead + `{"id":"1","title":"t"},` + strings.Repeat(`{"id":1 2},`, 50_000) + "{}]}", "1 of 202 articles could be read"},
	{"JSON of mended items", jsonHead + `{"id":"1","title":"t"},` + strings.Repeat(`{"id":1,"title":5},`, 20_000) + "{}]}", "only the first 5000 articles read"},

	{"zeros", fill("\x00"), "not a feed"},
	{"white space", fill(" "), "an empty body"},
	{"a page of links", "<html>" + fill("<link rel=alternate type=application/rss+xml href=/a>"), "this is a web page; it advertises: https://wire.example.kr/a"},
}

// Whatever a Document has, reading it takes a bounded amount of memory, and no
// more time with its size than in proportion: this runs for seconds, not hours.
func TestHostile(t *testing.T) {
	for _, test := range hostile {
		t.Run(test.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			d, err := Parse([]byte(test.body), "", wireURL, wire, fetched)
			runtime.ReadMemStats(&after)
			said := fmt.Sprint(err)
			if err == nil {
				said = d.Warning
				laws(t, d)
				if len(d.Articles) > maxArticles {
					t.Errorf("%d articles", len(d.Articles))
				}
				for _, a := range d.Articles {
					if strings.Contains(a.Title, "hahaha") || strings.Contains(a.Title, "root:") {
						t.Errorf("an entity was expanded: %q", a.Title)
					}
				}
			}
			if !strings.Contains(said, test.want) {
				t.Errorf("%.300s; want %q", said, test.want)
			}
			used := (after.TotalAlloc - before.TotalAlloc) >> 20
			if used > 256 {
				t.Errorf("%d MiB", used)
			}
			t.Logf("%d MiB; %.120s", used, said)
		})
	}
}

// A countdown is a context that ends when it was asked for its error so many
// times: wherever the reader looks, it must not go on.
type countdown struct {
	context.Context
	left, asked int
}

func (c *countdown) Err() error {
	if c.asked++; c.asked > c.left {
		return context.Canceled
	}
	return nil
}

// A Document that is being read holds up no shutdown: the reader looks up before
// every few kilobytes and every Article, and hands back nothing half read.
func TestStopped(t *testing.T) {
	for name, body := range map[string]string{
		"rss": string(manyArticles(400)), "repaired": strings.TrimSuffix(string(manyArticles(400)), "</channel></rss>\n"),
		"json": jsonHead + strings.TrimSuffix(strings.Repeat(`{"id":1,"title":"t"},`, 400), ",") + "]}",
	} {
		c := &countdown{Context: context.Background(), left: 1 << 30}
		if _, err := parseChanged(c, []byte(body), "", wireURL, wire, fetched, feed.State{}); err != nil {
			t.Fatal(err)
		}
		all := c.asked
		if all < 400+len(body)/(8<<10) {
			t.Errorf("%s: looked up %d times", name, all)
		}
		for left := 0; left < all; left += 1 + all/20 {
			c := &countdown{Context: context.Background(), left: left}
			d, err := parseChanged(c, []byte(body), "", wireURL, wire, fetched, feed.State{})
			var refusal *ParseError
			if d != nil || !errors.Is(err, context.Canceled) || errors.As(err, &refusal) {
				t.Errorf("%s, stopped at %d of %d: %v, %v", name, left, all, d, err)
			}
		}
	}
}

// A poll that is stopped while it reads records nothing.
func TestStoppedPoll(t *testing.T) {
	b := newBench(t, Options{Allow: loopback}, says(200, `"1"|`, string(manyArticles(50))))
	ctx, cancel := context.WithCancel(context.Background())
	for range cap(b.reading) {
		b.reading <- struct{}{} // others are being read
	}
	done := make(chan error)
	go func() {
		_, err := b.Poll(ctx, feed.Source{Name: "wire", URL: b.url}, Forced)
		done <- err
	}()
	cancel()
	if err := <-done; !Cancelled(err) || len(b.store.polls) > 0 {
		t.Errorf("%v; %d polls recorded", err, len(b.store.polls))
	}
}
