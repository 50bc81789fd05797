package store

import (
	"database/sql"
	"errors"
	"fmt"
)

// Most Stories are in few Feeds. What the others say is one row of a Story, the
// ids of their reasons, and a reason is a row of its Feed: a thousand Feeds that
// judge a hundred Stories make a hundred rows.

// reasons are the ids of reasons by Feed and text, of whoever has the writer's
// turn.
type reasons map[int64]map[string]int64

// reason returns the id of a reason, which is written down if it is new.
func (b *bench) reason(feed int64, text string) (int64, error) {
	known := b.setup.reasons[feed]
	if id := known[text]; id != 0 {
		return id, nil
	}
	var id int64
	if err := b.row("upsert_reason", feed, text).Scan(&id); err != nil {
		return 0, fmt.Errorf("upsert_reason: %w", err)
	}
	if known == nil {
		known = make(map[string]int64)
		b.setup.reasons[feed] = known
	}
	known[text] = id
	return id, nil
}

// reject writes the reasons of the Feeds that a Story is not in.
func (b *bench) reject(story int64, ids []int64, fresh bool) error {
	text := numbers(ids)
	if fresh && len(ids) == 0 {
		return nil
	}
	if !fresh {
		var before string
		err := b.row("select_rejection", story).Scan(&before)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return fmt.Errorf("select_rejection: %w", err)
		}
		if before == text || before == "" && len(ids) == 0 {
			return nil
		}
	}
	_, err := b.exec("upsert_rejection", story, b.now, text)
	return err
}
