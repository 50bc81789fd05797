package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"newswired/feed"
)

// An alertRig is a daemon with two Sources, of which one can be made to fail, and
// with a command that writes down what it is told.
type alertRig struct {
	t      *testing.T
	wire   *wire
	app    *app
	config *config
	server *server
	folder string
	broken atomic.Bool
}

// tell writes what it reads behind the subject. It fails as long as there is a file
// named down.
const tell = `cd "$0" && test ! -e down && { echo "$NEWSWIRED_SUBJECT +$NEWSWIRED_BEGAN -$NEWSWIRED_ENDED"; cat; } >>told`

func runAlerts(t *testing.T, test func(t *testing.T, r *alertRig)) {
	if _, err := exec.LookPath("sh"); err != nil {
		t.Skip("no sh")
	}
	synctest.Test(t, func(t *testing.T) {
		r := &alertRig{t: t, wire: newWire(), folder: t.TempDir()}
		defer r.wire.serve(t, http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
			if r.broken.Load() && strings.HasPrefix(q.Host, "b.") {
				http.NotFound(w, q)
				return
			}
			fmt.Fprintf(w, `<rss version="2.0"><channel><title>x</title><item><guid>%s</guid><title>News of %[1]s</title></item></channel></rss>`, q.Host)
		}))()
		r.app = &app{stdout: io.Discard, stderr: io.Discard, listen: r.wire.listen, dial: r.wire.dial}
		var err error
		if r.config, err = parseConfig("config.yaml", fmt.Appendf(nil, "database: %q\non_alert: [sh, -c, %q, %q]\nalert_after: 3h\nschedule: \"@every 10m\"\nfeeds: [{name: all}]\nsources: [{name: a, url: http://a.example/rss}, {name: b, url: http://b.example/rss}]\n",
			filepath.Join(r.folder, "newswired.db"), tell, r.folder), shortest); err != nil {
			t.Fatal(err)
		}
		r.start()
		defer func() { r.stop() }()
		test(t, r)
	})
}

func (r *alertRig) start() {
	r.t.Helper()
	var err error
	if r.server, err = r.app.start(context.Background(), r.config, slog.New(slog.DiscardHandler)); err != nil {
		r.t.Fatal(err)
	}
}

func (r *alertRig) stop() {
	r.t.Helper()
	if err := r.server.stop(); err != nil {
		r.t.Error(err)
	}
}

// told checks what the command was told since the last time.
func (r *alertRig) told(what, want string) {
	r.t.Helper()
	name := filepath.Join(r.folder, "told")
	text, err := os.ReadFile(name)
	if err != nil && !os.IsNotExist(err) {
		r.t.Fatal(err)
	}
	os.Remove(name)
	if !strings.Contains(string(text), want) || (want == "") != (len(text) == 0) {
		r.t.Errorf("%s: told %q, want %q", what, text, want)
	}
}

// titles returns those of the entries in the feed of Alerts.
func (r *alertRig) titles() string {
	r.t.Helper()
	client := &http.Client{Transport: &http.Transport{DialContext: r.wire.dial, DisableKeepAlives: true}}
	resp, err := client.Get("http://" + r.config.Listen + "/feeds/_status.json")
	if err != nil {
		r.t.Fatal(err)
	}
	defer resp.Body.Close()
	var doc struct {
		Items []struct{ ID, Title, URL string }
	}
	if err := json.NewDecoder(resp.Body).Decode(&doc); err != nil || resp.StatusCode != http.StatusOK {
		r.t.Fatalf("%s, %v", resp.Status, err)
	}
	var all []string
	for _, i := range doc.Items {
		title, _, _ := strings.Cut(i.Title, " since")
		all = append(all, title)
		if !strings.HasSuffix(i.URL, "/status") || !strings.Contains(i.ID, "/alert/") {
			r.t.Errorf("entry %+v", i)
		}
	}
	return strings.Join(all, "; ")
}

