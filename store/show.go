package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"newswired/feed"
)

// Account returns a Story, or the older one that it turned out to be: then the
// ID is that one's. It is feed.ErrNotStored if there is none.
func (s *Store) Account(ctx context.Context, id int64) (*feed.Account, error) {
	a := &feed.Account{}
	err := s.view(ctx, func(t *tx) error { return t.account(id, a) })
	if err != nil {
		return nil, fmt.Errorf("story %d: %w", id, err)
	}
	return a, nil
}

// view runs f in a transaction that reads: all its statements see one state.
func (s *Store) view(ctx context.Context, f func(*tx) error) error {
	if err := s.read.all(ctx); err != nil { // who holds a connection must not wait for one
		return s.explain(err)
	}
	begun, err := s.reader.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return fmt.Errorf("begin transaction: %w", err)
	}
	defer begun.Rollback() // nothing was written
	return s.explain(f(&tx{reads: begun, ctx: ctx, stmts: &s.read}))
}

// account fills an Account of a Story, or of that in which it is told by now.
func (t *tx) account(id int64, a *feed.Account) (err error) {
	if id, err = t.number("select_told_in", id); err != nil {
		return err
	}
	if a.Story, err = t.story(id); err != nil {
		return err
	}
	if a.Placed, err = t.placed(id); err != nil {
		return err
	}
	if a.Pages, err = t.pages(id); err != nil {
		return err
	}
	if a.Revisions, err = t.revisions(id); err != nil {
		return err
	}
	articles := make([]int64, len(a.Copies))
	for i := range a.Copies {
		articles[i] = a.Copies[i].ID
	}
	if a.Decisions, err = t.decisions(articles); err != nil {
		return err
	}
	if a.Related, err = t.related(id, a.Decisions); err != nil {
		return err
	}
	if a.Rulings, err = t.rulingsAbout(articles); err != nil {
		return err
	}
	a.Verdicts, err = t.feedVerdicts(id)
	return err
}

// number returns the one number that a statement selects, feed.ErrNotStored if it
// selects none.
func (t *tx) number(name string, args ...any) (int64, error) {
	var n int64
	err := t.row(name, args...).Scan(&n)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, feed.ErrNotStored
	}
	if err != nil {
		return 0, fmt.Errorf("%s: %w", name, err)
	}
	return n, nil
}

// story returns a Story with its Copies. One without any was removed.
func (t *tx) story(id int64) (feed.Story, error) {
	all := make(map[int64]*feed.Story, 1)
	err := t.each("select_copies", func(r rows) error { return scanCopy(r, all) }, numbers([]int64{id}))
	if err != nil {
		return feed.Story{}, err
	}
	if all[id] == nil {
		return feed.Story{}, feed.ErrNotStored
	}
	return *all[id], nil
}
