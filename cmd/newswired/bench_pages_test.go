//go:build unix

package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"

	"newswired/feed"
	"newswired/fetcher/page"
)

// BenchmarkPages fetches the pages of 500 articles of ten papers over a network in
// memory: our work and the servers' together, and what of it is reading.
func BenchmarkPages(b *testing.B) {
	const papers, items = 10, 50
	body := func(host string, n int) string {
		return fmt.Sprintf("<html><head><title>%s</title></head><body><nav>%s</nav><article><h1>%s</h1><p>%s</p></article></body></html>",
			headline(host, n), strings.Repeat("<a href=/>News</a> ", 200), headline(host, n), strings.Join(prose(host, n), "</p>\n<p>"))
	}
	begun := time.Now()
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/robots.txt":
			io.WriteString(w, "User-agent: *\nDisallow: /plus/\n")
		case "/rss":
			io.WriteString(w, "<rss version='2.0'><channel>")
			for n := range items {
				fmt.Fprintf(w, "<item><guid>%d</guid><title>%s</title><link>http://%s/%d</link><pubDate>%s</pubDate></item>", n, headline(r.Host, n), r.Host, n, begun.UTC().Format(time.RFC1123Z))
			}
			io.WriteString(w, "</channel></rss>")
		default:
			var n int
			fmt.Sscanf(r.URL.Path, "/%d", &n)
			io.WriteString(w, body(r.Host, n))
		}
	})
	var all, reading time.Duration
	for range b.N {
		wire := newWire()
		stop := wire.serve(b, h)
		text := "host_pause: 0s\nfeeds: [{name: all}]\nsources:\n"
		for i := range papers {
			text += fmt.Sprintf("  - {name: p%d, url: http://p%d.example/rss, full_text: true}\n", i, i)
		}
		r := newRig(b, &app{dial: wire.dial}, text)
		r.poll()
		from := spent()
		n, err := newPager(r.config, r.poller, r.store, r.config.Sources).Run(context.Background(), time.Time{})
		if err != nil || n.Kept != papers*items {
			b.Fatalf("%+v, %v", n, err)
		}
		all += spent() - from
		r.close()
		stop()
		from = spent()
		for i := range papers * items {
			if _, err := page.Read([]byte(body("p.example", i)), "text/html", "http://p.example/1", feed.Source{}); err != nil {
				b.Fatal(err)
			}
		}
		reading += spent() - from
	}
	b.ReportMetric(float64(all.Microseconds())/float64(b.N*papers*items), "cpu-µs/page")
	b.ReportMetric(float64(reading.Microseconds())/float64(b.N*papers*items), "reading-µs/page")
}

// spent returns how much CPU time this process has used.
func spent() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
