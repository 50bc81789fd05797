package web

import (
	"net/http"

	"newswired/feed"
)

// Probes answer the machines that watch us:
//
//	/healthz   200 while we are alive; else 503, and a restart would help
//	/readyz    200 while polling and storing work; else 503 with the reason, for which no restart helps
//	/metrics   for Prometheus
//
// As an http.Handler they answer nothing else.
type Probes struct {
	Alive, Ready func() error // says why we are not; nil means we always are
	Metrics      http.Handler // nil: /metrics is not there
}

// inTurn returns Probes whose checks are made by one at a time.
func (p Probes) inTurn() Probes { return Probes{inTurn(p.Alive), inTurn(p.Ready), p.Metrics} }

// ServeHTTP answers GET and HEAD.
func (p Probes) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch probe := p.find(r.URL.Path); {
	case probe == nil:
		notFound(w)
	case notRead(r):
		refuseMethod(w)
	default:
		probe(w, r)
	}
}

// find returns what answers a path, nil if none of them does.
func (p Probes) find(path string) http.HandlerFunc {
	switch {
	case path == "/healthz":
		return tellHealth(p.Alive)
	case path == "/readyz":
		return tellHealth(p.Ready)
	case path == "/metrics" && p.Metrics != nil:
		return func(w http.ResponseWriter, r *http.Request) {
			guard(w)
			w.Header()["Cache-Control"] = []string{"no-store"}
			p.Metrics.ServeHTTP(w, r)
		}
	}
	return nil
}

// tellHealth tells the reason on one line, for monitors show the body; strangers see
// it, too.
func tellHealth(check func() error) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		if check != nil {
			if err := check(); err != nil {
				say(w, http.StatusServiceUnavailable, feed.Tellable(err.Error()))
				return
			}
		}
		say(w, http.StatusOK, "ok")
	}
}
