package store

import (
	"bytes"
	"context"
	"fmt"
	"runtime/metrics"
	"slices"
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
	w.retain(Retention{Before: w.now})
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
		var all bytes.Buffer
		if err := w.words.counts.Save(&all); err != nil {
			t.Fatal(err)
		}
		return all.Bytes()
	}
	if !bytes.Equal(counts(3), counts(0)) {
		t.Error("the counts of words are others after polls that were lost")
	}
}

// Who records needs little stack: the counts of words, which are 3 MB, are never
// moved by way of it. Every poll has a goroutine of its own.
func TestStack(t *testing.T) {
	w := newWorld(t)
	stacks := func() int {
		s := []metrics.Sample{{Name: "/memory/classes/heap/stacks:bytes"}}
		metrics.Read(s)
		return int(s[0].Value.Uint64())
	}
	grown := make(chan int)
	go func() {
		before := stacks()
		defer func() { grown <- stacks() - before }()
		w.poll("wire", article("1", "", "One"))
		if err := w.SaveWords(context.Background()); err != nil {
			t.Error(err)
		}
		_, err := w.Record(context.Background(), feed.Poll{Source: "nobody", Started: w.now}) // which is rolled back
		if err == nil {
			t.Error("a source that is not there was polled")
		}
	}()
	if n := <-grown; n > 256<<10 {
		t.Errorf("stacks have %d kB more", n>>10)
	}
}

// limitPages sets how many pages the file may have: then the disk is full.
func (w *world) limitPages(n int) {
	w.t.Helper()
	if _, err := w.conn.ExecContext(context.Background(), fmt.Sprintf("PRAGMA max_page_count=%d", n)); err != nil {
		w.t.Fatal(err)
	}
}

// A machine that starts with a clock years behind must not make the Articles of
// the last days be forgotten, nor one years ahead keep those of old.
func TestForgetKeysByAWrongClock(t *testing.T) {
	for name, wrong := range map[string]time.Time{"behind": time.Unix(0, 0), "ahead": start.AddDate(9, 0, 0)} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			days := func(n int) { w.now = start.AddDate(0, 0, n) }
			w.poll("wire", article("old", "", "An old report"))
			days(20)
			w.poll("wire", bridge("1", "https://wire.example/1", "Brinmouth closes harbour bridge to lorries", "Brinmouth"))
			w.now = wrong
			w.poll("wire", article("wrong", "", "A report of another year"))
			days(21)
			if err := w.ForgetKeys(context.Background(), w.now); err != nil {
				t.Fatal(err)
			}
			want(t, "sketches", w.count("SELECT count(*) FROM sketch"), 2)
			w.poll("paper", bridge("x", "https://paper.example/x", "No more lorries on Brinmouth's harbour bridge", "Brinmouth"))
			want(t, "stories", w.count("SELECT count(*) FROM stories"), 3)
			days(40)
			if err := w.ForgetKeys(context.Background(), w.now); err != nil {
				t.Fatal(err)
			}
			want(t, "sketches at last", w.count("SELECT count(*) FROM sketch"), 0)
		})
	}
}

// Damaged sketches cost what they found, and no poll.
func TestDamagedSketches(t *testing.T) {
	w := newWorld(t)
	w.poll("wire", bridge("1", "https://wire.example/1", "Brinmouth closes harbour bridge to lorries", "Brinmouth"))
	var whole []byte
	if err := w.reader.QueryRow("SELECT sketches FROM sketch").Scan(&whole); err != nil {
		t.Fatal(err)
	}
	for n := range whole {
		flipped := slices.Clone(whole)
		flipped[n] ^= 0xff
		for _, damaged := range [][]byte{whole[:n:n], flipped} {
			if _, err := w.conn.ExecContext(context.Background(), "UPDATE sketch SET sketches = ?1 WHERE id = 1", damaged); err != nil {
				t.Fatal(err)
			}
			w.words = words{} // as after a start
			w.poll("paper", article(fmt.Sprint(n, len(damaged)), "", "Something else"))
		}
	}
}

// What was read of an Article before its Source had another agency is read again.
func TestAgencyOfWhatWasRead(t *testing.T) {
	w := newWorld(t)
	w.poll("paper", article("1", "https://paper.example/1", "One"))
	sources := []feed.Source{{Name: "paper", URL: "https://paper.example/rss", Outlet: "Paper", Agency: "Paper"}}
	if err := w.Configure(context.Background(), sources, nil, everything, w.now); err != nil {
		t.Fatal(err)
	}
	err := w.update(context.Background(), func(t *tx) error {
		p, err := t.stored(1, &w.words)
		if err == nil && p.Agency != "Paper" {
			err = fmt.Errorf("agency %q", p.Agency)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
