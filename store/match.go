package store

import (
	"database/sql"
	"errors"
	"fmt"
	"time"

	"newswired/feed"
)

const (
	candidates = 10             // Articles that a new one is compared with, those that share most keys
	strangers  = 4              // of them, those that share one key only
	relatives  = feed.Relatives // and as many of the Stories of those that tell the same
	largest    = 1000           // Articles of a Story beyond which it is not divided anew
)

// A hit is an Article that another one was compared with.
type hit struct {
	*feed.Print
	story    int64
	likeness feed.Likeness // zero if the two were not compared
	ruled    bool          // a person ruled that they are the same
}

func (h *hit) same() bool { return h.ruled || h.likeness.Same }

func (h *hit) score() float64 {
	if h.ruled {
		return feed.Joined
	}
	return h.likeness.Score
}

func (h *hit) reason() string {
	if h.ruled {
		return feed.RuledSame.Reason()
	}
	return h.likeness.Reason()
}

// A member is what matching needs of a stored Article.
type member struct {
	id, seq, source, story, published, born int64
	undated                                 bool // its date is when it was first seen
}

func (m *member) scan(r rows) error {
	return r.Scan(&m.id, &m.seq, &m.source, &m.story, &m.published, &m.undated, &m.born)
}

// match compares an Article with those that share words with it, and then with
// all that tell the Stories of those which are the same report. What is worth
// keeping is returned.
func (t *tx) match(p *feed.Print, s *Store) ([]hit, error) {
	found, err := t.candidates(p)
	if err != nil {
		return nil, err
	}
	if key := p.ChainKey(); key != 0 {
		versions, err := t.sharing(p, numbers([]int64{int64(key)}), relatives, relatives)
		if err != nil {
			return nil, err
		}
		found = append(versions, found...)
	}
	var hits []hit
	tried := map[int64]bool{p.Article: true}
	stories := make(map[int64]bool)
	compare := func(m member) error {
		if tried[m.id] {
			return nil
		}
		tried[m.id] = true
		other, err := t.print(m, s)
		if err != nil {
			return err
		}
		l := s.words.alike(p, other)
		if l.Score > feed.KeptScore || l.Same || l.Related {
			hits = append(hits, hit{Print: other, story: m.story, likeness: l})
		}
		if l.Same {
			stories[m.story] = true
		}
		return nil
	}
	for _, m := range found {
		if err := compare(m); err != nil {
			return nil, err
		}
	}
	if len(stories) == 0 {
		return hits, nil
	}
	all, err := t.members("select_members", numbers(sortedKeys(stories)))
	if err != nil {
		return nil, err
	}
	for _, m := range all[:min(len(all), relatives)] {
		if err := compare(m); err != nil {
			return nil, err
		}
	}
	return hits, nil
}

// candidates returns the Articles that share keys with one.
func (t *tx) candidates(p *feed.Print) ([]member, error) {
	return t.sharing(p, keysOf(p.Fingerprint), candidates, strangers)
}

// sharing returns the Articles that share some keys with one, few of those that
// share one only.
func (t *tx) sharing(p *feed.Print, keys string, most, few int) ([]member, error) {
	var all []member
	single := 0
	from := millis(p.Published.Add(-feed.Window))
	if p.Undated {
		from = 0 // it may be as old as any
	}
	err := t.each("select_candidates", func(r rows) error {
		var m member
		var shared int
		err := r.Scan(&m.id, &m.seq, &m.source, &m.story, &m.published, &m.undated, &m.born, &shared)
		if shared == 1 {
			single++
		}
		if shared > 1 || single <= few {
			all = append(all, m)
		}
		return err
	}, keys, from, millis(p.Published.Add(feed.Window)), most)
	return all, err
}

// members returns the Articles that a statement selects.
func (t *tx) members(name string, args ...any) ([]member, error) {
	var all []member
	err := t.each(name, func(r rows) error {
		var m member
		err := m.scan(r)
		all = append(all, m)
		return err
	}, args...)
	return all, err
}

// print returns a stored Article as it is compared. A Revision never changes,
// so those read of late are kept.
func (t *tx) print(m member, s *Store) (*feed.Print, error) {
	if p := s.words.prints.get(m.seq); p != nil {
		return p, nil
	}
	var a feed.Article
	var agency string
	var authors, origins sql.Null[[]byte]
	err := t.row("select_print", m.seq).Scan(&a.Title, &a.Summary, &a.Content, &authors, &origins, &a.GUID, &a.Link, &agency)
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
	p := s.words.print(&a, agency)
	p.Article, p.Source, p.Published, p.Undated = m.id, m.source, at(m.published), m.undated
	s.words.prints.put(m.seq, p)
	return p, nil
}

// keysOf returns the keys of an Article as JSON.
func keysOf(f *feed.Fingerprint) string {
	keys := f.Keys()
	all := make([]int64, len(keys))
	for i, k := range keys {
		all[i] = int64(k)
	}
	return numbers(all)
}

// keep writes what was found out about an Article, and under which keys it is
// found.
func (t *tx) keep(p *feed.Print, hits []hit, now time.Time) error {
	if _, err := t.exec("insert_article_keys", p.Article, keysOf(p.Fingerprint)); err != nil {
		return err
	}
	if key := p.ChainKey(); key != 0 {
		if _, err := t.exec("insert_article_keys", p.Article, numbers([]int64{int64(key)})); err != nil {
			return err
		}
	}
	for _, h := range hits {
		if h.ruled && h.Fingerprint == nil {
			continue // a ruling has a row of its own, and may be taken back
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
