package store

import (
	"newswired/feed"
)

// replace finds the Story of an Article anew, after its words or its link
// changed. If it still is the report that it was, it stays with those that print
// a former state of it.
func (r *recorder) replace(a *feed.Article, id feed.Identity, row articleRow, seq int64) error {
	if err := r.followOnce(); err != nil {
		return err
	}
	p, err := r.state(row.id, seq, &r.store.words) // not a alone: its page may have more to say
	if err != nil {
		return err
	}
	linked, err := r.byLink(id.Link)
	if err != nil {
		return err
	}
	linked = without(linked, row.id)
	hits, err := r.find(a, p, id, linked)
	if err != nil {
		return err
	}
	before, err := r.state(row.id, row.seq, &r.store.words)
	if err != nil {
		return err
	}
	if _, err := r.exec("delete_likenesses", row.id, r.filled || feed.Continues(before, p, &r.store.words.counts)); err != nil {
		return err
	}
	r.store.words.prints.put(p)
	if !r.brief {
		if err := r.addSketch(p); err != nil {
			return err
		}
	}
	if err := r.keep(p, hits, r.poll.Started); err != nil {
		return err
	}
	return r.join(row.story, hits)
}

// without returns the rows but that of an Article.
func without(rows []articleRow, id int64) []articleRow {
	var all []articleRow
	for _, row := range rows {
		if row.id != id {
			all = append(all, row)
		}
	}
	return all
}
