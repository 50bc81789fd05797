package store

import (
	"database/sql"
	"fmt"
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

// revisions returns the states of a Story's Articles, by Article.
func (t *tx) revisions(story int64) (map[int64][]Revision, error) {
	all := make(map[int64][]Revision)
	err := t.each("select_revisions", func(r rows) error {
		var v Revision
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
func (t *tx) decisions(articles []int64) ([]Decision, error) {
	var all []Decision
	err := t.each("select_decisions", func(r rows) error {
		var d Decision
		var made int64
		err := r.Scan(&d.Article, &d.Other, &d.Score, &d.Verdict, &d.Reason, &made, &d.story, &d.otherStory)
		d.Decided = at(made)
		all = append(all, d)
		return err
	}, numbers(articles))
	return all, err
}

// related returns the other Stories that Decisions on the Articles of one
// found to be like it, each once, by the pair that is most alike.
func (t *tx) related(story int64, decisions []Decision) ([]Related, error) {
	var all []Related
	place := make(map[int64]int) // of a Story in all
	score := make(map[int64]float64)
	for _, d := range decisions {
		if d.Verdict == "different" || d.story == d.otherStory {
			continue
		}
		r := Related{Story: d.otherStory, Article: d.Article, Other: d.Other, Verdict: d.Verdict, Reason: d.Reason}
		if r.Story == story {
			r.Story, r.Article, r.Other = d.story, d.Other, d.Article
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
	}
	return all, nil
}

// rulingsAbout returns what persons ruled about the pages of some Articles.
func (t *tx) rulingsAbout(articles []int64) ([]Ruled, error) {
	var all []Ruled
	err := t.each("select_rulings_about", func(r rows) error {
		var ruled Ruled
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
func (t *tx) feedVerdicts(story int64) ([]FeedVerdict, error) {
	var all []FeedVerdict
	err := t.each("select_story_verdicts", func(r rows) error {
		var v FeedVerdict
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
