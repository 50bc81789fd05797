package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"newswired/feed"
)

// Robots returns the robots.txt of an origin (scheme://host:port) as it was last
// had, the zero value if it was never asked for.
func (s *Store) Robots(ctx context.Context, origin string) (feed.RobotsFile, error) {
	var f feed.RobotsFile
	var fetched, expires sql.NullInt64
	err := s.read.row(ctx, "select_robots", origin).Scan(&f.Status, &f.Text, &f.Error, &fetched, &expires)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return f, fmt.Errorf("select robots.txt of %s: %w", origin, err)
	}
	f.Fetched, f.Expires = moment(fetched), moment(expires)
	return f, nil
}

// RecordRobots writes the robots.txt of an origin.
func (s *Store) RecordRobots(ctx context.Context, origin string, f feed.RobotsFile) error {
	err := s.update(ctx, func(t *tx) error {
		_, err := t.exec("upsert_robots", origin, f.Status, f.Text, f.Error, nullMillis(f.Fetched), millis(f.Expires))
		return err
	})
	if err != nil {
		return fmt.Errorf("record robots.txt of %s: %w", origin, err)
	}
	return nil
}
