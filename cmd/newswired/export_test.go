package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"newswired/feed"
	"newswired/store"
)

// An export that does not come to its end leaves the former file, and no other.
func TestExportStopped(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "a.csv")
	if err := os.WriteFile(file, []byte("former"), 0o600); err != nil {
		t.Fatal(err)
	}
	st, err := store.Open(context.Background(), filepath.Join(t.TempDir(), "n.db"), "", time.Now())
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	for _, format := range exportFormats {
		ctx, stop := context.WithCancel(context.Background())
		stop()
		o := exportOptions{format: format, file: file}
		err := (&app{}).exportFile(ctx, st, feed.Extract{View: "articles"}, o, "n.db")
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", format, err)
		}
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != 1 {
		t.Errorf("%d files, %v", len(files), err)
	}
	if text, err := os.ReadFile(file); string(text) != "former" {
		t.Errorf("%q, %v", text, err)
	}
}

// A time is read as days and durations are elsewhere.
func TestReadWhen(t *testing.T) {
	seoul := time.FixedZone("KST", 9*3600)
	now := time.Date(2026, 3, 8, 12, 0, 0, 0, time.UTC)
	for text, want := range map[string][2]string{
		"2026-03-01":           {"2026-02-28T15:00:00Z", "2026-03-01T15:00:00Z"},
		"2026-03-01T09:00:00Z": {"2026-03-01T09:00:00Z", "2026-03-01T09:00:00Z"},
		"1w":                   {"2026-03-01T12:00:00Z", "2026-03-01T12:00:00Z"},
		"36h":                  {"2026-03-07T00:00:00Z", "2026-03-07T00:00:00Z"},
	} {
		begin, end, err := readWhen(text, seoul, now)
		got := [2]string{begin.UTC().Format(time.RFC3339), end.UTC().Format(time.RFC3339)}
		if got != want || err != nil {
			t.Errorf("%s: %s, %v; want %s", text, got, err, want)
		}
	}
	for _, text := range []string{"yesterday", "-7d", "0s", "2026-13-01", "7"} {
		if _, _, err := readWhen(text, seoul, now); err == nil {
			t.Errorf("%s was read", text)
		}
	}
}
