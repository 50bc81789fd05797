package main

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// A week is the whole program for a week of the bubble's clock: twenty Sources
// on a network in memory, with all that befalls them.
type week struct {
	t      *testing.T
	start  time.Time
	wire   *wire
	farm   *farm
	app    *app
	file   string // the configuration
	server *server
	db     *sql.DB
	log    bytes.Buffer
	logMu  sync.Mutex
}

// Write takes the log.
func (w *week) Write(line []byte) (int, error) {
	w.logMu.Lock()
	defer w.logMu.Unlock()
	return w.log.Write(line)
}

// at returns a time of the week. Times are half a second beside the clock's
// full ones, so that nothing happens together with a poll.
func (w *week) at(day, hour, minute int) time.Time {
	return w.start.AddDate(0, 0, day).Add(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute + 500*time.Millisecond)
}

// wait waits until a time of the week.
func (w *week) wait(day, hour, minute int) {
	w.t.Helper()
	d := time.Until(w.at(day, hour, minute))
	if d <= 0 {
		w.t.Fatalf("day %d %d:%d is over", day, hour, minute)
	}
	time.Sleep(d)
	synctest.Wait()
}

// configure writes one of the files in testdata/week as the configuration.
func (w *week) configure(name string) {
	w.t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", "week", name))
	if err != nil {
		w.t.Fatal(err)
	}
	database := fmt.Sprintf("database: %q\n", filepath.Join(filepath.Dir(w.file), "newswired.db"))
	if err := os.WriteFile(w.file, append([]byte(database), text...), 0o600); err != nil {
		w.t.Fatal(err)
	}
}

// begin starts the daemon with the configuration that was last written.
func (w *week) begin() {
	w.t.Helper()
	c, err := loadConfig(w.file, shortest)
	if err != nil {
		w.t.Fatal(err)
	}
	if w.server, err = w.app.start(context.Background(), c, slog.New(slog.NewTextHandler(w, nil))); err != nil {
		w.t.Fatal(err)
	}
	synctest.Wait()
}

func (w *week) stop() {
	w.t.Helper()
	if err := w.server.stop(); err != nil {
		w.t.Error(err)
	}
}

func (w *week) want(what string, got, want int) {
	w.t.Helper()
	if got != want {
		w.t.Errorf("%s: %s: %d, want %d", time.Now().Format("Jan 2 15:04"), what, got, want)
	}
}

func (w *week) number(query string, args ...any) int {
	w.t.Helper()
	return number(w.t, w.db, query, args...)
}

// TestWeek lets a week pass.
func TestWeek(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := &week{t: t, start: time.Now(), wire: newWire(), farm: newFarm(t), file: filepath.Join(t.TempDir(), "config.yaml")}
		w.app = &app{stdout: io.Discard, stderr: io.Discard, listen: w.wire.listen, dial: w.wire.dial}
		defer w.wire.serve(t, w.farm)()
		w.configure("before.yaml")
		w.begin()
		w.db = openViews(t, w.server.config.Database)
		defer w.db.Close()
		w.firstDays()
		w.lastDays()
		w.checkArticles()
		w.checkFeed()
		w.stop()
		w.checkTimes()
		w.checkLog()
	})
}

// firstDays: a slow server, one that is down for a day, one that asks for
// patience, one that is damaged; and six hours without a network.
func (w *week) firstDays() {
	w.want("sources that were asked at once", w.number("SELECT count(*) FROM sources WHERE state = 'ok'"), 20)
	w.wait(0, 12, 0)
	w.farm.set("slow", "slow")
	w.wait(0, 18, 0)
	w.farm.set("slow", "")
	w.wait(1, 0, 0)
	w.wire.set(false, "dark.example")
	w.wait(1, 10, 0)
	w.farm.set("strict", "busy")
	w.wait(1, 23, 0)
	// 2, 4, 8 ... 512 minutes, each until the schedule's next time: the tenth
	// comes after 20 hours and a half, the eleventh 17 and a half later.
	w.want("failures of who is down", w.number("SELECT failures FROM sources WHERE name = 'dark'"), 10)
	w.want("who fails", w.number("SELECT count(*) FROM sources WHERE failures > 0"), 1)
	w.wait(2, 0, 0)
	w.wire.set(false)
	w.wait(2, 6, 0)
	w.farm.set("damaged", "a page")
	w.wait(2, 7, 0)
	w.farm.set("damaged", "")
	w.wait(2, 16, 0)
	w.want("who fails", w.number("SELECT count(*) FROM sources WHERE failures > 0"), 0)
	w.wait(2, 20, 0)
	w.farm.set("damaged", "cut")
	w.wait(2, 21, 0)
	w.farm.set("damaged", "")
	w.wait(3, 6, 0)
	w.wire.set(true)
	w.wait(3, 11, 0)
	w.want("who fails without a network", w.number("SELECT count(*) FROM sources WHERE failures > 0"), 0)
	// The slow one is not due for two days, and is in the meantime as it was.
	w.want("who is offline", w.number("SELECT count(*) FROM sources WHERE state = 'offline'"), 19)
	w.wait(3, 12, 0)
	w.wire.set(false)
	w.wait(3, 12, 2)
	w.want("who is offline afterwards", w.number("SELECT count(*) FROM sources WHERE state <> 'ok'"), 0)
}

// lastDays: another server that asks for patience, a restart while one is
// being asked, a reload that is refused and one that is not.
func (w *week) lastDays() {
	w.wait(3, 18, 0)
	w.farm.set("strict", "too many")
	w.wait(4, 12, 55)
	w.farm.set("slow", "slow")
	w.wait(4, 13, 0)
	w.stop()
	w.farm.set("slow", "")
	w.wait(4, 13, 30)
	w.begin()
	w.wait(5, 8, 0)
	w.configure("bad.yaml")
	w.server.reload(context.Background(), w.file)
	w.wait(5, 9, 0)
	w.configure("after.yaml")
	w.server.reload(context.Background(), w.file)
	w.wait(5, 9, 1)
	w.want("sources", w.number("SELECT count(*) FROM sources WHERE state <> 'removed'"), 20)
	w.want("articles of a new source", w.number("SELECT articles FROM sources WHERE name = 'coming'"), listed)
	w.wait(7, 0, 0)
	w.want("sources asked to the end at another address",
		w.number("SELECT count(*) FROM sources WHERE url = 'http://changed.example/rss' AND last_fetch > '2000-01-07T23:40'"), 1)
	w.want("who fails in the end", w.number("SELECT count(*) FROM sources WHERE failures > 0"), 0)
}
