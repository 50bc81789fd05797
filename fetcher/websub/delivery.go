package websub

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
	"hash"
	"io"
	"net/http"
	"strings"
	"time"

	"newswired/feed"
	"newswired/fetcher"
)

// A delivery is one that was taken, and is to be recorded.
type delivery struct {
	sub         feed.Subscription
	contentType string
	body        []byte // decoded
}

const (
	bodyTime = 30 * time.Second // for a delivery to arrive
	slotTime = 5 * time.Second  // for others to be recorded
	heardOut = 256 << 10        // bytes that are still taken of what is too large
)

// deliver takes a delivery, and answers before it is recorded.
func (s *Subscriber) deliver(w http.ResponseWriter, r *http.Request, sub feed.Subscription) {
	if !sub.Takes() {
		say(w, http.StatusNotFound, "this subscription was not verified")
		return
	}
	select {
	case s.slots <- struct{}{}:
	case <-time.After(slotTime):
		w.Header().Set("Retry-After", "30")
		say(w, http.StatusServiceUnavailable, "too many deliveries; please try again")
		return
	}
	http.NewResponseController(w).SetReadDeadline(time.Now().Add(bodyTime)) // more than is for a page; without it, less
	d, status, why := s.read(r, sub)
	if d == nil {
		<-s.slots
		say(w, status, why)
		return
	}
	if !s.enqueue(d) {
		<-s.slots
		w.Header().Set("Retry-After", "30")
		say(w, http.StatusServiceUnavailable, "newswired is stopping; please try again")
		return
	}
	w.WriteHeader(http.StatusAccepted)
}

// enqueue leaves a delivery to the one who records, unless we stop. It does not
// wait: the queue has as much room as there are slots.
func (s *Subscriber) enqueue(d *delivery) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.closed {
		s.queue <- d
	}
	return !s.closed
}

// read reads a delivery and checks its signature. If there is none, status and
// text say why.
func (s *Subscriber) read(r *http.Request, sub feed.Subscription) (d *delivery, status int, why string) {
	most := s.setup.Load().MaxBody
	raw, err := io.ReadAll(io.LimitReader(r.Body, most+1))
	if err != nil {
		return nil, http.StatusBadRequest, "the body ends too soon"
	}
	body, coding := raw, strings.ToLower(r.Header.Get("Content-Encoding"))
	switch coding {
	case "", "identity":
	case "gzip", "x-gzip":
		if body, err = gunzip(raw, most); err != nil {
			return nil, http.StatusBadRequest, "the body is not gzip"
		}
	default:
		return nil, http.StatusUnsupportedMediaType, "only gzip is understood"
	}
	field := r.Header.Get("X-Hub-Signature")
	switch {
	case int64(len(raw)) > most, int64(len(body)) > most:
		io.CopyN(io.Discard, r.Body, heardOut) // who is cut off while sending may not hear why
		s.lose(r.Context(), sub, "delivery too large; max_body allows no more", most)
		return nil, http.StatusRequestEntityTooLarge, "the body is too large"
	// Some hubs sign what they send, others what it was before it was packed.
	case sub.Secret != "" && !signed(field, sub.Secret, raw) && !signed(field, sub.Secret, body):
		s.drop(r.Context(), sub, field)
		return nil, http.StatusForbidden, "the signature is not right"
	}
	return &delivery{sub, r.Header.Get("Content-Type"), body}, 0, ""
}

// gunzip unpacks a body, up to one byte more than may be.
func gunzip(packed []byte, most int64) ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(io.LimitReader(z, most+1))
}

// methods are those of a signature that are accepted (WebSub section 7.1). SHA-1
// is one that forgers can break some day soon.
var methods = map[string]func() hash.Hash{"sha256": sha256.New, "sha384": sha512.New384, "sha512": sha512.New}

// signed reports whether a signature, method=hex, is that of a body.
func signed(field, secret string, body []byte) bool {
	method, digits, _ := strings.Cut(field, "=")
	h := methods[strings.ToLower(strings.TrimSpace(method))]
	given, err := hex.DecodeString(strings.TrimSpace(digits))
	if h == nil || err != nil {
		return false
	}
	mac := hmac.New(h, []byte(secret))
	mac.Write(body)
	return hmac.Equal(mac.Sum(nil), given)
}

// drop counts a delivery that was not signed as it has to be. It is no fault of
// the Source's, and does not count for or against the hub.
func (s *Subscriber) drop(ctx context.Context, sub feed.Subscription, field string) {
	method, _, _ := strings.Cut(field, "=")
	log := s.log.Debug
	if sub.Dropped == 0 {
		log = s.log.Warn
	}
	log("delivery dropped, its signature is missing or wrong", "source", sub.Source, "hub", sub.Hub, "method", feed.OneLine(method[:min(len(method), 20)]))
	if err := s.change(ctx, sub, func(sub *feed.Subscription) { sub.Dropped++ }); err != nil {
		s.log.Error("delivery not counted", "source", sub.Source, "err", err)
	}
}

// lose notes that a delivery could not be taken, so that the Source is polled.
func (s *Subscriber) lose(ctx context.Context, sub feed.Subscription, why string, most int64) {
	s.log.Warn(why, "source", sub.Source, "hub", sub.Hub, "bytes", most)
	s.outcome(ctx, sub, false)
}

// record records deliveries in the order in which they came, until there will
// be no more.
func (s *Subscriber) record() {
	for d := range s.queue {
		ctx := context.Background() // a hub that was told yes does not come again
		setup := s.setup.Load()
		if src, configured := setup.Sources[d.sub.Source]; configured && !src.NoPush {
			r, err := setup.Poller.Deliver(ctx, src, fetcher.Delivery{Topic: d.sub.Topic, ContentType: d.contentType, Body: d.body})
			if err != nil {
				s.log.Error("delivery not recorded", "source", d.sub.Source, "err", err)
			}
			s.outcome(ctx, d.sub, err == nil && r.Kind == feed.OK)
		}
		<-s.slots
	}
}

// outcome notes what became of a delivery. One that came by a callback which was
// replaced meanwhile speaks for the hub all the same.
func (s *Subscriber) outcome(ctx context.Context, sub feed.Subscription, taken bool) {
	now := time.Now()
	err := s.store.ChangeSubscriptions(ctx, sub.Source, now, func(all []feed.Subscription) []feed.Subscription {
		for i := range all {
			switch x := &all[i]; {
			case !x.Takes() || x.Hub != sub.Hub:
			case taken:
				x.Deliver(now)
			default:
				x.Lose(now)
			}
		}
		return all
	})
	if err != nil {
		s.log.Error("delivery not counted", "source", sub.Source, "err", err)
	}
}
