package store

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"newswired/feed"
)

// A backup made while polls are recorded is a whole database of one moment, and
// opens as one.
func TestBackup(t *testing.T) {
	w := newWorld(t)
	ctx := context.Background()
	var polls sync.WaitGroup
	stop := make(chan struct{})
	polls.Go(func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
			}
			two := []feed.Article{{GUID: fmt.Sprint("a", i), Title: fmt.Sprintf("Report %d of the harbour", i)}, {GUID: fmt.Sprint("b", i), Title: fmt.Sprintf("Report %d of the council", i)}}
			if _, err := w.Record(ctx, feed.Poll{Source: "wire", Started: w.now, Status: 200, Document: &feed.Document{Articles: two, Partial: true}}); err != nil {
				t.Error(err)
				return
			}
		}
	})
	file := filepath.Join(t.TempDir(), "backup 100%?#.db")
	for range 3 { // the later ones replace the earlier
		b, err := w.Backup(ctx, file)
		if err != nil {
			t.Fatal(err)
		}
		copied, err := Open(ctx, file, "", w.now)
		if err != nil {
			t.Fatal(err)
		}
		var articles, odd int64
		if err := copied.reader.QueryRow("SELECT count(*), (SELECT count(*) FROM fetch WHERE new % 2) FROM article").Scan(&articles, &odd); err != nil {
			t.Fatal(err)
		}
		if articles != b.Articles || articles%2 != 0 || odd != 0 {
			t.Errorf("%d articles, said %d: a poll was cut", articles, b.Articles)
		}
		if err := copied.Close(); err != nil {
			t.Fatal(err)
		}
		os.Remove(file + "-wal")
		os.Remove(file + "-shm")
	}
	close(stop)
	polls.Wait()
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(file), "*.part*")); left != nil {
		t.Errorf("left behind: %v", left)
	}
}

// Two backups to one name, as by a timer and by hand, are not in each other's way.
// What a kill left of a former one goes.
func TestBackupTwice(t *testing.T) {
	w := newWorld(t)
	file := filepath.Join(t.TempDir(), "backup [1].db")
	stale := file + ".1.part"
	if err := os.WriteFile(stale, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(stale, time.Time{}, time.Now().Add(-25*time.Hour)); err != nil {
		t.Fatal(err)
	}
	var both sync.WaitGroup
	for range 2 {
		both.Go(func() {
			for range 5 {
				if _, err := w.Backup(t.Context(), file); err != nil {
					t.Error(err)
				}
			}
		})
	}
	both.Wait()
	if left, _ := filepath.Glob(globbed(file) + ".*"); left != nil {
		t.Errorf("left behind: %v", left)
	}
}

// What is no backup is not written over, and what goes wrong leaves nothing.
func TestBackupRefused(t *testing.T) {
	w := newWorld(t)
	dir := t.TempDir()
	letter := filepath.Join(dir, "letter.txt")
	if err := os.WriteFile(letter, []byte("Dear reader"), 0o600); err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string]string{
		w.name:                          "the database itself",
		letter:                          "no database of newswired",
		dir:                             "no file",
		filepath.Join(dir, "none", "x"): "no such file or directory",
		filepath.Join(letter, "x"):      "",
	} {
		_, err := w.Backup(context.Background(), file)
		if err == nil || !strings.Contains(strings.ReplaceAll(err.Error(), "unable to open database", "no such file or directory"), want) {
			t.Errorf("%s: %v, want %q", file, err, want)
		}
	}
	if text, err := os.ReadFile(letter); err != nil || string(text) != "Dear reader" {
		t.Errorf("the letter: %q, %v", text, err)
	}
}
