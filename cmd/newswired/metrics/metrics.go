// Package metrics counts what newswired does, for Prometheus.
//
// What happens is counted as it happens, at the price of an atomic addition, and
// lost with the process, as Prometheus expects. What the database knows is asked
// for when somebody scrapes, all of it once, and was counted by whoever wrote: a
// poll on the command line, too.
//
// Names follow https://prometheus.io/docs/practices/naming/. How many series there
// are is decided by the configuration and by lists in this package, never by what
// servers or clients send.
//
// Begin with New, which names the counters. The methods of count.go are called
// where something happens; facts.go asks for the rest at each scrape, and serve.go
// counts requests and answers the scrapes.
package metrics

import (
	"log/slog"
	"net/http"
	"runtime"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"newswired/feed"
)

// A Metrics counts. Its methods may be called by several goroutines.
type Metrics struct {
	registry *prometheus.Registry

	polls        *prometheus.CounterVec
	pollTime     prometheus.Histogram
	received     prometheus.Counter
	refused      prometheus.Counter
	deliveries   *prometheus.CounterVec
	pages        *prometheus.CounterVec
	subscribers  *prometheus.CounterVec
	pings        *prometheus.CounterVec
	requests     *prometheus.CounterVec
	sent         *prometheus.CounterVec
	renderTime   *prometheus.HistogramVec
	reloadWell   prometheus.Gauge
	reloadedWell prometheus.Gauge
}

// Outcomes that are no Kind of failure, which are outcomes by their own names.
const (
	ok          = "ok"
	notModified = "not modified" // 304
	unchanged   = "unchanged"    // the bytes that are stored, sent anew: a server without validators
	unrecorded  = "not recorded" // our own fault: the database did not take it
	failed      = "failed"
)

// Every outcome is there from the start, as 0: a rate needs a value to rise from.
var (
	pollKinds = []feed.Kind{
		feed.Offline, feed.Unreachable, feed.Timeout, feed.Forbidden, feed.BadStatus, feed.TooLarge, feed.Truncated,
		feed.NotAFeed, feed.Panicked, feed.Gone, feed.Keyless, feed.Challenge,
	}
	deliveryKinds = []feed.Kind{feed.TooLarge, feed.NotAFeed, feed.Panicked}
	pageKinds     = []feed.Kind{
		feed.Offline, feed.Unreachable, feed.Timeout, feed.Forbidden, feed.BadStatus, feed.TooLarge, feed.Truncated, feed.Panicked,
		feed.Challenge, feed.Disallowed, feed.Paywall, feed.Consent, feed.Login, feed.NotHTML, feed.NoText, feed.SaysLess, feed.OtherText,
	}
)

// New returns a Metrics of a version of newswired, whose configuration was read
// just now.
func New(version string) *Metrics {
	m := &Metrics{registry: prometheus.NewRegistry()}
	m.polls = m.counters("polls_total", "Polls by outcome: ok (another document than before), not modified (304), unchanged (the same document, sent again), a kind of failure, or not recorded (the database did not take it).", "outcome",
		append(kinds(pollKinds), ok, notModified, unchanged, unrecorded)...)
	m.pollTime = prometheus.NewHistogram(prometheus.HistogramOpts{
		Name: "newswired_poll_duration_seconds", Help: "How long polls took, from the first request until the document was read; waiting for the host's turn left out.",
		Buckets: []float64{0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60},
	})
	m.received = m.counter("poll_received_bytes_total", "Bytes of the documents that polls and hubs brought, decoded.")
	m.refused = m.counter("items_refused_total", "Items of documents that could not become an article.")
	m.deliveries = m.counters("deliveries_total", "Documents that hubs delivered (WebSub) by outcome: ok, a kind of failure, or not recorded.", "outcome",
		append(kinds(deliveryKinds), ok, unrecorded)...)
	m.pages = m.counters("pages_total", "Pages of articles that were asked for by outcome: ok, not modified, a kind of failure, or not recorded.", "outcome",
		append(kinds(pageKinds), ok, notModified, unrecorded)...)
	m.subscribers = m.counters("subscriber_deliveries_total", "Editions that our hub delivered to subscribers (WebSub) by outcome.", "outcome", ok, failed)
	m.pings = m.counters("hub_pings_total", "Changes of feeds that hubs of others were told of (WebSub) by outcome.", "outcome", ok, failed)
	m.requests = prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "newswired_http_requests_total", Help: "Requests that were answered, by what answered and status.",
	}, []string{"handler", "code"})
	m.sent = m.counters("http_sent_bytes_total", "Bytes of the bodies of answers, as sent, by what answered.", "handler", handlers[:]...)
	m.renderTime = prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "newswired_render_duration_seconds", Help: "How long it took to render what is then served from memory, questions to the database included.",
		Buckets: []float64{0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10},
	}, []string{"handler"})
	m.reloadWell = m.gauge("config_last_reload_successful", "1 if the configuration that was read last is at work, 0 if it was refused and the former one goes on.")
	m.reloadedWell = m.gauge("config_last_reload_success_timestamp_seconds", "When the configuration at work was read.")
	build := prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "newswired_build_info", Help: "1, with the version.",
		ConstLabels: prometheus.Labels{"version": version, "goversion": runtime.Version()},
	})
	build.Set(1)
	m.registry.MustRegister(m.pollTime, m.requests, m.renderTime, build,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	m.Reloaded(true, time.Now())
	return m
}

// counter registers a counter.
func (m *Metrics) counter(name, help string) prometheus.Counter {
	c := prometheus.NewCounter(prometheus.CounterOpts{Name: "newswired_" + name, Help: help})
	m.registry.MustRegister(c)
	return c
}

// counters registers a counter for each value of a label. These values are there
// from the start.
func (m *Metrics) counters(name, help, label string, values ...string) *prometheus.CounterVec {
	c := prometheus.NewCounterVec(prometheus.CounterOpts{Name: "newswired_" + name, Help: help}, []string{label})
	for _, v := range values {
		c.WithLabelValues(v)
	}
	m.registry.MustRegister(c)
	return c
}

// gauge registers a gauge.
func (m *Metrics) gauge(name, help string) prometheus.Gauge {
	g := prometheus.NewGauge(prometheus.GaugeOpts{Name: "newswired_" + name, Help: help})
	m.registry.MustRegister(g)
	return g
}

// kinds returns Kinds as values of a label.
func kinds(all []feed.Kind) []string {
	values := make([]string, len(all))
	for i, k := range all {
		values[i] = string(k)
	}
	return values
}

// scrapes is how many may be answered at a time: a monitor is one, and a stranger
// must not have the database asked as often as he likes.
const scrapes = 3

// Handler answers scrapes. What cannot be had is left out and logged; the rest is
// answered all the same.
func (m *Metrics) Handler(log *slog.Logger) http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{
		Registry:            m.registry,
		ErrorLog:            slog.NewLogLogger(log.Handler(), slog.LevelError),
		ErrorHandling:       promhttp.ContinueOnError,
		MaxRequestsInFlight: scrapes,
	})
}
