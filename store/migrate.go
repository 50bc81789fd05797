package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"embed"
	"encoding/hex"
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

// migrate brings a database from a version to the newest, each step in one
// transaction with the number that tells that it ran. Before a file with data
// is changed, a copy is made beside it.
func migrate(ctx context.Context, db *sql.DB, name string, have int, host string, now time.Time) error {
	if have == len(versions) {
		return nil
	}
	if have > 0 {
		if err := keepCopy(ctx, db, fmt.Sprintf("%s.version-%d", name, have)); err != nil {
			return err
		}
	} else if _, err := db.ExecContext(ctx, "PRAGMA auto_vacuum = INCREMENTAL; VACUUM"); err != nil {
		return fmt.Errorf("prepare file: %w; may we write it and its folder?", err)
	}
	for v := have; v < len(versions); v++ {
		if err := step(ctx, db, v, host, now); err != nil {
			return fmt.Errorf("migrate to version %d: %w", v+1, err)
		}
	}
	return nil
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
