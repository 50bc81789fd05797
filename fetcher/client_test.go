package fetcher

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"testing"

	"newswired/feed"
)

// A script answers each request with the next of some handlers, and notes what
// was asked.
type script struct {
	mu      sync.Mutex
	answers []http.HandlerFunc
	asked   []*http.Request
}

func (s *script) serve(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	answer := s.answers[len(s.asked)]
	s.asked = append(s.asked, r)
	s.mu.Unlock()
	answer(w, r)
}

// conditions returns the validators of a request, "" for a field that is not
// there.
func conditions(r *http.Request) string {
	return r.Header.Get("If-None-Match") + "|" + r.Header.Get("If-Modified-Since")
}

// says gives a status, validators as "etag|last-modified", and a body.
func says(status int, validators, text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		etag, modified, _ := strings.Cut(validators, "|")
		if etag != "" {
			w.Header().Set("ETag", etag)
		}
		if modified != "" {
			w.Header().Set("Last-Modified", modified)
		}
		w.WriteHeader(status)
		io.WriteString(w, text)
	}
}

// What a server gave is sent back verbatim, and each answer says what is sent
// next: a 304 renews the fields that it names, a 200 all of them, a failure
// none. What lost its end leaves nothing to be asked with, for a 304 would
// hide the loss.
func TestValidators(t *testing.T) {
	other := strings.Replace(one, "One", "Two", 1)
	cut := one[:len(one)-len("</channel></rss>")]
	for _, c := range []struct {
		name   string
		second http.HandlerFunc
		sent   string // with the third request
	}{
		{"304 without any", says(304, "|", ""), `W/"a, ""b"|Yesterday, perhaps`},
		{"304 with an ETag", says(304, `"c"|`, ""), `"c"|Yesterday, perhaps`},
		{"304 with a date", says(304, `|Today`, ""), `W/"a, ""b"|Today`},
		{"200 without any", says(200, `|`, other), "|"},
		{"200 with an ETag", says(200, `unquoted|`, other), "unquoted|"},
		{"200 with a date", says(200, `|-1`, other), "|-1"},
		{"200 with the same body", says(200, `"d"|`, one), `"d"|`},
		{"a failure", says(500, `"e"|Today`, ""), `W/"a, ""b"|Yesterday, perhaps`},
		{"no feed", says(200, `"f"|Today`, "<html>"), `W/"a, ""b"|Yesterday, perhaps`},
		{"the end lost", says(200, `"g"|Today`, cut), "|"},
	} {
		t.Run(c.name, func(t *testing.T) {
			first := says(200, `W/"a, ""b"|Yesterday, perhaps`, one)
			s := &script{answers: []http.HandlerFunc{first, c.second, says(200, "|", one)}}
			b := newBench(t, Options{Allow: loopback}, s.serve)
			for range s.answers {
				b.ask("/")
			}
			for i, want := range []string{"|", `W/"a, ""b"|Yesterday, perhaps`, c.sent} {
				if got := conditions(s.asked[i]); got != want {
					t.Errorf("request %d: %s, want %s", i+1, got, want)
				}
			}
		})
	}
}

// Bytes that are stored already are not read again, whatever the server calls
// them; bytes that lost their end are.
func TestSameBody(t *testing.T) {
	cut := strings.TrimSuffix(one, "</channel></rss>")
	s := &script{answers: []http.HandlerFunc{
		says(200, `"1"|`, one), says(200, `"2"|`, one), says(200, "|", cut), says(200, "|", cut), says(200, "|", one),
	}}
	b := newBench(t, Options{Allow: loopback}, s.serve)
	for i, want := range []bool{true, false, true, true, true} {
		p := b.ask("/")
		if p.Kind != feed.OK || (p.Document != nil) != want {
			t.Errorf("poll %d: %q, document %v", i+1, p.Kind, p.Document)
		}
		if p.Document != nil && p.Document.Partial != (i == 2 || i == 3) {
			t.Errorf("poll %d: partial %t", i+1, p.Document.Partial)
		}
	}
}

