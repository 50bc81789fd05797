package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"time"
)

// A Salvage tells of what was saved from a damaged file.
type Salvage struct {
	Rows     map[string]int `json:"rows"`     // by table
	Damaged  []string       `json:"damaged"`  // tables of which some could not be read
	Repaired []Finding      `json:"repaired"` // what contradicted itself after that
}

// SalvageTo saves what can be read of a damaged database into a new file, row by
// row, and settles what the lost rows leave. The damaged one is only read. (The
// .recover of sqlite3 does not know the search index; ours is made anew.)
func SalvageTo(ctx context.Context, name, to string, now time.Time) (s Salvage, err error) {
	for _, end := range []string{"", "-wal", "-shm"} {
		if size(to+end) >= 0 {
			return s, fmt.Errorf("salvage: %s is there already; name a new file", to+end)
		}
	}
	if size(name) < 0 {
		return s, fmt.Errorf("salvage: %w", &os.PathError{Op: "open", Path: name, Err: os.ErrNotExist})
	}
	defer func() {
		if err != nil { // what is not complete is not to be taken for what was saved
			for _, end := range []string{"", "-wal", "-shm"} {
				os.Remove(to + end)
			}
		}
	}()
	made, err := Open(ctx, to, "", now)
	if err != nil {
		return s, err
	}
	if err = made.Close(); err != nil {
		return s, err
	}
	if err = s.copyTables(ctx, name, to); err == nil && len(s.Damaged) > 0 && s.Rows["article"] == 0 {
		err = errors.New("no article can be read; restore a backup, there is nothing to save")
	}
	if err == nil {
		err = indexAll(ctx, to, now)
	}
	if err == nil {
		s.Repaired, err = repairAll(ctx, to, now)
	}
	if err != nil {
		return s, fmt.Errorf("salvage %s: %w", name, err)
	}
	return s, nil
}

// repairAll repairs until there is nothing to repair.
func repairAll(ctx context.Context, name string, now time.Time) (all []Finding, err error) {
	for range 3 {
		f, err := Examine(ctx, name, true, now)
		if err != nil {
			return all, err
		}
		done, err := Repair(ctx, name, f.Findings(), true, now)
		if err != nil || len(done) == 0 {
			return all, err
		}
		all = append(all, done...)
	}
	return all, nil
}

// copyTables copies all tables but the search index. A file that was cut off SQLite
// reads only for who may write its schema.
func (s *Salvage) copyTables(ctx context.Context, name, to string) (err error) {
	from, err := sql.Open("sqlite", dsn(name, "mode=ro", "busy_timeout(10000)", "writable_schema(1)"))
	if err != nil {
		return err
	}
	defer from.Close()
	from.SetMaxOpenConns(1)
	db, err := sql.Open("sqlite", dsn(to, "_txlock=immediate", "busy_timeout(10000)"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	tables, err := texts(ctx, db, "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name <> 'sqlite_schema' ORDER BY name")
	if err != nil {
		return err
	}
	s.Rows = make(map[string]int, len(tables))
	for _, table := range tables {
		err := inOneTransaction(ctx, db, func(t *sql.Tx) error {
			c := copier{from: from, to: t, table: table}
			err := c.copy(ctx)
			s.Rows[table] = c.rows
			if c.damaged {
				s.Damaged = append(s.Damaged, table)
			}
			return err
		})
		if err != nil {
			return fmt.Errorf("%s: %w", table, err)
		}
	}
	_, err = db.ExecContext(ctx, "DELETE FROM meta WHERE name = 'indexed'") // of the search index that was left out
	return err
}

// A copier copies the rows of one table that can be read.
type copier struct {
	from    *sql.DB
	to      *sql.Tx
	table   string
	insert  *sql.Stmt
	key     []string // its primary key; nil: rows have a rowid
	rows    int
	last    int64 // the rowid that was read last
	damaged bool
}

// copy copies what can be read. What cannot is noted in damaged; an error is one of
// the new file or of ctx.
func (c *copier) copy(ctx context.Context) error {
	columns, err := texts(ctx, c.from, "SELECT name FROM pragma_table_info(?)", c.table)
	if err != nil || len(columns) == 0 {
		c.damaged = true // not even its schema can be read
		return nil
	}
	for i := range columns {
		columns[i] = quote(columns[i])
	}
	insert := fmt.Sprintf("INSERT OR REPLACE INTO %s (%s) VALUES (?%s)", quote(c.table), strings.Join(columns, ", "), strings.Repeat(", ?", len(columns)-1))
	if c.insert, err = c.to.PrepareContext(ctx, insert); err != nil {
		return err
	}
	defer c.insert.Close()
	without, err := texts(ctx, c.from, "SELECT name FROM pragma_table_list WHERE wr = 1 AND name = ?", c.table)
	if err != nil {
		return err
	}
	if len(without) > 0 {
		c.key, err = texts(ctx, c.from, "SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk", c.table)
		if err != nil {
			return err
		}
		return c.fromBothEnds(ctx, strings.Join(columns, ", "))
	}
	return c.hop(ctx, strings.Join(columns, ", "))
}

// fromBothEnds reads up to the first damage, and from the end back to the last.
func (c *copier) fromBothEnds(ctx context.Context, columns string) error {
	for _, order := range []string{"", " DESC"} {
		query := fmt.Sprintf("SELECT 0, %s FROM %s ORDER BY %s%s", columns, quote(c.table), strings.Join(c.key, order+", "), order)
		whole, err := c.read(ctx, query)
		if err != nil || whole {
			return err
		}
		c.damaged = true
	}
	return nil
}

// hop reads by rowid, and hops over what is damaged, each time twice as far. From
// behind the damage it reads back to it.
func (c *copier) hop(ctx context.Context, columns string) error {
	query := fmt.Sprintf("SELECT rowid, %s FROM %s WHERE rowid > ?1 ORDER BY rowid", columns, quote(c.table))
	back := fmt.Sprintf("SELECT rowid, %s FROM %s WHERE rowid > ?1 AND rowid <= ?2 ORDER BY rowid DESC", columns, quote(c.table))
	c.last = math.MinInt64
	read := c.last // up to here all was read that can be
	for step := int64(1); ; step *= 2 {
		before := c.last
		whole, err := c.read(ctx, query, before)
		if reached := c.last; err == nil && before > read && (whole || reached > before) {
			_, err = c.read(ctx, back, read, before)
			c.last = reached
		}
		if err != nil || whole {
			return err
		}
		c.damaged = true
		if c.last > before {
			step, read = 1, c.last
		}
		if c.last == math.MinInt64 {
			c.last = 0 // rows begin at 1
		}
		if step > math.MaxInt32 {
			return nil
		}
		c.last += step
	}
}

// read copies the rows that a question gives until one cannot be read, and reports
// whether all could be.
func (c *copier) read(ctx context.Context, query string, args ...any) (whole bool, err error) {
	rows, err := c.from.QueryContext(ctx, query, args...)
	if err != nil {
		return false, ctx.Err()
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return false, ctx.Err()
	}
	values := make([]any, len(columns))
	into := make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return false, ctx.Err()
		}
		c.last, _ = values[0].(int64)
		if _, err := c.insert.ExecContext(ctx, slices.Clone(values[1:])...); err == nil {
			c.rows++ // else it is so wrong that the schema does not take it
		} else {
			c.damaged = true
		}
	}
	return rows.Err() == nil, ctx.Err()
}
