package main

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// series are real feeds as they were polled, and what happened in them:
// counted by the reader below, which knows nothing of newswired, and as far as
// they stand there the figures of those who collected them.
var series = []struct {
	name     string
	polls    int
	articles int // that ever stood in a Document
	edited   int // headlines that were changed
	worded   int // times that the headline or what stands under it was changed
	quiet    int // of them, those that are no change of words
	moved    int // links that were changed while the GUID stayed
	returned int // Articles that left and came back
	failed   int // polls that brought a page instead
}{
	{"bbc-home", 80, 163, 26, 34, 0, 0, 77, 0},
	{"gmanews-news", 60, 115, 4, 7, 0, 0, 30, 0},
	{"latimes-california", 8, 100, 0, 0, 0, 0, 0, 7},
	{"philstar-headlines", 30, 48, 4, 11, 0, 0, 20, 0},
	{"rnz-headlines", 37, 72, 4, 7, 0, 4, 41, 0},
	{"straitstimes-singapore", 15, 39, 8, 13, 0, 0, 27, 2},
	{"stuff-top", 76, 257, 36, 56, 1, 39, 83, 0}, // one closing quote became typographic
	{"wsj-world", 18, 20, 2, 3, 0, 0, 13, 0},
	{"yonhap-cn-news", 96, 342, 0, 5, 0, 0, 0, 0},
}

// A history is what happened in a series of Documents.
type history struct {
	seen   map[string]wireArticle // by GUID, or by link where there is none
	first  map[string]time.Time   // dates, as they were at first
	listed map[string]bool        // in the Document before
	back   int                    // in this Document

	edited, worded, moved, returned, failed int
}

// A wireArticle is an Article as encoding/xml reads it.
type wireArticle struct {
	GUID  string `xml:"guid"`
	Link  string `xml:"link"`
	Title string `xml:"title"`
	Text  string `xml:"description"`
	Date  string `xml:"pubDate"`
}

// follow reads one Document with nothing but encoding/xml.
func (h *history) follow(t *testing.T, body []byte) {
	t.Helper()
	var doc struct {
		Articles []wireArticle `xml:"channel>item"`
	}
	d := xml.NewDecoder(bytes.NewReader(body))
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // all are UTF-8
	if err := d.Decode(&doc); err != nil {
		t.Fatal(err)
	}
	now := make(map[string]bool)
	h.back = 0
	for _, a := range doc.Articles {
		id, link := strings.TrimSpace(a.GUID), strings.TrimSpace(a.Link)
		if id == "" {
			id = link
		}
		a.Title, a.Link = strings.TrimSpace(a.Title), link
		if before, known := h.seen[id]; known {
			h.edited += differ(before.Title, a.Title)
			h.worded += differ(before.Title+"\n"+before.Text, a.Title+"\n"+a.Text)
			h.moved += differ(before.Link, link)
			if !h.listed[id] {
				h.back++
			}
		} else {
			h.first[id] = h.date(t, a.Date)
		}
		h.seen[id], now[id] = a, true
	}
	h.returned += h.back
	h.listed = now
}

// date reads a date as it is meant; one that is yet to come is taken for now.
func (h *history) date(t *testing.T, text string) time.Time {
	t.Helper()
	for _, form := range []string{time.RFC1123, time.RFC1123Z, "Mon, 2 Jan 2006 15:04:05 -0700"} {
		if date, err := time.Parse(form, text); err == nil {
			if now := time.Now(); date.After(now) {
				date = now
			}
			return date.UTC().Truncate(time.Second)
		}
	}
	t.Fatalf("date %q", text)
	return time.Time{}
}

func newHistory() *history {
	return &history{seen: make(map[string]wireArticle), first: make(map[string]time.Time)}
}

func differ(a, b string) int {
	if a == b {
		return 0
	}
	return 1
}

