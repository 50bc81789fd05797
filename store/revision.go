package store

import (
	"cmp"

	"newswired/feed"
)

// revise adds a Revision and returns its number.
func (r *recorder) revise(before feed.Article, a *feed.Article, row articleRow) (int64, error) {
	r.done.Revised++
	seq, err := r.insertRevision(row.id, a, nil)
	if err != nil {
		return 0, err
	}
	if feed.News(before, *a) && !r.filled {
		r.news[row.id] = true
		_, err = r.exec("update_story", row.story, r.now)
	}
	return seq, err
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
