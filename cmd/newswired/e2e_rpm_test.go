//go:build e2e

package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestBootedRPM is the life of the other package, as far as it can be had in a Debian
// with rpm in it: what its scripts do to a booted systemd. It is no part of CI:
//
//	go test -tags e2e -run TestBootedRPM -v -timeout 30m ./cmd/newswired
func TestBootedRPM(t *testing.T) {
	needBoot(t)
	first, second := buildPackages(t, "1.0.0"), buildPackages(t, "1.1.0")
	b := &booted{machine: boot(t, "trixie"), listen: freeAddress(t)}
	b.press = newPress(t, 3, 0)
	b.run("apt-get", "update", "-q")
	b.run("apt-get", "install", "-q", "-y", "--no-install-recommends", "rpm")
	rpm := func(folder string, args ...string) {
		t.Helper()
		found, err := filepath.Glob(filepath.Join(folder, "*.rpm"))
		if err != nil || len(found) != 1 {
			t.Fatalf("packages %q: %v", found, err)
		}
		put(t, found[0], filepath.Join(b.root, "newswired.rpm"), 0o644)
		b.run(append(append([]string{"rpm"}, args...), "--nodeps", "/newswired.rpm")...)
	}
	units := func(want string) {
		t.Helper()
		if got, _ := b.try("systemctl", "is-active", "newswired.service", "newswired.socket", "newswired-backup.timer"); strings.ReplaceAll(got, "\n", " ") != want {
			t.Errorf("the units are %q, want %q", got, want)
		}
	}
	rpm(first, "-i")
	units("inactive inactive inactive") // whether one is started is for the distribution to say
	b.configure("")
	b.write("/etc/systemd/system/newswired.socket.d/address.conf", "[Socket]\nListenStream=\nListenStream="+b.listen+"\n")
	b.run("systemctl", "daemon-reload")
	b.run("systemctl", "enable", "--now", "newswired.socket", "newswired-backup.timer", "newswired.service")
	b.backup(t)
	was := b.show("MainPID")
	rpm(second, "-U")
	units("active active active")
	if is := b.show("MainPID"); is == was {
		t.Error("it was not restarted")
	}
	if got := b.run("newswired", "version"); got != "newswired v1.1.0" {
		t.Errorf("it is %s", got)
	}
	if got := b.run("cat", "/etc/newswired/config.yaml"); !strings.Contains(got, b.listen) {
		t.Errorf("the configuration is %q", got)
	}
	b.run("systemctl", "disable", "--now", "newswired.socket", "newswired-backup.timer", "newswired.service")
	rpm(second, "-U", "--replacepkgs")
	units("inactive inactive inactive")
	b.run("systemctl", "start", "newswired.service")
	b.run("rpm", "-e", "newswired")
	units("inactive inactive inactive")
	b.run("test", "-f", "/var/lib/newswired/newswired.db")
	if left, _ := b.try("find", "/usr", "-name", "*newswired*"); left != "" {
		t.Errorf("left is %s", left)
	}
}
