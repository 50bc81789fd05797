package main

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// A farm is all the servers of a week. Each publishes an Article every two
// hours, at a minute of its own, and lists the last of them; every fifth gets
// its headline corrected 45 minutes later. What a server said, and when, is
// what newswired must have in the end.
type farm struct {
	t *testing.T

	mu          sync.Mutex
	asked       map[string][]time.Time // by Source: when its Document was asked for
	busy        map[string]bool        // being asked
	told        map[string][]string    // by GUID: the headlines that were told, each once in a row
	linked      map[string]string      // by GUID
	unmodified  int                    // answers that said so
	held        map[string]time.Time   // by Source: not to be asked before
	trouble     map[string]string      // by Source: what is wrong with its server
	interrupted int                    // requests that were given up
}

const (
	rhythm  = 2 * time.Hour
	listed  = 24 // Articles in a Document
	amended = 45 * time.Minute
)

func newFarm(t *testing.T) *farm {
	return &farm{
		t: t, asked: make(map[string][]time.Time), busy: make(map[string]bool), told: make(map[string][]string),
		linked: make(map[string]string), held: make(map[string]time.Time), trouble: make(map[string]string),
	}
}

// set makes trouble for a Source, or ends it.
func (f *farm) set(name, trouble string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.trouble[name] = trouble
}

// ServeHTTP answers for the Source that the host is named for.
func (f *farm) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimSuffix(r.Host, ".example")
	switch name {
	case "moved":
		http.Redirect(w, r, "http://moved-to.example/rss", http.StatusMovedPermanently)
		return
	case "moved-to":
		name = "moved"
	case "changed":
		name = "changing"
	}
	trouble := f.begin(name)
	defer f.end(name)
	doc := f.document(name, time.Now())
	switch trouble {
	case "a page":
		io.WriteString(w, "<html><title>Back soon</title></html>")
		return
	case "busy":
		f.hold(name, 2*time.Hour)
		w.Header().Set("Retry-After", "7200")
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	case "too many":
		f.hold(name, 5*time.Hour)
		w.Header().Set("Retry-After", time.Now().Add(5*time.Hour).Format(http.TimeFormat))
		w.WriteHeader(http.StatusTooManyRequests)
		return
	}
	etag := fmt.Sprintf(`"%s/%s"`, doc.articles[0].guid, doc.last)
	if r.Header.Get("If-None-Match") == etag && trouble == "" {
		f.mu.Lock()
		f.unmodified++
		f.mu.Unlock()
		w.WriteHeader(http.StatusNotModified)
		return
	}
	w.Header().Set("ETag", etag)
	f.tell(w, r, doc, trouble)
}

// tell writes a Document, and notes what of it can be read.
func (f *farm) tell(w http.ResponseWriter, r *http.Request, doc document, trouble string) {
	text := doc.text()
	switch trouble {
	case "slow":
		io.WriteString(w, text[:100])
		w.(http.Flusher).Flush()
		select {
		case <-time.After(90 * time.Second):
		case <-r.Context().Done():
			f.mu.Lock()
			f.interrupted++
			f.mu.Unlock()
			return
		}
		text = text[100:]
	case "cut":
		doc.articles = doc.articles[:listed-1]
		text = text[:len(text)-100] // within the last
	}
	io.WriteString(w, text)
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, a := range doc.articles {
		if told := f.told[a.guid]; len(told) == 0 || told[len(told)-1] != a.title {
			f.told[a.guid] = append(told, a.title)
		}
		f.linked[a.guid] = a.link
	}
}

// begin notes a request, which must not come early or beside another of its Source,
// and returns what is wrong with that at present.
func (f *farm) begin(name string) (trouble string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	now := time.Now()
	if f.busy[name] {
		f.t.Errorf("%s is asked twice at a time, %s", name, now)
	}
	if now.Before(f.held[name]) {
		f.t.Errorf("%s is asked at %s, before %s", name, now, f.held[name])
	}
	f.busy[name] = true
	f.asked[name] = append(f.asked[name], now)
	return f.trouble[name]
}

func (f *farm) end(name string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.busy[name] = false
}

// hold notes what the server asked for, to the second.
func (f *farm) hold(name string, d time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.held[name] = time.Now().Add(d).Truncate(time.Second)
	f.trouble[name] = ""
}

// A document is what a server would say at a time.
type document struct {
	articles []told // newest first
	last     string // what was last corrected
}

type told struct {
	guid, link, title string
	published         time.Time
}

// document lists the last Articles. The copy has those of the wire, under
// GUIDs of its own.
func (f *farm) document(name string, now time.Time) document {
	pages := strings.Replace(name, "copy", "wire", 1)
	phase := time.Duration(sum(pages)%120) * time.Minute
	newest := int(now.Add(-phase).Unix() / int64(rhythm/time.Second))
	var doc document
	for n := newest; n > newest-listed; n-- {
		a := told{
			guid: fmt.Sprintf("%s-%d", name, n), link: fmt.Sprintf("http://pages.example/%s/%d", pages, n),
			title:     fmt.Sprintf("Report %d of the %s", n, pages),
			published: time.Unix(0, 0).Add(phase + time.Duration(n)*rhythm).UTC(),
		}
		if n%5 == 0 && now.Sub(a.published) >= amended && pages != "wire" {
			a.title = "Corrected: " + strings.ToLower(a.title)
			if doc.last == "" {
				doc.last = a.guid
			}
		}
		doc.articles = append(doc.articles, a)
	}
	return doc
}

func sum(text string) (n int) {
	for _, r := range text {
		n = n*31 + int(r)
	}
	return n & 0xffff
}

// text writes the Document as RSS.
func (d document) text() string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0"?><rss version="2.0"><channel><title>Reports</title>` + "\n")
	for _, a := range d.articles {
		fmt.Fprintf(&b, "<item><guid>%s</guid><link>%s</link><title>%s</title><pubDate>%s</pubDate><description>The same text under every headline, and rather long.</description></item>\n",
			a.guid, a.link, a.title, a.published.Format(time.RFC1123Z))
	}
	return b.String() + "</channel></rss>\n"
}

// guids returns what a Source told of.
func (f *farm) guids() []string {
	var all []string
	for guid := range f.told {
		all = append(all, guid)
	}
	slices.Sort(all)
	return all
}
