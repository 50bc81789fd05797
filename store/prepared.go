package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
)

// prepared has the statements of the folder sql by their files' names. Each is
// prepared when it is first asked for: there are some 200, most commands need a few,
// and SQLite keeps 8 kB for each and each connection.
type prepared struct {
	db     preparer
	prefix string      // of the names of those that db can run
	known  sync.Map    // *sql.Stmt by name
	whole  atomic.Bool // all are there
}

// A preparer is a connection or a pool of them.
type preparer interface {
	PrepareContext(ctx context.Context, query string) (*sql.Stmt, error)
}

// stmt returns a statement. Of a pool it may wait for a connection, for which who
// has one already must not.
func (p *prepared) stmt(ctx context.Context, name string) (*sql.Stmt, error) {
	if known, ok := p.known.Load(name); ok {
		return known.(*sql.Stmt), nil
	}
	text, err := statements.ReadFile("sql/" + name + ".sql")
	if err != nil {
		return nil, err
	}
	s, err := p.db.PrepareContext(ctx, string(text))
	if err != nil {
		return nil, fmt.Errorf("prepare %s: %w", name, err)
	}
	if first, was := p.known.LoadOrStore(name, s); was {
		return first.(*sql.Stmt), s.Close()
	}
	return s, nil
}

// all prepares all of them.
func (p *prepared) all(ctx context.Context) error {
	if p.whole.Load() {
		return nil
	}
	files, err := statements.ReadDir("sql")
	if err != nil {
		return err
	}
	for _, f := range files {
		if name := strings.TrimSuffix(f.Name(), ".sql"); strings.HasPrefix(name, p.prefix) {
			if _, err := p.stmt(ctx, name); err != nil {
				return err
			}
		}
	}
	p.whole.Store(true)
	return nil
}

// close ends those that are prepared.
func (p *prepared) close() (err error) {
	for _, s := range p.known.Range {
		err = errors.Join(err, s.(*sql.Stmt).Close())
	}
	return err
}

// row runs a statement that returns one row at most. Who scans it wraps the
// error, for sql.ErrNoRows is often an answer.
func (p *prepared) row(ctx context.Context, name string, args ...any) row {
	s, err := p.stmt(ctx, name)
	if err != nil {
		return row{err: err}
	}
	return row{found: s.QueryRowContext(ctx, args...)}
}

// each calls f for every row of a statement.
func (p *prepared) each(ctx context.Context, name string, f func(rows) error, args ...any) error {
	s, err := p.stmt(ctx, name)
	if err != nil {
		return err
	}
	return each(ctx, s, name, f, args...)
}

// A row is what a statement found, or why it was not asked.
type row struct {
	found *sql.Row
	err   error
}

// Scan copies the columns, or is sql.ErrNoRows if there is no row.
func (r row) Scan(into ...any) error {
	if r.err != nil {
		return r.err
	}
	return r.found.Scan(into...)
}