// A Source that is dead for long is told once, over restarts too, and so is that it is
// over; both stand in the feed.
func TestAlertsOfASource(t *testing.T) {
	runAlerts(t, func(t *testing.T, r *alertRig) {
		time.Sleep(30 * time.Minute)
		r.broken.Store(true)
		time.Sleep(3 * time.Hour)
		r.told("before it is long", "")
		if got := r.titles(); got != "" {
			t.Errorf("the feed has %q", got)
		}
		time.Sleep(5 * time.Hour) // polls are rare by then
		r.told("after it", "times in a row: 404 Not Found +1 -0\nb has failed since ")
		r.stop()
		time.Sleep(time.Hour)
		r.start()
		time.Sleep(3 * time.Hour)
		r.told("again", "")
		if got := r.titles(); got != "b has failed" {
			t.Errorf("the feed has %q", got)
		}
		r.broken.Store(false)
		time.Sleep(9 * time.Hour)
		r.told("when it is over", " +0 -1\nOver, after ")
		if got := r.titles(); got != "Over: b has failed" {
			t.Errorf("the feed has %q", got)
		}
		db := openViews(t, r.config.Database)
		defer db.Close()
		if n := number(t, db, "SELECT count(*) FROM alerts WHERE source = 'b' AND told AND ended > began"); n != 1 {
			t.Errorf("%d alerts are over in the database", n)
		}
	})
}

// Without a network it is ours to mend, and no Source's fault. A command that fails
// is run again, and a refused configuration is an Alert at once.
func TestAlertsOfOurs(t *testing.T) {
	runAlerts(t, func(t *testing.T, r *alertRig) {
		down := filepath.Join(r.folder, "down")
		if err := os.WriteFile(down, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		time.Sleep(30 * time.Minute)
		r.wire.set(false, "a.example", "b.example")
		time.Sleep(5 * time.Hour)
		if got := r.titles(); got != "no source can be reached: newswired has no network" {
			t.Errorf("the feed has %q", got)
		}
		r.stop()
		r.told("while the command fails", "")
		r.start() // what it does not know is kept
		time.Sleep(20 * time.Minute)
		if err := os.Remove(down); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Hour)
		r.told("when it works", "newswired has no network +1 -0\nno source can be reached: newswired has no network.\nWhat to do: mend the network")
		r.wire.set(false)
		time.Sleep(30 * time.Minute)
		r.told("when it is over", "over: no source can be reached")
		bad := filepath.Join(r.folder, "config.yaml")
		if err := os.WriteFile(bad, []byte("sources: []"), 0o600); err != nil {
			t.Fatal(err)
		}
		r.server.reload(context.Background(), bad)
		time.Sleep(6 * time.Minute)
		r.told("a bad configuration", "the configuration was refused and the old one goes on +1 -0")
	})
}

// What the file cannot take is in the feed all the same, and is stored later.
func TestAlertsUnsaved(t *testing.T) {
	runAlerts(t, func(t *testing.T, r *alertRig) {
		a := r.server.follow.alerts
		r.server.follow.schedule.Stop() // else it looks as well
		full := feed.Trouble{Kind: "disk", Says: "the disk is full", Ripe: true}
		a.look = func(context.Context, *config, time.Time) ([]feed.Trouble, error) { return []feed.Trouble{full}, nil }
		ctx, cancel := context.WithCancel(t.Context())
		cancel() // as a database does that cannot be written
		a.load(t.Context())
		a.watch(ctx, r.config)
		if got := r.titles(); got != "the disk is full" {
			t.Errorf("the feed has %q", got)
		}
		stored, err := r.server.store.Alerts(t.Context(), 9)
		if err != nil || len(stored) > 0 {
			t.Errorf("%d are stored, %v", len(stored), err)
		}
		time.Sleep(time.Minute)
		a.watch(t.Context(), r.config)
		if stored, err = r.server.store.Alerts(t.Context(), 9); err != nil || len(stored) != 1 || !stored[0].Told {
			t.Errorf("stored are %+v, %v", stored, err)
		}
		r.told("the command", "the disk is full +1 -0")
		r.server.follow.schedule.Start()
	})
}

// The command gets neither our credentials nor systemd's socket; what it says when it
// fails is in the error.
func TestAlertCommand(t *testing.T) {
	alerts := []feed.Alert{{Kind: "disk", Says: "full"}}
	err := runAlert(t.Context(), []string{"sh", "-c", "cat >&2; exit 3"}, alerts)
	if err == nil || err.Error() != "run sh: exit status 3: full." {
		t.Errorf("got %v", err)
	}
	if err := runAlert(t.Context(), []string{"/nowhere/tell"}, alerts); err == nil || !strings.Contains(err.Error(), "/nowhere/tell") {
		t.Errorf("got %v", err)
	}
	env := alertEnvironment([]string{"PATH=/bin", "NEWSWIRED_CREDENTIAL_X=secret", "NOTIFY_SOCKET=/run/x", "LISTEN_FDS=1", "WATCHDOG_PID=2", "CREDENTIALS_DIRECTORY=/run/c", "HOME=/"})
	if got := strings.Join(env, " "); got != "PATH=/bin HOME=/" {
		t.Errorf("the command has %s", got)
	}
}
