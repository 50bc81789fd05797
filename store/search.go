package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"newswired/feed"
)

const (
	// indexStep is how many Revisions are indexed in one transaction: many at a
	// time make the index smaller and cheaper, and polls wait for them.
	indexStep = 500

	// candidates is how many Articles are ranked, those stored last. Two words
	// that are in every other Article cost no more than that.
	candidates = 1000

	// indexVersion stands with the index. Raise it when feed.Indexed makes
	// something else of a text: then the index is made anew.
	indexVersion = 1
)

// IndexWords puts the words of some Revisions that came since into the search
// index, and reports whether there are more.
func (s *Store) IndexWords(ctx context.Context) (more bool, err error) {
	var newest int64
	if err := s.read["select_newest_seq"].QueryRowContext(ctx).Scan(&newest); err != nil {
		return false, fmt.Errorf("index words: %w", err)
	}
	if newest <= s.indexed.Load() {
		return false, nil // as is always so but after a poll
	}
	var to int64
	err = s.update(ctx, func(t *tx) error {
		if to, err = t.indexedTo(); err != nil {
			return err
		}
		n := 0
		err := t.each("select_unindexed", func(r rows) (err error) {
			n++
			to, err = t.indexRow("insert_words", r)
			return err
		}, to, indexStep)
		if err != nil || n == 0 {
			return err
		}
		more = n == indexStep
		_, err = t.exec("upsert_meta", "indexed", fmt.Sprintf("%d/%d", indexVersion, to))
		return err
	})
	if err != nil {
		return false, fmt.Errorf("index words: %w", err)
	}
	s.indexed.Store(to)
	return more, nil
}

// indexedTo returns up to which seq Revisions are in the index. One of another
// version is emptied.
func (t *tx) indexedTo() (seq int64, err error) {
	var value string
	err = t.row("select_meta", "indexed").Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("select_meta: %w", err)
	}
	version := 0
	if _, err := fmt.Sscanf(value, "%d/%d", &version, &seq); err == nil && version == indexVersion {
		return seq, nil
	}
	if _, err := t.exec("delete_all_words"); err != nil {
		return 0, err
	}
	_, err = t.exec("upsert_meta", "indexed", strconv.Itoa(indexVersion)+"/0")
	return 0, err
}

// indexRow puts what a row says into the index, or takes it out, and returns
// its seq.
func (t *tx) indexRow(statement string, r rows) (seq int64, err error) {
	var source int64
	var a feed.Article
	if err := r.Scan(&seq, &source, &a.Title, &a.Summary, &a.Content); err != nil {
		return 0, err
	}
	_, err = t.exec(statement, seq, feed.Indexed(a.Title), feed.Indexed(a.Text()), sourceWord(source))
	return seq, err
}

// sourceWord returns the word by which the index knows the Articles of a Source.
func sourceWord(id int64) string { return fmt.Sprintf("sourceid%d", id) }

// matching returns what to ask the index: words, and the Sources if there are some.
func (t *tx) matching(q feed.Search) (string, error) {
	if len(q.Sources) == 0 {
		return q.Match, nil
	}
	var words []string
	err := t.each("select_source_ids", func(r rows) error {
		var id int64
		err := r.Scan(&id)
		words = append(words, sourceWord(id))
		return err
	}, jsonOrNil(q.Sources))
	if len(words) == 0 {
		words = []string{sourceWord(0)} // one that no Article has
	}
	return fmt.Sprintf("source : (%s) AND (%s)", strings.Join(words, " OR "), q.Match), err
}

// unindex takes an Article that is removed out of the index.
func (t *tx) unindex(article int64) error {
	to, err := t.indexedTo()
	if err != nil {
		return err
	}
	return t.each("select_indexed", func(r rows) error {
		_, err := t.indexRow("delete_words", r)
		return err
	}, article, to)
}

// Search returns the Stories of which an Article answers a question, those that
// fit best first. It is true if there may be others, told earlier.
func (s *Store) Search(ctx context.Context, q feed.Search, now time.Time, limit int) (found []feed.Found, more bool, err error) {
	err = s.view(ctx, func(t *tx) error {
		found, more, err = t.found(q, now, limit)
		return err
	})
	if err != nil {
		return nil, false, fmt.Errorf("search: %w", err)
	}
	return found, more, nil
}

// A hitStory is a Story that was found, and by which Article.
type hitStory struct {
	story, article int64
	fit            float64
}

func (t *tx) found(q feed.Search, now time.Time, limit int) (found []feed.Found, more bool, err error) {
	match, err := t.matching(q)
	if err != nil {
		return nil, false, err
	}
	best := make(map[int64]hitStory)
	n := 0
	err = t.each("select_found", func(r rows) error {
		var h hitStory
		var published int64
		if err := r.Scan(&h.article, &h.story, &published, &h.fit); err != nil {
			return err
		}
		n++
		h.fit = feed.Fit(h.fit, now.Sub(at(published)))
		if old, ok := best[h.story]; !ok || h.fit > old.fit {
			best[h.story] = h
		}
		return nil
	}, match, nullMillis(q.Since), nullMillis(q.Until), candidates)
	if err != nil {
		return nil, false, err
	}
	ranked := make([]hitStory, 0, len(best))
	for _, h := range best {
		ranked = append(ranked, h)
	}
	slices.SortFunc(ranked, func(a, b hitStory) int {
		return cmp.Or(cmp.Compare(b.fit, a.fit), cmp.Compare(b.story, a.story))
	})
	more = n == candidates || len(ranked) > limit
	for _, h := range ranked[:min(limit, len(ranked))] {
		story, err := t.story(h.story)
		if err != nil {
			return nil, false, err
		}
		at := slices.IndexFunc(story.Copies, func(c feed.Copy) bool { return c.ID == h.article })
		found = append(found, feed.Found{Story: story, Shown: max(at, 0)})
	}
	return found, more, nil
}
