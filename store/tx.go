package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"newswired/feed"
)

// A tx is a transaction that writes.
type tx struct {
	*sql.Tx
	ctx   context.Context
	stmts map[string]*sql.Stmt
}

// update runs f in an immediate transaction, and commits it if f succeeds. It
// waits for its turn as long as ctx lives; once begun it is not interrupted,
// for a transaction takes milliseconds and watching ctx costs more.
func (s *Store) update(ctx context.Context, f func(*tx) error) error {
	begun, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin transaction: %w", err)
	}
	defer begun.Rollback() // for an error or a panic; after Commit it does nothing
	t := &tx{Tx: begun, ctx: context.WithoutCancel(ctx), stmts: s.write}
	if err := f(t); err != nil {
		if !errors.Is(err, feed.ErrLeftOut) { // before any was written
			s.words.forget() // what was read of Revisions that are not there now
		}
		return err
	}
	if err := begun.Commit(); err != nil {
		s.words.forget()
		return fmt.Errorf("commit transaction: %w", err)
	}
	return nil
}

// exec runs a statement that returns no rows. The error names its file.
func (t *tx) exec(name string, args ...any) (sql.Result, error) {
	res, err := t.StmtContext(t.ctx, t.stmts[name]).ExecContext(t.ctx, args...)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return res, nil
}

// row runs a statement that returns one row at most. Who scans it wraps the
// error, for sql.ErrNoRows is often an answer.
func (t *tx) row(name string, args ...any) *sql.Row {
	return t.StmtContext(t.ctx, t.stmts[name]).QueryRowContext(t.ctx, args...)
}

// each calls f for every row of a statement.
func (t *tx) each(name string, f func(rows) error, args ...any) error {
	return each(t.ctx, t.StmtContext(t.ctx, t.stmts[name]), name, f, args...)
}

// each calls f for every row of a statement until one fails, and closes the
// rows whatever happens.
func each(ctx context.Context, stmt *sql.Stmt, name string, f func(rows) error, args ...any) (err error) {
	rows, err := stmt.QueryContext(ctx, args...)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		if err := f(rows); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}
