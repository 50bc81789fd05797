package main

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"newswired/feed"
	"newswired/fetcher"
)

// A finding is what asking one source showed. Its names in JSON are those of the
// view sources where that has the same; what does not apply is left out.
type finding struct {
	Name       string           `json:"name"`
	URL        string           `json:"url"`
	Result     feed.Kind        `json:"result"` // "ok", or how it failed
	Error      string           `json:"error,omitempty"`
	Hint       string           `json:"hint,omitempty"`
	Status     int              `json:"status,omitempty"`
	Format     string           `json:"format,omitempty"`
	Articles   int              `json:"articles"`
	Newest     time.Time        `json:"newest,omitzero"`
	Language   string           `json:"language,omitempty"`
	Charset    string           `json:"charset,omitempty"`
	Validators bool             `json:"validators"`
	NextFetch  time.Time        `json:"next_fetch,omitzero"`
	NextReason feed.Reason      `json:"next_reason,omitempty"`
	MovedTo    string           `json:"moved_to,omitempty"`
	Warning    string           `json:"warning,omitempty"`
	Advertises []fetcher.Advert `json:"advertises,omitempty"`
}

// fine is the result of a source that is a feed.
const fine feed.Kind = "ok"

// find makes a finding of an Inspection.
func find(s sourceConfig, in fetcher.Inspection) finding {
	f := finding{
		Name: s.Name, URL: s.URL, Result: in.Kind, Error: in.Error, Hint: hint(s, in), Status: in.Status,
		Validators: in.Validators, NextFetch: in.NextFetch, NextReason: in.NextReason,
		MovedTo: in.MovedTo, Advertises: in.Adverts,
	}
	if in.Kind == feed.OK {
		f.Result = fine
	}
	if d := in.Document; d != nil {
		f.Format, f.Articles, f.Language, f.Charset, f.Warning = d.Format, len(d.Articles), d.Language, d.Charset, d.Warning
		for _, article := range d.Articles {
			if article.Published.After(f.Newest) {
				f.Newest = article.Published
			}
		}
	}
	return f
}

// hint tells what can be done about what was found, "" if that is said already
// or nothing can.
func hint(s sourceConfig, in fetcher.Inspection) string {
	switch d := in.Document; {
	case in.MovedTo != "":
		return "moved for good; change its url to " + in.MovedTo
	case len(in.Adverts) > 0:
		return "set its url to " + in.Adverts[0].URL
	case in.Status == 401:
		return "it needs a credential, or another one"
	case in.Status == 403 && in.Kind == feed.BadStatus:
		return "its server refuses us; set contact, and ask the publisher to let newswired in"
	case in.Status == 404:
		return "there is nothing at this url; look on the publisher's site for the feed's new one, or set url to a page of it to see what that advertises"
	case in.Kind == feed.Timeout:
		return "if it is always that slow, raise timeout"
	case strings.Contains(in.Error, "no such host"):
		return "look for a mistake in the host's name"
	case in.Kind == feed.OK && d != nil && len(d.Articles) == 0:
		return "a feed, but there is nothing in it"
	case in.Kind == feed.OK && !in.Validators && !s.Chosen:
		return "its server gives no validators, so that it is asked hourly at most; a schedule of its own overrules that"
	}
	return ""
}

// A checked is what check prints for scripts.
type checked struct {
	File     string         `json:"file"`
	Mistakes []foundMistake `json:"mistakes"`
	Sources  []finding      `json:"sources,omitempty"` // that were asked
}

// A foundMistake is a mistake in a file.
type foundMistake struct {
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Message string `json:"message"`
}

// printMistakes prints for scripts what is wrong with a configuration, if an error
// says so. It returns that error.
func printMistakes(w io.Writer, err error) error {
	var wrong *configError
	if !errors.As(err, &wrong) {
		return err
	}
	c := checked{File: wrong.file}
	for _, m := range wrong.mistakes {
		c.Mistakes = append(c.Mistakes, foundMistake{m.line, m.column, m.text})
	}
	return errors.Join(err, printJSON(w, c))
}

// report prints the findings, and fails if any source did.
func (a *app) report(name string, findings []finding, zone *time.Location, asJSON bool) error {
	failed := 0
	for _, f := range findings {
		if f.Result != fine {
			failed++
		}
	}
	var err error
	if asJSON {
		err = printJSON(a.stdout, checked{File: name, Mistakes: []foundMistake{}, Sources: findings})
	} else {
		err = printFindings(a, findings, zone)
	}
	if err == nil && failed > 0 {
		err = fmt.Errorf("%d of %s failed", failed, feed.Counted(len(findings), "source"))
	}
	return err
}

// printFindings prints a line for each source.
func printFindings(a *app, findings []finding, zone *time.Location) error {
	t := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "SOURCE\tRESULT\tFORMAT\tARTICLES\tNEWEST\tLANGUAGE\tCHARSET\tVALIDATORS\tNEXT POLL BY\tREMARKS")
	now := time.Now()
	for _, f := range findings {
		var remarks []string
		for _, text := range []string{f.Error, f.Warning, f.Hint} {
			if text != "" {
				remarks = append(remarks, text)
			}
		}
		articles, newest, validators := "", "", ""
		if f.Result == fine {
			articles, newest, validators = fmt.Sprint(f.Articles), "no date", "no"
			if !f.Newest.IsZero() {
				newest = clock(f.Newest, now, zone)
			}
			if f.Validators {
				validators = "yes"
			}
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", f.Name, f.Result, f.Format, articles, newest,
			f.Language, f.Charset, validators, f.NextReason, strings.Join(remarks, "; "))
	}
	if err := t.Flush(); err != nil {
		return fmt.Errorf("print table: %w", err)
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
	return t.Format(minute)
}
