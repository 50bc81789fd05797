package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// A kind is how renderings of one sort are served.
type kind struct {
	contentType string
	cache       string // Cache-Control; of Editions only how it begins, see rhythm
	open        bool   // scripts of other sites may read it (CORS)
	link        string // Link; "" if there is none
}

var (
	// Pages may be kept, if it is asked each time whether they are still true.
	page  = kind{contentType: "text/html; charset=utf-8", cache: "no-cache"}
	style = kind{contentType: "text/css; charset=utf-8", cache: "no-cache"} // a new version's pages must not wear the old one's
)

// A rendering is one state of a path, ready to be written: the bytes as they
// are and, once somebody asked for them, compressed, each with its header.
type rendering struct {
	kind     kind
	tag      string                // without quotes and coding
	plain    *variant              // of identity
	packed   [codings]packed       // of the others
	changed  time.Time             // when the Feed changed to this; zero if unknown
	modified time.Time             // for Last-Modified: changed, or later
	made     time.Time             // when it was rendered
	dated    atomic.Bool           // Last-Modified may be told
	grew     func(*rendering, int) // told how many bytes more it holds; may be nil
}

// A packed variant is made when it is asked for first, by whoever asks, or with
// the rendering if it was asked for of the former one.
type packed struct {
	once sync.Once
	made atomic.Bool
	*variant
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

// newRendering digests b. Variants have ETags of their own, as RFC 9110 section
// 8.8.3.3 demands. 18 bytes of SHA-256 are more than enough never to meet twice,
// and make a tag without padding.
func newRendering(k kind, b []byte, changed, modified, now time.Time) *rendering {
	sum := sha256.Sum256(append([]byte(k.contentType+"\n"), b...))
	r := &rendering{kind: k, tag: base64.RawURLEncoding.EncodeToString(sum[:18]), changed: changed, modified: modified, made: now}
	r.plain = r.newVariant(bytes.Clone(b), identity) // buffers grow to twice what they hold
	r.dateIfSettled()
	return r
}

// variant returns the rendering in a coding.
func (r *rendering) variant(c coding) *variant {
	if c == identity {
		return r.plain
	}
	p := &r.packed[c]
	p.once.Do(func() {
		p.variant = r.newVariant(bytes.Clone(compress(r.plain.body, c)), c)
		p.made.Store(true)
		if r.grew != nil {
			r.grew(r, len(p.body))
		}
	})
	return p.variant
}

// packLike makes the variants that were asked for of the former rendering, so
// that nobody who asks has to wait for them. former may be nil.
func (r *rendering) packLike(former *rendering) {
	for c := gzipped; former != nil && c < codings; c++ {
		if former.packed[c].made.Load() {
			r.variant(c)
		}
	}
}

// size is how many bytes the variants hold.
func (r *rendering) size() int64 {
	n := len(r.plain.body)
	for c := gzipped; c < codings; c++ {
		if r.packed[c].made.Load() {
			n += len(r.packed[c].body)
		}
	}
	return int64(n)
}

// newVariant makes the header values. Names are in the form that net/http gives
// them, "Etag" included, because they are put into its map as they are.
func (r *rendering) newVariant(body []byte, c coding) *variant {
	etag := `"` + r.tag + `"`
	if c != identity {
		etag = `"` + r.tag + "-" + codingNames[c] + `"`
	}
	v := &variant{
		body: body,
		etag: etag,
		fields: append([]field{
			{"Etag", []string{etag}},
			{"Vary", []string{"Accept-Encoding"}},
		}, guards...),
		ofBody: []field{
			{"Content-Type", []string{r.kind.contentType}},
			{"Content-Length", []string{strconv.Itoa(len(body))}},
		},
	}
	if r.kind.open {
		v.fields = append(v.fields, field{"Access-Control-Allow-Origin", []string{"*"}})
	}
	if r.kind.link != "" {
		v.ofBody = append(v.ofBody, field{"Link", []string{r.kind.link}})
	}
	if c != identity {
		v.ofBody = append(v.ofBody, field{"Content-Encoding", []string{codingNames[c]}})
	}
	if !r.modified.IsZero() {
		v.modified = []string{r.modified.UTC().Format(http.TimeFormat)}
	}
	return v
}

// guards are in every answer. Editions have them too: browsers show them.
var guards = []field{
	{"Content-Security-Policy", []string{"default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"}},
	{"X-Content-Type-Options", []string{"nosniff"}},
	{"Referrer-Policy", []string{"no-referrer"}},
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
func (r *rendering) serve(w http.ResponseWriter, req *http.Request, cache []string) {
	v := r.variant(preferred(req.Header["Accept-Encoding"]))
	h := w.Header()
	for _, f := range v.fields {
		h[f.name] = f.value
	}
	h["Cache-Control"] = cache
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
