package main

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"log/slog"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// writePair writes a certificate for a host, valid until a time, and its key.
func writePair(t *testing.T, certificate, key, host string, serial int64, until time.Time) {
	t.Helper()
	k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{SerialNumber: big.NewInt(serial), DNSNames: []string{host}, NotBefore: until.Add(-time.Hour), NotAfter: until}
	der, err := x509.CreateCertificate(rand.Reader, c, c, k.Public(), k)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(k)
	if err != nil {
		t.Fatal(err)
	}
	for file, block := range map[string]*pem.Block{certificate: {Type: "CERTIFICATE", Bytes: der}, key: {Type: "PRIVATE KEY", Bytes: secret}} {
		if file == "" {
			continue
		}
		if err := os.WriteFile(file, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// A renewed pair is taken at a handshake. A bad one leaves the former at work, and
// is logged once.
func TestCertificateRenewed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir := t.TempDir()
		cert, key := filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
		c := &config{BaseURL: "https://news.example", TLS: tlsFiles{Certificate: cert, Key: key}}
		var log bytes.Buffer
		logger := slog.New(slog.NewTextHandler(&log, nil))
		if _, err := newKeyPair(c, logger); err == nil {
			t.Error("started without a certificate")
		}
		log.Reset()
		writePair(t, cert, key, "news.example", 1, time.Now().Add(time.Hour))
		k, err := newKeyPair(c, logger)
		if err != nil {
			t.Fatal(err)
		}
		serial := func() int64 {
			time.Sleep(2 * lookPause)
			pair, err := k.get(nil)
			if err != nil {
				t.Fatal(err)
			}
			return pair.Leaf.SerialNumber.Int64()
		}
		if n := serial(); n != 1 {
			t.Errorf("certificate %d", n)
		}
		writePair(t, cert, "", "news.example", 2, time.Now().Add(2*time.Hour)) // of another key
		for range 5 {
			if n := serial(); n != 1 {
				t.Errorf("certificate %d, of which the key is not there", n)
			}
		}
		if n := strings.Count(log.String(), "certificate refused"); n != 1 {
			t.Errorf("%d lines:\n%s", n, log.String())
		}
		writePair(t, cert, key, "other.example", 333333, time.Now().Add(-time.Minute))
		if n := serial(); n != 333333 {
			t.Errorf("certificate %d after it was renewed", n)
		}
		for _, want := range []string{"expired at", "not for news.example"} {
			if !strings.Contains(log.String(), want) {
				t.Errorf("no %q in %s", want, log.String())
			}
		}
	})
}
