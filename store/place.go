package store

import (
	"fmt"
	"time"

	"newswired/feed"
)

// insert adds an Article with its first Revision, to a Story that is there or
// to one of its own.
func (r *recorder) insert(a *feed.Article, id feed.Identity, linked []articleRow) error {
	if err := r.followOnce(); err != nil {
		return err
	}
	published := millis(feed.Credible(a.Published, r.poll.Started))
	from, err := r.bearer(a)
	if err != nil {
		return err
	}
	p := r.store.words.print(a, from.agency)
	p.Source, p.Published, p.Undated = from.id, at(published), published == r.now
	if a.Relayed != nil {
		p.Credit = a.Relayed.Credit
	}
	hits, err := r.find(a, p, id, linked)
	if err != nil {
		return err
	}
	story, placed := int64(0), ""
	if best := bestOf(hits); best != nil {
		story, placed = best.story, fmt.Sprintf("like article %d: %s", best.Article, best.reason())
	}
	fresh := story == 0
	if fresh {
		if story, err = r.beginStory(a); err != nil {
			return err
		}
	}
	res, err := r.exec("insert_article", from.id, id.Key, id.Link, feed.Digest(*a), r.seq+1, story, a.GUID, a.Link, placed, published, r.now,
		r.source.id, nullText(entryOf(a)), nullText(pathOf(a)), r.brief)
	if err != nil {
		return err
	}
	if p.Article, err = res.LastInsertId(); err != nil {
		return err
	}
	r.inserted[id.Key] = true
	if !p.Undated || r.source.known { // what a first Document lists without a date tells nothing of when it was published
		r.rhythm[published/hourMillis]++
	}
	if err := r.finishInsert(a, p, hits, published); err != nil {
		return err
	}
	if fresh {
		r.fresh = append(r.fresh, r.newStory(from, story, p, a, published))
		return nil
	}
	return r.join(story, hits)
}

// beginStory adds the Story of an Article that is the first to tell it.
func (r *recorder) beginStory(a *feed.Article) (int64, error) {
	r.story++
	tag, err := r.mint(entryOf(a), r.source.id)
	if err != nil {
		return 0, err
	}
	_, err = r.exec("insert_story", r.story, r.now, tag)
	return r.story, err
}

// finishInsert writes what belongs to an Article just inserted: its first Revision,
// its page, its words, and what was found out about it.
func (r *recorder) finishInsert(a *feed.Article, p *feed.Print, hits []hit, published int64) error {
	seq, err := r.insertRevision(p.Article, a, p)
	if err != nil {
		return err
	}
	if err := r.wantPage(p.Article, seq, a.Link, published); err != nil {
		return err
	}
	r.listed[p.Article] = true
	r.done.New++
	if err := r.remember(p); err != nil {
		return err
	}
	return r.keep(p, hits, r.poll.Started)
}

// followOnce brings the index up to date before the first Article that is placed:
// most polls place none.
func (r *recorder) followOnce() error {
	if r.followed {
		return nil
	}
	r.followed = true
	return r.follow(&r.store.words)
}

// newStory returns the Story of an Article just inserted, as the database has
// it.
func (r *recorder) newStory(from sourceRow, story int64, p *feed.Print, a *feed.Article, published int64) feed.Story {
	when := time.UnixMilli(r.now).UTC()
	return feed.Story{ID: story, Copies: []feed.Copy{{
		Article: *a, ID: p.Article, Story: story, Credit: p.Credit,
		Source: from.name, SourceURL: from.url, Outlet: from.outlet, Agency: from.agency,
		Published: time.UnixMilli(published).UTC(), FirstSeen: when, Changed: when, Revisions: 1,
	}}}
}

// remember keeps an Article for the next that is compared with it, and counts
// its words.
func (r *recorder) remember(p *feed.Print) error {
	w := &r.store.words
	if r.brief {
		return nil // what its newswired tells it with is found
	}
	w.prints.put(p)
	w.counts.Add(p.Fingerprint)
	w.added++
	w.counted++
	return r.addSketch(p)
}

// find returns the Articles that are like one: the same page at another Source,
// what a person ruled to be the same, what has the same words, and what its newswired
// tells it with.
func (r *recorder) find(a *feed.Article, p *feed.Print, id feed.Identity, linked []articleRow) ([]hit, error) {
	var hits []hit
	if !r.brief { // a headline alone is no evidence
		var err error
		if hits, err = r.match(p, &r.store.words); err != nil {
			return nil, err
		}
	}
	certain, err := r.ruledWith(p.Article, id.Link)
	if err != nil {
		return nil, err
	}
	if len(linked) > 0 && r.links[id.Link] == 1 && feed.NamesOnePage(p.Link) && oneEach(linked, p.Source) {
		for _, row := range linked {
			certain = append(certain, hit{Print: &feed.Print{Article: row.id}, story: row.story, likeness: feed.SamePage})
		}
	}
	for _, c := range certain {
		at := -1
		for i := range hits {
			if hits[i].Article == c.Article {
				at = i
			}
		}
		switch {
		case at >= 0 && c.ruled:
			hits[at].ruled, hits[at].story = true, c.story // what was found stays, for a ruling may be taken back
		case at >= 0:
			hits[at].likeness, hits[at].story = c.likeness, c.story
		default:
			hits = append(hits, c)
		}
	}
	return r.findTold(a, hits)
}

// ruledWith returns the Articles that a person ruled to tell the report of a
// page.
func (r *recorder) ruledWith(article, link int64) ([]hit, error) {
	if link == 0 || !r.rulings {
		return nil, nil
	}
	var hits []hit
	err := r.each("select_ruled_with", func(rows rows) error {
		var h hit
		h.Print, h.ruled = &feed.Print{}, true
		err := rows.Scan(&h.Article, &h.story)
		if h.Article != article {
			hits = append(hits, h)
		}
		return err
	}, link)
	return hits, err
}

// bestOf returns the hit that is surest to tell the same report, nil if none
// does.
func bestOf(hits []hit) *hit {
	var best *hit
	for i := range hits {
		h := &hits[i]
		if h.same() && (best == nil || h.score() > best.score()) {
			best = h
		}
	}
	return best
}

// oneEach reports whether every Source has at most one of the Articles, and
// this one none.
func oneEach(linked []articleRow, source int64) bool {
	seen := map[int64]bool{source: true}
	for _, a := range linked {
		if seen[a.source] {
			return false
		}
		seen[a.source] = true
	}
	return true
}

// join divides the Stories anew that an Article and those like it tell.
func (r *recorder) join(story int64, hits []hit) error {
	stories := map[int64]bool{story: true}
	for _, h := range hits {
		if h.same() {
			stories[h.story] = true
		}
	}
	r.stories[story] = true
	g := &grouping{bench: r.bench, changed: r.stories, told: r.told, last: r.story, rulings: r.rulings, most: largest + 1}
	err := g.regroup(stories)
	r.story = g.last
	return err
}
