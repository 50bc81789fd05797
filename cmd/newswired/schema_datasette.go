package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"path/filepath"
	"strings"

	"newswired/store"
)

// A datasetteFile is what Datasette reads with --metadata
// (https://docs.datasette.io/en/stable/metadata.html).
type datasetteFile struct {
	Title       string `json:"title"`
	Description string `json:"description"`
	Databases   object `json:"databases"` // a datasetteDatabase each, by the file's name without its ending
}

// A datasetteDatabase describes one file.
type datasetteDatabase struct {
	Description string `json:"description"`
	Tables      object `json:"tables"`  // datasetteTable each; views, too
	Queries     object `json:"queries"` // datasetteQuery each
}

// A datasetteTable describes a table, or a view.
type datasetteTable struct {
	Description string   `json:"description,omitempty"`
	Columns     object   `json:"columns,omitempty"` // a sentence each
	Sortable    []string `json:"sortable_columns,omitempty"`
	SortDesc    string   `json:"sort_desc,omitempty"`
	Hidden      bool     `json:"hidden,omitempty"`
	Allow       *bool    `json:"allow,omitempty"` // false: nobody may open it
}

// A datasetteQuery is a question that can be asked by its name.
type datasetteQuery struct {
	Title string `json:"title"`
	SQL   string `json:"sql"`
}

// An object is one of JSON whose members keep their order: Datasette shows them
// in it.
type object []member

// A member is a name with what it stands for.
type member struct {
	name  string
	value any
}

// MarshalJSON writes the members in their order.
func (o object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	out := json.NewEncoder(&b)
	out.SetEscapeHTML(false)
	for i, m := range o {
		b.WriteByte("{,"[min(i, 1)])
		if err := out.Encode(m.name); err != nil {
			return nil, err
		}
		b.WriteByte(':')
		if err := out.Encode(m.value); err != nil {
			return nil, err
		}
	}
	if len(o) == 0 {
		b.WriteByte('{')
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// newestFirst is by which column views are listed from the newest on, where the
// database finds those at once.
var newestFirst = map[string]string{"articles": "published", "revisions": "seq", "stories": "published", "fetches": "id"}

// datasetteOf describes a database of that name. Private tables are hidden, and
// what SQLite counts ids by.
func datasetteOf(c *store.Contract, name string) datasetteFile {
	d := datasetteDatabase{Description: contractPromise + " " + contractTypes}
	for _, v := range c.Views {
		t := datasetteTable{Description: v.Sentence, SortDesc: newestFirst[v.Name]}
		for _, col := range v.Columns {
			t.Columns = append(t.Columns, member{col.Name, col.Sentence})
			if col.Type == "time" || col.Type == "integer" || col.Type == "flag" {
				t.Sortable = append(t.Sortable, col.Name)
			}
		}
		d.Tables = append(d.Tables, member{v.Name, t})
	}
	no := false
	for _, table := range append(c.Tables, "sqlite_sequence") {
		d.Tables = append(d.Tables, member{table, datasetteTable{Hidden: true, Allow: &no}})
	}
	for _, q := range c.Questions {
		d.Queries = append(d.Queries, member{q.Name, datasetteQuery{q.Title, strings.TrimSuffix(q.SQL, ";")}})
	}
	return datasetteFile{
		Title:       "newswired",
		Description: "What news wires published, with every version of every article.",
		Databases:   object{{name, d}},
	}
}

// databaseName returns the configured database's name as Datasette has it, or
// that of a database that nobody configured.
func (a *app) databaseName() (string, error) {
	_, c, err := a.config()
	var usage usageError
	if errors.As(err, &usage) && a.configFile == "" {
		return "newswired", nil
	}
	if err != nil {
		return "", err
	}
	base := filepath.Base(c.Database)
	return strings.TrimSuffix(base, filepath.Ext(base)), nil
}
