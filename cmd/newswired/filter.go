package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/text/width"

	"newswired/feed"
	"newswired/feed/filter"
)

// A trial is how a rule is tried on what is stored.
type trial struct {
	feed, expression string // "": none; one of them at least is given
	since            string // how long ago, as typed
	limit            int    // of each kind of verdict; 0: all are shown
	asJSON           bool
}

// filterCommand tries a rule on what is stored, before it stands in the
// configuration and every Story is judged by it.
func (a *app) filterCommand() *cobra.Command {
	var t trial
	c := &cobra.Command{
		Use:   "filter [EXPRESSION]",
		Short: "Try a filter on the stored stories: what passes, what does not, and why",
		Long: `Filter judges the stories that are stored by an expression, by the rule of a
feed as the configuration has it now (-f), or by that rule with another filter
(both). It tells which pass, which don't, and by which part of the rule, and
changes nothing: settle and max_per_hour, which only delay, are left aside.`,
		Example: `  newswired filter 'mentions("North Korea", "북한") and not title("weather")'
  newswired filter -f north-korea --since 7d --limit 0`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			t.expression = strings.Join(args, "")
			if t.feed == "" && len(args) == 0 {
				return usageError{errors.New("neither an expression nor a feed"), "try: newswired filter -h"}
			}
			return a.filter(cmd.Context(), t)
		},
	}
	c.Flags().StringVarP(&t.feed, "feed", "f", "", "judge by the rule of this `feed`")
	c.Flags().StringVar(&t.since, "since", "2d", "how long ago the oldest story was first seen")
	c.Flags().IntVar(&t.limit, "limit", 20, "how many stories to show that pass, and that don't; 0: all")
	jsonFlag(c, &t.asJSON)
	return c
}

// filter tries a rule.
func (a *app) filter(ctx context.Context, t trial) (err error) {
	since, err := parseDuration(t.since)
	if err != nil || since <= 0 || t.limit < 0 {
		return usageError{fmt.Errorf("--since %s --limit %d: a duration such as 12h or 7d, and a number, are expected", t.since, t.limit), "try: newswired filter -h"}
	}
	// Before the configuration is read, for a mistake here is no matter of that.
	compiled, err := filter.Compile(t.expression)
	if err != nil {
		return usageError{err, pointAt(t.expression, err)}
	}
	_, c, err := a.config()
	if err != nil {
		return err
	}
	f, err := c.tried(t.feed)
	if err != nil {
		return err
	}
	if t.expression != "" {
		f.Filter = compiled
	}
	st, err := openStored(ctx, c)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	rule := f.rule()
	out := outcomeOfTrial{Rule: rule.String(), Since: time.Now().Add(-since).UTC().Truncate(time.Millisecond)}
	err = st.Stories(ctx, out.Since, func(s *feed.Story) error {
		out.add(s, feed.Shown(s, f.Prefer), rule.Judge(filter.Prepare(s)), t.limit)
		return nil
	})
	switch {
	case err != nil:
		return err
	case t.asJSON:
		out.Reasons, out.Stories = out.tallies(), list(out.Stories)
		return printJSON(a.stdout, out)
	}
	return out.print(a.stdout, t, c.Zone)
}

// tried returns the Feed of a name, a Feed that takes everything if it is "".
func (c *config) tried(name string) (feedConfig, error) {
	var names []string
	for _, f := range c.Feeds {
		if f.Name == name {
			return f, nil
		}
		names = append(names, f.Name)
	}
	if name == "" {
		return feedConfig{}, nil
	}
	hint := "there are " + someOf(names)
	if near := filter.Nearest(name, names); near != "" {
		hint = fmt.Sprintf("did you mean %q?", near)
	}
	return feedConfig{}, usageError{fmt.Errorf("no such feed: %s", name), hint}
}

