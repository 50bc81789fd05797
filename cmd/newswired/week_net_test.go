package main

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"testing"
	"time"
)

// A wire is a network in memory: every name leads to one server, which tells
// its hosts apart by name. Nothing of it leaves the bubble of a test.
type wire struct {
	mu        sync.Mutex
	cut       bool            // nothing can be reached
	dark      map[string]bool // hosts that cannot be connected to
	listeners map[string]*pipes
	open      map[net.Conn]string // host
	refused   []time.Time         // when somebody tried in vain
}

func newWire() *wire {
	return &wire{dark: make(map[string]bool), listeners: make(map[string]*pipes), open: make(map[net.Conn]string)}
}

// everyHost is where the server listens to which every other name leads.
const everyHost = "*"

// listen listens on an address of the wire, which nobody else may have.
func (w *wire) listen(address string) (net.Listener, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.listeners[address] != nil {
		return nil, errors.New("address already in use")
	}
	l := &pipes{wire: w, address: address, come: make(chan net.Conn), closed: make(chan struct{})}
	w.listeners[address] = l
	return l, nil
}

// dial connects to who listens at an address, else to who listens for every host; it
// fails while the wire is cut or the host dark.
func (w *wire) dial(ctx context.Context, network, address string) (net.Conn, error) {
	failed := func(why string) (net.Conn, error) {
		return nil, &net.OpError{Op: "dial", Net: network, Err: errors.New(why)}
	}
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	w.mu.Lock()
	l, cut := w.listeners[address], w.cut || w.dark[host]
	if l == nil {
		l = w.listeners[everyHost]
	}
	w.mu.Unlock()
	if cut {
		w.mu.Lock()
		w.refused = append(w.refused, time.Now())
		w.mu.Unlock()
		return failed("network is unreachable")
	}
	near, far := net.Pipe()
	select {
	case l.come <- far:
	case <-l.closed:
		return failed("connection refused")
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	w.mu.Lock()
	w.open[near] = host
	w.mu.Unlock()
	return wired{near, w}, nil
}

// A wired is a connection that the wire forgets when it is closed.
type wired struct {
	net.Conn
	wire *wire
}

func (c wired) Close() error {
	c.wire.mu.Lock()
	delete(c.wire.open, c.Conn)
	c.wire.mu.Unlock()
	return c.Conn.Close()
}

// set changes what can be reached; what was open to the rest ends.
func (w *wire) set(cut bool, dark ...string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.cut, w.dark = cut, make(map[string]bool)
	for _, host := range dark {
		w.dark[host] = true
	}
	for conn, host := range w.open {
		if cut || w.dark[host] {
			conn.Close()
			delete(w.open, conn)
		}
	}
}

// serve serves a handler under every name until the returned function is
// called, which waits.
func (w *wire) serve(t testing.TB, h http.Handler) (stop func()) {
	l, err := w.listen(everyHost)
	if err != nil {
		t.Fatal(err)
	}
	server := &http.Server{Handler: h, ErrorLog: slog.NewLogLogger(slog.DiscardHandler, slog.LevelWarn)}
	var done sync.WaitGroup
	done.Go(func() { server.Serve(l) })
	return func() {
		server.Close()
		done.Wait()
	}
}

// A pipes is a listener whose connections are pipes.
type pipes struct {
	wire    *wire
	address string
	come    chan net.Conn
	closed  chan struct{}
	once    sync.Once
}

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case conn := <-p.come:
		return conn, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

// Close frees the address. Connections that were accepted go on.
func (p *pipes) Close() error {
	p.once.Do(func() {
		close(p.closed)
		p.wire.mu.Lock()
		delete(p.wire.listeners, p.address)
		p.wire.mu.Unlock()
	})
	return nil
}

func (p *pipes) Addr() net.Addr { return p }

func (p *pipes) Network() string { return "pipe" }

func (p *pipes) String() string { return p.address }
