package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"newswired/feed"
)

// The search index has no text of its own to be compared with (contentless FTS5).
// That an article is in it at all its table of sizes tells; that it is found by
// what it says is tried with some.

// tried is of how many Articles the words are looked for, half of them the newest.
const tried = 1000

// unfound returns how many of some Articles are in the index, but are not found by
// the first words of their headline.
//
// All is asked of one moment, for a daemon may put a newer Revision in its place.
func unfound(ctx context.Context, db *sql.DB) (n int, err error) {
	t, err := db.BeginTx(ctx, nil)
	if err != nil {
		return 0, fmt.Errorf("try words: %w", err)
	}
	defer t.Rollback() // nothing was written
	rows, err := t.QueryContext(ctx, `SELECT r.seq, r.title FROM revision r JOIN word_index_docsize d ON d.id = r.seq
		WHERE r.seq IN (SELECT id FROM word_index_docsize ORDER BY id DESC LIMIT ?1 / 2)
		   OR r.seq IN (SELECT id FROM word_index_docsize WHERE id % (SELECT count(*) * 2 / ?1 + 1 FROM word_index_docsize) = 0 LIMIT ?1 / 2)`, tried)
	if err != nil {
		return 0, fmt.Errorf("try words: %w", err)
	}
	defer rows.Close()
	find, err := t.PrepareContext(ctx, "SELECT count(*) FROM word_index WHERE word_index MATCH ?1 AND rowid = ?2")
	if err != nil {
		return 0, fmt.Errorf("try words: %w", err)
	}
	defer find.Close()
	for rows.Next() {
		var seq int64
		var title string
		if err := rows.Scan(&seq, &title); err != nil {
			return 0, fmt.Errorf("try words: %w", err)
		}
		question := quoted(feed.Indexed(title))
		if question == "" {
			continue
		}
		found := 0
		if err := find.QueryRowContext(ctx, question, seq).Scan(&found); err != nil {
			return 0, fmt.Errorf("try words: %w", err)
		}
		n += 1 - found
	}
	return n, rows.Err()
}

// quoted makes of a text's first letters and digits a question that FTS5 finds it
// by, "" if it has none.
func quoted(text string) string {
	for word := range strings.FieldsSeq(text) {
		plain := strings.Trim(word, ".,:;!?'\"()[]")
		if plain != "" && strings.Trim(plain, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == "" {
			return `title : "` + plain + `"`
		}
	}
	return ""
}
