package main

import (
	"context"
	"errors"
	"os"
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

// What root repairs stays the daemon's: no lock is left that it may not open.
func TestRepairByRoot(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root gives files away")
	}
	ctx := context.Background()
	name := filepath.Join(t.TempDir(), "n.db")
	st, err := store.Open(ctx, name, "", time.Now())
	if err != nil {
		t.Fatal(err)
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	for _, end := range []string{"", "-wal", "-shm"} {
		if err := os.Chown(name+end, 65534, 65534); err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
	}
	if _, _, err := (&doctor{app: &app{}}).mend(ctx, name, nil); err != nil {
		t.Fatal(err)
	}
	facts, err := store.Examine(ctx, name, false, time.Now())
	if err != nil || len(facts.Strangers) > 0 {
		t.Errorf("another's are %v, %v", facts.Strangers, err)
	}
}
