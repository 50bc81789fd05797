package export

import (
	"bytes"
	"encoding/json"
	"io"

	"newswired/feed"
)

// A JSONLines writes an object on a line for each row, with all columns in their
// order: NULL is null, a time is a text, and what a column holds as JSON is
// JSON, not a text of it.
type JSONLines struct {
	out     io.Writer
	columns []feed.Column
	names   [][]byte // as JSON, with what stands before and after them
	line    bytes.Buffer
	encoder *json.Encoder // into line
}

// NewJSONLines begins a file.
func NewJSONLines(w io.Writer, columns []feed.Column) (*JSONLines, error) {
	j := &JSONLines{out: w, columns: columns}
	for i, c := range columns {
		name, err := json.Marshal(c.Name)
		if err != nil {
			return nil, err
		}
		before := ","
		if i == 0 {
			before = "{"
		}
		j.names = append(j.names, []byte(before+string(name)+":"))
	}
	j.encoder = json.NewEncoder(&j.line)
	j.encoder.SetEscapeHTML(false)
	return j, nil
}

// Write writes a row.
func (j *JSONLines) Write(row []any) error {
	j.line.Reset()
	for i, value := range row {
		j.line.Write(j.names[i])
		if s, is := value.(string); is && j.columns[i].Type == "json" && json.Valid([]byte(s)) {
			value = json.RawMessage(s)
		}
		if err := j.encoder.Encode(value); err != nil {
			return err
		}
		j.line.Truncate(j.line.Len() - 1) // the line feed
	}
	j.line.WriteString("}\n")
	_, err := j.out.Write(j.line.Bytes())
	return err
}

// Close does nothing: each row is written at once.
func (j *JSONLines) Close() error { return nil }
