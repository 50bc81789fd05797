package store

import (
	"cmp"
	"fmt"

	"newswired/feed"
)

// revise adds a Revision, and returns its number and what came before it.
func (r *recorder) revise(before feed.Article, a *feed.Article, row articleRow) (int64, feed.History, error) {
	r.done.Revised++
	h, err := r.history(a, row)
	if err != nil {
		return 0, h, err
	}
	seq, err := r.insertRevision(row.id, a, nil)
	if err != nil {
		return 0, h, err
	}
	if feed.News(before, *a) && !r.filled && h.Tells(at(r.now)) {
		r.news[row.id] = true
		_, err = r.exec("update_story", row.story, r.now)
	}
	return seq, h, err
}

// history returns what is known of an Article's states when one more comes.
func (r *recorder) history(a *feed.Article, row articleRow) (h feed.History, err error) {
	var first, newest, told int64
	err = r.row("select_history", row.id, a.Title, a.Summary, a.Content).Scan(&h.Number, &first, &newest, &told, &h.Same)
	if err != nil {
		return h, fmt.Errorf("select_history: %w", err)
	}
	h.First, h.Newest, h.Told = at(first), at(newest), at(told)
	return h, nil
}

// dropRevision removes a former state of an Article that changes without end.
func (r *recorder) dropRevision(article, seq int64) error {
	return r.changeWords(article, func() error {
		_, err := r.exec("delete_revision", seq)
		return err
	})
}

// insertRevision adds a state of an Article and returns its seq. Numbers are
// counted here, within the transaction, so that the Article's row can name its
// Revision before that is there. What was read of the Article may be given.
func (r *recorder) insertRevision(article int64, a *feed.Article, p *feed.Print) (int64, error) {
	r.seq++
	headline, credit := feed.Headline{}, ""
	if p != nil {
		bearer, err := r.bearer(a)
		if err != nil {
			return 0, err
		}
		headline, credit = p.Headline, cmp.Or(p.Credit, feed.AgencyOf(bearer.outlet))
	} else {
		headline, credit = feed.ReadHeadline(a.Title), r.creditOf(a)
	}
	_, err := r.exec("insert_revision", r.seq, article, r.now, a.Title, headline.Marker(), string(headline.Kind()), credit, a.Summary, a.Content,
		a.Language, a.Image, jsonOrNil(a.Authors), jsonOrNil(a.Categories), jsonOrNil(a.Enclosures), origin(a), nullMillis(a.Updated))
	return r.seq, err
}

// creditOf returns the agency that an Article names as its origin, or to which
// its outlet belongs: an agency's broadcaster is no origin of its own.
func (r *recorder) creditOf(a *feed.Article) string {
	if a.Relayed != nil {
		return a.Relayed.Credit // by all its words, which may not have come
	}
	return cmp.Or(feed.ReadCredit(a).Agency, feed.AgencyOf(r.source.outlet))
}

// origin returns where a Source has an Article from as JSON, nil if it does not
// say: most never do, and NULL takes no room.
func origin(a *feed.Article) any {
	if a.Origin == (feed.Origin{}) {
		return nil
	}
	return jsonOrNil([]feed.Origin{a.Origin})
}
