package fetcher

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"net/http"
	"net/textproto"
	"net/url"
	"slices"
	"strings"
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
	asked       string // the URL that was asked first
	url         string // that answered, or failed to, after redirects
	permanent   bool   // true if all redirects were permanent, or there were none
	alone       bool   // true if it led to a host that is left alone for now
	contentType string
	etag        string
	modified    string
	hints       hints
	push        feed.Push // of its Link fields
	bytes       int64     // of the body as far as it came, decoded if it was opened
}

// sighting returns where an answer was found, given what became of it.
func (a *answer) sighting(kind feed.Kind, now time.Time) feed.Sighting {
	return feed.Sighting{
		At: now, Asked: a.asked, Final: a.url, Permanent: a.permanent, Found: kind == feed.OK,
		Busy: a.alone || a.status == http.StatusTooManyRequests || a.status == http.StatusServiceUnavailable,
	}
}

// pushOr returns who tells of news: what the Link fields say, then other. A
// publisher must say by which URL a hub knows the Document, but many forget.
func (a *answer) pushOr(other feed.Push) feed.Push {
	p := a.push.Or(other)
	if len(p.Hubs) > 0 {
		p.SetTopic(a.url)
	}
	return p
}

// An errand is what a fetch is for.
type errand struct {
	src        feed.Source // whose request fields go along
	url        string      // that is asked first
	accept     string      // media types, as the request names them
	validators feed.Validators
	busy       map[string]time.Time // hosts that are to be left alone

	// may asks, with the turn of a URL's host, whether that may be fetched, and
	// says in an answer why not; nil: everything may.
	may func(at string) (no answer, may bool)
}

// acceptFeeds is what a Source is asked for.
const acceptFeeds = "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, application/xml;q=0.9, */*;q=0.5"

// fetch asks for a document, conditionally if a former one gave validators, and
// follows a few redirects. The time-out is for all requests together; what is
// spent waiting for the turn of a host does not count.
func (p *Poller) fetch(ctx context.Context, v *visit, e errand) answer {
	left := p.options.Timeout
	at, permanent, retryAfter := e.url, true, time.Duration(0)
	for hop := 0; ; hop++ {
		if e.may != nil {
			if no, may := e.may(at); !may {
				return no
			}
		}
		begun := time.Now()
		v.asked = true
		a, target := p.request(ctx, v, e, at, left)
		left -= time.Since(begun)
		// Retry-After on a redirect is for who comes again.
		retryAfter = max(retryAfter, a.hints.retryAfter)
		a.asked, a.permanent, a.hints.retryAfter = e.url, permanent, retryAfter
		if target == nil {
			return a
		}
		permanent = permanent && isPermanent(a.status) && !(strings.HasPrefix(at, "https:") && target.Scheme == "http")
		at = target.String()
		until := busyUntil(e.busy, at, time.Now())
		switch {
		case hop == maxRedirects:
			a.kind, a.text = feed.Forbidden, fmt.Sprintf("%s: more than %d in a row", errRedirect, maxRedirects)
			return a
		case time.Now().Before(until):
			a.kind, a.text = feed.BadStatus, fmt.Sprintf("it leads to %s, which asked to be left alone until %s", at, until.UTC().Format(time.RFC3339))
			a.alone, a.hints.retryAfter = true, max(retryAfter, time.Until(until))
			return a
		}
		if err := v.to(ctx, at); err != nil {
			a.kind, a.text = feed.Unreachable, reason(err)
			return a
		}
	}
}

// Unasked are encodings that we cannot read and did not ask for (RFC 9110 section
// 12.5.3). Other values are mistakes, such as the charset, and do no harm.
var unasked = []string{"br", "zstd", "deflate", "compress", "dcb", "dcz"}

// isPermanent reports whether a status says that a redirect is for good.
func isPermanent(status int) bool {
	return status == http.StatusMovedPermanently || status == http.StatusPermanentRedirect
}

