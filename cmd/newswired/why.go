package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"newswired/feed"
	"newswired/store"
)

// whyCommand compares two Articles by today's words, beside what was decided when
// they came in.
func (a *app) whyCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "why URL URL",
		Short: "Tell why two articles are one story, or are not",
		Long: `Why compares two articles, given by their URLs or ids: what they have in
common by the words as they are today, what was decided when they came in, and
by which chain of articles they are in one story. It succeeds whether they are
the same report or not.`,
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.why(cmd.Context(), args[0], args[1], asJSON)
		},
	}
	jsonFlag(c, &asJSON)
	return c
}

// why prints what is known about two Articles. The references are read before
// anything is opened: what cannot be meant is told without a database.
func (a *app) why(ctx context.Context, one, other string, asJSON bool) (err error) {
	var refs [2]reference
	for i, text := range []string{one, other} {
		if refs[i], err = parseReference(text); err != nil {
			return usageError{fmt.Errorf("%q is neither the id of an article nor a URL", text), "try: newswired why -h"}
		}
	}
	_, c, err := a.config()
	if err != nil {
		return err
	}
	st, err := openStored(ctx, c)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	left, right, err := twoArticles(ctx, st, c, refs)
	if err != nil {
		return err
	}
	found, err := st.Compare(ctx, left, right)
	if err != nil {
		return err
	}
	if asJSON {
		return printComparisonJSON(a.stdout, found)
	}
	return printComparison(a.stdout, found, c.Zone)
}

// twoArticles returns the Articles that are meant. A page that two Sources list
// is two Articles: given twice, it stands for both.
func twoArticles(ctx context.Context, st *store.Store, c *config, refs [2]reference) (left, right int64, err error) {
	var all [2][]store.Place
	for i, ref := range refs {
		if all[i], err = placesOf(ctx, st, c, ref); err != nil {
			return 0, 0, err
		}
	}
	left, right = all[0][0].Article, all[1][0].Article
	if refs[0].page != "" && refs[0].page == refs[1].page && len(all[1]) > 1 {
		right = all[1][1].Article
	}
	if left == right {
		return 0, 0, usageError{fmt.Errorf("both are article %d: there is nothing to compare", left), "try: newswired why -h"}
	}
	return left, right, nil
}

// printComparison prints for people: what the two are, how like they are now
// and were then, what was ruled, and where they stand. Now and then may differ,
// for words that were rare have become common, and Articles are revised.
func printComparison(w io.Writer, found *store.Comparison, zone *time.Location) error {
	p := &printer{w: w}
	for _, c := range []*feed.Copy{&found.A, &found.B} {
		by := c.Outlet
		if from := origin(c); from != "" {
			by += ", " + from
		}
		p.line("article %d in story %d: %s\n  %s, %s  %s", c.ID, c.Story, c.Title, by, published(c, zone), c.Link)
	}
	p.line("\nNOW")
	printNow(p, found.Now)
	p.line("\nTHEN")
	if d := found.Then; d != nil {
		p.line("  %s: %s, score %.1f: %s", d.Decided.In(zone).Format(minute), d.Verdict, d.Score, d.Reason)
	} else {
		p.line("  nothing was noted: they have too little in common, or are too far apart in time")
	}
	printRulings(p, found.Rulings, zone)
	p.line("\nSTORY")
	printChain(p, found)
	return p.err
}

// printNow tells how like the two are by today's words.
func printNow(p *printer, now feed.Likeness) {
	switch {
	case now.Same:
		p.line("  the same report, score %.1f", now.Score)
	case now.Related:
		p.line("  about the same event, but not the same report, score %.1f", now.Score)
	default:
		p.line("  different reports, score %.1f", now.Score)
	}
	if now.Guard != "" {
		p.line("  kept apart in spite of likeness: %s", now.Guard)
	}
	if !strings.Contains(now.Reason(), now.Evidence.String()) { // which the lines below say better
		p.line("  %s", now.Reason())
	}
	for _, line := range evidence(now.Evidence) {
		p.line("  - %s", line)
	}
}

// printChain tells whether the two are in one Story, and how they hang
// together.
func printChain(p *printer, found *store.Comparison) {
	if found.A.Story != found.B.Story {
		p.line("  no: story %d and story %d", found.A.Story, found.B.Story)
		return
	}
	p.line("  yes: story %d", found.A.Story)
	if len(found.Chain) == 0 { // a Revision changed its words, or a ruling was taken back
		p.line("  no chain of likenesses links them any longer")
	}
	here := found.A.ID // each step is told in the direction of the walk
	for _, d := range found.Chain {
		next := d.Article
		if next == here {
			next = d.Other
		}
		p.line("  article %d -> article %d: %s", here, next, d.Reason)
		here = next
	}
}

// printComparisonJSON prints for scripts all that people are told. The verdict
// is that of now, in the words of the view decisions.
func printComparisonJSON(w io.Writer, found *store.Comparison) error {
	now := found.Now
	verdict := "different"
	switch {
	case now.Same:
		verdict = "same"
	case now.Related:
		verdict = "related"
	}
	return printJSON(w, struct {
		Articles [2]shownArticle `json:"articles"`
		Story    bool            `json:"one_story"`
		Verdict  string          `json:"verdict"` // now: same, related or different
		Score    float64         `json:"score"`
		Guard    string          `json:"guard,omitempty"`
		Reason   string          `json:"reason"`
		Evidence []string        `json:"evidence"`
		Then     *feed.Decision  `json:"then"` // null: nothing was noted
		Chain    []feed.Decision `json:"chain"`
		Rulings  []feed.Ruled    `json:"rulings"`
	}{
		[2]shownArticle{articleJSON(&found.A), articleJSON(&found.B)}, found.A.Story == found.B.Story,
		verdict, now.Score, now.Guard, now.Reason(), evidence(now.Evidence), found.Then, list(found.Chain), list(found.Rulings),
	})
}
