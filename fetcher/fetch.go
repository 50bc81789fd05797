package fetcher

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"

	"newswired/feed"
)

// An answer is what a server said to one fetch. Kind tells whether it is good
// for anything.
type answer struct {
	kind        feed.Kind
	text        string // why it failed
	unconnected bool   // true if not even a connection was made
	status      int
	url         string // that answered, after redirects
	contentType string
	etag        string
	modified    string
	hints       hints
	body        []byte // decoded; only valid until release
	release     func()
}

// fetch asks a Source for its Document, conditionally if a former one gave
// validators.
func (p *Poller) fetch(ctx context.Context, src feed.Source, v feed.Validators) answer {
	ctx = context.WithValue(ctx, validatorsKey{}, v)
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, src.URL, nil)
	if err != nil {
		return answer{kind: feed.Unreachable, text: reason(err)}
	}
	p.setHeaders(req, src)
	setValidators(req)
	resp, err := p.client.Do(req)
	if err != nil {
		kind, unconnected := kindOf(err)
		return answer{kind: kind, text: reason(err), unconnected: unconnected}
	}
	defer resp.Body.Close()
	a := answer{
		status: resp.StatusCode, url: resp.Request.URL.String(),
		contentType: resp.Header.Get("Content-Type"),
		etag:        resp.Header.Get("ETag"), modified: resp.Header.Get("Last-Modified"),
		hints: readHints(resp.Header, time.Now()),
	}
	switch {
	case resp.Header.Get("Cf-Mitigated") == "challenge":
		a.kind, a.text = feed.Challenge, statusText(resp)+": a challenge page by Cloudflare, which lets only browsers pass; ask the publisher to let newswired in"
	case resp.StatusCode == http.StatusNotModified && v.URL == a.url:
	case resp.StatusCode == http.StatusOK, resp.StatusCode == http.StatusNonAuthoritativeInfo:
		p.read(&a, resp)
	case resp.StatusCode == http.StatusGone:
		a.kind, a.text = feed.Gone, statusText(resp)+": its publisher says that it will not come back; remove the source or change its url"
	default:
		a.kind, a.text = feed.BadStatus, statusText(resp)
		io.CopyN(io.Discard, resp.Body, 4<<10) // so that the connection can be kept
	}
	return a
}

// setHeaders says who asks and for what. Accept-Encoding is left to net/http,
// which then also decodes gzip; the configuration may not set it.
func (p *Poller) setHeaders(req *http.Request, src feed.Source) {
	req.Header.Set("User-Agent", p.options.UserAgent)
	req.Header.Set("Accept", "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, application/xml;q=0.9, */*;q=0.5")
	for name, value := range src.Headers {
		req.Header.Set(name, value)
	}
	if src.UserAgent != "" {
		req.Header.Set("User-Agent", src.UserAgent)
	}
}

// statusText names a status.
func statusText(resp *http.Response) string {
	return fmt.Sprintf("%d %s", resp.StatusCode, http.StatusText(resp.StatusCode))
}

// buffers are used again: bodies are large, and many are the same as before.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// read reads a body up to the limit. Beyond it, or cut off, it is no body: a
// part must not pass for the whole.
func (p *Poller) read(a *answer, resp *http.Response) {
	buf := buffers.Get().(*bytes.Buffer)
	buf.Reset()
	a.release = func() {
		if buf.Cap() <= 1<<20 {
			buffers.Put(buf)
		}
	}
	n, err := buf.ReadFrom(io.LimitReader(resp.Body, p.options.MaxBody+1))
	switch {
	case n > p.options.MaxBody:
		a.kind, a.text = feed.TooLarge, fmt.Sprintf("the document has more than %d bytes; max_body allows no more", p.options.MaxBody)
	case errors.Is(err, io.ErrUnexpectedEOF):
		a.kind, a.text = feed.Truncated, fmt.Sprintf("the connection ended after %d bytes of the document", n)
	case err != nil:
		a.kind, _ = kindOf(err)
		if a.kind == feed.Unreachable {
			a.kind = feed.Truncated
		}
		a.text = fmt.Sprintf("after %d bytes of the document: %s", n, reason(err))
	}
	a.body = buf.Bytes()
}

// digest returns what equal bodies have in common.
func digest(body []byte) []byte {
	sum := sha256.Sum256(body)
	return sum[:]
}
