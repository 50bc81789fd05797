package store

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"newswired/feed"
)

// until runs steps until there are no more.
func (w *world) until(step func() (more bool, err error)) {
	w.t.Helper()
	for more := true; more; {
		var err error
		if more, err = step(); err != nil {
			w.t.Fatal(err)
		}
	}
}

func (w *world) retain(r Retention) {
	w.t.Helper()
	w.until(func() (bool, error) { return w.Retain(context.Background(), r, w.now) })
}

// limit does what the daemon does once an hour.
func (w *world) limit(most int64) {
	w.t.Helper()
	ctx := context.Background()
	for range 3 {
		w.until(func() (bool, error) { return w.Limit(ctx, most, w.now) })
		w.until(func() (bool, error) { return w.MergeWords(ctx) })
	}
	w.until(func() (bool, error) { return w.Shrink(ctx) })
}

// issue is a Document of Articles that are like no others, with text.
func issue(from, n, bytes int) []feed.Article {
	var all []feed.Article
	for i := from; i < from+n; i++ {
		a := article(fmt.Sprint(i), fmt.Sprintf("https://wire.example/%d", i), fmt.Sprintf("Alpha%d beta%d gamma%d", i, i*7, i*13))
		a.Content = strings.Repeat(fmt.Sprintf("w%d ", i*31), bytes/6)
		all = append(all, a)
	}
	return all
}

// A Source with a retention of its own keeps what it listed for longer or shorter
// than the others do.
func TestRetainBySource(t *testing.T) {
	for own, left := range map[time.Duration]string{time.Hour: "wire", 100 * time.Hour: "paper"} {
		w := newWorld(t)
		w.poll("wire", issue(0, 3, 10)...)
		w.poll("paper", issue(10, 3, 10)...)
		w.poll("wire", issue(20, 1, 10)...) // the three are gone
		w.poll("paper", issue(30, 1, 10)...)
		w.now = w.now.Add(10 * time.Hour)
		common := 50 * time.Hour
		if own > common {
			common = 5 * time.Hour
		}
		w.retain(Retention{Before: w.now.Add(-common), Sources: map[string]time.Time{"paper": w.now.Add(-own), "none": w.now}})
		want(t, "articles", w.count("SELECT count(*) FROM articles"), 5)
		want(t, "of "+left, w.count("SELECT count(*) FROM articles WHERE source = ?", left), 4)
	}
}

