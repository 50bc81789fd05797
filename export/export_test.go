package export

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"newswired/feed"
)

var columns = []feed.Column{
	{Name: "id", Kind: feed.IntegerColumn}, {Name: "title", Kind: feed.TextColumn},
	{Name: "published", Kind: feed.TimeColumn}, {Name: "categories", Kind: feed.JSONColumn},
}

var rows = [][]any{
	{int64(1), "A \"quoted\", title\r\nof two\nlines", "2026-03-01T09:00:00Z", `["a & <b>"]`},
	{int64(2), "=HYPERLINK(\"https://evil.example\")", nil, nil},
	{int64(3), "", "1969-12-31T23:59:59Z", "not JSON"},
	{int64(-4), "북한 금리", nil, nil},
}

// writer is what all formats have.
type writer interface {
	Write(row []any) error
	Close() error
}

// written returns what a writer makes of rows.
func written(t *testing.T, b *bytes.Buffer, w writer, err error, rows [][]any) string {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		if err := w.Write(row); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestCSV(t *testing.T) {
	var b bytes.Buffer
	w, err := NewCSV(&b, columns, false)
	const want = `id,title,published,categories
1,"A ""quoted"", title` + "\r" + `
of two
lines",2026-03-01T09:00:00Z,"[""a & <b>""]"
2,"=HYPERLINK(""https://evil.example"")",,
3,,1969-12-31T23:59:59Z,not JSON
-4,북한 금리,,
`
	if got := written(t, &b, w, err, rows); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// For a spreadsheet no text is a formula, and no number a text.
func TestCSVSpreadsheet(t *testing.T) {
	var b bytes.Buffer
	w, err := NewCSV(&b, columns[:2], true)
	var dangerous [][]any
	for _, first := range "=+-@\t\r\n＝＋－＠" {
		dangerous = append(dangerous, []any{int64(-1), string(first) + "1+1"})
	}
	text, marked := strings.CutPrefix(written(t, &b, w, err, append(dangerous, []any{int64(-1), "a=b"})), "\ufeff")
	if !marked {
		t.Error("no byte order mark")
	}
	records, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil || len(records) != len(dangerous)+2 {
		t.Fatalf("%d records, %v", len(records), err)
	}
	for i, record := range records[1:] {
		if last := i == len(dangerous); record[0] != "-1" || strings.HasPrefix(record[1], "'") == last {
			t.Errorf("%q", record)
		}
	}
}

func TestJSONLines(t *testing.T) {
	var b bytes.Buffer
	w, err := NewJSONLines(&b, columns)
	const want = `{"id":1,"title":"A \"quoted\", title\r\nof two\nlines","published":"2026-03-01T09:00:00Z","categories":["a & <b>"]}
{"id":2,"title":"=HYPERLINK(\"https://evil.example\")","published":null,"categories":null}
{"id":3,"title":"","published":"1969-12-31T23:59:59Z","categories":"not JSON"}
{"id":-4,"title":"북한 금리","published":null,"categories":null}
`
	got := written(t, &b, w, err, rows)
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	for line := range strings.Lines(got) {
		var row map[string]any
		if err := json.Unmarshal([]byte(line), &row); err != nil || len(row) != len(columns) {
			t.Errorf("%s: %v", line, err)
		}
	}
}

// Parquet has what was written, in however many pages and groups, whatever is NULL.
func TestParquet(t *testing.T) {
	var b bytes.Buffer
	w, err := NewParquet(&b, columns)
	all := append([][]any{}, rows...)
	long := strings.Repeat("a long text ", 3000) // several to a page
	for i := range groupRows {
		row := []any{int64(i), nil, nil, nil}
		if i%1000 == 0 {
			row[1], row[2] = long, "2026-03-01T09:00:00Z"
		}
		all = append(all, row)
	}
	got := readParquet(t, []byte(written(t, &b, w, err, all)))
	if got.groups != 2 || got.pages <= 2*len(columns) {
		t.Errorf("%d row groups, %d pages", got.groups, got.pages)
	}
	if names := []string{"id", "title", "published", "categories"}; !reflect.DeepEqual(got.names, names) {
		t.Errorf("columns %q, want %q", got.names, names)
	}
	if len(got.rows) != len(all) {
		t.Fatalf("%d rows, want %d", len(got.rows), len(all))
	}
	for i, row := range all {
		if !reflect.DeepEqual(got.rows[i], row) {
			t.Fatalf("row %d: %v, want %v", i, got.rows[i], row)
		}
	}
}

// A file without rows is a file.
func TestParquetEmpty(t *testing.T) {
	var b bytes.Buffer
	w, err := NewParquet(&b, columns)
	if got := readParquet(t, []byte(written(t, &b, w, err, nil))); len(got.names) != len(columns) || len(got.rows) != 0 {
		t.Errorf("%d columns, %d rows", len(got.names), len(got.rows))
	}
}

// What is of another type than its column is named, not written as something else.
func TestParquetType(t *testing.T) {
	for _, row := range [][]any{{"one", nil, nil, nil}, {int64(1), nil, "yesterday", nil}} {
		w, err := NewParquet(&bytes.Buffer{}, columns)
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Write(row); err == nil || !strings.Contains(err.Error(), "is to be of") {
			t.Errorf("%v: %v", row, err)
		}
	}
}
