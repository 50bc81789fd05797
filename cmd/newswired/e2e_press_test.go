//go:build e2e

package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
)

// A press is a publisher that never sleeps: each request finds more articles
// than the one before, if its rate is not 0. The newest 50 stand in the
// document; their pages are nowhere. Asked for /again it also changes the
// headline of the first.
type press struct {
	printed atomic.Int64
	rate    int64 // more at each request
}

// ServeHTTP answers with an RSS document.
func (p *press) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	last := p.printed.Add(p.rate)
	var b strings.Builder
	b.WriteString(`<rss version="2.0"><channel><title>Press</title><link>https://press.example/</link><description>News</description>`)
	for n := last; n > max(0, last-50); n-- {
		title := fmt.Sprintf("Report number %d", n)
		if n == 1 && r.URL.Path == "/again" {
			title += strings.Repeat(", corrected", int(last))
		}
		fmt.Fprintf(&b, `<item><title>%s</title><link>http://127.0.0.1:9/%d</link><guid>%d</guid><description>It is the %dth of the ferry.</description></item>`, title, n, n, n)
	}
	b.WriteString("</channel></rss>")
	w.Header().Set("ETag", fmt.Sprintf(`"%d"`, last)) // without one it would be asked hourly
	io.WriteString(w, b.String())
}

// newPress starts a press that has printed some already, and returns its URL.
func newPress(t *testing.T, printed, rate int64) string {
	t.Helper()
	p := &press{rate: rate}
	p.printed.Store(printed)
	server := httptest.NewServer(p)
	t.Cleanup(server.Close)
	return server.URL
}

// writePresses writes a configuration with eight sources of one press.
func writePresses(t *testing.T, dir, listen, url string) {
	t.Helper()
	var sources strings.Builder
	for n := range 8 {
		fmt.Fprintf(&sources, "  - {name: press-%d, url: %s/%d}\n", n, url, n)
	}
	writeConfig(t, dir, listen, "sources:\n"+sources.String()+"feeds: [{name: all}]\n")
}
