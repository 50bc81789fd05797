package web

import (
	"fmt"
	"io"
	"log/slog"
	"runtime"
	"testing"
	"testing/synctest"
	"time"

	"newswired/feed"

	"github.com/klauspost/compress/zstd"
)

// TestBudget holds that renderings are dropped that were asked for longest ago,
// and that what was dropped is served as it was.
func TestBudget(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		lib := newLibrary()
		cfg := config()
		cfg.Feeds = nil
		for i := range 20 {
			name := fmt.Sprint("f", i)
			cfg.Feeds = append(cfg.Feeds, feed.Feed{Name: name, Title: name, Limit: 10})
			lib.entries[name], lib.changed[name] = manyEntries(10), time.Now().Add(-time.Hour)
		}
		site := New(lib, cfg, slog.New(slog.DiscardHandler))
		ask(site, "GET", "/feeds/f0.atom")
		time.Sleep(5 * time.Second)
		first := ask(site, "GET", "/feeds/f0.atom")
		site.budget.limit = 10 * int64(len(body(t, first)))
		for i := range 20 {
			ask(site, "GET", fmt.Sprintf("/feeds/f%d.atom", i), "Accept-Encoding", "gzip")
			time.Sleep(10 * time.Second)
			if site.budget.used > site.budget.limit {
				t.Errorf("%d bytes after %d feeds, the limit is %d", site.budget.used, i+1, site.budget.limit)
			}
		}
		shelves := site.routes.Load().shelves
		if shelves["/feeds/f0.atom"].current.Load() != nil || shelves["/feeds/f19.atom"].current.Load() == nil {
			t.Error("not the eldest was dropped")
		}
		again := ask(site, "GET", "/feeds/f0.atom")
		for _, field := range []string{"ETag", "Last-Modified"} {
			if got, want := again.Header.Get(field), first.Header.Get(field); got != want {
				t.Errorf("%s %q, before it was dropped %q", field, got, want)
			}
		}
		time.Sleep(forgotten + time.Minute)
		ask(site, "GET", "/feeds/f1.rss")
		if len(site.budget.held) != 1 {
			t.Errorf("%d renderings are held an hour after anybody asked", len(site.budget.held))
		}
	})
}

// TestZstandard holds that what is sent as zstd is what it was.
func TestZstandard(t *testing.T) {
	site, _ := newSite(newLibrary())
	for path := range site.routes.Load().shelves {
		r := ask(site, "GET", path, "Accept-Encoding", "gzip, deflate, br, zstd")
		z, err := zstd.NewReader(r.Body)
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(z)
		if want := body(t, ask(site, "GET", path)); err != nil || string(got) != want || r.Header.Get("Content-Encoding") != "zstd" {
			t.Errorf("%s: %d bytes, want %d; %v", path, len(got), len(want), err)
		}
	}
}

// TestThousandFeeds asks for every document of 1,000 feeds of 20 entries and
// holds what is in memory then.
func TestThousandFeeds(t *testing.T) {
	lib := longLibrary(10_000)
	cfg := config()
	cfg.Feeds = nil
	for i := range 1000 {
		name := fmt.Sprint("f", i)
		cfg.Feeds = append(cfg.Feeds, feed.Feed{Name: name, Title: name, Limit: 100})
		lib.entries[name] = lib.entries["korea"][:20]
	}
	before := heap()
	site := New(lib, cfg, slog.New(slog.DiscardHandler))
	site.budget.limit = 4 << 20
	whole := int64(0)
	for _, f := range cfg.Feeds {
		for _, extension := range []string{"atom", "rss", "json"} {
			r := ask(site, "GET", "/feeds/"+f.Name+"."+extension)
			whole += int64(len(body(t, r)))
		}
	}
	grown := heap() - before
	t.Logf("%d MiB rendered, %d MiB of heap for them, %d renderings", whole>>20, grown>>20, len(site.budget.held))
	if whole < 4*site.budget.limit || grown > site.budget.limit+(12<<20) {
		t.Errorf("%d MiB rendered, the heap grew by %d MiB", whole>>20, grown>>20)
	}
	runtime.KeepAlive(site)
}

// heap returns the bytes in use.
func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
