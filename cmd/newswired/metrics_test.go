package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// samples are what a scrape told, by name and labels.
type samples map[string]float64

// readSamples reads the text format of Prometheus, as far as we write it.
func readSamples(t *testing.T, text string) samples {
	t.Helper()
	all := make(samples)
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		name, value, ok := cutLast(strings.TrimSpace(line), " ")
		n, err := strconv.ParseFloat(value, 64)
		if !ok || err != nil {
			t.Fatalf("no sample: %q, %v", line, err)
		}
		all[name] = n
	}
	return all
}

func cutLast(s, sep string) (before, after string, ok bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}

// want compares samples, given as name and labels.
func (s samples) want(t *testing.T, want map[string]float64) {
	t.Helper()
	for name, n := range want {
		if got, there := s[name]; !there || got != n {
			t.Errorf("%s: %v (there: %v), want %v", name, got, there, n)
		}
	}
}

// get asks the daemon of a rig.
func (r *hubRig) get(path string, fields ...string) (int, string, http.Header) {
	r.t.Helper()
	q, err := http.NewRequest("GET", "http://news.example"+path, nil)
	if err != nil {
		r.t.Fatal(err)
	}
	for i := 0; i < len(fields); i += 2 {
		q.Header.Set(fields[i], fields[i+1])
	}
	resp, err := r.sub.client.Do(q)
	if err != nil {
		r.t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		r.t.Fatal(err)
	}
	return resp.StatusCode, string(text), resp.Header
}

// What a daemon does moves its metrics: polls, what comes of them, editions, whom its
// hub tells; and neither dashboard nor alerts ask for anything that is not there.
func TestMetricsOfADaemon(t *testing.T) {
	inHub(t, func(r *hubRig) {
		r.configure(hubConfig + "metrics_listen: \"news.example:80\"\n")
		r.begin()
		begun := time.Now()
		scrape := func() samples {
			status, text, header := r.get("/metrics")
			if status != 200 || header.Get("Cache-Control") != "no-store" || header.Get("X-Content-Type-Options") != "nosniff" {
				t.Fatalf("status %d, %v: %s", status, header, text)
			}
			if strings.Contains(text, "desk") {
				t.Error("the private feed is named")
			}
			return readSamples(t, text)
		}
		first := scrape()
		first.want(t, map[string]float64{
			`newswired_polls_total{outcome="ok"}`:                 1,
			`newswired_sources{state="ok"}`:                       1,
			`newswired_new_articles_total`:                        1,
			`newswired_revisions_total`:                           1,
			`newswired_new_stories_total`:                         1,
			`newswired_feed_entries_total{feed="all"}`:            1,
			`newswired_polls_due`:                                 0,
			`newswired_offline`:                                   0,
			`newswired_database_writable`:                         1,
			`newswired_config_last_reload_successful`:             1,
			`newswired_http_sent_bytes_total{handler="atom"}`:     0,
			`newswired_judging_backlog_stories`:                   0,
			`newswired_subscriber_deliveries_total{outcome="ok"}`: 0,
		})
		if well := first[`newswired_source_last_success_timestamp_seconds{source="wire"}`]; well != first["newswired_oldest_success_timestamp_seconds"] || begun.Sub(time.UnixMilli(int64(well*1000))) > time.Minute {
			t.Errorf("last polled well at %f", well)
		}

		r.ask("subscribe", "atom", "/callback")
		r.report(2)
		r.wait(2 * time.Minute) // in which nothing is new
		_, body, header := r.get("/feeds/all.atom")
		r.get("/feeds/all.atom", "If-None-Match", header.Get("ETag"))
		r.get("/feeds/none.atom")
		r.get("/feeds/desk.rss")
		second := scrape()
		second.want(t, map[string]float64{
			`newswired_polls_total{outcome="ok"}`:                      2,
			`newswired_new_articles_total`:                             2,
			`newswired_feed_entries_total{feed="all"}`:                 2,
			`newswired_subscriber_deliveries_total{outcome="ok"}`:      1,
			`newswired_subscribers_owed`:                               0,
			`newswired_http_requests_total{code="200",handler="atom"}`: 1,
			`newswired_http_requests_total{code="304",handler="atom"}`: 1,
			`newswired_http_requests_total{code="404",handler="atom"}`: 1,
			`newswired_http_requests_total{code="401",handler="rss"}`:  1,
			`newswired_http_requests_total{code="202",handler="hub"}`:  1,
		})
		if n := second[`newswired_http_sent_bytes_total{handler="atom"}`]; n < 100 || n > float64(len(body)) { // compressed
			t.Errorf("%v bytes of an edition of %d were sent", n, len(body))
		}
		if n := second[`newswired_polls_total{outcome="not modified"}`]; n == 0 || n+2 != second["newswired_poll_duration_seconds_count"] {
			t.Errorf("%v polls not modified, %v timed", n, second["newswired_poll_duration_seconds_count"])
		}
		if second[`newswired_render_duration_seconds_count{handler="atom"}`] == 0 || second["newswired_poll_received_bytes_total"] <= first["newswired_poll_received_bytes_total"] {
			t.Error("nothing was rendered, or received")
		}

		r.pub.set("<html>We are moving</html>")
		r.wait(90 * time.Second)
		third := scrape()
		third.want(t, map[string]float64{`newswired_polls_total{outcome="not a feed"}`: 1, `newswired_sources{state="failing"}`: 1, `newswired_sources{state="ok"}`: 0})
		if since := third[`newswired_source_failing_since_timestamp_seconds{source="wire"}`]; since <= third["newswired_oldest_success_timestamp_seconds"] {
			t.Errorf("failing since %f", since)
		}
		r.checkMonitoring(third)
		r.pub.set(rssDoc("", 2, 1))
		r.wait(10 * time.Minute)
		r.checkTrouble(scrape)
	})
}

