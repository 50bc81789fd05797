package store

import (
	"database/sql"
	"fmt"

	"newswired/feed"
)

// This file reads the rows of which an Account and a Comparison are made, a
// method for each statement. They run in a transaction that reads.

// placed returns why each Article of a Story is in it.
func (t *tx) placed(story int64) (map[int64]string, error) {
	all := make(map[int64]string)
	err := t.each("select_placed", func(r rows) error {
		var id int64
		var reason string
		err := r.Scan(&id, &reason)
		all[id] = reason
		return err
	}, story)
	return all, err
}

// pages returns what became of the pages of a Story's Articles, by Article.
func (t *tx) pages(story int64) (map[int64]feed.PageStatus, error) {
	all := make(map[int64]feed.PageStatus)
	err := t.each("select_story_pages", func(r rows) error {
		var p feed.PageStatus
		var id int64
		var asked, due, fetched sql.NullInt64
		err := r.Scan(&id, &p.URL, &p.State, &asked, &due, &fetched, &p.Failures, &p.Kind, &p.LastError, &p.Letters)
		p.Asked, p.Next, p.Fetched = moment(asked), moment(due), moment(fetched)
		all[id] = p
		return err
	}, story)
	return all, err
}

// revisions returns the states of a Story's Articles, by Article.
func (t *tx) revisions(story int64) (map[int64][]feed.Revision, error) {
	all := make(map[int64][]feed.Revision)
	err := t.each("select_revisions", func(r rows) error {
		var v feed.Revision
		var article, seen int64
		err := r.Scan(&article, &v.Seq, &seen, &v.Title, &v.Marker, &v.Credit, &v.Summary, &v.Content)
		v.Seen = at(seen)
		all[article] = append(all[article], v)
		return err
	}, story)
	return all, err
}

// decisions returns what was found out about some Articles, with each other and
// with others.
func (t *tx) decisions(articles []int64) ([]feed.Decision, error) {
	var all []feed.Decision
	err := t.each("select_decisions", func(r rows) error {
		var d feed.Decision
		var made int64
		err := r.Scan(&d.Article, &d.Other, &d.Score, &d.Verdict, &d.Reason, &made, &d.Story, &d.OtherStory)
		d.Decided = at(made)
		all = append(all, d)
		return err
	}, numbers(articles))
	return all, err
}

// related returns the other Stories that Decisions on the Articles of one
// found to be like it, each once, by the pair that is most alike, with the Feeds
// that have it.
func (t *tx) related(story int64, decisions []feed.Decision) ([]feed.Related, error) {
	var all []feed.Related
	place := make(map[int64]int) // of a Story in all
	score := make(map[int64]float64)
	for _, d := range decisions {
		if d.Verdict == "different" || d.Story == d.OtherStory {
			continue
		}
		r := feed.Related{Story: d.OtherStory, Article: d.Article, Other: d.Other, Verdict: d.Verdict, Reason: d.Reason}
		if r.Story == story {
			r.Story, r.Article, r.Other = d.Story, d.Other, d.Article
		}
		i, known := place[r.Story]
		switch {
		case !known:
			place[r.Story], score[r.Story] = len(all), d.Score
			all = append(all, r)
		case d.Score > score[r.Story]:
			all[i], score[r.Story] = r, d.Score
		}
	}
	for i := range all {
		if err := t.row("select_story_title", all[i].Story).Scan(&all[i].Title); err != nil {
			return nil, fmt.Errorf("select_story_title: %w", err)
		}
		verdicts, err := t.feedVerdicts(all[i].Story)
		if err != nil {
			return nil, err
		}
		all[i].Feeds = []string{}
		for _, v := range verdicts {
			if v.Passes {
				all[i].Feeds = append(all[i].Feeds, v.Feed)
			}
		}
	}
	return all, nil
}

// rulingsAbout returns what persons ruled about the pages of some Articles.
func (t *tx) rulingsAbout(articles []int64) ([]feed.Ruled, error) {
	var all []feed.Ruled
	err := t.each("select_rulings_about", func(r rows) error {
		var ruled feed.Ruled
		var made int64
		err := r.Scan(&ruled.URL, &ruled.Other, &ruled.Same, &ruled.Configured, &made)
		ruled.Made = at(made)
		all = append(all, ruled)
		return err
	}, numbers(articles))
	return all, err
}

// feedVerdicts returns what each configured Feed says to a Story. A Feed that
// has not judged it yet has no row, and its columns are NULL.
func (t *tx) feedVerdicts(story int64) ([]feed.FeedVerdict, error) {
	var all []feed.FeedVerdict
	err := t.each("select_story_verdicts", func(r rows) error {
		var v feed.FeedVerdict
		var passes sql.NullBool
		var reason sql.NullString
		var entered sql.NullInt64
		err := r.Scan(&v.Feed, &passes, &reason, &entered)
		v.Judged, v.Passes, v.Reason, v.Entered = passes.Valid, passes.Bool, reason.String, moment(entered)
		all = append(all, v)
		return err
	}, story)
	return all, err
}
