package main

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"newswired/store"
)

// A repair that fails is told, and not taken for one that found nothing to do.
func TestRepairFails(t *testing.T) {
	name := filepath.Join(t.TempDir(), "n.db")
	st, err := store.Open(context.Background(), name, "", time.Now())
	if err != nil {
		t.Fatal(err)
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	_, _, err = (&doctor{app: &app{}}).mend(ctx, name, []store.Finding{{Check: "rows", Repair: "they are removed"}})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
}

// What is counted stands in its right number.
func TestCount(t *testing.T) {
	for want, got := range map[string]string{"1 story": count(1, "story"), "2 stories": count(2, "story"), "0 articles": count(0, "article")} {
		if got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}
