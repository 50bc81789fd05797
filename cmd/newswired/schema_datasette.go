package main

import (
	"errors"
	"path/filepath"
	"strings"

	"newswired/store"
)

// A datasetteFile is what Datasette reads with --metadata
// (https://docs.datasette.io/en/stable/metadata.html).
type datasetteFile struct {
	Title       string                       `json:"title"`
	Description string                       `json:"description"`
	Databases   map[string]datasetteDatabase `json:"databases"` // by the file's name without its ending
}

type datasetteDatabase struct {
	Description string                    `json:"description"`
	Tables      map[string]datasetteTable `json:"tables"` // views, too
	Queries     map[string]datasetteQuery `json:"queries"`
}

type datasetteTable struct {
	Description string            `json:"description,omitempty"`
	Columns     map[string]string `json:"columns,omitempty"`
	Sortable    []string          `json:"sortable_columns,omitempty"`
	SortDesc    string            `json:"sort_desc,omitempty"`
	Hidden      bool              `json:"hidden,omitempty"`
	Allow       *bool             `json:"allow,omitempty"` // false: nobody may open it
}

type datasetteQuery struct {
	Title string `json:"title"`
	SQL   string `json:"sql"`
}

// newestFirst is by which column views are listed from the newest on, where the
// database finds those at once.
var newestFirst = map[string]string{"articles": "published", "revisions": "seq", "stories": "published", "fetches": "id"}

// datasetteOf describes a database of that name. Private tables are hidden.
func datasetteOf(c *store.Contract, name string) datasetteFile {
	d := datasetteDatabase{
		Description: contractPromise + " " + contractTypes,
		Tables:      make(map[string]datasetteTable),
		Queries:     make(map[string]datasetteQuery),
	}
	no := false
	for _, table := range c.Tables {
		d.Tables[table] = datasetteTable{Hidden: true, Allow: &no}
	}
	for _, v := range c.Views {
		t := datasetteTable{Description: v.Sentence, Columns: make(map[string]string), SortDesc: newestFirst[v.Name]}
		for _, col := range v.Columns {
			t.Columns[col.Name] = col.Sentence
			if col.Type == "time" || col.Type == "integer" || col.Type == "flag" {
				t.Sortable = append(t.Sortable, col.Name)
			}
		}
		d.Tables[v.Name] = t
	}
	for _, q := range c.Questions {
		d.Queries[q.Name] = datasetteQuery{q.Title, strings.TrimSuffix(q.SQL, ";")}
	}
	return datasetteFile{
		Title:       "newswired",
		Description: "What news wires published, with every version of every article.",
		Databases:   map[string]datasetteDatabase{name: d},
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