// A bound of size removes what left its Document longest ago, nothing that stands
// in one, and makes the file so small; what is removed does not return as new.
func TestRetainBySize(t *testing.T) {
	w := newWorld(t)
	for n := range 8 {
		w.poll("wire", issue(n*50, 50, 4000)...)
	}
	for more := true; more; {
		more, _ = w.IndexWords(context.Background())
	}
	used, err := w.Size(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	bound := used / 2
	w.limit(used + 1) // is no reason
	want(t, "articles", w.count("SELECT count(*) FROM articles"), 400)
	w.limit(bound)
	if used, err = w.Size(context.Background()); err != nil || used > bound || used < bound/2 {
		t.Errorf("%d bytes in use, bound %d, %v", used, bound, err)
	}
	first, last := w.count("SELECT min(CAST(guid AS INTEGER)) FROM articles"), w.count("SELECT count(*) FROM articles WHERE CAST(guid AS INTEGER) >= 350")
	if first < 100 || last != 50 {
		t.Errorf("the oldest is number %d, %d of the last 50 are left", first, last)
	}
	if _, err := w.conn.ExecContext(context.Background(), "PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(w.name)
	if err != nil || info.Size() > bound+spare+pageSize {
		t.Errorf("the file has %d bytes, bound %d", info.Size(), bound)
	}
	want(t, "removed ones come again", w.poll("wire", append(issue(0, 50, 4000), issue(350, 50, 4000)...)...), feed.Recorded{Unchanged: 100})
	w.limit(1) // all that stands in a Document stays
	if n := w.count("SELECT count(*) FROM articles"); n != 50 {
		t.Errorf("%d articles left", n)
	}
}

// A Story whose earliest Article is removed has the date of the earliest that is
// left, as it would when another joins; what its Entry says stays.
func TestRetainDates(t *testing.T) {
	w := newWorld(t)
	early := article("1", "https://wire.example/1", "Ferry sinks off the coast of Jeju island")
	late := article("2", "https://paper.example/2", "Ferry sinks off the coast of Jeju island")
	early.Published, late.Published = start.Add(-5*time.Hour), start.Add(-2*time.Hour)
	w.poll("wire", early)
	w.poll("paper", late)
	want(t, "stories", w.count("SELECT count(*) FROM stories"), 1)
	entry := w.entries()[0].Published
	w.poll("wire", article("3", "https://wire.example/3", "Something else"))
	w.retain(Retention{Before: w.now.Add(time.Minute)})
	want(t, "story", w.count("SELECT count(*) FROM stories WHERE articles = 1 AND title LIKE 'Ferry%' AND published = '2026-03-01T07:00:00Z'"), 1)
	for _, e := range w.entries() {
		if e.Copies[0].Title == late.Title && e.Published != entry {
			t.Errorf("the entry is of %s, was of %s", e.Published, entry)
		}
	}
}

// Reasons of former rules go once they were unused for two calls, Tombstones and
// refusals when they are old.
func TestTidy(t *testing.T) {
	w := newWorld(t)
	ctx := context.Background()
	no := func(reason string) feed.Judge {
		return func(*feed.Story) []feed.Verdict { return []feed.Verdict{{Reason: reason}} }
	}
	w.configure(no("too short"), feed.Feed{Name: "all", Rule: "1"})
	w.poll("wire", issue(0, 3, 10)...)
	w.configure(no("too long"), feed.Feed{Name: "all", Rule: "2"})
	for _, left := range []int{2, 1, 1} {
		if err := w.ForgetReasons(ctx); err != nil {
			t.Fatal(err)
		}
		want(t, "reasons", w.count("SELECT count(*) FROM reason"), left)
	}
	w.poll("wire", issue(10, 1, 10)...)
	want(t, "decisions", w.count("SELECT count(*) FROM decisions WHERE feed = 'all' AND reason = 'too long'"), 4)
	w.retain(Retention{Before: w.now.Add(time.Minute)})
	want(t, "tombstones", w.count("SELECT count(*) FROM tombstone"), 3)
	if _, err := w.conn.ExecContext(ctx, "INSERT INTO refusal VALUES (1, 'x', 'no title', 5, 5), (1, 'y', 'no title', 5, ?)", millis(w.now)); err != nil {
		t.Fatal(err)
	}
	if err := w.Tidy(ctx, w.now.Add(-time.Hour), w.now.AddDate(2, 0, 0)); err != nil {
		t.Fatal(err)
	}
	want(t, "tombstones two years later", w.count("SELECT count(*) FROM tombstone"), 3)
	want(t, "refusals", w.count("SELECT count(*) FROM refusal"), 1)
	if err := w.Tidy(ctx, w.now, w.now.AddDate(4, 0, 0)); err != nil {
		t.Fatal(err)
	}
	want(t, "tombstones four years later", w.count("SELECT count(*) FROM tombstone"), 0)
}

// A reader that stays in its transaction makes the log grow until it ends, which
// LogSize tells; after that the log is taken over and cut by the next transactions.
func TestLogSize(t *testing.T) {
	defer func(most int64) { logTooLong = most }(logTooLong)
	logTooLong = 17 << 20
	w := newWorld(t)
	w.poll("wire", issue(0, 5, 400)...)
	sleeper, err := w.reader.BeginTx(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var n int
	if err := sleeper.QueryRow("SELECT count(*) FROM articles").Scan(&n); err != nil {
		t.Fatal(err)
	}
	for n := range 2 { // 10 MB each
		if _, err := w.conn.ExecContext(context.Background(), "INSERT INTO document VALUES (1, CAST(printf('%.*c', 10000000, char(65 + ?)) AS BLOB)) ON CONFLICT DO UPDATE SET items = excluded.items", n); err != nil {
			t.Fatal(err)
		}
	}
	if bytes, held := w.LogSize(); !held || bytes < logTooLong {
		t.Errorf("held is %v at %s", held, feed.Bytes(bytes))
	}
	sleeper.Rollback()
	w.poll("wire", issue(5, 5, 400)...)
	w.poll("wire", issue(10, 5, 400)...)
	if bytes, held := w.LogSize(); held {
		t.Errorf("still held, at %s", feed.Bytes(bytes))
	}
}

// A merge that fails has not begun: the next one begins to make one piece.
func TestMergeFails(t *testing.T) {
	w := newWorld(t)
	ctx := context.Background()
	w.poll("wire", issue(0, 40, 40)...)
	w.until(func() (bool, error) { return w.IndexWords(ctx) })
	w.poll("wire", issue(40, 1, 40)...)
	w.retain(Retention{Before: w.now.Add(time.Minute)})
	fails, err := w.conn.PrepareContext(ctx, "SELECT abs(-9223372036854775808) + ?1")
	if err != nil {
		t.Fatal(err)
	}
	defer fails.Close()
	merge, err := w.write.stmt(ctx, "merge_words")
	if err != nil {
		t.Fatal(err)
	}
	w.write.known.Store("merge_words", fails)
	if _, err := w.MergeWords(ctx); err == nil || w.merging {
		t.Errorf("merging is %v after %v", w.merging, err)
	}
	w.write.known.Store("merge_words", merge)
	w.until(func() (bool, error) { return w.MergeWords(ctx) })
	want(t, "unmerged", w.count("SELECT value FROM meta WHERE name = 'unmerged'"), 0)

	// How much is in the index is counted no more often than it can be worth one piece.
	w.poll("wire", issue(100, 40, 40)...)
	w.until(func() (bool, error) { return w.IndexWords(ctx) })
	in := w.count("SELECT count(*) FROM word_index_docsize")
	for _, unmerged := range []int{1, 2, in / 2} {
		if _, err := w.conn.ExecContext(ctx, "UPDATE meta SET value = ?1 WHERE name = 'unmerged'", unmerged); err != nil {
			t.Fatal(err)
		}
		w.until(func() (bool, error) { return w.MergeWords(ctx) })
		tooFew := 1 + (in-20)/21 // as of the first time
		if unmerged > tooFew {
			tooFew = 0
		}
		want(t, "known to be too few", int(w.tooFew), tooFew)
	}
	want(t, "unmerged", w.count("SELECT value FROM meta WHERE name = 'unmerged'"), 0)
}
