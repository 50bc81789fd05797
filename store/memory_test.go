package store

import (
	"bytes"
	"context"
	"fmt"
	"testing"
	"time"

	"newswired/feed"
)

// What retention removed is remembered for a while; what comes next must not be
// taken for it.
func TestNewArticleAfterRetention(t *testing.T) {
	w := newWorld(t)
	const title = "Brinmouth closes harbour bridge to lorries"
	w.poll("wire", bridge("1", "https://wire.example/1", title, "Brinmouth"))
	last := w.count("SELECT max(id) FROM articles")
	w.poll("wire")
	w.now = w.now.Add(time.Hour)
	if _, err := w.Retain(context.Background(), w.now, w.now); err != nil {
		t.Fatal(err)
	}
	want(t, "articles", w.count("SELECT count(*) FROM articles"), 0)
	for i := range 3 {
		w.poll("wire", bridge(fmt.Sprint("n", i), fmt.Sprintf("https://wire.example/n%d", i), fmt.Sprintf("%s, %d cracks", title, i+2), "Brinmouth"))
	}
	if first := w.count("SELECT min(id) FROM articles"); first <= last {
		t.Errorf("article %d after %d", first, last)
	}
}

// Words of polls that could not be written are not counted: while the disk is
// full, the same come again and again.
func TestCountsOfLostPolls(t *testing.T) {
	var many []feed.Article
	for i := range 200 {
		many = append(many, article(fmt.Sprint(i), "", fmt.Sprintf("Number %d of %d", i, i*i)))
	}
	counts := func(failures int) []byte {
		w := newWorld(t)
		w.poll("paper", article("a", "", "Alpha beta gamma"))
		if err := w.SaveWords(context.Background()); err != nil {
			t.Fatal(err)
		}
		w.limitPages(w.count("SELECT page_count FROM pragma_page_count"))
		for range failures {
			_, err := w.Record(context.Background(), feed.Poll{Source: "wire", Started: w.now, Status: 200, Document: &feed.Document{Articles: many}})
			if err == nil {
				t.Fatal("the disk is not full")
			}
		}
		w.limitPages(1 << 20)
		w.poll("wire", many...)
		packed, err := w.words.counts.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		return packed
	}
	if !bytes.Equal(counts(3), counts(0)) {
		t.Error("the counts of words are others after polls that were lost")
	}
}

// limitPages sets how many pages the file may have: then the disk is full.
func (w *world) limitPages(n int) {
	w.t.Helper()
	if _, err := w.conn.ExecContext(context.Background(), fmt.Sprintf("PRAGMA max_page_count=%d", n)); err != nil {
		w.t.Fatal(err)
	}
}
