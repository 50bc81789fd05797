//go:build e2e

package main

import (
	"crypto/tls"
	"fmt"
	"net/http"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// A daemon that speaks TLS takes a renewed certificate at SIGHUP, keeps the former
// one if the new one is bad, and cuts no connection meanwhile.
func TestOutsideTLS(t *testing.T) {
	needSignals(t)
	dir, listen := t.TempDir(), freeAddress(t)
	cert, key := filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	writePair(t, cert, key, "news.example", 1, time.Now().Add(time.Hour))
	writeConfig(t, dir, listen, fmt.Sprintf("base_url: https://news.example\ntls_certificate: %q\ntls_key: %q\nsources: [{name: press, url: %s/rss}]\nfeeds: [{name: all}]\n", cert, key, newPress(t, 3, 0)))
	d := launch(t, dir, listen)
	client := func() *http.Client {
		return &http.Client{Transport: &http.Transport{ForceAttemptHTTP2: true, TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}
	}
	serial := func(c *http.Client) string {
		answer, err := c.Get("https://" + listen + "/feeds/all.atom")
		if err != nil {
			return err.Error()
		}
		answer.Body.Close()
		return fmt.Sprint(answer.Proto, " ", answer.StatusCode, " ", answer.TLS.PeerCertificates[0].SerialNumber)
	}
	old := client()
	d.until(t, "it speaks TLS", func() bool { return serial(old) == "HTTP/2.0 200 1" })
	d.reports(t, dir, " polls and serves")
	writePair(t, cert, key, "news.example", 2, time.Now().Add(2*time.Hour))
	d.cmd.Process.Signal(syscall.SIGHUP)
	d.until(t, "the reload is done", d.logged("configuration reloaded"))
	if was, is := serial(old), serial(client()); was != "HTTP/2.0 200 1" || is != "HTTP/2.0 200 2" {
		t.Errorf("after the renewal the open connection gets %s, a new one %s", was, is)
	}
	writePair(t, cert, "", "news.example", 3, time.Now().Add(3*time.Hour)) // of another key
	d.cmd.Process.Signal(syscall.SIGHUP)
	d.until(t, "the reload is refused", d.logged("configuration refused, the old one goes on"))
	if is := serial(client()); is != "HTTP/2.0 200 2" {
		t.Errorf("after a bad pair a new connection gets %s", is)
	}
	d.stop(t)
}
