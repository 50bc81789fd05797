package store

import (
	"context"
	"database/sql"
	"fmt"

	"newswired/feed"
)

// SaveAlerts stores Alerts, or how they stand now: an Alert is known by its kind, its
// Source and when it began.
func (s *Store) SaveAlerts(ctx context.Context, all []feed.Alert) error {
	err := s.update(ctx, func(t *tx) error {
		for _, a := range all {
			if _, err := t.exec("upsert_alert", a.Kind, a.Source, a.Says, a.Advice, millis(a.Since), millis(a.Began), nullMillis(a.Ended), a.Told); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("save alerts: %w", err)
	}
	s.generation.Add(1)
	return nil
}

// Alerts returns the Alerts that began or ended last, the last one first.
func (s *Store) Alerts(ctx context.Context, limit int) ([]feed.Alert, error) {
	return s.alerts(ctx, "select_alerts", limit)
}

// PendingAlerts returns the Alerts that last or are still to be told, in the order
// in which they began.
func (s *Store) PendingAlerts(ctx context.Context) ([]feed.Alert, error) {
	return s.alerts(ctx, "select_pending_alerts")
}

// alerts returns the Alerts that a statement selects, in its order.
func (s *Store) alerts(ctx context.Context, statement string, args ...any) (all []feed.Alert, err error) {
	err = s.read.each(ctx, statement, func(r rows) error {
		var a feed.Alert
		var since, began int64
		var ended sql.NullInt64
		err := r.Scan(&a.Kind, &a.Source, &a.Says, &a.Advice, &since, &began, &ended, &a.Told)
		a.Since, a.Began, a.Ended = at(since), at(began), moment(ended)
		all = append(all, a)
		return err
	}, args...)
	return all, err
}
