package fetcher

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"
)

// What our hub sends names us, goes where it is sent and no further, and reads
// only so much of the answer. An error does not tell the address.
func TestDo(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/moved":
			http.Redirect(w, r, "/", http.StatusTemporaryRedirect)
		case "/slow":
			<-r.Context().Done()
		default:
			io.WriteString(w, r.UserAgent()+strings.Repeat("x", 1<<20))
		}
	}))
	defer server.Close()
	do := func(path string, o Options) (*http.Response, error) {
		req, err := http.NewRequestWithContext(context.Background(), http.MethodGet, server.URL+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		o.UserAgent = "newswired/test"
		p := New(nil, o, slog.New(slog.DiscardHandler))
		defer p.Close()
		return p.Do(req)
	}
	allowed := Options{Timeout: time.Second, Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}}
	resp, err := do("/", allowed)
	if err != nil {
		t.Fatal(err)
	}
	if body, err := io.ReadAll(resp.Body); err != nil || len(body) != 4<<10 || !strings.HasPrefix(string(body), "newswired/test") {
		t.Errorf("%d bytes, %v", len(body), err)
	}
	if resp, err := do("/moved", allowed); err != nil || resp.StatusCode != http.StatusTemporaryRedirect {
		t.Errorf("redirect: %v %v", resp, err)
	}
	if _, err := do("/slow?geheim", allowed); err == nil || strings.Contains(err.Error(), "geheim") {
		t.Errorf("slow: %v", err)
	}
	if _, err := do("/?geheim", Options{}); err == nil || !strings.Contains(err.Error(), "allow_networks") || strings.Contains(err.Error(), "geheim") {
		t.Errorf("private address: %v", err)
	}
}