// Every series is polled at its own times. An Article that was edited, moved
// to another address or went away and came back is still the one it was; every
// edit of a headline is a Revision; nothing but new GUIDs makes Articles.
func TestSnapshots(t *testing.T) {
	dir := realInput(t, "feeds/snapshots")
	for _, s := range series {
		t.Run(s.name, func(t *testing.T) {
			names, bodies := readAll(t, dir+"/"+s.name)
			synctest.Test(t, func(t *testing.T) {
				h := newHistory()
				r, close := replay(t, s.name, names, bodies, h)
				defer close()
				articles := number(t, r.db, "SELECT count(*) FROM articles")
				for _, c := range []struct {
					what                  string
					here, reference, want int
				}{
					{"polls", number(t, r.db, "SELECT sum(count) FROM fetches"), len(names), s.polls},
					{"failed", number(t, r.db, "SELECT coalesce(sum(count), 0) FROM fetches WHERE status = 403 AND kind = 'status'"), h.failed, s.failed},
					{"articles", articles, len(h.seen), s.articles},
					{"headlines edited", number(t, r.db, editedTitles), h.edited, s.edited},
					{"words changed", number(t, r.db, "SELECT count(*) FROM revisions") - articles + s.quiet, h.worded, s.worded},
					{"links changed", s.moved, h.moved, s.moved}, // see checkLast
					{"returned", s.returned, h.returned, s.returned},
				} {
					if c.here != c.want || c.reference != c.want {
						t.Errorf("%s: %d here, %d by the reference, want %d", c.what, c.here, c.reference, c.want)
					}
				}
				checkLast(t, r, h)
			})
		})
	}
}

// checkLast looks at what the series left: links as they were last, dates as
// they were first, and Entries that are updated only where words changed.
func checkLast(t *testing.T, r *rig, h *history) {
	t.Helper()
	for id, a := range h.seen {
		published := h.first[id].Format(time.RFC3339)
		n := number(t, r.db, "SELECT count(*) FROM articles WHERE coalesce(guid, link) = ? AND link = ? AND published = ?", id, a.Link, published)
		if n != 1 {
			t.Errorf("%s: %d articles with the link %s, published %s", id, n, a.Link, published)
		}
	}
	// A later version of the wire's own is news as well, even if it is told apart
	// when more is known.
	n := number(t, r.db, `SELECT count(*) FROM entries e JOIN articles a ON a.id = e.article_id
		WHERE (a.revisions = 1 AND e.updated <> e.published OR a.revisions > 1 AND e.updated > a.updated)
		AND NOT EXISTS (SELECT 1 FROM decisions d WHERE d.decision = 'same' AND a.id IN (d.article_id, d.other_article_id))`)
	if n != 0 {
		t.Errorf("%d entries are updated without news", n)
	}
}

// editedTitles counts Revisions whose headline is not that of the one before.
const editedTitles = `SELECT count(*) FROM (
	SELECT title, lag(title) OVER (PARTITION BY article_id ORDER BY seq) AS before FROM revisions
) WHERE before <> title`

// replay polls a series, each Document at the time at which it was collected.
func replay(t *testing.T, name string, files []string, bodies map[string][]byte, h *history) (*rig, func()) {
	t.Helper()
	var present []byte
	net := newWire()
	stop := net.serve(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if isPage(present) {
			w.WriteHeader(http.StatusForbidden) // so it was, say those who collected it
		}
		w.Write(present)
	}))
	r := newRig(t, &app{dial: net.dial}, fmt.Sprintf("host_pause: 0s\nsources: [{name: %s, url: http://%s.example/rss}]\nfeeds: [{name: all}]\n", name, name))
	for _, file := range files {
		at, err := time.Parse("20060102T150405Z", strings.TrimSuffix(file, ".xml"))
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Until(at))
		present = bodies[file]
		before, articles := len(h.seen), number(t, r.db, "SELECT count(*) FROM articles")
		if isPage(present) {
			h.failed++
		} else {
			h.follow(t, present)
		}
		res := r.poll()[0]
		added := number(t, r.db, "SELECT count(*) FROM articles") - articles
		if want := len(h.seen) - before; res.New != want || added != want {
			t.Errorf("%s: %d new, %d added, want %d (and %d that came back)", file, res.New, added, want, h.back)
		}
	}
	return r, func() { r.close(); stop() }
}

func isPage(body []byte) bool {
	return bytes.Contains(bytes.ToUpper(body[:min(len(body), 300)]), []byte("<!DOCTYPE HTML"))
}
