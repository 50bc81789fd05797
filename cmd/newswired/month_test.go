package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// A sample is what newswired takes at one time.
type sample struct {
	day                int
	articles, removed  int
	heap               uint64 // bytes, after a collection
	goroutines, files  int
	database, log      int64 // bytes
	polls, unmodifieds int
}

// String writes a row of the table that TestMonth prints.
func (s sample) String() string {
	return fmt.Sprintf("%3d %8d %9.1f %10d %5d %9.1f %8.1f %8d %8d", s.day, s.articles, float64(s.heap)/1e6, s.goroutines, s.files, float64(s.database)/1e6, float64(s.log)/1e6, s.polls, s.unmodifieds)
}

// beside returns the bytes of the database but for tombstones, which are kept for
// three years.
func (s sample) beside() int64 { return s.database - 75*int64(s.removed) }

// A newsstand is the servers of a month. Each has a new Article every half hour, and
// now and then a trouble, each Source at hours of its own.
type newsstand struct{ unmodified int }

// ServeHTTP answers for the Source that the host is numbered for.
func (n *newsstand) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var source int
	fmt.Sscanf(r.Host, "s%d.", &source)
	now := time.Now()
	newest := now.Unix() / 1800
	switch (now.Unix()/3600 + int64(source)*7) % 50 {
	case 0:
		w.WriteHeader(http.StatusInternalServerError)
		return
	case 1:
		w.Header().Set("Retry-After", "3600")
		w.WriteHeader(http.StatusTooManyRequests)
		return
	case 2:
		io.WriteString(w, "<html><title>Back soon</title></html>")
		return
	case 3:
		io.WriteString(w, `<rss version="2.0"><channel><title>x</title><item><guid>1</gu`)
		return
	case 4:
		<-r.Context().Done()
		return
	}
	etag := fmt.Sprintf(`"%d"`, newest)
	if r.Header.Get("If-None-Match") == etag {
		n.unmodified++
		w.WriteHeader(http.StatusNotModified)
		return
	}
	w.Header().Set("ETag", etag)
	var b strings.Builder
	fmt.Fprintf(&b, `<rss version="2.0"><channel><title>Paper %d</title>`, source)
	for i := newest; i > newest-20; i-- {
		words := strings.Fields("harbour council museum budget ferry market school bridge forest railway clinic stadium island theatre border factory orchard reservoir")
		pick := func(k int64) string { return words[uint64(i*31+k*17+int64(source)*7)%uint64(len(words))] }
		fmt.Fprintf(&b, `<item><guid>%d-%d</guid><link>http://s%[1]d.example/%[2]d</link><title>%s %s: %s and %s, number %[2]d</title><description>%s</description><pubDate>%s</pubDate></item>`,
			source, i, pick(1), pick(2), pick(3), pick(4), strings.Repeat(pick(5)+" "+pick(6)+" of "+pick(7)+", ", 20), time.Unix(i*1800, 0).UTC().Format(time.RFC1123Z))
	}
	io.WriteString(w, b.String()+`</channel></rss>`)
}

// TestMonth lets a month pass, with retention of three days: what newswired takes
// must be as much in the end as after the first week. It takes some minutes and is
// run by hand: NEWSWIRED_MONTH=1 go test ./cmd/newswired -run TestMonth -v
func TestMonth(t *testing.T) {
	if os.Getenv("NEWSWIRED_MONTH") == "" {
		t.Skip("takes minutes: set NEWSWIRED_MONTH=1")
	}
	const sources, week, days = 40, 7, 30
	synctest.Test(t, func(t *testing.T) {
		wire, stand := newWire(), &newsstand{}
		defer wire.serve(t, stand)()
		file := filepath.Join(t.TempDir(), "newswired.db")
		text := fmt.Sprintf("database: %q\nretention: 3d\nschedule: \"@every 20m\"\nfeeds: [{name: all}, {name: some, include: [ferry]}]\nsources:\n", file)
		for i := range sources {
			text += fmt.Sprintf("  - {name: s%d, url: http://s%[1]d.example/rss}\n", i)
		}
		c, err := parseConfig("config.yaml", []byte(text), shortest)
		if err != nil {
			t.Fatal(err)
		}
		a := &app{stdout: io.Discard, stderr: io.Discard, listen: wire.listen, dial: wire.dial}
		d, err := a.start(context.Background(), c, slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		defer func() {
			if err := d.stop(); err != nil {
				t.Error(err)
			}
		}()
		db := openViews(t, file)
		defer db.Close()
		all := make([]sample, days+1)
		t.Log("day articles   heap MB goroutines files    db MB   wal MB    polls      304")
		for day := 1; day <= days; day++ {
			for range 24 {
				time.Sleep(time.Hour)
				read(t, wire, c)
			}
			synctest.Wait()
			all[day] = take(file)
			all[day].day, all[day].unmodifieds = day, stand.unmodified
			all[day].articles = number(t, db, "SELECT count(*) FROM articles")
			all[day].removed = number(t, db, "SELECT count(*) FROM tombstone")
			all[day].polls = number(t, db, "SELECT sum(count) FROM fetches")
			t.Log(all[day])
		}
		first, last := all[week], all[days]
		for _, check := range []struct {
			what        string
			first, last float64
		}{
			{"bytes on the heap", float64(first.heap), float64(last.heap)},
			{"goroutines", float64(first.goroutines), float64(last.goroutines)},
			{"open files", float64(first.files), float64(last.files)},
			{"bytes in the database beside tombstones", float64(first.beside()), float64(last.beside())},
			{"bytes in its log", float64(max(first.log, 16<<20)), float64(last.log)},
			{"articles", float64(first.articles), float64(last.articles)},
		} {
			if check.last > check.first*1.2 {
				t.Errorf("%s: %.0f after a week, %.0f after a month", check.what, check.first, check.last)
			}
		}
	})
}

// read asks for everything that is published, as subscribers do.
func read(t *testing.T, wire *wire, c *config) {
	t.Helper()
	client := &http.Client{Transport: &http.Transport{DialContext: wire.dial, DisableKeepAlives: true}}
	for _, path := range []string{"/", "/feeds/all", "/feeds/all.atom", "/feeds/all.rss", "/feeds/all.json", "/feeds/some.atom", "/healthz"} {
		resp, err := client.Get("http://" + c.Listen + path)
		if err != nil {
			t.Fatal(err)
		}
		io.Copy(io.Discard, resp.Body)
		resp.Body.Close()
		if resp.StatusCode != http.StatusOK {
			t.Errorf("%s: %s", path, resp.Status)
		}
	}
}

// take measures what this process and a database take now.
func take(file string) (s sample) {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	s.heap, s.goroutines = m.HeapAlloc, runtime.NumGoroutine()
	open, _ := os.ReadDir("/proc/self/fd") // none on other systems
	s.files = len(open)
	if info, err := os.Stat(file); err == nil {
		s.database = info.Size()
	}
	if info, err := os.Stat(file + "-wal"); err == nil {
		s.log = info.Size()
	}
	return s
}
