package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"newswired/feed"
)

// statusCommand tells what the database knows, and asks the daemon only whether it
// polls and stores.
func (a *app) statusCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "status [SOURCE...]",
		Short: "Show how the sources are, the daemon, the database, and whom our hub tells",
		Long: `Status shows how each source is, what needs a person first, in the words of the
page /status: its state, how much it brings and how often it is polled and why,
what 304 (Not Modified) spared, and warnings of the last 7 days. Then it shows
whether the daemon runs and can store, how the database is, and whom our hub tells.
Of the sources named it shows all that is known, addresses and the last polls
included.`,
		RunE: func(cmd *cobra.Command, args []string) error { return a.status(cmd.Context(), args, asJSON) },
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return a.sourceNames(), cobra.ShellCompDirectiveNoFileComp
		},
	}
	jsonFlag(c, &asJSON)
	return c
}

// A report is what status prints.
type report struct {
	feed.Health
	feed.Self
	daemon      daemonStatus
	subscribers []feed.SubscriberStatus
	now         time.Time
	zone        *time.Location
}

// status prints what the database knows of the Sources. A file of an older
// version is brought up to date first.
func (a *app) status(ctx context.Context, names []string, asJSON bool) (err error) {
	_, c, err := a.config()
	if err != nil {
		return err
	}
	if _, err := choose(c.Sources, names); err != nil {
		return err
	}
	st, err := openStored(ctx, c)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	r := report{now: time.Now(), zone: c.Zone}
	if r.Health, err = st.Health(ctx, r.now); err != nil {
		return err
	}
	for i := range r.Sources {
		r.Sources[i].NextFetch, r.Sources[i].NextReason = nextPoll(c, r.Sources[i], r.now)
	}
	if len(names) > 0 {
		return a.statusOf(ctx, st, &r, names, asJSON)
	}
	if r.Self, err = examineSelf(ctx, st, c.Database, r.now); err != nil {
		return err
	}
	if r.subscribers, err = st.Subscribers(ctx, r.now); err != nil {
		return err
	}
	r.daemon = askDaemon(ctx, c)
	if asJSON {
		return a.printStatusJSON(&r)
	}
	if err := a.printStatus(&r); err != nil || len(r.subscribers) == 0 {
		return err
	}
	return printSubscribers(a, r.subscribers)
}

// nextPoll returns when a daemon with this configuration polls a Source next,
// and what decided that.
func nextPoll(c *config, s feed.SourceStatus, now time.Time) (time.Time, feed.Reason) {
	if s.State == "stopped" || s.NextFetch.After(now) {
		return s.NextFetch, s.NextReason
	}
	for _, src := range c.Sources {
		if src.Name == s.Name {
			return src.spec().For(src.Name, src.Zone).Next(now), feed.BySchedule
		}
	}
	return time.Time{}, ""
}

// printStatusJSON prints for scripts: the names of a Source are those of the view
// sources, and times are in UTC, whatever the zone of the pages.
func (a *app) printStatusJSON(r *report) error {
	return printJSON(a.stdout, struct {
		Sources []feed.SourceStatus `json:"sources"`
		feed.Self
		Daemon      daemonStatus            `json:"daemon"`
		Subscribers []feed.SubscriberStatus `json:"subscribers,omitempty"`
	}{r.Sources, r.Self, r.daemon, r.subscribers})
}

// printStatus prints for people: a line for each Source, what needs a person
// first, a line for each of its warnings, and how newswired itself is.
func (a *app) printStatus(r *report) error {
	t := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "SOURCE\tARTICLES\tNEWEST\tHOW IT IS")
	states := make(map[string]int)
	feed.SortByState(r.Sources)
	for i := range r.Sources {
		s := &r.Sources[i]
		states[s.State]++
		newest := "never"
		if !s.LastArticle.IsZero() {
			newest = feed.When(s.LastArticle, r.now, r.zone)
		}
		words := append([]string{s.Condition(r.now, r.zone)}, s.Notes(r.now, r.zone)...)
		fmt.Fprintf(t, "%s\t%d\t%s\t%s\n", s.Name, s.Articles, newest, strings.Join(words, " · "))
		for _, w := range s.Warnings[:min(len(s.Warnings), feed.ShownWarnings)] {
			fmt.Fprintf(t, "\t\t\twarning: %s\n", w.InWords(r.now, r.zone))
		}
	}
	if err := t.Flush(); err != nil {
		return fmt.Errorf("print table: %w", err)
	}
	fmt.Fprintf(a.stdout, "%s\n%s\nDaemon: %s\n", feed.Tally(states), feed.Lately(r.Hours, r.now), r.daemon.Says)
	for _, f := range r.Self.Facts(r.now, r.zone) {
		fmt.Fprintf(a.stdout, "%s: %s\n", f.Name, f.Says)
	}
	return nil
}

// printSubscribers prints a line for each Feed to which somebody subscribed at
// our hub.
func printSubscribers(a *app, all []feed.SubscriberStatus) error {
	t := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "\nFEED\tSUBSCRIBERS\tFAILING\tPROBLEM")
	for _, s := range all {
		fmt.Fprintf(t, "%s\t%d\t%d\t%s\n", s.Feed, s.Subscribers, s.Failing, s.Error)
	}
	if err := t.Flush(); err != nil {
		return fmt.Errorf("print table: %w", err)
	}
	return nil
}
