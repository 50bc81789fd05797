package main

import (
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"time"
)

const (
	benchFeeds = 100
	benchItems = 50
	benchHosts = 20 // each a port, with as many feeds as any other
)

// serveWires is the program that startWires starts: feeds with validators, of
// words that no two items share.
func serveWires() {
	var mu sync.Mutex
	var bodies [benchFeeds]string
	printed := 0
	printMore := func(n int) {
		printed += n
		for i := range bodies {
			items := make([]pressItem, benchItems)
			for k := range items {
				items[k] = wordsOf(i, printed-k)
			}
			bodies[i] = formats["rss"](map[string]string{"language": "en", "link": "https://wire.example/", "date": fmt.Sprint(printed)}, items)
		}
	}
	printMore(benchItems)
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		if r.URL.Path == "/grow" {
			printMore(1)
			return
		}
		var i int
		fmt.Sscanf(r.URL.Path, "/%d", &i)
		w.Header().Set("ETag", fmt.Sprintf(`"%d"`, printed))
		w.Header().Set("Content-Type", "application/rss+xml")
		if r.Header.Get("If-None-Match") == fmt.Sprintf(`"%d"`, printed) {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		io.WriteString(w, bodies[i])
	})
	for range benchHosts {
		fmt.Println(httptest.NewServer(handler).URL)
	}
	select {} // until killed
}

// wordsOf writes an item of about the length that items of news have.
func wordsOf(wire, n int) pressItem {
	rnd := rand.New(rand.NewPCG(uint64(wire), uint64(n)))
	text := func(words int) string {
		var b strings.Builder
		for range words {
			for range 2 + rnd.IntN(3) {
				b.WriteByte("bdfgklmnprstvz"[rnd.IntN(14)])
				b.WriteByte("aeiou"[rnd.IntN(5)])
			}
			b.WriteByte(' ')
		}
		return strings.TrimSpace(b.String())
	}
	return pressItem{
		guid: fmt.Sprintf("urn:wire:%d:%d", wire, n), link: fmt.Sprintf("https://%d.wire.example/news/%d", wire, n),
		title: text(9), text: "<p>" + text(80) + "</p>",
		date: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(n) * time.Minute).Format(time.RFC1123Z),
	}
}
