//go:build e2e

package main

import (
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// A notifySocket hears what a daemon tells systemd (sd_notify(3)).
type notifySocket struct {
	name string
	mu   sync.Mutex
	said []string // the lines of all messages
}

func newNotifySocket(t *testing.T) *notifySocket {
	t.Helper()
	dir, err := os.MkdirTemp("", "nw") // t.TempDir is too long for a socket on some systems
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	s := &notifySocket{name: filepath.Join(dir, "s")}
	socket, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: s.name, Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { socket.Close() })
	go s.listen(socket)
	return s
}

func (s *notifySocket) listen(socket *net.UnixConn) {
	message := make([]byte, 4096)
	for {
		n, err := socket.Read(message)
		if err != nil {
			return // closed
		}
		s.mu.Lock()
		s.said = append(s.said, strings.Split(string(message[:n]), "\n")...)
		s.mu.Unlock()
	}
}

// heard counts the lines that begin with a text.
func (s *notifySocket) heard(begin string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, line := range s.said {
		if strings.HasPrefix(line, begin) {
			n++
		}
	}
	return n
}

// systemd is told what it has to know, in the order in which it waits for it.
func TestOutsideNotify(t *testing.T) {
	needSignals(t)
	url := newPress(t, 3, 0)
	dir, listen, socket := t.TempDir(), freeAddress(t), newNotifySocket(t)
	writeConfig(t, dir, listen, "sources: [{name: press, url: "+url+"/rss}]\nfeeds: [{name: all}]\n")
	d := start(t, dir, listen, "NOTIFY_SOCKET="+socket.name, "WATCHDOG_USEC=400000")
	d.until(t, "it is ready", func() bool { return socket.heard("READY=1") == 1 && socket.heard("STATUS=1 source, 0 failing; ") == 1 })
	d.until(t, "it shows life", func() bool { return socket.heard("WATCHDOG=1") >= 3 })
	d.cmd.Process.Signal(syscall.SIGHUP)
	d.until(t, "the reload is told", func() bool { return socket.heard("RELOADING=1") == 1 && socket.heard("READY=1") == 2 })
	if socket.heard("MONOTONIC_USEC=") != 1 {
		t.Error("a reload without its time is ignored by systemd 253 and later")
	}
	d.stop(t)
	if socket.heard("STOPPING=1") != 1 {
		t.Error("the stop was not told")
	}
	socket.mu.Lock()
	defer socket.mu.Unlock()
	if slices.Index(socket.said, "RELOADING=1") < slices.Index(socket.said, "READY=1") {
		t.Errorf("said in the wrong order: %q", socket.said)
	}
}
