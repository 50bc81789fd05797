package websub

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"time"

	"newswired/feed"
)

// ServeHTTP answers hubs at their callbacks: GET verifies what we asked for
// (WebSub section 5.3), POST delivers (section 7). Where there is no Subscription
// a verification finds nothing (404), and a delivery is told to end for good (410).
func (s *Subscriber) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", "text/plain; charset=utf-8")
	h.Set("X-Content-Type-Options", "nosniff") // the challenge is a stranger's words
	h.Set("Cache-Control", "no-store")
	sub, found, err := s.store.Subscription(r.Context(), strings.TrimPrefix(r.URL.Path, feed.CallbackPath))
	switch {
	case err != nil:
		s.log.Error("callback not found out", "err", err)
		h.Set("Retry-After", "30")
		say(w, http.StatusServiceUnavailable, "the database does not answer; please try again")
	case r.Method == http.MethodPost && (!found || sub.State == feed.Unwanted):
		say(w, http.StatusGone, "there is no such subscription any more")
	case !found:
		say(w, http.StatusNotFound, "there is no such subscription")
	case r.Method == http.MethodPost:
		s.deliver(w, r, sub)
	case r.Method == http.MethodGet:
		s.verify(w, r, sub)
	default:
		h.Set("Allow", "GET, POST")
		say(w, http.StatusMethodNotAllowed, "only GET and POST are answered here")
	}
}

// say answers with a line of our own words.
func say(w http.ResponseWriter, status int, text string) {
	w.WriteHeader(status)
	fmt.Fprintln(w, text)
}

// verify confirms what we asked for, and that alone: the topic must be the one,
// and the mode what we want at present. Otherwise whoever knows a callback could
// subscribe us to anything.
func (s *Subscriber) verify(w http.ResponseWriter, r *http.Request, sub feed.Subscription) {
	q := r.URL.Query()
	mode, challenge := q.Get("hub.mode"), q.Get("hub.challenge")
	lease := time.Duration(0)
	if n, err := strconv.ParseInt(q.Get("hub.lease_seconds"), 10, 64); err == nil && n > 0 {
		lease = time.Duration(min(n, int64(feed.MaxLease/time.Second))) * time.Second
	}
	if q.Get("hub.topic") != sub.Topic || challenge == "" && mode != "denied" {
		say(w, http.StatusNotFound, "this was not asked for")
		return
	}
	log := s.log.With("source", sub.Source, "hub", sub.Hub)
	agreed := false
	err := s.change(r.Context(), sub, func(sub *feed.Subscription) {
		now := time.Now()
		switch {
		case mode == "subscribe" && !sub.Leaves():
			sub.Verify(lease, now, rand.Float64())
			log.Info("subscribed", "lease", sub.LeaseUntil.Format(time.RFC3339))
		case mode == "unsubscribe" && sub.Leaves():
			sub.State = feed.Over
			log.Info("unsubscribed")
		case mode == "denied":
			sub.Deny(denial(q.Get("hub.reason")), now)
			log.Warn("hub denies the subscription, polling on schedule", "reason", sub.Error, "next", sub.Due.Format(time.RFC3339))
		default:
			return
		}
		agreed = true
	})
	switch {
	case err != nil:
		log.Error("verification not stored", "err", err)
		say(w, http.StatusServiceUnavailable, "the database does not answer; please try again")
	case !agreed:
		say(w, http.StatusNotFound, "this was not asked for")
	case mode == "denied":
		w.WriteHeader(http.StatusNoContent)
	default:
		w.WriteHeader(http.StatusOK)
		fmt.Fprint(w, challenge)
	}
}

// denial says that a hub refused, and why as far as it said so.
func denial(reason string) string {
	reason = feed.OneLine(strings.ToValidUTF8(reason, ""))
	if reason == "" {
		return "the hub denied the subscription"
	}
	return "the hub denied the subscription: " + reason[:min(len(reason), 200)]
}
