package fetcher

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"newswired/feed"
)

// A Reply is what a hub answered.
type Reply struct {
	Kind       feed.Kind // OK for 2xx; Offline if the network is ours to mend
	Error      string    // for people; "" if Kind is OK
	Status     int       // 0 if there was none
	RetryAfter time.Duration
}

// Post sends a form to a hub by the rules of a poll: it waits for the turn of
// the host, connects to public addresses and those allowed only, and gives up in
// time. Redirects are followed where they keep the method (307 and 308, RFC 9110
// section 15.4), and not from https to http, for the form may have a secret. The
// error is that of ctx.
func (p *Poller) Post(ctx context.Context, to string, form url.Values) (Reply, error) {
	v := &visit{p: p}
	defer v.end()
	left := p.options.Timeout
	for at, hop := to, 0; ; hop++ {
		if err := v.to(ctx, at); err != nil {
			return Reply{}, fmt.Errorf("post to %s: %w", at, err)
		}
		begun := time.Now()
		v.asked = true
		reply, target := p.postOnce(ctx, at, to, form, left)
		left -= time.Since(begun)
		switch {
		case ctx.Err() != nil:
			return Reply{}, fmt.Errorf("post to %s: %w", at, ctx.Err())
		case target == nil:
			return reply, nil
		case hop == maxRedirects:
			return Reply{Kind: feed.Forbidden, Error: fmt.Sprintf("%s: more than %d in a row", errRedirect, maxRedirects)}, nil
		case strings.HasPrefix(at, "https:") && target.Scheme == "http":
			return Reply{Kind: feed.Forbidden, Error: errRedirect.Error() + ": it leads from https to http"}, nil
		}
		at = target.String()
	}
}

// postOnce asks one URL, within a time. The target is where it leads on, nil if
// it does not.
func (p *Poller) postOnce(ctx context.Context, at, first string, form url.Values, within time.Duration) (Reply, *url.URL) {
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, at, strings.NewReader(form.Encode()))
	if err != nil {
		return Reply{Kind: feed.Unreachable, Error: reason(err)}, nil
	}
	req.Header.Set("User-Agent", p.options.UserAgent)
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := p.client.Do(req)
	if err != nil {
		kind, unconnected := kindOf(err)
		if unconnected && p.network.offline(ctx, feed.HostPort(at)) {
			kind = feed.Offline
		}
		return Reply{Kind: kind, Error: reason(err)}, nil
	}
	defer resp.Body.Close()
	p.network.answered(feed.HostPort(at))
	said, _ := io.ReadAll(io.LimitReader(resp.Body, 4<<10)) // why it refused; without it we know less
	reply := Reply{Status: resp.StatusCode, RetryAfter: retryAfter(resp.Header.Get("Retry-After"), time.Now())}
	if resp.StatusCode/100 == 2 {
		return reply, nil
	}
	reply.Kind, reply.Error = feed.BadStatus, statusText(resp)
	if resp.StatusCode == http.StatusTemporaryRedirect || resp.StatusCode == http.StatusPermanentRedirect {
		target, err := leadsTo(resp, first)
		if err != nil {
			reply.Kind, reply.Error = feed.Forbidden, err.Error()
		}
		return reply, target
	}
	if words := cut(feed.OneLine(string(bytes.ToValidUTF8(said, nil))), 100); words != "" && !strings.HasPrefix(words, "<") {
		reply.Error += ": " + words
	}
	return reply, nil
}

// Do sends a request for our own hub by the rules of a poll: it waits for the
// turn of the host, connects to public addresses and those allowed only, and
// gives up in time. Redirects are not followed, for a callback is one address.
// The body of the answer is the first 4 KiB of it. The error says what went
// wrong, and not where: callbacks are others' secrets. It is feed.ErrOffline if
// polls have found that the network is down; what strangers name tells nothing
// about that.
func (p *Poller) Do(req *http.Request) (*http.Response, error) {
	v := &visit{p: p}
	defer v.end()
	if err := v.to(req.Context(), req.URL.String()); err != nil {
		return nil, err
	}
	v.asked = true
	ctx, cancel := context.WithTimeout(req.Context(), p.options.Timeout)
	defer cancel()
	req = req.Clone(ctx)
	req.Header.Set("User-Agent", p.options.UserAgent)
	resp, err := p.client.Do(req)
	if err != nil {
		if _, unconnected := kindOf(err); unconnected && !p.network.down().IsZero() {
			return nil, feed.ErrOffline
		}
		return nil, errors.New(reason(err))
	}
	defer resp.Body.Close()
	said, err := io.ReadAll(io.LimitReader(resp.Body, 4<<10))
	if err != nil {
		return nil, errors.New(reason(err))
	}
	resp.Body = io.NopCloser(bytes.NewReader(said))
	return resp, nil
}
