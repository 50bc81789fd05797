//go:build e2e

package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// install installs a package with apt, which keeps a configuration that was
// changed. What it depends on is there.
func (m *machine) install(file string) {
	m.t.Helper()
	put(m.t, file, filepath.Join(m.root, "newswired.deb"), 0o644)
	m.run("apt-get", "install", "-q", "-y", "-o", "Dpkg::Options::=--force-confold", "/newswired.deb")
}

// TestBooted is the life of a package in a booted systemd, from installation to
// purge. It takes some minutes, and is no part of CI:
//
//	go test -tags e2e -run TestBooted -v -timeout 30m ./cmd/newswired
func TestBooted(t *testing.T) {
	needBoot(t)
	first, second := buildPackages(t, "1.0.0"), buildPackages(t, "1.1.0")
	for _, release := range []string{"bookworm", "trixie"} {
		t.Run(release, func(t *testing.T) {
			b := &booted{machine: boot(t, release), listen: freeAddress(t)}
			b.press = newPress(t, 3, 0)
			b.configure("")
			b.install(deb(t, first))
			b.active(0)
			for _, step := range []struct {
				name string
				test func(*testing.T)
			}{
				{"installed", b.installed}, {"readers", b.readers}, {"reload", b.reload}, {"crash", b.crash},
				{"quiet", b.quiet}, {"credential", b.credential}, {"stop", b.stop}, {"socket", b.socket}, {"backup", b.backup}, {"watchdog", b.watchdog}, {"locked", b.locked},
			} {
				t.Run(step.name, func(t *testing.T) { b.t = t; step.test(t) })
			}
			t.Run("upgrade", func(t *testing.T) { b.t = t; b.upgrade(t, deb(t, second)) })
			t.Run("purge", func(t *testing.T) { b.t = t; b.purge(t) })
			b.t = t
		})
	}
}

// A booted is a machine with newswired on it, and a press that it polls.
type booted struct {
	*machine
	press  string
	listen string
}

// configure writes the configuration, with more after it.
func (b *booted) configure(more string) {
	b.t.Helper()
	b.write("/etc/newswired/config.yaml", fmt.Sprintf(`listen: %s
database: /var/lib/newswired/newswired.db
host_pause: 0s
schedule: "@every 5s"
allow_networks: [127.0.0.0/8]
sources: [{name: press, url: %s/rss}]
feeds: [{name: all}%s]
`, b.listen, b.press, more))
}

// status returns the status of an answer, 0 if there is none. Each request has a
// connection of its own.
func (b *booted) status(path string) int {
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: 20 * time.Second}
	answer, err := client.Get("http://" + b.listen + path)
	if err != nil {
		return 0
	}
	defer answer.Body.Close()
	io.Copy(io.Discard, answer.Body)
	return answer.StatusCode
}

// By the package alone it is enabled, at work, says how it is, and is locked up.
func (b *booted) installed(t *testing.T) {
	if got := b.run("systemctl", "is-enabled", "newswired.service"); got != "enabled" {
		t.Errorf("it is %s", got)
	}
	b.until("systemd has the counts", func() bool {
		return regexp.MustCompile(`^1 source, 0 failing; \d+ articles in \d+ stories$`).MatchString(b.show("StatusText"))
	})
	if got := b.run("newswired", "version"); got != "newswired v1.0.0" {
		t.Errorf("it is %s", got)
	}
	if got := b.run("dpkg-query", "-W", "-f", "${Conffiles}", "newswired"); !strings.Contains(got, "/etc/newswired/config.yaml") {
		t.Errorf("conffiles are %q", got)
	}
	exposure := b.run("systemd-analyze", "security", "--no-pager", "--threshold=12", "newswired.service")
	t.Log(exposure[strings.LastIndex(exposure, "Overall"):])
	for property, want := range map[string]string{"MemoryHigh": "402653184", "MemoryMax": "536870912"} {
		if got := b.show(property); got != want {
			t.Errorf("%s is %s, want %s", property, got, want)
		}
	}
	// It would overrule what the daemon reads of its cgroup.
	if environ := b.run("cat", "/proc/"+b.show("MainPID")+"/environ"); strings.Contains(environ, "GOMEMLIMIT=") {
		t.Errorf("a limit of Go's memory that does not follow MemoryHigh, in %q", environ)
	}
	t.Log(b.run("systemctl", "status", "--no-pager", "newswired.service"))
}

