package main

import (
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// A kiosk is the servers of papers, each with a feed of short items and the page
// of each item. What somebody asks of it that asks politely it answers as it
// should; what is not polite is an error of the test.
type kiosk struct {
	t     *testing.T
	items int
	pause time.Duration // that must be between two requests to a host
	fault func(n int) string

	mu     sync.Mutex
	begun  time.Time            // of the newest item
	busy   map[string]int       // requests to a host that are being answered
	free   map[string]time.Time // by host: not to be asked before
	asked  map[string]int       // by host and path
	had    map[string]int       // by host and path: answered well
	onDay  map[string]int       // by host and day: pages that were asked for
	robots map[string]int       // by host
	most   int                  // hosts that were asked at a time
}

func newKiosk(t *testing.T, items int, pause time.Duration, fault func(n int) string) *kiosk {
	return &kiosk{
		t: t, items: items, pause: pause, fault: fault, begun: time.Now(), busy: make(map[string]int), free: make(map[string]time.Time),
		asked: make(map[string]int), had: make(map[string]int), onDay: make(map[string]int), robots: make(map[string]int),
	}
}

// ServeHTTP answers for the paper that the host is named for.
func (p *kiosk) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.begin(r)
	defer p.end(r)
	time.Sleep(20 * time.Millisecond)
	switch {
	case r.URL.Path == "/robots.txt":
		p.mu.Lock()
		p.robots[r.Host]++
		p.mu.Unlock()
		io.WriteString(w, "User-agent: *\nDisallow: /plus/\n")
	case r.URL.Path == "/rss":
		p.feed(w, r.Host)
	default:
		p.page(w, r)
	}
}

// begin notes a request, which must neither meet another of its host nor come early.
func (p *kiosk) begin(r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.busy[r.Host]++; p.busy[r.Host] > 1 {
		p.t.Errorf("two requests at a time to %s", r.Host)
	}
	if early := time.Until(p.free[r.Host]); early > 0 {
		p.t.Errorf("%s%s was asked for %s early", r.Host, r.URL.Path, early)
	}
	now := 0
	for _, n := range p.busy {
		now += n
	}
	p.most = max(p.most, now)
}

func (p *kiosk) end(r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.busy[r.Host]--
	if until := time.Now().Add(p.pause); until.After(p.free[r.Host]) {
		p.free[r.Host] = until
	}
}

// hold wants nothing more to be asked of a host for a time.
func (p *kiosk) hold(host string, d time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.free[host] = time.Now().Add(d)
}

// path is where the page of an item is.
func (p *kiosk) path(n int) string {
	if p.fault(n) == "plus" {
		return fmt.Sprintf("/plus/%d", n)
	}
	return fmt.Sprintf("/news/%d", n)
}

// feed writes the Document of a host: of each item the headline and the beginning.
func (p *kiosk) feed(w http.ResponseWriter, host string) {
	fmt.Fprintf(w, `<rss version="2.0"><channel><title>%s</title>`, host)
	for n := range p.items {
		lead := prose(host, n)[0]
		fmt.Fprintf(w, "<item><guid>%d</guid><title>%s</title><link>http://%s%s</link><description>%s ...</description><pubDate>%s</pubDate></item>",
			n, headline(host, n), host, p.path(n), lead[:60], p.begun.Add(-time.Duration(n)*time.Minute).UTC().Format(time.RFC1123Z))
	}
	io.WriteString(w, "</channel></rss>")
}

// page answers for an item. What is no lasting fault is mended when it is asked
// for again.
func (p *kiosk) page(w http.ResponseWriter, r *http.Request) {
	n, _ := strconv.Atoi(r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:])
	p.mu.Lock()
	p.asked[r.Host+r.URL.Path]++
	p.onDay[r.Host+time.Now().UTC().Format(" 2006-01-02")]++
	again := p.asked[r.Host+r.URL.Path] > 1
	p.mu.Unlock()
	fault := p.fault(n)
	switch {
	case fault == "plus":
		p.t.Errorf("%s was asked for, which robots.txt forbids", r.URL.Path)
	case fault == "denied":
		w.WriteHeader(http.StatusForbidden)
	case fault == "paywall":
		paragraphs := prose(r.Host, n)
		fmt.Fprintf(w, `<html><head><title>%s</title><script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","isAccessibleForFree":false}</script></head>
<body><article><h1>%s</h1><p>%s</p><p>Subscribe to read on.</p></article></body></html>`, headline(r.Host, n), headline(r.Host, n), paragraphs[0])
	case fault == "missing" && !again:
		http.NotFound(w, r)
	case fault == "down" && !again:
		w.Header().Set("Retry-After", "120")
		p.hold(r.Host, 2*time.Minute)
		w.WriteHeader(http.StatusServiceUnavailable)
	case fault == "too many" && !again:
		w.Header().Set("Retry-After", "1200")
		p.hold(r.Host, 20*time.Minute)
		w.WriteHeader(http.StatusTooManyRequests)
	case fault == "slow" && !again:
		<-r.Context().Done()
	case fault == "cut" && !again:
		w.Header().Set("Content-Length", "99999")
		io.WriteString(w, "<html><body><article><p>")
	default:
		p.mu.Lock()
		p.had[r.Host+r.URL.Path]++
		p.mu.Unlock()
		fmt.Fprintf(w, "<html><head><title>%s</title></head><body><nav><a href=/>News</a></nav><article><h1>%s</h1><p>%s</p></article></body></html>",
			headline(r.Host, n), headline(r.Host, n), strings.Join(prose(r.Host, n), "</p>\n<p>"))
	}
}

// words are of many languages, so that no two items are alike by chance.
func words(seed string, n, count int) []string {
	sum := uint64(n)
	for _, c := range seed {
		sum = sum*31 + uint64(c)
	}
	random := rand.New(rand.NewPCG(sum, 7))
	all := make([]string, count)
	for i := range all {
		var b strings.Builder
		for range 2 + random.IntN(3) {
			b.WriteByte("bcdfghklmnprstvz"[random.IntN(16)])
			b.WriteByte("aeiou"[random.IntN(5)])
		}
		all[i] = b.String()
	}
	return all
}

func headline(host string, n int) string {
	return fmt.Sprintf("The %s", strings.Join(words(host, n, 7), " "))
}

// prose returns the paragraphs of an item.
func prose(host string, n int) []string {
	var all []string
	for i := range 5 {
		w := words(host, n*10+i+1000, 40)
		if i == 0 {
			w = append(words(host, n, 7), w...)
		}
		all = append(all, "The "+strings.Join(w[:20], " ")+", the "+strings.Join(w[20:], " ")+".")
	}
	return all
}
