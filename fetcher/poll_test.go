package fetcher

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"newswired/feed"
)

// A memory is a store in a map, with the rules of the real one.
type memory struct {
	mu     sync.Mutex
	states map[string]feed.State
	busy   map[string]time.Time
	polls  []feed.Poll
	chokes bool   // true: Record cannot bear Documents
	panics string // what Record panics with; "" if it does not
	whole  bool   // true: no Document may leave out anything
}

func (m *memory) State(_ context.Context, source string, _ time.Time) (feed.State, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	s := m.states[source]
	s.Busy = maps.Clone(m.busy)
	return s, nil
}

// Record keeps a Poll and what the next one has to know of it.
func (m *memory) Record(_ context.Context, p feed.Poll) (feed.Recorded, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.chokes && p.Document != nil {
		return feed.Recorded{}, fmt.Errorf("record: %w", &feed.PanicError{Value: "cannot compare it"})
	}
	if m.panics != "" {
		panic(m.panics)
	}
	if m.whole && p.Document != nil && len(p.Document.Unchanged) > 0 {
		return feed.Recorded{}, feed.ErrLeftOut
	}
	m.polls = append(m.polls, p)
	s := m.states[p.Source]
	if p.Kind != feed.Offline {
		s.NextFetch, s.NextReason, s.RetryAt, s.Stopped = p.NextFetch, p.NextReason, p.RetryAt, p.Kind == feed.Gone
	}
	s.Move = p.Move
	if p.Busy != "" {
		m.busy = map[string]time.Time{p.Busy: p.RetryAt}
	}
	switch p.Kind {
	case feed.OK:
		s.Validators, s.LastFetch, s.Failures, s.Pace = p.Validators, p.Started, 0, p.Pace
		s.Push = p.Push
		if p.Document != nil || p.Digest != nil {
			s.Digest = p.Digest
		}
		if p.Document != nil {
			s.Items = slices.Sorted(slices.Values(append(slices.Clone(p.Document.Items), p.Document.Unchanged...)))
		}
	case feed.Offline:
	default:
		s.LastFetch, s.Failures = p.Started, s.Failures+1
	}
	m.states[p.Source] = s
	if p.Document == nil {
		return feed.Recorded{}, nil
	}
	return feed.Recorded{New: len(p.Document.Articles), Refused: len(p.Document.Refused)}, nil
}

func (m *memory) last() feed.Poll {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.polls[len(m.polls)-1]
}

// A bench is a Poller, its store and a server to ask.
type bench struct {
	*Poller
	t     *testing.T
	store *memory
	url   string
}

var loopback = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}

// newBench polls what a handler serves.
func newBench(t *testing.T, o Options, h http.HandlerFunc) *bench {
	t.Helper()
	server := httptest.NewServer(h)
	b := &bench{t: t, store: &memory{states: make(map[string]feed.State)}, url: server.URL}
	b.Poller = New(b.store, o, slog.New(slog.DiscardHandler))
	t.Cleanup(func() { b.Close(); server.Close() })
	return b
}

// ask polls a path at once, whatever the former poll said.
func (b *bench) ask(path string) feed.Poll {
	b.t.Helper()
	if _, err := b.Poll(context.Background(), feed.Source{Name: "wire", URL: b.url + path}, Forced); err != nil {
		b.t.Fatal(err)
	}
	return b.store.last()
}

// one is a Document of one Article.
const one = `<rss version="2.0"><channel><title>Wire</title><item><guid>1</guid><title>One</title></item></channel></rss>`

// A panic is a failure of its Document: it is recorded, and neither the turn
// of the host nor the slot is lost. So is one over what an Article says while it is
// stored. One in the store itself is not ours to record; it is passed on, and loses
// no turn either.
func TestPanics(t *testing.T) {
	b := newBench(t, Options{Allow: loopback}, body(one))
	good := b.client.Transport
	b.client.Transport = panicking{}
	if p := b.ask("/"); p.Kind != feed.Panicked || p.Error != "out of range" || p.NextReason != feed.ByBackoff {
		t.Errorf("%q %q, next %s", p.Kind, p.Error, p.NextFetch)
	}
	b.client.Transport = good
	b.store.chokes = true
	if p := b.ask("/"); p.Kind != feed.Panicked || p.Error != "cannot compare it" || p.NextReason != feed.ByBackoff || p.Validators.URL != "" {
		t.Errorf("%q %q, next %s by %s", p.Kind, p.Error, p.NextFetch, p.NextReason)
	}
	push := Delivery{ContentType: "application/rss+xml", Body: []byte(one)}
	if got, err := b.Deliver(context.Background(), feed.Source{Name: "wire", URL: b.url}, push); err != nil || got.Kind != feed.Panicked || !b.store.last().NextFetch.IsZero() {
		t.Errorf("delivered: %+v, %v, next %s", got, err, b.store.last().NextFetch)
	}
	b.store.chokes = false
	b.store.panics = "disk on fire"
	func() {
		defer func() {
			if r := recover(); r != "disk on fire" {
				t.Errorf("recovered %v", r)
			}
		}()
		b.ask("/")
	}()
	b.store.panics = ""
	for range polls + 1 {
		if p := b.ask("/"); p.Kind != feed.OK {
			t.Fatalf("afterwards: %q %q", p.Kind, p.Error)
		}
	}
	if len(b.slots) != 0 || len(b.hosts.all) != 0 {
		t.Errorf("%d slots and %d hosts taken", len(b.slots), len(b.hosts.all))
	}
}

