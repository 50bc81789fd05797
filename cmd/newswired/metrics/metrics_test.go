package metrics

import (
	"context"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil"

	"newswired/feed"
)

// full returns a Metrics of which everything has happened once.
func full(t *testing.T) *Metrics {
	t.Helper()
	m := New("v1.2.3")
	m.Watch(func(context.Context) (Facts, error) {
		return Facts{
			Vitals: feed.Vitals{
				Articles: 7, Used: 3000, Free: 1000,
				Feeds: []feed.FeedVitals{{Name: "all", Entered: 5, Changed: time.Unix(100, 0)}, {Name: "desk", Entered: 2}},
				Sources: []feed.SourceVitals{
					{Name: "wire", State: "ok", LastFetch: time.Unix(90, 0), LastWell: time.Unix(90, 0)},
					{Name: "paper", State: "failing", LastFetch: time.Unix(95, 0), LastWell: time.Unix(40, 0), FailingSince: time.Unix(50, 0)},
					{Name: "dead", State: "stopped", LastWell: time.Unix(10, 0)},
					{Name: "fresh", State: "new"},
				},
			},
			PollsDue: 1, PollsLate: 90 * time.Second, Unwritten: true,
			Hidden: func(name string) bool { return name == "desk" },
		}, nil
	})
	m.Poll(&feed.Poll{Status: 200, Document: &feed.Document{}, Bytes: 500, Took: time.Second}, feed.Recorded{Refused: 2}, nil)
	m.Poll(&feed.Poll{Status: 200, Bytes: 500, Took: time.Second}, feed.Recorded{}, nil)
	m.Poll(&feed.Poll{Status: 304, Took: time.Second}, feed.Recorded{}, nil)
	m.Poll(&feed.Poll{Kind: feed.Timeout, Took: time.Minute}, feed.Recorded{}, nil)
	m.Poll(&feed.Poll{Kind: feed.Keyless}, feed.Recorded{}, nil)
	m.Poll(&feed.Poll{Status: 304}, feed.Recorded{}, errors.New("no room"))
	m.Poll(&feed.Poll{Status: 200, Document: &feed.Document{}}, feed.Recorded{}, feed.ErrLeftOut)
	m.Poll(&feed.Poll{}, feed.Recorded{}, context.Canceled)
	m.Poll(&feed.Poll{Pushed: true, Document: &feed.Document{}, Bytes: 24}, feed.Recorded{}, nil)
	m.Poll(&feed.Poll{Pushed: true, Kind: feed.NotAFeed}, feed.Recorded{}, nil)
	m.Page(&feed.PageFetch{Page: &feed.Page{}}, nil)
	m.Page(&feed.PageFetch{}, nil)
	m.Page(&feed.PageFetch{Kind: feed.Paywall}, nil)
	m.Subscriber(&feed.Subscriber{})
	m.Ping(&feed.Ping{Telling: feed.Telling{Failures: 1}})
	m.Rendered("/feeds/all.atom", time.Millisecond)
	m.Reloaded(false, time.Now())
	return m
}

// scrape returns the lines of an answer that are no comments.
func scrape(t *testing.T, m *Metrics) (text string) {
	t.Helper()
	w := httptest.NewRecorder()
	m.Handler(slog.New(slog.DiscardHandler)).ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	if w.Code != 200 {
		t.Fatalf("status %d: %s", w.Code, w.Body)
	}
	for line := range strings.Lines(w.Body.String()) {
		if !strings.HasPrefix(line, "#") {
			text += line
		}
	}
	return text
}

func TestMetrics(t *testing.T) {
	text := scrape(t, full(t))
	for _, line := range []string{
		`newswired_polls_total{outcome="ok"} 1`,
		`newswired_polls_total{outcome="unchanged"} 1`,
		`newswired_polls_total{outcome="not modified"} 1`,
		`newswired_polls_total{outcome="timeout"} 1`,
		`newswired_polls_total{outcome="no credential"} 1`,
		`newswired_polls_total{outcome="not recorded"} 1`,
		`newswired_polls_total{outcome="gone"} 0`,
		`newswired_poll_duration_seconds_bucket{le="2.5"} 4`,
		`newswired_poll_duration_seconds_count 5`,
		`newswired_poll_received_bytes_total 1024`,
		`newswired_items_refused_total 2`,
		`newswired_deliveries_total{outcome="ok"} 1`,
		`newswired_deliveries_total{outcome="not a feed"} 1`,
		`newswired_pages_total{outcome="ok"} 1`,
		`newswired_pages_total{outcome="not modified"} 1`,
		`newswired_pages_total{outcome="paywall"} 1`,
		`newswired_subscriber_deliveries_total{outcome="ok"} 1`,
		`newswired_hub_pings_total{outcome="failed"} 1`,
		`newswired_render_duration_seconds_count{handler="atom"} 1`,
		`newswired_config_last_reload_successful 0`,
		`newswired_new_articles_total 7`,
		`newswired_database_size_bytes 4000`,
		`newswired_database_writable 0`,
		`newswired_offline 0`,
		`newswired_polls_due_age_seconds 90`,
		`newswired_oldest_success_timestamp_seconds 40`,
		`newswired_sources{state="failing"} 1`,
		`newswired_sources{state="offline"} 0`,
		`newswired_source_last_success_timestamp_seconds{source="paper"} 40`,
		`newswired_source_failing_since_timestamp_seconds{source="paper"} 50`,
		`newswired_feed_entries_total{feed="all"} 5`,
		`newswired_feed_changed_timestamp_seconds{feed="all"} 100`,
	} {
		if !strings.Contains(text, line+"\n") {
			t.Errorf("missing: %s", line)
		}
	}
	for _, secret := range []string{`"desk"`, `"fresh"`, `failing_since_timestamp_seconds{source="wire"}`} {
		if strings.Contains(text, secret) {
			t.Errorf("%s is told", secret)
		}
	}
	if !strings.Contains(text, `newswired_build_info{goversion="`) || !strings.Contains(text, "\ngo_goroutines ") {
		t.Errorf("neither build nor Go:\n%s", text)
	}
}

