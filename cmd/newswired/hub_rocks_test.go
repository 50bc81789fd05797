package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// The tests of websub.rocks for hubs, by their numbers.

// 100: a subscription is confirmed, and each change delivered once.
func TestRocksHub100Typical(t *testing.T) {
	inHub(t, func(r *hubRig) {
		r.begin()
		r.ask("subscribe", "atom", "/callback")
		q := r.sub.asked[0]
		if q.Get("hub.lease_seconds") != "864000" || len(q.Get("hub.challenge")) < 20 {
			t.Errorf("verified by %s", q.Encode())
		}
		r.wait(time.Minute)
		r.none("without news")
		r.report(2)
		r.takes("atom", "/callback", "")
		r.report(3)
		r.takes("atom", "/callback", "")
	})
}

// 101: what is delivered is signed with the secret, which is in no log
// and no view.
func TestRocksHub101Secret(t *testing.T) {
	inHub(t, func(r *hubRig) {
		r.begin()
		key := secret()
		r.ask("subscribe", "rss", "/callback", "hub.secret", key)
		r.report(2)
		r.takes("rss", "/callback", key)
		if strings.Contains(r.log.String(), key) {
			t.Error("the log has the secret")
		}
		r.want("SELECT count(*) FROM sqlite_schema WHERE type = 'view' AND sql LIKE '%subscriber%'", "0")
	})
}

// 102: parameters that are none of the hub's are ignored, and those that the
// callback has stay.
func TestRocksHub102MoreParameters(t *testing.T) {
	inHub(t, func(r *hubRig) {
		r.begin()
		r.ask("subscribe", "atom", "/callback?reader=7&x=a%2Fb", "hub.foo", "bar", "foo", "bar")
		r.report(2)
		r.takes("atom", "/callback?reader=7&x=a%2Fb", "")
	})
}

// 103: who subscribes again before the lease ends has one subscription, by what
// was said last. If the second is not confirmed, the first stays as it is.
func TestRocksHub103Again(t *testing.T) {
	t.Parallel()
	inHub(t, func(r *hubRig) {
		r.begin()
		r.ask("subscribe", "atom", "/callback", "hub.secret", "first", "hub.lease_seconds", "7200")
		r.wait(time.Hour)
		r.ask("subscribe", "atom", "/callback", "hub.secret", "second", "hub.lease_seconds", "7200")
		r.sub.do(func() { r.sub.refuses = true })
		r.ask("subscribe", "atom", "/callback", "hub.secret", "forged", "hub.lease_seconds", "999999999")
		r.wait(90 * time.Minute)
		r.report(2)
		r.takes("atom", "/callback", "second")
		r.wait(time.Hour)
		r.report(3)
		r.none("after the lease")
	})
}

// 104: who unsubscribes and confirms it gets nothing any more; nobody else can
// end a subscription.
func TestRocksHub104Unsubscribe(t *testing.T) {
	inHub(t, func(r *hubRig) {
		r.begin()
		r.ask("subscribe", "atom", "/callback")
		r.request(http.StatusAccepted, url.Values{"hub.mode": {"unsubscribe"}, "hub.topic": {topic("atom")}, "hub.callback": {"http://reader.example/callback"}})
		r.report(2)
		r.takes("atom", "/callback", "")
		r.ask("unsubscribe", "atom", "/callback")
		r.report(3)
		r.none("after unsubscribing")
		r.want("SELECT count(*) FROM subscriber", "0")
	})
}

// 105 and 106: content keeps its media type, whatever it is. There is no plain
// text here; each of our formats is delivered as what it is, JSON too.
func TestRocksHub105And106MediaType(t *testing.T) {
	t.Parallel()
	for extension, want := range map[string]string{
		"atom": "application/atom+xml; charset=utf-8", "rss": "application/rss+xml; charset=utf-8", "json": "application/feed+json; charset=utf-8",
	} {
		t.Run(extension, func(t *testing.T) {
			inHub(t, func(r *hubRig) {
				r.begin()
				r.ask("subscribe", extension, "/callback")
				r.report(2)
				r.sub.do(func() {
					if len(r.sub.got) == 1 && r.sub.got[0].header.Get("Content-Type") != want {
						t.Errorf("Content-Type %q, want %q", r.sub.got[0].header.Get("Content-Type"), want)
					}
				})
				r.takes(extension, "/callback", "")
			})
		})
	}
}
