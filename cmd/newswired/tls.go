package main

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"
)

// tlsFiles names a certificate with its chain and its key, both PEM.
type tlsFiles struct {
	Certificate, Key string
	at               place // of the certificate's name in the configuration
}

// on reports whether we speak TLS.
func (f tlsFiles) on() bool { return f.Certificate != "" }

// found looks in the folders of credentials for names without a folder: systemd's
// LoadCredential= hands the key over there.
func (c *config) found(name string) string {
	for _, folder := range []string{os.Getenv("CREDENTIALS_DIRECTORY"), c.Credentials} {
		if folder == "" || filepath.Base(name) != name {
			continue
		}
		if file := filepath.Join(folder, name); !missing(file) {
			return file
		}
	}
	return name
}

// missing reports whether there is no such file; one that cannot be read is there.
func missing(file string) bool {
	_, err := os.Stat(file)
	return errors.Is(err, fs.ErrNotExist)
}

// readTLS reads certificate and key, and says what a person should know of a
// certificate that is right in itself: warnings. The key is in no error.
func (c *config) readTLS(now time.Time) (pair *tls.Certificate, warnings []string, err error) {
	p, err := tls.LoadX509KeyPair(c.found(c.TLS.Certificate), c.found(c.TLS.Key))
	if err != nil {
		return nil, nil, fmt.Errorf("read certificate and key: %w", err)
	}
	return &p, c.doubts(p.Leaf, now), nil
}

// doubts returns why clients may refuse a certificate.
func (c *config) doubts(leaf *x509.Certificate, now time.Time) []string {
	var all []string
	const form = "2006-01-02 15:04 MST"
	switch {
	case now.After(leaf.NotAfter):
		all = append(all, "the certificate expired at "+leaf.NotAfter.Format(form)+"; renew it")
	case now.Before(leaf.NotBefore):
		all = append(all, "the certificate is valid from "+leaf.NotBefore.Format(form)+" on only; is the clock right?")
	}
	if u, err := url.Parse(c.BaseURL); err == nil && u.Scheme == "https" {
		if err := leaf.VerifyHostname(u.Hostname()); err != nil {
			all = append(all, fmt.Sprintf("the certificate is not for %s, which base_url names: %v", u.Hostname(), err))
		}
	}
	return all
}

// A keyPair is the certificate at work. It follows its files: a renewed pair is
// taken with the next handshake, and one that is bad leaves the former at work.
// Connections that are open keep theirs.
type keyPair struct {
	log  *slog.Logger
	pair atomic.Pointer[tls.Certificate]

	mu      sync.Mutex
	config  *config
	state   [2]fileState // of the files when they were read last
	checked time.Time
}

// A fileState tells whether a file has changed.
type fileState struct {
	size     int64
	modified time.Time
}

// lookPause is how long the files are not looked at after they were.
const lookPause = time.Second

// newKeyPair reads certificate and key, which must be good at the start.
func newKeyPair(c *config, log *slog.Logger) (*keyPair, error) {
	k := &keyPair{log: log, config: c}
	if !c.TLS.on() {
		return k, nil
	}
	if err := k.read(time.Now()); err != nil {
		return nil, fmt.Errorf("%w; newswired check tells more", err)
	}
	return k, nil
}

// configure reads the files that a configuration names.
func (k *keyPair) configure(c *config) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.config = c
	if c.TLS.on() {
		k.renew(time.Now())
	}
}

// renew reads the files again, and leaves the former pair at work if they are bad.
// The caller has the lock.
func (k *keyPair) renew(now time.Time) {
	if err := k.read(now); err != nil {
		k.log.Error("certificate refused, the former one goes on", "err", err)
	}
}

// read takes certificate and key over if they are good.
func (k *keyPair) read(now time.Time) error {
	k.checked, k.state = now, k.look()
	pair, warnings, err := k.config.readTLS(now)
	if err != nil {
		return err
	}
	k.pair.Store(pair)
	for _, w := range warnings {
		k.log.Warn("clients may refuse the certificate", "why", w)
	}
	k.log.Info("certificate read", "file", k.config.TLS.Certificate, "until", pair.Leaf.NotAfter)
	return nil
}

// look returns the state of both files. What cannot be read has none.
func (k *keyPair) look() (state [2]fileState) {
	for i, name := range []string{k.config.TLS.Certificate, k.config.TLS.Key} {
		if info, err := os.Stat(k.config.found(name)); err == nil {
			state[i] = fileState{info.Size(), info.ModTime()}
		}
	}
	return state
}

// get returns the certificate for a handshake; whoever else is looking at the files
// is not waited for.
func (k *keyPair) get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	if k.mu.TryLock() {
		if now := time.Now(); now.Sub(k.checked) >= lookPause {
			k.checked = now
			if k.look() != k.state {
				k.renew(now)
			}
		}
		k.mu.Unlock()
	}
	return k.pair.Load(), nil
}

// tls returns what a server needs, nil for plain HTTP. Older versions than 1.2 are
// broken (RFC 8996).
func (k *keyPair) tls() *tls.Config {
	if k.pair.Load() == nil {
		return nil
	}
	return &tls.Config{GetCertificate: k.get, MinVersion: tls.VersionTLS12}
}
