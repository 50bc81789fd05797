package main

import (
	"fmt"
	"log/slog"
	"time"

	"newswired/feed/web"
)

// access returns the keys of the private feeds, by name. A credential that cannot
// be read opens nothing, and a feed of which none can be read stays closed.
func (c *config) access(log *slog.Logger) map[string][]web.Key {
	all := make(map[string][]web.Key)
	for i := range c.Feeds {
		f := &c.Feeds[i]
		if f.Access == nil {
			continue
		}
		keys := []web.Key{}
		for _, name := range f.Access {
			scheme, secret, err := c.secret(name)
			if err != nil {
				log.Error("a credential opens nothing", "feed", f.Name, "credential", name, "err", err)
				continue
			}
			keys = append(keys, web.NewKey(secret, scheme == "Bearer"))
		}
		all[f.Name] = keys
	}
	return all
}

// checkSecrets reads the credentials of the private feeds and the certificate for
// TLS, as serve does. The error is a configError with all that cannot be used.
func (c *config) checkSecrets(file string) (warnings []string, err error) {
	var mistakes []mistake
	for i := range c.Feeds {
		f := &c.Feeds[i]
		for n, name := range f.Access {
			if _, _, err := c.secret(name); err != nil {
				mistakes = append(mistakes, mistake{f.accessAt[n], fmt.Sprintf("feed %q: access: %v", f.Name, err)})
			}
		}
	}
	if c.TLS.on() {
		if _, warnings, err = c.readTLS(time.Now()); err != nil {
			mistakes = append(mistakes, mistake{c.TLS.at, fmt.Sprintf("tls_certificate: %v; both files must be PEM, readable, and belong together", err)})
		}
	}
	if mistakes == nil {
		return warnings, nil
	}
	return nil, &configError{file, mistakes}
}

// readBy returns the names of the Sources whose polls bring news to a Feed. One
// that waits for a second outlet may get it from any.
func (c *config) readBy(feed string) []string {
	var names []string
	for i := range c.Feeds {
		if f := &c.Feeds[i]; f.Name == feed && f.MinOutlets < 2 && f.MinOrigins < 2 {
			names = f.Sources
		}
	}
	if names == nil {
		for _, s := range c.Sources {
			names = append(names, s.Name)
		}
	}
	return names
}
