package store

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"newswired/feed"
)

// byFormerName returns the Article that its Source had under another GUID, or
// under a shorter name that now is another's as well.
func (r *recorder) byFormerName(a *feed.Article, linked []articleRow) (articleRow, bool, error) {
	var best articleRow
	surest := 0
	for _, row := range linked {
		if row.source != r.source.id || r.document[row.key] || r.listed[row.id] {
			continue
		}
		before, err := r.words(row)
		if err != nil {
			return articleRow{}, false, err
		}
		sure := feed.SameDespiteGUID(before, *a)
		if _, listed := r.pages[pageOf(row.link, &before)]; listed && sure < 3 {
			continue // another Article of this Document is that one
		}
		if sure > surest {
			best, surest = row, sure
		}
	}
	if surest > 0 {
		return best, true, nil
	}
	return r.bySameWords(a)
}

// bySameWords returns the Article of the Source's last Document that is missing
// in this one and says the same under the same date: both its GUID and its
// link were changed. Without a date, there must be more words than a headline.
func (r *recorder) bySameWords(a *feed.Article) (articleRow, bool, error) {
	if a.Published.IsZero() && a.Summary == "" {
		return articleRow{}, false, nil
	}
	title := feed.TitleKey(a.Title)
	missing, err := r.missing(a.Published)
	if err != nil {
		return articleRow{}, false, err
	}
	for _, row := range missing[title] {
		if r.listed[row.id] {
			continue
		}
		before, err := r.words(row)
		if err != nil {
			return articleRow{}, false, err
		}
		if feed.SameWords(before, *a) {
			return row, true, nil
		}
	}
	return articleRow{}, false, nil
}

// reusedNames returns the names that had another Article in the Source's last
// Document, as some number the places of their list: what had the name stands in
// this Document under another, or what has it now stood in the last one under
// another. Link and headline tell; one that merely has others was edited.
func (r *recorder) reusedNames(d *feed.Document, ids []feed.Identity) ([]int64, error) {
	pages := make(map[page]int64, len(ids)) // of this Document, by the names that they have so far
	former := make(map[int64]articleRow)    // of the last one, by link
	var moved []int
	for i, id := range ids {
		pages[pageOf(id.Link, &d.Articles[i])] = id.Key
		if row, ok := r.standing[id.Key]; ok && row.link != id.Link && row.link != 0 && id.Link != 0 && d.Articles[i].Relayed == nil {
			moved = append(moved, i)
		}
	}
	if len(moved) == 0 {
		return nil, nil
	}
	for _, row := range r.standing {
		if other, ok := former[row.link]; !ok || row.id < other.id {
			former[row.link] = row
		}
	}
	var all []int64
	for _, i := range moved {
		row := r.standing[ids[i].Key]
		before, err := r.words(row)
		if err != nil {
			return nil, err
		}
		key, stands := pages[pageOf(row.link, &before)]
		reused := stands && key != row.key
		if other, ok := former[ids[i].Link]; ok && !reused {
			if before, err = r.words(other); err != nil {
				return nil, err
			}
			reused = feed.Normal(before.Title) == feed.Normal(d.Articles[i].Title)
		}
		if reused {
			all = append(all, row.key)
		}
	}
	return all, nil
}

// missing returns the Articles of the Source's last Document whose names are not
// in this one and that have a date, or all if it is zero, by the keys of their
// headlines, in the order in which they came. Each is read once, however many
// Articles are new: where all are, all would be compared with all.
func (r *recorder) missing(published time.Time) (map[int64][]articleRow, error) {
	if r.undated == nil {
		r.dated, r.absent = make(map[int64][]articleRow), make(map[int64]map[int64][]articleRow)
		r.undated = make([]articleRow, 0, len(r.standing))
		for key, row := range r.standing {
			if !r.document[key] && row.source == r.source.id {
				r.undated = append(r.undated, row)
			}
		}
		slices.SortFunc(r.undated, func(a, b articleRow) int { return cmp.Compare(a.id, b.id) })
		for _, row := range r.undated {
			r.dated[row.published] = append(r.dated[row.published], row)
		}
	}
	date, rows := int64(0), r.undated // no Article has that date
	if !published.IsZero() {
		date = millis(published)
		rows = r.dated[date]
	}
	if found, ok := r.absent[date]; ok || len(rows) == 0 {
		return found, nil
	}
	found := make(map[int64][]articleRow, len(rows))
	for _, row := range rows {
		before, err := r.words(row)
		if err != nil {
			return nil, err
		}
		title := feed.TitleKey(before.Title)
		found[title] = append(found[title], row)
	}
	r.absent[date] = found
	return found, nil
}

// words returns the words of an Article's newest Revision, its GUID and date.
func (r *recorder) words(row articleRow) (feed.Article, error) {
	a := feed.Article{Published: at(row.published)}
	if err := r.row("select_revision_words", row.seq).Scan(&a.Title, &a.Summary, &a.Content, &a.GUID); err != nil {
		return a, fmt.Errorf("select_revision_words: %w", err)
	}
	return a, nil
}
