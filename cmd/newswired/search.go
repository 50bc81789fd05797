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
)

// searchCommand puts its arguments together again as they were typed, less the
// quotes that the shell has taken: a phrase needs two kinds around it.
func (a *app) searchCommand() *cobra.Command {
	var o searchOptions
	c := &cobra.Command{
		Use:   "search WORDS",
		Short: "Find stories by the words of their articles",
		Long: `Search finds the stories of which an article has all the words, in its headline
or text, and lists those first that have them in the headline, newer before older.
English words are found in their inflections, Korean, Chinese and Japanese ones
within longer ones, too.

  "cruise missile"      a phrase
  ferr*                 a word that begins so
  -weather              none with this word; after a word or -- to be no flag
  source:yonhap         of this source; several: of any of them
  since:2026-03-01      published on that day or later; until: on that or before`,
		Example: `  newswired search 금리 인상
  newswired search '"cruise missile" -test since:2026-03-01'`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.search(cmd.Context(), strings.Join(args, " "), o)
		},
	}
	c.Flags().IntVar(&o.limit, "limit", 20, "how many stories to list")
	jsonFlag(c, &o.asJSON)
	c.Flags().BoolVar(&o.asSQL, "sql", false, "print the question in SQL, for the view search, and ask nothing")
	c.MarkFlagsMutuallyExclusive("json", "sql")
	return c
}

// searchOptions say how the answer is given.
type searchOptions struct {
	limit         int
	asJSON, asSQL bool
}

// search finds stored Stories.
func (a *app) search(ctx context.Context, question string, o searchOptions) (err error) {
	_, c, err := a.config()
	if err != nil {
		return err
	}
	q, err := feed.ReadSearch(question, c.Zone)
	if err != nil {
		return usageError{err, "try: newswired search -h"}
	}
	if o.limit < 1 {
		return usageError{fmt.Errorf("--limit %d: a number from 1 on is expected", o.limit), "try: newswired search -h"}
	}
	// A mistyped source would find nothing without a word.
	if _, err := choose(c.Sources, q.Sources); err != nil {
		return err
	}
	if o.asSQL {
		_, err := fmt.Fprintln(a.stdout, searchSQL(q, o.limit))
		return err
	}
	st, err := openStored(ctx, c)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	found, more, err := st.Search(ctx, q, time.Now(), o.limit)
	if err != nil {
		return err
	}
	if o.asJSON {
		return printJSON(a.stdout, foundJSON(found, q))
	}
	return printFound(a.stdout, found, more, q, c.Zone)
}

// searchSQL returns a question to the view search. It lists articles, what came
// last first.
func searchSQL(q feed.Search, limit int) string {
	quote := func(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }
	b := "SELECT published, source, title, link FROM search\nWHERE words MATCH " + quote(q.Match)
	if len(q.Sources) > 0 {
		names := make([]string, len(q.Sources))
		for i, name := range q.Sources {
			names[i] = quote(name)
		}
		b += "\n  AND source IN (" + strings.Join(names, ", ") + ")"
	}
	if !q.Since.IsZero() {
		b += "\n  AND published >= " + quote(q.Since.UTC().Format(time.RFC3339))
	}
	if !q.Until.IsZero() {
		b += "\n  AND published < " + quote(q.Until.UTC().Format(time.RFC3339))
	}
	return fmt.Sprintf("%s\nORDER BY seq DESC LIMIT %d;", b, limit)
}

// A foundStory is a Story that was found, as JSON has it.
type foundStory struct {
	ID        int64     `json:"story_id"`
	Article   int64     `json:"article_id"` // that fits best
	Title     string    `json:"title"`
	Link      string    `json:"link"`
	Published time.Time `json:"published"`
	Outlets   []string  `json:"outlets"` // of the story
	Excerpt   string    `json:"excerpt"`
}

// excerptWidth is how many characters of a text are shown.
const excerptWidth = 160

// foundJSON returns for scripts what was found, marked in brackets like for people.
func foundJSON(found []feed.Found, q feed.Search) []foundStory {
	all := make([]foundStory, len(found))
	for i, f := range found {
		c := &f.Copies[f.Shown]
		all[i] = foundStory{f.ID, c.ID, c.Title, c.Link, c.Published, f.Outlets(),
			feed.Excerpt(c.Text(), q.Words, excerptWidth, "[", "]")}
	}
	return all
}

// printFound prints for people: the words that were asked for stand in brackets.
func printFound(w io.Writer, found []feed.Found, more bool, q feed.Search, zone *time.Location) error {
	p := &printer{w: w}
	for _, f := range found {
		c := &f.Copies[f.Shown]
		p.line("%s  story %d  %s", c.Published.In(zone).Format(minute), f.ID, feed.Excerpt(c.Title, q.Words, excerptWidth, "[", "]"))
		p.line("    %s", strings.Join(f.Outlets(), ", "))
		if text := feed.Excerpt(c.Text(), q.Words, excerptWidth, "[", "]"); text != "" {
			p.line("    %s", text)
		}
		if c.Link != "" {
			p.line("    %s", c.Link)
		}
	}
	switch {
	case len(found) == 0:
		p.line("no story has these words")
	case more:
		p.line("There may be more: ask for other words or days, or a higher --limit.")
	}
	return p.err
}
