package web

import (
	"encoding/base64"
	"log/slog"
	"strings"
	"testing"

	"newswired/feed"
)

// newPrivateSite has, beside the others, the feeds desk, which a token and a
// password open, and closed, which nothing opens.
func newPrivateSite(lib *library) (*Site, *strings.Builder) {
	cfg := config()
	cfg.Feeds = append(cfg.Feeds, feed.Feed{Name: "desk", Title: "The desk's own", Limit: 100}, feed.Feed{Name: "closed", Title: "Closed", Limit: 100})
	cfg.Access = map[string][]Key{"desk": {NewKey("geheim/1", true), NewKey("kim:ge heim", false)}, "closed": {}}
	lib.entries["desk"] = manyEntries(125)
	var log strings.Builder
	return New(lib, cfg, slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))), &log
}

func basic(text string) string { return "Basic " + base64.StdEncoding.EncodeToString([]byte(text)) }

func TestPrivateFeed(t *testing.T) {
	site, log := newPrivateSite(newLibrary())
	for _, test := range []struct {
		query, authorization string
		status               int
	}{
		{"?token=geheim%2F1", "", 200},
		{"?x=1&token=geheim/1", "", 200},
		{"", "Bearer geheim/1", 200},
		{"", basic("kim:ge heim"), 200},
		{"", "", 401},
		{"?token=", "", 401},
		{"?token=geheim", "", 401},
		{"?token=geheim%2F1&token=x", "", 200},
		{"?token=x&token=geheim%2F1", "", 401},
		{"?token=kim:ge+heim", "", 401},
		{"", "Bearer kim:ge heim", 401},
		{"", basic("geheim/1:"), 401},
		{"", basic("kim:"), 401},
		{"", "Basic !", 401},
		{"?token=x", basic("kim:ge heim"), 401}, // the URL is what counts
	} {
		var fields []string
		if test.authorization != "" {
			fields = []string{"Authorization", test.authorization}
		}
		for _, path := range []string{"/feeds/desk", "/feeds/desk.atom", "/feeds/desk.json", "/feeds/desk/archive/1.rss"} {
			r := ask(site, "GET", path+test.query, fields...)
			text := body(t, r)
			if r.StatusCode != test.status {
				t.Errorf("%s%s %s: status %d, want %d", path, test.query, test.authorization, r.StatusCode, test.status)
			}
			cc, open := r.Header.Get("Cache-Control"), r.Header.Get("Access-Control-Allow-Origin")
			if open != "" || r.StatusCode == 200 && !strings.HasPrefix(cc, "private") || r.StatusCode == 401 && cc != "no-store" {
				t.Errorf("%s%s: CORS %q, Cache-Control %q", path, test.query, open, cc)
			}
			if r.StatusCode == 401 && (!strings.HasPrefix(r.Header.Get("WWW-Authenticate"), "Basic ") || strings.Contains(text, "desk's")) {
				t.Errorf("%s%s: no challenge, or too much said: %s", path, test.query, text)
			}
			token := strings.Contains(test.query, "token") || strings.HasPrefix(test.authorization, "Bearer")
			if r.StatusCode == 200 && token != strings.Contains(text, "?token=geheim%2F1") {
				t.Errorf("%s%s: links do not open, or say too much:\n%s", path, test.query, text[:800])
			}
		}
		if r := ask(site, "GET", "/feeds/closed.atom"+test.query, fields...); r.StatusCode != 401 {
			t.Errorf("closed%s: status %d", test.query, r.StatusCode)
		}
	}
	if strings.Contains(log.String(), "heim") {
		t.Errorf("a secret is in the log: %s", log)
	}
}

// TestPrivateFeedIsNotListed holds that only who opens a feed learns of it.
func TestPrivateFeedIsNotListed(t *testing.T) {
	site, _ := newPrivateSite(newLibrary())
	for _, path := range []string{"/", "/opml", "/feeds/korea"} {
		if text := body(t, ask(site, "GET", path)); containsAny(text, "desk", "Closed", "closed") {
			t.Errorf("%s lists a private feed", path)
		}
	}
	r := ask(site, "GET", "/opml?token=geheim/1")
	text := body(t, r)
	if !strings.Contains(text, `xmlUrl="https://news.example.org/feeds/desk.atom?token=geheim%2F1"`) || !strings.Contains(text, `feeds/korea.atom"`) || strings.Contains(text, "closed") {
		t.Errorf("with the token:\n%s", text)
	}
	if cc := r.Header.Get("Cache-Control"); cc != "private, no-store" {
		t.Errorf("Cache-Control %q", cc)
	}
	if text := body(t, ask(site, "GET", "/opml", "Authorization", basic("kim:ge heim"))); !strings.Contains(text, `xmlUrl="https://news.example.org/feeds/desk.atom"`) {
		t.Errorf("with the password:\n%s", text)
	}
	if r := ask(site, "GET", "/opml?token=x"); r.StatusCode != 401 {
		t.Errorf("with another token: status %d", r.StatusCode)
	}
}

// TestRevoked holds that a key that leaves the configuration opens nothing from
// then on, though what it opened is still at hand.
func TestRevoked(t *testing.T) {
	lib := newLibrary()
	site, _ := newPrivateSite(lib)
	const path = "/feeds/desk.atom?token=geheim/1"
	etag := ask(site, "GET", path).Header.Get("ETag")
	cfg := config()
	cfg.Feeds = append(cfg.Feeds, feed.Feed{Name: "desk", Title: "The desk's own", Limit: 100})
	cfg.Access = map[string][]Key{"desk": {NewKey("another", true)}}
	site.Configure(cfg)
	if r := ask(site, "GET", path, "If-None-Match", etag); r.StatusCode != 401 {
		t.Errorf("status %d", r.StatusCode)
	}
	cfg.Access = nil
	site.Configure(cfg)
	if r := ask(site, "GET", "/feeds/desk.atom"); r.StatusCode != 200 || !strings.HasPrefix(r.Header.Get("Cache-Control"), "public") {
		t.Errorf("made public: status %d", r.StatusCode)
	}
	cfg.Access = map[string][]Key{"desk": {}}
	site.Configure(cfg)
	if r := ask(site, "GET", "/feeds/desk.atom"); r.StatusCode != 401 {
		t.Errorf("made private: status %d", r.StatusCode)
	}
}
