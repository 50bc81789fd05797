package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strconv"
	"sync/atomic"
	"time"
)

// A kind is how renderings of one sort are served.
type kind struct {
	contentType string
	cache       string // Cache-Control
	open        bool   // scripts of other sites may read it (CORS)
}

var (
	page  = kind{contentType: "text/html; charset=utf-8", cache: "no-cache"}
	style = kind{contentType: "text/css; charset=utf-8", cache: "no-cache"} // a new version's pages must not wear the old one's
)

// maxAge lets caches on the way keep an Edition for d, cut to seconds.
func maxAge(d time.Duration) string {
	return "public, max-age=" + strconv.FormatInt(int64(d/time.Second), 10)
}

// A rendering is one state of a path, ready to be written: the bytes as they
// are and compressed, each with its header. Nothing in it changes but dated.
type rendering struct {
	plain, zipped *variant
	changed       time.Time // when the Feed changed to this; zero if unknown
	modified      time.Time // for Last-Modified: changed, or later
	made          time.Time
	dated         atomic.Bool // Last-Modified may be told
}

// A variant is one representation, with its header values made beforehand. The
// slices go into the answer's header as they are; net/http only reads them.
type variant struct {
	body     []byte
	etag     string
	fields   []field  // of a 200 and of a 304
	ofBody   []field  // of a 200 alone (RFC 9110 section 15.4.5)
	modified []string // Last-Modified
}

// A field is a header field, ready for a map of net/http.
type field struct {
	name  string // canonical
	value []string
}

// newRendering compresses and digests b. The two variants have ETags of their
// own, as RFC 9110 section 8.8.3.3 demands. 18 bytes of SHA-256 are more than
// enough never to meet twice, and make a tag without padding.
//
// since is when we began to render like this. A Feed that changed before is as
// new as that, for a title, a limit or a new version change bytes too. It is
// rounded up to the second, so that what was served just before is older. The
// former rendering, nil if there is none, is older too.
func newRendering(k kind, b []byte, changed, since, now time.Time, former *rendering) *rendering {
	modified := changed
	if !changed.IsZero() && changed.Before(since) {
		modified = since.Truncate(time.Second).Add(time.Second)
	}
	if !changed.IsZero() && former != nil && !modified.After(former.modified) {
		modified = former.modified.Truncate(time.Second).Add(time.Second)
	}
	sum := sha256.Sum256(append([]byte(k.contentType+"\n"), b...))
	tag := base64.RawURLEncoding.EncodeToString(sum[:18])
	r := &rendering{
		plain:   newVariant(k, b, `"`+tag+`"`, "", modified),
		zipped:  newVariant(k, compress(b), `"`+tag+`-gzip"`, "gzip", modified),
		changed: changed, modified: modified,
		made: now,
	}
	r.dateIfSettled()
	return r
}

// newVariant makes the header values. Names are in the form that net/http gives
// them, "Etag" included, because they are put into its map as they are.
func newVariant(k kind, body []byte, etag, encoding string, modified time.Time) *variant {
	v := &variant{
		body: body,
		etag: etag,
		fields: append([]field{
			{"Etag", []string{etag}},
			{"Cache-Control", []string{k.cache}},
			{"Vary", []string{"Accept-Encoding"}},
		}, guards...),
		ofBody: []field{
			{"Content-Type", []string{k.contentType}},
			{"Content-Length", []string{strconv.Itoa(len(body))}},
		},
	}
	if k.open {
		v.fields = append(v.fields, field{"Access-Control-Allow-Origin", []string{"*"}})
	}
	if encoding != "" {
		v.ofBody = append(v.ofBody, field{"Content-Encoding", []string{encoding}})
	}
	if !modified.IsZero() {
		v.modified = []string{modified.UTC().Format(http.TimeFormat)}
	}
	return v
}

// guards are in every answer. Editions have them too: browsers show them.
var guards = []field{
	{"Content-Security-Policy", []string{"default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"}},
	{"X-Content-Type-Options", []string{"nosniff"}},
	{"Referrer-Policy", []string{"no-referrer"}},
}

// compress is called once per change, not once per request.
func compress(b []byte) []byte {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	_, _ = z.Write(b) // neither can fail, for a buffer takes every write
	_ = z.Close()
	return out.Bytes()
}

// dateIfSettled allows Last-Modified once no second change can bear the same
// second. It may be called only while the rendering is known to be true.
func (r *rendering) dateIfSettled() {
	if !r.dated.Load() && !r.modified.IsZero() && time.Since(r.modified) > settled {
		r.dated.Store(true)
	}
}

// serve writes the variant that the request prefers, or 304 without it. HEAD
// gets what GET gets, less the body. Ranges are not served: an Edition that has
// changed in between could not be put together anyway.
func (r *rendering) serve(w http.ResponseWriter, req *http.Request) {
	v := r.plain
	if acceptsGzip(req.Header["Accept-Encoding"]) {
		v = r.zipped
	}
	h := w.Header()
	for _, f := range v.fields {
		h[f.name] = f.value
	}
	dated := r.dated.Load()
	if dated {
		h["Last-Modified"] = v.modified
	}
	if unchanged(req.Header, v.etag, r.modified, dated) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	for _, f := range v.ofBody {
		h[f.name] = f.value
	}
	w.WriteHeader(http.StatusOK)
	if req.Method != http.MethodHead {
		// A client that has gone away needs no answer.
		_, _ = w.Write(v.body)
	}
}
