package main

import (
	"errors"
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"newswired/feed"
	"newswired/fetcher"
)

// A pollSum is what came of a poll of some Sources. Its names in JSON are those of
// the view fetches where that has the same; what does not apply is left out.
type pollSum struct {
	Sources []polled `json:"sources"`
	Failed  int      `json:"failed"`
	articleSum
	Pages *fetcher.PageCount `json:"pages,omitempty"` // nil: none was to be fetched
}

// An articleSum counts Articles.
type articleSum struct {
	New       int `json:"new"`
	Revised   int `json:"revised"`
	Unchanged int `json:"unchanged"`
	Refused   int `json:"refused"`
}

// A polled is what came of one Source.
type polled struct {
	Source string    `json:"source"`
	Status int       `json:"status,omitempty"`
	Kind   feed.Kind `json:"kind,omitempty"` // how it failed
	Error  string    `json:"error,omitempty"`
	articleSum
	Took      int64     `json:"took"`                // milliseconds
	NextFetch time.Time `json:"next_fetch,omitzero"` // it was left alone, for it is to be until then
}

// sumUp sums up what came of each Source.
func sumUp(sources []sourceConfig, results []fetcher.Result) *pollSum {
	sum := &pollSum{Sources: make([]polled, len(results))}
	for i, r := range results {
		n := articleSum{r.New, r.Revised, r.Unchanged, r.Refused}
		sum.Sources[i] = polled{sources[i].Name, r.Status, r.Kind, r.Error, n, r.Took.Milliseconds(), r.Held}
		if !r.Held.IsZero() {
			sum.Sources[i].NextFetch = r.Held.UTC()
		}
		if r.Kind != feed.OK {
			sum.Failed++
		}
		sum.New += n.New
		sum.Revised += n.Revised
		sum.Unchanged += n.Unchanged
		sum.Refused += n.Refused
	}
	return sum
}

// err is nil unless every Source failed.
func (sum *pollSum) err() error {
	if sum.Failed < len(sum.Sources) {
		return nil
	}
	return errors.New("every source failed; what was printed says why")
}

// print prints a line for each Source and one for all.
func (sum *pollSum) print(w io.Writer, results []fetcher.Result, zone *time.Location) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "SOURCE\tRESULT\tNEW\tREVISED\tUNCHANGED\tREFUSED\tTOOK")
	for i, r := range results {
		fmt.Fprintf(t, "%s\t%s\t%d\t%d\t%d\t%d\t%s\n", sum.Sources[i].Source, outcome(r, zone), r.New, r.Revised, r.Unchanged, r.Refused, r.Took.Round(time.Millisecond))
	}
	fmt.Fprintf(t, "%s\t%d failed\t%d\t%d\t%d\t%d\t\n", feed.Counted(len(results), "source"), sum.Failed, sum.New, sum.Revised, sum.Unchanged, sum.Refused)
	if err := t.Flush(); err != nil {
		return fmt.Errorf("print table: %w", err)
	}
	return nil
}

// outcome tells in a few words how a poll went, and what it was made in spite of.
func outcome(r fetcher.Result, zone *time.Location) string {
	switch {
	case !r.Despite.At.IsZero():
		despite := fmt.Sprintf(", asked though %s says not before %s", r.Despite.Reason, r.Despite.At.In(zone).Format("Jan 2 15:04"))
		r.Despite = feed.Next{}
		return outcome(r, zone) + despite
	case !r.Held.IsZero():
		return "held until " + r.Held.In(zone).Format("Jan 2 15:04") + " (--force asks now)"
	case r.Kind != "":
		return fmt.Sprintf("%s: %s", r.Kind, r.Error)
	case r.Status == 304:
		return "not modified"
	}
	return "ok"
}
