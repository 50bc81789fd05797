//go:build e2e

package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"
)

// What a hub delivers is in the feed within a second, without a poll; after
// kill -9 the hub goes on with the same callback.
func TestOutsidePush(t *testing.T) {
	needSignals(t)
	need(t, "sqlite3")
	h := newHub(http.DefaultClient)
	hubServer := httptest.NewServer(h)
	defer hubServer.Close()
	pub := &publisher{kind: "application/rss+xml"}
	wire := httptest.NewServer(pub)
	defer wire.Close()
	links := fmt.Sprintf(`<atom:link rel="hub" href="%s/"/><atom:link rel="self" href="%s/rss"/>`, hubServer.URL, wire.URL)
	pub.set(rssDoc(links, 1))
	dir, listen := t.TempDir(), freeAddress(t)
	writeConfig(t, dir, listen, fmt.Sprintf("base_url: http://%s\nsources: [{name: wire, url: %s/rss, schedule: \"@every 30m\"}]\nfeeds: [{name: all}]\n", listen, wire.URL))
	d := start(t, dir, listen)
	d.until(t, "it has subscribed", func() bool { return len(h.callbacks()) == 1 })
	d.until(t, "it polled", func() bool { return query(t, dir, "SELECT count(*) FROM articles") == "1" })
	polls := pub.asked()
	arrives := func(n int) {
		t.Helper()
		begin := time.Now()
		if got := h.publish(ping{body: rssDoc(links, n)}); len(got) != 1 || got[0] != http.StatusAccepted {
			t.Fatalf("the answers to a delivery are %d:\n%s", got, d.log)
		}
		d.until(t, "it is in the feed", func() bool {
			_, body := d.get(t, "/feeds/all.atom")
			return strings.Contains(body, fmt.Sprintf("Bridge number %d opens", n))
		})
		took := time.Since(begin)
		t.Logf("number %d was in the feed after %s", n, took)
		if took > time.Second {
			t.Errorf("number %d took %s", n, took)
		}
	}
	arrives(2)
	callback := h.callbacks()[0]
	d.kill()
	os.Remove(dir + "/newswired.db.pid")
	d = start(t, dir, listen)
	arrives(3)
	if all := h.callbacks(); len(all) != 1 || all[0] != callback {
		t.Errorf("callbacks %q, the first was %s", all, callback)
	}
	if n := pub.asked(); n != polls {
		t.Errorf("polled %d times more", n-polls)
	}
	if got := query(t, dir, "SELECT push FROM sources"); got != "trusted" {
		t.Errorf("push is %q", got)
	}
	out, err := run(t, dir, "status").CombinedOutput()
	if err != nil || !strings.Contains(string(out), "trusted") {
		t.Errorf("status: %v\n%s", err, out)
	}
	if out, err := run(t, dir, "poll").CombinedOutput(); err != nil || len(h.requests()) != 1 {
		t.Errorf("a poll by hand asked the hub: %v\n%s", err, out)
	}
	intact(t, dir)
	d.stop(t)
}
