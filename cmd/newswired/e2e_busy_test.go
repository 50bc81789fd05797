//go:build e2e && unix

package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// TestBusy measures how long readers wait for an edition while a hundred feeds with
// news twice a second are polled as fast as it goes, which a thousand would make no
// faster. Beside it a bare handler is asked, which is a process of its own and does
// nothing else: what it needs is what the machine takes. It asserts nothing about
// time, and is no part of CI:
//
//	go test -tags e2e -count 1 -run TestBusy -v ./cmd/newswired
func TestBusy(t *testing.T) {
	dir, listen, wires := t.TempDir(), freeAddress(t), startWires(t)[0]
	var sources strings.Builder
	for i := range benchFeeds {
		fmt.Fprintf(&sources, "  - {name: wire-%d, url: %s/%d}\n", i, wires, i)
	}
	writeConfig(t, dir, listen, "max_client_requests: 0\nmax_client_connections: 0\nsources:\n"+sources.String()+"feeds: [{name: all}]\n")
	d := start(t, dir, listen)
	d.until(t, "all is polled once", func() bool { return stored(t, dir) == benchFeeds*benchItems })
	ctx, over := context.WithCancel(t.Context())
	var growing sync.WaitGroup
	growing.Go(func() {
		for ; ctx.Err() == nil; time.Sleep(500 * time.Millisecond) {
			if answer, err := http.Post(wires+"/grow", "", nil); err == nil {
				answer.Body.Close()
			}
		}
	})
	ours := &readers{address: listen, path: "/feeds/all.atom"}
	bare := &readers{address: strings.TrimPrefix(startWires(t)[0], "http://"), path: "/0"}
	measure(3*time.Second, ours, bare) // from then on both editions and connections are there
	before := stored(t, dir)
	measure(20*time.Second, ours, bare)
	news := stored(t, dir) - before
	over()
	growing.Wait()
	status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", d.cmd.Process.Pid)) // nothing where there is no /proc
	_, peak, _ := strings.Cut(string(status), "VmHWM:")
	peak, _, _ = strings.Cut(peak, "\n")
	d.stop(t)
	for _, q := range []float64{.5, .9, .99, 1} {
		t.Logf("quantile %.2f: %s, bare %s, ratio %.2f", q, ours.quantile(q), bare.quantile(q), float64(ours.quantile(q))/float64(bare.quantile(q)))
	}
	t.Logf("meanwhile %d articles came in; memory at most %s", news, strings.TrimSpace(peak))
	if n := ours.failed + bare.failed; n > 0 {
		t.Errorf("%d requests failed", n)
	}
}

// readers are those who ask one server.
type readers struct {
	address, path string

	mu     sync.Mutex
	idle   []net.Conn
	times  []time.Duration
	failed int
}

// measure lets each of both be asked 200 times a second, in turn, and forgets what
// was measured before. A request counts from when it was due, however late those
// before it are.
func measure(long time.Duration, both ...*readers) {
	for _, r := range both {
		r.times = nil
	}
	var all sync.WaitGroup
	begin := time.Now()
	for n := range int(long.Seconds() * 400) {
		due := begin.Add(time.Duration(n) * time.Second / 400)
		time.Sleep(time.Until(due))
		all.Go(func() { both[n%2].ask(due) })
	}
	all.Wait()
}

// ask asks once, on a connection that is kept or on a new one.
func (r *readers) ask(due time.Time) {
	conn, err := r.connect()
	status := 0
	if err == nil {
		conn.SetDeadline(time.Now().Add(10 * time.Second))
		status, err = answer(conn, "GET "+r.path+" HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n")
	}
	took := time.Since(due)
	r.mu.Lock()
	defer r.mu.Unlock()
	if err != nil || status != http.StatusOK {
		r.failed++
		return
	}
	r.times, r.idle = append(r.times, took), append(r.idle, conn)
}

// connect returns a connection that is idle, or a new one.
func (r *readers) connect() (net.Conn, error) {
	r.mu.Lock()
	if last := len(r.idle) - 1; last >= 0 {
		defer r.mu.Unlock()
		conn := r.idle[last]
		r.idle = r.idle[:last]
		return conn, nil
	}
	r.mu.Unlock()
	return net.Dial("tcp", r.address)
}

// quantile returns how long that part of the requests took at most.
func (r *readers) quantile(q float64) time.Duration {
	slices.Sort(r.times)
	return r.times[min(len(r.times)-1, int(q*float64(len(r.times))))].Round(10 * time.Microsecond)
}
