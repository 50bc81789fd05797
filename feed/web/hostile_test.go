package web

import (
	"bufio"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"newswired/feed/web/limit"
)

// Each hostile request, to each path, is refused with a status that says so, or
// cut off, or answered as if it were harmless; an honest client is served after
// every one of them.
func TestHostileClients(t *testing.T) {
	site, _ := newSite(newLibrary())
	gate := limit.New(limit.Limits{Connections: 50}, slog.New(slog.DiscardHandler))
	raw, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := Server(site, gate, slog.New(slog.DiscardHandler))
	go server.Serve(gate.Listener(raw))
	defer server.Close()
	const host = "Host: a\r\n"
	behaviours := []struct {
		name, request string // %s is the path
		want          []int  // 0: closed without an answer
	}{
		{"no host", "GET %s HTTP/1.1\r\n\r\n", []int{400}},
		{"two hosts", "GET %s HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", []int{400}},
		{"bad host", "GET %s HTTP/1.1\r\nHost: a b\r\n\r\n", []int{400}},
		{"no version", "GET %s\r\n\r\n", []int{400}},
		{"version 9", "GET %s HTTP/9.9\r\n" + host + "\r\n", []int{400, 505}},
		{"HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", []int{0, 400, 404, 505}},
		{"NUL in path", "GET %s\x00 HTTP/1.1\r\n" + host + "\r\n", []int{400, 404}},
		{"NUL in a field", "GET %s HTTP/1.1\r\n" + host + "X: \x00\r\n\r\n", []int{400}},
		{"field without colon", "GET %s HTTP/1.1\r\n" + host + "nonsense\r\n\r\n", []int{400}},
		{"space before colon", "GET %s HTTP/1.1\r\n" + host + "X : y\r\n\r\n", []int{400}},
		{"header flood", "GET %s HTTP/1.1\r\n" + host + strings.Repeat("X-Flood: y\r\n", 5000) + "\r\n", []int{431}},
		{"long field", "GET %s HTTP/1.1\r\n" + host + "X: " + strings.Repeat("y", 100_000) + "\r\n\r\n", []int{431}},
		{"long query", "GET %s?" + strings.Repeat("q", 100_000) + " HTTP/1.1\r\n" + host + "\r\n", []int{0, 431}},
		{"CL and TE", "GET %s HTTP/1.1\r\n" + host + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", []int{400}},
		{"two lengths", "GET %s HTTP/1.1\r\n" + host + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello", []int{400}},
		{"negative length", "GET %s HTTP/1.1\r\n" + host + "Content-Length: -5\r\n\r\n", []int{400}},
		{"signed length", "GET %s HTTP/1.1\r\n" + host + "Content-Length: +5\r\n\r\nhello", []int{400}},
		{"unknown coding", "GET %s HTTP/1.1\r\n" + host + "Transfer-Encoding: xchunked\r\n\r\n", []int{400, 501}},
		{"body of GET", "GET %s HTTP/1.1\r\n" + host + "Content-Length: 5\r\n\r\nhello", []int{400}},
		{"chunks of GET", "GET %s HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", []int{400}},
		{"body of HEAD", "HEAD %s HTTP/1.1\r\n" + host + "Content-Length: 5\r\n\r\nhello", []int{400}},
		{"unknown expectation", "GET %s HTTP/1.1\r\n" + host + "Expect: tea\r\n\r\n", []int{417}},
		{"TRACE", "TRACE %s HTTP/1.1\r\n" + host + "\r\n", []int{404, 405}},
		{"DELETE", "DELETE %s HTTP/1.1\r\n" + host + "\r\n", []int{404, 405}},
		{"PUT", "PUT %s HTTP/1.1\r\n" + host + "Content-Length: 1\r\n\r\nx", []int{404, 405}},
		{"own method", "BREW %s HTTP/1.1\r\n" + host + "\r\n", []int{404, 405}},
		{"bad method", "G@T %s HTTP/1.1\r\n" + host + "\r\n", []int{400}},
		{"CONNECT", "CONNECT evil.example:443 HTTP/1.1\r\n" + host + "\r\n", []int{404, 405}},
		{"OPTIONS", "OPTIONS %s HTTP/1.1\r\n" + host + "\r\n", []int{404, 405}},
		{"OPTIONS of all", "OPTIONS * HTTP/1.1\r\n" + host + "\r\n", []int{404, 405}},
		{"traversal", "GET %s/../../../etc/passwd HTTP/1.1\r\n" + host + "\r\n", []int{404}},
		{"encoded traversal", "GET %s/%%2e%%2e%%2f%%2e%%2e%%2fetc HTTP/1.1\r\n" + host + "\r\n", []int{404}},
		{"encoded twice", "GET %s%%252e HTTP/1.1\r\n" + host + "\r\n", []int{404}},
		{"encoded NUL", "GET %s%%00 HTTP/1.1\r\n" + host + "\r\n", []int{404}},
		{"no UTF-8", "GET %s%%ff%%fe HTTP/1.1\r\n" + host + "\r\n", []int{404}},
		{"bad escape", "GET %s%%zz HTTP/1.1\r\n" + host + "\r\n", []int{400}},
		{"ranges", "GET %s HTTP/1.1\r\n" + host + "Range: bytes=" + strings.Repeat("0-,", 1000) + "0-\r\n\r\n", []int{200, 404}},
		{"range and If-Range", "GET %s HTTP/1.1\r\n" + host + "Range: bytes=9-1\r\nIf-Range: \"x\r\n\r\n", []int{200, 404}},
		{"h2c", "GET %s HTTP/1.1\r\n" + host + "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n", []int{200, 404}},
		{"absolute form", "GET http://evil.example%s HTTP/1.1\r\n" + host + "\r\n", []int{200, 404}},
		{"tags", "GET %s HTTP/1.1\r\n" + host + "If-None-Match: " + strings.Repeat(`"a",`, 3000) + "\r\n\r\n", []int{200, 404}},
		{"host of another", "GET %s HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\nX-Forwarded-Proto: evil\r\n\r\n", []int{200, 404}},
		{"path of another", "GET %s HTTP/1.1\r\n" + host + "X-Original-URL: /evil.example\r\nX-Rewrite-URL: /evil.example\r\n\r\n", []int{200, 404}},
		{"method of another", "GET %s HTTP/1.1\r\n" + host + "X-HTTP-Method-Override: DELETE\r\n\r\n", []int{200, 404}},
		{"method in small letters", "get %s HTTP/1.1\r\n" + host + "\r\n", []int{404, 405}},
		{"HTTP/1.0", "GET %s HTTP/1.0\r\n\r\n", []int{200, 404}},
		{"chunks by HTTP/1.0", "GET %s HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", []int{200, 400, 404}},
		{"no returns", "GET %s HTTP/1.1\nHost: a\n\n", []int{200, 404}},
		{"folded field", "GET %s HTTP/1.1\r\n" + host + "X: a\r\n Content-Length: 5\r\n\r\n", []int{200, 400, 404}},
		{"chunks after a tab", "GET %s HTTP/1.1\r\n" + host + "Transfer-Encoding:\tchunked\r\n\r\n0\r\n\r\n", []int{400}},
		{"two codings", "GET %s HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n", []int{400, 501}},
		{"chunk beyond numbers", "POST %s HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffffff\r\n", []int{404, 405}},
		{"request in a body", "POST %s HTTP/1.1\r\n" + host + "Content-Length: 36\r\n\r\nGET /evil.example HTTP/1.1\r\nHost: a\r\n\r\n", []int{404, 405}},
		{"semicolon", "GET %s;evil.example HTTP/1.1\r\n" + host + "\r\n", []int{404}},
		{"doubled slash", "GET //evil.example%s HTTP/1.1\r\n" + host + "\r\n", []int{404}},
		{"encoded slash", "GET %s%%2f..%%2f HTTP/1.1\r\n" + host + "\r\n", []int{404}},
		{"backslashes", "GET %s\\..\\..\\etc HTTP/1.1\r\n" + host + "\r\n", []int{404}},
		{"fragment", "GET %s#evil.example HTTP/1.1\r\n" + host + "\r\n", []int{404}},
		{"codings", "GET %s HTTP/1.1\r\n" + host + "Accept-Encoding: " + strings.Repeat("gzip;q=0.001;q=1e9,", 700) + "\r\n\r\n", []int{200, 404}},
		{"long password", "GET %s HTTP/1.1\r\n" + host + "Authorization: Basic " + strings.Repeat("YTph", 2000) + "\r\n\r\n", []int{200, 401, 404}},
		{"many parameters", "GET %s?" + strings.Repeat("token=evil.example&", 700) + " HTTP/1.1\r\n" + host + "\r\n", []int{200, 401, 404}},
		{"other protocol", "GET %s HTTP/1.1\r\n" + host + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\n\r\n", []int{200, 404}},
		{"no HTTP", "\x16\x03\x01\x02\x00\x01\x00\r\n\r\n", []int{0, 400}},
	}
	paths := []string{"/", "/feeds/korea", "/feeds/korea.atom", "/style.css", "/opml", "/nowhere"}
	if len(behaviours)*len(paths) < 200 {
		t.Fatalf("%d behaviours", len(behaviours)*len(paths))
	}
	for _, b := range behaviours {
		for _, path := range paths {
			request := b.request
			if strings.Contains(request, "%s") {
				request = fmt.Sprintf(request, path)
			}
			got, text := provoke(t, raw.Addr().String(), request)
			if !slices.Contains(b.want, got) {
				t.Errorf("%s, %s: %d, want one of %v", b.name, path, got, b.want)
			}
			if strings.Contains(text, "evil.example") {
				t.Errorf("%s, %s: the answer repeats what was asked", b.name, path)
			}
		}
		if got, _ := provoke(t, raw.Addr().String(), "GET "+edition+" HTTP/1.1\r\nHost: a\r\n\r\n"); got != 200 {
			t.Fatalf("an honest client after %s: %d", b.name, got)
		}
	}
}

// provoke returns the status of the answer, 0 if there is none, with its header and
// body.
func provoke(t *testing.T, address, request string) (int, string) {
	t.Helper()
	c, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	c.SetDeadline(time.Now().Add(30 * time.Second))
	go io.WriteString(c, request)
	method, _, _ := strings.Cut(request, " ")
	answer, err := http.ReadResponse(bufio.NewReader(c), &http.Request{Method: method})
	if err != nil {
		return 0, ""
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Error(err)
	}
	return answer.StatusCode, fmt.Sprint(answer.Header, string(body))
}
