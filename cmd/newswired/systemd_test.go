package main

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"newswired/store"
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

var backupUnit = filepath.Join("systemd", "newswired-backup.service")

// The backup is locked as the daemon is, and more so: what one unit has and the
// other has not is named here.
func TestBackupUnit(t *testing.T) {
	daemon, backup := readUnit(t, unitFile), readUnit(t, backupUnit)
	for _, key := range []string{"Type", "NotifyAccess", "ExecStart", "ExecReload", "Restart", "RestartSec", "TimeoutStartSec", "TimeoutStopSec", "WatchdogSec", "OOMPolicy", "Environment", "TasksMax", "LimitNOFILE", "RestrictAddressFamilies"} {
		delete(daemon, "Service."+key)
	}
	for key, want := range daemon {
		if strings.HasPrefix(key, "Service.") && !slices.Equal(backup[key], want) {
			t.Errorf("%s is %q, the daemon's %q", key, backup[key], want)
		}
	}
	if !slices.Equal(backup["Service.PrivateNetwork"], []string{"yes"}) || !slices.Equal(backup["Service.Type"], []string{"oneshot"}) {
		t.Errorf("with a network, or no oneshot: %v", backup)
	}
	folder := backup["Service.ReadWritePaths"]
	data, err := os.ReadFile(filepath.Join("systemd", "newswired.tmpfiles"))
	if err != nil || len(folder) != 1 || !strings.Contains(string(data), "\nd "+folder[0]+" 0750 newswired newswired -\n") || !strings.HasPrefix(backup["Service.Environment"][0], "BACKUPS="+folder[0]+" ") {
		t.Errorf("folder of backups: %q, %v, %s", folder, err, data)
	}
}

// What the unit runs makes a backup named by the day, and removes those that are
// too old and nothing else; an old one stays if there is no new one.
func TestBackupUnitKeeps(t *testing.T) {
	shell, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("no sh there")
	}
	script := strings.TrimSuffix(strings.TrimPrefix(readUnit(t, backupUnit)["Service.ExecStart"][0], "/bin/sh -ec '"), "'")
	dir, backups := t.TempDir(), t.TempDir()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(dir, "newswired")
	if err := os.Symlink(self, program); err != nil {
		t.Skip(err)
	}
	script = strings.NewReplacer("%%", "%", "$$", "$", "/usr/bin/newswired", program).Replace(script)
	old, young, other := filepath.Join(backups, "newswired-2026-01-01.db"), filepath.Join(backups, "newswired-2026-01-10.db"), filepath.Join(backups, "letters.db")
	for file, days := range map[string]int{old: 20, young: 10, other: 20} {
		put(t, unitFile, file, 0o644)
		when := time.Now().AddDate(0, 0, -days)
		if err := os.Chtimes(file, when, when); err != nil {
			t.Fatal(err)
		}
	}
	runScript := func() error {
		cmd := exec.CommandContext(t.Context(), shell, "-ec", script)
		cmd.Dir, cmd.Env = dir, append(os.Environ(), "BACKUPS="+backups, "KEEP_DAYS=14", "CONFIGURATION_DIRECTORY="+dir)
		out, err := cmd.CombinedOutput()
		t.Logf("%s", out)
		return err
	}
	there := func(file string) bool { _, err := os.Stat(file); return err == nil }
	if err := os.WriteFile(filepath.Join(dir, "config.yaml"), []byte("database: news.db\n"+small), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := runScript(); err == nil || !there(old) {
		t.Errorf("without a database: %v, the old backup is there: %v", err, there(old))
	}
	st, err := store.Open(t.Context(), filepath.Join(dir, "news.db"), "", time.Now())
	if err != nil {
		t.Fatal(err)
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	if err := runScript(); err != nil {
		t.Fatal(err)
	}
	made, _ := filepath.Glob(filepath.Join(backups, "newswired-"+time.Now().Format("2006")+"-??-??.db"))
	if there(old) || !there(young) || !there(other) || len(made) == 0 {
		t.Errorf("left: old %v, young %v, other %v; made %v", there(old), there(young), there(other), made)
	}
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

// systemd finds nothing to say about the units where the binary is in its place,
// and notices when it is not.
func TestUnitVerified(t *testing.T) {
	const units = "/usr/lib/systemd/system"
	if _, err := os.Stat(units); err != nil {
		t.Skip("no units of systemd there")
	}
	root := t.TempDir()
	if err := os.CopyFS(filepath.Join(root, units), os.DirFS(units)); err != nil {
		t.Fatal(err)
	}
	timer := filepath.Join("systemd", "newswired-backup.timer")
	for _, file := range []string{unitFile, socketFile, backupUnit, timer} {
		put(t, file, filepath.Join(root, units, filepath.Base(file)), 0o644)
	}
	put(t, os.Args[0], filepath.Join(root, "bin", "kill"), 0o755)
	put(t, os.Args[0], filepath.Join(root, "bin", "sh"), 0o755)
	if out, err := analyze(t, "--root="+root, "--man=no", "verify", "newswired.service"); err == nil {
		t.Errorf("the missing binary was not noticed: %q", out)
	}
	put(t, os.Args[0], filepath.Join(root, "usr", "bin", "newswired"), 0o755)
	for _, file := range []string{unitFile, socketFile, backupUnit, timer} {
		if out, err := analyze(t, "--root="+root, "--man=no", "verify", filepath.Base(file)); err != nil || out != "" {
			t.Errorf("%s: %v: %s", file, err, out)
		}
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
	if out, err := analyze(t, "security", "--offline=true", "--threshold=10", "--no-pager", backupUnit); err != nil {
		t.Errorf("%v: %s", err, out)
	}
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