// Who is in the group may read, by SQL and by commands, without flags; who is not
// may not, and is told what is wrong.
func (b *booted) readers(t *testing.T) {
	b.run("useradd", "-m", "-G", "newswired", "kim")
	b.run("useradd", "-m", "lee")
	b.until("kim reads three articles", func() bool {
		got, err := b.query("kim", "SELECT count(*) FROM articles")
		return err == nil && got == "3"
	})
	if out, err := b.query("kim", "DELETE FROM articles"); err == nil {
		t.Errorf("kim may write: %s", out)
	}
	if out, err := b.query("lee", "SELECT 1 FROM articles"); err == nil {
		t.Errorf("lee may read: %s", out)
	}
	for _, user := range []string{"root", "newswired", "kim"} {
		out, err := b.try("runuser", "-u", user, "--", "newswired", "status")
		if err != nil || !strings.Contains(out, "press") {
			t.Errorf("status for %s: %v: %s", user, err, out)
		}
	}
	b.run("newswired", "poll")
	if got := b.run("find", "/var/lib/newswired", "-not", "-user", "newswired"); got != "" {
		t.Errorf("root's poll left files of its own: %s", got)
	}
	out, err := b.try("runuser", "-u", "lee", "--", "newswired", "status")
	if err == nil {
		t.Error("lee may ask for the status")
	}
	t.Logf("lee is told: %s", out)
}

// A good configuration is taken over, a bad one is refused, and the reload fails.
func (b *booted) reload(t *testing.T) {
	b.configure(", {name: more}")
	b.run("systemctl", "reload", "newswired.service")
	b.until("the new feed is there", func() bool { return b.status("/feeds/more.atom") == http.StatusOK })
	b.configure(", {name: [}")
	if out, err := b.try("systemctl", "reload", "newswired.service"); err == nil {
		t.Errorf("a bad configuration was reloaded: %s", out)
	}
	if log := b.journal(); !strings.Contains(log, "config.yaml:7:") {
		t.Errorf("the journal does not tell the place:\n%s", log)
	}
	// By the signal alone nobody checks it first.
	b.run("systemctl", "kill", "-s", "HUP", "newswired.service")
	b.until("systemd is told", func() bool { return strings.Contains(b.show("StatusText"), "configuration refused") })
	if got := b.status("/feeds/more.atom"); got != http.StatusOK {
		t.Errorf("the former configuration is gone: %d", got)
	}
	b.configure("")
	b.run("systemctl", "reload", "newswired.service")
	b.until("all is well again", func() bool { return !strings.Contains(b.show("StatusText"), "refused") })
	b.active(0)
}

// What is killed is started again, with all it had.
func (b *booted) crash(t *testing.T) {
	b.run("systemctl", "kill", "-s", "KILL", "newswired.service")
	b.active(1)
	if got, err := b.query("kim", "PRAGMA integrity_check; SELECT count(*) FROM articles"); got != "ok\n3" {
		t.Errorf("after the crash: %s %v", got, err)
	}
}

// While nothing happens nothing is said, and all that was said has a priority.
func (b *booted) quiet(t *testing.T) {
	before := b.journal()
	polls := func() int {
		got, _ := b.query("root", "SELECT sum(count) FROM fetches")
		n, _ := strconv.Atoi(got)
		return n
	}
	at := polls()
	b.until("it has polled three times", func() bool { return polls() >= at+3 })
	if after := b.journal(); after != before {
		t.Errorf("it said:\n%s", strings.TrimPrefix(after, before))
	}
	for line := range strings.Lines(before) {
		wrong := strings.Contains(line, "refused") || strings.Contains(line, "config.yaml:7:")
		if wrong != strings.HasPrefix(line, "<3>") && strings.Contains(line, "> newswired: ") {
			t.Errorf("a line has the wrong priority: %s", line)
		}
		if strings.Contains(line, "level=") || strings.Contains(line, "time=") {
			t.Errorf("a line has its level or time twice: %s", line)
		}
	}
	t.Log(before)
}

