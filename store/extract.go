package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"newswired/feed"
)

// ErrUnknown is the error of an Extract that names a Source or a Feed which is not there.
var ErrUnknown = errors.New("no such")

// What one transaction of an Extract reads at most: so many numbers of rows, and
// so much text but for its last row.
const (
	extractStep  = 1000
	extractBytes = 1 << 20
)

// Extract calls f for every row of a view that is wanted, in the order of its
// number: the id, of revisions the seq. Values are those of the view, in the order
// of its columns: nil, an int64, a float64, or a string in UTF-8. f may take its time,
// and must not keep the row.
//
// It reads in steps of some milliseconds, for a transaction that stays open makes
// the write-ahead log grow. A row that was there when it began and was not removed
// meanwhile comes once, as it is when its step is read; a later one does not come.
func (s *Store) Extract(ctx context.Context, x feed.Extract, f func(row []any) error) error {
	if !slices.Contains(feed.Extracts, x.View) {
		return fmt.Errorf("there is no view %q to be extracted", x.View)
	}
	e := &extractor{args: []any{int64(0), int64(0), isoTime(x.Since), isoTime(x.Until), jsonOrNil(x.Sources), jsonOrNil(x.Feeds), nil}}
	if err := s.view(ctx, func(t *tx) error { return t.beginExtract(e, x) }); err != nil {
		return fmt.Errorf("extract %s: %w", x.View, err)
	}
	for e.next() {
		err := s.view(ctx, func(t *tx) error { return t.extractStep(e, "select_extract_"+x.View) })
		if err != nil {
			return fmt.Errorf("extract %s: %w", x.View, err)
		}
		for _, row := range e.rows {
			if err := f(row); err != nil {
				return err
			}
		}
	}
	return nil
}

// An extractor is how far an Extract is.
type extractor struct {
	after, last int64   // the number that was read last, the last to be read
	found       []int64 // numbers still to be read
	searched    bool    // true: no others are
	args        []any
	rows        [][]any // of the step
}

// beginExtract finds out which numbers are to be read.
func (t *tx) beginExtract(e *extractor, x feed.Extract) error {
	if err := t.known(x); err != nil {
		return err
	}
	err := t.each("select_bounds", func(r rows) error {
		err := r.Scan(&e.after, &e.last)
		e.after-- // the first is read, too
		return err
	}, x.View)
	if err != nil || x.Search == nil {
		return err
	}
	e.searched = true
	match, err := t.matching(*x.Search)
	if err != nil {
		return err
	}
	return t.each("select_extract_found", func(r rows) error {
		var number int64
		err := r.Scan(&number)
		e.found = append(e.found, number)
		return err
	}, match, nullMillis(x.Search.Since), nullMillis(x.Search.Until), x.View)
}

// known returns ErrUnknown if a name is not.
func (t *tx) known(x feed.Extract) error {
	var unknown []string
	err := t.each("select_unknown", func(r rows) error {
		var kind, name string
		err := r.Scan(&kind, &name)
		unknown = append(unknown, kind+": "+name)
		return err
	}, jsonOrNil(x.Sources), jsonOrNil(x.Feeds))
	if err == nil && unknown != nil {
		err = fmt.Errorf("%w %s", ErrUnknown, strings.Join(unknown, ", no such "))
	}
	return err
}

// next sets the arguments of the next step. It is false if there is none.
func (e *extractor) next() bool {
	if e.searched {
		n, _ := slices.BinarySearch(e.found, e.after+1)
		if e.found = e.found[n:]; len(e.found) == 0 {
			return false
		}
		e.after = e.found[0] - 1 // there is nothing before
		n, _ = slices.BinarySearch(e.found, e.after+extractStep+1)
		e.args[6] = numbers(e.found[:n])
	}
	e.args[0], e.args[1] = e.after, min(e.last, e.after+extractStep)
	return e.after < e.last
}

// errEnough ends a step that has read enough.
var errEnough = errors.New("enough")

// extractStep reads a step.
func (t *tx) extractStep(e *extractor, statement string) error {
	bytes := 0
	e.rows = e.rows[:0]
	err := t.each(statement, func(r rows) error {
		row, n, err := scanRow(r)
		if err != nil {
			return err
		}
		e.after, e.rows = row[0].(int64), append(e.rows, row[1:])
		if bytes += n; bytes >= extractBytes {
			return errEnough
		}
		return nil
	}, e.args...)
	switch {
	case errors.Is(err, errEnough):
		return nil
	case err == nil:
		e.after = e.args[1].(int64)
	}
	return err
}

// scanRow returns the values of a row, whatever they are, and how long its texts are.
func scanRow(r rows) (row []any, bytes int, err error) {
	names, err := r.Columns()
	if err != nil {
		return nil, 0, err
	}
	row = make([]any, len(names))
	into := make([]any, len(names))
	for i := range row {
		into[i] = &row[i]
	}
	if err := r.Scan(into...); err != nil {
		return nil, 0, err
	}
	for i, value := range row {
		if b, is := value.([]byte); is {
			value = string(b)
		}
		if s, is := value.(string); is {
			row[i] = strings.ToValidUTF8(s, "\ufffd")
			bytes += len(s)
		}
	}
	return row, bytes, nil
}

// isoTime writes a time as the views have it, NULL for the zero time.
func isoTime(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UTC().Format("2006-01-02T15:04:05Z")
}
