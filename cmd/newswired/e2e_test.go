//go:build e2e

package main

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// These tests build the program and drive it from outside, by nothing but what
// its users have: arguments, signals, HTTP, newsboat and sqlite3. They need
// what only some machines have, hence the build tag: go test -tags e2e.

// build returns the program, built once for all tests, beside this test binary:
// go test removes both.
var build = sync.OnceValues(func() (string, error) {
	self, err := os.Executable()
	if err != nil {
		return "", err
	}
	name := filepath.Join(filepath.Dir(self), "newswired-outside")
	out, err := exec.Command("go", "build", "-o", name, ".").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%w: %s", err, out)
	}
	return name, nil
})

// A process is one running newswired in a folder of its own.
type process struct {
	url  string
	cmd  *exec.Cmd
	log  *output
	done chan error
}

// An output gathers what a process says.
type output struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

// Write adds to what was said.
func (l *output) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

// String returns all that was said.
func (l *output) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

// writeConfig writes config.yaml into a folder. Every second is a pace that only
// one's own machine may be asked at.
func writeConfig(t *testing.T, dir, listen, rest string) {
	t.Helper()
	head := fmt.Sprintf("listen: %s\nhost_pause: 0s\nschedule: \"@every 1s\"\nallow_networks: [127.0.0.0/8]\n", listen)
	if err := os.WriteFile(filepath.Join(dir, "config.yaml"), []byte(head+rest), 0o644); err != nil {
		t.Fatal(err)
	}
}

// run prepares a command of newswired in a folder.
func run(t *testing.T, dir string, args ...string) *exec.Cmd {
	t.Helper()
	name, err := build()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "CONFIGURATION_DIRECTORY=", "STATE_DIRECTORY=", "NOTIFY_SOCKET=", "JOURNAL_STREAM=")
	return cmd
}

// start starts a daemon, with some variables more, and waits until it answers.
func start(t *testing.T, dir, listen string, env ...string) *process {
	t.Helper()
	d := launch(t, dir, listen, env...)
	d.until(t, "it answers", func() bool {
		answer, err := http.Get(d.url + "/healthz")
		if err != nil {
			return false
		}
		answer.Body.Close()
		return answer.StatusCode == http.StatusOK
	})
	return d
}

// launch starts a daemon and does not wait.
func launch(t *testing.T, dir, listen string, env ...string) *process {
	t.Helper()
	cmd := run(t, dir)
	cmd.Env = append(cmd.Env, env...)
	return begin(t, cmd, listen)
}

// begin starts a process that is a daemon.
func begin(t *testing.T, cmd *exec.Cmd, listen string) *process {
	t.Helper()
	d := &process{url: "http://" + listen, cmd: cmd, log: &output{}, done: make(chan error, 1)}
	d.cmd.Stdout, d.cmd.Stderr = d.log, d.log
	if err := d.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { d.done <- d.cmd.Wait() }()
	t.Cleanup(func() { d.cmd.Process.Kill() })
	return d
}

// until waits for something to become true.
func (d *process) until(t *testing.T, what string, true func() bool) {
	t.Helper()
	for deadline := time.Now().Add(60 * time.Second); !true(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain until %s:\n%s", what, d.log)
		}
	}
}

// logged reports whether a text is in the log.
func (d *process) logged(text string) func() bool {
	return func() bool { return strings.Contains(d.log.String(), text) }
}

// get returns the status and the body of a page.
func (d *process) get(t *testing.T, path string) (int, string) {
	t.Helper()
	answer, err := http.Get(d.url + path)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(body)
}

// reports fails unless newswired status says something of the daemon.
func (d *process) reports(t *testing.T, dir, what string) {
	t.Helper()
	if out, err := run(t, dir, "status").CombinedOutput(); err != nil || !strings.Contains(string(out), what) {
		t.Errorf("status does not say %q: %v: %s", what, err, out)
	}
}

// kill ends the daemon as a lost power supply would.
func (d *process) kill() {
	d.cmd.Process.Kill()
	<-d.done
}

// stop ends the daemon, which must take no more than 5 seconds and end with 0.
func (d *process) stop(t *testing.T) {
	t.Helper()
	begin := time.Now()
	if err := d.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-d.done:
		if err != nil {
			t.Errorf("ended with %v:\n%s", err, d.log)
		}
	case <-time.After(10 * time.Second):
		t.Fatalf("does not stop:\n%s", d.log)
	}
	if took := time.Since(begin); took > 5*time.Second {
		t.Errorf("took %s to stop", took)
	}
}

// query asks the database as its users do.
func query(t *testing.T, dir, sql string) string {
	t.Helper()
	out, err := exec.Command(need(t, "sqlite3"), "-readonly", "-cmd", ".timeout 5000", filepath.Join(dir, "newswired.db"), sql).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v: %s", sql, err, out)
	}
	return strings.TrimSpace(string(out))
}

// intact fails if the file is damaged, or what is in it contradicts itself.
func intact(t *testing.T, dir string) {
	t.Helper()
	if got := query(t, dir, "PRAGMA integrity_check; PRAGMA foreign_key_check;"); got != "ok" {
		t.Errorf("database damaged: %s", got)
	}
}

// need returns a program of the system. CI must have them all.
func need(t *testing.T, program string) string {
	t.Helper()
	path, err := exec.LookPath(program)
	switch {
	case err != nil && os.Getenv("CI") == "true":
		t.Fatalf("%s not there", program)
	case err != nil:
		t.Skipf("%s not there", program)
	}
	return path
}

// needSignals skips where processes know no signals.
func needSignals(t *testing.T) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("no signals on Windows")
	}
}
