package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"

	"newswired/feed"
)

// A daemonStatus is what a command finds out about the daemon of its database.
type daemonStatus struct {
	Running bool   `json:"running"`
	Process int    `json:"process,omitempty"`
	Ready   bool   `json:"ready"` // polling and storing work
	Says    string `json:"says"`  // all of it, for people
}

// answerTime is how long a daemon may take to say how it is.
const answerTime = 5 * time.Second

// askDaemon asks the daemon whether it polls and stores. What the database has
// cannot tell: nothing is in it of a time in which nothing could be stored. The file
// of its process comes first, for a socket of systemd would start a daemon that was
// stopped.
func askDaemon(ctx context.Context, c *config) daemonStatus {
	pid, err := os.ReadFile(c.Database + ".pid")
	if errors.Is(err, fs.ErrNotExist) {
		return daemonStatus{Says: "not running, nothing is polled but by newswired poll"}
	}
	d, who := daemonStatus{}, "it"
	if d.Process, err = strconv.Atoi(strings.TrimSpace(string(pid))); err == nil { // else who asks may not know
		who = fmt.Sprintf("process %d", d.Process)
	}
	status, answer, err := ask(ctx, c, "/readyz")
	switch d.Running, d.Ready = err == nil, status == http.StatusOK; {
	case err != nil:
		d.Says = fmt.Sprintf("%s does not answer at %s; has it been killed? (%v)", who, c.Listen, err)
	case d.Ready:
		d.Says = who + " polls and serves"
	default:
		d.Says = fmt.Sprintf("%s serves, but %s", who, feed.OneLine(answer))
	}
	return d
}

// ask gets a path of the daemon at the address where it listens.
func ask(ctx context.Context, c *config, path string) (status int, answer string, err error) {
	network, address := "tcp", c.Listen
	if socket, unix := strings.CutPrefix(address, "unix:"); unix {
		network, address = "unix", socket
	}
	scheme := "http"
	if c.TLS.on() {
		scheme = "https"
	}
	client := &http.Client{Timeout: answerTime, Transport: &http.Transport{
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, network, address)
		},
		// It is asked at its own address, by which no certificate names it; nothing
		// secret is said.
		TLSClientConfig:   &tls.Config{InsecureSkipVerify: true},
		DisableKeepAlives: true,
	}}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, scheme+"://localhost"+path, nil)
	if err != nil {
		return 0, "", err
	}
	resp, err := client.Do(req)
	if err != nil {
		return 0, "", err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, 4<<10))
	return resp.StatusCode, string(body), err
}
