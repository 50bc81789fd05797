// Package web answers requests: Editions for feed readers, pages for people.
//
// It promises that an Edition is a matter of bytes in memory. Each is rendered
// once per change that concerns it, by one goroutine; meanwhile the others get
// the former one. As long as the Library's generation stands still no question
// is put to it, and a failing Library costs readers nothing but freshness. The
// ETag is a digest of the bytes, so that a reader is told "not modified" if and
// only if that is true, across restarts too.
//
// The pages are plain HTML with one style sheet: no script, no cookie, no
// request to anybody else, and a Content-Security-Policy that holds them to it.
//
// The paths, all of them for GET and HEAD:
//
//	/                    the feeds, and the sources with their health
//	/feeds/NAME          the newest entries of a Feed, for people
//	/feeds/NAME.atom     its Editions: .atom, .rss, .json
//	/style.css           of the pages
//	/healthz             200 while we are well, else 503 with the reason
//	/websub/             what hubs ask and deliver: another handler's
//
// A path is looked up as a whole in one map and an answer's header is made
// beforehand, so that serving an Edition costs little more than writing it.
//
// Nothing is decided here: what is in a Feed, the Library says, and what an
// Entry looks like, package render.
package web

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"newswired/feed"
)

// A Library is what Serve needs of a store.
type Library interface {
	// Generation rises whenever anything may have changed. It is called for
	// every request and must be cheap.
	Generation() uint64
	// Changed returns when the Feed last changed, to the millisecond; the zero
	// time if it never had an Entry.
	Changed(ctx context.Context, feed string) (time.Time, error)
	// Entries returns the newest entries of the Feed, newest entered first.
	Entries(ctx context.Context, feed string, limit int) ([]feed.Entry, error)
	// Sources returns every Source with its health.
	Sources(ctx context.Context) ([]feed.SourceStatus, error)
	// TagPrefix returns what the ids of feeds begin with, "tag:HOST,YEAR:ID/";
	// it never changes.
	TagPrefix(ctx context.Context) (string, error)
}

// A Config is what the operator decides.
type Config struct {
	BaseURL string         // how readers reach us, http or https
	Feeds   []feed.Feed    // in the order in which people see them
	Zone    *time.Location // of the times on pages; nil means UTC
	Version string         // of newswired
	MaxAge  time.Duration  // how long an Edition is fresh for caches
	Alive   func() error   // says why we are not well; nil means we always are
	Push    http.Handler   // answers below /websub/, any method; nil means nobody does
}

// A Site is the http.Handler that serves a Library. It is safe for use by
// several goroutines.
type Site struct {
	lib    Library
	log    *slog.Logger
	routes atomic.Pointer[routes] // replaced whole, never changed
}

// New returns a Site. Nothing is asked of the Library before the first request.
func New(lib Library, cfg Config, log *slog.Logger) *Site {
	s := &Site{lib: lib, log: log}
	s.routes.Store(newRoutes(lib, cfg, log, nil))
	return s
}

// Configure replaces the configuration. Requests under way end with the former
// one. What was rendered stays, save for feeds that changed. Calls must not
// overlap.
func (s *Site) Configure(cfg Config) {
	s.routes.Store(newRoutes(s.lib, cfg, s.log, s.routes.Load()))
}

// ServeHTTP answers GET and HEAD of the paths that the configuration gives: 404
// where there is nothing, whatever the method, and 405 for other methods.
func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	routes := s.routes.Load()
	if routes.push != nil && strings.HasPrefix(r.URL.Path, feed.CallbackPath) {
		routes.push.ServeHTTP(w, r)
		return
	}
	shelf, found := routes.shelves[r.URL.Path]
	health := r.URL.Path == "/healthz"
	switch {
	case !found && !health:
		say(w, http.StatusNotFound, "there is no such page")
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		w.Header().Set("Allow", "GET, HEAD")
		say(w, http.StatusMethodNotAllowed, "only GET and HEAD are answered here")
	case health:
		serveHealth(w, routes.alive)
	default:
		serveShelf(w, r, shelf)
	}
}

// serveShelf answers from a shelf, or says that we cannot for the moment. The
// reason is in the log and is no business of the client's.
func serveShelf(w http.ResponseWriter, r *http.Request, shelf *shelf) {
	current, err := shelf.get(r.Context())
	if err != nil {
		w.Header().Set("Retry-After", "30")
		say(w, http.StatusServiceUnavailable, "the database does not answer; please try again")
		return
	}
	current.serve(w, r)
}

// serveHealth tells the reason on one line, for monitors show the body.
func serveHealth(w http.ResponseWriter, alive func() error) {
	if alive != nil {
		if err := alive(); err != nil {
			say(w, http.StatusServiceUnavailable, feed.OneLine(err.Error()))
			return
		}
	}
	say(w, http.StatusOK, "ok")
}

// say answers with a line of text that nobody may keep. The text must be our
// own or on one line.
func say(w http.ResponseWriter, status int, text string) {
	h := w.Header()
	for _, f := range guards {
		h[f.name] = f.value
	}
	h["Content-Type"] = []string{"text/plain; charset=utf-8"}
	h["Cache-Control"] = []string{"no-store"}
	w.WriteHeader(status)
	// A client that has gone away needs no answer.
	_, _ = w.Write([]byte(text + "\n"))
}
