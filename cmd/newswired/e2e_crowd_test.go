//go:build e2e

package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// crowd is how many connections are idle while others are served.
const crowd = 10_000

// TestCrowd measures how long an honest reader waits for a feed that changes each
// second, alone, beside 10,000 idle connections, and beside those while all that is
// hostile is done as fast as it goes, by a process of its own that gives way to the
// daemon: attackers have machines of their own. It asserts nothing about time, and is
// no part of CI:
//
//	go test -tags e2e -run TestCrowd -v ./cmd/newswired
func TestCrowd(t *testing.T) {
	for _, test := range []struct {
		name   string
		limits string
		tls    bool
		stay   int // of the idle ones
	}{
		{"all are let in", "max_connections: 15000", false, crowd},
		{"all are let in, by TLS", "max_connections: 15000", true, crowd},
		{"the oldest give way", "max_connections: 2000", false, 2000},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir, listen := t.TempDir(), freeAddress(t)
			more := ""
			if test.tls {
				cert, key := filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
				writePair(t, cert, key, "news.example", 1, time.Now().Add(time.Hour))
				more = fmt.Sprintf("tls_certificate: %q\ntls_key: %q\n", cert, key)
			}
			writeConfig(t, dir, listen, more+test.limits+"\ntrusted_proxies: []\nhub: true\nbase_url: https://news.example\nsources: [{name: press, url: "+newPress(t, 50, 1)+"/rss}]\nfeeds: [{name: all}]\n")
			c := &crowded{launch(t, dir, listen), t, caller{listen, test.tls}}
			c.until(t, "the feed is there", func() bool {
				status, _ := c.ask("127.0.0.9", "GET /feeds/all.atom HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
				return status == 200
			})
			c.measure("alone")
			c.fill()
			c.measure(fmt.Sprintf("beside %d idle connections", test.stay))
			over := c.attack()
			c.measure("and hostile clients")
			t.Logf("meanwhile %s", over())
			c.stop(t)
		})
	}
}

// A crowded is a daemon that many want something of.
type crowded struct {
	*process
	t *testing.T
	caller
}

// attack starts the attackers. over ends them, and returns what they say they did.
func (c *crowded) attack() (over func() string) {
	self, err := os.Executable()
	if err != nil {
		c.t.Fatal(err)
	}
	name := filepath.Join(c.t.TempDir(), "attackers")
	if err := os.Symlink(self, name); err != nil {
		c.t.Fatal(err)
	}
	cmd := exec.Command("nice", "-n", "19", name, c.listen, fmt.Sprint(c.tls))
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, os.Stderr
	end, err := cmd.StdinPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		c.t.Fatal(err)
	}
	c.t.Cleanup(func() { cmd.Process.Kill() })
	return func() string {
		end.Close()
		if err := cmd.Wait(); err != nil {
			c.t.Error(err)
		}
		return strings.TrimSpace(said.String())
	}
}

// A caller asks the daemon at an address.
type caller struct {
	listen string
	tls    bool
}

// dial connects from an address of this machine.
func (c caller) dial(from string) (net.Conn, error) {
	d := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(from)}, Timeout: 10 * time.Second}
	raw, err := d.Dial("tcp", c.listen)
	if err != nil || !c.tls {
		return raw, err
	}
	conn := tls.Client(raw, &tls.Config{InsecureSkipVerify: true})
	conn.SetDeadline(time.Now().Add(10 * time.Second))
	if err := conn.Handshake(); err != nil {
		raw.Close()
		return nil, err
	}
	conn.SetDeadline(time.Time{})
	return conn, nil
}

// ask sends a request by a connection of its own, and returns the status.
func (c caller) ask(from, request string) (int, error) {
	conn, err := c.dial(from)
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(10 * time.Second))
	return answer(conn, request)
}

// answer sends a request, and reads what is answered.
func answer(conn net.Conn, request string) (int, error) {
	if _, err := io.WriteString(conn, request); err != nil {
		return 0, err
	}
	a, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		return 0, err
	}
	defer a.Body.Close()
	_, err = io.Copy(io.Discard, a.Body)
	return a.StatusCode, err
}

// fill opens the idle connections, each by a request, from a hundred addresses.
func (c *crowded) fill() {
	var work sync.WaitGroup
	for n := range 100 {
		work.Go(func() {
			for range crowd / 100 {
				conn, err := c.dial(fmt.Sprintf("127.1.0.%d", n+1))
				if err != nil {
					c.t.Error(err)
					return
				}
				c.t.Cleanup(func() { conn.Close() })
				if status, err := answer(conn, "GET /style.css HTTP/1.1\r\nHost: a\r\n\r\n"); status != 200 {
					c.t.Errorf("a connection that is to be idle: %d, %v", status, err)
					return
				}
			}
		})
	}
	work.Wait()
}

