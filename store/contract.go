package store

import (
	"embed"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"newswired/feed"
)

//go:embed sql/queries/*.sql
var queries embed.FS

// A Contract is what people may build on: within a major version views only
// gain columns. It is read from the schema that databases are made of, in which
// it stands as comments.
type Contract struct {
	ApplicationID int        `json:"application_id"` // PRAGMA application_id of every database
	UserVersion   int        `json:"user_version"`   // PRAGMA user_version of one of this version
	Views         []View     `json:"views"`          // in the order of the schema
	Questions     []Question `json:"questions"`      // in the order in which they are told
	Tables        []string   `json:"-"`              // private ones, which may change with any version
}

// A View is a view of the database.
type View struct {
	Name     string        `json:"name"`     // as in SQL
	Sentence string        `json:"sentence"` // what a row is
	Columns  []feed.Column `json:"columns"`  // in their order
}

// A Question is a query that people really ask, an example.
type Question struct {
	Name  string   `json:"name"`  // one word
	Title string   `json:"title"` // the question, in words
	SQL   string   `json:"sql"`   // ends with a semicolon
	Views []string `json:"views"` // that it asks, each once
}

// Describe returns the Contract of the present version. An error means that a
// file of the schema has not the form that is read.
func Describe() (*Contract, error) {
	c := &Contract{ApplicationID: applicationID, UserVersion: len(versions)}
	for _, files := range versions {
		for _, file := range files {
			text, err := schema.ReadFile("sql/schema/" + file)
			if err != nil {
				return nil, err
			}
			if err := c.read(string(text)); err != nil {
				return nil, fmt.Errorf("%s: %w", file, err)
			}
		}
	}
	files, err := queries.ReadDir("sql/queries")
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		text, err := queries.ReadFile("sql/queries/" + f.Name())
		if err != nil {
			return nil, err
		}
		q, err := c.question(f.Name(), string(text))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name(), err)
		}
		c.Questions = append(c.Questions, q)
	}
	return c, nil
}

// View returns the view of a name.
func (c *Contract) View(name string) (View, bool) {
	i := slices.IndexFunc(c.Views, func(v View) bool { return v.Name == name })
	if i < 0 {
		return View{}, false
	}
	return c.Views[i], true
}

// The forms of what is read. A column has a line of its own before the SELECT,
// so that whoever sees the schema sees the contract first.
var (
	tableForm    = regexp.MustCompile(`^CREATE (?:VIRTUAL )?TABLE (\w+)`)
	viewForm     = regexp.MustCompile(`^CREATE VIEW (\w+) \(  -- (\S.*)$`)
	columnForm   = regexp.MustCompile(`^    (\w+),? +-- (integer|text|time|flag|json|real)\. (\S.*)$`)
	moreForm     = regexp.MustCompile(`^ {5,}-- (\S.*)$`)
	questionForm = regexp.MustCompile(`^\d+-(\w+)\.sql$`)
	asked        = regexp.MustCompile(`\b(?:FROM|JOIN) (\w+)`)
)

// read adds the tables and views of a file of the schema. A view that is made
// anew takes the place that it had.
func (c *Contract) read(text string) error {
	var v *View
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimRight(line, "\n")
		if v != nil {
			if line == ") AS" {
				c.add(*v)
				v = nil
			} else if err := v.read(line); err != nil {
				return fmt.Errorf("line %d: %w", n, err)
			}
			continue
		}
		if m := tableForm.FindStringSubmatch(line); m != nil {
			c.Tables = append(c.Tables, m[1])
		}
		if m := viewForm.FindStringSubmatch(line); m != nil {
			v = &View{Name: m[1], Sentence: m[2]}
		} else if strings.HasPrefix(line, "CREATE VIEW") {
			return fmt.Errorf("line %d: want CREATE VIEW name (  -- Sentence. as the beginning of a view", n)
		}
	}
	if v != nil {
		return fmt.Errorf("the columns of view %s have no end", v.Name)
	}
	return nil
}

// read adds what a line before the SELECT says of a view's columns.
func (v *View) read(line string) error {
	if m := columnForm.FindStringSubmatch(line); m != nil {
		v.Columns = append(v.Columns, feed.Column{Name: m[1], Type: m[2], Sentence: m[3]})
		return nil
	}
	if m := moreForm.FindStringSubmatch(line); m != nil && len(v.Columns) > 0 {
		v.Columns[len(v.Columns)-1].Sentence += " " + m[1]
		return nil
	}
	return fmt.Errorf("want name,  -- type. Sentence. as the line of a column")
}

// add adds a View. One of a later version takes the place of the former of its name.
func (c *Contract) add(v View) {
	if i := slices.IndexFunc(c.Views, func(old View) bool { return old.Name == v.Name }); i >= 0 {
		c.Views[i] = v
		return
	}
	c.Views = append(c.Views, v)
}

// question reads a file that begins with the question as a comment.
func (c *Contract) question(file, text string) (Question, error) {
	name := questionForm.FindStringSubmatch(file)
	title, sql, _ := strings.Cut(text, "\n")
	title, ok := strings.CutPrefix(title, "-- ")
	sql = strings.TrimSpace(sql)
	if name == nil || !ok || !strings.HasSuffix(sql, ";") {
		return Question{}, fmt.Errorf("a question stands in a file like 01-name.sql: a line that begins with -- and asks, then the query, which ends with ;")
	}
	q := Question{Name: name[1], Title: title, SQL: sql}
	for _, m := range asked.FindAllStringSubmatch(sql, -1) {
		if _, ok := c.View(m[1]); ok && !slices.Contains(q.Views, m[1]) {
			q.Views = append(q.Views, m[1])
		}
	}
	return q, nil
}
