package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// A subscriber is one of WebSub for tests: it subscribes to a hub, confirms what
// it asked for and nothing else, and checks what is delivered as the
// Recommendation says.
type subscriber struct {
	client *http.Client

	mu       sync.Mutex
	wants    map[string]string // "mode topic" by callback path and query, before hub.*
	asked    []url.Values      // verifications
	got      []delivered
	status   int           // of the answer to a delivery; 0: 204
	after    string        // Retry-After
	refuses  bool          // it confirms nothing
	stall    time.Duration // before it answers a delivery
	at, most int           // deliveries that are being answered, and the most at a time
}

// A delivered is a delivery as it came.
type delivered struct {
	at     time.Time
	path   string
	header http.Header
	body   string
}

// ServeHTTP confirms what the subscriber wants, and takes deliveries.
func (s *subscriber) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodPost {
		s.take(w, r)
		return
	}
	q := r.URL.Query()
	own := r.URL.Path
	if before, _, found := strings.Cut(r.URL.RawQuery, "hub."); found && before != "" {
		own += "?" + strings.TrimSuffix(before, "&")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked = append(s.asked, q)
	if s.refuses || s.wants[own] != q.Get("hub.mode")+" "+q.Get("hub.topic") {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	io.WriteString(w, q.Get("hub.challenge"))
}

// take notes a delivery, and how many there are at a time; then it answers as it was
// told to.
func (s *subscriber) take(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	s.mu.Lock()
	s.got = append(s.got, delivered{time.Now(), r.URL.RequestURI(), r.Header, string(body)})
	s.at++
	s.most = max(s.most, s.at)
	status, after, stall := s.status, s.after, s.stall
	s.mu.Unlock()
	time.Sleep(stall)
	s.mu.Lock()
	s.at--
	s.mu.Unlock()
	if after != "" {
		w.Header().Set("Retry-After", after)
	}
	w.WriteHeader(max(status, http.StatusNoContent))
}

// do changes how it behaves.
func (s *subscriber) do(change func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change()
}

// deliveries returns those that came since it was asked last.
func (s *subscriber) deliveries() []delivered {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := s.got
	s.got = nil
	return all
}

// A hubRig is newswired as a hub at news.example, with a wire that it polls and a
// subscriber at reader.example, on a network in memory.
type hubRig struct {
	*pushRig
	sub     *subscriber
	pinged  []url.Values // at other.example, a hub of others
	refuses int          // the status of its answers; 0: 204
	mu      sync.Mutex
}

const hubConfig = `listen: "news.example:80"
base_url: http://news.example
timezone: UTC
schedule: "@every 1m"
host_pause: 0s
websub: false
hub: true
sources: [{name: wire, url: http://localhost/rss}]
feeds: [{name: all}, {name: desk, access: [kim]}]
`

// inHub runs a test in a bubble, before anything has started.
func inHub(t *testing.T, test func(*hubRig)) {
	inPush(t, func(p *pushRig) {
		client := &http.Client{Transport: &http.Transport{DialContext: p.wire.dial, DisableKeepAlives: true}}
		r := &hubRig{pushRig: p, sub: &subscriber{client: client, wants: make(map[string]string)}}
		for address, h := range map[string]http.Handler{"reader.example:80": r.sub, "other.example:80": http.HandlerFunc(r.takePing)} {
			l, err := p.wire.listen(address)
			if err != nil {
				t.Fatal(err)
			}
			server := &http.Server{Handler: h}
			var done sync.WaitGroup
			done.Go(func() { server.Serve(l) })
			defer done.Wait()
			defer server.Close()
		}
		r.pub.set(rssDoc("", 1))
		r.configure(hubConfig)
		test(r)
		if r.server != nil {
			r.stop()
		}
	})
}

func (r *hubRig) takePing(w http.ResponseWriter, q *http.Request) {
	q.ParseForm()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.pinged = append(r.pinged, q.PostForm)
	w.WriteHeader(max(r.refuses, http.StatusNoContent))
}

// pings returns the topics that were told since it was asked last.
func (r *hubRig) pings() (topics []string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, form := range r.pinged {
		if form.Get("hub.mode") == "publish" && form.Get("hub.url") == form.Get("hub.topic") {
			topics = append(topics, form.Get("hub.topic"))
		}
	}
	slices.Sort(topics)
	r.pinged = nil
	return topics
}

// request asks our hub for something, and compares the status.
func (r *hubRig) request(want int, form url.Values) {
	r.t.Helper()
	resp, err := r.sub.client.PostForm("http://news.example/hub", form)
	if err != nil {
		r.t.Fatal(err)
	}
	defer resp.Body.Close()
	said, _ := io.ReadAll(resp.Body)
	if resp.StatusCode != want {
		r.t.Errorf("%s is answered %d %s, want %d", form.Encode(), resp.StatusCode, said, want)
	}
	r.wait(time.Second)
}

// topic is the address of an Edition.
func topic(extension string) string { return "http://news.example/feeds/all." + extension }

// ask subscribes to an Edition, or unsubscribes, and waits until that is
// verified.
func (r *hubRig) ask(mode, extension, path string, more ...string) {
	r.t.Helper()
	r.sub.do(func() { r.sub.wants[path] = mode + " " + topic(extension) })
	form := url.Values{"hub.mode": {mode}, "hub.topic": {topic(extension)}, "hub.callback": {"http://reader.example" + path}}
	for i := 0; i < len(more); i += 2 {
		form.Set(more[i], more[i+1])
	}
	r.request(http.StatusAccepted, form)
}

// report brings news by a poll, and waits until it is told.
func (r *hubRig) report(n int) {
	r.pub.set(rssDoc("", n, 1))
	r.wait(80 * time.Second)
}

// takes compares what was delivered: the Edition as a reader gets it, with its
// media type, links and signature.
func (r *hubRig) takes(extension, path, secret string) {
	r.t.Helper()
	got := r.sub.deliveries()
	if len(got) != 1 {
		r.t.Errorf("%d deliveries of %s, want 1", len(got), extension)
		return
	}
	d := got[0]
	resp, err := r.sub.client.Get(topic(extension))
	if err != nil {
		r.t.Fatal(err)
	}
	defer resp.Body.Close()
	edition, _ := io.ReadAll(resp.Body)
	if d.body != string(edition) {
		r.t.Errorf("what was delivered is not the edition:\n%s", d.body)
	}
	if d.path != path {
		r.t.Errorf("delivered at %s, want %s", d.path, path)
	}
	signature := ""
	if secret != "" {
		signature = sign("sha256", secret, d.body)
	}
	for name, want := range map[string]string{
		"Content-Type":    resp.Header.Get("Content-Type"),
		"X-Hub-Signature": signature,
		"Link":            fmt.Sprintf(`<http://news.example/hub>; rel="hub", <%s>; rel="self"`, topic(extension)),
	} {
		if got := d.header.Get(name); got != want {
			r.t.Errorf("%s of the delivery is %q, want %q", name, got, want)
		}
	}
	if got := resp.Header.Get("Link"); got != d.header.Get("Link") {
		r.t.Errorf("Link of the edition is %q", got)
	}
}

// none holds that nothing was delivered.
func (r *hubRig) none(when string) {
	r.t.Helper()
	if got := r.sub.deliveries(); len(got) != 0 {
		r.t.Errorf("%s: %d deliveries", when, len(got))
	}
}

// secret is a new one.
func secret() string { return rand.Text() }

// beside starts newswired on the rig's network beside the one that is there.
func (r *hubRig) beside(file string) *server {
	r.t.Helper()
	c, err := loadConfig(file, shortest)
	if err != nil {
		r.t.Fatal(err)
	}
	d, err := r.app.start(context.Background(), c, newLogger(r, false, c.Zone))
	if err != nil {
		r.t.Fatal(err)
	}
	return d
}
