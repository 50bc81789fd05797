package store

import (
	"context"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"newswired/feed"
)

// Polls without news are recorded together, and one that cannot be holds up no
// other.
func TestRecordTogether(t *testing.T) {
	ctx := context.Background()
	st, err := Open(ctx, filepath.Join(t.TempDir(), "t.db"), "", start)
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	names := []string{"a", "b", "c", "d"}
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
	if _, err := st.Record(cancelled, feed.Poll{Source: "a", Started: start, Status: 304}); err == nil {
		t.Error("waited though its context had ended")
	}
	for waiting := 0; waiting < len(names)+1; {
		st.waiting.mu.Lock()
		waiting = len(st.waiting.all)
		st.waiting.mu.Unlock()
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
