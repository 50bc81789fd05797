package main

import (
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"
)

// checkArticles compares what was told with what is stored: every Article
// once, with every headline it had, in order; pages that two Sources list are
// one Story.
func (w *week) checkArticles() {
	w.t.Helper()
	var told []string
	pages := make(map[string]bool)
	for _, guid := range w.farm.guids() {
		pages[w.farm.linked[guid]] = true
		for _, title := range w.farm.told[guid] {
			told = append(told, guid+" | "+title)
		}
	}
	stored := lines(w.t, w.db, "SELECT a.guid, r.title FROM revisions r JOIN articles a ON a.id = r.article_id ORDER BY a.guid, r.seq")
	if !slices.Equal(stored, told) {
		w.t.Errorf("%d revisions are stored, %d were told; missing %s; too many %s", len(stored), len(told), first(told, stored), first(stored, told))
	}
	w.want("articles", w.number("SELECT count(*) FROM articles"), len(w.farm.told))
	w.want("stories", w.number("SELECT count(*) FROM stories"), len(pages))
	w.want("stories of the wire with both outlets", w.number("SELECT count(*) FROM stories WHERE outlets = 2"),
		w.number("SELECT articles FROM sources WHERE name = 'copy'"))
	w.want("entries", w.number("SELECT count(*) FROM entries WHERE feed = 'all'"), len(pages))
	w.want("entries of a feed that came later", w.number("SELECT count(*) FROM entries WHERE feed = 'corrected'"),
		w.number("SELECT count(*) FROM articles WHERE title LIKE 'Corrected%'"))
	w.t.Logf("%d articles, %d revisions, %d answers were \"not modified\"", len(w.farm.told), len(told), w.farm.unmodified)
}

// first returns the first of some texts that is not among others.
func first(of, others []string) string {
	known := make(map[string]bool, len(others))
	for _, text := range others {
		known[text] = true
	}
	i := slices.IndexFunc(of, func(text string) bool { return !known[text] })
	if i < 0 {
		return "none"
	}
	return of[i]
}

var (
	logged    = regexp.MustCompile(`(?m)^time=\S+ level=(?:WARN|ERROR) msg=("[^"]*"|\S+)(?: file=\S+)?(?: source=(\S+))?`)
	mentioned = regexp.MustCompile(`(?m) msg=("[^"]*"|\S+)(?: source=(\S+))?`)
)

// checkLog reads the whole log: what is at fault is told once, and how it
// ended.
func (w *week) checkLog() {
	w.t.Helper()
	var got []string
	for _, m := range logged.FindAllStringSubmatch(w.log.String(), -1) {
		got = append(got, strings.Trim(m[1], `"`)+" "+m[2])
	}
	want := []string{
		"source fails dark", "source fails strict", "source fails damaged", "document damaged damaged", // once, though it is damaged for long
		"no network: nothing can be reached, trying every minute ", "alert ", "source fails strict",
		"every article was new, some may have been missed; poll oftener slow", // asked again after three days
		"configuration refused, the old one goes on ", "alert ",
	}
	if !slices.Equal(got, want) {
		w.t.Errorf("the log warns of %q, want %q", got, want)
	}
	said := make(map[string]int)
	for _, m := range mentioned.FindAllStringSubmatch(w.log.String(), -1) {
		said[strings.Trim(m[1], `"`)+" "+m[2]]++
	}
	for line, n := range map[string]int{
		"started ": 2, "network is back ": 1, "alert is over ": 2, "configuration reloaded ": 1,
		"source recovered dark": 1, "source recovered strict": 2, "source recovered damaged": 1,
	} {
		w.want(line, said[line], n)
	}
}

// get asks the daemon as a reader does.
func (w *week) get(path, etag string) (status int, header http.Header, body string) {
	w.t.Helper()
	transport := &http.Transport{DialContext: w.wire.dial}
	defer transport.CloseIdleConnections()
	req, err := http.NewRequest(http.MethodGet, w.server.config.BaseURL+path, nil)
	if err != nil {
		w.t.Fatal(err)
	}
	if etag != "" {
		req.Header.Set("If-None-Match", etag)
	}
	resp, err := transport.RoundTrip(req)
	if err != nil {
		w.t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	return resp.StatusCode, resp.Header, string(text)
}

// checkFeed reads the feed as it is served: the newest Entries, in the order
// of the view, once; and a second time nothing.
func (w *week) checkFeed() {
	w.t.Helper()
	status, header, body := w.get("/feeds/all.atom", "")
	var feed struct {
		Entries []struct {
			ID      string `xml:"id"`
			Title   string `xml:"title"`
			Updated string `xml:"updated"`
		} `xml:"entry"`
	}
	if err := xml.Unmarshal([]byte(body), &feed); status != http.StatusOK || err != nil {
		w.t.Fatalf("status %d, %v", status, err)
	}
	var got []string
	ids := make(map[string]bool)
	for _, e := range feed.Entries {
		updated, err := time.Parse(time.RFC3339, e.Updated)
		if err != nil {
			w.t.Error(err)
		}
		got = append(got, fmt.Sprint(e.ID, " | ", e.Title, " | ", updated.UTC().Format(time.RFC3339)))
		ids[e.ID] = true
	}
	want := lines(w.t, w.db, "SELECT entry_id, title, updated FROM entries WHERE feed = 'all' ORDER BY entered DESC, published DESC, story_id DESC LIMIT 100")
	if !slices.Equal(got, want) || len(ids) != 100 {
		w.t.Errorf("the feed has\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	etag := header.Get("ETag")
	if status, _, body := w.get("/feeds/all.atom", etag); status != http.StatusNotModified || body != "" || etag == "" {
		w.t.Errorf("with ETag %s: status %d, %d bytes", etag, status, len(body))
	}
	for path, want := range map[string]int{"/": 200, "/healthz": 200, "/feeds/corrected.json": 200, "/feeds/none.atom": 404} {
		if status, _, body := w.get(path, ""); status != want {
			w.t.Errorf("%s: status %d: %.200s", path, status, body)
		}
	}
}
