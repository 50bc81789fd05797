package fetcher

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"newswired/feed"
)

// hang answers nothing more until the client has gone.
func hang(r *http.Request) { <-r.Context().Done() }

// raw answers with bytes as they are and ends the connection.
func raw(w http.ResponseWriter, answer string) {
	conn, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		panic(err)
	}
	io.WriteString(conn, answer)
	conn.Close()
}

func zipped(body string) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	io.WriteString(z, body)
	z.Close()
	return b.Bytes()
}

func redirect(to string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, to, http.StatusFound) }
}

func body(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, text) }
}

var failures = []struct {
	name   string
	answer http.HandlerFunc
	kind   feed.Kind
	status int
	text   string // in the error
}{
	{"status", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(503) }, feed.BadStatus, 503, "503 Service Unavailable"},
	{"empty status", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(204) }, feed.BadStatus, 204, "204 No Content"},
	{"not modified, unasked", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(304) }, feed.BadStatus, 304, "304 Not Modified"},
	{"redirect to nowhere", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(302) }, feed.BadStatus, 302, "302 Found"},
	{"challenge", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Cf-Mitigated", "challenge")
		w.WriteHeader(403)
	}, feed.Challenge, 403, "403 Forbidden: a challenge page by Cloudflare"},
	{"slow answer", func(_ http.ResponseWriter, r *http.Request) { hang(r) }, feed.Timeout, 0, "longer than the timeout"},
	{"slow body", func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, one[:60])
		w.(http.Flusher).Flush()
		hang(r)
	}, feed.Timeout, 200, "after 60 bytes of the document: it took longer than the timeout"},
	{"no answer", func(w http.ResponseWriter, _ *http.Request) { raw(w, "") }, feed.Unreachable, 0, "EOF"},
	{"no HTTP", func(w http.ResponseWriter, _ *http.Request) { raw(w, "220 mail ready\r\n\r\n") }, feed.Unreachable, 0, "malformed HTTP"},
	{"too large", body(strings.Repeat("x", 4001)), feed.TooLarge, 200, "more than 4000 bytes"},
	{"bomb", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		w.Write(zipped(strings.Repeat(" ", 1<<20))) // 1 kB
	}, feed.TooLarge, 200, "more than 4000 bytes"},
	{"shorter than said", func(w http.ResponseWriter, _ *http.Request) {
		raw(w, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"+one)
	}, feed.Truncated, 200, "the connection ended after 108 bytes"},
	{"cut between chunks", func(w http.ResponseWriter, _ *http.Request) {
		raw(w, fmt.Sprintf("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n", len(one), one))
	}, feed.Truncated, 200, "the connection ended after 108 bytes"},
	{"cut before gzip ends", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		w.Write(zipped(one)[:60])
	}, feed.Truncated, 200, "the connection ended"},
	{"damaged gzip", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		z := zipped(one)
		z[len(z)-6] ^= 1 // the checksum
		w.Write(z)
	}, feed.Truncated, 200, "checksum"},
	{"unasked encoding", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "br")
		io.WriteString(w, one)
	}, feed.NotAFeed, 200, `the encoding "br"`},
	{"page", body("<html><title>Hello</title></html>"), feed.NotAFeed, 200, `an HTML page ("Hello"), not a feed`},
	{"nothing", body(""), feed.NotAFeed, 200, "an empty body"},
	{"loop", redirect("/"), feed.Forbidden, 302, "redirect refused: more than 5 in a row"},
	{"another port", redirect("http://127.0.0.1:25/"), feed.Forbidden, 302, "redirect refused: it leads to port 25"},
	{"another scheme", redirect("file:///etc/passwd"), feed.Forbidden, 302, "it leads to \"file:\", which is no address of the web"},
}

// Every failure is recorded as what it is, brings no Document and leaves what
// was stored with the last good one.
func TestFailures(t *testing.T) {
	for _, f := range failures {
		t.Run(f.name, func(t *testing.T) {
			o := Options{Allow: loopback, MaxBody: 4000}
			if f.kind == feed.Timeout { // the others take what time they need
				o.Timeout = 300 * time.Millisecond
			}
			b := newBench(t, o, f.answer)
			before := feed.State{Validators: feed.Validators{URL: "elsewhere", ETag: `"1"`}, Digest: []byte{1}, Failures: 2}
			b.store.states["wire"] = before
			p := b.ask("/")
			if p.Kind != f.kind || p.Status != f.status || !strings.Contains(p.Error, f.text) {
				t.Errorf("%q, status %d, %q", p.Kind, p.Status, p.Error)
			}
			if p.Document != nil || p.Validators != (feed.Validators{}) && p.Kind == feed.OK {
				t.Errorf("it brought %+v", p)
			}
			least := map[feed.Kind]time.Duration{feed.Challenge: 6 * time.Hour}[p.Kind]
			least = max(least, 8*time.Minute)
			if wait := p.NextFetch.Sub(p.Started); wait < least || wait > least+least/10+time.Second || !p.RetryAt.IsZero() {
				t.Errorf("next after %s, want %s", wait, least)
			}
			after := b.store.states["wire"]
			if after.Failures != 3 || after.Validators != before.Validators || !bytes.Equal(after.Digest, before.Digest) {
				t.Errorf("state %+v", after)
			}
			if offline, sure := b.Offline(); offline || !sure {
				t.Error("a server's failure passes for ours")
			}
		})
	}
}