// A credential of systemd's opens a private feed, and stands nowhere else.
func (b *booted) credential(t *testing.T) {
	const token = "0b6d1f2e9c"
	b.write("/etc/newswired/credentials/desk", "bearer "+token+"\n")
	b.run("chmod", "-R", "go=", "/etc/newswired/credentials")
	b.dropIn("credential", "LoadCredential=desk:/etc/newswired/credentials/desk\n")
	b.configure(", {name: desk, access: [desk]}")
	b.run("systemctl", "restart", "newswired.service")
	b.until("the token opens the feed", func() bool { return b.status("/feeds/desk.atom?token="+token) == http.StatusOK })
	if got := b.status("/feeds/desk.atom"); got == http.StatusOK {
		t.Error("it is open without")
	}
	b.run("systemctl", "reload", "newswired.service") // its check sees the credential, too
	for _, text := range []string{b.journal(), b.run("systemctl", "show", "newswired.service"), b.run("sqlite3", "/var/lib/newswired/newswired.db", ".dump")} {
		if strings.Contains(text, token) {
			t.Errorf("the token stands in %.2000s", text)
		}
	}
	b.configure("")
	b.run("systemctl", "reload", "newswired.service")
}

// Who reads slowly holds up the end of the service for less than 30 seconds.
func (b *booted) stop(t *testing.T) {
	slow, err := net.Dial("tcp", b.listen)
	if err != nil {
		t.Fatal(err)
	}
	defer slow.Close()
	fmt.Fprintf(slow, "GET /feeds/all.atom HTTP/1.1\r\nHost: %s\r\n", b.listen) // and nothing more
	begin := time.Now()
	b.run("systemctl", "stop", "newswired.service")
	t.Logf("stopped after %s", time.Since(begin).Round(time.Millisecond))
	if got := b.show("Result"); got != "success" {
		t.Errorf("it ended by %s:\n%s", got, b.journal())
	}
	if got, err := b.query("kim", "SELECT count(*) FROM articles"); got != "3" {
		t.Errorf("kim cannot read while it is stopped: %s %v", got, err)
	}
	b.run("systemctl", "start", "newswired.service")
}

// With the socket no request is lost while the service restarts.
func (b *booted) socket(t *testing.T) {
	b.write("/etc/systemd/system/newswired.socket.d/address.conf", "[Socket]\nListenStream=\nListenStream="+b.listen+"\n")
	b.run("systemctl", "daemon-reload")
	b.run("systemctl", "stop", "newswired.service")
	b.run("systemctl", "reset-failed", "newswired.service") // restarts count against StartLimitBurst
	b.run("systemctl", "enable", "--now", "newswired.socket")
	var asked, lost atomic.Int64
	over, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		for {
			select {
			case <-over:
				return
			default:
			}
			asked.Add(1)
			if b.status("/feeds/all.atom") != http.StatusOK {
				lost.Add(1)
			}
		}
	}()
	b.until("the first request has started it", func() bool { return b.show("ActiveState") == "active" })
	for range 4 {
		b.run("systemctl", "restart", "newswired.service")
		time.Sleep(300 * time.Millisecond)
	}
	close(over)
	<-ended
	t.Logf("%d requests during 4 restarts, %d lost", asked.Load(), lost.Load())
	if lost.Load() > 0 || asked.Load() < 10 {
		t.Errorf("%d of %d requests were lost:\n%s", lost.Load(), asked.Load(), b.journal())
	}
}

// The package alone is enough for a backup, which the group may read and nobody else.
func (b *booted) backup(t *testing.T) {
	b.run("systemctl", "enable", "--now", "newswired-backup.timer")
	b.run("systemctl", "start", "newswired-backup.service")
	got := b.run("find", "/var/backups/newswired", "-name", "newswired-????-??-??.db", "-printf", "%u:%g %m")
	if got != "newswired:newswired 640" {
		t.Errorf("the backup is %q", got)
	}
}

