package main

import (
	"net/http"
	"testing"
	"time"
)

// What the hub says about the lease decides, it is renewed before its end under
// another callback, and the former one is ended once the new one is verified.
// The source is trusted all the while.
func TestPushRenewal(t *testing.T) {
	t.Parallel()
	inPush(t, func(r *pushRig) {
		r.hub.lease = 7200
		r.begin()
		first := r.hub.last().Get("hub.callback")
		r.publish(ping{body: rssDoc(hubLinks, 2)}, http.StatusAccepted)
		r.wait(95 * time.Minute)
		r.requests("subscribe")
		r.wait(14 * time.Minute)
		r.requests("subscribe", "subscribe", "unsubscribe")
		all := r.hub.callbacks()
		if len(all) != 1 || all[0] == first || r.hub.last().Get("hub.callback") != first {
			t.Errorf("callbacks %q, the first was %s", all, first)
		}
		r.want(push, "trusted")
		r.publish(ping{body: rssDoc(hubLinks, 3)}, http.StatusAccepted)
		r.want(news, "3")
		r.wait(8 * time.Hour)
		if all := r.hub.callbacks(); len(all) != 1 {
			t.Errorf("callbacks after hours: %q", all)
		}
		r.want(push, "trusted")
	})
}

// While its hub is trusted a source is polled hourly, not every ten minutes, and
// deliveries do not put that off. When the lease ends and the hub is gone it is
// polled on schedule again.
func TestPushSlowPolling(t *testing.T) {
	t.Parallel()
	inPush(t, func(r *pushRig) {
		r.hub.lease = 5 * 3600
		r.begin()
		r.wait(time.Hour)
		before := r.pub.asked()
		if before < 6 {
			t.Errorf("polled %d times in the first hour", before)
		}
		for n := range 10 {
			r.pub.set(rssDoc(hubLinks, n+2, n+1, 1))
			r.publish(ping{body: rssDoc(hubLinks, n+2)}, http.StatusAccepted)
			r.wait(15 * time.Minute)
		}
		r.want("SELECT next_reason FROM sources", "push")
		if n := r.pub.asked() - before; n < 2 || n > 4 {
			t.Errorf("polled %d times in two hours and a half of push", n)
		}
		r.want("SELECT missed FROM subscription", "0")
		r.hub.mu.Lock()
		r.hub.refuse = http.StatusServiceUnavailable // before it is asked to renew: after four hours
		r.hub.mu.Unlock()
		r.wait(5 * time.Hour / 2)
		r.want(push, "failing")
		r.want("SELECT pushed_until FROM sources", "")
		before = r.pub.asked()
		r.wait(time.Hour)
		if n := r.pub.asked() - before; n < 5 {
			t.Errorf("polled %d times in the hour after the lease", n)
		}
	})
}

// News that a poll finds and no delivery follows ends the trust: the hub is
// subscribed to anew, and has to deliver twice before it is trusted again.
// A delivery that only comes a little late is no fault.
func TestPushMissed(t *testing.T) {
	t.Parallel()
	inPush(t, func(r *pushRig) {
		r.begin()
		r.publish(ping{body: rssDoc(hubLinks, 2)}, http.StatusAccepted)
		r.want(push, "trusted")
		r.pub.set(rssDoc(hubLinks, 2, 1))
		r.wait(15 * time.Minute)
		r.pub.set(rssDoc(hubLinks, 3, 2, 1)) // and nothing is delivered
		r.wait(90 * time.Minute)
		r.want(news, "3")
		r.want(push, "live")
		r.requests("subscribe", "subscribe", "unsubscribe")
		if r.pub.asked() < 4 {
			t.Errorf("polled %d times", r.pub.asked())
		}
		r.publish(ping{body: rssDoc(hubLinks, 4)}, http.StatusAccepted)
		r.want(push, "live")
		r.publish(ping{body: rssDoc(hubLinks, 5)}, http.StatusAccepted)
		r.want(push, "trusted")

		r.pub.set(rssDoc(hubLinks, 6, 5, 4, 3, 2, 1))
		for r.text(news) != "6" {
			r.wait(time.Minute)
		}
		r.want(push, "live")
		r.wait(2 * time.Minute)
		r.publish(ping{body: rssDoc(hubLinks, 6)}, http.StatusAccepted)
		r.want(push, "trusted")
		r.want("SELECT missed FROM subscription", "1")
	})
}

