package metrics

import (
	"net/http"
	"strconv"
	"strings"
)

// handlers are what answers requests, as the label of that name has it.
var handlers = [...]string{"atom", "rss", "json", "html", "css", "opml", "hub", "websub", "healthz", "readyz", "metrics", "other"}

// handlerOf returns what answers a path, or would if the path were there: there
// are as many labels as in the list above, whatever strangers ask for.
func handlerOf(path string) string {
	switch path {
	case "/", "/status":
		return "html"
	case "/style.css":
		return "css"
	case "/opml", "/hub", "/healthz", "/readyz", "/metrics":
		return path[1:]
	}
	if strings.HasPrefix(path, "/websub/") {
		return "websub"
	}
	if !strings.HasPrefix(path, "/feeds/") && !strings.HasPrefix(path, "/stories/") {
		return "other"
	}
	switch name := path[strings.LastIndexByte(path, '/'):]; {
	case strings.HasSuffix(name, ".atom"):
		return "atom"
	case strings.HasSuffix(name, ".rss"):
		return "rss"
	case strings.HasSuffix(name, ".json"):
		return "json"
	}
	return "html"
}

// Served returns a handler that counts what another one answers.
func (m *Metrics) Served(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		watched := watcher{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(&watched, r)
		handler := handlerOf(r.URL.Path)
		m.requests.WithLabelValues(handler, strconv.Itoa(watched.status)).Inc()
		m.sent.WithLabelValues(handler).Add(float64(watched.sent))
	})
}

// A watcher notes what is answered.
type watcher struct {
	http.ResponseWriter
	status int
	sent   int // bytes of the body
}

// WriteHeader notes the status.
func (w *watcher) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

// Write notes how much is sent.
func (w *watcher) Write(b []byte) (int, error) {
	n, err := w.ResponseWriter.Write(b)
	w.sent += n
	return n, err
}

// Unwrap lets http.ResponseController set deadlines.
func (w *watcher) Unwrap() http.ResponseWriter { return w.ResponseWriter }
