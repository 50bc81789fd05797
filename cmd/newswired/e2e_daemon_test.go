//go:build e2e

package main

import (
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"newswired/store"
)

// A reader that is subscribed to both formats has every entry once in each,
// under one id, and nothing is new to it after a restart and further polls.
func TestOutsideNewsboat(t *testing.T) {
	needSignals(t)
	newsboat := need(t, "newsboat")
	one := newPress(t, 12, 0)
	two := newPress(t, 20, 0) // prints the first twelve, too
	dir, listen := t.TempDir(), freeAddress(t)
	writeConfig(t, dir, listen, fmt.Sprintf("sources: [{name: one, url: %s/rss}, {name: two, url: %s/rss}]\nfeeds: [{name: all}]\n", one, two))
	d := start(t, dir, listen)
	d.until(t, "both were polled", func() bool { return query(t, dir, "SELECT count(*) FROM articles") == "32" })
	subscribe := func() (atom, rss string) {
		return reload(t, newsboat, dir, d.url+"/feeds/all.atom"), reload(t, newsboat, dir, d.url+"/feeds/all.rss")
	}
	atom, rss := subscribe()
	if atom != rss || !strings.HasPrefix(atom, "20|20|20|20|20\ntag:") {
		t.Errorf("at first sight, Atom:\n%s\nRSS:\n%s", atom, rss)
	}
	polls := func() string { return query(t, dir, "SELECT sum(count) FROM fetches") }
	d.stop(t)
	before := polls()
	d = start(t, dir, listen)
	d.until(t, "both were polled again", func() bool {
		now, _ := strconv.Atoi(polls())
		then, _ := strconv.Atoi(before)
		return now >= then+4
	})
	if atom2, rss2 := subscribe(); atom2 != atom || rss2 != rss {
		t.Errorf("after the restart, Atom:\n%s\nRSS:\n%s", atom2, rss2)
	}
	d.stop(t)
}

