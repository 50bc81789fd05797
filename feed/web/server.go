package web

import (
	"bytes"
	stdlog "log"
	"log/slog"
	"net/http"
	"strconv"
	"time"

	"golang.org/x/time/rate"

	"newswired/feed/web/limit"
)

// Server returns a server for h whose bounds suit the open internet: slow or
// silent clients are let go, those that ask for more than the gate allows are
// turned away, and what net/http has to say goes to log. Listening, by the gate's
// Listener, serving and shutting down are the caller's.
func Server(h http.Handler, gate *limit.Gate, log *slog.Logger) *http.Server {
	return &http.Server{
		Handler:           door{h, gate},
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		WriteTimeout:      30 * time.Second, // a large Edition over a slow line
		IdleTimeout:       60 * time.Second,
		MaxHeaderBytes:    16 << 10,
		ConnState:         gate.Watch,
		HTTP2:             &bounds,
		ErrorLog:          stdlog.New(complaints{log, rate.NewLimiter(rate.Every(10*time.Second), 10)}, "", 0),

		DisableGeneralOptionsHandler: true, // OPTIONS * goes by the gate as all else does
	}
}

// bounds are of one connection by HTTP/2. By default net/http would keep a frame of
// 1 MiB for each, and would wait without end for one that takes no byte: there
// WriteTimeout ends requests only once something can be written.
var bounds = http.HTTP2Config{
	MaxConcurrentStreams:          32, // readers need two
	MaxReadFrameSize:              16 << 10,
	MaxReceiveBufferPerConnection: 64 << 10,
	MaxReceiveBufferPerStream:     64 << 10,
	WriteByteTimeout:              10 * time.Second,
}

// A door is what a request passes before it is looked at.
type door struct {
	next http.Handler
	gate *limit.Gate
}

// ServeHTTP turns away who asks too often, and requests of which a proxy and we
// could think differently where they end (request smuggling, RFC 9112 section
// 11.2): a body where none has a meaning is refused, and after one of unknown
// length nothing more is read.
func (d door) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	pass, status, retry := d.gate.Enter(r)
	if status != 0 {
		w.Header().Set("Connection", "close")
		w.Header().Set("Retry-After", strconv.Itoa(retry))
		say(w, status, "too many requests; please come back later")
		return
	}
	defer d.gate.Leave(pass)
	if r.ContentLength != 0 {
		if r.Method == http.MethodGet || r.Method == http.MethodHead {
			w.Header().Set("Connection", "close")
			say(w, http.StatusBadRequest, "a request by GET or HEAD has no body")
			return
		}
		if r.ContentLength < 0 {
			w.Header().Set("Connection", "close")
		}
	}
	d.next.ServeHTTP(w, r)
}

// complaints takes what net/http says of single clients, who must not flood the
// log: a few are warnings, the rest is for debugging, and so are handshakes that
// fail, which every scanner of the internet leaves behind.
type complaints struct {
	log *slog.Logger
	few *rate.Limiter
}

// Write logs one complaint.
func (c complaints) Write(text []byte) (int, error) {
	say := c.log.Warn
	if bytes.Contains(text, []byte("TLS handshake error")) || !c.few.Allow() {
		say = c.log.Debug
	}
	say(string(bytes.TrimSpace(text)))
	return len(text), nil
}
