package main

import (
	"bytes"
	"compress/gzip"
	"crypto/rand"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

// What is delivered twice is recorded once, and the poll that follows finds
// nothing new.
func TestPushReplay(t *testing.T) {
	inPush(t, func(r *pushRig) {
		r.begin()
		for range 3 {
			r.publish(ping{body: rssDoc(hubLinks, 3, 2)}, http.StatusAccepted)
		}
		r.pub.set(rssDoc(hubLinks, 3, 2, 1))
		r.wait(65 * time.Minute)
		r.want(news, "3")
		r.want("SELECT count(*) FROM revisions", "3")
		r.want("SELECT count(*) FROM entries", "3")
		r.want("SELECT sum(new) FROM fetches", "3")
		r.want("SELECT count(*) FROM articles WHERE left_document IS NOT NULL", "0")
		r.want(push, "trusted")
	})
}

// A revision that is delivered counts, and so does its being taken back in the
// Document: what polls need not read again is what the Article says.
func TestPushRevision(t *testing.T) {
	inPush(t, func(r *pushRig) {
		r.pub.set(rssDoc(hubLinks, 2, 1))
		r.begin()
		corrected := strings.Replace(rssDoc(hubLinks, 1), "opens to traffic", "stays closed after all", 1)
		r.publish(ping{body: corrected}, http.StatusAccepted)
		const title = "SELECT title || revisions FROM articles WHERE guid = '1'"
		r.want(title, "Bridge number 1 stays closed after all2")
		r.pub.set(rssDoc(hubLinks, 3, 2, 1)) // as before, with news
		r.wait(70 * time.Minute)
		r.want(title, "Bridge number 1 opens to traffic3")
		r.want(news, "3")
	})
}

// A delivery may be packed; what is too large, unpacked or not, no feed, or
// packed otherwise is refused or recorded as what it is, and the source is
// polled on schedule.
func TestPushBodies(t *testing.T) {
	t.Parallel()
	pack := func(text string) string {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		z.Write([]byte(text))
		z.Close()
		return b.String()
	}
	for _, c := range []struct {
		name   string
		ping   ping
		status int
		news   string
		push   string
	}{
		{"gzip", ping{body: pack(rssDoc(hubLinks, 2)), encoding: "gzip"}, 202, "2", "trusted"},
		{"gzip that is none", ping{body: rssDoc(hubLinks, 2), encoding: "gzip"}, 400, "1", "live"},
		{"br", ping{body: rssDoc(hubLinks, 2), encoding: "br"}, 415, "1", "live"},
		{"too large", ping{body: rssDoc(hubLinks, 2) + strings.Repeat(rand.Text(), 3000)}, 413, "1", "live"},
		{"too large unpacked", ping{body: pack(rssDoc(hubLinks, 2) + strings.Repeat(" ", 100<<10)), encoding: "gzip"}, 413, "1", "live"},
		{"empty", ping{}, 202, "1", "live"},
		{"a page", ping{body: "<html><title>Sorry</title></html>"}, 202, "1", "live"},
		{"cut off", ping{body: strings.TrimSuffix(rssDoc(hubLinks, 3, 2), "</channel></rss>")}, 202, "3", "trusted"},
	} {
		t.Run(c.name, func(t *testing.T) {
			inPush(t, func(r *pushRig) {
				r.begin()
				r.publish(c.ping, c.status)
				r.want(news, c.news)
				r.want(push, c.push)
				r.want("SELECT state || failures FROM sources", "ok0")
			})
		})
	}
}

// Nobody is told more than that there is nothing.
func TestPushUnknownCallback(t *testing.T) {
	inPush(t, func(r *pushRig) {
		r.begin()
		for path, want := range map[string][2]int{
			"/websub/" + rand.Text(): {404, 410}, "/websub/": {404, 410}, "/websub/a/b": {404, 410},
			"/websub": {404, 404},
		} {
			status, _ := r.hub.get("http://news.example" + path + "?hub.mode=subscribe&hub.topic=x&hub.challenge=y")
			posted := r.hub.post("http://news.example"+path, hubSubscription{secret: "x"}, ping{body: rssDoc("", 5)})
			if status != want[0] || posted != want[1] {
				t.Errorf("%s: GET %d, POST %d", path, status, posted)
			}
		}
		req, _ := http.NewRequest(http.MethodPut, r.hub.callbacks()[0], nil)
		resp, err := r.hub.client.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		if resp.StatusCode != http.StatusMethodNotAllowed || resp.Header.Get("Allow") == "" {
			t.Errorf("PUT: %s", resp.Status)
		}
		r.want(news, "1")
	})
}

// The secret is long and each time another one; a hub that could not be told one
// in confidence gets none. Neither it nor a callback is in the log or in a view.
func TestPushSecrets(t *testing.T) {
	inPush(t, func(r *pushRig) {
		r.hub.lease = 3600
		r.begin()
		r.wait(3 * time.Hour)
		seen := make(map[string]bool)
		for _, form := range r.hub.asked {
			secret, callback := form.Get("hub.secret"), form.Get("hub.callback")
			if form.Get("hub.mode") == "unsubscribe" {
				if secret != "" {
					t.Error("a secret to unsubscribe")
				}
				continue
			}
			if len(secret) < 50 || len(secret) >= 200 || seen[secret] || seen[callback] || len(callback) < 26 {
				t.Errorf("secret %q, callback %q", secret, callback)
			}
			seen[secret], seen[callback] = true, true
		}
		if len(seen) < 4 {
			t.Errorf("only %d secrets and callbacks", len(seen))
		}
		said := r.log.String() + r.text("SELECT group_concat(s.name || coalesce(hub, '') || push || coalesce(push_error, '')) FROM sources s")
		for word := range seen {
			if token := word[strings.LastIndexByte(word, '/')+1:]; strings.Contains(said, token) {
				t.Errorf("%q is told", token)
			}
		}
	})
	inPush(t, func(r *pushRig) {
		r.pub.set(rssDoc(strings.ReplaceAll(hubLinks, "hub.localhost", "hub.example"), 1))
		r.begin()
		r.want(push, "live")
		if r.hub.last().Has("hub.secret") {
			t.Error("a secret in clear")
		}
		r.publish(ping{body: rssDoc(hubLinks, 2)}, http.StatusAccepted)
		r.want(news, "2")
	})
}

// A crowd of deliveries is recorded to the last one, also if we are stopped in
// its midst.
func TestPushCrowd(t *testing.T) {
	inPush(t, func(r *pushRig) {
		r.begin()
		callback := r.hub.callbacks()[0]
		sub := *r.hub.subs[callback]
		answers := make(chan int, 50)
		for n := range 50 {
			r.hub.busy.Go(func() { answers <- r.hub.post(callback, sub, ping{body: rssDoc(hubLinks, n+2)}) })
		}
		taken := 0
		for range 50 {
			if status := <-answers; status == http.StatusAccepted {
				taken++
			} else if status != http.StatusServiceUnavailable {
				t.Errorf("status %d", status)
			}
		}
		r.stop()
		r.begin()
		r.want(news, fmt.Sprint(taken+1))
		if taken < 8 {
			t.Errorf("only %d taken", taken)
		}
	})
}
