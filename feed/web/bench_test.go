package web

import (
	"bufio"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"newswired/feed"
	"newswired/feed/web/limit"
)

// BenchmarkServe compares a Site with a bare handler that writes the same bytes
// under the same header, each over a kept connection on loopback. The edition
// has 200 kB. The two are asked in turn, so that whatever else the machine does
// meets both, and the client does without net/http, so that it is the server
// that is measured, with its gate, which the bare one does without. "of-bare" is the Site's requests per second divided by the
// bare handler's.
func BenchmarkServe(b *testing.B) {
	site := New(longLibrary(200_000), config(), slog.New(slog.DiscardHandler))
	whole := ask(site, "GET", edition)
	etag := whole.Header.Get("ETag")
	for _, test := range []struct{ name, fields string }{
		{"200", ""},
		{"gzip", "Accept-Encoding: gzip\r\n"},
		{"304", "If-None-Match: " + etag + "\r\n"},
	} {
		request := "GET " + edition + " HTTP/1.1\r\nHost: localhost\r\nUser-Agent: reader\r\n" + test.fields + "\r\n"
		b.Run(test.name, func(b *testing.B) {
			ours, bare := connect(b, site, true, request), connect(b, bareLike(site, test.fields), false, request)
			b.ReportAllocs()
			for b.Loop() {
				ours.ask(b)
				bare.ask(b)
			}
			b.ReportMetric(0, "ns/op") // of both together: says nothing
			b.ReportMetric(float64(b.N)/ours.took.Seconds(), "requests/s")
			b.ReportMetric(bare.took.Seconds()/ours.took.Seconds(), "of-bare")
		})
	}
}

// bareLike returns the least handler that answers as the Site does.
func bareLike(site *Site, fields string) http.Handler {
	var header []string
	if name, value, ok := strings.Cut(strings.TrimSpace(fields), ": "); ok {
		header = []string{name, value}
	}
	r := ask(site, "GET", edition, header...)
	text, _ := io.ReadAll(r.Body)
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		maps.Copy(w.Header(), r.Header)
		w.WriteHeader(r.StatusCode)
		if len(text) > 0 {
			_, _ = w.Write(text)
		}
	})
}

// A client asks one server the same thing again and again. Every 200 requests
// it takes a new connection, because two connections on one machine can differ
// by 30 % for as long as they last, whoever is at the other end.
type client struct {
	address string
	request string
	conn    net.Conn
	r       *bufio.Reader
	asked   int
	took    time.Duration // by all requests together, connecting left out
}

// connect serves a handler on the loopback, with the gate or without, and returns a
// client that will ask it.
func connect(b *testing.B, h http.Handler, gated bool, request string) *client {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	gate := limit.New(limit.Limits{Connections: 1000, ClientConnections: 100, ClientRequests: 10_000_000}, slog.New(slog.DiscardHandler))
	server := Server(h, gate, slog.New(slog.DiscardHandler))
	c := &client{address: listener.Addr().String(), request: request}
	if gated {
		listener = gate.Listener(listener)
	} else {
		server.Handler, server.ConnState = h, nil
	}
	go func() { _ = server.Serve(listener) }()
	b.Cleanup(func() { _, _ = server.Close(), c.conn.Close() })
	return c
}

// dial takes a new connection.
func (c *client) dial(b *testing.B) {
	if c.conn != nil {
		_ = c.conn.Close()
	}
	var err error
	if c.conn, err = net.Dial("tcp", c.address); err != nil {
		b.Fatal(err)
	}
	c.r = bufio.NewReaderSize(c.conn, 64<<10)
}

// ask asks once, and adds the time until the answer was read.
func (c *client) ask(b *testing.B) {
	if c.asked%200 == 0 {
		c.dial(b)
	}
	c.asked++
	start := time.Now()
	if _, err := io.WriteString(c.conn, c.request); err != nil {
		b.Fatal(err)
	}
	if err := skipAnswer(c.r); err != nil {
		b.Fatal(err)
	}
	c.took += time.Since(start)
}

// skipAnswer reads one answer, whose length its header gives.
func skipAnswer(r *bufio.Reader) error {
	length := 0
	for {
		line, err := r.ReadSlice('\n')
		if err != nil {
			return err
		}
		if len(line) <= 2 {
			break
		}
		if s := string(line); strings.HasPrefix(s, "Content-Length: ") {
			if _, err := fmt.Sscanf(s, "Content-Length: %d", &length); err != nil {
				return err
			}
		}
	}
	_, err := r.Discard(length)
	return err
}

// longLibrary has a feed whose Edition is at least so many bytes long.
func longLibrary(size int) *library {
	lib := newLibrary()
	text := "Ferries to the island run again after four days, the harbour office said on Wednesday. "
	var all []feed.Entry
	for i := range 100 {
		e := entry(i, morning.Add(-time.Duration(i)*time.Minute), [4]string{"Wire News Agency", fmt.Sprint("Report number ", i), text, "en"})
		e.Copies[0].Content = "<p>" + strings.Repeat(text, size/100/len(text)) + "</p>"
		all = append(all, e)
	}
	lib.entries["korea"] = all
	return lib
}

// BenchmarkEdition renders an Edition of 200 kB and compresses it: what a
// change of a Feed costs, once for each format.
func BenchmarkEdition(b *testing.B) {
	lib := longLibrary(200_000)
	b.ReportAllocs()
	for b.Loop() {
		site := New(lib, config(), slog.New(slog.DiscardHandler))
		ask(site, "GET", edition)
	}
}
