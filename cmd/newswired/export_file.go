package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"newswired/feed"
	"newswired/store"
)

// exportFile writes a file that bears its name only when it is complete.
func (a *app) exportFile(ctx context.Context, st *store.Store, x feed.Extract, o exportOptions, database string) (err error) {
	if err := checkExportTarget(o.file, database); err != nil {
		return err
	}
	name := fmt.Sprintf("%s.%d.part", o.file, os.Getpid()) // so that two exports are not in each other's way
	part, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o666)
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	defer func() {
		if err != nil {
			part.Close()
			os.Remove(name)
		}
	}()
	n, err := o.write(ctx, st, x, part)
	if err != nil {
		return err
	}
	size, err := part.Seek(0, io.SeekCurrent)
	if err == nil {
		err = errors.Join(part.Sync(), part.Close())
	}
	if err == nil {
		err = os.Rename(name, o.file)
	}
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	_, err = fmt.Fprintf(a.stdout, "%s: %s, %.1f MB\n", o.file, feed.Counted(n, "row"), float64(size)/1e6)
	return err
}

// checkExportTarget refuses to take the place of what is no file, or of the
// database itself: of its log, too, which has what was written last, and of its lock.
func checkExportTarget(name, database string) error {
	for _, end := range []string{"", "-wal", "-shm", ".lock"} {
		if sameFile(name, database+end) {
			return fmt.Errorf("%s is the database itself, or belongs to it; name another file", name)
		}
	}
	there, err := os.Stat(name)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	if !there.Mode().IsRegular() {
		return fmt.Errorf("%s is no file; name one, or none for standard output", name)
	}
	return nil
}

// sameFile reports whether two names are of one file, or would be if it were there.
func sameFile(a, b string) bool {
	x, errX := os.Stat(a)
	y, errY := os.Stat(b)
	if errX == nil && errY == nil {
		return os.SameFile(x, y)
	}
	folderX, errX := os.Stat(filepath.Dir(a))
	folderY, errY := os.Stat(filepath.Dir(b))
	return errX == nil && errY == nil && os.SameFile(folderX, folderY) && filepath.Base(a) == filepath.Base(b)
}
