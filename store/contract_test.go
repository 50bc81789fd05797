package store

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"newswired/feed"
)

var updateContract = flag.Bool("update-contract", false, "record the columns that views gained in testdata/contract.txt, to be reviewed as a diff")

func describe(t *testing.T) *Contract {
	t.Helper()
	c, err := Describe()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// keeps returns what a contract breaks of one that was recorded, and whether it
// has more: of each view, the columns must be those of the record, in its order
// and of its types, and then may follow others.
func keeps(recorded, present []View) (broken []string, more bool) {
	for _, v := range present {
		more = more || !slices.ContainsFunc(recorded, func(old View) bool { return old.Name == v.Name })
	}
	for _, old := range recorded {
		i := slices.IndexFunc(present, func(v View) bool { return v.Name == old.Name })
		if i < 0 {
			broken = append(broken, fmt.Sprintf("view %s is gone: people ask it, so bring it back", old.Name))
			continue
		}
		v := present[i]
		for n, c := range old.Columns {
			at := slices.IndexFunc(v.Columns, func(now feed.Column) bool { return now.Name == c.Name })
			switch {
			case at < 0:
				broken = append(broken, fmt.Sprintf("column %s.%s is gone: people ask for it, so bring it back; another name or meaning is another column", v.Name, c.Name))
			case v.Columns[at].Type != c.Type:
				broken = append(broken, fmt.Sprintf("column %s.%s was %s and is %s: leave it as it was and add another column", v.Name, c.Name, c.Type, v.Columns[at].Type))
			case at != n:
				broken = append(broken, fmt.Sprintf("column %s.%s was number %d and is number %d: add columns at the end, for those who take them by their place", v.Name, c.Name, n+1, at+1))
			}
		}
		more = more || len(v.Columns) > len(old.Columns)
	}
	return broken, more
}

// The views have what was recorded, and what they have more is recorded, too.
func TestContractIsKept(t *testing.T) {
	file := filepath.Join("testdata", "contract.txt")
	text, err := os.ReadFile(file)
	if err != nil && !*updateContract {
		t.Fatal(err)
	}
	var recorded []View
	for line := range strings.Lines(string(text)) {
		var view, name, kind string
		if _, err := fmt.Sscan(line, &view, &name, &kind); err != nil {
			t.Fatalf("%s: %q: %v", file, line, err)
		}
		if n := len(recorded); n == 0 || recorded[n-1].Name != view {
			recorded = append(recorded, View{Name: view})
		}
		v := &recorded[len(recorded)-1]
		v.Columns = append(v.Columns, feed.Column{Name: name, Type: kind})
	}
	c := describe(t)
	broken, more := keeps(recorded, c.Views)
	for _, what := range broken {
		t.Error(what)
	}
	if !more || len(broken) > 0 {
		return
	}
	if !*updateContract {
		t.Fatalf("the views have more than %s records: run go test ./store -run Contract -update-contract, review the diff, and tell of it in the CHANGELOG", file)
	}
	var b strings.Builder
	for _, v := range c.Views {
		for _, col := range v.Columns {
			fmt.Fprintln(&b, v.Name, col.Name, col.Type)
		}
	}
	if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

// What breaks the contract of views is found: a column that went, moved or has another type.
func TestKeeps(t *testing.T) {
	id, title, link := feed.Column{Name: "id", Type: "integer"}, feed.Column{Name: "title", Type: "text"}, feed.Column{Name: "link", Type: "text"}
	recorded := []View{{Name: "articles", Columns: []feed.Column{id, title}}}
	for _, test := range []struct {
		name    string
		columns []feed.Column
		broken  string
		more    bool
	}{
		{"as it was", []feed.Column{id, title}, "", false},
		{"gained", []feed.Column{id, title, link}, "", true},
		{"removed", []feed.Column{id}, "column articles.title is gone", false},
		{"renamed", []feed.Column{id, link}, "column articles.title is gone", false},
		{"another type", []feed.Column{{Name: "id", Type: "text"}, title}, "column articles.id was integer and is text", false},
		{"put between", []feed.Column{id, link, title}, "column articles.title was number 2 and is number 3", true},
	} {
		broken, more := keeps(recorded, []View{{Name: "articles", Columns: test.columns}})
		if got := strings.Join(broken, "; "); !strings.HasPrefix(got, test.broken) || (got == "") != (test.broken == "") || more != test.more {
			t.Errorf("%s: %q, %v, want %q, %v", test.name, got, more, test.broken, test.more)
		}
	}
	if broken, more := keeps(recorded, []View{{Name: "items"}}); len(broken) != 1 || !more {
		t.Errorf("another view: %q, %v", broken, more)
	}
}

// What the comments tell is what a database has: every view and table, every
// column under the name that its SELECT gives it, and a sentence for each.
func TestContractIsTheSchema(t *testing.T) {
	w := newWorld(t)
	c := describe(t)
	rows, err := w.reader.Query("SELECT type, name, sql FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'word_index_%'")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	views, tables := 0, 0
	for rows.Next() {
		var kind, name, text string
		if err := rows.Scan(&kind, &name, &text); err != nil {
			t.Fatal(err)
		}
		if kind == "table" {
			tables++
			if !slices.Contains(c.Tables, name) {
				t.Errorf("table %s is not told of", name)
			}
			continue
		}
		views++
		v, ok := c.View(name)
		if !ok {
			t.Errorf("view %s is not told of", name)
			continue
		}
		checkView(t, w, v, text)
	}
	want(t, "views", len(c.Views), views)
	want(t, "tables", len(c.Tables), tables)
}

// sentence is what says something: it begins with a capital or a name, and ends.
var sentence = regexp.MustCompile(`^\S.{8,}\.$`)

// checkView holds that a view and its SELECT have the columns that the contract
// names, each with a sentence.
func checkView(t *testing.T, w *world, v View, text string) {
	t.Helper()
	if !sentence.MatchString(v.Sentence) || !strings.Contains(text, v.Sentence) {
		t.Errorf("%s: its sentence is %q", v.Name, v.Sentence)
	}
	var names []string
	for _, c := range v.Columns {
		names = append(names, c.Name)
		if !sentence.MatchString(c.Sentence) {
			t.Errorf("%s.%s: its sentence is %q", v.Name, c.Name, c.Sentence)
		}
	}
	_, query, _ := strings.Cut(text, "\n) AS\n")
	for what, sql := range map[string]string{"the view": "SELECT * FROM " + v.Name, "its SELECT": query} {
		rows, err := w.reader.Query(sql)
		if err != nil {
			t.Errorf("%s: %v", v.Name, err)
			continue
		}
		got, err := rows.Columns()
		rows.Close()
		if err != nil || !slices.Equal(got, names) {
			t.Errorf("%s: %s has the columns %q, %v, told are %q", v.Name, what, got, err, names)
		}
	}
}

func TestContractMark(t *testing.T) {
	w := newWorld(t)
	c := describe(t)
	want(t, "application_id", w.count("PRAGMA application_id"), c.ApplicationID)
	want(t, "user_version", w.count("PRAGMA user_version"), c.UserVersion)
	want(t, "nwrd", c.ApplicationID, 0x6e777264)
}

// A schema that tells less than it should is an error, with its line.
func TestContractForm(t *testing.T) {
	good := "CREATE TABLE a (\n    id INTEGER\n) STRICT;\n\nCREATE VIEW v (  -- One row.\n    id,   -- integer. What it is,\n          -- and more.\n    name  -- text. Its name.\n) AS\nSELECT 1, 'x';\n"
	var c Contract
	if err := c.read(good + strings.Replace(good, "One row", "One line", 1)); err != nil {
		t.Fatal(err)
	}
	if len(c.Views) != 1 || c.Views[0].Sentence != "One line." || len(c.Views[0].Columns) != 2 || c.Views[0].Columns[0] != (feed.Column{Name: "id", Type: "integer", Sentence: "What it is, and more."}) {
		t.Errorf("%+v", c)
	}
	for _, test := range []struct{ from, to, want string }{
		{" (  -- One row.", " AS SELECT", "line 5: want CREATE VIEW name"},
		{"  -- One row.", "", "line 5: want CREATE VIEW name"},
		{"-- integer. What", "-- What", "line 6: want name,"},
		{"   -- integer. What it is,", "", "line 6: want name,"},
		{"-- text. Its name.", "-- text.", "line 8: want name,"},
		{"\n) AS\n", "\n)\nAS\n", "line 9: want name,"},
		{"    name  -- text. Its name.\n) AS\nSELECT 1, 'x';\n", "", "the columns of view v have no end"},
	} {
		var c Contract
		if err := c.read(strings.Replace(good, test.from, test.to, 1)); err == nil || !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("%q: %v, want %s", test.to, err, test.want)
		}
	}
	for file, text := range map[string]string{"a.sql": "-- Why?\nSELECT 1;\n", "01-a.sql": "SELECT 1;\n", "02-a.sql": "-- Why?\nSELECT 1\n"} {
		if q, err := c.question(file, text); err == nil {
			t.Errorf("%s: %+v", file, q)
		}
	}
}

// isOfType holds what each type promises of a value that is not NULL.
var isOfType = map[string]string{
	"integer": "typeof(%[1]s) = 'integer'",
	"real":    "typeof(%[1]s) = 'real'",
	"text":    "typeof(%[1]s) = 'text' AND %[1]s <> ''",
	"flag":    "typeof(%[1]s) = 'integer' AND %[1]s IN (0, 1)",
	"json":    "json_valid(%[1]s) AND json_type(%[1]s) IN ('array', 'object')",
	"time":    "%[1]s GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]Z' AND %[1]s = strftime('%%Y-%%m-%%dT%%H:%%M:%%SZ', %[1]s)",
}

// Every column holds what its type promises, over a database in which each has
// a value somewhere.
func TestContractTypes(t *testing.T) {
	w := newFullWorld(t)
	for _, v := range describe(t).Views {
		where := ""
		if v.Name == "search" {
			where = " WHERE words MATCH 'ferry' ORDER BY rank"
		}
		for _, c := range v.Columns {
			if v.Name == "search" && c.Name == "words" {
				continue // FTS5 gives nothing out
			}
			var some, wrong int
			holds := fmt.Sprintf(isOfType[c.Type], c.Name)
			err := w.reader.QueryRowContext(context.Background(), fmt.Sprintf("SELECT count(*), coalesce(sum(NOT (%s)), 0) FROM (SELECT %s FROM %s%s) WHERE %s IS NOT NULL", holds, c.Name, v.Name, where, c.Name)).Scan(&some, &wrong)
			if err != nil {
				t.Errorf("%s.%s: %v", v.Name, c.Name, err)
			}
			if some == 0 || wrong > 0 {
				t.Errorf("%s.%s: of %d values %d are no %s", v.Name, c.Name, some, wrong, c.Type)
			}
		}
	}
}
