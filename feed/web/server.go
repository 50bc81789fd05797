package web

import (
	"log/slog"
	"net/http"
	"time"
)

// Server returns a server for h whose limits suit the open internet: slow or
// silent clients are let go, and what net/http has to say goes to log as
// warnings. Listening, serving and shutting down are the caller's.
func Server(h http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		WriteTimeout:      30 * time.Second, // a large Edition over a slow line
		IdleTimeout:       60 * time.Second,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
}
