package store

import (
	"context"
	"fmt"
	"testing"
	"time"
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
