package store

import (
	"fmt"
	"maps"
	"slices"

	"newswired/feed"
)

// This file follows what newswireds tell of the Articles that came by them: which
// are one report, and which are void. What one tells concerns no others.

// entryOf returns the id of the Entry in which an Article came, "" if it came by
// no newswired.
func entryOf(a *feed.Article) string {
	if a.Relayed == nil {
		return ""
	}
	return a.Relayed.Entry
}

// rejoin divides the Stories anew of an Article and of those that its newswired
// tells it with by now.
func (r *recorder) rejoin(entry string, article int64) error {
	var story int64
	if err := r.row("select_article_story", article).Scan(&story); err != nil {
		return fmt.Errorf("select_article_story: %w", err)
	}
	if err := r.followOnce(); err != nil {
		return err
	}
	hits, err := r.toldIn(entry)
	if err != nil {
		return err
	}
	return r.join(story, hits)
}

// retell follows the Entries of a newswired that turned out to be the report of
// older ones, also where the Document does not list these.
func (r *recorder) retell(d *feed.Document) error {
	for _, former := range slices.Sorted(maps.Keys(d.Retold)) {
		var stories []int64
		err := r.each("update_articles_retold", func(rows rows) error {
			var story int64
			err := rows.Scan(&story)
			stories = append(stories, story)
			return err
		}, r.source.id, former, d.Retold[former])
		if err != nil {
			return err
		}
		if len(stories) == 0 {
			continue // it never came here, or is known
		}
		hits, err := r.toldIn(d.Retold[former])
		if err != nil {
			return err
		}
		for _, story := range stories {
			hits = append(hits, hit{story: story, told: true})
		}
		if err := r.join(stories[0], hits); err != nil {
			return err
		}
	}
	return nil
}

// toldIn returns the Articles that this newswired tells in an Entry.
func (r *recorder) toldIn(entry string) ([]hit, error) {
	var hits []hit
	err := r.each("select_told_with", func(rows rows) error {
		h := hit{Print: &feed.Print{}, told: true}
		err := rows.Scan(&h.Article, &h.story)
		hits = append(hits, h)
		return err
	}, r.source.id, entry)
	return hits, err
}

// findTold adds to what is like an Article those that its newswired tells it with,
// and leaves out what that tells apart: it has compared all of their words.
func (r *recorder) findTold(a *feed.Article, hits []hit) ([]hit, error) {
	if a == nil || a.Relayed == nil {
		return hits, nil
	}
	told, err := r.toldIn(a.Relayed.Entry)
	if err != nil {
		return nil, err
	}
	for _, h := range hits {
		if slices.ContainsFunc(told, func(t hit) bool { return t.Article == h.Article }) && !h.ruled {
			continue
		}
		var via int64
		if err := r.row("select_via", h.Article).Scan(&via); err != nil {
			return nil, fmt.Errorf("select_via: %w", err)
		}
		if h.ruled || via != r.source.id {
			told = append(told, h)
		}
	}
	return told, nil
}

// asTold changes what was found out about Articles by what the newswireds say that
// they came by: those of one Entry are one report, and about those of two Entries
// nothing but what others have in common with them counts.
func asTold(pairs []feed.Pair, members []member) []feed.Pair {
	at := make(map[int64]member, len(members))
	type entry struct {
		via int64
		id  string
	}
	first := make(map[entry]int64)
	var told []feed.Pair
	for _, m := range members {
		if m.entry == "" {
			continue
		}
		at[m.id] = m
		e := entry{m.via, m.entry}
		if other, ok := first[e]; ok {
			told = append(told, feed.Pair{A: other, B: m.id, Score: feed.Told})
		} else {
			first[e] = m.id
		}
	}
	pairs = slices.DeleteFunc(pairs, func(p feed.Pair) bool {
		a, b := at[p.A], at[p.B]
		return a.via != 0 && a.via == b.via && a.entry != b.entry
	})
	return append(pairs, told...)
}

// voidKeys returns the keys of the Articles that a Document says are void. A
// newswired names its Entries, each for all that it told in it.
func (r *recorder) voidKeys(d *feed.Document) ([]int64, error) {
	var keys []int64
	for _, id := range d.Deleted {
		if d.Relay == "" {
			keys = append(keys, feed.GUIDKey(id))
			continue
		}
		err := r.each("select_entry_articles", func(rows rows) error {
			var key int64
			err := rows.Scan(&key)
			keys = append(keys, key)
			return err
		}, r.source.id, id)
		if err != nil {
			return nil, err
		}
	}
	return keys, nil
}
