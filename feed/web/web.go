// Package web answers requests: Editions for feed readers, pages for people.
//
// It promises that an Edition is a matter of bytes in memory. Each is rendered
// once per change that concerns it, by one goroutine; meanwhile the others get
// the former one. All of them together keep to a budget, however many feeds there
// are. As long as the Library's generation stands still no question
// is put to it, and a failing Library costs readers nothing but freshness. The
// ETag is a digest of the bytes, so that a reader is told "not modified" if and
// only if that is true, across restarts too.
//
// The pages are plain HTML with one style sheet: no script, no cookie, no
// request to anybody else, and a Content-Security-Policy that holds them to it.
//
// The paths, all of them for GET and HEAD:
//
//	/                    the feeds
//	/status              how each source is, and newswired itself
//	/feeds/NAME          the newest entries of a Feed, for people
//	/stories/12          a Story: its carriers, its versions, why it is one
//	/feeds/NAME.atom     its Editions: .atom, .rss, .json
//	/feeds/NAME/archive/7.atom   what entered before, in the same formats
//	/feeds/_status.atom  what the operator should see to: .atom, .rss, .json
//	/opml                the feeds, for readers to subscribe to all
//	/style.css           of the pages
//	/healthz, /readyz    whether we are alive, and whether polling and storing work
//	/metrics             for Prometheus, if it is wanted here
//	/websub/             what hubs ask and deliver: another handler's
//	/hub                 our own hub, if there is one: POST
//
// A path is looked up as a whole in one map and an answer's header is made
// beforehand, so that serving an Edition costs little more than writing it. A
// query asks for nothing, but for the token of a private Feed.
//
// Nothing is decided here: what is in a Feed, the Library says, and what an
// Entry looks like, package render.
//
// Begin with Site.ServeHTTP. The map is laid out for each configuration in
// routes.go; each path has a shelf, which gets a rendering, serves it and decides
// when it is renewed (shelf.go, shelf_refresh.go, rendering.go). A maker makes what
// stands there (document.go, pages.go, status.go, story.go). The hub is beside
// that, in hub.go.
package web

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"sync"
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
	// Section returns what a document of the Feed shows: the subscription document
	// for number 0, with limit Entries and those with late news, else an archive;
	// feed.ErrNoArchive if there is none of that number.
	Section(ctx context.Context, feed string, number, limit int) (feed.Section, error)
	// Account returns a Story with all that is known about it, or the older one
	// that it turned out to be; feed.ErrNotStored if there is none. It is the
	// caller's to change.
	Account(ctx context.Context, id int64) (*feed.Account, error)
	// States counts the Sources by their state.
	States(ctx context.Context) (map[string]int, error)
	// Health returns how the Sources are, each with its next poll, and newswired
	// itself.
	Health(ctx context.Context, now time.Time) (feed.Health, feed.Self, error)
	// TagPrefix returns what the ids of feeds begin with, "tag:HOST,YEAR:ID/";
	// it never changes.
	TagPrefix(ctx context.Context) (string, error)
}

// A Config is what the operator decides.
type Config struct {
	BaseURL string         // how readers reach us, http or https
	Feeds   []feed.Feed    // in the order in which people see them
	Status  feed.Feed      // of Alerts, linked from /status alone; no name means that there is none
	Zone    *time.Location // of the times on pages; nil means UTC
	Version string         // of newswired
	Probes  Probes         // answer machines that watch us
	Push    http.Handler   // answers below /websub/, any method; nil means nobody does

	WebSub WebSub // who is told of changes

	// Access has the keys of each private Feed, by its name; a Feed that is there
	// without any is closed to everybody.
	Access map[string][]Key

	// Rendered is told of each rendering that a path needed, and what it took. nil
	// means that nobody wants to know.
	Rendered func(path string, took time.Duration)

	// NextPoll returns when a Feed may change next: until then caches may keep its
	// Editions. nil means that nobody knows.
	NextPoll func(feed string) time.Time
}

