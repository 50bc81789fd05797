package web

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"newswired/feed"
)

// A library is a store in memory. Its fields may be changed under its mutex.
type library struct {
	mu         sync.Mutex
	generation uint64
	changed    map[string]time.Time
	entries    map[string][]feed.Entry
	deleted    []feed.Deletion
	sources    []feed.SourceStatus
	hours      []feed.PollHour
	self       feed.Self
	accounts   map[int64]*feed.Account // by the id asked for
	err        error
	asked      int           // questions put to it, Generation aside
	hold       chan struct{} // if not nil, Entries waits until it is closed
}

// do changes the library as a poll would: the generation rises.
func (l *library) do(change func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	change()
	l.generation++
}

func (l *library) Generation() uint64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.generation
}

// ask counts a question, and returns the error that all questions get.
func (l *library) ask() error {
	l.asked++
	return l.err
}

func (l *library) Changed(_ context.Context, name string) (time.Time, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.changed[name], l.ask()
}

// Entries waits while somebody holds it up.
func (l *library) Entries(_ context.Context, name string, limit int) ([]feed.Entry, error) {
	l.mu.Lock()
	err, entries, hold := l.ask(), l.entries[name], l.hold
	l.mu.Unlock()
	if hold != nil {
		<-hold
	}
	return entries[:min(len(entries), limit)], err
}

// Section makes archives of 10 of what Entries returns beyond the limit.
func (l *library) Section(ctx context.Context, name string, number, limit int) (feed.Section, error) {
	all, err := l.Entries(ctx, name, 1000)
	l.mu.Lock()
	defer l.mu.Unlock()
	last := max(0, len(all)-limit) / 10
	part := feed.Section{Entries: all[:min(len(all), limit)], Deleted: l.deleted, Former: last}
	switch {
	case number > last:
		return part, feed.ErrNoArchive
	case number > 0:
		part.Entries, part.Deleted, part.Former = all[len(all)-10*number:][:10], nil, number-1
		part.Next = (number + 1) % (last + 1)
	}
	return part, err
}

// States counts all Sources, those that were removed too.
func (l *library) States(context.Context) (map[string]int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	states := make(map[string]int)
	for _, s := range l.sources {
		states[s.State]++
	}
	return states, l.ask()
}

func (l *library) Health(context.Context, time.Time) (feed.Health, feed.Self, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return feed.Health{Sources: slices.Clone(l.sources), Hours: l.hours}, l.self, l.ask()
}

// Account gives away a copy, for whoever asks may change it.
func (l *library) Account(_ context.Context, id int64) (*feed.Account, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.ask(); err != nil {
		return nil, err
	}
	a := l.accounts[id]
	if a == nil {
		return nil, fmt.Errorf("story %d: %w", id, feed.ErrNotStored)
	}
	given := *a
	given.Copies, given.Verdicts, given.Related = slices.Clone(a.Copies), slices.Clone(a.Verdicts), slices.Clone(a.Related)
	return &given, nil
}

func (l *library) TagPrefix(context.Context) (string, error) {
	return "tag:news.example.org,2026:7f/", nil
}

func (l *library) questions() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.asked
}

var (
	morning = time.Date(2026, 3, 4, 5, 20, 0, 0, time.UTC) // 14:20 in Seoul
	seoul   = time.FixedZone("Asia/Seoul", 9*60*60)
)

// entry makes an Entry whose Copies are given as outlet, headline, summary and
// language.
func entry(id int, at time.Time, copies ...[4]string) feed.Entry {
	e := feed.Entry{
		ID:        fmt.Sprintf("tag:news.example.org,2026:7f/entry/%d", id),
		Published: at.Add(-10 * time.Minute), Updated: at.Add(-10 * time.Minute), Entered: at,
	}
	e.Story.ID = int64(id)
	for i, c := range copies {
		e.Copies = append(e.Copies, feed.Copy{
			ID: int64(id*10 + i), Outlet: c[0], Source: strings.ToLower(c[0]), SourceURL: "https://outlet.example/rss",
			Article: feed.Article{
				Title: c[1], Summary: c[2], Language: c[3],
				Link: fmt.Sprintf("https://outlet%d.example/%d", i, id),
			},
		})
	}
	return e
}

// newLibrary has two feeds, one of them empty, and a Source in every state.
// All news in it is made up.
func newLibrary() *library {
	late := entry(3, morning, [4]string{"Wire News Agency", "(LEAD) Ferry to Ulleung resumes <b>after</b> storm", "Ferries to the island run again after four days, the harbour office said on Wednesday.", "en"},
		[4]string{"The Herald & Co.", "Ferry service to Ulleung resumes", "", "en"}, [4]string{"가나다일보", "울릉도 여객선 운항 재개", "", "ko"})
	late.Updated = morning.Add(20 * time.Minute)
	unlinked := entry(1, morning.Add(-24*time.Hour), [4]string{"Quiet Post", "A report without a page of its own", "", ""})
	unlinked.Copies[0].Link = "javascript:alert(1)"
	return &library{
		generation: 1,
		changed:    map[string]time.Time{"korea": morning},
		entries: map[string][]feed.Entry{"korea": {
			late,
			entry(2, morning.Add(-30*time.Minute), [4]string{"가나다일보", "[속보] 서울 지하철 2호선 운행 재개…\u201c출근길 정상화\u201d", "서울 지하철 2호선이 4일 오전 운행을 재개했다. 출근길 승객은 모두 다른 열차로 옮겨 탔고 다친 사람은 없었다고 공사는 밝혔다.", "ko"}),
			unlinked,
		}},
		sources: []feed.SourceStatus{
			{Name: "wire", Outlet: "Wire News Agency", State: "ok", LastFetch: morning, NextFetch: morning.Add(5 * time.Minute), LastArticle: morning, Articles: 1234},
			{Name: "herald", Outlet: "The Herald & Co.", State: "failing", Failures: 3, LastError: "status 404", LastFetch: morning, NextFetch: morning.Add(11 * time.Hour), LastArticle: morning.Add(-time.Hour), Articles: 87},
			{Name: "ganada", Outlet: "가나다일보", State: "offline", LastFetch: morning, NextFetch: morning.Add(time.Minute), LastArticle: morning, Articles: 15},
			{Name: "fresh", State: "new", NextFetch: morning.Add(2 * time.Minute)},
			{Name: "gone", Outlet: "Quiet Post", State: "removed", LastFetch: morning, Articles: 2},
		},
	}
}

// config is of one Feed with entries and one without.
func config() Config {
	return Config{
		BaseURL: "https://news.example.org",
		Feeds: []feed.Feed{
			{Name: "korea", Title: "Korea, every wire once", Description: "Reports from & about Korea", Limit: 100},
			{Name: "empty", Title: "Nothing <yet>", Limit: 10},
		},
		Zone:    seoul,
		Version: "1.2.3",
	}
}

// newSite returns a Site and what it logs. It was configured before any of its
// news.
func newSite(lib Library) (*Site, *bytes.Buffer) {
	var log bytes.Buffer
	site := New(lib, config(), slog.New(slog.NewTextHandler(&log, nil)))
	for _, s := range site.routes.Load().shelves {
		s.since = time.Time{}
	}
	return site, &log
}

// ask sends a request with header fields given as name and value in turn.
func ask(h http.Handler, method, path string, fields ...string) *http.Response {
	r := httptest.NewRequest(method, path, nil)
	for i := 0; i < len(fields); i += 2 {
		r.Header.Add(fields[i], fields[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func body(t *testing.T, r *http.Response) string {
	t.Helper()
	var b bytes.Buffer
	if _, err := b.ReadFrom(r.Body); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
