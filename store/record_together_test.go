package store

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"newswired/feed"
)

// Of polls that are recorded together, one that leaves out what has to be seen
// writes nothing, and the others bring their Articles.
func TestLeftOutBesideOthers(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	w.turn <- struct{}{}
	brief := func(source string, d feed.Document) *waitingPoll {
		p := &waitingPoll{poll: feed.Poll{Source: source, Started: w.now, Status: 200, Document: &d}, done: make(chan struct{})}
		w.waiting.add(p)
		return p
	}
	one := brief("wire", feed.Document{Articles: []feed.Article{article("1", "", "Alpha beta gamma")}})
	twice := article("2", "https://paper.example/2", "Delta epsilon zeta")
	other := twice
	other.Link, other.Title = "https://paper.example/3", "Eta theta iota"
	less := brief("paper", feed.Document{Articles: []feed.Article{twice, other}, Unchanged: []feed.ItemHash{7}})
	last := brief("wire", feed.Document{Articles: []feed.Article{article("1", "", "Alpha beta gamma"), article("4", "", "Kappa lambda mu")}})
	w.recordWaiting(ctx)
	if one.err != nil || last.err != nil || !errors.Is(less.err, feed.ErrLeftOut) {
		t.Fatal(one.err, less.err, last.err)
	}
	want(t, "new of the first", one.recorded.New, 1)
	want(t, "new of the last", last.recorded.New, 1)
	want(t, "articles", w.count("SELECT count(*) FROM articles"), 2)
	want(t, "names noted", w.count("SELECT count(*) FROM repeated_name"), 0)
	want(t, "fetches", w.count("SELECT count(*) FROM fetches WHERE source = 'paper'"), 0)
}

// Of polls that are recorded together, one over whose words we panic fails by itself:
// it is named, and what the others bring is stored.
func TestPanicBesideOthers(t *testing.T) {
	w := newWorld(t)
	w.configure(func(*feed.Story) []feed.Verdict { panic("unbearable") }, feed.Feed{Name: "all", Rule: "all"})
	w.turn <- struct{}{}
	var all []*waitingPoll
	for _, source := range []string{"wire", "paper"} {
		p := &waitingPoll{poll: feed.Poll{Source: source, Started: w.now, Status: 304}, done: make(chan struct{})}
		if source == "paper" {
			p.poll.Document = &feed.Document{Articles: []feed.Article{article("1", "", "Alpha beta gamma")}}
		}
		w.waiting.add(p)
		all = append(all, p)
	}
	w.recordWaiting(context.Background())
	var fault *feed.PanicError
	if all[0].err != nil || !errors.As(all[1].err, &fault) || fault.Error() != "unbearable" || len(fault.Stack) == 0 {
		t.Errorf("%v, %v", all[0].err, all[1].err)
	}
	want(t, "fetches of the other", w.count("SELECT count(*) FROM fetches WHERE source = 'wire'"), 1)
	want(t, "articles", w.count("SELECT count(*) FROM articles"), 0)
	long := feed.Poll{Source: "paper", Started: w.now, Status: 200, Document: &feed.Document{Articles: issue(1, 9, 20)}}
	if _, err := w.Record(context.Background(), long); !errors.As(err, &fault) {
		t.Errorf("alone: %v", err)
	}
}

// Polls without news are recorded together, no more at once than shall be, and one
// that cannot be holds up no other.
func TestRecordTogether(t *testing.T) {
	ctx := context.Background()
	st, err := Open(ctx, filepath.Join(t.TempDir(), "t.db"), "", start)
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	var names []string
	for i := range 2*together + 2 {
		names = append(names, fmt.Sprint("s", i))
	}
	var sources []feed.Source
	for _, name := range names {
		sources = append(sources, feed.Source{Name: name, URL: "https://" + name + ".example/rss", Outlet: name})
	}
	if err := st.Configure(ctx, sources, nil, everything, start); err != nil {
		t.Fatal(err)
	}
	names = append(names, "nobody")
	st.turn <- struct{}{} // all of them wait until it is given back
	errs := make([]error, len(names))
	var all sync.WaitGroup
	for i, name := range names {
		all.Go(func() {
			_, errs[i] = st.Record(ctx, feed.Poll{Source: name, Started: start, Status: 304, NextFetch: start.Add(time.Hour)})
		})
	}
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := st.Record(cancelled, feed.Poll{Source: names[0], Started: start, Status: 304}); err == nil {
		t.Error("waited though its context had ended")
	}
	for waiting := 0; waiting < len(names)+1; {
		st.waiting.mu.Lock()
		waiting = len(st.waiting.all)
		st.waiting.mu.Unlock()
	}
	first := st.waiting.take()
	want(t, "polls that are recorded at once", len(first), together)
	for _, p := range first {
		st.waiting.add(p)
	}
	<-st.turn
	all.Wait()
	for i, name := range names {
		if name == "nobody" {
			if errs[i] == nil || !strings.Contains(errs[i].Error(), "never configured") {
				t.Errorf("%s: %v", name, errs[i])
			}
			continue
		}
		state, err := st.State(ctx, name, time.Time{})
		if errs[i] != nil || err != nil || !state.LastFetch.Equal(start) {
			t.Errorf("%s: %v, %v, last fetch %s", name, errs[i], err, state.LastFetch)
		}
	}
}
