package main

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/net/http/httpguts"
)

// credential returns the Authorization field of a credential. It is read anew
// for each poll, so that one that was changed holds at once, and nobody else
// keeps it.
func (c *config) credential(name string) (string, error) {
	scheme, secret, err := c.secret(name)
	if err != nil {
		return "", err
	}
	if scheme == "Basic" {
		secret = base64.StdEncoding.EncodeToString([]byte(secret))
	}
	return scheme + " " + secret, nil
}

// secret returns what a credential says: Basic and USER:PASSWORD (RFC 7617), or
// Bearer and TOKEN (RFC 6750). It is the first that is there of
//
//	NAME in $CREDENTIALS_DIRECTORY     systemd's LoadCredential=
//	NAME in the folder of the key credentials
//	$NEWSWIRED_CREDENTIAL_NAME         in capitals, _ for -
//
// and reads "basic USER:PASSWORD" or "bearer TOKEN". No error shows any of it.
func (c *config) secret(name string) (scheme, secret string, err error) {
	variable := "NEWSWIRED_CREDENTIAL_" + strings.ToUpper(strings.ReplaceAll(name, "-", "_"))
	var looked []string
	for _, folder := range []string{os.Getenv("CREDENTIALS_DIRECTORY"), c.Credentials} {
		if folder == "" {
			continue
		}
		file := filepath.Join(folder, name)
		text, err := os.ReadFile(file)
		if err == nil {
			return readSecret(file, string(text))
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return "", "", fmt.Errorf("read credential: %w", err)
		}
		looked = append(looked, file)
	}
	if text := os.Getenv(variable); text != "" {
		return readSecret("$"+variable, text)
	}
	looked = append(looked, "$"+variable)
	there := "there"
	if c.Credentials == "" {
		there += ", or into a file " + name + " in a folder that the key credentials names"
	}
	return "", "", fmt.Errorf("no credential %q: looked for %s; write \"basic USER:PASSWORD\" or \"bearer TOKEN\" %s", name, strings.Join(looked, ", "), there)
}

// readSecret reads the one line of a credential.
func readSecret(place, text string) (scheme, secret string, err error) {
	scheme, secret, _ = strings.Cut(strings.TrimSpace(text), " ")
	secret = strings.TrimSpace(secret)
	switch scheme = strings.ToLower(scheme); {
	case secret == "" || scheme == "bearer" && strings.ContainsAny(secret, " \t") || !httpguts.ValidHeaderFieldValue(secret):
	case scheme == "bearer":
		return "Bearer", secret, nil
	case scheme == "basic" && strings.Contains(secret, ":"):
		return "Basic", secret, nil
	}
	return "", "", fmt.Errorf("%s is no credential; write \"basic USER:PASSWORD\" or \"bearer TOKEN\" on one line", place)
}
