package main

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
)

// A hub is one of WebSub for tests: it verifies what it is asked for, signs what
// it delivers, keeps leases, and misbehaves as it is told to.
type hub struct {
	client *http.Client // by which it reaches callbacks

	mu    sync.Mutex
	subs  map[string]*hubSubscription // by callback
	asked []url.Values                // all requests
	trace []string                    // what came of verifications: "subscribe 200"
	busy  sync.WaitGroup              // verifications

	lease    int           // seconds; 0: it says none
	refuse   int           // the status of every answer; 0: 202
	after    string        // Retry-After
	redirect int           // the status by which / leads to /moved
	topic    string        // verified instead of what was asked for
	delay    time.Duration // before it verifies
	stall    time.Duration // before it answers
	silent   bool          // it never verifies
	sync     bool          // it verifies before it answers, as PubSubHubbub 0.3 did
	denies   string        // it denies with this reason
}

// A hubSubscription is one that was verified.
type hubSubscription struct {
	topic, secret string
	until         time.Time // zero: for ever
}

func newHub(client *http.Client) *hub {
	return &hub{client: client, subs: make(map[string]*hubSubscription), lease: 864000}
}

// ServeHTTP takes requests of subscribers.
func (h *hub) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	redirect, refuse, after, synchronous, stall := h.redirect, h.refuse, h.after, h.sync, h.stall
	h.mu.Unlock()
	time.Sleep(stall)
	if redirect != 0 && r.URL.Path != "/moved" {
		http.Redirect(w, r, "/moved", redirect)
		return
	}
	if err := r.ParseForm(); err != nil || r.Method != http.MethodPost {
		http.Error(w, "a form is expected", http.StatusBadRequest)
		return
	}
	h.mu.Lock()
	h.asked = append(h.asked, r.PostForm)
	h.mu.Unlock()
	if refuse != 0 {
		if after != "" {
			w.Header().Set("Retry-After", after)
		}
		http.Error(w, "not today", refuse)
		return
	}
	if synchronous {
		h.verify(r.PostForm)
		w.WriteHeader(http.StatusNoContent)
		return
	}
	h.busy.Go(func() { h.verify(r.PostForm) })
	w.WriteHeader(http.StatusAccepted)
}

// verify asks a callback whether it wants what it was asked for.
func (h *hub) verify(form url.Values) {
	h.mu.Lock()
	delay, silent, denies, lease, topic := h.delay, h.silent, h.denies, h.lease, h.topic
	h.mu.Unlock()
	time.Sleep(delay)
	if silent {
		return
	}
	mode, callback := form.Get("hub.mode"), form.Get("hub.callback")
	if topic == "" {
		topic = form.Get("hub.topic")
	}
	challenge := rand.Text() + "<&>"
	q := url.Values{"hub.mode": {mode}, "hub.topic": {topic}, "hub.challenge": {challenge}}
	if denies != "" {
		q = url.Values{"hub.mode": {"denied"}, "hub.topic": {topic}, "hub.reason": {denies}}
	}
	if lease > 0 && mode == "subscribe" {
		q.Set("hub.lease_seconds", fmt.Sprint(lease))
	}
	status, body := h.get(callback + "?" + q.Encode())
	h.mu.Lock()
	defer h.mu.Unlock()
	h.trace = append(h.trace, fmt.Sprint(q.Get("hub.mode"), " ", status))
	if status/100 != 2 || body != challenge {
		return
	}
	if mode == "unsubscribe" {
		delete(h.subs, callback)
		return
	}
	sub := &hubSubscription{topic: topic, secret: form.Get("hub.secret")}
	if lease > 0 {
		sub.until = time.Now().Add(time.Duration(lease) * time.Second)
	}
	h.subs[callback] = sub
}

// get asks a callback; status 0 if there is no answer.
func (h *hub) get(address string) (status int, body string) {
	resp, err := h.client.Get(address)
	if err != nil {
		return 0, ""
	}
	defer resp.Body.Close()
	text, _ := io.ReadAll(resp.Body)
	return resp.StatusCode, string(text)
}

// callbacks returns those whose lease has not ended, in no order.
func (h *hub) callbacks() (all []string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for callback, sub := range h.subs {
		if sub.until.IsZero() || time.Now().Before(sub.until) {
			all = append(all, callback)
		}
	}
	return all
}

// requests returns the modes of what was asked for, in order.
func (h *hub) requests() (modes []string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, form := range h.asked {
		modes = append(modes, form.Get("hub.mode"))
	}
	return modes
}

// last returns the last request.
func (h *hub) last() url.Values {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.asked[len(h.asked)-1]
}

// A ping is a delivery and how it is made.
type ping struct {
	body     string
	method   string // of the signature; "": sha256, "none": no signature, "wrong": a false one
	encoding string // Content-Encoding
}

// publish delivers to all who are subscribed, and ends the subscriptions of
// those who say 410. It returns the statuses, sorted.
func (h *hub) publish(p ping) (statuses []int) {
	for _, callback := range h.callbacks() {
		h.mu.Lock()
		sub := *h.subs[callback]
		h.mu.Unlock()
		status := h.post(callback, sub, p)
		if status == http.StatusGone {
			h.mu.Lock()
			delete(h.subs, callback)
			h.mu.Unlock()
		}
		statuses = append(statuses, status)
	}
	slices.Sort(statuses)
	return statuses
}

// post delivers to one callback.
func (h *hub) post(callback string, sub hubSubscription, p ping) int {
	req, err := http.NewRequest(http.MethodPost, callback, strings.NewReader(p.body))
	if err != nil {
		return 0
	}
	req.Header.Set("Content-Type", "application/rss+xml")
	req.Header.Add("Link", "<http://hub.localhost/>; rel=hub, <"+sub.topic+">; rel=self")
	if p.encoding != "" {
		req.Header.Set("Content-Encoding", p.encoding)
	}
	switch {
	case p.method == "none" || sub.secret == "":
	case p.method == "wrong":
		req.Header.Set("X-Hub-Signature", sign("sha256", "another secret", p.body))
	default:
		req.Header.Set("X-Hub-Signature", sign(p.method, sub.secret, p.body))
	}
	resp, err := h.client.Do(req)
	if err != nil {
		return 0
	}
	defer resp.Body.Close()
	return resp.StatusCode
}

// sign makes an X-Hub-Signature.
func sign(method, secret, body string) string {
	if method == "" {
		method = "sha256"
	}
	hashes := map[string]func() hash.Hash{"sha1": sha1.New, "sha256": sha256.New, "sha384": sha512.New384, "sha512": sha512.New}
	mac := hmac.New(hashes[method], []byte(secret))
	mac.Write([]byte(body))
	return method + "=" + hex.EncodeToString(mac.Sum(nil))
}
