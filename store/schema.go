package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
)

// A difference is what of a schema is not as this version makes it, by names.
type difference struct {
	tables []string          // missing, or others than ours: their rows mean something else
	others []string          // indexes and views, which can be made again
	ours   map[string]object // of the present version, by name
}

// An object is a table, an index or a view.
type object struct{ kind, sql string }

// compareSchema compares the schema of a database with that of a new one. Tables
// of others are none of our business: sqlite3's .recover leaves a lost_and_found.
func compareSchema(ctx context.Context, db asker) (d difference, err error) {
	fresh, err := sql.Open("sqlite", "file::memory:")
	if err != nil {
		return d, err
	}
	defer fresh.Close()
	fresh.SetMaxOpenConns(1)
	for _, files := range versions {
		for _, file := range files {
			text, err := schema.ReadFile("sql/schema/" + file)
			if err != nil {
				return d, err
			}
			if _, err := fresh.ExecContext(ctx, string(text)); err != nil {
				return d, fmt.Errorf("%s: %w", file, err)
			}
		}
	}
	if d.ours, err = objects(ctx, fresh); err != nil {
		return d, err
	}
	has, err := objects(ctx, db)
	if err != nil {
		return d, err
	}
	for name, o := range d.ours {
		switch was, there := has[name]; {
		case there && sameSQL(was.sql, o.sql):
		case o.kind == "table":
			d.tables = append(d.tables, name)
		default:
			d.others = append(d.others, name)
		}
	}
	slices.Sort(d.tables)
	slices.Sort(d.others)
	return d, nil
}

// objects returns what a schema has, but for what SQLite and FTS5 make of it.
func objects(ctx context.Context, db asker) (map[string]object, error) {
	rows, err := db.QueryContext(ctx, "SELECT name, type, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")
	if err != nil {
		return nil, fmt.Errorf("read schema: %w", err)
	}
	defer rows.Close()
	all := make(map[string]object)
	for rows.Next() {
		var name string
		var o object
		if err := rows.Scan(&name, &o.kind, &o.sql); err != nil {
			return nil, fmt.Errorf("read schema: %w", err)
		}
		all[name] = o
	}
	return all, rows.Err()
}

// sameSQL reports whether two statements are the same but for white space, which
// tools that copy a schema change.
func sameSQL(a, b string) bool {
	return strings.Join(strings.Fields(a), "") == strings.Join(strings.Fields(b), "")
}
