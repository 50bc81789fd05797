package main

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"strings"
	"syscall"
	"time"

	"newswired/feed/web/limit"
)

// socketMode lets a proxy in that is of the socket's group: the one of its folder
// if that has the set-group-ID bit, else ours.
const socketMode = 0o660

// listenAt listens on host:port, or on unix: and the path of a socket.
func listenAt(address string) (net.Listener, error) {
	path, unix := strings.CutPrefix(address, "unix:")
	if !unix {
		return net.Listen("tcp", address)
	}
	if err := removeStale(path); err != nil {
		return nil, err
	}
	l, err := net.Listen("unix", path)
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(path, socketMode); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return l, nil
}

// removeStale removes a socket that a process left behind when it was killed. One
// at which somebody answers is in use, and what is no socket is not ours.
func removeStale(path string) error {
	switch info, err := os.Lstat(path); {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case info.Mode().Type() != fs.ModeSocket:
		return fmt.Errorf("%s is there and no socket, and is left alone", path)
	}
	c, err := net.DialTimeout("unix", path, time.Second)
	switch {
	case err == nil:
		c.Close()
		return fmt.Errorf("at the socket %s a process answers", path)
	case errors.Is(err, syscall.ECONNREFUSED):
		return os.Remove(path)
	}
	return fmt.Errorf("who has the socket %s cannot be found out: %w", path, err)
}

// spareFiles are for the database, polls and whatever else is not a client.
const spareFiles = 200

// limits returns the limits of clients, less what this process may not have open:
// without files left even the database could not be read.
func (c *config) limits(log *slog.Logger) limit.Limits {
	l := c.Limits
	if files := openFiles(); files > 0 && l.Connections > files-spareFiles {
		l.Connections = max(files/2, files-spareFiles)
		log.Warn("max_connections is more than this process may open; raise LimitNOFILE= of the unit, or ulimit -n", "max_connections", c.Limits.Connections, "taken", l.Connections, "files", files)
	}
	return l
}
