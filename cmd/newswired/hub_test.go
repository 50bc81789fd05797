package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"newswired/feed"
	"newswired/feed/web"
	"newswired/fetcher"
	"newswired/store"
)

// What is no request, or not for a public feed, is refused at once, and nobody
// is asked anything. A private feed is answered as one that is not there.
func TestHubRefuses(t *testing.T) {
	inHub(t, func(r *hubRig) {
		r.begin()
		good := url.Values{"hub.mode": {"subscribe"}, "hub.topic": {topic("atom")}, "hub.callback": {"http://reader.example/x"}}
		for _, c := range []struct {
			key, value string
			want       int
		}{
			{"hub.mode", "", 400},
			{"hub.mode", "denied", 400},
			{"hub.topic", "", 404},
			{"hub.topic", "http://news.example/feeds/none.atom", 404},
			{"hub.topic", "http://news.example/feeds/desk.atom", 404},
			{"hub.topic", "http://news.example/feeds/desk.atom?token=geheim", 404},
			{"hub.topic", "http://news.example/feeds/all", 404},
			{"hub.topic", "http://other.example/feeds/all.atom", 404},
			{"hub.callback", "", 400},
			{"hub.callback", "ftp://reader.example/x", 400},
			{"hub.callback", "http://kim:geheim@reader.example/x", 400},
			{"hub.callback", "http://reader.example/#x", 400},
			{"hub.callback", "http://reader.example/" + strings.Repeat("x", 3000), 400},
			{"hub.secret", strings.Repeat("x", 200), 400},
			{"hub.lease_seconds", "for ever", 400},
			{"hub.lease_seconds", "-1", 400},
			{"x", strings.Repeat("x", 20<<10), 400},
		} {
			form := url.Values{}
			for key, value := range good {
				form[key] = value
			}
			form.Set(c.key, c.value)
			r.request(c.want, form)
		}
		r.request(http.StatusAccepted, url.Values{"hub.mode": {"publish"}, "hub.url": {topic("rss")}})
		r.request(http.StatusNotFound, url.Values{"hub.mode": {"publish"}, "hub.url": {"http://other.example/rss"}})
		resp, err := r.sub.client.Get("http://news.example/hub")
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != http.StatusMethodNotAllowed || resp.Header.Get("Allow") != "POST" {
			t.Errorf("GET: %s", resp.Status)
		}
		if len(r.sub.asked) != 0 {
			t.Errorf("the subscriber was asked %v", r.sub.asked)
		}
		r.want("SELECT count(*) FROM subscriber", "0")
	})
}

// Nobody is made a subscriber who did not ask for it.
func TestHubUnconfirmed(t *testing.T) {
	inHub(t, func(r *hubRig) {
		r.begin()
		r.request(http.StatusAccepted, url.Values{"hub.mode": {"subscribe"}, "hub.topic": {topic("atom")}, "hub.callback": {"http://reader.example/victim"}})
		r.request(http.StatusAccepted, url.Values{"hub.mode": {"subscribe"}, "hub.topic": {topic("atom")}, "hub.callback": {"http://other.example/echoes"}})
		r.report(2)
		r.none("unconfirmed")
		r.want("SELECT count(*) FROM subscriber", "0")
		if len(r.sub.asked) != 1 {
			t.Errorf("asked %d times", len(r.sub.asked))
		}
	})
}

// What strangers ask for is bounded, in a minute and in all.
func TestHubBounds(t *testing.T) {
	inHub(t, func(r *hubRig) {
		r.begin()
		r.wait(time.Until(time.Now().Truncate(time.Minute).Add(time.Minute)))
		ask := func(n int) int {
			form := url.Values{"hub.mode": {"subscribe"}, "hub.topic": {topic("atom")}, "hub.callback": {fmt.Sprint("http://reader.example/", n)}}
			r.sub.do(func() { r.sub.wants[fmt.Sprint("/", n)] = "subscribe " + topic("atom") })
			resp, err := r.sub.client.PostForm("http://news.example/hub", form)
			if err != nil {
				t.Fatal(err)
			}
			resp.Body.Close()
			synctest.Wait() // until it is verified
			return resp.StatusCode
		}
		answers := make(map[int]int)
		for n := range feed.MaxHostSubscribers + 10 {
			status := ask(n)
			for ; status == http.StatusTooManyRequests; status = ask(n) {
				answers[status]++
				r.wait(time.Minute)
			}
			answers[status]++
		}
		if answers[202] != feed.MaxHostSubscribers || answers[403] != 10 || answers[429] != 3 {
			t.Errorf("answers %v", answers)
		}
		r.want("SELECT count(*) FROM subscriber", fmt.Sprint(feed.MaxHostSubscribers))
	})
}

