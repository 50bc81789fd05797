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
