package web

import (
	"crypto/sha256"
	"crypto/subtle"
	"net/http"
	"net/url"
	"strings"

	"newswired/feed"
)

// A Key opens private feeds. What opens it is not kept, only its SHA-256.
type Key struct {
	Hash  [sha256.Size]byte
	Token bool // true: of a token, in the URL or as Bearer; false: of USER:PASSWORD, as Basic
}

// NewKey returns the Key of a secret: a token, or USER:PASSWORD.
func NewKey(secret string, token bool) Key {
	return Key{Hash: sha256.Sum256([]byte(secret)), Token: token}
}

// A presented secret is what a request shows to be let in. It has no String, and
// nobody logs a URL's query: secrets get into no log.
type presented struct {
	key   Key
	token string // to be repeated in links; "" of a password
}

// present reads the secrets of a request: ?token=, else Authorization (RFC 7617,
// RFC 6750). A URL with a token is what every reader can subscribe to.
func present(r *http.Request) (presented, bool) {
	if strings.Contains(r.URL.RawQuery, "token=") {
		if token := r.URL.Query().Get("token"); token != "" {
			return presented{NewKey(token, true), token}, true
		}
	}
	if user, password, ok := r.BasicAuth(); ok {
		return presented{NewKey(user+":"+password, false), ""}, true
	}
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if token = strings.TrimSpace(token); strings.EqualFold(scheme, "bearer") && token != "" {
		return presented{NewKey(token, true), token}, true
	}
	return presented{}, false
}

// opens reports whether a secret is among those that open a Feed. It takes as
// long whether it is or not, and says nothing of how near it came: what is
// compared are hashes.
func opens(keys []Key, p presented) bool {
	found := 0
	for _, k := range keys {
		same := subtle.ConstantTimeCompare(k.Hash[:], p.key.Hash[:])
		if k.Token == p.key.Token {
			found |= same
		}
	}
	return found == 1
}

// query is what links within a private Feed end with, so that they open too.
func (p presented) query() string {
	if p.token == "" {
		return ""
	}
	return "?token=" + url.QueryEscape(p.token)
}

// authorise decides whether a request may see a Feed, and how its links end.
func (r *routes) authorise(req *http.Request, f feed.Feed) (query string, ok bool) {
	keys, private := r.keys[f.Name]
	if !private {
		return "", true
	}
	p, _ := present(req) // what shows nothing opens nothing
	if !opens(keys, p) {
		return "", false
	}
	return p.query(), true
}

// challenge asks for name and password (RFC 9110 section 11.6.1).
func challenge(w http.ResponseWriter) {
	w.Header().Set("WWW-Authenticate", `Basic realm="newswired", charset="UTF-8"`)
	say(w, http.StatusUnauthorized, "this feed is private: its address must end in ?token=TOKEN, or give name and password")
}
