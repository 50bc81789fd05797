package main

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"time"

	sdjournal "github.com/coreos/go-systemd/v22/journal"
)

// newLogger returns a logger of text lines. Under systemd the journal has the
// time already and takes the level from a prefix (sd-daemon(3)).
func newLogger(w io.Writer, verbose bool, zone *time.Location) *slog.Logger {
	level := slog.LevelInfo
	if verbose {
		level = slog.LevelDebug
	}
	journal := isJournal(w)
	if journal {
		w = journalWriter{w}
	}
	return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{
		Level: level,
		ReplaceAttr: func(groups []string, a slog.Attr) slog.Attr {
			if a.Key != slog.TimeKey || len(groups) > 0 {
				return a
			}
			if journal {
				return slog.Attr{}
			}
			return slog.String(a.Key, a.Value.Time().In(zone).Format(time.RFC3339))
		},
	}))
}

// isJournal reports whether what is written goes to systemd's journal. The
// variable alone says nothing: a shell may have inherited it.
func isJournal(w io.Writer) bool {
	journal, err := sdjournal.StderrIsJournalStream()
	return journal && err == nil && w == os.Stderr
}

// complain prints lines about what went wrong; in the journal they are errors.
func complain(w io.Writer, text string) {
	if isJournal(w) {
		text = "<3>" + strings.ReplaceAll(text, "\n", "\n<3>")
	}
	fmt.Fprintln(w, text)
}

// A journalWriter turns the level at the beginning of a line into the prefix
// that the journal reads. slog writes each line at once.
type journalWriter struct{ w io.Writer }

// priorities are the prefixes of sd-daemon(3) by the levels as slog writes them.
var priorities = []struct{ level, prefix string }{
	{"level=ERROR ", "<3>"},
	{"level=WARN ", "<4>"},
	{"level=INFO ", "<6>"},
	{"level=DEBUG ", "<7>"},
}

// Write writes one line.
func (j journalWriter) Write(line []byte) (int, error) {
	for _, p := range priorities {
		if rest, ok := bytes.CutPrefix(line, []byte(p.level)); ok {
			if _, err := j.w.Write(append([]byte(p.prefix), rest...)); err != nil {
				return 0, err
			}
			return len(line), nil
		}
	}
	return j.w.Write(line)
}
