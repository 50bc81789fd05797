package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"newswired/feed"
	"newswired/store"
)

// A doctor is the command of that name.
type doctor struct {
	*app
	json, repair bool   // flags
	salvage      string // file that is to be written; "": none is
}

// doctorCommand examines the file itself, and needs no daemon for it.
func (a *app) doctorCommand() *cobra.Command {
	d := &doctor{app: a}
	c := &cobra.Command{
		Use:   "doctor",
		Short: "Examine the database file, and repair what can be repaired",
		Long: `Doctor reads all of the database and says what is wrong with it, and what to do:
whether the file is damaged, whether rows contradict each other, whether the search
index has what it should, whether there is room, whether the clock is right. It
changes nothing and may run beside a daemon.

With --repair it repairs what it can; what the daemon has in memory only while none
runs. It never touches a file that is damaged: with --salvage it saves what can
still be read into another.`,
		Example: "  newswired doctor\n  newswired doctor --repair\n  newswired doctor --salvage saved.db",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if d.repair && d.salvage != "" {
				return misuse(cmd, errors.New("--repair and --salvage exclude each other: first save, then repair what was saved"))
			}
			return d.run(cmd.Context())
		},
	}
	jsonFlag(c, &d.json)
	c.Flags().BoolVar(&d.repair, "repair", false, "repair what can be repaired")
	c.Flags().StringVar(&d.salvage, "salvage", "", "save what can be read of a damaged file into a new `file`")
	return c
}

// errUnwell ends the command with 1 after everything was said.
var errUnwell = errors.New("the database is not well, see above")

// run examines the database, repairs it if that was asked for, and prints what is
// left to say. It returns errUnwell if the worst of that is an error.
func (d *doctor) run(ctx context.Context) error {
	_, c, err := d.config()
	if err != nil {
		return err
	}
	if d.salvage != "" {
		return d.save(ctx, c.Database)
	}
	facts, err := store.Examine(ctx, c.Database, true, time.Now())
	if err != nil {
		return err
	}
	findings := facts.Findings()
	var repaired []store.Finding
	held := ""
	if d.repair {
		if repaired, held, err = d.mend(ctx, c.Database, findings); err != nil {
			return err
		}
		if len(repaired) > 0 {
			if facts, err = store.Examine(ctx, c.Database, true, time.Now()); err != nil {
				return err
			}
			findings = facts.Findings()
		}
	}
	if d.json {
		err = printJSON(d.stdout, map[string]any{"database": c.Database, "findings": list(findings), "repaired": list(repaired)})
	} else {
		err = printDiagnosis(d.stdout, facts, findings, repaired, held)
	}
	if err == nil && len(findings) > 0 && findings[0].Severity == store.Wrong {
		return errUnwell
	}
	return err
}

// mend repairs until there is nothing more to repair: behind a lost mark more may
// come to light. Held says why not all could be.
func (d *doctor) mend(ctx context.Context, database string, findings []store.Finding) (repaired []store.Finding, held string, err error) {
	l, lockErr := takeLock(database)
	if lockErr == nil {
		defer func() { err = errors.Join(err, l.release()) }()
		if os.Geteuid() == 0 { // else the daemon could not open the lock that root made
			if err := store.GiveToOwner(database); err != nil {
				return nil, "", err
			}
		}
	}
	for range 3 {
		done, err := store.Repair(ctx, database, findings, lockErr == nil, time.Now())
		if err != nil {
			return repaired, "", err
		}
		if len(done) == 0 {
			break
		}
		repaired = append(repaired, done...)
		facts, err := store.Examine(ctx, database, true, time.Now())
		if err != nil {
			return repaired, "", err
		}
		findings = facts.Findings()
	}
	if lockErr != nil {
		held = "What is left is repaired only while no daemon runs: " + lockErr.Error() + "."
	}
	return repaired, held, err
}

// save salvages.
func (d *doctor) save(ctx context.Context, database string) error {
	saved, err := store.SalvageTo(ctx, database, d.salvage, time.Now())
	if err != nil {
		return err
	}
	if d.json {
		saved.Damaged, saved.Repaired = list(saved.Damaged), list(saved.Repaired)
		return printJSON(d.stdout, map[string]any{"database": database, "file": d.salvage, "saved": saved})
	}
	fmt.Fprintf(d.stdout, "%s: %s with %s saved, in %s\n", d.salvage, feed.Counted(saved.Rows["article"], "article"), feed.Counted(saved.Rows["revision"], "revision"), feed.Counted(saved.Rows["story"], "story"))
	if len(saved.Damaged) > 0 {
		fmt.Fprintf(d.stdout, "Some of these could not be read: %s.\n", strings.Join(saved.Damaged, ", "))
	}
	for _, f := range saved.Repaired {
		fmt.Fprintf(d.stdout, "repaired  %s\n          %s.\n", f.Says, capital(f.Repair))
	}
	_, err = fmt.Fprintf(d.stdout, "To use it: stop the daemon, move %s and the files beside it (-wal, -shm) away, put %s in its place.\n", database, d.salvage)
	return err
}

// printDiagnosis prints for people.
func printDiagnosis(w io.Writer, facts store.Facts, findings, repaired []store.Finding, held string) error {
	for _, f := range repaired {
		fmt.Fprintf(w, "repaired  %s\n          %s.\n", f.Says, capital(f.Repair))
	}
	open := false
	for _, f := range findings {
		fmt.Fprintf(w, "%-8s  %s\n", f.Severity, f.Says)
		if f.Repair != "" {
			open = true
			fmt.Fprintf(w, "          newswired doctor --repair: %s.\n", f.Repair)
		}
		if f.Advice != "" {
			fmt.Fprintf(w, "          %s.\n", capital(f.Advice))
		}
	}
	if open && held != "" {
		fmt.Fprintln(w, held)
	}
	_, err := fmt.Fprintf(w, "%s: %s, %s to be said\n", facts.Name, feed.Bytes(facts.Size+facts.WAL), things(len(findings)))
	return err
}

// things counts what there is to be said.
func things(n int) string {
	if n == 0 {
		return "nothing"
	}
	return feed.Counted(n, "thing")
}

// capital begins a sentence.
func capital(text string) string {
	if text == "" {
		return ""
	}
	return strings.ToUpper(text[:1]) + text[1:]
}
