//go:build e2e

package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// A machine is a booted Debian in a folder: its own systemd, in namespaces of
// its own but for the network. What systemd does to /tmp, /run and /var, it does
// in that folder.
type machine struct {
	t      *testing.T
	root   string
	leader string // process id of its systemd, as seen from here
}

// needBoot skips where no systemd can be booted, and says why.
func needBoot(t *testing.T) {
	t.Helper()
	if os.Getuid() != 0 {
		t.Skip("only root can boot a systemd")
	}
	for _, program := range []string{"systemd-nspawn", "debootstrap", "nsenter", "pgrep"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("%s not there: apt-get install systemd-container debootstrap procps", program)
		}
	}
}

// debian returns the folder of a release of Debian as it is before anything is
// installed. It is made once, and kept in /tmp for the next run.
func debian(t *testing.T, release string) string {
	t.Helper()
	root := filepath.Join(os.TempDir(), "newswired-boot-"+release)
	if _, err := os.Stat(filepath.Join(root, "usr/bin/sqlite3")); err == nil {
		return root
	}
	const with = "--include=systemd,systemd-sysv,dbus,ca-certificates,procps,sqlite3"
	if out, err := exec.Command("debootstrap", "--variant=minbase", with, release, root).CombinedOutput(); err != nil {
		os.RemoveAll(root)
		t.Skipf("no Debian %s to boot: %v: %s", release, err, out[max(0, len(out)-500):])
	}
	return root
}

// boot boots a release of Debian, and switches it off when the test ends.
func boot(t *testing.T, release string) *machine {
	t.Helper()
	m := &machine{t: t, root: filepath.Join(t.TempDir(), release)}
	if out, err := exec.Command("cp", "-a", debian(t, release), m.root).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	console := &output{}
	nspawn := exec.Command("systemd-nspawn", "-D", m.root, "--boot", "--register=no", "--keep-unit")
	nspawn.Env = append(os.Environ(), "SYSTEMD_NSPAWN_UNIFIED_HIERARCHY=1")
	nspawn.Stdout, nspawn.Stderr = console, console
	if err := nspawn.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- nspawn.Wait() }()
	t.Cleanup(func() {
		m.try("systemctl", "poweroff")
		select {
		case <-ended:
		case <-time.After(30 * time.Second):
			nspawn.Process.Kill()
			<-ended
		}
	})
	m.until("systemd runs", func() bool {
		if out, err := exec.Command("pgrep", "-P", strconv.Itoa(nspawn.Process.Pid)).Output(); err == nil {
			m.leader = strings.TrimSpace(string(out))
		}
		state, _ := m.try("systemctl", "is-system-running")
		return state == "running" || state == "degraded"
	})
	return m
}

// try runs a command in the machine, and returns what it says and how it ended.
func (m *machine) try(command ...string) (string, error) {
	if m.leader == "" {
		return "", errors.New("not booted yet")
	}
	cmd := exec.Command("nsenter", append([]string{"-t", m.leader, "-m", "-u", "-i", "-n", "-p", "-r", "-w", "--"}, command...)...)
	cmd.Env = []string{"PATH=/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND=noninteractive", "LC_ALL=C.UTF-8"}
	out, err := cmd.CombinedOutput()
	return string(bytes.TrimSpace(out)), err
}

// run runs a command in the machine that must not fail.
func (m *machine) run(command ...string) string {
	m.t.Helper()
	out, err := m.try(command...)
	if err != nil {
		m.t.Fatalf("%q: %v: %s\n%s", command, err, out, m.journal())
	}
	return out
}

// until waits for something to become true.
func (m *machine) until(what string, true func() bool) {
	m.t.Helper()
	for deadline := time.Now().Add(2 * time.Minute); !true(); time.Sleep(100 * time.Millisecond) {
		if time.Now().After(deadline) {
			m.t.Fatalf("waited in vain until %s:\n%s", what, m.journal())
		}
	}
}

// write writes a file of the machine, and makes the folders above it.
func (m *machine) write(name, text string) {
	m.t.Helper()
	name = filepath.Join(m.root, name)
	if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, []byte(text), 0o644)); err != nil {
		m.t.Fatal(err)
	}
}

// dropIn adds to the service's unit, as systemctl edit does.
func (m *machine) dropIn(name, text string) {
	m.t.Helper()
	m.write("/etc/systemd/system/newswired.service.d/"+name+".conf", "[Service]\n"+text)
	m.run("systemctl", "daemon-reload")
}

// show returns a property of the service.
func (m *machine) show(property string) string {
	m.t.Helper()
	return m.run("systemctl", "show", "--value", "-p", property, "newswired.service")
}

// journal returns what the service has said, each line with its priority.
func (m *machine) journal() string {
	out, _ := m.try("journalctl", "-u", "newswired.service", "--no-pager", "-o", "json", "--output-fields=PRIORITY,MESSAGE,_COMM")
	var lines strings.Builder
	for line := range strings.Lines(out) {
		fields := jsonFields(line)
		fmt.Fprintf(&lines, "<%s> %s: %s\n", fields["PRIORITY"], fields["_COMM"], fields["MESSAGE"])
	}
	return lines.String()
}

// jsonFields reads a line of the journal.
func jsonFields(line string) map[string]string {
	fields := make(map[string]string)
	json.Unmarshal([]byte(line), &fields) // what is no text stays out
	return fields
}

// query asks the database as a program does that only reads, as some user.
func (m *machine) query(user, sql string) (string, error) {
	return m.try("runuser", "-u", user, "--", "sqlite3", "-readonly", "/var/lib/newswired/newswired.db", sql)
}

// active waits until the service is at work, and has been restarted by itself so often.
func (m *machine) active(restarts int) {
	m.t.Helper()
	m.until(fmt.Sprintf("it is at work after %d restarts", restarts), func() bool {
		return m.show("ActiveState") == "active" && m.show("NRestarts") == strconv.Itoa(restarts)
	})
}
