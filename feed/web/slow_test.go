package web

import (
	"bytes"
	"crypto/tls"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/net/http2"
	"golang.org/x/net/http2/hpack"

	"newswired/feed/web/limit"
)

// pipes is a listener of connections that hold no byte themselves: who does not
// read stops who writes.
type pipes struct {
	conns  chan net.Conn
	closed chan struct{}
}

func (p pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p pipes) Close() error {
	close(p.closed)
	return nil
}

func (p pipes) Addr() net.Addr { return &net.UnixAddr{Name: "pipes"} }

// dial returns a connection, and a channel that is closed when the server closes it.
func (p pipes) dial() (c net.Conn, closed chan struct{}) {
	near, far := net.Pipe()
	closed = make(chan struct{})
	p.conns <- &closing{Conn: far, closed: closed}
	return near, closed
}

// A closing is a connection that tells when it is closed.
type closing struct {
	net.Conn
	once   sync.Once
	closed chan struct{}
}

func (c *closing) RemoteAddr() net.Addr { return &net.TCPAddr{IP: net.IPv4(192, 0, 2, 1), Port: 4711} }

func (c *closing) Close() error {
	c.once.Do(func() { close(c.closed) })
	return c.Conn.Close()
}

// newSecret returns a certificate that nobody has to trust.
func newSecret(t *testing.T) tls.Certificate {
	t.Helper()
	s := httptest.NewTLSServer(http.NotFoundHandler())
	defer s.Close()
	return s.TLS.Certificates[0]
}

// servePipes serves a site with TLS or without until the function that it returns
// is called.
func servePipes(secret *tls.Certificate) (pipes, func()) {
	lib := newLibrary()
	lib.entries["korea"] = manyEntries(100)
	cfg := config()
	cfg.WebSub = WebSub{Own: true, Store: &owing{}}
	site, p := New(lib, cfg, slog.New(slog.DiscardHandler)), pipes{make(chan net.Conn), make(chan struct{})}
	gate := limit.New(limit.Limits{Connections: 50, ClientRequests: 50}, slog.New(slog.DiscardHandler))
	server := Server(site, gate, slog.New(slog.DiscardHandler))
	serve := server.Serve
	if secret != nil {
		server.TLSConfig = &tls.Config{Certificates: []tls.Certificate{*secret}}
		serve = func(l net.Listener) error { return server.ServeTLS(l, "", "") }
	}
	go serve(gate.Listener(p))
	return p, func() {
		server.Close()
		site.Close()
	}
}

// drip writes a byte each second until that fails.
func drip(c io.Writer, text string) {
	for i := range len(text) {
		if _, err := io.WriteString(c, text[i:i+1]); err != nil {
			return
		}
		time.Sleep(time.Second)
	}
}

// sip reads a byte each second until that fails.
func sip(c io.Reader) {
	for b := make([]byte, 1); ; time.Sleep(time.Second) {
		if _, err := c.Read(b); err != nil {
			return
		}
	}
}

// A frames is a client of HTTP/2 that does what it likes.
type frames struct {
	*http2.Framer
	conn *tls.Conn
}

// newFrames connects, and says that it takes as much as there is.
func newFrames(c net.Conn) frames {
	conn := tls.Client(c, &tls.Config{InsecureSkipVerify: true, NextProtos: []string{"h2"}})
	f := frames{http2.NewFramer(conn, conn), conn}
	io.WriteString(conn, http2.ClientPreface)
	f.WriteSettings(http2.Setting{ID: http2.SettingInitialWindowSize, Val: 1 << 30})
	return f
}

// ask begins a request.
func (f frames) ask(stream uint32, method, path string, flags http2.Flags) error {
	var fields bytes.Buffer
	e := hpack.NewEncoder(&fields)
	for _, field := range [][2]string{{":method", method}, {":scheme", "https"}, {":authority", "a"}, {":path", path}, {"content-type", "application/x-www-form-urlencoded"}} {
		e.WriteField(hpack.HeaderField{Name: field[0], Value: field[1]})
	}
	return f.WriteRawFrame(http2.FrameHeaders, flags, stream, fields.Bytes())
}

const (
	getEdition = "GET " + edition + " HTTP/1.1\r\nHost: a\r\n\r\n"
	whole      = http2.FlagHeadersEndHeaders | http2.FlagHeadersEndStream
)