// reload has newsboat fetch a feed into a cache of its own, for it takes what
// two feeds have in common for one, and returns what is in the cache: counts,
// then all that newsboat shows.
func reload(t *testing.T, newsboat, dir, url string) string {
	t.Helper()
	at := filepath.Join(dir, path.Base(url))
	if err := os.WriteFile(at+".urls", []byte(url+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(newsboat, "-q", "-C", os.DevNull, "-u", at+".urls", "-c", at+".cache", "-x", "reload")
	cmd.Env = append(os.Environ(), "HOME="+dir)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("newsboat: %v: %s", err, out)
	}
	out, err := exec.Command(need(t, "sqlite3"), at+".cache",
		`SELECT count(*), count(DISTINCT guid), count(DISTINCT title), count(DISTINCT url), sum(unread) FROM rss_item;
		SELECT guid, title, url, pubDate FROM rss_item ORDER BY guid;`).CombinedOutput()
	if err != nil {
		t.Fatalf("sqlite3: %v: %s", err, out)
	}
	return strings.TrimSpace(string(out))
}

// sqlite3 counts while the daemon writes; it never fails, and never sees less
// than before.
func TestOutsideReadersWhileWriting(t *testing.T) {
	needSignals(t)
	url := newPress(t, 0, 30)
	dir, listen := t.TempDir(), freeAddress(t)
	writePresses(t, dir, listen, url)
	d := start(t, dir, listen)
	last, grew := 0, 0
	for range 40 {
		n, err := strconv.Atoi(query(t, dir, "SELECT count(*) FROM articles"))
		if err != nil || n < last {
			t.Errorf("%d articles after %d, %v", n, last, err)
		}
		if n > last {
			grew++
		}
		last = n
		time.Sleep(100 * time.Millisecond)
	}
	if grew < 3 {
		t.Errorf("the daemon wrote only %d times meanwhile", grew)
	}
	d.stop(t)
	if got := query(t, dir, "SELECT count(*) >= "+strconv.Itoa(last)+" FROM articles"); got != "1" {
		t.Errorf("articles lost after the stop")
	}
	intact(t, dir)
}

// The queries that the README shows work when they are pasted, beside a daemon
// that writes, and find what they promise to find.
func TestOutsideReadme(t *testing.T) {
	needSignals(t)
	need(t, "sqlite3")
	one := newPress(t, 9, 0)
	two := newPress(t, 9, 1)
	dir, listen := t.TempDir(), freeAddress(t)
	writeConfig(t, dir, listen, fmt.Sprintf("sources: [{name: one, url: %s/rss, full_text: true}, {name: two, url: %s/again}]\nfeeds: [{name: north-korea}]\n", one, two))
	d := start(t, dir, listen)
	d.until(t, "a headline was changed", func() bool { return query(t, dir, "SELECT max(revisions) FROM articles") == "2" })
	d.until(t, "its words are found", func() bool { return query(t, dir, "SELECT count(*) FROM search WHERE words MATCH 'ferry'") != "0" })
	for _, line := range readme(t, "sqlite3 -readonly") {
		if strings.Contains(line, "/var/") {
			continue
		}
		cmd := exec.Command("sh", "-c", line)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil || !strings.Contains(string(out), "one") && !strings.Contains(string(out), "Report number") {
			t.Errorf("%s: %v: %s", line, err, out)
		}
	}
	c, err := store.Describe()
	if err != nil {
		t.Fatal(err)
	}
	empty := []string{"corrections", "exclusive", "words", "fastest", "withdrawn", "refused"} // there is no agency, no missile, no date and nothing void
	for _, q := range c.Questions {
		cmd := exec.Command("sqlite3", "-readonly", "-box", "newswired.db")
		cmd.Dir, cmd.Stdin = dir, strings.NewReader(q.SQL)
		out, err := cmd.CombinedOutput()
		if err != nil || (len(out) == 0) != slices.Contains(empty, q.Name) || strings.Contains(string(out), "rror") {
			t.Errorf("%s: %v: %s", q.Name, err, out)
		}
	}
	d.stop(t)
}

// A bad configuration is refused and the old one goes on; a good one is taken
// over. A second daemon is refused by name.
func TestOutsideReloadAndLock(t *testing.T) {
	needSignals(t)
	url := newPress(t, 5, 0)
	dir, listen := t.TempDir(), freeAddress(t)
	body := "sources: [{name: press, url: " + url + "/rss}]\nfeeds:\n  - {name: all}\n"
	writeConfig(t, dir, listen, body)
	d := start(t, dir, listen)
	d.until(t, "there is news", func() bool { _, b := d.get(t, "/feeds/all.atom"); return strings.Contains(b, "Report number 5") })

	d.reports(t, dir, fmt.Sprintf("Daemon: process %d polls and serves", d.cmd.Process.Pid))

	writeConfig(t, dir, listen, body+"  - {name: rare, filter: mentoins(\"4\")}\n")
	d.cmd.Process.Signal(syscall.SIGHUP)
	d.until(t, "the reload is refused", d.logged("configuration refused, the old one goes on"))
	if !d.logged("config.yaml:8:26: ")() {
		t.Errorf("no place in the log:\n%s", d.log)
	}
	if status, _ := d.get(t, "/feeds/all.atom"); status != http.StatusOK {
		t.Errorf("status %d after a refused reload", status)
	}

	writeConfig(t, dir, listen, body+"  - {name: rare, filter: mentions(\"4\")}\n")
	d.cmd.Process.Signal(syscall.SIGHUP)
	d.until(t, "the reload is done", d.logged("configuration reloaded"))
	d.until(t, "what was stored is judged", func() bool { _, b := d.get(t, "/feeds/rare.rss"); return strings.Contains(b, "Report number 4") })
	if _, b := d.get(t, "/feeds/rare.rss"); strings.Contains(b, "Report number 3") {
		t.Error("the filter lets everything pass")
	}

	other := filepath.Join(dir, "other.yaml")
	text, err := os.ReadFile(filepath.Join(dir, "config.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(other, []byte(strings.Replace(string(text), listen, freeAddress(t), 1)), 0o644); err != nil {
		t.Fatal(err)
	}
	out, err := run(t, dir, "serve", "-c", other).CombinedOutput()
	if want := fmt.Sprintf("served by another newswired (process %d)", d.cmd.Process.Pid); err == nil || !strings.Contains(string(out), want) {
		t.Errorf("a second daemon: %v: %s", err, out)
	}
	if out, err := run(t, dir, "poll").CombinedOutput(); err != nil { // takes turns with the daemon
		t.Errorf("poll beside the daemon: %v: %s", err, out)
	}
	d.stop(t)
}