// A restart changes nothing for the hub: the callback stays, and what it
// delivers counts. What was missed while we were down, a poll finds at once, and
// that is not the hub's fault.
func TestPushRestart(t *testing.T) {
	inPush(t, func(r *pushRig) {
		r.begin()
		r.publish(ping{body: rssDoc(hubLinks, 2)}, http.StatusAccepted)
		callback := r.hub.callbacks()[0]
		r.stop()
		r.pub.set(rssDoc(hubLinks, 3, 2, 1))
		r.publish(ping{body: rssDoc(hubLinks, 3)}, http.StatusBadGateway)
		r.wait(30 * time.Minute)
		r.begin()
		r.want(news, "3")
		r.wait(10 * time.Minute)
		r.requests("subscribe")
		r.want(push, "trusted")
		if all := r.hub.callbacks(); len(all) != 1 || all[0] != callback {
			t.Errorf("callbacks %q", all)
		}
		r.publish(ping{body: rssDoc(hubLinks, 4)}, http.StatusAccepted)
		r.want(news, "4")
	})
}

// A hub that answers with an error is asked again later and later, as it says
// if it says so; meanwhile, and afterwards, the source is polled on schedule.
func TestPushHubErrors(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		setup func(*hub)
		hours int // that pass
		least int // requests meanwhile
		most  int
		says  string
	}{
		{"500", func(h *hub) { h.refuse = 500 }, 3, 4, 7, "500 Internal Server Error: not today"},
		{"429 with Retry-After", func(h *hub) { h.refuse, h.after = 429, "7000" }, 3, 2, 2, "429 Too Many Requests: not today"},
		{"answers too late", func(h *hub) { h.stall, h.silent = 35*time.Second, true }, 3, 4, 7, "it took longer than the timeout"},
		{"never verifies", func(h *hub) { h.silent = true }, 3, 3, 7, "the hub took the request, but never verified it at /websub/; can it reach base_url?"},
		{"denies", func(h *hub) { h.denies = "members only" }, 23, 1, 1, "the hub denied the subscription: members only"},
	} {
		t.Run(c.name, func(t *testing.T) {
			inPush(t, func(r *pushRig) {
				c.setup(r.hub)
				r.begin()
				r.wait(time.Duration(c.hours) * time.Hour)
				if n := len(r.hub.requests()); n < c.least || n > c.most {
					t.Errorf("asked %d times in %d hours", n, c.hours)
				}
				r.want("SELECT push_error FROM sources", c.says)
				r.want(push, "failing")
				if n := r.pub.asked(); n < 5*c.hours {
					t.Errorf("polled %d times in %d hours", n, c.hours)
				}
				r.hub.mu.Lock()
				r.hub.refuse, r.hub.stall, r.hub.silent, r.hub.denies = 0, 0, false, ""
				r.hub.mu.Unlock()
				r.wait(map[bool]time.Duration{true: 2 * time.Hour, false: 6 * time.Hour}[c.name == "denies"])
				r.want(push, "live")
				r.want("SELECT push_error FROM sources", "")
			})
		})
	}
}

// A hub may take its time to verify, do so before it answers, give no lease,
// or end a subscription.
func TestPushHubHabits(t *testing.T) {
	t.Parallel()
	inPush(t, func(r *pushRig) {
		r.hub.delay = 8 * time.Minute
		r.begin()
		r.want(push, "asked")
		r.wait(9 * time.Minute)
		r.want(push, "live")
		r.requests("subscribe")
	})
	inPush(t, func(r *pushRig) {
		r.hub.sync, r.hub.lease = true, 0
		r.begin()
		r.want(push, "live")
		r.wait(23 * time.Hour)
		r.requests("subscribe", "subscribe", "unsubscribe")
		r.publish(ping{body: rssDoc(hubLinks, 2)}, http.StatusAccepted)
		r.want(push, "trusted")
		callback := r.hub.callbacks()[0]
		status, _ := r.hub.get(callback + "?hub.mode=denied&hub.topic=http%3A%2F%2Fwire.example%2Frss&hub.reason=closing")
		if status/100 != 2 {
			t.Errorf("a denial is answered with %d", status)
		}
		r.want(push, "failing")
		r.want("SELECT next_reason FROM sources WHERE next_fetch > strftime('%Y-%m-%dT%H:%M:%SZ', 'now')", "")
	})
}

// If the first of several hubs fails, the next is asked.
func TestPushNextHub(t *testing.T) {
	inPush(t, func(r *pushRig) {
		r.wire.set(false, "dead.localhost")
		r.pub.set(rssDoc(`<atom:link rel="hub" href="http://dead.localhost/"/>`+hubLinks, 1))
		r.begin()
		r.want(push, "failing")
		r.wait(6 * time.Minute)
		r.want(push, "live")
		r.want("SELECT hub FROM sources", "http://hub.localhost/")
	})
}