// Who is slow, at whatever it is, is let go in time.
func TestSlowClients(t *testing.T) {
	secret := newSecret(t)
	discard := func(r io.Reader) { io.Copy(io.Discard, r) }
	for _, test := range []struct {
		name string
		most time.Duration // until the server closes the connection
		tls  bool
		do   func(net.Conn)
	}{
		{"says nothing", 5 * time.Second, false, func(c net.Conn) { discard(c) }},
		{"slow header", 5 * time.Second, false, func(c net.Conn) { go discard(c); drip(c, getEdition[:len(getEdition)-2]) }},
		{"header without end", 5 * time.Second, false, func(c net.Conn) { io.WriteString(c, getEdition[:len(getEdition)-2]); discard(c) }},
		{"slow body", 10 * time.Second, false, func(c net.Conn) {
			go discard(c)
			io.WriteString(c, "POST /hub HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\n")
			drip(c, strings.Repeat("x", 1000))
		}},
		{"slow body of what is refused", 10 * time.Second, false, func(c net.Conn) {
			go discard(c)
			io.WriteString(c, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n")
			drip(c, strings.Repeat("x", 1000))
		}},
		{"reads nothing", 30 * time.Second, false, func(c net.Conn) { io.WriteString(c, getEdition) }},
		{"slow reader", 30 * time.Second, false, func(c net.Conn) { io.WriteString(c, getEdition); sip(c) }},
		{"idle", 60 * time.Second, false, func(c net.Conn) { io.WriteString(c, getEdition); discard(c) }},
		{"no handshake", 5 * time.Second, true, func(c net.Conn) { discard(c) }},
		{"slow handshake", 5 * time.Second, true, func(c net.Conn) { go discard(c); drip(c, "\x16\x03\x01\x02\x00"+strings.Repeat("\x01", 512)) }},
		{"handshake not read", 11 * time.Second, true, func(c net.Conn) { go io.Copy(c, strings.NewReader("\x16\x03\x01\x02\x00")) }},
		{"HTTP/2 idle", 66 * time.Second, true, func(c net.Conn) { discard(newFrames(c).conn) }},
		{"HTTP/2 header without end", 66 * time.Second, true, func(c net.Conn) {
			f := newFrames(c)
			f.ask(1, "GET", edition, http2.FlagHeadersEndStream)
			discard(f.conn)
		}},
		{"HTTP/2 body without end", 90 * time.Second, true, func(c net.Conn) {
			f := newFrames(c)
			f.ask(1, "POST", "/hub", http2.FlagHeadersEndHeaders)
			discard(f.conn)
		}},
		{"HTTP/2 no window", 100 * time.Second, true, func(c net.Conn) {
			f := newFrames(c)
			f.WriteSettings(http2.Setting{ID: http2.SettingInitialWindowSize, Val: 0})
			f.ask(1, "GET", edition, whole)
			discard(f.conn)
		}},
		{"HTTP/2 reads nothing", 20 * time.Second, true, func(c net.Conn) {
			f := newFrames(c)
			for i := range uint32(10) {
				f.ask(2*i+1, "GET", edition, whole)
			}
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				with := &secret
				if !test.tls {
					with = nil
				}
				p, end := servePipes(with)
				c, closed := p.dial()
				begin := time.Now()
				var client sync.WaitGroup
				client.Go(func() { test.do(c) })
				select {
				case <-closed:
					t.Logf("closed after %s", time.Since(begin))
				case <-time.After(test.most + time.Second):
					t.Errorf("still there after %s", test.most)
				}
				end()
				c.Close()
				client.Wait()
			})
		})
	}
}

// A connection by HTTP/2 holds little, and who asks only to cancel is cut off soon.
func TestHTTP2Bounds(t *testing.T) {
	secret := newSecret(t)
	synctest.Test(t, func(t *testing.T) {
		p, end := servePipes(&secret)
		c, closed := p.dial()
		f := newFrames(c)
		settings, err := f.ReadFrame()
		if err != nil {
			t.Fatal(err)
		}
		for id, want := range map[http2.SettingID]uint32{http2.SettingMaxFrameSize: 16 << 10, http2.SettingMaxConcurrentStreams: 32, http2.SettingInitialWindowSize: 64 << 10} {
			// What it does not say has the value that RFC 9113 section 6.5.2 gives.
			if n, said := settings.(*http2.SettingsFrame).Value(id); said && n > want {
				t.Errorf("%s is %d, want %d", id, n, want)
			}
		}
		var client sync.WaitGroup
		client.Go(func() { io.Copy(io.Discard, f.conn) })
		for stream := uint32(1); err == nil && stream < 10_000; stream += 2 {
			if err = f.ask(stream, "GET", edition, whole); err == nil {
				err = f.WriteRSTStream(stream, http2.ErrCodeCancel)
			}
		}
		select {
		case <-closed:
		case <-time.After(10 * time.Second):
			t.Error("who cancelled 5000 requests is still there")
		}
		end()
		c.Close()
		client.Wait()
	})
}
