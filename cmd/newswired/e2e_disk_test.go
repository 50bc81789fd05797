//go:build e2e

package main

import (
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// mounted mounts a file system with some options, or skips the test. What it
// returns unmounts it.
func mounted(t *testing.T, dir string, args ...string) (unmount func()) {
	t.Helper()
	if out, err := exec.Command(need(t, "mount"), append(args, dir)...).CombinedOutput(); err != nil {
		t.Skipf("cannot mount %v: %v: %s", args, err, out)
	}
	is := true
	unmount = func() {
		if is {
			must(t, "umount", dir)
			is = false
		}
	}
	t.Cleanup(unmount)
	return unmount
}

// must runs a program of the system that has to succeed.
func must(t *testing.T, program string, args ...string) {
	t.Helper()
	if out, err := exec.Command(need(t, program), args...).CombinedOutput(); err != nil {
		t.Fatalf("%s %v: %v: %s", program, args, err, out)
	}
}

// image makes a file in which a program made a file system of 150 MB.
func image(t *testing.T, program string, args ...string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "image")
	if err := os.WriteFile(name, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(name, 150<<20); err != nil {
		t.Fatal(err)
	}
	must(t, program, append(args, name)...)
	return name
}

// onDisk starts a daemon on a disk, and waits until there are articles that are in
// the file itself: else what its log has would do for long.
func onDisk(t *testing.T, dir string) *process {
	t.Helper()
	listen, url := freeAddress(t), newPress(t, 0, 30)
	writeConfig(t, dir, listen, fmt.Sprintf("sources: [{name: one, url: %s/1}, {name: two, url: %s/2}]\nfeeds: [{name: all}]\n", url, url))
	d := start(t, dir, listen)
	d.until(t, "there are articles", func() bool { return stored(t, dir) > 0 })
	must(t, "sqlite3", "-cmd", ".timeout 5000", filepath.Join(dir, "newswired.db"), "PRAGMA wal_checkpoint(TRUNCATE)")
	return d
}

// onlyServes waits until polls fail with a reason, and fails the test unless log,
// /readyz and status name it, feeds are served, and nothing asks for a restart.
func (d *process) onlyServes(t *testing.T, dir, reason string) {
	t.Helper()
	d.until(t, "polls fail", d.logged(reason))
	d.until(t, "/readyz says so", func() bool {
		status, text := d.get(t, "/readyz")
		return status == http.StatusServiceUnavailable && strings.Contains(text, reason)
	})
	if status, text := d.get(t, "/healthz"); status != http.StatusOK {
		t.Errorf("a restart would not help, and /healthz answers %d: %s", status, text)
	}
	d.until(t, "the log says it once", d.logged("nothing can be stored, what is there is served"))
	said, then := strings.Count(d.log.String(), "poll failed"), time.Now()
	if status, text := d.get(t, "/feeds/all.atom"); status != http.StatusOK || !strings.Contains(text, "<entry>") {
		t.Errorf("the feed is answered %d: %.200s", status, text)
	}
	d.reports(t, dir, reason)
	time.Sleep(time.Until(then.Add(3 * time.Second))) // some polls later
	if strings.Contains(d.log.String(), "not alive") {
		t.Error("the watchdog would restart for it")
	}
	if n := strings.Count(d.log.String(), "poll failed"); n > said+2 { // two were on their way
		t.Errorf("polls failed is logged %d times more, while it is known", n-said)
	}
}

// storesAgain waits until articles come in again.
func (d *process) storesAgain(t *testing.T, dir string, before int) {
	t.Helper()
	d.until(t, "it is well again", func() bool { status, _ := d.get(t, "/readyz"); return status == http.StatusOK })
	d.until(t, "articles come in", func() bool { return stored(t, dir) > before })
	d.stop(t)
	intact(t, dir)
}

// A full disk stops the storing and nothing else, and with room again all goes on
// by itself.
func TestOutsideFullDisk(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	mounted(t, dir, "-t", "tmpfs", "-o", "size=24m,mode=755", "newswired-test")
	d := onDisk(t, dir)
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
	d.until(t, "polls fail", func() bool {
		fill() // again, with what the log had before it was cut
		return d.logged("no room left on its disk")()
	})
	d.onlyServes(t, dir, "no room left")
	before := stored(t, dir)
	f.Close()
	if err := os.Remove(filler); err != nil {
		t.Fatal(err)
	}
	d.storesAgain(t, dir, before)
	if out, err := run(t, dir, "doctor").CombinedOutput(); err != nil && !strings.Contains(string(out), "The disk of the database has ") {
		t.Errorf("doctor: %v: %s", err, out)
	}
}

// A quota does the same on a disk that has room.
func TestOutsideQuota(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	mounted(t, dir, "-o", "loop", image(t, "mkfs.btrfs", "-q"))
	must(t, "btrfs", "quota", "enable", dir)
	volume := filepath.Join(dir, "data")
	must(t, "btrfs", "subvolume", "create", volume)
	d := onDisk(t, volume)
	must(t, "btrfs", "qgroup", "limit", "1M", volume)
	d.onlyServes(t, volume, "over a quota")
	before := stored(t, volume)
	d.until(t, "the quota is lifted", func() bool { // which takes room, too
		return exec.Command(need(t, "btrfs"), "qgroup", "limit", "none", volume).Run() == nil
	})
	d.storesAgain(t, volume, before)
}

// A disk with a fault, which its system has made read-only, stops the storing, too.
// Repaired, it has all that was stored.
func TestOutsideReadOnlyDisk(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	disk := image(t, "mkfs.ext4", "-q")
	unmount := mounted(t, dir, "-o", "loop,errors=remount-ro", disk)
	d := onDisk(t, dir)
	must(t, "sync")
	device, err := exec.Command(need(t, "findmnt"), "-no", "SOURCE", dir).Output()
	if err != nil {
		t.Fatal(err)
	}
	fault := filepath.Join("/sys/fs/ext4", filepath.Base(strings.TrimSpace(string(device))), "trigger_fs_error")
	if err := os.WriteFile(fault, []byte("newswired-test"), 0o200); err != nil {
		t.Skip("cannot make a disk fail: ", err)
	}
	d.onlyServes(t, dir, "read-only")
	before := stored(t, dir)
	d.stop(t)
	unmount()
	exec.Command(need(t, "e2fsck"), "-fy", disk).Run() // its status says that it repaired something
	mounted(t, dir, "-o", "loop", disk)
	d = start(t, dir, strings.TrimPrefix(d.url, "http://"))
	d.storesAgain(t, dir, before)
}
