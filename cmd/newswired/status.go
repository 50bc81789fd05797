package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"newswired/feed"
	"newswired/store"
)

func (a *app) statusCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "status",
		Short: "Show the sources with their health, and whom our hub tells",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return a.status(cmd.Context(), asJSON) },
	}
	jsonFlag(c, &asJSON)
	return c
}

// status prints what the database knows of the Sources. A file of an older
// version is brought up to date first.
func (a *app) status(ctx context.Context, asJSON bool) (err error) {
	_, c, err := a.config()
	if err != nil {
		return err
	}
	st, err := openStored(ctx, c)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	sources, err := st.Sources(ctx)
	if err != nil {
		return err
	}
	counts, err := st.Counts(ctx)
	if err != nil {
		return err
	}
	now := time.Now()
	subscribers, err := st.Subscribers(ctx, now)
	if err != nil {
		return err
	}
	for i := range sources {
		sources[i].NextFetch, sources[i].NextReason = nextPoll(c, sources[i], now)
	}
	facts, err := store.Examine(ctx, c.Database, false, now)
	if err != nil {
		return err
	}
	problems := slices.DeleteFunc(facts.Findings(), func(f store.Finding) bool { return f.Severity == store.Note })
	if asJSON {
		return printStatusJSON(a, sources, subscribers, counts, problems)
	}
	if err := printStatus(a, sources, counts, now, c.Zone); err != nil {
		return err
	}
	for _, f := range problems {
		fmt.Fprintf(a.stdout, "%s: %s\n", f.Severity, f.Says)
	}
	if len(subscribers) == 0 {
		return nil
	}
	return printSubscribers(a, subscribers)
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

// printStatusJSON prints for scripts: the names are those of the view sources,
// and times are in UTC, whatever the zone of the pages.
func printStatusJSON(a *app, sources []feed.SourceStatus, subscribers []feed.SubscriberStatus, counts store.Counts, problems []store.Finding) error {
	all := map[string]any{"sources": sources, "articles": counts.Articles, "stories": counts.Stories, "pages_due": counts.PagesDue}
	if len(problems) > 0 {
		all["problems"] = problems
	}
	if subscribers != nil {
		all["subscribers"] = subscribers
	}
	return printJSON(a.stdout, all)
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

// printStatus prints for people: a line for each Source, and one for all.
func printStatus(a *app, sources []feed.SourceStatus, counts store.Counts, now time.Time, zone *time.Location) error {
	t := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "SOURCE\tSTATE\tARTICLES\tLAST POLL\tNEXT POLL\tBECAUSE OF\tPUSH\tPROBLEM")
	for _, s := range sources {
		problem := ""
		if s.LastError != "" {
			problem = s.LastError
		}
		if s.MovedTo != "" {
			problem = strings.TrimPrefix(problem+"; moved to "+s.MovedTo+", where it is polled; change its url", "; ")
		}
		if s.Failures > 0 {
			problem += fmt.Sprintf(" (%d in a row)", s.Failures)
		}
		if s.PushError != "" {
			problem = strings.TrimPrefix(problem+"; push: "+s.PushError, "; ")
		}
		fmt.Fprintf(t, "%s\t%s\t%d\t%s\t%s\t%s\t%s\t%s\n", s.Name, s.State, s.Articles, clock(s.LastFetch, now, zone), clock(s.NextFetch, now, zone), s.NextReason, s.Push, problem)
	}
	fmt.Fprintf(t, "%d %s\t%d failing\t%d\tin %d stories\t\t\t\t\n", counts.Sources, plural(counts.Sources, "source"), counts.Failing, counts.Articles, counts.Stories)
	if err := t.Flush(); err != nil {
		return fmt.Errorf("print table: %w", err)
	}
	if counts.PagesDue > 0 {
		fmt.Fprintf(a.stdout, "%s still to be fetched\n", count(counts.PagesDue, "page"))
	}
	return nil
}

// clock writes a time as short as it can be understood.
func clock(t, now time.Time, zone *time.Location) string {
	if t.IsZero() {
		return "never"
	}
	t, now = t.In(zone), now.In(zone)
	if t.Format(time.DateOnly) == now.Format(time.DateOnly) {
		return t.Format("15:04:05")
	}
	return t.Format("2006-01-02 15:04")
}
