package web

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"newswired/feed"
)

// Changes that follow within a pause are told together.
const (
	deliverPause = 10 * time.Second // our subscribers get whole documents
	pingPause    = time.Minute      // a hub reads them after each ping
)

// urls returns the hubs to be named in Editions.
func (s WebSub) urls(base string) []string {
	all := append([]string(nil), s.Hubs...)
	if s.Own {
		all = append(all, base+strings.TrimPrefix(hubPath, "/"))
	}
	return all
}

// links returns the Link fields of a document by which subscribers find hub and
// topic (WebSub section 4), none of a private one.
func (m *maker) links(d document, private bool) []string {
	if private || len(m.hubs) == 0 {
		return nil
	}
	var all []string
	for _, hub := range m.hubs {
		all = append(all, "<"+hub+`>; rel="hub"`)
	}
	return append(all, "<"+m.url(d)+`>; rel="self"`)
}

// deliver sends a Subscriber the newest Edition (WebSub section 7), and returns
// whether its host may be asked for more now. A lease may have ended, or a Feed
// become private, since it was found out what is owed.
func (h *hub) deliver(ctx context.Context, sub feed.Subscriber) (more bool) {
	routes := h.site.routes.Load()
	t, public := routes.topics[sub.Topic]
	if !public || !routes.websub.Own || !sub.LeaseUntil.After(time.Now()) {
		return true
	}
	edition, err := routes.shelves[t.path].get(ctx)
	if err != nil || !edition.changed.After(sub.Told) {
		return true // it is not rendered yet; the shelf has logged why
	}
	log := h.log.With("topic", sub.Topic, "host", feed.HostPort(sub.Callback))
	req, err := newDelivery(ctx, sub, edition)
	if err != nil {
		log.Error("delivery not made", "err", err)
		return true
	}
	a := send(routes.websub.Client, req)
	if ctx.Err() != nil {
		return false
	}
	if a.status == http.StatusGone {
		log.Info("subscriber has gone")
		err = routes.websub.Store.Unsubscribe(ctx, sub.Callback, sub.Topic)
	} else {
		note(&sub.Telling, a, edition.changed, deliverPause, log.Warn, "subscriber not reached")
		err = routes.websub.Store.NoteSubscriber(ctx, sub)
	}
	if err != nil {
		log.Error("delivery not noted", "err", err)
	}
	return a.status != 0
}

// newDelivery makes the request of a delivery. It is signed by what a Subscriber
// gave as secret.
func newDelivery(ctx context.Context, sub feed.Subscriber, edition *rendering) (*http.Request, error) {
	body := edition.plain.body
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, sub.Callback, bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("make delivery: %w", err)
	}
	req.Header.Set("Content-Type", edition.kind.contentType)
	req.Header.Set("Link", edition.kind.link)
	if sub.Secret != "" {
		mac := hmac.New(sha256.New, []byte(sub.Secret))
		mac.Write(body)
		req.Header.Set("X-Hub-Signature", "sha256="+hex.EncodeToString(mac.Sum(nil)))
	}
	return req, nil
}

// ping tells a hub of others that the Editions of a Feed have changed. Hubs
// differ in how the parameter is called; they get both. They come for the Edition
// at once, and once only, so it is told when that shows the change.
func (h *hub) ping(ctx context.Context, p feed.Ping) (more bool) {
	routes := h.site.routes.Load()
	log := h.log.With("hub", p.Hub, "feed", p.Feed)
	var a answer
	for _, topic := range routes.topicsOf(p.Feed) {
		if !routes.shelves[routes.topics[topic].path].shows(ctx, p.Changed) {
			return ctx.Err() == nil // the next call tells it
		}
		form := url.Values{"hub.mode": {"publish"}, "hub.url": {topic}, "hub.topic": {topic}}
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, p.Hub, strings.NewReader(form.Encode()))
		if err != nil {
			log.Error("ping not made", "err", err)
			return true
		}
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		if a = send(routes.websub.Client, req); a.why != "" {
			break
		}
	}
	if ctx.Err() != nil || a.status == 0 && a.why == "" {
		return false // we stop, or there is nothing to tell any more
	}
	note(&p.Telling, a, p.Changed, pingPause, log.Warn, "hub not told of changes")
	if err := routes.websub.Store.NotePing(ctx, p); err != nil {
		log.Error("ping not noted", "err", err)
	}
	return a.status != 0
}

// An answer is what came of a request.
type answer struct {
	status     int    // 0 if there was none
	why        string // it failed; "" if it did not
	offline    bool   // it failed for want of a network
	retryAfter time.Duration
}

// send sends a request, of whose answer only the status counts.
func send(client Client, req *http.Request) answer {
	resp, err := client.Do(req)
	if err != nil {
		return answer{why: err.Error(), offline: errors.Is(err, feed.ErrOffline)}
	}
	resp.Body.Close()
	a := answer{status: resp.StatusCode}
	if a.status/100 != 2 {
		a.why = fmt.Sprintf("it answers %d", a.status)
		field := resp.Header.Get("Retry-After")
		if seconds, err := strconv.ParseInt(field, 10, 32); err == nil {
			a.retryAfter = max(0, time.Duration(seconds)*time.Second)
		} else if at, err := http.ParseTime(field); err == nil {
			a.retryAfter = max(0, time.Until(at))
		}
	}
	return a
}

// note notes what came of telling, and says the first failure of a series.
func note(t *feed.Telling, a answer, changed time.Time, pause time.Duration, warn func(string, ...any), what string) {
	now := time.Now()
	switch {
	case a.why == "":
		t.Tell(changed, now, pause)
		return
	case a.offline:
		t.Wait(now)
		return
	}
	t.Fail(a.why, a.retryAfter, now)
	if t.Failures == 1 {
		warn(what, "err", a.why, "next", t.Due.Format(time.RFC3339))
	}
}
