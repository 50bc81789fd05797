package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"
)

// A publisher serves one Document, with links in its fields and in itself.
type publisher struct {
	mu     sync.Mutex
	fields []string // Link
	path   string   // where it is; others lead there
	status int      // by which they do
	kind   string   // Content-Type
	doc    string
	polls  int
}

// set changes what is served.
func (p *publisher) set(doc string, fields ...string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.doc, p.fields = doc, fields
}

// asked returns how often the Document was asked for.
func (p *publisher) asked() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.polls
}

// ServeHTTP leads to where the Document is, or answers with it as it is now.
func (p *publisher) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.path != "" && r.URL.Path != p.path {
		http.Redirect(w, r, p.path, p.status)
		return
	}
	p.polls++
	for _, f := range p.fields {
		w.Header().Add("Link", f)
	}
	w.Header().Set("Content-Type", p.kind)
	sum := sha256.Sum256([]byte(p.doc))
	w.Header().Set("ETag", fmt.Sprintf(`"%x"`, sum[:8]))
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader([]byte(p.doc)))
}

// rssDoc is a Document of the news of some numbers, the newest first, with links
// in its channel.
func rssDoc(links string, numbers ...int) string {
	var b strings.Builder
	b.WriteString(`<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Wire</title><link>http://wire.example/</link>` + links)
	for _, n := range numbers {
		fmt.Fprintf(&b, `<item><guid>%d</guid><title>Bridge number %d opens to traffic</title><link>http://wire.example/%d</link></item>`, n, n, n)
	}
	return b.String() + "</channel></rss>"
}

// hubLinks are the links of a channel to a hub and itself.
const hubLinks = `<atom:link rel="hub" href="http://hub.localhost/"/><atom:link rel="self" href="http://wire.example/rss"/>`
