package store

import (
	"context"
	"errors"
	"fmt"
	"os"
)

// ErrLocked says that nothing can be stored for now, and that it is not our fault.
var ErrLocked = errors.New("another program has locked the database for writing: nothing is stored until it ends its transaction")

// Alive returns an error if the database does not answer, if the turn to write
// does not come, or if the file is no longer where it was opened. The error is
// ErrLocked if it answers, but another program keeps us from writing: to start
// anew would change nothing. Whether there is room to write, Writable tells.
func (s *Store) Alive(ctx context.Context) error {
	now, err := os.Stat(s.name)
	if err != nil || !os.SameFile(now, s.file) {
		return fmt.Errorf("database %s was removed or replaced while it is open: put it back, or restart newswired", s.name)
	}
	var name string
	if err := s.read.row(ctx, "select_meta", "tag_prefix").Scan(&name); err != nil {
		return fmt.Errorf("read database: %w", err)
	}
	err = s.update(ctx, func(*tx) error { return nil })
	if err != nil && s.locked.Load() {
		return ErrLocked // also if whoever has the turn waits for that lock
	}
	return err
}

// Generation returns a number that rises whenever something may have changed:
// at once for what was written here, for other processes' work as soon as
// NoteOthers is called.
func (s *Store) Generation() uint64 { return s.generation.Load() }

// NoteOthers looks whether the database was written since the last call.
func (s *Store) NoteOthers(ctx context.Context) error {
	var version int64
	if err := s.watch.QueryRowContext(ctx, "PRAGMA data_version").Scan(&version); err != nil {
		return fmt.Errorf("look for changes: %w", err)
	}
	if s.version.Swap(version) != version {
		s.generation.Add(1)
	}
	return nil
}