// checkTrouble looks at what is told when nothing can be reached, and when polls do
// not come.
func (r *hubRig) checkTrouble(scrape func() samples) {
	health := func(healthz, readyz int, why string) {
		r.t.Helper()
		if status, text, _ := r.get("/healthz"); status != healthz {
			r.t.Errorf("/healthz: %d %s", status, text)
		}
		if status, text, _ := r.get("/readyz"); status != readyz || !strings.Contains(text, why) || strings.Count(text, "\n") != 1 {
			r.t.Errorf("/readyz: %d %s", status, text)
		}
	}
	health(200, 200, "ok")
	r.wire.set(true)
	r.wait(10 * time.Minute)
	facts, err := r.server.facts(context.Background())
	if err != nil || !facts.Offline || facts.PollsDue != 1 || facts.PollsLate < 5*time.Minute {
		r.t.Errorf("offline: %v, %v late, %v", facts.Offline, facts.PollsLate, err)
	}
	if err := r.server.ready(context.Background()); err == nil || !strings.Contains(err.Error(), "no network") {
		r.t.Errorf("ready without a network: %v", err)
	}
	r.wire.set(false)
	r.wait(3 * time.Minute)
	health(200, 200, "ok")
	scrape().want(r.t, map[string]float64{`newswired_offline`: 0, `newswired_polls_due`: 0, `newswired_sources{state="offline"}`: 0})

	r.configure(hubConfig + "metrics_listen: news.example\n")
	r.server.reload(context.Background(), r.file)
	scrape().want(r.t, map[string]float64{`newswired_config_last_reload_successful`: 0})
	r.configure(hubConfig)
	r.server.reload(context.Background(), r.file)
	if status, _, _ := r.get("/metrics"); status != http.StatusNotFound {
		r.t.Errorf("/metrics where it was turned off: %d", status)
	}
	health(200, 200, "ok")
}

// Metrics have a listener of their own, which answers nothing else; a reload moves,
// removes and makes it, and refuses an address that cannot be had.
func TestMetricsListen(t *testing.T) {
	wire := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, rssDoc("", 1)) }))
	defer wire.Close()
	dir := t.TempDir()
	file := filepath.Join(dir, "config.yaml")
	setUp, configure := configure, func(listen string) {
		t.Helper()
		text := fmt.Sprintf("listen: 127.0.0.1:0\ndatabase: %q\nallow_networks: [127.0.0.0/8]\nsources: [{name: wire, url: %q}]\nfeeds: [{name: all}, {name: desk, access: [kim]}]\n", filepath.Join(dir, "newswired.db"), wire.URL)
		if listen != "" {
			text += "metrics_listen: " + listen + "\n"
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	one, two := freeAddress(t), freeAddress(t)
	configure(one)
	c, err := loadConfig(file, shortest)
	if err != nil {
		t.Fatal(err)
	}
	d, err := (&app{stdout: io.Discard, stderr: io.Discard, listen: listenAt}).start(t.Context(), c, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer d.stop()
	get := func(address, path string) (int, string) {
		resp, err := http.Get("http://" + address + path)
		if err != nil {
			return 0, err.Error()
		}
		defer resp.Body.Close()
		text, _ := io.ReadAll(resp.Body)
		return resp.StatusCode, string(text)
	}
	is := func(address, path string, want int) (text string) {
		t.Helper()
		got, text := get(address, path)
		if got != want {
			t.Errorf("%s%s: %d, want %d: %.200s", address, path, got, want, text)
		}
		return text
	}
	main := d.socket.Addr().String()
	if text := is(one, "/metrics", 200); !strings.Contains(text, `newswired_feed_entries_total{feed="desk"}`) {
		t.Error("a private feed is not told where only monitors ask")
	}
	is(one, "/healthz", 200)
	is(one, "/readyz", 200)
	is(one, "/", 404)
	is(one, "/feeds/all.atom", 404)
	is(main, "/metrics", 404)
	is(main, "/readyz", 200)

	reload := func(listen string, refused bool) {
		t.Helper()
		configure(listen)
		d.reload(t.Context(), file)
		if d.follow.refused.Load() != refused {
			t.Errorf("metrics_listen: %s: refused is %v", listen, !refused)
		}
	}
	reload(two, false)
	is(two, "/metrics", 200)
	is(one, "/metrics", 0)
	reload(two, false) // the same once more
	is(two, "/metrics", 200)
	reload(main, true) // taken
	if text := is(two, "/metrics", 200); !strings.Contains(text, "newswired_config_last_reload_successful 0\n") {
		t.Error("the refusal is not told")
	}
	reload(two, false)
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if d.reload(stopped, file); d.follow.refused.Load() {
		t.Error("a reload that a stop cut short counts as refused")
	}
	reload("127.0.0.1:0", false) // what listen says
	is(two, "/metrics", 0)
	if text := is(main, "/metrics", 200); strings.Contains(text, "desk") {
		t.Error("a private feed is named where strangers ask")
	}
	other := *d.config
	other.Feeds = slices.Clone(other.Feeds)
	other.Feeds[1].Name = "secret"
	if err := setUp(t.Context(), d.store, &other); err != nil { // a reload, or a poll on the command line, begins with that
		t.Fatal(err)
	}
	if text := is(main, "/metrics", 200); strings.Contains(text, "secret") || !strings.Contains(text, `{feed="all"}`) {
		t.Error("a private feed is named before it is known that it is one")
	}
	reload("", false)
	is(main, "/metrics", 404)
}

// freeAddress returns one at which nobody listens.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := listenAt("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}
