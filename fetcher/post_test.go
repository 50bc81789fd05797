package fetcher

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"newswired/feed"
)

// A form goes where redirects that keep the method lead, and nowhere else;
// whatever a hub does, there is a reply.
func TestPost(t *testing.T) {
	took := ""
	h := func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/307":
			http.Redirect(w, r, "/308", http.StatusTemporaryRedirect)
		case "/308":
			http.Redirect(w, r, "/hub", http.StatusPermanentRedirect)
		case "/303":
			http.Redirect(w, r, "/hub", http.StatusSeeOther)
		case "/loop":
			http.Redirect(w, r, "/loop", http.StatusTemporaryRedirect)
		case "/port":
			http.Redirect(w, r, "http://127.0.0.1:22/", http.StatusTemporaryRedirect)
		case "/busy":
			w.Header().Set("Retry-After", "120")
			http.Error(w, "too  many\nof you", http.StatusServiceUnavailable)
		case "/page":
			w.WriteHeader(http.StatusBadRequest)
			io.WriteString(w, "<html>no</html>")
		case "/slow":
			io.Copy(io.Discard, r.Body) // or the server would not notice that we left
			hang(r)
		default:
			took = r.Method + " " + r.PostFormValue("hub.secret") + " " + r.Header.Get("User-Agent") + r.Header.Get("Referer")
			w.WriteHeader(http.StatusAccepted)
		}
	}
	b := newBench(t, Options{Allow: loopback, UserAgent: "newswired", Timeout: 200 * time.Millisecond}, h)
	for path, want := range map[string]string{
		"/hub":  "202",
		"/307":  "202",
		"/303":  "303 status 303 See Other",
		"/loop": "0 forbidden redirect refused: more than 5 in a row",
		"/port": "307 forbidden redirect refused: it leads to port 22",
		"/busy": "503 status 503 Service Unavailable: too many of you after 2m0s",
		"/page": "400 status 400 Bad Request",
		"/slow": "0 timeout it took longer than the timeout",
	} {
		took = ""
		r, err := b.Post(context.Background(), b.url+path, url.Values{"hub.secret": {"s&s"}})
		got := strings.TrimSpace(fmt.Sprint(r.Status, " ", string(r.Kind), " ", r.Error))
		if r.RetryAfter > 0 {
			got += " after " + r.RetryAfter.String()
		}
		if err != nil || got != want || (r.Kind == feed.OK) != (took == "POST s&s newswired") {
			t.Errorf("%s: %q, want %q; the hub took %q, %v", path, got, want, took, err)
		}
	}
	if len(b.slots) != 0 || len(b.hosts.all) != 0 {
		t.Errorf("%d slots and %d hosts taken", len(b.slots), len(b.hosts.all))
	}
}

// A hub at an address that is not public is not asked, and one on https leads
// nobody to http.
func TestPostGuarded(t *testing.T) {
	asked := 0
	b := newBench(t, Options{}, func(http.ResponseWriter, *http.Request) { asked++ })
	for _, hub := range []string{b.url, "http://10.0.0.1/", "http://169.254.169.254/hub", "http://[::1]/"} {
		r, err := b.Post(context.Background(), hub, url.Values{})
		if err != nil || r.Kind != feed.Forbidden || !strings.Contains(r.Error, "allow_networks") {
			t.Errorf("%s: %+v, %v", hub, r, err)
		}
	}
	safe := httptest.NewTLSServer(http.RedirectHandler(b.url, http.StatusTemporaryRedirect))
	defer safe.Close()
	open := newBench(t, Options{Allow: loopback}, nil)
	open.client.Transport.(*http.Transport).TLSClientConfig = safe.Client().Transport.(*http.Transport).TLSClientConfig.Clone()
	r, err := open.Post(context.Background(), safe.URL, url.Values{"hub.secret": {"x"}})
	if err != nil || r.Kind != feed.Forbidden || asked != 0 {
		t.Errorf("from https to http: %+v, %v, asked %d times", r, err, asked)
	}
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := b.Post(cancelled, b.url, url.Values{}); !Cancelled(err) {
		t.Errorf("stopped: %v", err)
	}
}
