package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"newswired/feed"
	"newswired/feed/export"
	"newswired/store"
)

// exportCommand writes rows of a view, or the sources as OPML, of which no flag
// says anything: each that is given with it is refused.
func (a *app) exportCommand() *cobra.Command {
	var o exportOptions
	c := &cobra.Command{
		Use:   "export opml|articles|stories|revisions",
		Short: "Write the sources as OPML; articles, stories or revisions as CSV or JSON Lines",
		Long: `Export opml prints the sources as OPML, for feed readers.

Export articles, stories and revisions writes the rows of the view of that name,
all its columns, in the order of their ids; or of them those that all flags ask
for. It works beside a running daemon, however many rows there are. What was
stored when it began is written once, as it is when it is read; for the state of
one moment, export from a backup.

CSV is UTF-8, NULL is an empty field, and no text is changed: open it with
something that takes no text for a formula, or use --spreadsheet. In JSON Lines
columns of JSON are JSON.

FILE is written beside and renamed when it is complete.`,
		Example: `  newswired export articles --since 7d -o week.csv
  newswired export stories --feed north-korea --format csv
  newswired export articles --search '"cruise missile" -test' --source yonhap --format jsonl`,
		Args:      cobra.MatchAll(cobra.ExactArgs(1), cobra.OnlyValidArgs),
		ValidArgs: append([]string{"opml"}, feed.Extracts...),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.view = args[0]
			if o.view != "opml" {
				return a.export(cmd.Context(), o)
			}
			for _, name := range []string{"since", "until", "source", "feed", "search", "format", "output", "spreadsheet"} {
				if cmd.Flags().Changed(name) {
					return misuse(cmd, fmt.Errorf("--%s is not for opml", name))
				}
			}
			_, c, err := a.config()
			if err != nil {
				return err
			}
			return a.exportOPML(c)
		},
	}
	c.Flags().StringVar(&o.since, "since", "", "published (revisions: seen) on this day or later; also a `TIME` such as 2026-03-01T09:00:00Z, or how long ago, such as 7d")
	c.Flags().StringVar(&o.until, "until", "", "on this day or before, or before this `TIME`")
	c.Flags().StringSliceVar(&o.sources, "source", nil, "of this source; several: of any of them")
	c.Flags().StringSliceVar(&o.feeds, "feed", nil, "of stories that this feed has; several: any of them")
	c.Flags().StringVar(&o.search, "search", "", "of articles that newswired search finds by these `WORDS`")
	c.Flags().StringVar(&o.format, "format", "", "csv or jsonl (default: as FILE ends, else csv)")
	c.Flags().StringVarP(&o.file, "output", "o", "", "write to this `FILE` (default: standard output)")
	c.Flags().BoolVar(&o.spreadsheet, "spreadsheet", false, "CSV for a spreadsheet: marked as UTF-8, an apostrophe before what it would take for a formula")
	return c
}

// exportOptions say what is exported and how, as it was typed.
type exportOptions struct {
	view, since, until, search string
	sources, feeds             []string
	format, file               string
	spreadsheet                bool
}

// exportFormats are what --format takes.
var exportFormats = []string{"csv", "jsonl"}

// A rowWriter writes rows of a view, and what it holds back when it is closed.
type rowWriter interface {
	Write(row []any) error
	Close() error
}

// export writes rows of a view.
func (a *app) export(ctx context.Context, o exportOptions) (err error) {
	const hint = "try: newswired export -h"
	if err := o.chooseFormat(); err != nil {
		return usageError{err, hint}
	}
	_, c, err := a.config()
	if err != nil {
		return err
	}
	x, err := o.extract(c.Zone, time.Now())
	if err != nil {
		return usageError{err, hint}
	}
	st, err := openStored(ctx, c)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	if o.file == "" {
		_, err = o.write(ctx, st, x, a.stdout)
	} else {
		err = a.exportFile(ctx, st, x, o, c.Database)
	}
	switch {
	case errors.Is(err, store.ErrUnknown):
		return usageError{err, "try: newswired status"}
	case ctx.Err() != nil:
		return errors.New("stopped before everything was exported")
	}
	return err
}

// chooseFormat decides about the format.
func (o *exportOptions) chooseFormat() error {
	if ending := strings.TrimPrefix(filepath.Ext(o.file), "."); o.format == "" {
		o.format = "csv"
		if slices.Contains(exportFormats, ending) {
			o.format = ending
		}
	}
	if !slices.Contains(exportFormats, o.format) {
		return fmt.Errorf("--format %s: one of %s is expected", o.format, strings.Join(exportFormats, ", "))
	}
	if o.spreadsheet && o.format != "csv" {
		return errors.New("--spreadsheet is for csv")
	}
	return nil
}

// extract reads what is wanted.
func (o *exportOptions) extract(zone *time.Location, now time.Time) (feed.Extract, error) {
	x := feed.Extract{View: o.view, Sources: o.sources, Feeds: o.feeds}
	var err error
	if o.since != "" {
		if x.Since, _, err = readWhen(o.since, zone, now); err != nil {
			return x, fmt.Errorf("--since %w", err)
		}
	}
	if o.until != "" {
		if _, x.Until, err = readWhen(o.until, zone, now); err != nil {
			return x, fmt.Errorf("--until %w", err)
		}
	}
	if o.since != "" && o.until != "" && !x.Since.Before(x.Until) {
		return x, fmt.Errorf("--since %s --until %s: there is no time between the two; --since is the earlier one", o.since, o.until)
	}
	if o.search != "" {
		q, err := feed.ReadSearch(o.search, zone)
		if err != nil {
			return x, fmt.Errorf("--search: %w", err)
		}
		x.Search = &q
	}
	return x, nil
}

// readWhen reads when something was: on a day, at a time, or so long ago. A day has
// an end, of the others it is the time itself.
func readWhen(text string, zone *time.Location, now time.Time) (begin, end time.Time, err error) {
	if begin, end, err = feed.ReadDay(text, zone); err == nil {
		return begin, end, nil
	}
	if begin, err = time.Parse(time.RFC3339, text); err == nil {
		return begin, begin, nil
	}
	ago, err := parseDuration(text)
	if err != nil || ago <= 0 {
		return begin, end, fmt.Errorf("%s: a day such as 2026-03-01, a time such as 2026-03-01T09:00:00Z or a duration such as 7d is expected", text)
	}
	return now.Add(-ago), now.Add(-ago), nil
}

// write writes the rows, and returns how many there were.
func (o *exportOptions) write(ctx context.Context, st *store.Store, x feed.Extract, w io.Writer) (n int, err error) {
	contract, err := store.Describe()
	if err != nil {
		return 0, err
	}
	view, _ := contract.View(x.View)
	buffer := bufio.NewWriterSize(w, 64<<10)
	out, err := o.writer(buffer, view.Columns)
	if err != nil {
		return 0, err
	}
	err = st.Extract(ctx, x, func(row []any) error {
		n++
		return out.Write(row)
	})
	if err != nil {
		return n, err
	}
	return n, errors.Join(out.Close(), buffer.Flush())
}

// writer returns what writes the format.
func (o *exportOptions) writer(w io.Writer, columns []feed.Column) (rowWriter, error) {
	if o.format == "jsonl" {
		return export.NewJSONLines(w, columns)
	}
	return export.NewCSV(w, columns, o.spreadsheet)
}
