//go:build e2e

package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

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
	d.reports(t, dir, "does not answer at "+listen)
	asks("after it was killed")
}