// Validators go to the URL that they came from, and to no other on the way to
// it; nobody is told where we came from.
func TestValidatorsStayWithTheirURL(t *testing.T) {
	home := "/a"
	var asked []string
	h := func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.URL.Path+" "+conditions(r)+r.Header.Get("Referer"))
		if r.URL.Path != home {
			http.Redirect(w, r, home, http.StatusMovedPermanently)
			return
		}
		says(200, `"x"|Today`, one)(w, r)
	}
	b := newBench(t, Options{Allow: loopback}, h)
	for _, home = range []string{"/b", "/b", "/c", "/a", "/a"} {
		p := b.ask("/a")
		if p.Kind != feed.OK || p.Validators != (feed.Validators{URL: b.url + home, ETag: `"x"`, LastModified: "Today"}) {
			t.Errorf("%q: validators %+v", p.Error, p.Validators)
		}
	}
	want := []string{"/a |", "/b |", "/a |", `/b "x"|Today`, "/a |", "/c |", "/a |", `/a "x"|Today`}
	if strings.Join(asked, "\n") != strings.Join(want, "\n") {
		t.Errorf("asked %q", asked)
	}
}

// Five redirects in a row are followed.
func TestRedirects(t *testing.T) {
	h := func(w http.ResponseWriter, r *http.Request) {
		if n := len(r.URL.Path); n < 6 {
			http.Redirect(w, r, r.URL.Path+"x", http.StatusTemporaryRedirect)
			return
		}
		io.WriteString(w, one)
	}
	b := newBench(t, Options{Allow: loopback}, h)
	if p := b.ask("/"); p.Kind != feed.OK || p.Validators.URL != b.url+"/xxxxx" {
		t.Errorf("%q %s", p.Error, p.Validators.URL)
	}
}

// Addresses that are not public are refused on the first hop and on any other,
// under whatever name, unless the configuration allows them; a network that is
// allowed allows no other.
func TestForbiddenAddress(t *testing.T) {
	b := newBench(t, Options{}, body(one))
	_, port, _ := strings.Cut(strings.TrimPrefix(b.url, "http://"), ":")
	for _, url := range []string{
		b.url, "http://localhost:" + port, "http://[::ffff:127.0.0.1]:" + port, "http://10.0.0.1", "http://[::1]:" + port,
		"http://169.254.169.254/latest/meta-data", "http://168.63.129.16", "http://0.0.0.0:" + port,
	} {
		if _, err := b.Poll(context.Background(), feed.Source{Name: "wire", URL: url}, Forced); err != nil {
			t.Fatal(err)
		}
		p := b.store.last()
		if p.Kind != feed.Forbidden || !strings.Contains(p.Error, "allow_networks") {
			t.Errorf("%s: %q %s", url, p.Kind, p.Error)
		}
	}
	if offline, sure := b.Offline(); offline || !sure {
		t.Error("what is forbidden passes for no network")
	}
	hop := newBench(t, Options{Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}}, redirect("http://127.0.0.2:80/"))
	if p := hop.ask("/"); p.Kind != feed.Forbidden {
		t.Errorf("on the second hop: %q %s", p.Kind, p.Error)
	}
}

// Who asks is said, and a Source's own fields come before ours.
func TestHeaders(t *testing.T) {
	s := &script{answers: []http.HandlerFunc{body(one), body(one)}}
	server := httptest.NewServer(http.HandlerFunc(s.serve))
	defer server.Close()
	b := newBench(t, Options{Allow: loopback, UserAgent: "newswired/1 (+https://example.org)"}, nil)
	for _, src := range []feed.Source{
		{Name: "wire", URL: server.URL},
		{Name: "wire", URL: server.URL, UserAgent: "other", Headers: map[string]string{"accept": "text/xml", "X-Key": "k"}},
	} {
		if _, err := b.Poll(context.Background(), src, Forced); err != nil {
			t.Fatal(err)
		}
	}
	plain, own := s.asked[0].Header, s.asked[1].Header
	if plain.Get("User-Agent") != "newswired/1 (+https://example.org)" || !strings.Contains(plain.Get("Accept"), "application/rss+xml") ||
		plain.Get("Accept-Encoding") != "gzip" {
		t.Errorf("asked with %v", plain)
	}
	if own.Get("User-Agent") != "other" || own.Get("Accept") != "text/xml" || own.Get("X-Key") != "k" {
		t.Errorf("asked with %v", own)
	}
}
