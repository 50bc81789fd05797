//go:build e2e

package main

import (
	"net"
	"net/http"
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

// newNotifySocket listens until the test ends.
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

// listen notes each line of each message.
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

// A socket that is handed over as systemd does (sd_listen_fds(3)) is served, and
// none of the requests that come while one daemon follows another is lost.
func TestOutsideSocket(t *testing.T) {
	needSignals(t)
	url := newPress(t, 3, 0)
	socket, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer socket.Close()
	file, err := socket.(*net.TCPListener).File()
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	dir, listen := t.TempDir(), socket.Addr().String()
	writeConfig(t, dir, listen, "sources: [{name: press, url: "+url+"/rss}]\nfeeds: [{name: all}]\n")
	over, ended := make(chan struct{}), make(chan struct{})
	asked := 0
	go func() {
		defer close(ended)
		client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
		for ; ; asked++ {
			select {
			case <-over:
				return
			default:
			}
			answer, err := client.Get("http://" + listen + "/feeds/all.atom")
			if err != nil {
				t.Errorf("request %d: %v", asked, err)
				continue
			}
			answer.Body.Close()
			if answer.StatusCode != http.StatusOK {
				t.Errorf("request %d: %s", asked, answer.Status)
			}
		}
	}()
	for range 5 {
		d := startOn(t, dir, listen, file)
		d.until(t, "it has started", d.logged("started"))
		d.stop(t)
	}
	d := startOn(t, dir, listen, file)
	close(over)
	<-ended
	d.stop(t)
	t.Logf("%d requests", asked)
}

// startOn starts a daemon that is given a socket. Its process has to be named,
// hence the shell.
func startOn(t *testing.T, dir, listen string, socket *os.File) *process {
	t.Helper()
	cmd := run(t, dir)
	cmd.Args = []string{"sh", "-c", `LISTEN_PID=$$ LISTEN_FDS=1 exec "$0"`, cmd.Path}
	cmd.Path = need(t, "sh")
	cmd.ExtraFiles = []*os.File{socket}
	return begin(t, cmd, listen)
}
