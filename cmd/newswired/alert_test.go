package main

import (
	"context"
	"encoding/json"
	"errors"
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

// runAlerts runs a test in synthetic time with a daemon that follows two Sources and
// has a command to tell; of these b fails as long as the rig is broken.
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
	t.Parallel()
	runAlerts(t, func(t *testing.T, r *alertRig) {
		time.Sleep(30 * time.Minute)
		r.broken.Store(true)
		time.Sleep(3 * time.Hour)
		r.told("before it is long", "")
		if got := r.titles(); got != "" {
			t.Errorf("the feed has %q", got)
		}
		time.Sleep(5 * time.Hour) // polls are rare by then
		r.told("after it", " polls) +1 -0\nb: 404 Not Found since ")
		r.stop()
		time.Sleep(time.Hour)
		r.start()
		time.Sleep(3 * time.Hour)
		r.told("again", "")
		if got := r.titles(); got != "b: 404 Not Found" {
			t.Errorf("the feed has %q", got)
		}
		r.broken.Store(false)
		time.Sleep(9 * time.Hour)
		r.told("when it is over", " +0 -1\nOver, after ")
		if got := r.titles(); got != "Over: b: 404 Not Found" {
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
	t.Parallel()
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
	// What does not end is ended with all that it has begun, what says too much, or no
	// text, is heard in part, and what is left behind is not waited for.
	folder := t.TempDir()
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	runAlert(ctx, []string{"sh", "-c", `(sleep 1; echo >"$0/alive") & wait`, folder}, alerts)
	err = runAlert(t.Context(), []string{"sh", "-c", `head -c 3000000 /dev/zero | tr '\0' '\200'; printf 'the \303\251nd'; exit 1`}, alerts)
	if err == nil || err.Error() != "run sh: exit status 1: the énd" {
		t.Errorf("got %q", err)
	}
	if err := runAlert(t.Context(), []string{"sh", "-c", "sleep 2 & exit 0"}, alerts); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Join(folder, "alive")); err == nil {
		t.Error("what the command began outlived it")
	}
	env := alertEnvironment([]string{"PATH=/bin", "NEWSWIRED_CREDENTIAL_X=secret", "NOTIFY_SOCKET=/run/x", "LISTEN_FDS=1", "WATCHDOG_PID=2", "CREDENTIALS_DIRECTORY=/run/c", "HOME=/"})
	if got := strings.Join(env, " "); got != "PATH=/bin HOME=/" {
		t.Errorf("the command has %s", got)
	}
}

// While the database cannot say how Sources are, what is wrong with us is told all the
// same, and no Source is well for that.
func TestAlertsWithoutSources(t *testing.T) {
	runAlerts(t, func(t *testing.T, r *alertRig) {
		a := r.server.follow.alerts
		r.server.follow.schedule.Stop() // else it looks as well
		defer r.server.follow.schedule.Start()
		wrong, failure := []feed.Trouble{{Kind: "source", Source: "b", Says: "b is dead", Ripe: true}}, error(nil)
		a.look = func(context.Context, *config, time.Time) ([]feed.Trouble, error) { return wrong, failure }
		a.watch(t.Context(), r.config)
		r.told("the source", "b is dead +1 -0")
		wrong, failure = []feed.Trouble{{Kind: "storage", Says: "nothing can be stored", Ripe: true}}, errors.New("damaged")
		a.watch(t.Context(), r.config)
		r.told("the storage", "nothing can be stored +1 -0")
		time.Sleep(time.Hour)
		a.watch(t.Context(), r.config)
		r.told("an hour later", "")
	})
}

// A new command need not wait for what the former one failed at; without one there is
// nobody left to tell, also when there is one again.
func TestAlertCommandChanges(t *testing.T) {
	runAlerts(t, func(t *testing.T, r *alertRig) {
		a := r.server.follow.alerts
		r.server.follow.schedule.Stop()
		defer r.server.follow.schedule.Start()
		wrong := []feed.Trouble{{Kind: "disk", Says: "full", Ripe: true}}
		a.look = func(context.Context, *config, time.Time) ([]feed.Trouble, error) { return wrong, nil }
		bad := *r.config
		bad.OnAlert = []string{"/nowhere/tell"}
		a.watch(t.Context(), &bad)
		a.watch(t.Context(), r.config)
		r.told("the new command", "full +1 -0")
		wrong = append(wrong, feed.Trouble{Kind: "log", Says: "held", Ripe: true})
		a.watch(t.Context(), &bad)
		none := *r.config
		none.OnAlert = nil
		a.watch(t.Context(), &none)
		if pending, err := r.server.store.PendingAlerts(t.Context()); err != nil || len(pending) != 2 || !pending[1].Told {
			t.Errorf("to be told are %+v, %v", pending, err)
		}
		a.watch(t.Context(), r.config)
		r.told("when there is a command again", "")
	})
}

// Of a crowd that cannot be stored the feed has as many as of one that can.
func TestAlertsOfMany(t *testing.T) {
	runAlerts(t, func(t *testing.T, r *alertRig) {
		for i := range 2000 {
			r.server.follow.alerts.unsaved = append(r.server.follow.alerts.unsaved, feed.Alert{Kind: "source", Source: fmt.Sprint(i), Began: time.Now()})
		}
		all, err := r.server.follow.alerts.Alerts(t.Context())
		if err != nil || len(all) != alertsShown || all[alertsShown-1].Source != "1999" {
			t.Errorf("%d are shown, %v", len(all), err)
		}
	})
}

// Everybody may read the feed of Alerts: what is wrong with the file names no folder.
func TestTroublesNameNoFolder(t *testing.T) {
	runAlerts(t, func(t *testing.T, r *alertRig) {
		moved := filepath.Join(r.folder, "moved.db")
		if err := os.Rename(r.config.Database, moved); err != nil {
			t.Fatal(err)
		}
		found := (&lookout{follow: r.server.follow}).find(t.Context(), r.config, time.Now())
		if len(found) != 1 || found[0].Kind != "storage" || !strings.Contains(found[0].Says, "/newswired.db was removed") || strings.Contains(found[0].Says, r.folder) {
			t.Errorf("found %+v", found)
		}
		if err := os.Rename(moved, r.config.Database); err != nil {
			t.Fatal(err)
		}
	})
}
