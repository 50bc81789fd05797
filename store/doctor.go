package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

//go:embed sql/doctor/*.sql
var doctorFiles embed.FS

// Facts is what was found out about a database file. Findings says what it means.
type Facts struct {
	Name string    // of the file
	Now  time.Time // when it was looked at

	Refused error // why it cannot be opened at all; nil: it can
	Lost    bool  // it lacks our mark, and nothing else

	Size, WAL int64     // bytes of the file, and of its write-ahead log
	FreePages int64     // bytes in the file that nothing uses
	DiskFree  int64     // bytes that we may still write beside it; -1 is unknown
	Shrinks   bool      // space is given back
	Newest    time.Time // of its newest row
	ReadOnly  bool      // we may not write the file or its folder
	Strangers []string  // files beside it that belong to another user
	Leftovers []string  // files beside it that nobody uses any more

	Thorough  bool       // what follows was looked at
	Tables    []string   // others than this version makes
	Objects   []string   // indexes and views that are
	Integrity []string   // what SQLite says; nil: ok
	Dangling  []Dangling // by table and parent
	Orphans   []Orphans  // in the order of rules, those that found rows
	Unfound   int        // of the articles tried, those that the index does not have by their words
}

// Dangling are rows of a table whose parent is not there.
type Dangling struct {
	Table, Parent string
	Rows          int
}

// Orphans are rows that contradict others in a way that no key of the schema
// forbids.
type Orphans struct {
	Rule string // the file in sql/doctor
	Rows int
}

// rules are the files of sql/doctor in the order in which they are repaired: what
// is made again comes first, then what is removed.
var rules = []string{"no_tags", "lost_sources", "lost_stories", "lost_revisions", "told_stories", "told_chains", "empty_stories", "lost_copies", "lost_reasons", "used_numbers", "far_fetches", "missing_words", "stale_words"}

// Examine finds out about the file of a database without changing it. Not
// thoroughly takes milliseconds; thoroughly it reads all of the file, while others
// write.
func Examine(ctx context.Context, name string, thorough bool, now time.Time) (Facts, error) {
	f := Facts{Name: name, Now: now, Size: size(name), WAL: max(0, size(name+"-wal")), DiskFree: diskFree(filepath.Dir(name))}
	if f.Size < 0 && f.WAL == 0 {
		return f, fmt.Errorf("no database yet: %w; start newswired, or run: newswired poll", &os.PathError{Op: "open", Path: name, Err: os.ErrNotExist})
	}
	f.lookBeside()
	h, err := inspect(ctx, name)
	if err != nil {
		f.Refused, f.Lost = err, errors.Is(err, errLost)
		return f, nil
	}
	if h.tables == 0 {
		return f, fmt.Errorf("no database yet: %s is empty; start newswired, or run: newswired poll", name)
	}
	db, err := sql.Open("sqlite", dsn(name, "mode=ro", "busy_timeout(10000)", "query_only(1)"))
	if err != nil {
		return f, err
	}
	defer db.Close()
	if thorough {
		d, err := compareSchema(ctx, db)
		if err != nil {
			return f, damage(&f, err)
		}
		f.Tables, f.Objects = d.tables, d.others
	}
	if len(f.Tables) == 0 {
		if err := f.ask(ctx, db); err != nil || !thorough {
			return f, damage(&f, err)
		}
	}
	f.Thorough = true
	return f, damage(&f, f.examine(ctx, db))
}

// damage makes a fact of an error that says that the file is damaged.
func damage(f *Facts, err error) error {
	if explained := explain(err); errors.Is(explained, ErrDamaged) {
		f.Integrity = append(f.Integrity, err.Error())
		return nil
	}
	return err
}

// ask asks what takes no time.
func (f *Facts) ask(ctx context.Context, db *sql.DB) error {
	var newest, vacuum int64
	err := db.QueryRowContext(ctx, `SELECT freelist_count * page_size, auto_vacuum,
		max(coalesce((SELECT max(last_fetch) FROM source), 0), coalesce((SELECT seen FROM revision ORDER BY seq DESC LIMIT 1), 0), coalesce((SELECT max(last) FROM fetch), 0))
		FROM pragma_freelist_count, pragma_page_size, pragma_auto_vacuum`).Scan(&f.FreePages, &vacuum, &newest)
	if err != nil {
		return fmt.Errorf("examine: %w", err)
	}
	f.Newest, f.Shrinks = time.UnixMilli(newest), vacuum == 2
	return nil
}

// examine reads all of the file. What rows mean is asked only if they can be read.
func (f *Facts) examine(ctx context.Context, db *sql.DB) error {
	var err error
	if f.Integrity, err = texts(ctx, db, "SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'"); err != nil {
		return err
	}
	if len(f.Tables) > 0 || len(f.broken()) > 0 {
		return nil
	}
	if f.Dangling, err = dangling(ctx, db); err != nil {
		return err
	}
	if f.Orphans, err = orphans(ctx, db, f.Now); err != nil {
		return err
	}
	f.Unfound, err = unfound(ctx, db)
	return err
}

// texts returns the one column of a question.
func texts(ctx context.Context, db asker, query string, args ...any) (all []string, err error) {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return nil, err
		}
		all = append(all, text)
	}
	return all, rows.Err()
}

// dangling returns the rows whose parents are not there.
func dangling(ctx context.Context, db asker) (all []Dangling, err error) {
	rows, err := db.QueryContext(ctx, `SELECT "table", parent, count(*) FROM pragma_foreign_key_check GROUP BY 1, 2 ORDER BY 1, 2`)
	if err != nil {
		return nil, fmt.Errorf("check keys: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var d Dangling
		if err := rows.Scan(&d.Table, &d.Parent, &d.Rows); err != nil {
			return nil, fmt.Errorf("check keys: %w", err)
		}
		all = append(all, d)
	}
	return all, rows.Err()
}

// An asker is a database, a connection or a transaction.
type asker interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// A rule is a file of sql/doctor: a question how many rows are wrong, which the
// file's first line names, and what repairs them.
type rule struct{ what, count, repairs, repair string }

// readRule reads a file of sql/doctor. An error is a fault of the build.
func readRule(name string) (r rule, err error) {
	text, err := doctorFiles.ReadFile("sql/doctor/" + name + ".sql")
	if err != nil {
		return r, err
	}
	count, repair, _ := strings.Cut(string(text), "-- repair: ")
	r.what, r.count, _ = strings.Cut(strings.TrimPrefix(count, "-- "), "\n")
	r.repairs, r.repair, _ = strings.Cut(repair, "\n")
	return r, nil
}

// orphans asks the question of every rule, and returns those that found any.
func orphans(ctx context.Context, db asker, now time.Time) (all []Orphans, err error) {
	for _, name := range rules {
		r, err := readRule(name)
		if err != nil {
			return nil, err
		}
		o := Orphans{Rule: name}
		if err := db.QueryRowContext(ctx, r.count, millis(now)).Scan(&o.Rows); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if o.Rows > 0 {
			all = append(all, o)
		}
	}
	return all, nil
}
