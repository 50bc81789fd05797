package fetcher

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"

	"newswired/feed"
)

// tooSlow says which wait was over. It passes for a deadline.
type tooSlow string

func (e tooSlow) Error() string        { return string(e) }
func (e tooSlow) Is(target error) bool { return target == context.DeadlineExceeded }

// because returns why a request failed, with the figure of the bound if one was
// hit. What net/http bounds itself it names with the figure, but for time.
func (p *Poller) because(ctx context.Context, err error) string {
	var slow tooSlow
	switch kind, _ := kindOf(err); {
	case kind != feed.Timeout && !errors.Is(err, context.Canceled):
	case errors.As(context.Cause(ctx), &slow):
		return slow.Error()
	case strings.Contains(err.Error(), "awaiting response headers"):
		return fmt.Sprintf("no answer began within %s", answerTime(p.options))
	case strings.Contains(err.Error(), "TLS handshake timeout"):
		return fmt.Sprintf("no TLS connection within %s", dialTime(p.options))
	}
	return reason(err)
}

// An inflow is a body as it comes from the network, before it is decoded. It counts
// its bytes and looks at the clock between two reads. Bytes that decode to
// nothing have to be bounded as well: gzip files may have any number of empty
// parts.
type inflow struct {
	body  io.Reader
	most  int64
	count int64
	quiet time.Duration // how long it may take until more comes
	timer *time.Timer   // ends the request
}

// errWire is that more came than is allowed.
var errWire = errors.New("too many bytes on the wire")

func (w *inflow) Read(b []byte) (int, error) {
	w.timer.Reset(w.quiet)
	n, err := w.body.Read(b)
	w.count += int64(n)
	if w.count > w.most {
		return 0, errWire
	}
	return n, err
}

// buffers and unzippers are used again: bodies are large, and many are the same
// as before.
var (
	buffers   = sync.Pool{New: func() any { return new(bytes.Buffer) }}
	unzippers = sync.Pool{New: func() any { return new(gzip.Reader) }}
)

// read reads a body up to the limit, decoded and not. Beyond it, or cut off, it
// is no body: a part must not pass for the whole. Stall ends the request.
func (p *Poller) read(a *answer, resp *http.Response, stall context.CancelCauseFunc) {
	buf := buffers.Get().(*bytes.Buffer)
	buf.Reset()
	a.release = func() {
		if buf.Cap() <= 1<<20 {
			buffers.Put(buf)
		}
	}
	quiet, most := p.options.Quiet, p.options.MaxBody
	w := &inflow{body: resp.Body, most: most + maxHeader, quiet: quiet}
	w.timer = time.AfterFunc(quiet, func() { stall(tooSlow(fmt.Sprintf("nothing came for %s", quiet))) })
	n, err := unzip(buf, w, resp.Header.Get("Content-Encoding"), most)
	w.timer.Stop()
	switch {
	case n > most:
		a.kind, a.text = feed.TooLarge, fmt.Sprintf("the document has more than %d bytes; max_body allows no more", most)
	case errors.Is(err, errWire):
		a.kind, a.text = feed.TooLarge, fmt.Sprintf("more than %d bytes came of a document that has %d as yet; max_body allows no more", w.most, n)
	case errors.Is(err, io.ErrUnexpectedEOF):
		a.kind, a.text = feed.Truncated, fmt.Sprintf("the connection ended after %d bytes of the document", n)
	case err != nil:
		a.kind, _ = kindOf(err)
		why := p.because(resp.Request.Context(), err)
		if errors.Is(context.Cause(resp.Request.Context()), context.DeadlineExceeded) {
			a.kind = feed.Timeout
		}
		if a.kind == feed.Unreachable {
			a.kind = feed.Truncated
		}
		a.text = fmt.Sprintf("after %d bytes of the document: %s", n, why)
	}
	a.body = buf.Bytes()
}

// unzip copies a body, decoded, until one byte more than it may have. A body
// that is called gzip and is none is taken as it is, and so is what follows a
// gzip file and is none: both are mistakes of servers. Of gzip within gzip one
// layer is decoded here, and one more when the Document is read.
func unzip(buf *bytes.Buffer, w *inflow, encoding string, most int64) (int64, error) {
	in := bufio.NewReader(w)
	if encoding = strings.ToLower(encoding); !strings.HasPrefix(encoding, "gzip") && encoding != "x-gzip" {
		return buf.ReadFrom(io.LimitReader(in, most+1))
	}
	if magic, _ := in.Peek(2); string(magic) != "\x1f\x8b" {
		return buf.ReadFrom(io.LimitReader(in, most+1))
	}
	z := unzippers.Get().(*gzip.Reader)
	defer unzippers.Put(z)
	if err := z.Reset(in); err != nil {
		return 0, err
	}
	n, err := buf.ReadFrom(io.LimitReader(z, most+1))
	if errors.Is(err, gzip.ErrHeader) {
		err = nil
	}
	return n, err
}
