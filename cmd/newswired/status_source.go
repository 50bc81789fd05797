package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"

	"newswired/feed"
	"newswired/store"
)

// shownRuns is how many runs of polls status shows of a Source.
const shownRuns = 20

// A sourceReport is all that is known of a Source.
type sourceReport struct {
	feed.SourceStatus
	Pages map[string]int `json:"pages,omitempty"` // by their state, as the view pages has it
	Runs  []feed.Run     `json:"fetches"`         // the newest first
}

// statusOf prints all that is known of some Sources.
func (a *app) statusOf(ctx context.Context, st *store.Store, r *report, names []string, asJSON bool) (err error) {
	var all []sourceReport
	for _, s := range r.Sources {
		if !slices.Contains(names, s.Name) {
			continue
		}
		one := sourceReport{SourceStatus: s}
		if s.FullText {
			if one.Pages, err = st.PageStates(ctx, s.Name); err != nil {
				return err
			}
		}
		if one.Runs, err = st.Runs(ctx, s.Name, shownRuns); err != nil {
			return err
		}
		all = append(all, one)
	}
	if len(all) == 0 {
		return fmt.Errorf("nothing is known of %s yet: start newswired, or run: newswired poll", strings.Join(names, ", "))
	}
	if asJSON {
		return printJSON(a.stdout, map[string]any{"sources": all})
	}
	for i := range all {
		if i > 0 {
			fmt.Fprintln(a.stdout)
		}
		if err := a.printSource(r, &all[i]); err != nil {
			return err
		}
	}
	return nil
}

// printSource prints for people.
func (a *app) printSource(r *report, s *sourceReport) error {
	t := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	line := func(name, says string) {
		if says != "" {
			fmt.Fprintf(t, "%s\t%s\n", name, says)
		}
	}
	line("source", s.Name)
	line("outlet", s.Outlet)
	line("agency", s.Agency)
	line("url", s.URL)
	line("asked at", s.MovedTo)
	line("how it is", s.Condition(r.now, r.zone))
	if !s.NextFetch.IsZero() {
		line("next poll", fmt.Sprintf("%s (%s)", feed.When(s.NextFetch, r.now, r.zone), s.NextReason))
	}
	line("last error", s.LastError)
	line("schedule", s.Schedule)
	line("rhythm", s.Rhythm())
	newest := "none yet"
	if !s.LastArticle.IsZero() {
		newest = "newest " + feed.When(s.LastArticle, r.now, r.zone)
	}
	line("articles", fmt.Sprintf("%d, %s", s.Articles, newest))
	line("spared by 304", feed.Bytes(s.BytesSaved))
	line("hub", s.Hub)
	line("push", s.PushInWords(r.now, r.zone))
	var pages []string
	for _, state := range slices.Sorted(maps.Keys(s.Pages)) {
		pages = append(pages, fmt.Sprintf("%d %s", s.Pages[state], state))
	}
	line("pages", strings.Join(pages, ", "))
	for _, w := range s.Warnings {
		line("warning", w.InWords(r.now, r.zone))
	}
	fmt.Fprintln(t)
	for _, run := range s.Runs {
		line(run.When(r.now, r.zone), run.InWords())
	}
	if err := t.Flush(); err != nil {
		return fmt.Errorf("print table: %w", err)
	}
	return nil
}
