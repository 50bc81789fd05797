package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"

	"newswired/feed"
)

const (
	// indexStep is how many Revisions are indexed in one transaction: many at a
	// time make the index smaller and cheaper, and polls wait for them.
	indexStep = 500

	// indexText ends a transaction sooner: after bytes of text that take about
	// half a second. Whole texts of pages are long.
	indexText = 1 << 20

	// indexVersion stands with the index. Raise it when feed.Indexed, Plain or
	// Article.Text make something else of an Article, also by other tables of
	// Unicode: then the index is made anew. Else words could not be taken out.
	indexVersion = 1
)

var errMuch = errors.New("enough text for one transaction")

// IndexWords puts the words of some Revisions that came since into the search
// index, each in the place of the one before, or merges what was put in, and
// reports whether there is more to do.
func (s *Store) IndexWords(ctx context.Context) (more bool, err error) {
	generation := s.generation.Load()
	if s.indexed.Load() == generation+1 {
		return false, nil // nothing was written since
	}
	if more, err = s.indexSome(ctx); err == nil && !more {
		more, err = s.MergeWords(ctx)
	}
	if err == nil && !more {
		s.indexed.Store(generation + 1)
	}
	return more, err
}

// indexSome indexes some Revisions, and reports whether there are more.
func (s *Store) indexSome(ctx context.Context) (more bool, err error) {
	err = s.update(ctx, func(t *tx) error {
		to, err := t.indexedTo()
		if err != nil {
			return err
		}
		n, size := 0, 0
		err = t.each("select_unindexed", func(r rows) error {
			if size >= indexText {
				return errMuch
			}
			n++
			var was, is indexed
			err := r.Scan(&is.source, &is.page, &is.seq, &is.title, &is.summary, &is.content, &was.seq, &was.title, &was.summary, &was.content)
			if err != nil {
				return err
			}
			to = is.seq.Int64
			size += len(is.page.String) + len(is.summary.String) + len(is.content.String)
			was.source, was.page = is.source, is.page
			return errors.Join(t.unindex(was), t.index(is))
		}, to, indexStep)
		more = n == indexStep || errors.Is(err, errMuch)
		if err != nil && !errors.Is(err, errMuch) || n == 0 {
			return err
		}
		_, err = t.exec("upsert_meta", "indexed", fmt.Sprintf("%d/%d", indexVersion, to))
		return err
	})
	if err != nil {
		return false, fmt.Errorf("index words: %w", err)
	}
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

// An indexed is what the index is made of for one Article. Its seq is NULL if it
// is not there.
type indexed struct {
	source                        int64
	seq                           sql.NullInt64
	title, summary, content, page sql.NullString
}

// words returns what the statements for the index take.
func (x indexed) words() []any {
	text := x.page.String
	if !x.page.Valid {
		text = (&feed.Article{Summary: x.summary.String, Content: x.content.String}).Text()
	}
	return []any{x.seq.Int64, feed.Indexed(x.title.String), feed.Indexed(text), sourceWord(x.source)}
}

// index makes an Article findable by its words.
func (t *tx) index(x indexed) error {
	if !x.seq.Valid {
		return nil
	}
	_, err := t.exec("insert_words", x.words()...)
	return err
}

// unindex takes an Article out. The words must be those that it was put in by, for
// the index keeps no text (sqlite.org/fts5.html, section 4.4.3).
func (t *tx) unindex(x indexed) error {
	if !x.seq.Valid {
		return nil
	}
	_, err := t.exec("delete_words", x.words()...)
	return err
}

// inIndex returns what the index has of an Article.
func (t *tx) inIndex(article int64) (x indexed, err error) {
	to, err := t.indexedTo()
	if err != nil {
		return x, err
	}
	err = t.row("select_indexed", article, to).Scan(&x.source, &x.page, &x.seq, &x.title, &x.summary, &x.content)
	if errors.Is(err, sql.ErrNoRows) {
		return indexed{}, nil // it came since
	}
	if err != nil {
		return x, fmt.Errorf("select_indexed: %w", err)
	}
	return x, nil
}

// removeFromIndex takes an Article that is removed out of the index.
func (t *tx) removeFromIndex(article int64) error {
	x, err := t.inIndex(article)
	if err != nil {
		return err
	}
	return t.unindex(x)
}

// changeWords runs f, by which the text of an Article's page comes, goes or
// changes, or a Revision goes, and has the index follow.
func (t *tx) changeWords(article int64, f func() error) error {
	if err := t.removeFromIndex(article); err != nil {
		return err
	}
	if err := f(); err != nil {
		return err
	}
	x, err := t.inIndex(article)
	if err != nil {
		return err
	}
	return t.index(x)
}
