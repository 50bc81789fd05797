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

// Little that becomes much, made beforehand for the handlers have no time: 1 kB
// for 1 MiB, 10 kB for 10 MiB, and 200 kB for nothing.
var (
	spaces   = zipped(strings.Repeat(" ", 1<<20))
	zeros    = zipped(strings.Repeat("\x00", 10<<20))
	nothings = bytes.Repeat(zipped(""), 10_000)
)

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
	{"slow answer", func(_ http.ResponseWriter, r *http.Request) { hang(r) }, feed.Timeout, 0, "it took longer than the timeout of 1s"},
	{"slow body", func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, one[:60])
		w.(http.Flusher).Flush()
		hang(r)
	}, feed.Timeout, 200, "after 60 bytes of the document: it took longer than the timeout of 1s"},
	{"no answer", func(w http.ResponseWriter, _ *http.Request) { raw(w, "") }, feed.Unreachable, 0, "EOF"},
	{"no HTTP", func(w http.ResponseWriter, _ *http.Request) { raw(w, "220 mail ready\r\n\r\n") }, feed.Unreachable, 0, "malformed HTTP"},
	{"too large", body(strings.Repeat("x", 4001)), feed.TooLarge, 200, "more than 4000 bytes"},
	{"bomb", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		w.Write(spaces)
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
	{"slow drip", func(w http.ResponseWriter, r *http.Request) {
		for i := 0; r.Context().Err() == nil; i++ {
			io.WriteString(w, one[i:i+1])
			w.(http.Flusher).Flush()
			time.Sleep(20 * time.Millisecond)
		}
	}, feed.Timeout, 200, "bytes of the document: it took longer than the timeout of 1s"},
	{"header too large", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("X-Fill", strings.Repeat("x", maxHeader))
	}, feed.TooLarge, 0, "response headers exceeded 65536 bytes"},
	{"endless header", func(w http.ResponseWriter, _ *http.Request) {
		raw(w, "HTTP/1.1 200 OK\r\n"+strings.Repeat("X: y\r\n", maxHeader))
	}, feed.TooLarge, 0, "response headers exceeded 65536 bytes"},
	{"bomb of nothing", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		w.Write(nothings)
	}, feed.TooLarge, 200, "more than 69536 bytes came"},
	{"zeros of 10 MiB", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		w.Write(zeros)
	}, feed.TooLarge, 200, "more than 4000 bytes"},
	{"many layers", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		w.Write(zipped(string(zipped(string(zipped(string(zipped(one))))))))
	}, feed.NotAFeed, 200, "a gzip file within a gzip file"},
	{"unasked encoding", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "br")
		io.WriteString(w, one)
	}, feed.NotAFeed, 200, `the encoding "br"`},
	{"page", body("<html><title>Hello</title></html>"), feed.NotAFeed, 200, `a web page ("Hello"), not a feed`},
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
			if f.kind == feed.Timeout { // others must not meet it, however slow the machine is
				o.Timeout = time.Second
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
			if wait := p.NextFetch.Sub(p.Started) - p.Took; wait < least || wait > least+least/10+time.Second || !p.RetryAt.IsZero() {
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

// A server that falls silent is not waited for as long as one that goes on.
func TestQuiet(t *testing.T) {
	b := newBench(t, Options{Allow: loopback, Quiet: 50 * time.Millisecond}, func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, one[:60])
		w.(http.Flusher).Flush()
		hang(r)
	})
	if p := b.ask("/"); p.Kind != feed.Timeout || p.Error != "after 60 bytes of the document: nothing came for 50ms" {
		t.Errorf("%q: %s", p.Kind, p.Error)
	}
}

// Servers are wrong about gzip in several ways in which nothing is lost.
func TestWrongAboutGzip(t *testing.T) {
	for name, answer := range map[string]struct{ encoding, body string }{
		"as it should be":  {"gzip", string(zipped(one))},
		"another name":     {"x-gzip", string(zipped(one))},
		"no gzip":          {"gzip", one},
		"not said":         {"", string(zipped(one))},
		"twice":            {"gzip", string(zipped(string(zipped(one))))},
		"twice, and said":  {"gzip, gzip", string(zipped(string(zipped(one))))},
		"something after":  {"gzip", string(zipped(one)) + "\x00\x00\r\n<!-- cached -->"},
		"in several parts": {"gzip", string(zipped(one[:40])) + string(zipped(one[40:]))},
	} {
		b := newBench(t, Options{Allow: loopback}, func(w http.ResponseWriter, _ *http.Request) {
			if answer.encoding != "" {
				w.Header().Set("Content-Encoding", answer.encoding)
			}
			w.Header().Set("Content-Type", "text/xml")
			io.WriteString(w, answer.body)
		})
		if p := b.ask("/"); p.Kind != feed.OK || len(p.Document.Articles) != 1 || p.Document.Partial {
			t.Errorf("%s: %q %s", name, p.Kind, p.Error)
		}
	}
}

// What is lost is asked for again: neither validators nor digest are kept, of a
// Document that lost its end, one item in the middle, or the end of a gzip file.
func TestPartialKeepsNothing(t *testing.T) {
	for name, text := range map[string]string{
		"end":         strings.TrimSuffix(one, "</channel></rss>"),
		"first item":  strings.Replace(string(manyArticles(3)), "<item>", "", 1),
		"JSON":        `{"version":"https://jsonfeed.org/version/1","items":[{"id":"1","title":"a"},{"id":"2","title:"b"},{"id":"3","title":"c"}]}`,
		"end of JSON": `{"version":"https://jsonfeed.org/version/1","items":[{"id":"1","title":"a"},{"id":"2"`,
		"gzip":        string(zipped(one)[:len(zipped(one))-4]),
		"too many":    string(manyArticles(maxArticles + 1)),
	} {
		b := newBench(t, Options{Allow: loopback}, says(200, `"1"|Today`, text))
		p := b.ask("/")
		if p.Kind != feed.OK || !p.Document.Partial || p.Validators != (feed.Validators{}) || p.Digest != nil {
			t.Errorf("%s: %q %s, %+v, digest %x", name, p.Kind, p.Error, p.Validators, p.Digest)
		}
		if p.Document != nil && p.Document.Warning == "" {
			t.Errorf("%s: no warning", name)
		}
	}
}
