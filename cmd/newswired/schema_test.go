package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"newswired/store"
)

// The ten questions of the README are those that the program has.
func TestReadmeQuestions(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(text), "### Ten questions\n")
	_, block, _ := strings.Cut(section, "```sql\n")
	block, _, _ = strings.Cut(block, "\n```")
	c, err := store.Describe()
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, q := range c.Questions {
		all = append(all, "-- "+q.Title+"\n"+q.SQL)
		if !strings.Contains(section, "`"+q.Name+"`") {
			t.Errorf("the README does not name %s", q.Name)
		}
	}
	if want := strings.Join(all, "\n\n"); block != want {
		t.Errorf("the README has other questions than store/sql/queries; it should have\n%s", want)
	}
	for _, v := range c.Views {
		if !strings.Contains(string(text), "`"+v.Name+"`") {
			t.Errorf("the README does not name the view %s", v.Name)
		}
	}
}

// schemaOf returns what the command prints.
func schemaOf(t *testing.T, args ...string) string {
	t.Helper()
	var out, problems bytes.Buffer
	a := &app{stdout: &out, stderr: &problems}
	if status := a.run(context.Background(), append([]string{"schema"}, args...)); status != exitDone {
		t.Fatalf("status %d: %s", status, problems.String())
	}
	return out.String()
}

// Every form tells of every column and question.
func TestSchemaTellsAll(t *testing.T) {
	c, err := store.Describe()
	if err != nil {
		t.Fatal(err)
	}
	text, markdown := schemaOf(t), schemaOf(t, "--markdown")
	for line := range strings.Lines(text) {
		if n := len([]rune(line)) - 1; n > contractWidth {
			t.Errorf("%d characters wide: %s", n, line)
		}
	}
	words := strings.Join(strings.Fields(text), " ")
	for _, v := range c.Views {
		for _, col := range v.Columns {
			if !strings.Contains(words, col.Name+" "+col.Type+" "+strings.Join(strings.Fields(col.Sentence), " ")) {
				t.Errorf("the text does not tell of %s.%s", v.Name, col.Name)
			}
			if !strings.Contains(markdown, "| `"+col.Name+"` | "+col.Type+" | ") {
				t.Errorf("the Markdown does not tell of %s.%s", v.Name, col.Name)
			}
		}
	}
	for _, q := range c.Questions {
		if !strings.Contains(text, q.Title) || !strings.Contains(markdown, "```sql\n"+q.SQL+"\n```") {
			t.Errorf("not everything tells of %s", q.Name)
		}
		if got := schemaOf(t, "--query", q.Name); got != "-- "+q.Title+"\n"+q.SQL+"\n" {
			t.Errorf("%s alone: %s", q.Name, got)
		}
	}
	var again store.Contract
	if err := json.Unmarshal([]byte(schemaOf(t, "--json")), &again); err != nil || len(again.Views) != len(c.Views) || len(again.Questions) != len(c.Questions) {
		t.Errorf("JSON: %v, %d views, %d questions", err, len(again.Views), len(again.Questions))
	}
}

// Of the database that is configured Datasette is told everything, and to hide
// what is private.
func TestSchemaForDatasette(t *testing.T) {
	file := filepath.Join(t.TempDir(), "config.yaml")
	if err := os.WriteFile(file, []byte("database: /var/lib/news.wires.db\nsources: [{name: a, url: https://a.example/rss}]\nfeeds: [{name: all}]\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	type table struct {
		Description string
		Columns     map[string]string
		Hidden      bool
		Allow       *bool
	}
	var d struct {
		Databases map[string]struct {
			Tables  map[string]table
			Queries map[string]datasetteQuery
		}
	}
	if err := json.Unmarshal([]byte(schemaOf(t, "--datasette", "-c", file)), &d); err != nil {
		t.Fatal(err)
	}
	db, ok := d.Databases["news.wires"]
	if !ok {
		t.Fatalf("databases: %v", d.Databases)
	}
	c, err := store.Describe()
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range c.Tables {
		if told := db.Tables[table]; !told.Hidden || told.Allow == nil || *told.Allow {
			t.Errorf("table %s is open: %+v", table, told)
		}
	}
	for _, v := range c.Views {
		if told := db.Tables[v.Name]; told.Hidden || len(told.Columns) != len(v.Columns) || told.Description == "" {
			t.Errorf("view %s: %+v", v.Name, told)
		}
	}
	if len(db.Queries) != len(c.Questions) {
		t.Errorf("queries: %v", db.Queries)
	}
}