// Who is away is tried again ever more seldom, then gets the newest edition
// alone; who is slow is never told twice at a time; who has gone for good is
// forgotten.
func TestHubBackOff(t *testing.T) {
	t.Parallel()
	inHub(t, func(r *hubRig) {
		r.begin()
		r.ask("subscribe", "atom", "/callback")
		r.sub.do(func() { r.sub.status = http.StatusInternalServerError })
		r.report(2)
		r.pub.set(rssDoc("", 3, 2, 1))
		r.wait(3 * time.Hour)
		got := r.sub.deliveries()
		var gaps []time.Duration
		for i := 1; i < len(got); i++ {
			gaps = append(gaps, got[i].at.Sub(got[i-1].at).Round(time.Minute))
		}
		if want := []time.Duration{time.Minute, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour}; !slices.Equal(gaps, want) {
			t.Errorf("tried again after %v, want %v", gaps, want)
		}
		r.want("SELECT failures || error FROM subscriber", "5it answers 500")
		r.sub.do(func() { r.sub.status = 0 })
		r.wait(6 * time.Hour)
		r.takes("atom", "/callback", "")
		r.want("SELECT failures || error FROM subscriber", "0")

		r.sub.do(func() { r.sub.stall = 15 * time.Second })
		for n := range 10 {
			r.report(4 + n)
		}
		r.wait(3 * time.Minute)
		if r.sub.most != 1 {
			t.Errorf("%d deliveries at a time", r.sub.most)
		}
		r.sub.do(func() { r.sub.stall, r.sub.status, r.sub.after = 0, http.StatusServiceUnavailable, "600" })
		r.sub.deliveries()
		r.report(20)
		r.wait(8 * time.Minute)
		if n := len(r.sub.deliveries()); n != 1 {
			t.Errorf("%d deliveries before Retry-After", n)
		}
		r.sub.do(func() { r.sub.status, r.sub.after = http.StatusGone, "" })
		r.wait(5 * time.Minute)
		r.want("SELECT count(*) FROM subscriber", "0")
	})
}

// While there is no network of our own, nobody is to blame: they are told within
// two minutes after it is back.
func TestHubOffline(t *testing.T) {
	t.Parallel()
	inHub(t, func(r *hubRig) {
		r.begin()
		r.ask("subscribe", "atom", "/callback")
		r.wire.set(false, "reader.example")
		r.report(2)
		r.want("SELECT failures FROM subscriber", "1")
		r.wire.set(true)
		r.wait(8 * time.Hour)
		r.want("SELECT failures FROM subscriber", "1")
		r.none("offline")
		r.wire.set(false)
		r.wait(2 * time.Minute)
		r.takes("atom", "/callback", "")
	})
}

// A lease ends when it said, within its bounds, and what has ended is removed.
func TestHubLease(t *testing.T) {
	for asked, want := range map[string]time.Duration{"": 10 * 24 * time.Hour, "60": time.Hour, "86400": 24 * time.Hour, "99999999999": 30 * 24 * time.Hour} {
		t.Run("lease "+asked, func(t *testing.T) {
			inHub(t, func(r *hubRig) {
				r.configure(strings.ReplaceAll(hubConfig, "@every 1m", "0 0 1 1 *"))
				r.begin()
				begun := time.Now()
				r.ask("subscribe", "atom", "/callback", "hub.lease_seconds", asked)
				if got := r.sub.asked[0].Get("hub.lease_seconds"); got != fmt.Sprint(int(want.Seconds())) {
					t.Errorf("told a lease of %s s", got)
				}
				until := r.text("SELECT lease_until FROM subscriber")
				if until != fmt.Sprint(begun.Add(want).UnixMilli()) {
					t.Errorf("it ends at %s", until)
				}
				r.stop() // the days in between would be many ticks
				r.wait(want - time.Hour/2)
				r.begin()
				r.want("SELECT count(*) FROM subscriber", "1")
				r.wait(time.Hour)
				r.want("SELECT count(*) FROM subscriber", "0")
			})
		})
	}
}

