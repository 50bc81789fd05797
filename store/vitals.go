package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"newswired/feed"
)

// Vitals returns what a monitor wants to know. It takes milliseconds however many
// Articles there are: they are not counted.
func (s *Store) Vitals(ctx context.Context, now time.Time) (v feed.Vitals, err error) {
	err = s.view(ctx, func(t *tx) error {
		err := t.row("select_vitals", millis(now)).Scan(&v.Articles, &v.Revisions, &v.Stories, &v.Backlog, &v.Unindexed, &v.Owed, &v.Used, &v.Free)
		if err != nil {
			return fmt.Errorf("select_vitals: %w", err)
		}
		err = t.each("select_vitals_feeds", func(r rows) error {
			var f feed.FeedVitals
			var changed int64
			err := r.Scan(&f.Name, &f.Entered, &changed)
			if changed > 0 {
				f.Changed = at(changed)
			}
			v.Feeds = append(v.Feeds, f)
			return err
		})
		if err != nil {
			return err
		}
		return t.each("select_vitals_sources", func(r rows) error {
			var x feed.SourceVitals
			var last, next, failing, well sql.NullInt64
			err := r.Scan(&x.Name, &x.State, &last, &next, &failing, &well)
			x.LastFetch, x.NextFetch, x.FailingSince, x.LastWell = moment(last), moment(next), moment(failing), moment(well)
			v.Sources = append(v.Sources, x)
			return err
		})
	})
	if err != nil {
		return feed.Vitals{}, fmt.Errorf("select vitals: %w", s.explain(err))
	}
	v.Merged = s.merged.Load()
	v.Log, _ = s.LogSize()
	v.Log = max(v.Log, 0) // there may be none
	return v, nil
}