// request asks one URL, within a time. The target is where it leads on, nil if
// it does not.
func (p *Poller) request(ctx context.Context, v *visit, e errand, at string, within time.Duration) (a answer, target *url.URL) {
	ctx, limit := newLimit(ctx, within, tooSlow(fmt.Sprintf("it took longer than the timeout of %s", p.options.Timeout)))
	defer limit.end()
	a.url = at
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, at, nil)
	if err != nil {
		a.kind, a.text = feed.Unreachable, reason(err)
		return a, nil
	}
	if err := p.setHeaders(req, e); err != nil {
		a.kind, a.text = feed.Keyless, err.Error()
		return a, nil
	}
	setValidators(req, e.validators)
	resp, err := p.client.Do(req)
	if err != nil {
		err = limit.cause(err)
		a.kind, a.unconnected = kindOf(err)
		a.text = p.because(ctx, err)
		return a, nil
	}
	defer resp.Body.Close()
	a.status, a.contentType = resp.StatusCode, resp.Header.Get("Content-Type")
	a.etag, a.modified = resp.Header.Get("ETag"), resp.Header.Get("Last-Modified")
	a.hints, a.push = readHints(resp.Header, time.Now()), linkFields(resp.Header, at)
	target, err = leadsTo(resp, e.url)
	switch {
	case err != nil:
		a.kind, a.text = feed.Forbidden, err.Error()
	case target != nil:
	case resp.Header.Get("Cf-Mitigated") == "challenge":
		a.kind, a.text = feed.Challenge, statusText(resp)+": a challenge page by Cloudflare, which lets only browsers pass; ask the publisher to let newswired in"
	case resp.StatusCode == http.StatusNotModified && e.validators.URL == at:
		return a, nil
	case slices.Contains(unasked, strings.ToLower(resp.Header.Get("Content-Encoding"))):
		a.kind, a.text = feed.NotAFeed, fmt.Sprintf("an answer in the encoding %q, though only gzip was asked for", resp.Header.Get("Content-Encoding"))
	case resp.StatusCode == http.StatusOK, resp.StatusCode == http.StatusNonAuthoritativeInfo:
		p.take(ctx, v, limit, &a, resp)
		return a, nil
	case resp.StatusCode == http.StatusGone:
		a.kind, a.text = feed.Gone, statusText(resp)+": its publisher says that it will not come back; remove the source or change its url"
	default:
		a.kind, a.text = feed.BadStatus, statusText(resp)
	}
	io.CopyN(io.Discard, resp.Body, 4<<10) // so that the connection can be kept
	return a, target
}

// setHeaders says who asks and for what. Accept-Encoding is ours, for we decode;
// the configuration may not set it. It fails if the Source's credential cannot
// be had.
func (p *Poller) setHeaders(req *http.Request, e errand) error {
	src := e.src
	req.Header.Set("User-Agent", p.options.UserAgent)
	req.Header.Set("Accept-Encoding", "gzip")
	req.Header.Set("Accept", e.accept)
	// Any field may be a secret, for the Source's own origin alone; what tells
	// only what we can read may go wherever it leads.
	same := false
	if len(src.Headers) > 0 || src.Credential != "" { // few have any
		own, err := url.Parse(src.URL)
		same = err == nil && origin(own) == origin(req.URL)
	}
	for name, value := range src.Headers {
		if same || slices.Contains(harmless, textproto.CanonicalMIMEHeaderKey(name)) {
			req.Header.Set(name, value)
		}
	}
	if src.UserAgent != "" {
		req.Header.Set("User-Agent", src.UserAgent)
	}
	if src.Credential == "" || !same {
		return nil
	}
	field, err := p.options.Credential(src.Credential)
	if err == nil {
		req.Header.Set("Authorization", field)
	}
	return err
}

var harmless = []string{"Accept", "Accept-Language"}

// statusText names a status.
func statusText(resp *http.Response) string {
	return fmt.Sprintf("%d %s", resp.StatusCode, http.StatusText(resp.StatusCode))
}

// digest returns what equal bodies have in common.
func digest(body []byte) []byte {
	sum := sha256.Sum256(body)
	return sum[:]
}
