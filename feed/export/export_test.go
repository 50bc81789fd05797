package export

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"

	"newswired/feed"
)

var columns = []feed.Column{
	{Name: "id", Type: "integer"}, {Name: "title", Type: "text"},
	{Name: "published", Type: "time"}, {Name: "categories", Type: "json"},
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
