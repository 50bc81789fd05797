package store

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"
)

// What an error of the database comes of, for errors.Is. Who meets ErrDamaged
// needs newswired doctor. What is ErrUnwritten was not stored, and can be as soon as
// the file can be written; ErrNoRoom is the part of it that ends when a disk has room
// again. ErrLocked ends with another program's transaction. Who meets ErrForbidden
// is not the user who may read it.
var (
	ErrForbidden = errors.New("the file may not be read")
	ErrDamaged   = errors.New("the file is damaged")
	ErrUnwritten = errors.New("the file cannot be written")
	ErrNoRoom    = fmt.Errorf("%w: no room", ErrUnwritten)
)

// A trouble is an error of SQLite with what it means for the file and what to
// do about it.
type trouble struct {
	kind error // one of those above
	text string
	err  error
}

// Error says what it means first. Both its kind and SQLite's error can be asked for.
func (t *trouble) Error() string   { return t.text + ": " + t.err.Error() }
func (t *trouble) Unwrap() []error { return []error{t.kind, t.err} }

// explain says what an error of SQLite means: its own words name no way out.
// Other errors, and what is explained already, are returned as they are.
func explain(err error) error {
	var known *trouble
	var failed *sqlite.Error
	if errors.As(err, &known) || !errors.As(err, &failed) {
		return err
	}
	if text, kind := meaning(failed.Code()); kind != nil {
		return &trouble{kind, text, err}
	}
	return err
}

// explain names the file, too.
func (s *Store) explain(err error) error {
	if explained := explain(err); explained != err {
		return fmt.Errorf("database %s: %w", s.name, explained)
	}
	return err
}

// Writable returns why the file cannot be written, an ErrUnwritten, nil if it can. It
// tries to as long as the last transaction that had to could not.
func (s *Store) Writable(ctx context.Context, now time.Time) error {
	if s.unwritten.Load() == nil {
		return nil
	}
	err := s.update(ctx, func(t *tx) error {
		_, err := t.exec("upsert_meta", "written", strconv.FormatInt(millis(now), 10))
		return err
	})
	if err == nil {
		s.unwritten.Store(nil)
	}
	return err
}

// meaning returns what a result code of SQLite comes of, and a sentence about it that
// follows the file's name; nil if nothing is to be said. Only ENOSPC is
// SQLITE_FULL: a quota, a limit of the process and a file system that turned
// read-only are failed writes to it.
func meaning(code int) (text string, kind error) {
	switch code {
	case lib.SQLITE_READONLY_CANTINIT, lib.SQLITE_READONLY_DIRECTORY:
		return "no daemon has the file open, and who may not write in its folder cannot read it then (run this as the user who owns it, or on a copy)", ErrForbidden
	}
	switch code & 0xff {
	case lib.SQLITE_CORRUPT, lib.SQLITE_NOTADB:
		return "the file is damaged (run newswired doctor, which tells how badly and what to do)", ErrDamaged
	case lib.SQLITE_BUSY:
		return "another program has locked it for writing (nothing is stored until that ends its transaction)", ErrLocked
	case lib.SQLITE_FULL:
		return "no room left on its disk (make some: what failed is done again by itself)", ErrNoRoom
	case lib.SQLITE_CANTOPEN:
		return "the file, or those ending in -wal and -shm that SQLite needs beside it, cannot be opened or made (if the folder is read-only, copy the file to another; else run this as the user who owns it)", ErrForbidden
	case lib.SQLITE_READONLY:
		return "the file is read-only, or its disk is (what failed is done again by itself once it can be written)", ErrUnwritten
	}
	switch code {
	case lib.SQLITE_IOERR_WRITE, lib.SQLITE_IOERR_FSYNC, lib.SQLITE_IOERR_TRUNCATE, lib.SQLITE_IOERR_SHMSIZE:
		return "the file cannot be written: its disk is full, over a quota, read-only or broken (what failed is done again by itself once it can be written)", ErrNoRoom
	}
	return "", nil
}
