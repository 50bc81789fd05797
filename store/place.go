package store

import (
	"fmt"
	"time"

	"newswired/feed"
)

// insert adds an Article with its first Revision, to a Story that is there or
// to one of its own.
func (r *recorder) insert(a *feed.Article, id feed.Identity, linked []articleRow) error {
	published := millis(feed.Credible(a.Published, r.poll.Started))
	story, placed, err := r.place(a, id, linked, published)
	if err != nil {
		return err
	}
	res, err := r.exec("insert_article", r.source.id, id.Key, id.Link, feed.Digest(*a), r.seq+1, story, a.GUID, a.Link, placed, published, r.now)
	if err != nil {
		return err
	}
	article, err := res.LastInsertId()
	if err != nil {
		return err
	}
	if _, err := r.insertRevision(article, a); err != nil {
		return err
	}
	r.listed[article] = true
	r.done.New++
	if story == r.story && !r.stories[story] {
		r.fresh = append(r.fresh, r.newStory(article, a, published))
	}
	return nil
}

// newStory returns the Story of an Article just inserted, as the database has
// it.
func (r *recorder) newStory(id int64, a *feed.Article, published int64) feed.Story {
	when := time.UnixMilli(r.now).UTC()
	return feed.Story{ID: r.story, Copies: []feed.Copy{{
		Article: *a, ID: id, Story: r.story,
		Source: r.poll.Source, SourceURL: r.source.url, Outlet: r.source.outlet, Agency: r.source.agency,
		Published: time.UnixMilli(published).UTC(), FirstSeen: when, Changed: when, Revisions: 1,
	}}}
}

// place finds the Story that an Article tells, or makes one. So far only what
// is certain: the same page, listed by another Source. A link that one Source
// gives to several Articles is no page of one of them.
func (r *recorder) place(a *feed.Article, id feed.Identity, linked []articleRow, published int64) (int64, string, error) {
	if len(linked) > 0 && len(r.links[id.Link]) == 1 && feed.NamesOnePage(a.Link) && oneEach(linked, r.source.id) {
		story := linked[0].story
		r.stories[story] = true
		_, err := r.exec("update_story", story, published, 0)
		return story, fmt.Sprintf("the same page as article %d", linked[0].id), err
	}
	r.story++
	_, err := r.exec("insert_story", r.story, r.now, published)
	return r.story, "the first to tell it", err
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

// insertRevision adds a state of an Article and returns its seq. Numbers are
// counted here, within the transaction, so that the Article's row can name its
// Revision before that is there.
func (r *recorder) insertRevision(article int64, a *feed.Article) (int64, error) {
	r.seq++
	_, err := r.exec("insert_revision", r.seq, article, r.now, a.Title, feed.ReadHeadline(a.Title).Marker(), a.Summary, a.Content,
		a.Language, a.Image, jsonOrNil(a.Authors), jsonOrNil(a.Categories), jsonOrNil(a.Enclosures), origin(a), nullMillis(a.Updated))
	return r.seq, err
}

// origin returns where a Source has an Article from as JSON, nil if it does not
// say: most never do, and NULL takes no room.
func origin(a *feed.Article) any {
	if a.Origin == (feed.Origin{}) {
		return nil
	}
	return jsonOrNil([]feed.Origin{a.Origin})
}
