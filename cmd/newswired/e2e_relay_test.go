//go:build e2e

package main

import (
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// One newswired is the hub of another: what the first polls is in the feed of the
// second within seconds, corrections too, and the second polls nothing for it.
func TestOutsideRelay(t *testing.T) {
	t.Parallel()
	needSignals(t)
	need(t, "sqlite3")
	pub := &publisher{kind: "application/rss+xml"}
	wire := httptest.NewServer(pub)
	defer wire.Close()
	pub.set(rssDoc("", 1))
	dir, listen := t.TempDir(), freeAddress(t)
	writeConfig(t, dir, listen, fmt.Sprintf("base_url: http://%s\nhub: true\nsources: [{name: wire, url: %s/rss}]\nfeeds: [{name: all}]\n", listen, wire.URL))
	hub := start(t, dir, listen)
	hub.until(t, "the hub's feed has the first news", func() bool { return has(t, hub, "Bridge number 1 opens") })

	dir2, listen2 := t.TempDir(), freeAddress(t)
	writeConfig(t, dir2, listen2, fmt.Sprintf("base_url: http://%s\nsources: [{name: hub, url: %s/feeds/all.atom, schedule: \"@every 30m\"}]\nfeeds: [{name: all}]\n", listen2, hub.url))
	second := start(t, dir2, listen2)
	second.until(t, "the second has read it", func() bool { return has(t, second, "Bridge number 1 opens") })
	second.until(t, "the hub knows the second", hub.logged("request met"))
	polls := query(t, dir2, "SELECT count(*) FROM fetches WHERE via = 'poll'")

	arrives := func(news, doc string) {
		t.Helper()
		pub.set(doc)
		begin := time.Now()
		second.until(t, news+" is in the feed of the second", func() bool { return has(t, second, news) })
		took := time.Since(begin)
		t.Logf("%q was in the second feed after %s", news, took)
		if took > 30*time.Second { // deliveries to one subscriber are ten seconds apart
			t.Errorf("%q took %s", news, took)
		}
	}
	arrives("Bridge number 2 opens", rssDoc("", 2, 1))
	corrected := strings.Replace(rssDoc("", 2, 1), "number 2 opens to traffic", "number 2 stays closed to traffic", 1)
	arrives("Bridge number 2 stays closed", corrected)
	if has(t, second, "Bridge number 2 opens") {
		t.Error("the correction did not take the place of what it corrects")
	}
	if got := query(t, dir2, "SELECT count(*) FROM fetches WHERE via = 'poll'"); got != polls {
		t.Errorf("%s polls, %s of them before the news", got, polls)
	}
	intact(t, dir2)
	second.stop(t)
	hub.stop(t)
}

// has reports whether a text is in the Atom of the feed all.
func has(t *testing.T, d *process, text string) bool {
	t.Helper()
	_, body := d.get(t, "/feeds/all.atom")
	return strings.Contains(body, text)
}
