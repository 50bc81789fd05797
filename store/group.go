package store

import (
	"fmt"
	"slices"

	"newswired/feed"
)

// A grouping divides the Articles of some Stories anew, after there is more to
// know about them.
type grouping struct {
	*bench
	changed map[int64]bool // Stories that have other Articles now
	told    map[int64]bool // Stories that turned out to be older ones
	last    int64          // the highest id that was given to a Story
	rulings bool           // true: persons have ruled
	most    int            // so many Articles are not divided any more; -1 is no bound
}

// regroup divides the Articles of Stories into those that tell one report. The
// oldest Story among those that come together lives, and the others tell where
// it is; Articles that leave get a Story of their own.
func (g *grouping) regroup(stories map[int64]bool) error {
	members, err := g.members(stories, g.most)
	if err != nil || len(members) < 2 || len(members) == g.most {
		return err
	}
	pairs, err := g.pairs(members)
	if err != nil {
		return err
	}
	ids := make([]int64, len(members))
	story := make(map[int64]int64, len(members))
	founder := make(map[int64]int64, len(stories)) // of each Story, its first Article
	born := make(map[int64]int64, len(members))
	named := make(map[int64]bool)
	for i, m := range members {
		ids[i], story[m.id], born[m.id] = m.id, m.story, m.born
		byTag := m.tag != "" && m.entry == m.tag // its readers know that report by this id
		if founder[m.story] == 0 || byTag && !named[m.story] {
			founder[m.story] = m.id
		}
		named[m.story] = named[m.story] || byTag
	}
	for _, group := range feed.Partition(ids, pairs) {
		var homes []int64 // Stories whose first Article is here, the oldest first
		for s, first := range founder {
			if slices.Contains(group, first) {
				homes = append(homes, s)
			}
		}
		slices.Sort(homes)
		if len(homes) == 0 {
			id, err := g.revive(group, born)
			if err == nil && id == 0 {
				id, err = g.addStory(group, members)
			}
			if err != nil {
				return err
			}
			homes = []int64{id}
		}
		if err := g.settle(group, homes, story); err != nil {
			return err
		}
	}
	return nil
}

// settle makes a group of Articles tell the first of some Stories.
func (g *grouping) settle(group, homes []int64, story map[int64]int64) error {
	home := homes[0]
	for _, id := range group {
		if story[id] == home {
			continue
		}
		reason := fmt.Sprintf("the same report as article %d", group[0])
		if group[0] == id {
			reason = "another report than those it stood with"
		}
		if _, err := g.exec("move_article", id, home, reason); err != nil {
			return err
		}
		g.changed[home], g.changed[story[id]] = true, true
	}
	for _, younger := range homes[1:] {
		if _, err := g.exec("redirect_story", younger, home); err != nil {
			return err
		}
		g.told[younger] = true
		g.merged++
		if _, err := g.exec("hand_over_entries", younger, home); err != nil {
			return err
		}
		if err := g.silence(younger, home); err != nil {
			return err
		}
	}
	return nil
}

// silence takes a Story out of all Feeds: it is told in another.
func (g *grouping) silence(story, in int64) error {
	return g.each("silence_story", func(r rows) error {
		var id int64
		err := r.Scan(&id)
		g.change(id)
		return err
	}, story, fmt.Sprintf("told in story %d", in), g.now)
}

// revive returns a Story that one of some Articles told when it came and that
// had turned out to be another one, 0 if there is none: readers know its id.
func (g *grouping) revive(group []int64, born map[int64]int64) (int64, error) {
	for _, id := range group {
		res, err := g.exec("revive_story", born[id])
		if err != nil {
			return 0, err
		}
		if n, err := res.RowsAffected(); err != nil || n > 0 {
			delete(g.told, born[id])
			return born[id], err
		}
	}
	return 0, nil
}

// addStory makes a Story for Articles that have left another.
func (g *grouping) addStory(group []int64, members []member) (int64, error) {
	i := slices.IndexFunc(members, func(m member) bool { return m.id == group[0] })
	tag, err := g.mint(members[i].entry, members[i].via)
	if err != nil {
		return 0, err
	}
	var id int64
	if err := g.row("add_story", g.now, tag).Scan(&id); err != nil {
		return 0, fmt.Errorf("add_story: %w", err)
	}
	g.last = max(g.last, id)
	return id, nil
}

// pairs returns what is known about Articles, two by two: what was compared,
// and what a person ruled.
func (g *grouping) pairs(members []member) ([]feed.Pair, error) {
	ids := make([]int64, len(members))
	for i, m := range members {
		ids[i] = m.id
	}
	var pairs []feed.Pair
	err := g.each("select_likenesses", func(r rows) error {
		var p feed.Pair
		err := r.Scan(&p.A, &p.B, &p.Score)
		pairs = append(pairs, p)
		return err
	}, numbers(ids))
	if err != nil {
		return nil, err
	}
	pairs = asTold(pairs, members)
	if !g.rulings {
		return pairs, nil
	}
	ruled, err := g.ruled(ids)
	return append(pairs, ruled...), err
}
