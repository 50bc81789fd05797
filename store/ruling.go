package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"time"

	"newswired/feed"
)

// ErrConfigured says that the configuration rules about two pages.
var ErrConfigured = errors.New("the configuration rules about these two pages: change it there")

// A ruling is a row of that table, less who made it when.
type ruling struct {
	url, other        string
	linkKey, otherKey int64
	same              bool
}

// rulingOf returns a Ruling as the table has it.
func rulingOf(r feed.Ruling) (ruling, error) {
	a, b := feed.Canonical(r.URL), feed.Canonical(r.Other)
	switch {
	case a == "":
		return ruling{}, fmt.Errorf("%q is no URL of a page", r.URL)
	case b == "":
		return ruling{}, fmt.Errorf("%q is no URL of a page", r.Other)
	case a == b:
		return ruling{}, fmt.Errorf("%q and %q are one page", r.URL, r.Other)
	case a > b:
		a, b = b, a
	}
	return ruling{a, b, feed.LinkKey(a), feed.LinkKey(b), r.Same}, nil
}

// Rule writes down for good that two pages tell one report or don't, and
// divides the Stories that it concerns anew. What is no URL is an error, and so
// is, as ErrConfigured, what the configuration rules otherwise.
func (s *Store) Rule(ctx context.Context, r feed.Ruling, now time.Time) error {
	row, err := rulingOf(r)
	if err != nil {
		return err
	}
	return s.rule(ctx, now, func(t *tx) ([]ruling, error) {
		var same, configured bool
		err := t.row("select_ruling", row.url, row.other).Scan(&same, &configured)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return nil, fmt.Errorf("select_ruling: %w", err)
		}
		if err == nil && configured {
			if same == row.same {
				return nil, nil
			}
			return nil, ErrConfigured
		}
		return []ruling{row}, t.upsertRuling(row, false, now)
	})
}

// ConfigureRulings makes the Rulings of the configuration those of the
// database. Those made by Rule stay; where both rule about the same pages, the
// configuration's word goes first, as long as it stands there.
func (s *Store) ConfigureRulings(ctx context.Context, all []feed.Ruling, now time.Time) error {
	next := make(map[[2]string]ruling, len(all))
	for _, r := range all {
		row, err := rulingOf(r)
		if err != nil {
			return err
		}
		next[[2]string{row.url, row.other}] = row
	}
	return s.rule(ctx, now, func(t *tx) ([]ruling, error) {
		var before []ruling
		err := t.each("select_configured_rulings", func(r rows) error {
			var row ruling
			err := r.Scan(&row.url, &row.other, &row.linkKey, &row.otherKey, &row.same)
			before = append(before, row)
			return err
		})
		if err != nil {
			return nil, err
		}
		var changed []ruling
		for _, was := range before {
			key := [2]string{was.url, was.other}
			if now, ok := next[key]; ok && now == was {
				delete(next, key)
				continue
			}
			changed = append(changed, was)
			if _, err := t.exec("delete_ruling", was.url, was.other); err != nil {
				return nil, err
			}
		}
		for _, row := range next {
			changed = append(changed, row)
			if err := t.upsertRuling(row, true, now); err != nil {
				return nil, err
			}
		}
		return changed, nil
	})
}

// upsertRuling writes a ruling, in place of a former one on the same pages.
func (t *tx) upsertRuling(r ruling, configured bool, now time.Time) error {
	_, err := t.exec("upsert_ruling", r.url, r.other, r.linkKey, r.otherKey, r.same, configured, millis(now))
	return err
}

// rule writes rulings and divides the Stories that they concern anew, each pair
// with all that its two pages stand with.
func (s *Store) rule(ctx context.Context, now time.Time, write func(*tx) ([]ruling, error)) error {
	err := s.update(ctx, func(t *tx) error {
		changed, err := write(t)
		if err != nil {
			return err
		}
		g := &grouping{
			bench:   &bench{tx: t, setup: s.present(), now: millis(now), ended: millis(now), touched: true},
			changed: make(map[int64]bool), told: make(map[int64]bool), rulings: true, most: -1,
		}
		concerned, err := t.concerned(changed)
		if err != nil {
			return err
		}
		for _, stories := range concerned {
			if err := g.regroup(stories); err != nil {
				return err
			}
		}
		return g.judgeChanged()
	})
	if err != nil {
		return fmt.Errorf("rule: %w", err)
	}
	s.generation.Add(1)
	return nil
}

// judgeChanged lets every Feed judge the Stories whose Articles changed.
func (g *grouping) judgeChanged() error {
	for id := range g.told {
		delete(g.changed, id)
	}
	if err := g.judgeAll(sortedKeys(g.changed), nil); err != nil {
		return err
	}
	return g.markChanged()
}

// concerned returns the Stories that rulings are about: together those that are
// tied by a chain of rulings.
func (t *tx) concerned(rulings []ruling) ([]map[int64]bool, error) {
	var all []map[int64]bool
	for _, r := range rulings {
		stories := make(map[int64]bool)
		for _, key := range [...]int64{r.linkKey, r.otherKey} {
			linked, err := t.linked(key)
			if err != nil {
				return nil, err
			}
			for _, story := range linked {
				stories[story] = true
			}
		}
		var rest []map[int64]bool
		for _, known := range all {
			if !overlaps(known, stories) {
				rest = append(rest, known)
				continue
			}
			maps.Copy(stories, known)
		}
		all = append(rest, stories)
	}
	return all, nil
}

// overlaps reports whether two sets have something in common.
func overlaps(a, b map[int64]bool) bool {
	for id := range a {
		if b[id] {
			return true
		}
	}
	return false
}

// linked returns the Articles that have a link, with their Stories.
func (t *tx) linked(key int64) (map[int64]int64, error) {
	all := make(map[int64]int64)
	err := t.each("select_linked_articles", func(r rows) error {
		var id, story int64
		err := r.Scan(&id, &story)
		all[id] = story
		return err
	}, key)
	return all, err
}

// ruled returns what persons have ruled about Articles.
func (t *tx) ruled(ids []int64) ([]feed.Pair, error) {
	var pairs []feed.Pair
	err := t.each("select_rulings", func(r rows) error {
		p := feed.Pair{Score: feed.Parted}
		var same bool
		err := r.Scan(&p.A, &p.B, &same)
		if same {
			p.Score = feed.Joined
		}
		pairs = append(pairs, p)
		return err
	}, numbers(ids))
	return pairs, err
}