// Subscribers and what they are owed outlive a restart.
func TestHubRestart(t *testing.T) {
	inHub(t, func(r *hubRig) {
		r.begin()
		r.ask("subscribe", "atom", "/callback", "hub.secret", "geheim")
		r.sub.do(func() { r.sub.status = http.StatusBadGateway })
		r.report(2)
		r.sub.deliveries()
		r.stop()
		r.sub.do(func() { r.sub.status = 0 })
		r.begin()
		r.wait(5 * time.Minute)
		r.takes("atom", "/callback", "geheim")
	})
}

// A feed that becomes private is distributed no more; neither is anything once
// the hub is turned off.
func TestHubTurnedOff(t *testing.T) {
	for name, text := range map[string]string{
		"private": strings.Replace(hubConfig, "{name: all}", "{name: all, access: [kim]}", 1),
		"off":     strings.Replace(hubConfig, "hub: true", "hub: false", 1),
	} {
		t.Run(name, func(t *testing.T) {
			inHub(t, func(r *hubRig) {
				r.begin()
				r.ask("subscribe", "atom", "/callback")
				r.configure(text)
				r.server.reload(context.Background(), r.file)
				r.report(2)
				r.none(name)
				r.request(http.StatusNotFound, url.Values{"hub.mode": {"subscribe"}, "hub.topic": {topic("atom")}, "hub.callback": {"http://reader.example/x"}})
			})
		})
	}
}

// Hubs of others are told of each public edition, of what follows soon after it
// together, and again if they fail; a restart tells them nothing anew.
func TestHubPings(t *testing.T) {
	t.Parallel()
	inHub(t, func(r *hubRig) {
		r.configure(strings.Replace(hubConfig, "hub: true", "hubs: [http://other.example/]", 1))
		all := []string{topic("atom"), topic("json"), topic("rss")}
		want := func(when string, want []string) {
			t.Helper()
			if got := r.pings(); !slices.Equal(got, want) {
				t.Errorf("%s: told of %q, want %q", when, got, want)
			}
		}
		r.begin()
		want("at the first news", all)
		r.wait(time.Hour)
		want("without news", nil)
		r.report(2)
		want("after news", all)
		r.refuses = http.StatusInternalServerError
		r.report(3)
		if got := slices.Compact(r.pings()); !slices.Equal(got, all[:1]) {
			t.Errorf("while it fails: told of %q", got)
		}
		r.want("SELECT failures > 0 FROM ping JOIN feed ON feed.id = feed_id WHERE name = 'all' AND error = 'it answers 500'", "1")
		r.refuses = 0
		r.stop()
		r.begin()
		r.wait(10 * time.Minute)
		want("after a restart", all)
		r.stop()
		r.begin()
		r.wait(10 * time.Minute)
		want("after another", nil)
	})
}

// Public editions name every hub, private ones and archives none.
func TestHubNamed(t *testing.T) {
	inHub(t, func(r *hubRig) {
		t.Setenv("NEWSWIRED_CREDENTIAL_KIM", "bearer geheim")
		r.configure(strings.Replace(hubConfig, "hub: true", "hub: true\nhubs: [http://other.example/]", 1))
		r.pub.set(rssDoc("", 1, 2, 3))
		r.begin()
		for path, want := range map[string]bool{
			"all.atom": true, "all.rss": true, "all.json": true, "desk.atom?token=geheim": false, "desk.json?token=geheim": false, "all": false,
		} {
			resp, err := r.sub.client.Get("http://news.example/feeds/" + path)
			if err != nil {
				t.Fatal(err)
			}
			body, _ := io.ReadAll(resp.Body)
			resp.Body.Close()
			link := resp.Header.Get("Link")
			if resp.StatusCode != 200 {
				t.Errorf("%s: %s", path, resp.Status)
			}
			for _, hub := range []string{"http://news.example/hub", "http://other.example/"} {
				if got := strings.Contains(string(body), `"`+hub+`"`); got != want {
					t.Errorf("%s: names %s: %v", path, hub, got)
				}
				if got := strings.Contains(link, "<"+hub+`>; rel="hub"`); got != want {
					t.Errorf("%s: Link %s", path, link)
				}
			}
		}
	})
}

