package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Who cannot write beside the database is told what to do.
func TestLockCannotBeMade(t *testing.T) {
	database := filepath.Join(t.TempDir(), "newswired.db")
	if err := os.Mkdir(database+".lock", 0o700); err != nil {
		t.Fatal(err)
	}
	l, err := takeLock(database)
	if err == nil || !strings.Contains(err.Error(), "let newswired write in its folder") {
		t.Errorf("%v, %v", l, err)
	}
}

// A database has one name, by whatever links it is named: one daemon serves it.
func TestTarget(t *testing.T) {
	dir := t.TempDir()
	file, link, second := filepath.Join(dir, "newswired.db"), filepath.Join(dir, "link.db"), filepath.Join(dir, "second.db")
	for name, to := range map[string]string{link: "newswired.db", second: link} {
		if err := os.Symlink(to, name); err != nil {
			t.Skip(err) // Windows grants it to few
		}
	}
	for range 2 {
		for _, name := range []string{file, link, second} {
			if got := filepath.Clean(target(name)); got != file {
				t.Errorf("%s is %s", name, got)
			}
		}
		if err := os.WriteFile(file, nil, 0o600); err != nil { // and with a file at its end
			t.Fatal(err)
		}
	}
	name := filepath.Join(dir, "config.yaml")
	if err := os.WriteFile(name, []byte("database: "+filepath.ToSlash(second)+"\nsources: [{name: a, url: https://a.example/rss}]\nfeeds: [{name: all}]\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if c, err := loadConfig(name, shortest); err != nil || filepath.Clean(c.Database) != file {
		t.Errorf("%+v, %v", c, err)
	}
}
