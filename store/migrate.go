package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"
)

//go:embed sql/schema/*.sql
var schema embed.FS

// applicationID marks a file as ours: "nwrd" in ASCII.
const applicationID = 0x6e777264

// A version is the list of files that lead to it from the one before. Once
// released, neither the list nor a file is changed; the next version is added.
var versions = [][]string{
	{"01.sql", "02-views.sql"},
}

// migrate brings a database to the newest version, each step in one
// transaction with the number that tells that it ran. Before a file with data
// is changed, a copy is made beside it.
func migrate(ctx context.Context, db *sql.DB, name, host string, now time.Time) error {
	have, err := version(ctx, db)
	if err != nil {
		return err
	}
	if have > len(versions) {
		return fmt.Errorf("the file has version %d, this newswired knows %d: use a newer newswired, or another file", have, len(versions))
	}
	if have == len(versions) {
		return nil
	}
	if have > 0 {
		if err := keepCopy(ctx, db, fmt.Sprintf("%s.version-%d", name, have)); err != nil {
			return err
		}
	} else if _, err := db.ExecContext(ctx, "PRAGMA auto_vacuum = INCREMENTAL; VACUUM"); err != nil {
		return fmt.Errorf("prepare file: %w", err)
	}
	for v := have; v < len(versions); v++ {
		if err := step(ctx, db, v, host, now); err != nil {
			return fmt.Errorf("migrate to version %d: %w", v+1, err)
		}
	}
	return nil
}

// version returns the version of a file, 0 for an empty one, and refuses what
// is not ours.
func version(ctx context.Context, db *sql.DB) (int, error) {
	var id, have, tables int
	err := db.QueryRowContext(ctx, `SELECT application_id, user_version, (SELECT count(*) FROM sqlite_schema)
		FROM pragma_application_id, pragma_user_version`).Scan(&id, &have, &tables)
	if err != nil {
		return 0, fmt.Errorf("read version: %w; is it a database, and may we write it and its folder?", err)
	}
	if tables > 0 && id == applicationID {
		var there bool
		err := db.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'revision_changed')").Scan(&there)
		if err != nil {
			return 0, fmt.Errorf("read schema: %w", err)
		}
		if !there {
			return 0, errors.New("the file was made by a newswired that was never released; move it away, a new one will be made")
		}
	}
	if tables > 0 && id != applicationID {
		return 0, errors.New("the file is a database of another program; give newswired a file of its own")
	}
	return have, nil
}

// keepCopy writes the database as it is into another file, once.
func keepCopy(ctx context.Context, db *sql.DB, name string) error {
	if _, err := os.Stat(name); err == nil {
		return nil
	}
	if _, err := db.ExecContext(ctx, "VACUUM INTO ?", name); err != nil {
		return fmt.Errorf("copy database to %s before changing it: %w", name, err)
	}
	return nil
}

// step runs the files that lead from version v to the next. Another process
// may have taken it since we looked.
func step(ctx context.Context, db *sql.DB, v int, host string, now time.Time) error {
	t, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer t.Rollback() // does nothing after Commit
	var have int
	if err := t.QueryRowContext(ctx, "PRAGMA user_version").Scan(&have); err != nil || have > v {
		return err
	}
	for _, file := range versions[v] {
		text, err := schema.ReadFile("sql/schema/" + file)
		if err != nil {
			return err
		}
		if _, err := t.ExecContext(ctx, string(text)); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
	}
	if v == 0 {
		if _, err := t.ExecContext(ctx, "INSERT INTO meta (name, value) VALUES ('tag_prefix', ?)", tagPrefix(host, now)); err != nil {
			return err
		}
	}
	if _, err := t.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d", applicationID, v+1)); err != nil {
		return err
	}
	return t.Commit()
}

// tagPrefix mints what all ids of this database begin with (RFC 4151): an
// authority, the date on which it was ours, and a random name, so that ids
// stay apart even where two databases were made for one host on one day.
func tagPrefix(host string, now time.Time) string {
	host = strings.ToLower(host)
	if host == "" || strings.Trim(host, "abcdefghijklmnopqrstuvwxyz0123456789-.") != "" {
		host = "localhost"
	}
	random := make([]byte, 8)
	rand.Read(random) // never fails
	return fmt.Sprintf("tag:%s,%s:%s/", host, now.UTC().Format("2006-01-02"), hex.EncodeToString(random))
}
