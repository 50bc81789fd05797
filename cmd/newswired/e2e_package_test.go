//go:build e2e

package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// buildPackages makes the packages of a version for this machine, and returns
// their folder.
func buildPackages(t *testing.T, version string) string {
	t.Helper()
	out := t.TempDir()
	cmd := exec.Command("bash", filepath.Join("package", "build"), out, runtime.GOARCH)
	cmd.Env = append(os.Environ(), "VERSION="+version, "MAINTAINER=The newswired authors <newswired@packages.test>", "SOURCE_DATE_EPOCH=1767225600")
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("build %s: %v: %s", version, err, said)
	}
	return out
}

// deb returns the package in a folder.
func deb(t *testing.T, folder string) string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(folder, "*.deb"))
	if err != nil || len(found) != 1 {
		t.Fatalf("packages %q: %v", found, err)
	}
	return found[0]
}

// TestPackages makes the packages twice. It takes half a minute, and is no part
// of CI:
//
//	go test -tags e2e -run 'TestPackages|TestImage' -v ./cmd/newswired
func TestPackages(t *testing.T) {
	lintian := need(t, "lintian")
	first, again := buildPackages(t, "1.0.0"), buildPackages(t, "1.0.0")
	for _, pattern := range []string{"*.deb", "*.rpm", "image/*"} {
		files, err := filepath.Glob(filepath.Join(first, pattern))
		if err != nil || len(files) == 0 {
			t.Fatalf("no %s: %v", pattern, err)
		}
		for _, file := range files {
			one, err := os.ReadFile(file)
			if err != nil {
				continue // a folder
			}
			rel, _ := filepath.Rel(first, file)
			if two, err := os.ReadFile(filepath.Join(again, rel)); err != nil || !bytes.Equal(one, two) {
				t.Errorf("%s differs from build to build: %v", rel, err)
			}
		}
	}
	if out, err := exec.Command(lintian, "--fail-on", "error,warning", deb(t, first)).CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
	// The configuration is the shipped one but for the database's place.
	packed, err := exec.Command("sh", "-c", "dpkg-deb --fsys-tarfile "+deb(t, first)+" | tar xO ./etc/newswired/config.yaml").Output()
	if err != nil {
		t.Fatal(err)
	}
	shipped, err := os.ReadFile(filepath.Join("..", "..", "config.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(packed)) {
		if !strings.Contains(string(shipped), line) && !strings.HasPrefix(line, "database: /var/lib/newswired/newswired.db ") {
			t.Errorf("the package's configuration says %q", line)
		}
	}
}

// TestImage makes the image without an engine, and runs what is in it in its own
// root, as the user that it names.
func TestImage(t *testing.T) {
	buildah := need(t, "buildah")
	if os.Getuid() != 0 {
		t.Skip("only root can change the root of a process")
	}
	out, dir := buildPackages(t, "1.0.0"), t.TempDir()
	in := func(args ...string) string {
		t.Helper()
		args = append([]string{"--storage-driver", "vfs", "--root", filepath.Join(dir, "store"), "--runroot", filepath.Join(dir, "run")}, args...)
		said, err := exec.Command(buildah, args...).CombinedOutput()
		if err != nil {
			t.Fatalf("%q: %v: %s", args, err, said)
		}
		return strings.TrimSpace(string(said))
	}
	in("bud", "--isolation", "chroot", "-t", "newswired", filepath.Join(out, "image"))
	container := in("from", "localhost/newswired")
	run := func(args ...string) string {
		return in(append([]string{"run", "--isolation", "chroot", container, "--", "/usr/bin/newswired"}, args...)...)
	}
	if got := run("version"); got != "newswired v1.0.0" {
		t.Errorf("it is %q", got)
	}
	if got := run("check"); !strings.HasPrefix(got, "/etc/newswired/config.yaml is good: ") {
		t.Error(got)
	}
	// It may write its volume: a poll makes the database.
	config := filepath.Join(in("mount", container), "etc", "newswired", "config.yaml")
	text := "database: /var/lib/newswired/newswired.db\nhost_pause: 0s\nallow_networks: [127.0.0.0/8]\nsources: [{name: press, url: " + newPress(t, 3, 0) + "/rss}]\nfeeds: [{name: all}]\n"
	if err := os.WriteFile(config, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	run("poll")
	if got := run("status"); !strings.Contains(got, "press") {
		t.Errorf("no source in %q", got)
	}
}
