// Package export writes rows of a view for other programs: as CSV or as JSON
// Lines. A row has a value for each column: nil for NULL, an int64 or a
// float64, or a string. Nothing is kept but what is being written, so that the
// memory needed does not grow with the rows.
//
// Rows come from store.Extract one by one; who makes a writer calls Write for each
// and then Close, which writes what is still held and leaves the file open. A writer
// is for one goroutine.
package export

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"newswired/feed"
)

// A CSV writes comma-separated values as RFC 4180 has them, the names of the
// columns first, in UTF-8. Lines end in a line feed alone, as the line breaks
// within texts stay what they are. NULL and an empty text are both an empty field.
type CSV struct {
	out         *csv.Writer // holds back what fits its buffer
	fields      []string    // of a row, written anew for each
	spreadsheet bool        // texts must not be taken for formulas
}

// NewCSV begins a file. If it is for a spreadsheet, it begins with a byte order
// mark, without which Excel takes UTF-8 for something else, and a text that would
// be taken for a formula has an apostrophe before it: headlines are written by
// strangers. For all other programs texts stay as they are.
func NewCSV(w io.Writer, columns []feed.Column, spreadsheet bool) (*CSV, error) {
	if spreadsheet {
		if _, err := io.WriteString(w, "\ufeff"); err != nil {
			return nil, err
		}
	}
	c := &CSV{csv.NewWriter(w), make([]string, len(columns)), spreadsheet}
	for i, column := range columns {
		c.fields[i] = column.Name
	}
	return c, c.out.Write(c.fields)
}

// Write writes a row.
func (c *CSV) Write(row []any) error {
	for i, value := range row {
		c.fields[i] = text(value)
		if _, is := value.(string); is && c.spreadsheet && isFormula(c.fields[i]) {
			c.fields[i] = "'" + c.fields[i]
		}
	}
	return c.out.Write(c.fields)
}

// Close writes what is still held back.
func (c *CSV) Close() error {
	c.out.Flush()
	return c.out.Error()
}

// isFormula reports whether a spreadsheet may take a text for a formula: by its
// first character (OWASP, CSV Injection), full-width ones included.
func isFormula(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	return s != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", first)
}

// text returns a value as text, "" for NULL.
func text(value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case string:
		return v
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	}
	return fmt.Sprint(value)
}
