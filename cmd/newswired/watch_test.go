package main

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// A file that is watched, look by look.
func TestWatched(t *testing.T) {
	dir := t.TempDir()
	name, other := filepath.Join(dir, "config.yaml"), filepath.Join(dir, "other")
	modified := time.Now()
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		modified = modified.Add(time.Second) // whatever the disk's resolution
		if err := os.Chtimes(name, modified, modified); err != nil {
			t.Fatal(err)
		}
	}
	write(name, "a")
	w := watch(name)
	for _, step := range []struct {
		what  string
		do    func()
		looks string // what they report
	}{
		{"nothing", func() {}, "---"},
		{"written in place", func() { write(name, "b") }, "-+--"},
		{"being written", func() { write(name, "bc") }, "-"},
		{"still", func() { write(name, "bcd") }, "-+-"},
		{"put in its place", func() { write(other, "bcd"); os.Rename(other, name) }, "-+-"},
		{"gone", func() { os.Remove(name) }, "--"},
		{"back", func() { write(name, "e") }, "-+-"},
	} {
		step.do()
		got := ""
		for range step.looks {
			got += map[bool]string{true: "+", false: "-"}[w.changed()]
		}
		if got != step.looks {
			t.Errorf("%s: %s, want %s", step.what, got, step.looks)
		}
	}
	if w = watch(filepath.Join(dir, "nowhere")); w.changed() {
		t.Error("a file that is not there has changed")
	}
}
