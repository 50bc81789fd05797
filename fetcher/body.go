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

// unzippers are used again.
var unzippers = sync.Pool{New: func() any { return new(gzip.Reader) }}

const (
	firstRead = 64 << 10 // the room that a body begins with
	longRead  = 1 << 20  // the most that one gets at once because it says to be long
)

// read reads a body up to the limit, decoded and not. Beyond it, or cut off, it
// is no body: a part must not pass for the whole.
func (p *Poller) read(ctx context.Context, v *visit, limit *limit, a *answer, resp *http.Response) {
	buf, quiet, most := v.hold(), p.options.Quiet, p.options.MaxBody
	w := &inflow{body: resp.Body, most: most + maxHeader, quiet: quiet}
	w.timer = time.AfterFunc(quiet, func() { limit.stop(tooSlow(fmt.Sprintf("nothing came for %s", quiet))) })
	defer w.timer.Stop()
	in, end, err := decoded(w, resp.Header.Get("Content-Encoding"))
	defer end()
	n := int64(0)
	for size := max(firstRead, min(resp.ContentLength+1, longRead)); err == nil && n <= most; size *= 2 {
		size = min(size, most+1)
		w.timer.Stop()
		limit.pause() // the server is not to blame
		err = p.room.grow(ctx, &v.has, size)
		limit.resume()
		if err == nil {
			buf.Grow(int(size-n) + bytes.MinRead)
			var more int64
			more, err = io.CopyN(buf, in, size-n)
			n += more
		}
	}
	a.body = buf.Bytes()
	switch {
	case err == io.EOF:
	case err == nil:
		a.kind, a.text = feed.TooLarge, fmt.Sprintf("the document has more than %d bytes; max_body allows no more", most)
	case errors.Is(err, errWire):
		a.kind, a.text = feed.TooLarge, fmt.Sprintf("more than %d bytes came of a document that has %d as yet; max_body allows no more", w.most, n)
	case errors.Is(err, io.ErrUnexpectedEOF):
		a.kind, a.text = feed.Truncated, fmt.Sprintf("the connection ended after %d bytes of the document", n)
	default:
		err = limit.cause(err)
		if a.kind, _ = kindOf(err); a.kind == feed.Unreachable {
			a.kind = feed.Truncated
		}
		a.text = fmt.Sprintf("after %d bytes of the document: %s", n, p.because(ctx, err))
	}
}

// decoded returns a body without its encoding, and what is to be done at the end.
// A body that is called gzip and is none is taken as it is. Of gzip within gzip
// one layer is decoded here, and one more when the Document is read.
func decoded(w *inflow, encoding string) (in io.Reader, end func(), err error) {
	from := bufio.NewReader(w)
	if encoding = strings.ToLower(encoding); !strings.HasPrefix(encoding, "gzip") && encoding != "x-gzip" {
		return from, func() {}, nil
	}
	if magic, _ := from.Peek(2); string(magic) != "\x1f\x8b" {
		return from, func() {}, nil
	}
	z := unzippers.Get().(*gzip.Reader)
	return unzipped{z}, func() { unzippers.Put(z) }, z.Reset(from)
}

// unzipped is what a gzip file holds. What follows one and is none ends it: a
// mistake of servers.
type unzipped struct{ *gzip.Reader }

func (u unzipped) Read(b []byte) (int, error) {
	n, err := u.Reader.Read(b)
	if errors.Is(err, gzip.ErrHeader) {
		err = io.EOF
	}
	return n, err
}
