//go:build unix

package main

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"

	"newswired/fetcher"
)

// BenchmarkPoll polls a hundred feeds of fifty items: all is new, nothing
// changed, one item of each is new. Beside it, in the same run, stands what no
// program that asks and reads could do without: asking, gofeed's reading, and a
// row for each item. The figures are ratios of CPU time; the server is a process
// of its own and does not count. What is short is done some times, and nobody
// collects the garbage of another.
//
//	first/floor      asking, reading and storing all
//	unchanged/ask    asking alone
//	delta/read       asking and reading all
func BenchmarkPoll(b *testing.B) {
	b.ReportAllocs()
	var first, unchanged, delta, store, ask, read time.Duration
	for b.Loop() {
		servers := startWires(b)
		floor := &floor{b: b, client: &http.Client{}, servers: servers, etags: make([]string, benchFeeds)}
		r := newBenchRig(b, servers)
		first += cpu(func() { r.poll(b, benchFeeds*benchItems) })
		store += cpu(func() { floor.all(true) })
		for range benchRounds {
			unchanged += cpu(func() { r.poll(b, 0) }) / benchRounds
			ask += cpu(func() { floor.unchanged() }) / benchRounds
		}
		for range benchRounds {
			grow(b, servers)
			delta += cpu(func() { r.poll(b, benchFeeds) }) / benchRounds
			read += cpu(func() { floor.all(false) }) / benchRounds
		}
		r.close()
	}
	per := func(d time.Duration) float64 { return float64(d.Microseconds()) / float64(b.N) / benchFeeds }
	b.ReportMetric(float64(first)/float64(store), "first/floor")
	b.ReportMetric(float64(unchanged)/float64(ask), "unchanged/ask")
	b.ReportMetric(float64(delta)/float64(read), "delta/read")
	b.ReportMetric(per(first), "first-µs/feed")
	b.ReportMetric(per(unchanged), "unchanged-µs/feed")
	b.ReportMetric(per(delta), "delta-µs/feed")
}

// benchRounds is how often what is short is done for one figure.
const benchRounds = 4

// cpu returns the CPU time that f takes in this process.
func cpu(f func()) time.Duration {
	runtime.GC()
	used := func() time.Duration {
		var u syscall.Rusage
		if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
			return 0
		}
		return time.Duration(u.Utime.Nano() + u.Stime.Nano())
	}
	before := used()
	f()
	return used() - before
}

// A benchRig is newswired as the command poll runs it.
type benchRig struct {
	*rig
}

// newBenchRig returns a rig with an empty database and a Source for each feed that
// the servers have.
func newBenchRig(b *testing.B, servers []string) benchRig {
	b.Helper()
	var text strings.Builder
	text.WriteString("host_pause: 0s\nallow_networks: [127.0.0.0/8]\nfeeds: [{name: all}]\nsources:\n")
	for i := range benchFeeds {
		fmt.Fprintf(&text, "  - {name: s%d, url: %s/%d}\n", i, servers[i%benchHosts], i)
	}
	file := filepath.Join(b.TempDir(), "newswired.db")
	c, err := parseConfig("config.yaml", fmt.Appendf(nil, "database: %q\n%s", file, text.String()), shortest)
	if err != nil {
		b.Fatal(err)
	}
	st, err := openStore(context.Background(), c)
	if err != nil {
		b.Fatal(err)
	}
	return benchRig{&rig{config: c, store: st, poller: new(app).newPoller(c, st, slog.New(slog.DiscardHandler))}}
}

// poll polls every Source, which must bring so many new Articles.
func (r benchRig) poll(b *testing.B, want int) {
	b.Helper()
	results, err := pollAll(context.Background(), r.poller, r.config.Sources, fetcher.Manual, func() {})
	if err != nil {
		b.Fatal(err)
	}
	got := 0
	for _, res := range results {
		got += res.New
	}
	if got != want {
		b.Fatalf("%d new articles, want %d", got, want)
	}
}

func (r benchRig) close() {
	r.poller.Close()
	if err := r.store.Close(); err != nil {
		panic(err)
	}
}

// A floor asks and reads, and does nothing else.
type floor struct {
	b       *testing.B
	client  *http.Client
	servers []string
	etags   []string
}

// fetch asks for a feed, conditionally if it was asked before.
func (f *floor) fetch(i int, conditional bool) []byte {
	req, err := http.NewRequest(http.MethodGet, fmt.Sprintf("%s/%d", f.servers[i%benchHosts], i), nil)
	if err != nil {
		f.b.Fatal(err)
	}
	if conditional {
		req.Header.Set("If-None-Match", f.etags[i])
	}
	resp, err := f.client.Do(req)
	if err != nil {
		f.b.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil || conditional != (resp.StatusCode == http.StatusNotModified) {
		f.b.Fatal(resp.Status, err)
	}
	f.etags[i] = resp.Header.Get("ETag")
	return body
}

// unchanged asks for all feeds conditionally.
func (f *floor) unchanged() {
	for i := range benchFeeds {
		f.fetch(i, true)
	}
}

// all fetches all feeds and reads them by gofeed; if told so, it makes a row of
// each item, in one transaction for each feed.
func (f *floor) all(insert bool) {
	db, err := sql.Open("sqlite", "file:"+filepath.Join(f.b.TempDir(), "floor.db")+"?_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)")
	if err != nil {
		f.b.Fatal(err)
	}
	defer db.Close()
	if insert {
		if _, err := db.Exec("CREATE TABLE item (id INTEGER PRIMARY KEY, guid TEXT, link TEXT, title TEXT, summary TEXT, published TEXT)"); err != nil {
			f.b.Fatal(err)
		}
	}
	parser := gofeed.NewParser()
	for i := range benchFeeds {
		doc, err := parser.Parse(bytes.NewReader(f.fetch(i, false)))
		if err != nil || len(doc.Items) != benchItems {
			f.b.Fatal(err)
		}
		if insert {
			f.insert(db, doc.Items)
		}
	}
}

// insert stores the items of one feed in one transaction, and nothing else.
func (f *floor) insert(db *sql.DB, items []*gofeed.Item) {
	tx, err := db.Begin()
	if err != nil {
		f.b.Fatal(err)
	}
	defer tx.Rollback()
	stmt, err := tx.Prepare("INSERT INTO item (guid, link, title, summary, published) VALUES (?, ?, ?, ?, ?)")
	if err != nil {
		f.b.Fatal(err)
	}
	for _, it := range items {
		if _, err := stmt.Exec(it.GUID, it.Link, it.Title, it.Description, it.Published); err != nil {
			f.b.Fatal(err)
		}
	}
	if err := tx.Commit(); err != nil {
		f.b.Fatal(err)
	}
}

// startWires starts the server of the feeds and returns its URLs, one for each
// host.
func startWires(t testing.TB) []string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := &exec.Cmd{Path: self, Args: []string{"wires"}}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	urls := make([]string, benchHosts)
	for i := range urls {
		if _, err := fmt.Fscanln(out, &urls[i]); err != nil {
			t.Fatal(err)
		}
	}
	return urls
}

// grow lets every feed print one item more.
func grow(b *testing.B, servers []string) {
	resp, err := http.Post(servers[0]+"/grow", "", nil)
	if err != nil {
		b.Fatal(err)
	}
	resp.Body.Close()
}
