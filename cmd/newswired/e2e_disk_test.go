//go:build e2e

package main

import (
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// smallDisk mounts a file system of some bytes, or skips the test.
func smallDisk(t *testing.T, size string) string {
	t.Helper()
	dir := t.TempDir()
	if out, err := exec.Command(need(t, "mount"), "-t", "tmpfs", "-o", "size="+size+",mode=755", "newswired-test", dir).CombinedOutput(); err != nil {
		t.Skipf("cannot mount a small disk: %v: %s", err, out)
	}
	t.Cleanup(func() {
		if out, err := exec.Command("umount", dir).CombinedOutput(); err != nil {
			t.Errorf("umount: %v: %s", err, out)
		}
	})
	return dir
}

// A full disk stops the storing and nothing else: it is named, by log, /readyz and
// status, feeds are served, and with room again all goes on by itself.
func TestOutsideFullDisk(t *testing.T) {
	need(t, "sqlite3")
	dir, listen := smallDisk(t, "24m"), freeAddress(t)
	url := newPress(t, 0, 30)
	writeConfig(t, dir, listen, fmt.Sprintf("sources: [{name: one, url: %s/1}, {name: two, url: %s/2}]\nfeeds: [{name: all}]\n", url, url))
	d := start(t, dir, listen)
	number := func() int {
		n, err := strconv.Atoi(query(t, dir, "SELECT count(*) FROM articles"))
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	d.until(t, "there are articles", func() bool { return number() > 0 })
	if out, err := exec.Command(need(t, "sqlite3"), "-cmd", ".timeout 5000", filepath.Join(dir, "newswired.db"), "PRAGMA wal_checkpoint(TRUNCATE)").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out) // else what the log has would do for long
	}
	filler := filepath.Join(dir, "filler")
	f, err := os.Create(filler)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	fill := func() {
		for block := 1 << 16; block > 0; block /= 2 {
			for _, err := f.Write(make([]byte, block)); err == nil; _, err = f.Write(make([]byte, block)) {
			}
		}
	}
	fill()
	d.until(t, "polls fail", func() bool {
		fill() // what the log had before it was cut
		return d.logged("no room left on its disk")()
	})
	d.until(t, "/readyz says so", func() bool {
		status, text := d.get(t, "/readyz")
		return status == http.StatusServiceUnavailable && strings.Contains(text, "no room left")
	})
	if status, text := d.get(t, "/healthz"); status != http.StatusOK {
		t.Errorf("a restart would not help, and /healthz answers %d: %s", status, text)
	}
	d.until(t, "the log says it once", d.logged("nothing can be stored, what is there is served"))
	if status, text := d.get(t, "/feeds/all.atom"); status != http.StatusOK || !strings.Contains(text, "<entry>") {
		t.Errorf("the feed is answered %d: %.200s", status, text)
	}
	if out, err := run(t, dir, "status").CombinedOutput(); err != nil || !strings.Contains(string(out), "error: The disk of the database has ") {
		t.Errorf("status: %v: %s", err, out)
	}
	if strings.Contains(d.log.String(), "not alive") {
		t.Error("the watchdog would restart for a full disk")
	}
	before := number()
	f.Close()
	if err := os.Remove(filler); err != nil {
		t.Fatal(err)
	}
	d.until(t, "it is well again", func() bool { status, _ := d.get(t, "/readyz"); return status == http.StatusOK })
	d.until(t, "articles come in", func() bool { return number() > before })
	d.stop(t)
	intact(t, dir)
	if out, err := run(t, dir, "doctor").CombinedOutput(); err != nil && !strings.Contains(string(out), "The disk of the database has ") {
		t.Errorf("doctor: %v: %s", err, out)
	}
}

// Eight readers that have no patience, one that sleeps in its transaction, and a
// daemon that writes all the time: nobody is told that the database is locked.
func TestOutsideManyReaders(t *testing.T) {
	sqlite := need(t, "sqlite3")
	url := newPress(t, 0, 40)
	dir, listen := t.TempDir(), freeAddress(t)
	writePresses(t, dir, listen, url)
	d := start(t, dir, listen)
	questions := strings.Repeat("SELECT count(*) FROM articles;\nSELECT title FROM search WHERE words MATCH 'report' LIMIT 3;\nSELECT max(updated) FROM stories;\n.shell sleep 0.02\n", 40)
	var readers sync.WaitGroup
	for range 8 {
		readers.Go(func() {
			cmd := exec.Command(sqlite, "-readonly", "-cmd", ".timeout 0", filepath.Join(dir, "newswired.db"))
			cmd.Stdin = strings.NewReader(questions)
			if out, err := cmd.CombinedOutput(); err != nil || strings.Contains(string(out), "rror") {
				t.Errorf("a reader: %v: %.500s", err, out)
			}
		})
	}
	readers.Go(func() {
		cmd := exec.Command(sqlite, "-readonly", filepath.Join(dir, "newswired.db"))
		cmd.Stdin = strings.NewReader("BEGIN;\nSELECT count(*) FROM articles;\n.shell sleep 2\nSELECT count(*) FROM articles;\nCOMMIT;\n")
		out, err := cmd.CombinedOutput()
		if n := strings.Fields(string(out)); err != nil || len(n) != 2 || n[0] != n[1] {
			t.Errorf("the sleeper: %v: %q", err, out)
		}
	})
	readers.Wait()
	if log := d.log.String(); strings.Contains(log, "locked") || strings.Contains(log, "ERROR") {
		t.Errorf("the daemon: %s", log)
	}
	d.stop(t)
	intact(t, dir)
}

// Who may only read the file, and not write into its folder, can do so while the
// daemon runs, after it has stopped, and after it was killed.
func TestOutsideReadersWithoutRights(t *testing.T) {
	sqlite := need(t, "sqlite3")
	if os.Getuid() != 0 {
		t.Skip("only root can ask as somebody else")
	}
	dir, err := os.MkdirTemp("", "newswired-readers")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	listen := freeAddress(t)
	writeConfig(t, dir, listen, fmt.Sprintf("sources: [{name: one, url: %s/1}]\nfeeds: [{name: all}]\n", newPress(t, 0, 30)))
	asks := func(when string) {
		t.Helper()
		cmd := exec.Command(sqlite, "-readonly", "-cmd", ".timeout 5000", filepath.Join(dir, "newswired.db"), "SELECT count(*) > 0 FROM articles")
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
		if out, err := cmd.CombinedOutput(); err != nil || strings.TrimSpace(string(out)) != "1" {
			t.Errorf("%s: %v: %s", when, err, out)
		}
	}
	d := start(t, dir, listen)
	d.until(t, "there are articles", func() bool { return query(t, dir, "SELECT count(*) > 0 FROM articles") == "1" })
	asks("while it runs")
	d.stop(t)
	asks("after it stopped")
	if out, err := run(t, dir, "doctor", "--repair").CombinedOutput(); err != nil {
		t.Errorf("doctor: %v: %s", err, out)
	}
	asks("after the doctor came")
	d = start(t, dir, listen)
	time.Sleep(200 * time.Millisecond)
	d.kill()
	asks("after it was killed")
}