// What hangs is killed and started again, and so is what has lost its database.
func (b *booted) watchdog(t *testing.T) {
	b.dropIn("watchdog", "WatchdogSec=30s\n")
	b.run("systemctl", "restart", "newswired.service")
	b.run("systemctl", "kill", "-s", "STOP", "newswired.service")
	b.active(1)
	const folder = "cd /var/lib/newswired && "
	b.run("sh", "-c", folder+"mkdir away && mv newswired.db* away")
	b.active(2)
	if log := b.run("journalctl", "--no-pager", "-u", "newswired.service"); strings.Count(log, "Watchdog timeout") != 2 {
		t.Errorf("it was not the watchdog:\n%s", log)
	}
	if log := b.journal(); !strings.Contains(log, "was removed or replaced while it is open") {
		t.Errorf("the journal does not say why:\n%s", log)
	}
	b.run("systemctl", "stop", "newswired.service", "newswired.socket")
	b.run("sh", "-c", folder+"rm newswired.db* && mv away/* . && rmdir away")
	b.run("systemctl", "start", "newswired.socket", "newswired.service")
}

// That another program holds the database for longer than the watchdog waits is
// said, and no reason for a restart.
func (b *booted) locked(t *testing.T) {
	before := b.show("NRestarts")
	b.run("runuser", "-u", "newswired", "--", "sqlite3", "/var/lib/newswired/newswired.db", "BEGIN IMMEDIATE", ".shell sleep 60", "COMMIT")
	if log := b.journal(); !strings.Contains(log, "another program has locked the database") {
		t.Errorf("it was not said:\n%s", log)
	}
	if after := b.show("NRestarts"); after != before {
		t.Errorf("%s restarts, %s before", after, before)
	}
	b.until("it is well again", func() bool { return b.status("/readyz") == http.StatusOK })
}

// An upgrade keeps data, configuration and what was turned on.
func (b *booted) upgrade(t *testing.T, file string) {
	b.write("/etc/newswired/config.yaml", "# mine\n"+b.run("cat", "/etc/newswired/config.yaml")+"\n")
	b.install(file)
	b.until("the new one is at work", func() bool { return b.status("/healthz") == http.StatusOK && b.show("ActiveState") == "active" })
	if got := b.run("newswired", "version"); got != "newswired v1.1.0" {
		t.Errorf("it is %s", got)
	}
	if got, err := b.query("kim", "SELECT count(*) FROM articles"); got != "3" {
		t.Errorf("after the upgrade: %s articles, %v", got, err)
	}
	if got := b.run("cat", "/etc/newswired/config.yaml"); !strings.HasPrefix(got, "# mine") {
		t.Errorf("the configuration is %q", got)
	}
	for _, question := range []string{"is-enabled", "is-active"} {
		got, _ := b.try("systemctl", question, "newswired.service", "newswired.socket", "newswired-backup.timer")
		if want := strings.TrimPrefix(question, "is-"); got != strings.Trim(strings.Repeat(want+"\n", 3), "\n") {
			t.Errorf("%s: %q", question, got)
		}
	}
	b.run("systemctl", "disable", "newswired.service")
	b.install(file) // once more
	if got, _ := b.try("systemctl", "is-enabled", "newswired.service"); got != "disabled" {
		t.Errorf("what was turned off is %s", got)
	}
}

// A removed package keeps its data, a purged one leaves nothing.
func (b *booted) purge(t *testing.T) {
	b.run("apt-get", "remove", "-q", "-y", "newswired")
	if got := b.status("/healthz"); got != 0 {
		t.Errorf("a removed newswired answers %d", got)
	}
	b.run("test", "-f", "/var/lib/newswired/newswired.db")
	b.run("test", "-f", "/etc/newswired/config.yaml")
	b.run("apt-get", "purge", "-q", "-y", "newswired")
	// What the admin made stays: the credentials and the drop-ins.
	left, _ := b.try("find", "/var/lib", "/usr", "/etc", "/run/systemd", "-name", "*newswired*", "-not", "-name", "newswired.*.d", "-not", "-path", "*/dpkg/*")
	if left != "/etc/newswired" {
		t.Errorf("left is %s", left)
	}
}
