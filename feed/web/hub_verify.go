package web

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"newswired/feed"
)

// verifications returns the errands of all requests that wait.
func (h *hub) verifications() []errand {
	h.mu.Lock()
	defer h.mu.Unlock()
	var all []errand
	for key := range h.asked {
		all = append(all, h.verification(key))
	}
	return all
}

// verification is the errand of a request.
func (h *hub) verification(key requestKey) errand {
	return errand{feed.HostPort(key.callback), func(ctx context.Context) bool {
		h.mu.Lock()
		req, waits := h.asked[key]
		delete(h.asked, key)
		h.mu.Unlock()
		return !waits || h.verify(ctx, req)
	}}
}

// verify asks the callback whether this is what it wants (WebSub section 5.3),
// and does it if so. Otherwise all stays as it was.
func (h *hub) verify(ctx context.Context, req request) (more bool) {
	routes := h.site.routes.Load()
	if _, ours := routes.topics[req.Topic]; !ours || !routes.websub.Own {
		return true // the configuration has changed meanwhile
	}
	log := h.log.With("mode", req.mode, "topic", req.Topic, "host", feed.HostPort(req.Callback))
	why, more := confirm(ctx, routes.websub.Client, req)
	if ctx.Err() != nil {
		return false
	}
	if why == "" {
		_, why = h.room(ctx, routes, req)
	}
	if why != "" {
		log.Info("request not met", "err", why)
		return more
	}
	var err error
	if req.mode == "subscribe" {
		req.LeaseUntil = time.Now().Add(req.lease)
		err = routes.websub.Store.Subscribe(ctx, req.Subscriber)
	} else {
		err = routes.websub.Store.Unsubscribe(ctx, req.Callback, req.Topic)
	}
	if err != nil {
		log.Error("subscriber not stored", "err", err)
		return more
	}
	log.Info("request met", "lease", req.lease)
	return more
}

// confirm asks a callback to repeat a challenge, and says what was wrong if it does
// not. The parameters that the callback has stay as they are (WebSub section
// 5.3).
func confirm(ctx context.Context, client Client, req request) (why string, more bool) {
	challenge := rand.Text()
	q := url.Values{"hub.mode": {req.mode}, "hub.topic": {req.Topic}, "hub.challenge": {challenge}}
	if req.mode == "subscribe" {
		q.Set("hub.lease_seconds", strconv.FormatInt(int64(req.lease/time.Second), 10))
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, req.Callback, nil)
	if err != nil {
		return "the callback is no URL", true
	}
	if r.URL.RawQuery != "" {
		r.URL.RawQuery += "&"
	}
	r.URL.RawQuery += q.Encode()
	resp, err := client.Do(r)
	if err != nil {
		return err.Error(), false
	}
	defer resp.Body.Close()
	// One byte more than it may be, so that more is seen.
	said, err := io.ReadAll(io.LimitReader(resp.Body, int64(len(challenge))+1))
	switch {
	case err != nil:
		return err.Error(), false
	case resp.StatusCode/100 != 2:
		return fmt.Sprintf("it answers %d", resp.StatusCode), true
	case string(said) != challenge:
		return "it does not repeat the challenge", true
	}
	return "", true
}
