package store

import (
	"database/sql"
	"errors"
	"fmt"

	"newswired/feed"
)

// placeByPage finds the Story of an Article anew, after the text of its page came
// or went, and judges the Stories that this changes. No Entry is updated by it:
// the words are more, the news is not.
func (s *Store) placeByPage(t *tx, f *feed.PageFetch) error {
	now := millis(f.Started.Add(f.Took))
	r := &recorder{
		tx: t, store: s, poll: &feed.Poll{Started: f.Started, Took: f.Took}, now: now,
		bench:   &bench{tx: t, setup: s.present(), now: now, ended: now, touched: true},
		stories: make(map[int64]bool), told: make(map[int64]bool),
	}
	var row articleRow
	err := t.row("select_placed_article", f.Article).Scan(&row.id, &row.source, &row.key, &row.link, &row.digest, &row.seq, &row.story, &row.published,
		&row.gone, &row.undated, &r.source.agency, &r.source.outlet, &r.source.url, &r.bench.old)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("select_placed_article: %w", err)
	}
	r.source.id, r.bench.first = row.source, r.bench.old
	if err := r.row("select_next_numbers").Scan(&r.story, &r.seq); err != nil {
		return fmt.Errorf("select_next_numbers: %w", err)
	}
	if err := r.row("select_any_ruling").Scan(&r.rulings); err != nil {
		return fmt.Errorf("select_any_ruling: %w", err)
	}
	if err := r.placeAgain(row); err != nil {
		return err
	}
	if err := r.saveSketches(); err != nil {
		return err
	}
	return r.judge()
}

// placeAgain compares an Article by all the words that it has now. What was found
// to be the same report by fewer of them stays so, unless it is sure by now that
// it is not.
func (r *recorder) placeAgain(row articleRow) error {
	if err := r.followOnce(); err != nil {
		return err
	}
	w := &r.store.words
	p, err := r.state(row.id, 0, w)
	if err != nil {
		return err
	}
	linked, err := r.byLink(row.link)
	if err != nil {
		return err
	}
	r.links = map[int64]int{row.link: 1} // whether it is the one Article of its Source there, linked tells
	hits, err := r.find(nil, p, feed.Identity{Key: row.key, Link: row.link}, without(linked, row.id))
	if err != nil {
		return err
	}
	if hits, err = r.findBeside(p, row.story, hits); err != nil {
		return err
	}
	if _, err := r.exec("delete_likenesses", row.id, true); err != nil {
		return err
	}
	for _, h := range hits {
		if !h.same() && h.likeness.Sure() {
			if _, err := r.exec("delete_likeness", row.id, h.Article); err != nil {
				return err
			}
		}
	}
	if err := r.remember(p); err != nil {
		return err
	}
	if err := r.keep(p, hits, r.poll.Started); err != nil {
		return err
	}
	return r.join(row.story, hits)
}

// findBeside adds those to what is like an Article with which it stands in a
// Story, as far as there is something sure to be said about the two.
func (r *recorder) findBeside(p *feed.Print, story int64, hits []hit) ([]hit, error) {
	seen := map[int64]bool{p.Article: true}
	for _, h := range hits {
		seen[h.Article] = true
	}
	members, err := r.members(map[int64]bool{story: true}, relatives)
	if err != nil {
		return nil, err
	}
	var beside []hit
	for _, m := range members {
		if seen[m.id] {
			continue
		}
		other, err := r.stored(m.id, &r.store.words)
		if err != nil {
			return nil, err
		}
		if l := r.store.words.alike(p, other); l.Same || l.Sure() {
			beside = append(beside, hit{Print: other, story: story, likeness: l})
		}
	}
	for _, h := range hits {
		// A no that is not sure does not part what stood together.
		if !h.same() && !h.likeness.Sure() && memberOf(members, h.Article) {
			continue
		}
		beside = append(beside, h)
	}
	return beside, nil
}

// memberOf reports whether an Article is one of the members of a Story.
func memberOf(members []member, id int64) bool {
	for _, m := range members {
		if m.id == id {
			return true
		}
	}
	return false
}
