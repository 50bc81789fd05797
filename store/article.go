package store

import (
	"database/sql"
	"errors"
	"fmt"

	"newswired/feed"
)

// An articleRow is what identity needs of an Article.
type articleRow struct {
	id, source, key, link, digest, seq, story, published int64
	gone, undated                                        bool
}

// scan reads the columns that the statements select_standing, select_article
// and select_articles_by_link have in common.
func (a *articleRow) scan(r interface{ Scan(...any) error }) error {
	return r.Scan(&a.id, &a.source, &a.key, &a.link, &a.digest, &a.seq, &a.story, &a.published, &a.gone, &a.undated)
}

// loadNames loads what the Source's last Document listed, for most of it is listed
// still, and returns the keys of names that identify none of its Articles.
func (r *recorder) loadNames(d *feed.Document) (repeated map[int64]bool, err error) {
	repeated = make(map[int64]bool)
	err = r.each("select_repeated_names", func(rows rows) error {
		var key int64
		err := rows.Scan(&key)
		repeated[key] = true
		return err
	}, r.source.id)
	if err != nil {
		return nil, err
	}
	r.standing = make(map[int64]articleRow, len(d.Articles)+len(d.Unchanged))
	err = r.each("select_standing", func(rows rows) error {
		var a articleRow
		err := a.scan(rows)
		r.standing[a.key] = a
		return err
	}, r.source.id)
	return repeated, err
}

// identify gives each Article of a Document its Identity. A name that turns out to
// have been given to another Article before names none from now on, and the Document is
// looked through once more without it.
func (r *recorder) identify(d *feed.Document) ([]feed.Identity, error) {
	repeated, err := r.loadNames(d)
	if err != nil {
		return nil, err
	}
	names, links := make(map[int64]bool), make(map[int64]bool) // that any Article has or might have had
	taken := func(key int64) bool { names[key] = true; return repeated[key] }
	ids, noted := feed.Identify(d.Articles, taken)
	reused, err := r.reusedNames(d, ids)
	if err != nil {
		return nil, err
	}
	if len(reused) > 0 {
		for _, key := range reused {
			repeated[key] = true
		}
		var more []int64
		ids, more = feed.Identify(d.Articles, taken)
		noted = append(append(noted, reused...), more...)
	}
	for _, key := range noted {
		names[key] = true
	}
	r.pages = make(map[page]int64, len(ids))
	r.document, r.links = make(map[int64]bool, len(ids)), make(map[int64]int, len(ids))
	for i, id := range ids {
		names[id.Key], links[id.Link] = true, true
		r.pages[pageOf(id.Link, &d.Articles[i])] = id.Key
		if !r.document[id.Key] {
			r.document[id.Key] = true
			r.links[id.Link]++
		}
	}
	r.listed, r.inserted = make(map[int64]bool, len(ids)+len(d.Unchanged)), make(map[int64]bool)
	if err := r.listUnchanged(d.Unchanged, names, links); err != nil {
		return nil, err // before anything is written
	}
	for _, key := range noted {
		if _, err := r.exec("insert_repeated_name", r.source.id, key); err != nil {
			return nil, err
		}
	}
	return ids, nil
}

// recordArticle writes one Article of the Document: as new, as a Revision, or
// not at all.
func (r *recorder) recordArticle(a *feed.Article, id feed.Identity) error {
	r.brief, r.filled = a.Relayed != nil && a.Relayed.Brief, false
	row, found, err := r.byKey(id.Key)
	if err != nil {
		return err
	}
	if found && a.Relayed != nil {
		return r.recordRelayed(a, id, row)
	}
	if found {
		return r.recordKnown(a, id, row)
	}
	linked, err := r.byLink(id.Link)
	if err != nil {
		return err
	}
	if a.Relayed != nil {
		if had, err := r.hasCopy(a, id); err != nil || had {
			r.done.Unchanged++
			return err
		}
	} else if r.source.stored {
		row, found, err = r.byFormerName(a, linked)
		if err != nil {
			return err
		}
		if found {
			return r.recordKnown(a, id, row)
		}
	}
	if removed, err := r.removed(a, id); err != nil || removed {
		r.buried[id.Key] = true
		r.done.Unchanged++
		return err
	}
	return r.insert(a, id, linked)
}

// byKey returns the Article of a name, from the last Document or, if it had
// left it, from the table. Its Source may list it again years later.
func (r *recorder) byKey(key int64) (articleRow, bool, error) {
	if a, ok := r.standing[key]; ok {
		return a, true, nil
	}
	if !r.source.stored && !r.inserted[key] {
		return articleRow{}, false, nil // of this Source there is what this Document brought
	}
	var a articleRow
	err := a.scan(r.row("select_article", r.source.id, key))
	if errors.Is(err, sql.ErrNoRows) {
		return articleRow{}, false, nil
	}
	if err != nil {
		return articleRow{}, false, fmt.Errorf("select_article: %w", err)
	}
	return a, true, nil
}

// byLink returns the Articles of all Sources that have a link.
func (r *recorder) byLink(link int64) ([]articleRow, error) {
	if link == 0 {
		return nil, nil
	}
	var all []articleRow
	err := r.each("select_articles_by_link", func(rows rows) error {
		var a articleRow
		err := a.scan(rows)
		all = append(all, a)
		return err
	}, link)
	return all, err
}

// removed reports whether retention removed an Article.
func (r *recorder) removed(a *feed.Article, id feed.Identity) (bool, error) {
	if !r.source.stored {
		return false, nil
	}
	var one int
	err := r.row("select_tombstone", r.source.id, id.Key, id.Link, feed.TitleKey(a.Title),
		millis(feed.Credible(a.Published, r.poll.Started))).Scan(&one)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("select_tombstone: %w", err)
	}
	return true, nil
}

// recordKnown writes what changed in an Article.
func (r *recorder) recordKnown(a *feed.Article, id feed.Identity, row articleRow) error {
	if r.listed[row.id] {
		r.done.Unchanged++ // a Document may list an Article twice; the first counts
		return nil
	}
	r.listed[row.id] = true
	digest := feed.Digest(*a)
	if digest == row.digest && id.Key == row.key {
		r.done.Unchanged++
		if !row.gone {
			return nil
		}
		_, err := r.exec("update_article_back", row.id)
		return err
	}
	r.altered = append(r.altered, row.key)
	before, err := r.words(row)
	if err != nil {
		return err
	}
	// Another Article of this Document may have moved it.
	if err := r.row("select_article_story", row.id).Scan(&row.story); err != nil {
		return fmt.Errorf("select_article_story: %w", err)
	}
	seq, history := row.seq, feed.History{}
	if feed.SameWords(before, *a) {
		r.done.Unchanged++
		_, err = r.exec("update_revision", seq, a.Language, a.Image, jsonOrNil(a.Authors), jsonOrNil(a.Categories),
			jsonOrNil(a.Enclosures), origin(a), r.creditOf(a))
	} else {
		seq, history, err = r.revise(before, a, row)
	}
	if err != nil {
		return err
	}
	r.stories[row.story] = true
	if _, err = r.exec("update_article", row.id, id.Key, id.Link, digest, seq, a.GUID, a.Link); err != nil {
		return err
	}
	if seq == row.seq && id.Link == row.link {
		return nil
	}
	if err := r.renewPage(row.id, seq, a.Link, row.published); err != nil {
		return err
	}
	if err := r.replace(a, id, row, seq); err != nil || seq == row.seq || history.Keeps(at(r.now)) {
		return err
	}
	return r.dropRevision(row.id, row.seq)
}
