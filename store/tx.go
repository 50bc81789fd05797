package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime/debug"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"newswired/feed"
)

// A tx is a transaction, the writer's or a reader's.
type tx struct {
	reads *sql.Tx // nil in the writer's, whose statements are its connection's own
	ctx   context.Context
	stmts *prepared

	merged  int64     // Stories that turned out to be older ones
	counted []counted // polls
}

// update runs f in an immediate transaction, and commits it if f succeeds. It
// waits for its turn as long as ctx lives; once begun it is not interrupted,
// for a transaction takes milliseconds and watching ctx costs more: an sql.Tx
// starts a goroutine for every question.
func (s *Store) update(ctx context.Context, f func(*tx) error) error {
	giveBack, err := s.takeTurn(ctx)
	if err != nil {
		return fmt.Errorf("begin transaction: %w", err)
	}
	defer giveBack()
	return s.transact(ctx, f)
}

// sheltered calls f, and makes an error of a panic: what an Article says is read here
// once more, to be compared, and a fault of ours there is that Article's.
func sheltered(f func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = &feed.PanicError{Value: r, Stack: debug.Stack()}
		}
	}()
	return f()
}

// transact does the work of update for who has the turn. An error that comes of
// the file says so.
func (s *Store) transact(ctx context.Context, f func(*tx) error) error {
	err := s.explain(s.try(ctx, f))
	if errors.Is(err, ErrUnwritten) {
		s.unwritten.Store(&err)
	}
	return err
}

// try runs f in a transaction.
func (s *Store) try(ctx context.Context, f func(*tx) error) (err error) {
	t := &tx{ctx: context.WithoutCancel(ctx), stmts: &s.write}
	s.words.counted = 0
	committed := false
	defer func() { // also of a panic
		if committed {
			return
		}
		if !errors.Is(err, feed.ErrLeftOut) { // before any was written
			s.words.forget() // what was read of Revisions that are not there now
			clear(s.present().reasons)
		}
		s.conn.ExecContext(t.ctx, "ROLLBACK")
	}()
	_, err = s.conn.ExecContext(ctx, "BEGIN IMMEDIATE")
	if err == nil || isBusy(err) { // of what ctx ended nothing is known
		s.locked.Store(err != nil)
	}
	if err != nil {
		return fmt.Errorf("begin transaction: %w", err)
	}
	if err := f(t); err != nil {
		return err
	}
	if _, err := s.conn.ExecContext(t.ctx, "COMMIT"); err != nil {
		return fmt.Errorf("commit transaction: %w", err)
	}
	committed = true
	s.merged.Add(t.merged)
	s.counts.add(t.counted...)
	return nil
}

// isBusy reports whether SQLite waited in vain for another program's lock, in all
// its variants (sqlite.org/rescode.html#busy).
func isBusy(err error) bool {
	var failure *sqlite.Error
	return errors.As(err, &failure) && failure.Code()&0xff == sqlite3.SQLITE_BUSY
}

// takeTurn waits until nobody else uses the connection that writes.
func (s *Store) takeTurn(ctx context.Context) (giveBack func(), err error) {
	select {
	case s.turn <- struct{}{}:
		return func() { <-s.turn }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// stmt returns a prepared statement by its file's name.
func (t *tx) stmt(name string) (*sql.Stmt, error) {
	s, err := t.stmts.stmt(t.ctx, name)
	if err == nil && t.reads != nil {
		s = t.reads.StmtContext(t.ctx, s)
	}
	return s, err
}

// exec runs a statement that returns no rows. The error names its file.
func (t *tx) exec(name string, args ...any) (sql.Result, error) {
	s, err := t.stmt(name)
	if err != nil {
		return nil, err
	}
	res, err := s.ExecContext(t.ctx, args...)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return res, nil
}

// row runs a statement that returns one row at most. Who scans it wraps the
// error, for sql.ErrNoRows is often an answer.
func (t *tx) row(name string, args ...any) row {
	s, err := t.stmt(name)
	if err != nil {
		return row{err: err}
	}
	return row{found: s.QueryRowContext(t.ctx, args...)}
}

// each calls f for every row of a statement.
func (t *tx) each(name string, f func(rows) error, args ...any) error {
	s, err := t.stmt(name)
	if err != nil {
		return err
	}
	return each(t.ctx, s, name, f, args...)
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
