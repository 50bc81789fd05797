package store

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"
)

// recordDelivery writes what a hub delivered: its Articles, and that it came.
// Nothing is concluded about the Source's own Document, which was not fetched.
func (r *recorder) recordDelivery() error {
	if asked, err := r.load(); err != nil || !asked {
		return err
	}
	if d := r.poll.Document; d != nil {
		if err := r.recordDocument(d); err != nil {
			return err
		}
		if _, err := r.exec("update_source_delivered", r.source.id, r.now, r.done.New > 0); err != nil {
			return err
		}
	}
	return r.recordFetch()
}

// forgetItems makes sure that the items of Articles that a delivery altered are
// read again: they do not say any more what their Articles do.
func (r *recorder) forgetItems() error {
	if len(r.altered) == 0 {
		return nil
	}
	var packed []byte
	err := r.row("select_items", r.source.id).Scan(&packed)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("select_items: %w", err)
	}
	items := slices.DeleteFunc(unpackItems(packed), func(it itemRow) bool { return slices.Contains(r.altered, it.key) })
	_, err = r.exec("upsert_items", r.source.id, packItems(items))
	return err
}

// oweNews notes that a hub did not deliver what a poll found, if there is one
// that should have. It may be on its way.
func (r *recorder) oweNews() error {
	if r.done.New == 0 {
		return nil
	}
	_, err := r.exec("owe_subscription", r.source.id, r.now)
	return err
}