// measure asks for the feed as a reader does, 300 times in six seconds, and tells how
// long that took, and what the daemon needs.
func (c *crowded) measure(when string) {
	var times []time.Duration
	failed := 0
	for range 300 {
		begin := time.Now()
		if status, err := c.ask("127.0.0.9", "GET /feeds/all.atom HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"); status != 200 {
			failed++
			c.t.Logf("not served: %d, %v", status, err)
		}
		times = append(times, time.Since(begin))
		time.Sleep(time.Until(begin.Add(20 * time.Millisecond)))
	}
	slices.Sort(times)
	files, _ := os.ReadDir(fmt.Sprintf("/proc/%d/fd", c.cmd.Process.Pid))
	status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", c.cmd.Process.Pid))
	_, memory, _ := strings.Cut(string(status), "VmRSS:")
	memory, _, _ = strings.Cut(memory, "\n")
	c.t.Logf("%s: p50 %s, p99 %s, longest %s, %d of 300 not served; RSS %s, %d files", when,
		times[150].Round(10*time.Microsecond), times[297].Round(10*time.Microsecond), times[299].Round(10*time.Microsecond), failed, strings.TrimSpace(memory), len(files))
	if failed > 3 {
		c.t.Errorf("%s: %d of 300 were not served", when, failed)
	}
}

func init() { programs["attackers"] = attack }

// attackers are all that are hostile.
type attackers struct {
	caller
	tried, answered, refused atomic.Int64
}

// attack is the program attackers: it does all that is hostile at an address, each by
// four clients, until its standard input ends, and then says what came of it.
func attack() {
	a := &attackers{caller: caller{os.Args[1], os.Args[2] == "true"}}
	ctx, over := context.WithCancel(context.Background())
	clients := a.begin(ctx)
	io.Copy(io.Discard, os.Stdin)
	over()
	clients.Wait()
	fmt.Printf("%d hostile attempts, %d of them answered, %d turned away\n", a.tried.Load(), a.answered.Load(), a.refused.Load())
}

// begin lets each behaviour have its four clients.
func (a *attackers) begin(ctx context.Context) *sync.WaitGroup {
	var bomb bytes.Buffer
	z := gzip.NewWriter(&bomb)
	z.Write(make([]byte, 10<<20))
	z.Close()
	const host = "Host: a\r\n"
	form := "Content-Type: application/x-www-form-urlencoded\r\n"
	var stories atomic.Int64
	behaviours := []func() (request string, linger time.Duration){
		func() (string, time.Duration) { return "", 3 * time.Second },
		func() (string, time.Duration) { return "GET / HTTP/1.1\r\nX: ", 3 * time.Second },
		func() (string, time.Duration) { return "GET /feeds/all.atom HTTP/1.1\r\n" + host + "\r\n", 0 },
		func() (string, time.Duration) {
			return fmt.Sprintf("GET /stories/%d HTTP/1.1\r\n%s\r\n", stories.Add(1)%60, host), 0
		},
		func() (string, time.Duration) {
			return fmt.Sprintf("GET /feeds/all/archive/%d.rss HTTP/1.1\r\n%s\r\n", stories.Add(1), host), 0
		},
		func() (string, time.Duration) {
			return "GET / HTTP/1.1\r\n" + strings.Repeat("X-Flood: y\r\n", 2000), 0
		},
		func() (string, time.Duration) {
			return "GET /feeds/all.atom HTTP/1.1\r\n" + host + "If-None-Match: " + strings.Repeat(`"a",`, 3000) + "\r\n\r\n", 0
		},
		func() (string, time.Duration) {
			return "GET /../../etc/passwd HTTP/1.1\r\n" + host + "Range: bytes=" + strings.Repeat("0-,", 1000) + "0-\r\n\r\n", 0
		},
		func() (string, time.Duration) {
			return "POST /hub HTTP/1.1\r\n" + host + form + "Content-Length: 1000\r\n\r\nx", 3 * time.Second
		},
		func() (string, time.Duration) {
			return fmt.Sprintf("POST /hub HTTP/1.1\r\n%s%sContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n%s", host, form, bomb.Len(), bomb.String()), 0
		},
		func() (string, time.Duration) {
			return "POST /websub/nobody HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\nfffff\r\n" + bomb.String(), 0
		},
		func() (string, time.Duration) {
			body := "hub.mode=subscribe&hub.topic=https://news.example/feeds/all.atom&hub.callback=http://127.0.0.1:9/x"
			return fmt.Sprintf("POST /hub HTTP/1.1\r\n%s%sContent-Length: %d\r\n\r\n%s", host, form, len(body), body), 0
		},
	}
	work := &sync.WaitGroup{}
	for n := range 4 * len(behaviours) {
		work.Go(func() {
			for ctx.Err() == nil {
				request, linger := behaviours[n%len(behaviours)]()
				a.provoke(fmt.Sprintf("127.2.0.%d", n+1), request, linger)
			}
		})
	}
	return work
}

// provoke does something hostile once, and counts what came of it.
func (a *attackers) provoke(from, request string, linger time.Duration) {
	a.tried.Add(1)
	conn, err := a.dial(from)
	if err != nil {
		a.refused.Add(1)
		return
	}
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(max(linger, 2*time.Second)))
	switch status, err := answer(conn, request); {
	case status == http.StatusTooManyRequests:
		a.refused.Add(1)
	case err == nil:
		a.answered.Add(1)
	}
}
