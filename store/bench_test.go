package store

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"newswired/feed"
)

// benchArticles returns a Document's worth of Articles, n of them from number
// from on, the newest first.
func benchArticles(from, n int) []feed.Article {
	all := make([]feed.Article, n)
	for i := range all {
		k := from + n - 1 - i
		all[i] = feed.Article{
			GUID: fmt.Sprintf("urn:wire:%d", k), Link: fmt.Sprintf("https://wire.example/news/%d", k),
			Title:     fmt.Sprintf("Council number %d votes on the harbour", k),
			Summary:   strings.Repeat(fmt.Sprintf("Delegates of district %d met again. ", k), 8),
			Published: start.Add(time.Duration(k) * time.Minute),
			Authors:   []feed.Person{{Name: "Desk"}}, Categories: []string{"Politics"},
		}
	}
	return all
}

// benchStore returns an empty store with so many Sources and one Feed.
func benchStore(b *testing.B, sources int) *Store {
	b.Helper()
	return benchOpen(b, filepath.Join(b.TempDir(), "bench.db"), sources)
}

// benchOpen opens a file, a new one or not, with so many Sources and one Feed.
func benchOpen(b *testing.B, name string, sources int) *Store {
	b.Helper()
	st, err := Open(context.Background(), name, "", start)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { st.Close() })
	all := make([]feed.Source, sources)
	for i := range all {
		all[i] = feed.Source{Name: fmt.Sprint("s", i), URL: fmt.Sprintf("https://%d.example/rss", i), Outlet: fmt.Sprint("Outlet ", i)}
	}
	if err := st.Configure(context.Background(), all, []feed.Feed{{Name: "all", Rule: "all"}}, everything, start); err != nil {
		b.Fatal(err)
	}
	return st
}

// benchRecord records a Document of one of these Sources.
func benchRecord(b *testing.B, st *Store, source int, articles []feed.Article) {
	b.Helper()
	_, err := st.Record(context.Background(), feed.Poll{
		Source: fmt.Sprint("s", source), Started: start, Status: 200, Document: &feed.Document{Articles: articles},
	})
	if err != nil {
		b.Fatal(err)
	}
}

// BenchmarkRecordFirst records 50 new Articles of a new Source.
func BenchmarkRecordFirst(b *testing.B) {
	st := benchStore(b, 20000)
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		benchRecord(b, st, i%20000, benchArticles(i*50, 50))
		i++
	}
}

// BenchmarkRecordOneNew records a Document of 50 Articles of which one is new.
func BenchmarkRecordOneNew(b *testing.B) {
	st := benchStore(b, 1)
	benchRecord(b, st, 0, benchArticles(0, 50))
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		i++
		benchRecord(b, st, 0, benchArticles(i, 50))
	}
}

// BenchmarkRecordNotModified records that nothing changed.
func BenchmarkRecordNotModified(b *testing.B) {
	st := benchStore(b, 1)
	benchRecord(b, st, 0, benchArticles(0, 50))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := st.Record(context.Background(), feed.Poll{Source: "s0", Started: start, Status: 304}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkEntries selects the 100 newest of 10,000 Entries.
func BenchmarkEntries(b *testing.B) {
	st := benchStore(b, 200)
	for i := range 200 {
		benchRecord(b, st, i, benchArticles(i*50, 50))
	}
	b.ReportAllocs()
	for b.Loop() {
		if all, err := st.Entries(context.Background(), "all", 100); err != nil || len(all) != 100 {
			b.Fatal(len(all), err)
		}
	}
}
