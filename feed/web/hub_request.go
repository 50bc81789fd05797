package web

import (
	"context"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"time"

	"newswired/feed"
)

// A request is what somebody asked of our hub, before its callback has confirmed
// it.
type request struct {
	mode string // subscribe or unsubscribe
	feed.Subscriber
	lease time.Duration // from when it is confirmed
	by    netip.Addr    // who asks; zero if that is not known
}

// A requestKey is what a request is about: a later one replaces it.
type requestKey struct{ callback, topic string }

// Bounds of what strangers ask.
const (
	maxRequest    = 16 << 10 // bytes
	maxCallback   = 2 << 10  // bytes of its URL
	maxSecret     = 199      // bytes (WebSub section 5.1)
	maxAsked      = 6000     // requests in a minute
	maxAskedBy    = 600      // of one client
	maxAskedOf    = 60       // about callbacks at one host:port
	maxUnverified = 1000     // that wait
)

// innermost returns the server's own writer: it alone lets http.MaxBytesReader end a
// connection so that who sends too much still gets the answer.
func innermost(w http.ResponseWriter) http.ResponseWriter {
	for {
		outer, ok := w.(interface{ Unwrap() http.ResponseWriter })
		if !ok {
			return w
		}
		w = outer.Unwrap()
	}
}

// serve answers at /hub.
func (h *hub) serve(w http.ResponseWriter, r *http.Request, routes *routes) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", "POST")
		say(w, http.StatusMethodNotAllowed, "this is a WebSub hub: subscribers send it a form by POST")
		return
	}
	r.Body = http.MaxBytesReader(innermost(w), r.Body, maxRequest)
	if err := r.ParseForm(); err != nil {
		say(w, http.StatusBadRequest, "a form of at most 16 KiB is expected")
		return
	}
	switch r.PostForm.Get("hub.mode") {
	case "subscribe", "unsubscribe":
		req, status, why := routes.readRequest(r.PostForm)
		if status == 0 {
			if routes.websub.Asker != nil {
				req.by = routes.websub.Asker(r)
			}
			status, why = h.take(r.Context(), routes, req)
		}
		if status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable {
			w.Header().Set("Retry-After", "60")
		}
		say(w, status, why)
	case "publish": // we know our changes before others do
		for _, url := range append(r.PostForm["hub.url"], r.PostForm["hub.topic"]...) {
			if _, ours := routes.topics[url]; ours {
				say(w, http.StatusAccepted, "subscribers are told of every change")
				return
			}
		}
		say(w, http.StatusNotFound, noTopic)
	default:
		say(w, http.StatusBadRequest, "hub.mode must be subscribe or unsubscribe")
	}
}

// noTopic is the same for a private Feed and for none.
const noTopic = "hub.topic must be the address of a public feed of this site, as its rel=self link gives it"

// readRequest reads a form; status is 0 if it is right.
func (r *routes) readRequest(form url.Values) (req request, status int, why string) {
	req.mode, req.Callback = form.Get("hub.mode"), form.Get("hub.callback")
	req.Topic, req.Secret = form.Get("hub.topic"), form.Get("hub.secret")
	t, ours := r.topics[req.Topic]
	req.Feed = t.feed
	callback, err := url.Parse(req.Callback)
	seconds, leaseErr := strconv.ParseInt(form.Get("hub.lease_seconds"), 10, 64)
	// The bound comes before the product, which could overflow.
	req.lease = feed.HubLease(time.Duration(min(seconds, int64(feed.MaxHubLease/time.Second))) * time.Second)
	switch {
	case !ours:
		return req, http.StatusNotFound, noTopic
	case err != nil || callback.Scheme != "http" && callback.Scheme != "https" || callback.Hostname() == "" || callback.User != nil || callback.Fragment != "":
		return req, http.StatusBadRequest, "hub.callback must be an http or https URL"
	case len(req.Callback) > maxCallback:
		return req, http.StatusBadRequest, "hub.callback is too long"
	case len(req.Secret) > maxSecret:
		return req, http.StatusBadRequest, "hub.secret must be shorter than 200 bytes"
	case form.Get("hub.lease_seconds") != "" && (leaseErr != nil || seconds < 1):
		return req, http.StatusBadRequest, "hub.lease_seconds must be a positive number"
	}
	return req, 0, ""
}

// take accepts a request if there is room, and begins to verify it.
func (h *hub) take(ctx context.Context, routes *routes, req request) (status int, why string) {
	now := time.Now()
	if status, why := h.room(ctx, routes, req); status != 0 {
		return status, why
	}
	host, key := feed.HostPort(req.Callback), requestKey{req.Callback, req.Topic}
	h.mu.Lock()
	_, waits := h.asked[key]
	if !h.pace.allows(req.by, host, now) || !waits && len(h.asked) >= maxUnverified {
		h.mu.Unlock()
		return http.StatusTooManyRequests, "too many requests; please try again later"
	}
	h.asked[key] = req
	h.mu.Unlock()
	h.start([]errand{h.verification(key)})
	return http.StatusAccepted, "the callback will be asked to confirm"
}

// room returns 0 if there is room for what is asked. It is asked again once the
// callback has confirmed: of a host they come one after another.
func (h *hub) room(ctx context.Context, routes *routes, req request) (status int, why string) {
	if req.mode != "subscribe" {
		return 0, ""
	}
	all, host, err := routes.websub.Store.SubscriberCounts(ctx, req.Subscriber, time.Now())
	switch {
	case err != nil:
		h.log.Error("subscribers not counted", "err", err)
		return http.StatusServiceUnavailable, "the database does not answer; please try again"
	case all >= feed.MaxSubscribers:
		return http.StatusServiceUnavailable, "this hub has as many subscribers as it can serve"
	case host >= feed.MaxHostSubscribers:
		return http.StatusForbidden, "there are too many subscriptions with callbacks at this host"
	}
	return 0, ""
}

// A pace counts the requests of a minute. It is guarded by the hub's lock.
type pace struct {
	minute  int64              // since 1970
	all     int                // requests in it
	clients map[netip.Addr]int // likewise, by who sent them
	hosts   map[string]int     // likewise, by the host:port of their callbacks
}

// allows reports whether one more request may come, and counts it.
func (p *pace) allows(by netip.Addr, host string, now time.Time) bool {
	if minute := now.Unix() / 60; minute != p.minute {
		*p = pace{minute: minute, clients: make(map[netip.Addr]int), hosts: make(map[string]int)}
	}
	if p.all >= maxAsked || p.clients[by] >= maxAskedBy || p.hosts[host] >= maxAskedOf {
		return false
	}
	p.all++
	p.clients[by]++
	p.hosts[host]++
	return true
}
