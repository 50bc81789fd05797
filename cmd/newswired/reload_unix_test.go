//go:build unix

package main

import (
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A configuration that came through a pipe has no second reading: a SIGHUP is refused
// and does not wait for somebody to write.
func TestReloadOfAPipe(t *testing.T) {
	name := filepath.Join(t.TempDir(), "config.yaml")
	if err := syscall.Mkfifo(name, 0o600); err != nil {
		t.Fatal(err)
	}
	refused := make(chan error, 1)
	go func() {
		_, _, err := new(server).readAgain(t.Context(), name)
		refused <- err
	}()
	select {
	case err := <-refused:
		if err == nil || !strings.Contains(err.Error(), "restart newswired") {
			t.Error(err)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("the reload waits for the pipe")
	}
}
