package main

import (
	"context"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"newswired/feed"
)

// Whom the hub tells of a feed, and who cannot be reached, is said to its operator
// with the reason, to everybody in numbers, and nothing of private feeds or of
// leases that have ended.
func TestHubStatus(t *testing.T) {
	t.Parallel()
	inHub(t, func(r *hubRig) {
		r.begin()
		is := func(words string, want ...feed.SubscriberStatus) {
			t.Helper()
			got, err := r.server.store.Subscribers(context.Background(), time.Now())
			if err != nil || !slices.Equal(got, want) {
				t.Errorf("%+v, %v; want %+v", got, err, want)
			}
			resp, err := r.sub.client.Get("http://news.example/")
			if err != nil {
				t.Fatal(err)
			}
			defer resp.Body.Close()
			body, _ := io.ReadAll(resp.Body)
			if s := string(body); words != "" && !strings.Contains(s, " · "+words+"</p>") || words == "" && strings.Contains(s, "subscriber") || strings.Contains(s, "reader.example") {
				t.Errorf("%q is not what the page says:\n%s", words, s)
			}
		}
		is("")
		r.ask("subscribe", "atom", "/callback", "hub.lease_seconds", "7200")
		r.report(2)
		is("1 subscriber by push", feed.SubscriberStatus{Feed: "all", Subscribers: 1})
		r.ask("subscribe", "rss", "/other", "hub.lease_seconds", "7200")
		r.ask("subscribe", "json", "/third", "hub.lease_seconds", "7200")
		r.sub.do(func() { r.sub.status = http.StatusInternalServerError })
		r.report(3)
		is("3 subscribers by push, 3 of them cannot be reached",
			feed.SubscriberStatus{Feed: "all", Subscribers: 3, Failing: 3, Error: "reader.example:80: it answers 500"})
		r.wait(3 * time.Hour)
		r.report(4)
		is("")
	})
}