// A Document that has to be seen whole is read again from the same answer, and
// counts as if it had been read so at once.
func TestReadWhole(t *testing.T) {
	first := strings.Replace(one, "<item>", "<ttl>120</ttl><item>", 1)
	second := strings.Replace(first, "</item>", "</item><item><guid>2</guid><title>Two</title></item>", 1)
	third := strings.Replace(second, "</item>", "</item><item><guid>3</guid><title>Three</title></item>", 1)
	s := &script{answers: []http.HandlerFunc{says(200, `"1"|`, first), says(200, `"2"|`, second), says(200, `"3"|`, third)}}
	b := newBench(t, Options{Allow: loopback}, s.serve)
	for i, want := range []struct {
		whole           bool
		read, unchanged int
	}{{false, 1, 0}, {false, 1, 1}, {true, 3, 0}} {
		b.store.whole = want.whole
		p := b.ask("/")
		if d := p.Document; len(d.Articles) != want.read || len(d.Unchanged) != want.unchanged || p.NextReason != feed.ByTTL || p.Validators.ETag == "" {
			t.Errorf("poll %d: %+v, next because of %s, %+v", i+1, d, p.NextReason, p.Validators)
		}
	}
	if len(s.asked) != 3 || len(b.slots) != 0 {
		t.Errorf("asked %d times, %d slots taken", len(s.asked), len(b.slots))
	}
}

type panicking struct{}

func (panicking) RoundTrip(*http.Request) (*http.Response, error) { panic("out of range") }

// A poll that was stopped records nothing, wherever it was stopped.
func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	b := newBench(t, Options{Allow: loopback, HostPause: time.Hour}, func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, one[:50])
		w.(http.Flusher).Flush()
		cancel()
		hang(r)
	})
	src := feed.Source{Name: "wire", URL: b.url}
	for _, where := range []string{"in the body", "before it began"} {
		if _, err := b.Poll(ctx, src, Forced); !Cancelled(err) {
			t.Errorf("%s: %v", where, err)
		}
	}
	waiting, stop := context.WithCancel(context.Background())
	time.AfterFunc(50*time.Millisecond, stop)
	if _, err := b.Poll(waiting, src, Forced); !Cancelled(err) {
		t.Errorf("while it waited for the host: %v", err)
	}
	if len(b.store.polls) != 0 || len(b.slots) != 0 {
		t.Errorf("recorded %+v, %d slots taken", b.store.polls, len(b.slots))
	}
}

// What holds a poll back depends on who wants it.
func TestHeld(t *testing.T) {
	now := time.Now()
	soon, later := now.Add(time.Hour), now.Add(2*time.Hour)
	asked := 0
	b := newBench(t, Options{Allow: loopback}, func(w http.ResponseWriter, _ *http.Request) { asked++; io.WriteString(w, one) })
	for _, c := range []struct {
		next, retry time.Time
		urgency     Urgency
		held        time.Time
	}{
		{time.Time{}, time.Time{}, Scheduled, time.Time{}},
		{now.Add(-time.Hour), now.Add(-time.Hour), Scheduled, time.Time{}},
		{soon, time.Time{}, Scheduled, soon},
		{soon, time.Time{}, Manual, time.Time{}},
		{later, soon, Manual, soon},
		{later, later, Forced, time.Time{}},
	} {
		b.store.states["wire"] = feed.State{NextFetch: c.next, RetryAt: c.retry}
		before := asked
		r, err := b.Poll(context.Background(), feed.Source{Name: "wire", URL: b.url}, c.urgency)
		if err != nil || !r.Held.Equal(c.held) || (asked == before) != !c.held.IsZero() {
			t.Errorf("%+v: held until %s, asked %d times, %v", c, r.Held, asked-before, err)
		}
	}
}