// Names and sentences are as Prometheus wants them.
func TestLint(t *testing.T) {
	problems, err := testutil.GatherAndLint(full(t).registry)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Errorf("%s: %s", p.Metric, p.Text)
	}
}

// Every kind of failure that there is can be looked for before it happens.
func TestEveryKind(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join("..", "..", "..", "feed", "poll.go"), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	text, kinds := scrape(t, New("")), 0
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if name, ok := spec.Type.(*ast.Ident); !ok || name.Name != "Kind" {
			return true
		}
		kind, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
		if err != nil || kind == "" || feed.Kind(kind) == feed.Expired { // nobody asks for what is given up
			return true
		}
		kinds++
		if !strings.Contains(text, `newswired_polls_total{outcome="`+kind+`"} 0`) && !strings.Contains(text, `newswired_pages_total{outcome="`+kind+`"} 0`) {
			t.Errorf("no series of %q", kind)
		}
		return true
	})
	if kinds < 20 {
		t.Errorf("only %d kinds found", kinds)
	}
}

// A database that does not answer takes nothing away but what it would tell.
func TestNoFacts(t *testing.T) {
	m := New("")
	m.Watch(func(context.Context) (Facts, error) { return Facts{}, errors.New("locked") })
	text := scrape(t, m)
	if !strings.Contains(text, `newswired_polls_total{outcome="ok"} 0`) || strings.Contains(text, "newswired_articles") {
		t.Errorf("scraped:\n%s", text)
	}
}

// What is answered is counted by what answers and how; what strangers make up adds
// no series.
func TestServed(t *testing.T) {
	m := New("")
	h := m.Served(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case strings.HasPrefix(r.URL.Path, "/feeds/none"):
			http.NotFound(w, r)
		case r.Header.Get("If-None-Match") != "":
			w.WriteHeader(http.StatusNotModified)
		default:
			http.NewResponseController(w).Flush() // it is found
			io.WriteString(w, "12345")
		}
	}))
	ask := func(path, etag string) {
		r := httptest.NewRequest("GET", path, nil)
		if etag != "" {
			r.Header.Set("If-None-Match", etag)
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if etag == "" && !w.Flushed && w.Code == 200 {
			t.Error("not flushed")
		}
	}
	for range 100 {
		ask("/feeds/none"+strings.Repeat("x", int(time.Now().UnixNano()%97))+".atom", "")
		ask("/"+strconv.Itoa(int(time.Now().UnixNano())), "")
	}
	for _, path := range []string{"/", "/feeds/a", "/stories/1", "/feeds/a.atom", "/feeds/a/archive/2.atom", "/feeds/a.rss", "/feeds/a.json", "/opml", "/style.css", "/hub", "/websub/x", "/healthz", "/readyz", "/metrics"} {
		ask(path, "")
	}
	ask("/feeds/a.atom", "x")
	text := scrape(t, m)
	for _, line := range []string{
		`newswired_http_requests_total{code="404",handler="atom"} 100`,
		`newswired_http_requests_total{code="200",handler="atom"} 2`,
		`newswired_http_requests_total{code="304",handler="atom"} 1`,
		`newswired_http_requests_total{code="200",handler="html"} 3`,
		`newswired_http_requests_total{code="200",handler="other"} 100`,
		`newswired_http_requests_total{code="200",handler="websub"} 1`,
		`newswired_http_sent_bytes_total{handler="rss"} 5`,
		`newswired_http_sent_bytes_total{handler="html"} 15`,
	} {
		if !strings.Contains(text, line+"\n") {
			t.Errorf("missing: %s", line)
		}
	}
	if n := strings.Count(text, "newswired_http_requests_total{"); n != len(handlers)+2 {
		t.Errorf("%d series of requests", n)
	}
}

// BenchmarkServed is what counting adds to an answer.
func BenchmarkServed(b *testing.B) {
	h := New("").Served(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotModified) }))
	r, w := httptest.NewRequest("GET", "/feeds/all.atom", nil), httptest.NewRecorder()
	b.ReportAllocs()
	for b.Loop() {
		h.ServeHTTP(w, r)
	}
}

// BenchmarkPoll is what counting adds to a poll.
func BenchmarkPoll(b *testing.B) {
	m, p := New(""), &feed.Poll{Status: 304, Took: time.Second}
	b.ReportAllocs()
	for b.Loop() {
		m.Poll(p, feed.Recorded{}, nil)
	}
}
