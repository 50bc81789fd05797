package main

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"
)

// What is no longer wanted is ended: a source that leaves the configuration, or
// does not want to be pushed, or is known to its hub by another name. A hub that
// does not hear of it is told 410.
func TestPushUnsubscribe(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, from, to string }{
		{"removed", "sources: [{name: wire, url: http://wire.example/rss}]", "sources: [{name: other, url: http://other.example/x}]"},
		{"websub false for one", "/rss}]", "/rss, websub: false}]"},
		{"websub false for all", "host_pause", "websub: false\nhost_pause"},
		{"base_url left out", "base_url: http://news.example\n", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			inPush(t, func(r *pushRig) {
				r.begin()
				r.publish(ping{body: rssDoc(hubLinks, 2)}, http.StatusAccepted)
				callback, sub := r.hub.callbacks()[0], *r.hub.subs[r.hub.callbacks()[0]]
				r.pub.set(rssDoc("", 2, 1))
				r.configure(strings.Replace(pushConfig, c.from, c.to, 1))
				r.server.reload(context.Background(), r.file)
				r.wait(25 * time.Second)
				r.requests("subscribe", "unsubscribe")
				if all := r.hub.callbacks(); len(all) != 0 {
					t.Errorf("callbacks %q", all)
				}
				if status := r.hub.post(callback, sub, ping{body: rssDoc("", 3)}); status != http.StatusGone {
					t.Errorf("a delivery is answered with %d", status)
				}
				r.want("SELECT count(*) FROM subscription", "0")
			})
		})
	}
	t.Run("another topic", func(t *testing.T) {
		inPush(t, func(r *pushRig) {
			r.begin()
			r.pub.set(rssDoc(strings.Replace(hubLinks, "/rss", "/other", 1), 2, 1))
			r.wait(11 * time.Minute)
			r.requests("subscribe", "subscribe", "unsubscribe")
			for callback, sub := range r.hub.subs {
				if sub.topic != "http://wire.example/other" {
					t.Errorf("%s is for %s", callback, sub.topic)
				}
			}
			r.want(push, "live")
		})
	})
	t.Run("a hub that does not hear", func(t *testing.T) {
		inPush(t, func(r *pushRig) {
			r.begin()
			callback, sub := r.hub.callbacks()[0], *r.hub.subs[r.hub.callbacks()[0]]
			r.hub.mu.Lock()
			r.hub.refuse = 500
			r.hub.mu.Unlock()
			r.configure(strings.Replace(pushConfig, "/rss}]", "/rss, websub: false}]", 1))
			r.server.reload(context.Background(), r.file)
			r.wait(25 * time.Second)
			if status := r.hub.post(callback, sub, ping{body: rssDoc("", 3)}); status != http.StatusGone {
				t.Errorf("a delivery is answered with %d", status)
			}
			r.wait(2 * time.Hour)
			r.want("SELECT count(*) FROM subscription", "0")
			r.requests("subscribe", "unsubscribe", "unsubscribe", "unsubscribe")
		})
	})
}

// Without base_url in the configuration, or for a hub that could not reach it,
// there are no subscriptions; the hub is known all the same.
func TestPushUnreachable(t *testing.T) {
	for name, text := range map[string]string{
		"no base_url":    strings.Replace(pushConfig, "base_url: http://news.example\n", "", 1),
		"base_url is us": strings.Replace(pushConfig, "http://news.example\n", "http://localhost:8080\n", 1),
	} {
		t.Run(name, func(t *testing.T) {
			inPush(t, func(r *pushRig) {
				r.configure(text)
				r.pub.set(rssDoc(strings.ReplaceAll(hubLinks, "hub.localhost", "hub.example"), 1))
				r.begin()
				r.requests()
				r.want(push, "available")
				r.want("SELECT hub FROM sources", "http://hub.example/")
			})
		})
	}
}
