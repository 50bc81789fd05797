package fetcher

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"syscall"
	"time"

	"code.dny.dev/ssrf"

	"newswired/feed"
)

// Options say how a Poller asks. The zero value of a bound means the default.
type Options struct {
	UserAgent string         // who we are and how to reach the operator
	Timeout   time.Duration  // for a whole fetch; default 30 s
	Quiet     time.Duration  // between two parts of a body; default four fifths of Timeout, 15 s at least
	MaxBody   int64          // bytes of a body, decoded and not; default 10 MiB
	HostPause time.Duration  // between two requests to one host:port; 0 is none
	Allow     []netip.Prefix // networks that are not public and may be connected to
	Readers   int            // how many Documents are read and recorded at a time; default GOMAXPROCS

	// Credential returns the Authorization field of a Source's credential.
	Credential func(name string) (field string, err error)

	// Dial replaces the guarded dialer: for tests without a network.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
}

const (
	defaultTimeout = 30 * time.Second // of a whole poll, waiting for the host's turn aside
	leastQuiet     = 15 * time.Second // for the next part of a body, see Options.Quiet
	defaultMaxBody = 10 << 20         // bytes, decoded, see Options.MaxBody
	maxDialTime    = 10 * time.Second
	maxAnswerTime  = 20 * time.Second // until an answer begins, where Timeout leaves so much
	maxHeader      = 64 << 10         // bytes of an answer's fields
	maxRedirects   = 5                // in a row

	// keptConnections is how many are kept over all hosts, for those with several
	// Sources: twice as many as can be in use. Each is a file descriptor and
	// some 20 kB, more with TLS.
	keptConnections = 2 * polls

	// keptSessions is how many TLS sessions are kept to be resumed (RFC 8446
	// section 2.2), for between two polls most servers close their connection,
	// and a handshake anew is twice the work for both. Each is 7 kB.
	keptSessions = 512
)

// dialTime returns how long a connection may take. A dial must fail before the
// whole fetch does, or a dead network would look like a slow server.
func dialTime(o Options) time.Duration { return min(maxDialTime, o.Timeout/2) }

// answerTime returns how long an answer may take until it begins; 0 if that is
// as long as the whole fetch may.
func answerTime(o Options) time.Duration {
	if o.Timeout <= maxAnswerTime {
		return 0
	}
	return maxAnswerTime
}

// newClient returns a client that keeps connections, gives up in time, and
// connects to public addresses and those allowed only. The address is checked
// when it is dialled, after the name was looked up, on every hop.
func newClient(o Options) *http.Client {
	dial := o.Dial
	if dial == nil {
		dial = (&net.Dialer{Timeout: dialTime(o), Control: guard(o.Allow)}).DialContext
	}
	return &http.Client{
		Transport: &http.Transport{
			Proxy:                  nil, // a proxy would hide the address from the guard
			DialContext:            dial,
			TLSClientConfig:        &tls.Config{ClientSessionCache: tls.NewLRUClientSessionCache(keptSessions)},
			TLSHandshakeTimeout:    dialTime(o),
			ResponseHeaderTimeout:  answerTime(o),
			MaxResponseHeaderBytes: maxHeader,
			DisableCompression:     true, // read decodes, so that both sizes are bounded
			MaxIdleConns:           keptConnections,
			WriteBufferSize:        1 << 10, // a request is short
			MaxIdleConnsPerHost:    1,
			IdleConnTimeout:        90 * time.Second,
			ForceAttemptHTTP2:      true,
		},
		// Redirects are followed by fetch, which waits for each host's turn, and
		// sends it nothing that is for another: Go's client would add a Referer
		// and carry validators and fields along.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// azureMetadata is a public address that answers with a virtual machine's
// secrets on Azure.
var azureMetadata = netip.MustParsePrefix("168.63.129.16/32")

// guard refuses private, local and other special networks.
func guard(allow []netip.Prefix) func(network, address string, conn syscall.RawConn) error {
	var v4, v6 []netip.Prefix
	for _, p := range allow {
		if p.Addr().Is4() {
			v4 = append(v4, p)
		} else {
			v6 = append(v6, p)
		}
	}
	return ssrf.New(ssrf.WithAnyPort(), ssrf.WithDeniedV4Prefixes(azureMetadata),
		ssrf.WithAllowedV4Prefixes(v4...), ssrf.WithAllowedV6Prefixes(v6...)).Safe
}

// errRedirect is a redirect that is not followed.
var errRedirect = errors.New("redirect refused")

// leadsTo returns where a response leads, nil if nowhere, or an error if nobody
// should follow it there: other ports than those of the web are for services
// that were not asked, unless the Source's own URL names one.
func leadsTo(resp *http.Response, first string) (*url.URL, error) {
	switch resp.StatusCode {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
	default:
		return nil, nil
	}
	target, err := resp.Location()
	if err != nil {
		return nil, nil // then it is a status like any other
	}
	target.Fragment, target.User = "", nil
	port := target.Port()
	own, err := url.Parse(first)
	switch {
	case target.Scheme != "http" && target.Scheme != "https" || target.Host == "":
		return nil, fmt.Errorf("%w: it leads to %q, which is no address of the web", errRedirect, target.Scheme+":")
	case err != nil || port != "" && port != own.Port() && port != "80" && port != "443":
		return nil, fmt.Errorf("%w: it leads to port %s", errRedirect, port)
	}
	return target, nil
}

// origin returns scheme, host and port of a URL (RFC 6454): what is meant for one
// origin is for no other.
func origin(u *url.URL) string { return strings.ToLower(u.Scheme) + "://" + feed.HostPort(u.String()) }

// setValidators sends what the server gave with the Document, verbatim, to the
// URL it came from and to no other (RFC 9110 section 13.1).
func setValidators(req *http.Request, v feed.Validators) {
	if v.URL != req.URL.String() {
		return
	}
	if v.ETag != "" {
		req.Header.Set("If-None-Match", v.ETag)
	}
	if v.LastModified != "" {
		req.Header.Set("If-Modified-Since", v.LastModified)
	}
}

// kindOf tells how a request failed, and whether no connection was made.
func kindOf(err error) (kind feed.Kind, unconnected bool) {
	var op *net.OpError
	var dns *net.DNSError
	var timeout net.Error
	switch {
	case errors.Is(err, ssrf.ErrProhibitedIP), errors.Is(err, ssrf.ErrProhibitedNetwork), errors.Is(err, errRedirect):
		return feed.Forbidden, false
	case strings.Contains(err.Error(), "response headers exceeded"), strings.Contains(err.Error(), "header list larger"):
		return feed.TooLarge, false // net/http has no better name for it
	case errors.As(err, &dns), errors.As(err, &op) && op.Op == "dial":
		return feed.Unreachable, true
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return feed.Timeout, false
	}
	return feed.Unreachable, false
}

// reason returns what went wrong without the "Get URL:" that net/http puts
// before it: the URL is known.
func reason(err error) string {
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	if errors.Is(err, ssrf.ErrProhibitedIP) {
		return "the address is private or local; allow its network with allow_networks if it is meant"
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return "it took longer than the timeout"
	}
	return err.Error()
}
