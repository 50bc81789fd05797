package fetcher

import (
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

// Error and Is let it be told as it is written and still be asked for as what it is.
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

// An inflow is a body as it comes from the network. It looks at the clock between two
// reads.
type inflow struct {
	body  io.Reader
	quiet time.Duration // how long it may take until more comes
	timer *time.Timer   // ends the request
}

// Read gives the server its time anew, and reads what it sends next.
func (w *inflow) Read(b []byte) (int, error) {
	w.timer.Reset(w.quiet)
	return w.body.Read(b)
}

const (
	firstRead = 16 << 10 // the room that a body begins with that does not say how long it is
	longRead  = 1 << 20  // the most that one gets at once because it says to be long
)

// take takes a body from the network as it is, up to the limit. Beyond it, or cut
// off, it is no body: a part must not pass for the whole. Many wait to be read while
// servers answer faster than we read, and gzip makes a fifth of most: so it is
// decoded when it is opened. The bytes on the wire have to be bounded by themselves,
// for gzip files may have any number of empty parts.
func (p *Poller) take(ctx context.Context, v *visit, limit *limit, a *answer, resp *http.Response) {
	v.drop()
	v.zipped = saysGzip(resp.Header.Get("Content-Encoding"))
	quiet, most := p.options.Quiet, p.options.MaxBody
	if v.zipped {
		most += maxHeader
	}
	w := &inflow{body: resp.Body, quiet: quiet}
	w.timer = time.AfterFunc(quiet, func() { limit.stop(tooSlow(fmt.Sprintf("nothing came for %s", quiet))) })
	defer w.timer.Stop()
	size := int64(firstRead)
	if resp.ContentLength >= 0 {
		size = min(resp.ContentLength+1, longRead)
	}
	var buf bytes.Buffer
	var err error
	for ; err == nil && a.bytes <= most; size *= 2 {
		size = min(size, most+1)
		w.timer.Stop()
		limit.pause() // the server is not to blame
		err = p.room.grow(ctx, &v.has, size)
		limit.resume()
		if err == nil {
			buf.Grow(int(size-a.bytes) + bytes.MinRead)
			var more int64
			more, err = io.CopyN(&buf, w, size-a.bytes)
			a.bytes += more
		}
	}
	v.wire = buf.Bytes()
	switch {
	case err == io.EOF:
	case err == nil && v.zipped:
		a.kind, a.text = feed.TooLarge, fmt.Sprintf("more than %d bytes came; max_body allows no more", most)
	case err == nil:
		a.tooLarge(most)
	case errors.Is(err, io.ErrUnexpectedEOF):
		a.truncated()
	default:
		err = limit.cause(err)
		if a.kind, _ = kindOf(err); a.kind == feed.Unreachable {
			a.kind = feed.Truncated
		}
		a.text = fmt.Sprintf("after %d bytes of the document: %s", a.bytes, p.because(ctx, err))
	}
}

// tooLarge makes an answer one that has more bytes than it may.
func (a *answer) tooLarge(most int64) {
	a.kind, a.text = feed.TooLarge, fmt.Sprintf("the document has more than %d bytes; max_body allows no more", most)
}

// truncated makes an answer one that lost its end.
func (a *answer) truncated() {
	a.kind, a.text = feed.Truncated, fmt.Sprintf("the connection ended after %d bytes of the document", a.bytes)
}

// saysGzip reports whether a Content-Encoding is gzip. Of gzip within gzip one layer is
// decoded when a body is opened, and one more when the Document is read.
func saysGzip(encoding string) bool {
	encoding = strings.ToLower(encoding)
	return strings.HasPrefix(encoding, "gzip") || encoding == "x-gzip"
}

// unzippers are used again.
var unzippers = sync.Pool{New: func() any { return new(gzip.Reader) }}

// unzip decodes a body up to the limit, of which an answer tells what became. One that
// is called gzip and is none is taken as it is.
func unzip(to *bytes.Buffer, wire []byte, a *answer, most int64) (body []byte) {
	if !isGzip(wire) {
		if int64(len(wire)) > most {
			a.tooLarge(most)
		}
		return wire[:min(int64(len(wire)), most+1)]
	}
	z := unzippers.Get().(*gzip.Reader)
	defer unzippers.Put(z)
	err := z.Reset(bytes.NewReader(wire))
	a.bytes = 0
	if err == nil {
		a.bytes, err = io.Copy(to, io.LimitReader(unzipped{z}, most+1))
	}
	switch {
	case err == nil && a.bytes <= most:
	case err == nil:
		a.tooLarge(most)
	case errors.Is(err, io.ErrUnexpectedEOF):
		a.truncated()
	default:
		a.kind, a.text = feed.Truncated, fmt.Sprintf("after %d bytes of the document: %s", a.bytes, err)
	}
	return to.Bytes()
}

// unzipped is what a gzip file holds. What follows one and is none ends it: a
// mistake of servers.
type unzipped struct{ *gzip.Reader }

// Read reads what the file holds until it ends or something follows that is no gzip.
func (u unzipped) Read(b []byte) (int, error) {
	n, err := u.Reader.Read(b)
	if errors.Is(err, gzip.ErrHeader) {
		err = io.EOF
	}
	return n, err
}
