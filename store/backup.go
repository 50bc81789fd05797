package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// A Backup tells of a copy that was made.
type Backup struct {
	Bytes    int64 // of the file
	Articles int64 // that it has
}

// Backup writes a copy of the database as it is at one moment into another file,
// while others read and write. The copy is complete and checked before it bears
// its name; a former backup of that name is replaced, any other file is not.
func (s *Store) Backup(ctx context.Context, name string) (b Backup, err error) {
	if err := s.checkTarget(ctx, name); err != nil {
		return b, fmt.Errorf("backup to %s: %w", name, err)
	}
	part, err := newPart(name)
	if err != nil {
		return b, fmt.Errorf("backup to %s: %w", name, err)
	}
	defer os.Remove(part) // is gone if all went well
	if b, err = s.copyTo(ctx, part); err == nil {
		err = s.settle(part, name)
	}
	if err != nil {
		return Backup{}, fmt.Errorf("backup to %s: %w", name, err)
	}
	return b, nil
}

// newPart makes the empty file that a copy is written to, for nobody else's eyes
// meanwhile. It has a name of its own: with one name, whoever came second took the
// file away from who had just checked it. What was killed a day ago leaves its part,
// which goes.
func newPart(name string) (part string, err error) {
	former, _ := filepath.Glob(globbed(name) + ".*.part")
	for _, old := range former {
		if info, err := os.Stat(old); err == nil && time.Since(info.ModTime()) > 24*time.Hour {
			os.Remove(old)
		}
	}
	f, err := os.CreateTemp(filepath.Dir(name), filepath.Base(name)+".*.part")
	if err != nil {
		return "", err
	}
	return f.Name(), f.Close()
}

// checkTarget refuses to write over what is no backup.
func (s *Store) checkTarget(ctx context.Context, name string) error {
	there, err := os.Stat(name)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if os.SameFile(there, s.file) {
		return errors.New("that is the database itself; name another file")
	}
	if !there.Mode().IsRegular() {
		return errors.New("that is no file; name one")
	}
	old, err := sql.Open("sqlite", dsn(name, "mode=ro"))
	if err != nil {
		return err
	}
	defer old.Close()
	var id int
	if err := old.QueryRowContext(ctx, "PRAGMA application_id").Scan(&id); err != nil || id != applicationID {
		return errors.New("that file is there, and is no database of newswired; remove it or name another")
	}
	return nil
}

// copyTo writes the copy into an empty file and checks it.
func (s *Store) copyTo(ctx context.Context, part string) (b Backup, err error) {
	// A connection of its own: those that read may not even write elsewhere.
	db, err := sql.Open("sqlite", dsn(s.name, "mode=ro", "busy_timeout(10000)"))
	if err != nil {
		return b, err
	}
	defer db.Close()
	if _, err := db.ExecContext(ctx, "VACUUM INTO ?", part); err != nil {
		return b, fmt.Errorf("copy: %w", err)
	}
	made, err := sql.Open("sqlite", dsn(part, "mode=ro"))
	if err != nil {
		return b, err
	}
	defer made.Close()
	var verdict string
	if err := made.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&verdict); err != nil {
		return b, fmt.Errorf("check: %w", err)
	}
	if verdict != "ok" {
		return b, fmt.Errorf("the copy is damaged, and so may the database be: %s", verdict)
	}
	err = made.QueryRowContext(ctx, "SELECT page_count * page_size, (SELECT count(*) FROM article) FROM pragma_page_count, pragma_page_size").Scan(&b.Bytes, &b.Articles)
	return b, err
}

// settle brings the copy onto the disk, readable to those who may read the
// database, and gives it its name.
func (s *Store) settle(part, name string) error {
	if err := os.Chmod(part, s.file.Mode().Perm()); err != nil {
		return err
	}
	f, err := os.OpenFile(part, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(part, name); err != nil {
		return err
	}
	dir, err := os.Open(filepath.Dir(name))
	if err != nil {
		return err
	}
	dir.Sync() // not every system can
	return dir.Close()
}
