package main

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// readUnit returns the settings of a unit file, by section and key; a key that
// stands there several times has several values.
func readUnit(t *testing.T, name string) map[string][]string {
	t.Helper()
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	settings, section := make(map[string][]string), ""
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		line := strings.TrimSpace(lines.Text())
		key, value, isSetting := strings.Cut(line, "=")
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "["):
			section = strings.Trim(line, "[]")
		case isSetting:
			settings[section+"."+key] = append(settings[section+"."+key], value)
		default:
			t.Errorf("%s: neither section nor setting: %q", name, line)
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return settings
}

var unitFile = filepath.Join("systemd", "newswired.service")

// What the daemon and the unit must agree on, and what may never come back.
func TestUnit(t *testing.T) {
	unit := readUnit(t, unitFile)
	for key, want := range map[string]string{
		"Service.Type":                   "notify", // systemd 252 has no notify-reload
		"Service.NotifyAccess":           "main",
		"Service.ExecStart":              "/usr/bin/newswired serve",
		"Service.User":                   "newswired",
		"Service.Group":                  "newswired",
		"Service.StateDirectory":         "newswired",
		"Service.StateDirectoryMode":     "0750", // the group may read
		"Service.UMask":                  "0027", // what is in it, too
		"Service.ConfigurationDirectory": "newswired",
		"Service.Restart":                "on-failure",
		"Service.WatchdogSec":            "90s",
		"Service.TimeoutStopSec":         "30s", // more than stopTime
		"Install.WantedBy":               "multi-user.target",
	} {
		if got := unit[key]; !slices.Equal(got, []string{want}) {
			t.Errorf("%s is %q, want %q", key, got, want)
		}
	}
	if got := unit["Service.ExecReload"]; !slices.Equal(got, []string{"/usr/bin/newswired check --no-credentials", "/bin/kill -HUP $MAINPID"}) {
		t.Errorf("Service.ExecReload is %q", got)
	}
	// The first hides the database from who queries it. The second would take
	// a crash for a wrong configuration: Go's panics exit with 2, too.
	for _, key := range []string{"Service.DynamicUser", "Service.RestartPreventExitStatus"} {
		if unit[key] != nil {
			t.Errorf("%s is there", key)
		}
	}
	if families := unit["Service.RestrictAddressFamilies"]; len(families) != 1 || !strings.Contains(families[0], "AF_UNIX") {
		t.Errorf("no socket to systemd in %q", families)
	}
}

var socketFile = filepath.Join("systemd", "newswired.socket")

// systemd holds the address that the shipped configuration says.
func TestSocketUnit(t *testing.T) {
	c, err := loadConfig(filepath.Join("..", "..", "config.yaml"), shortest)
	if err != nil {
		t.Fatal(err)
	}
	if got := readUnit(t, socketFile)["Socket.ListenStream"]; !slices.Equal(got, []string{c.Listen}) {
		t.Errorf("Socket.ListenStream is %q, listen %q", got, c.Listen)
	}
}

// The user that the unit names is the one that is made.
func TestSysusers(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("systemd", "newswired.sysusers"))
	if err != nil {
		t.Fatal(err)
	}
	user := readUnit(t, unitFile)["Service.User"][0]
	home := "/var/lib/" + readUnit(t, unitFile)["Service.StateDirectory"][0]
	for line := range strings.Lines(string(data)) {
		if strings.HasPrefix(line, "u "+user+" ") && strings.HasSuffix(line, " "+home+"\n") {
			return
		}
	}
	t.Errorf("no user %s with home %s in %q", user, home, data)
}

// analyze runs systemd-analyze, which reads files only, or skips the test.
func analyze(t *testing.T, args ...string) (output string, err error) {
	t.Helper()
	tool, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Skip("systemd-analyze not there")
	}
	out, err := exec.CommandContext(t.Context(), tool, args...).CombinedOutput()
	return string(out), err
}

// systemd finds nothing to say about the unit where the binary is in its
// place, and notices when it is not.
func TestUnitVerified(t *testing.T) {
	const units = "/usr/lib/systemd/system"
	if _, err := os.Stat(units); err != nil {
		t.Skip("no units of systemd there")
	}
	root := t.TempDir()
	if err := os.CopyFS(filepath.Join(root, units), os.DirFS(units)); err != nil {
		t.Fatal(err)
	}
	put(t, unitFile, filepath.Join(root, units, "newswired.service"), 0o644)
	put(t, socketFile, filepath.Join(root, units, "newswired.socket"), 0o644)
	put(t, os.Args[0], filepath.Join(root, "bin", "kill"), 0o755)
	if out, err := analyze(t, "--root="+root, "--man=no", "verify", "newswired.service"); err == nil {
		t.Errorf("the missing binary was not noticed: %q", out)
	}
	put(t, os.Args[0], filepath.Join(root, "usr", "bin", "newswired"), 0o755)
	if out, err := analyze(t, "--root="+root, "--man=no", "verify", "newswired.service", "newswired.socket"); err != nil || out != "" {
		t.Errorf("%v: %s", err, out)
	}
}

// put copies a file.
func put(t *testing.T, from, to string, mode os.FileMode) {
	t.Helper()
	data, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, data, mode); err != nil {
		t.Fatal(err)
	}
}

// The exposure is at most 1.5 of 10. systemd-analyze takes it in tenths.
func TestUnitExposure(t *testing.T) {
	out, err := analyze(t, "security", "--offline=true", "--threshold=15", "--no-pager", unitFile)
	if err != nil {
		t.Errorf("%v: %s", err, out)
	}
	if !strings.Contains(out, "Overall exposure level for newswired.service: 1.") {
		t.Errorf("no level in %s", out)
	}
	if out, err := analyze(t, "security", "--offline=true", "--threshold=1", "--no-pager", unitFile); err == nil {
		t.Errorf("the threshold does nothing: %s", out)
	}
}
