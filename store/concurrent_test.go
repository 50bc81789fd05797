package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"newswired/feed"
)

// TestReadersAndWriters lets several goroutines and another connection read
// while two Stores, as of two processes, write: nobody may fail.
func TestReadersAndWriters(t *testing.T) {
	w := newWorld(t)
	other, err := Open(context.Background(), w.name, "", start)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	everywhere := []feed.Source{{Name: "wire", URL: "https://wire.example/rss"}, {Name: "paper", URL: "https://paper.example/rss"}}
	if err := other.Configure(context.Background(), everywhere, []feed.Feed{{Name: "all", Rule: "all"}}, everything, start); err != nil {
		t.Fatal(err)
	}
	outside, err := sql.Open("sqlite", "file:"+w.name+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer outside.Close()
	ctx, stop := context.WithCancel(context.Background())
	var readers, writers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for ctx.Err() == nil {
				if _, err := w.Entries(context.Background(), "all", 10); err != nil {
					t.Error(err)
				}
				var n int
				if err := outside.QueryRow("SELECT count(*) FROM articles").Scan(&n); err != nil {
					t.Error(err)
				}
			}
		})
	}
	for i, st := range []*Store{w.Store, other} {
		writers.Go(func() {
			source := []string{"wire", "paper"}[i]
			for n := range 50 {
				a := article(fmt.Sprint(n), fmt.Sprintf("https://%s.example/%d", source, n), fmt.Sprint("Number ", n))
				p := feed.Poll{Source: source, Started: start.Add(time.Duration(n) * time.Minute), Status: 200, Document: &feed.Document{Articles: []feed.Article{a}}}
				if _, err := st.Record(context.Background(), p); err != nil {
					t.Error(err)
				}
			}
		})
	}
	writers.Wait()
	stop()
	readers.Wait()
	want(t, "articles", w.count("SELECT count(*) FROM articles"), 100)
	want(t, "entries", w.count("SELECT count(*) FROM entries"), 100)
}

func TestNoteOthers(t *testing.T) {
	w := newWorld(t)
	note := func() uint64 {
		if err := w.NoteOthers(context.Background()); err != nil {
			t.Fatal(err)
		}
		return w.Generation()
	}
	before := note()
	want(t, "nothing written", note(), before)
	db, err := sql.Open("sqlite", "file:"+w.name)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec("UPDATE feed SET title = 'Other'"); err != nil {
		t.Fatal(err)
	}
	if note() == before {
		t.Error("another's write went unnoticed")
	}
}

// TestInvariants tries to break what the schema promises.
func TestInvariants(t *testing.T) {
	w := newWorld(t)
	w.poll("wire", article("1", "https://wire.example/1", "One"), article("2", "https://wire.example/2", "Two"))
	for _, attempt := range []string{
		"UPDATE article SET key = 1",
		"DELETE FROM story",
		"DELETE FROM source WHERE name = 'wire'",
		"UPDATE article SET story_id = 99",
		"UPDATE verdict SET passes = 2",
		"UPDATE verdict SET entered = NULL",
		"UPDATE source SET name = 'paper' WHERE name = 'wire'",
		"UPDATE article SET published = 'yesterday'",
		"UPDATE revision SET article_id = 99",
	} {
		if _, err := w.conn.ExecContext(context.Background(), attempt); err == nil || !strings.Contains(err.Error(), "constraint failed") {
			t.Errorf("%s: %v", attempt, err)
		}
	}
}