// A newswired that polls another subscribes to its hub, and has its news without
// a poll.
func TestHubOfNewswired(t *testing.T) {
	inHub(t, func(r *hubRig) {
		r.begin()
		file := filepath.Join(t.TempDir(), "config.yaml")
		text := fmt.Sprintf(`listen: "second.example:80"
base_url: http://second.example
timezone: UTC
schedule: "@every 6h"
host_pause: 0s
database: %s
sources: [{name: first, url: http://news.example/feeds/all.atom}]
feeds: [{name: all}]
`, filepath.ToSlash(filepath.Join(filepath.Dir(file), "second.db")))
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		second := r.beside(file)
		r.wait(30 * time.Second)
		r.want("SELECT count(*) FROM subscriber", "1")
		r.report(2)
		resp, err := r.sub.client.Get("http://second.example/feeds/all.json")
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(resp.Body)
		resp.Body.Close()
		if !strings.Contains(string(body), "Bridge number 2 opens") {
			t.Errorf("it is not there:\n%s", body)
		}
		sources, err := second.store.Sources(context.Background())
		if err != nil || len(sources) != 1 || sources[0].Push != "trusted" && sources[0].Push != "live" {
			t.Errorf("sources %+v %v", sources, err)
		}
		if err := second.stop(); err != nil {
			t.Error(err)
		}
	})
}

// A callback at a private address is not connected to, unless its network is
// allowed. This is the real dialer, on a real network.
func TestHubGuard(t *testing.T) {
	for name, allow := range map[string][]netip.Prefix{"refused": nil, "allowed": {netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}} {
		t.Run(name, func(t *testing.T) {
			s := &subscriber{wants: map[string]string{"/callback": "subscribe http://news.example/feeds/all.atom"}}
			reader := httptest.NewServer(s)
			defer reader.Close()
			ctx, log := context.Background(), slog.New(slog.DiscardHandler)
			st, err := store.Open(ctx, filepath.Join(t.TempDir(), "newswired.db"), "news.example", time.Now())
			if err != nil {
				t.Fatal(err)
			}
			defer st.Close()
			c := parse(t, "sources: [{name: a, url: \"https://a.example/rss\"}]\nfeeds: [{name: all}]")
			if err := configure(ctx, st, c); err != nil {
				t.Fatal(err)
			}
			p := fetcher.New(st, fetcher.Options{UserAgent: "newswired/test", Timeout: 5 * time.Second, Allow: allow}, log)
			defer p.Close()
			site := web.New(library{Store: st, follow: &follower{alerts: &alerter{store: st}}}, web.Config{BaseURL: "http://news.example", Feeds: c.feeds(), WebSub: web.WebSub{Own: true, Store: st, Client: p}}, log)
			form := url.Values{"hub.mode": {"subscribe"}, "hub.topic": {"http://news.example/feeds/all.atom"}, "hub.callback": {reader.URL + "/callback"}}
			req := httptest.NewRequest(http.MethodPost, "/hub", strings.NewReader(form.Encode()))
			req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			w := httptest.NewRecorder()
			site.ServeHTTP(w, req)
			if w.Code != http.StatusAccepted {
				t.Errorf("%d %s", w.Code, w.Body)
			}
			want := 0
			for begun := time.Now(); allow != nil && want == 0 && time.Since(begun) < 10*time.Second; time.Sleep(10 * time.Millisecond) {
				want, _, err = st.SubscriberCounts(ctx, feed.Subscriber{}, time.Now())
			}
			if err != nil || allow != nil && want != 1 {
				t.Error("not subscribed", err)
			}
			time.Sleep(200 * time.Millisecond)
			site.Close()
			if all, _, err := st.SubscriberCounts(ctx, feed.Subscriber{}, time.Now()); err != nil || all != want || len(s.asked) != want {
				t.Errorf("%d subscribers, asked %d times, %v", all, len(s.asked), err)
			}
		})
	}
}
