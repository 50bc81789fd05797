package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// A manifestRow is what is told of a file of real input.
type manifestRow struct {
	format, charset string
	articles        int // as many as stand in it
}

// readManifest returns what the manifest tells of the files in a folder, by their
// names there.
func readManifest(t *testing.T, file, folder string) map[string]manifestRow {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = '\t', true, -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	all := make(map[string]manifestRow)
	for _, row := range rows {
		if name, ok := strings.CutPrefix(row[0], folder+"/"); ok {
			n, err := strconv.Atoi(row[7])
			if err != nil {
				t.Fatalf("%s: %v", row[0], err)
			}
			all[name] = manifestRow{row[5], row[6], n}
		}
	}
	return all
}

// contentType returns what a server says that means well.
func (m manifestRow) contentType() string {
	kind := map[string]string{"atom": "application/atom+xml", "jsonfeed": "application/feed+json", "rss1.0/rdf": "application/rdf+xml"}[m.format]
	if kind == "" {
		kind = "application/rss+xml"
	}
	charset, _, _ := strings.Cut(m.charset, "+")
	if charset == "none-declared" {
		return kind
	}
	return kind + "; charset=" + charset
}

// An archive serves files with validators of both kinds, and counts how it was
// asked.
type archive struct {
	files map[string][]byte
	kinds map[string]manifestRow
	since time.Time

	mu                 sync.Mutex
	plain, conditional int // requests
}

// ServeHTTP counts a request as conditional only if both validators are as given.
func (a *archive) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(r.URL.Path, "/")
	etag := fmt.Sprintf(`W/"%s,%d"`, name, len(a.files[name]))
	both := r.Header.Get("If-None-Match") == etag && r.Header.Get("If-Modified-Since") == a.since.Format(http.TimeFormat)
	a.mu.Lock()
	if both {
		a.conditional++
	} else {
		a.plain++
	}
	a.mu.Unlock()
	w.Header().Set("ETag", etag)
	w.Header().Set("Content-Type", a.kinds[name].contentType())
	http.ServeContent(w, r, name, a.since, bytes.NewReader(a.files[name]))
}

// refusedIn says how much of a Document is no Article, and why.
var refusedIn = map[string]int{
	"cerclepsy-flux-20181017.xml": 1, // one has a date and nothing else: no title, no words, no link
}

// Every real Document becomes as many Articles as stand in it, or the table
// says why not; the second time nothing is transferred.
func TestRealDocuments(t *testing.T) {
	dir := realInput(t, "feeds/real")
	names, bodies := readAll(t, dir)
	kinds := readManifest(t, filepath.Join(dir, "..", "..", "MANIFEST.tsv"), "feeds/real")
	a := &archive{files: bodies, kinds: kinds, since: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}
	server := httptest.NewServer(a)
	defer server.Close()
	var text strings.Builder
	text.WriteString("host_pause: 0s\nallow_networks: [127.0.0.0/8, \"::1/128\"]\nfeeds: [{name: all}]\nsources:\n")
	for _, name := range names {
		fmt.Fprintf(&text, "  - {name: %s, url: %s/%s}\n", strings.TrimSuffix(name, filepath.Ext(name)), server.URL, name)
	}
	r := newRig(t, &app{}, text.String())
	defer r.close()
	total := 0
	for i, res := range r.poll() {
		want := kinds[names[i]].articles - refusedIn[names[i]]
		total += want
		stored := number(t, r.db, "SELECT articles FROM sources WHERE name = ?", r.config.Sources[i].Name)
		t.Logf("%-50s %3d articles %3d unchanged %2d refused %s%s", names[i], res.New, res.Unchanged, res.Refused, res.Kind, res.Error)
		if res.Kind != "" || res.New != want || stored != want || res.New+res.Unchanged+res.Refused != kinds[names[i]].articles {
			t.Errorf("%s: %d articles are new, %d stored, want %d (the document has %d)", names[i], res.New, stored, want, kinds[names[i]].articles)
		}
	}
	for _, line := range lines(t, r.db, "SELECT source, reason FROM decisions WHERE decision = 'refused'") {
		t.Log(line)
	}
	for _, line := range lines(t, r.db, "SELECT source, warning FROM fetches WHERE warning IS NOT NULL") {
		t.Log(line)
	}
	t.Logf("%d articles, %d stories", number(t, r.db, "SELECT count(*) FROM articles"), number(t, r.db, "SELECT count(*) FROM stories"))
	for i, res := range r.poll() {
		if res.Status != http.StatusNotModified || res.New+res.Revised+res.Refused != 0 {
			t.Errorf("%s, again: %+v", names[i], res)
		}
	}
	if a.plain != len(names) || a.conditional != len(names) {
		t.Errorf("%d requests without validators, %d with them; want %d each", a.plain, a.conditional, len(names))
	}
	if got := number(t, r.db, "SELECT count(*) FROM revisions"); got != total {
		t.Errorf("%d revisions, want %d", got, total)
	}
}
