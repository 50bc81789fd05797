package main

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// A pushRig is the whole program in a bubble, a publisher at wire.example and a
// hub at hub.localhost, on a network in memory.
type pushRig struct {
	t      *testing.T
	wire   *wire
	hub    *hub
	pub    *publisher
	app    *app
	file   string
	server *server
	db     *sql.DB
	logMu  sync.Mutex
	log    bytes.Buffer
}

// Write takes the log.
func (r *pushRig) Write(line []byte) (int, error) {
	r.logMu.Lock()
	defer r.logMu.Unlock()
	return r.log.Write(line)
}

const pushConfig = `listen: "news.example:80"
base_url: http://news.example
timezone: UTC
schedule: "@every 10m"
host_pause: 0s
max_body: 64KiB
sources: [{name: wire, url: http://wire.example/rss}]
feeds: [{name: all}]
`

// inPush runs a test in a bubble, before anything has started.
func inPush(t *testing.T, test func(*pushRig)) {
	synctest.Test(t, func(t *testing.T) {
		r := &pushRig{t: t, wire: newWire(), pub: &publisher{kind: "application/rss+xml"}, file: filepath.Join(t.TempDir(), "config.yaml")}
		r.hub = newHub(&http.Client{Transport: &http.Transport{DialContext: r.wire.dial, DisableKeepAlives: true}})
		r.pub.set(rssDoc(hubLinks, 1))
		r.app = &app{stdout: io.Discard, stderr: io.Discard, listen: r.wire.listen, dial: r.wire.dial}
		defer r.wire.serve(t, http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
			switch {
			case strings.HasPrefix(q.Host, "hub"):
				r.hub.ServeHTTP(w, q)
			case q.Host == "news.example": // a proxy before us, while we are down
				w.WriteHeader(http.StatusBadGateway)
			default:
				r.pub.ServeHTTP(w, q)
			}
		}))()
		r.configure(pushConfig)
		test(r)
		if r.server != nil {
			r.stop()
		}
		r.hub.busy.Wait()
		if t.Failed() {
			t.Logf("log:\n%s", r.log.String())
		}
	})
}

func (r *pushRig) configure(text string) {
	r.t.Helper()
	text += "database: " + filepath.ToSlash(filepath.Join(filepath.Dir(r.file), "newswired.db")) + "\n"
	if err := os.WriteFile(r.file, []byte(text), 0o600); err != nil {
		r.t.Fatal(err)
	}
}

// begin starts the program, and waits until it had the time to subscribe.
func (r *pushRig) begin() {
	r.t.Helper()
	c, err := loadConfig(r.file, shortest)
	if err != nil {
		r.t.Fatal(err)
	}
	if r.server, err = r.app.start(context.Background(), c, slog.New(slog.NewTextHandler(r, nil))); err != nil {
		r.t.Fatal(err)
	}
	r.db = openViews(r.t, c.Database)
	r.wait(25 * time.Second)
}

func (r *pushRig) stop() {
	r.t.Helper()
	r.db.Close()
	if err := r.server.stop(); err != nil {
		r.t.Error(err)
	}
	r.server = nil
}

func (r *pushRig) wait(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

// text returns one value as text, "" for NULL.
func (r *pushRig) text(query string) string {
	r.t.Helper()
	var s sql.NullString
	if err := r.db.QueryRow(query).Scan(&s); err != nil && !errors.Is(err, sql.ErrNoRows) {
		r.t.Errorf("%s: %v", query, err)
	}
	return s.String
}

// want compares what a query finds.
func (r *pushRig) want(query, want string) {
	r.t.Helper()
	if got := r.text(query); got != want {
		r.t.Errorf("%s: %s: %q, want %q", time.Now().Format("Jan 2 15:04:05"), query, got, want)
	}
}

// push is the state of the Source's push.
const push = "SELECT push FROM sources"

// news counts Articles.
const news = "SELECT count(*) FROM articles"

// publish delivers, and compares the statuses of the answers.
func (r *pushRig) publish(p ping, want ...int) {
	r.t.Helper()
	if got := r.hub.publish(p); !slices.Equal(got, want) {
		r.t.Errorf("the answers to a delivery are %d, want %d", got, want)
	}
	r.wait(time.Second)
}

// requests compares what the hub was asked for.
func (r *pushRig) requests(want ...string) {
	r.t.Helper()
	if got := r.hub.requests(); !slices.Equal(got, want) {
		r.t.Errorf("%s: the hub was asked to %q, want %q", time.Now().Format("Jan 2 15:04:05"), got, want)
	}
}
