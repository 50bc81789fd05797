package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"

	"newswired/feed"
)

// Section returns what a document of a Feed shows: the subscription document if
// number is 0, else that archive. A Feed that never was is empty; an archive that
// is not there is feed.ErrNoArchive. Limit counts the newest Entries of the
// subscription document; as many at most are there besides, because there was
// news in them though they entered before. An archive has all of its own.
func (s *Store) Section(ctx context.Context, name string, number, limit int) (part feed.Section, err error) {
	err = s.view(ctx, func(t *tx) error {
		part, err = t.section(name, number, limit)
		return err
	})
	if err != nil {
		return feed.Section{}, fmt.Errorf("select section %d of %s: %w", number, name, err)
	}
	return part, nil
}

// section is Section within one transaction, so that all of it is of one moment.
func (t *tx) section(name string, number, limit int) (part feed.Section, err error) {
	there := number == 0
	err = t.row("select_archive", name, number).Scan(&part.Former, &part.Next, &there)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return part, fmt.Errorf("select_archive: %w", err)
	}
	if !there {
		return part, feed.ErrNoArchive
	}
	if number == 0 {
		part.Entries, err = t.entries("select_section", name, limit)
	} else {
		part.Entries, err = t.entries("select_archived", name, number)
	}
	if err != nil {
		return part, err
	}
	part.Deleted, err = t.deleted(name, number, limit)
	return part, err
}

// deleted returns the void Entries that a document names.
func (t *tx) deleted(name string, number, limit int) ([]feed.Deletion, error) {
	prefix, err := t.tagPrefix()
	if err != nil {
		return nil, err
	}
	var all []feed.Deletion
	var stories []int64
	err = t.each("select_deleted", func(r rows) error {
		var d feed.Deletion
		var story, when, in int64
		var tag, inTag string
		err := r.Scan(&story, &when, &in, &tag, &inTag, &d.Comment, &d.By)
		d.ID, d.When = cmp.Or(tag, entryID(prefix, story)), at(when)
		if in != 0 {
			d.In, d.By = cmp.Or(inTag, entryID(prefix, in)), ""
			d.Comment = "told in " + d.In
		}
		all, stories = append(all, d), append(stories, story)
		return err
	}, name, number, limit)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	copies := make(map[int64]*feed.Story, len(stories))
	if err := t.each("select_copies", func(r rows) error { return scanCopy(r, copies) }, numbers(stories)); err != nil {
		return nil, err
	}
	for i, story := range stories {
		if all[i].In == "" {
			all[i].Story = copies[story]
		}
	}
	return all, nil
}

// tags returns the ids that other newswireds gave to Stories.
func (t *tx) tags(stories []int64) (map[int64]string, error) {
	tags := make(map[int64]string)
	err := t.each("select_tags", func(r rows) error {
		var id int64
		var tag string
		err := r.Scan(&id, &tag)
		tags[id] = tag
		return err
	}, numbers(stories))
	return tags, err
}

// entries returns Entries of a Feed, by a statement that selects their rows.
func (t *tx) entries(statement string, args ...any) ([]feed.Entry, error) {
	var all []feed.Entry
	var shown, ids []int64
	err := t.each(statement, func(r rows) error {
		var e feed.Entry
		var published, updated, entered, article int64
		err := r.Scan(&e.Story.ID, &published, &updated, &entered, &article)
		e.Published, e.Updated, e.Entered = at(published), at(updated), at(entered)
		all, shown, ids = append(all, e), append(shown, article), append(ids, e.Story.ID)
		return err
	}, args...)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	stories := make(map[int64]*feed.Story, len(ids))
	if err := t.each("select_copies", func(r rows) error { return scanCopy(r, stories) }, numbers(ids)); err != nil {
		return nil, err
	}
	prefix, err := t.tagPrefix()
	if err != nil {
		return nil, err
	}
	tags, err := t.tags(ids)
	if err != nil {
		return nil, err
	}
	return compose(all, shown, stories, tags, prefix), nil
}

// tagPrefix is Store.TagPrefix within a transaction: that would wait for a
// second connection with one in hand.
func (t *tx) tagPrefix() (prefix string, err error) {
	if err := t.row("select_meta", "tag_prefix").Scan(&prefix); err != nil {
		return "", fmt.Errorf("select tag prefix: %w", err)
	}
	return prefix, nil
}

// entryID names the Entry of a Story that no other newswired has named, in every
// Feed the same. Neither what the Story says nor where it is served goes into it.
func entryID(prefix string, story int64) string { return fmt.Sprintf("%sstory/%d", prefix, story) }
