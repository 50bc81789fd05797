package store

import (
	"cmp"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"newswired/feed"
)

const (
	relatives = feed.Relatives // Articles that one is compared with of the Stories of those that tell the same
	largest   = 200            // Articles of a Story beyond which a poll does not divide it anew: it does so for each
)

// A hit is an Article that another one was compared with.
type hit struct {
	*feed.Print
	story    int64         // 0 if it is not needed: they are not the same
	likeness feed.Likeness // zero if the two were not compared
	ruled    bool          // a person ruled that they are the same
	told     bool          // the newswired that they came by tells them in one Entry
}

// same reports whether the two tell one report: a person's word counts most, then
// that of the newswired they came by, then what was found in them. Score and reason
// are those of the same word.
func (h *hit) same() bool { return h.ruled || h.told || h.likeness.Same }

// score returns how sure that is, as it is kept in likeness.
func (h *hit) score() float64 {
	if h.ruled {
		return feed.Joined
	}
	if h.told {
		return feed.Told
	}
	return h.likeness.Score
}

// reason returns why, for people.
func (h *hit) reason() string {
	if h.ruled {
		return feed.RuledSame.Reason()
	}
	if h.told {
		return "the newswired that it came by tells both in one entry"
	}
	return h.likeness.Reason()
}

// A matching compares one Article with others, none twice.
type matching struct {
	*tx
	words *words
	print *feed.Print
	tried map[int64]bool
	hits  []hit // what is worth keeping
}

// match compares an Article with those that share words with it, and then with
// all that tell the Stories of those which are the same report. What is worth
// keeping is returned.
func (t *tx) match(p *feed.Print, w *words) ([]hit, error) {
	m := &matching{tx: t, words: w, print: p, tried: map[int64]bool{p.Article: true}}
	sketch := p.Sketch()
	for _, id := range w.index.Candidates(&sketch) {
		if err := m.compare(id); err != nil {
			return nil, err
		}
	}
	stories := make(map[int64]bool)
	for _, h := range m.hits {
		if h.same() {
			stories[h.story] = true
		}
	}
	if len(stories) == 0 {
		return m.hits, nil
	}
	all, err := t.members(stories, relatives)
	if err != nil {
		return nil, err
	}
	for _, other := range all {
		if err := m.compare(other.id); err != nil {
			return nil, err
		}
	}
	return m.hits, nil
}

// compare compares the Article with one that is stored, if that is still there
// and not too far away.
func (m *matching) compare(id int64) error {
	if m.tried[id] {
		return nil
	}
	m.tried[id] = true
	other, err := m.stored(id, m.words)
	if errors.Is(err, sql.ErrNoRows) {
		return nil // retention was faster
	}
	if err != nil {
		return err
	}
	if !feed.Comparable(m.print, other) {
		return nil
	}
	h := hit{Print: other, likeness: m.words.alike(m.print, other)}
	if l := &h.likeness; l.Score <= feed.KeptScore && !l.Same && !l.Related {
		return nil
	}
	if h.same() {
		err := m.row("select_article_story", id).Scan(&h.story)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("select_article_story: %w", err)
		}
	}
	m.hits = append(m.hits, h)
	return nil
}

// A member is what dividing Stories needs of a stored Article.
type member struct {
	id, story, born, via int64
	entry                string // in which a newswired tells it; "" if it came by none
	tag                  string // of the Story
}

// members returns the Articles of Stories, the oldest first, and no more than some
// of them; -1 is all.
func (t *tx) members(stories map[int64]bool, most int) ([]member, error) {
	var all []member
	err := t.each("select_members", func(r rows) error {
		var m member
		err := r.Scan(&m.id, &m.story, &m.born, &m.via, &m.entry, &m.tag)
		all = append(all, m)
		return err
	}, numbers(sortedKeys(stories)), most)
	return all, err
}

// stored returns a stored Article as it is compared. Those read of late are kept.
func (t *tx) stored(id int64, w *words) (*feed.Print, error) {
	if p := w.prints.get(id); p != nil {
		return p, nil
	}
	p, err := t.state(id, 0, w)
	if err == nil {
		w.prints.put(p)
	}
	return p, err
}

// state returns an Article as a Revision has it, the newest if seq is 0.
func (t *tx) state(id, seq int64, w *words) (*feed.Print, error) {
	var a feed.Article
	var source, published int64
	var undated bool
	var agency, credit string
	var authors, origins sql.Null[[]byte]
	err := t.row("select_print", id, seq).Scan(&a.Title, &a.Summary, &a.Content, &authors, &origins, &a.GUID, &a.Link, &source, &agency, &published, &undated, &credit)
	if err != nil {
		return nil, fmt.Errorf("select_print: %w", err)
	}
	var from []feed.Origin
	if err := errors.Join(decode(authors, &a.Authors), decode(origins, &from)); err != nil {
		return nil, err
	}
	if len(from) > 0 {
		a.Origin = from[0]
	}
	p := w.print(&a, agency)
	p.Credit = cmp.Or(p.Credit, credit)
	p.Article, p.Source, p.Published, p.Undated = id, source, at(published), undated
	return p, nil
}

// keep writes what was found out about an Article.
func (t *tx) keep(p *feed.Print, hits []hit, now time.Time) error {
	for _, h := range hits {
		if (h.ruled || h.told) && h.Fingerprint == nil {
			continue // a ruling has a row of its own, an entry is told by the Articles; both may be taken back
		}
		verdict := "different"
		switch {
		case h.likeness.Same:
			verdict = "same"
		case h.likeness.Related:
			verdict = "related"
		}
		if _, err := t.exec("upsert_likeness", p.Article, h.Article, h.likeness.Score, verdict, h.likeness.Reason(), millis(now)); err != nil {
			return err
		}
	}
	return nil
}