// pointAt returns the line of an expression where a mistake is, and under it a
// sign at the place.
func pointAt(expression string, err error) string {
	var mistake *filter.Error
	lines := strings.Split(expression, "\n")
	if !errors.As(err, &mistake) || mistake.Line > len(lines) {
		return "try: newswired filter -h"
	}
	line, columns := lines[mistake.Line-1], 0
	for i, c := range []rune(line) {
		if i >= mistake.Column-1 {
			break
		}
		columns++
		if kind := width.LookupRune(c).Kind(); kind == width.EastAsianWide || kind == width.EastAsianFullwidth {
			columns++
		}
	}
	return "  " + line + "\n  " + strings.Repeat(" ", columns) + "^"
}

// An outcomeOfTrial is what a rule says to the stored Stories, and what of it is
// shown.
type outcomeOfTrial struct {
	Rule    string       `json:"rule"`
	Since   time.Time    `json:"since"`
	Judged  int          `json:"judged"`
	Passing int          `json:"passing"`
	Reasons []tally      `json:"reasons"` // of all that were judged, the most frequent first
	Stories []triedStory `json:"stories"` // the newest, up to the limit of each kind

	shown  [2]int // how many that don't pass and that do
	counts map[feed.Verdict]int
}

// A tally says how many Stories a reason decided.
type tally struct {
	Passes  bool   `json:"passes"`
	Reason  string `json:"reason"`
	Stories int    `json:"stories"`
}

// A triedStory is what a rule says to one Story.
type triedStory struct {
	ID        int64     `json:"story_id"`
	Title     string    `json:"title"` // of the copy that the feed shows
	Published time.Time `json:"published"`
	Outlets   []string  `json:"outlets"`
	Passes    bool      `json:"passes"`
	Reason    string    `json:"reason"`
}

// add notes a verdict. Counts are of the whole window, whatever is shown.
func (o *outcomeOfTrial) add(s *feed.Story, shown int, v feed.Verdict, limit int) {
	kind := 0
	if v.Passes {
		kind = 1
		o.Passing++
	}
	o.Judged++
	if o.counts == nil {
		o.counts = make(map[feed.Verdict]int)
	}
	o.counts[v]++
	if limit == 0 || o.shown[kind] < limit {
		o.shown[kind]++
		o.Stories = append(o.Stories, triedStory{s.ID, s.Copies[shown].Title, s.Published(), s.Outlets(), v.Passes, v.Reason})
	}
}

// tallies returns the reasons, the most frequent first.
func (o *outcomeOfTrial) tallies() []tally {
	all := []tally{}
	for v, n := range o.counts {
		all = append(all, tally{v.Passes, v.Reason, n})
	}
	slices.SortFunc(all, func(a, b tally) int { return cmp.Or(b.Stories-a.Stories, cmp.Compare(a.Reason, b.Reason)) })
	return all
}

// print prints for people.
func (o *outcomeOfTrial) print(w io.Writer, t trial, zone *time.Location) error {
	p := &printer{w: w}
	if o.Judged == 0 {
		p.line("no story was first seen in the last %s; look farther back with --since", t.since)
		return p.err
	}
	for line := range strings.SplitSeq(cmp.Or(o.Rule, "no rule: everything passes"), "\n") {
		p.line("%s", line)
	}
	p.line("%d of %s first seen in the last %s pass", o.Passing, feed.Counted(o.Judged, "story"), t.since)
	o.printKind(p, true, "PASSES", zone)
	o.printKind(p, false, "DOES NOT PASS", zone)
	return p.err
}

// printKind prints the reasons of one kind of verdict, counted, and the Stories.
func (o *outcomeOfTrial) printKind(p *printer, passes bool, title string, zone *time.Location) {
	const most = 10
	n := 0
	for _, r := range o.tallies() {
		if r.Passes != passes {
			continue
		}
		if n++; n == 1 {
			p.line("\n%s", title)
		}
		if n <= most {
			p.line("  %6d  %s", r.Stories, r.Reason)
		}
	}
	if n > most {
		p.line("          and %d more reasons", n-most)
	}
	for _, s := range o.Stories {
		if s.Passes == passes {
			p.line("  %s  story %d  %s\n      %s", s.Published.In(zone).Format(minute), s.ID, oneLine(s.Title), s.Reason)
		}
	}
}
