package main

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"newswired/fetcher"
	"newswired/store"
)

// realInput returns a folder of real input, which lies beside the repository
// and not in it.
func realInput(t testing.TB, folder string) string {
	t.Helper()
	dir := filepath.Join("..", "..", "..", "shared", "data", filepath.FromSlash(folder))
	if _, err := os.Stat(dir); err != nil {
		t.Skip("shared data not there")
	}
	return dir
}

// readAll returns the files of a folder by name.
func readAll(t testing.TB, dir string) (names []string, bodies map[string][]byte) {
	t.Helper()
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	bodies = make(map[string][]byte, len(files))
	for _, f := range files {
		body, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		names, bodies[f.Name()] = append(names, f.Name()), body
	}
	return names, bodies
}

// A rig is the writing corridor of a daemon without its clock: what the
// command poll uses.
type rig struct {
	t      testing.TB
	config *config
	store  *store.Store
	poller *fetcher.Poller
	db     *sql.DB // of a reader who is a stranger
}

// newRig builds the corridor for a configuration to which the database is
// added.
func newRig(t testing.TB, a *app, text string) *rig {
	t.Helper()
	file := filepath.Join(t.TempDir(), "newswired.db")
	c, err := parseConfig("config.yaml", []byte(fmt.Sprintf("database: %q\n%s", file, text)), shortest)
	if err != nil {
		t.Fatal(err)
	}
	st, err := openStore(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	return &rig{t: t, config: c, store: st, poller: a.newPoller(c, st, slog.New(slog.DiscardHandler)), db: openViews(t, file)}
}

// openViews opens a database as any program does that reads the views.
func openViews(t testing.TB, file string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.ToSlash(file)+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	return db
}

// close ends polls before it closes what they write to.
func (r *rig) close() {
	r.poller.Close()
	if err := r.db.Close(); err != nil {
		r.t.Error(err)
	}
	if err := r.store.Close(); err != nil {
		r.t.Error(err)
	}
}

// poll polls every Source once.
func (r *rig) poll() []fetcher.Result {
	r.t.Helper()
	results, err := pollAll(context.Background(), r.poller, r.config.Sources, fetcher.Manual, func() {})
	if err != nil {
		r.t.Fatal(err)
	}
	return results
}

// number returns the one number that a query of the views has as its answer.
func number(t *testing.T, db *sql.DB, query string, args ...any) int {
	t.Helper()
	var n int
	if err := db.QueryRow(query, args...).Scan(&n); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return n
}

// lines returns the rows of a query of the views, a text for each.
func lines(t *testing.T, db *sql.DB, query string, args ...any) []string {
	t.Helper()
	rows, err := db.Query(query, args...)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for rows.Next() {
		values := make([]sql.NullString, len(columns))
		into := make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		var row []string
		for _, v := range values {
			row = append(row, v.String)
		}
		all = append(all, strings.Join(row, " | "))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}