// A Site is the http.Handler that serves a Library. It is safe for use by
// several goroutines.
type Site struct {
	lib    Library
	log    *slog.Logger
	budget *budget
	routes atomic.Pointer[routes] // replaced whole, never changed
	hub    *hub
	work   sync.WaitGroup // renderings that no request waits for
}

// New returns a Site. Nothing is asked of the Library before the first request.
func New(lib Library, cfg Config, log *slog.Logger) *Site {
	s := &Site{lib: lib, log: log, budget: newBudget(memory)}
	s.routes.Store(s.newRoutes(cfg, nil))
	s.hub = newHub(s, log)
	return s
}

// Configure replaces the configuration. Requests under way end with the former
// one. What was rendered stays, save for feeds that changed. Calls must not
// overlap.
func (s *Site) Configure(cfg Config) {
	former := s.routes.Load()
	next := s.newRoutes(cfg, former)
	s.routes.Store(next)
	former.leave(next, s.budget)
}

// ServeHTTP answers GET and HEAD of the paths that the configuration gives: 404
// where there is nothing, whatever the method, and 405 for other methods.
func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	routes := s.routes.Load()
	if routes.push != nil && strings.HasPrefix(r.URL.Path, feed.CallbackPath) {
		guard(w)
		routes.push.ServeHTTP(w, r)
		return
	}
	if routes.websub.Own && r.URL.Path == hubPath {
		s.hub.serve(w, r, routes)
		return
	}
	shelf := routes.shelves[r.URL.Path]
	var doc document
	found, probe := shelf != nil, http.HandlerFunc(nil)
	if !found {
		probe = routes.probes.find(r.URL.Path)
	}
	if !found && probe == nil {
		doc, found = routes.find(r.URL.Path)
	}
	var err error
	switch {
	case !found && probe == nil:
		notFound(w)
	case notRead(r):
		refuseMethod(w)
	case probe != nil:
		probe(w, r)
	case shelf == nil:
		err = routes.unshelved(w, r, doc)
	case r.URL.Path == "/opml":
		// Who shows no secret gets the list of the public feeds, from its shelf.
		if p, ok := present(r); ok {
			err = routes.serveOpened(w, r, p)
			break
		}
		fallthrough
	default:
		err = shelf.serve(w, r)
	}
	switch {
	case errors.Is(err, feed.ErrNoArchive):
		notFound(w)
	case errors.Is(err, feed.ErrNotStored):
		say(w, http.StatusNotFound, "there is no such story, or no public feed has it; the address of a private feed's story ends in ?token=TOKEN, as those on its page do")
	case err != nil: // the reason is in the log and no business of the client's
		w.Header().Set("Retry-After", "30")
		say(w, http.StatusServiceUnavailable, "the database does not answer; please try again")
	}
}

// notFound answers where there is nothing.
func notFound(w http.ResponseWriter) {
	say(w, http.StatusNotFound, "there is no such page; the first page lists the feeds")
}

// notRead reports whether a request wants something else than to read.
func notRead(r *http.Request) bool { return r.Method != http.MethodGet && r.Method != http.MethodHead }

// refuseMethod answers who wants something else than to read.
func refuseMethod(w http.ResponseWriter) {
	w.Header().Set("Allow", "GET, HEAD")
	say(w, http.StatusMethodNotAllowed, "only GET and HEAD are answered here")
}

// say answers with a line of text that nobody may keep. The text must be our
// own or on one line.
func say(w http.ResponseWriter, status int, text string) {
	guard(w)
	h := w.Header()
	h["Content-Type"] = []string{"text/plain; charset=utf-8"}
	h["Cache-Control"] = []string{"no-store"}
	w.WriteHeader(status)
	// A client that has gone away needs no answer.
	_, _ = w.Write([]byte(text + "\n"))
}

// guard sets what is in every answer.
func guard(w http.ResponseWriter) {
	for _, f := range guards {
		w.Header()[f.name] = f.value
	}
}
