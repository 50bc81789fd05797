package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"newswired/store"
)

// schemaOptions say in which form the contract is printed.
type schemaOptions struct {
	asMarkdown, asJSON, asDatasette bool
	query                           string // name of the one query that is printed; "": all there is
}

// schemaCommand prints the contract as the program has it, whatever database there
// is.
func (a *app) schemaCommand() *cobra.Command {
	var o schemaOptions
	c := &cobra.Command{
		Use:   "schema [VIEW...]",
		Short: "Tell what the views have, and what can be asked of them",
		Long: `Schema prints the views of the database, or those that are named, with a sentence
for each column and queries that people really ask. Views are the contract: within
a major version they only gain columns. Tables may change with any version.

It needs no database. For Datasette it describes the one of the configuration:

  newswired schema --datasette >metadata.json
  datasette newswired.db --metadata metadata.json

Tables are hidden there and cannot be opened, but whoever may write SQL can read
them, secrets of subscriptions included: for others than yourself add
--setting default_allow_sql off.`,
		Example: `  newswired schema articles revisions
  newswired schema --query headlines | sqlite3 -readonly -box newswired.db`,
		RunE: func(_ *cobra.Command, views []string) error { return a.schema(views, o) },
	}
	c.Flags().BoolVar(&o.asMarkdown, "markdown", false, "print Markdown")
	c.Flags().BoolVar(&o.asJSON, "json", false, "print JSON")
	c.Flags().BoolVar(&o.asDatasette, "datasette", false, "print metadata for Datasette")
	c.Flags().StringVar(&o.query, "query", "", "print the query of this `name` alone, for sqlite3")
	c.MarkFlagsMutuallyExclusive("markdown", "json", "datasette", "query")
	return c
}

// schema prints the contract.
func (a *app) schema(views []string, o schemaOptions) error {
	c, err := store.Describe()
	if err != nil {
		return err
	}
	if len(views) > 0 && (o.asDatasette || o.query != "") {
		return usageError{errors.New("a view may be named only for text, Markdown and JSON"), "try: newswired schema -h"}
	}
	if err := chooseViews(c, views); err != nil {
		return err
	}
	switch {
	case o.query != "":
		i := slices.IndexFunc(c.Questions, func(q store.Question) bool { return q.Name == o.query })
		if i < 0 {
			return usageError{fmt.Errorf("no such query: %s", o.query), "there are: " + questionNames(c)}
		}
		_, err := fmt.Fprintf(a.stdout, "-- %s\n%s\n", c.Questions[i].Title, c.Questions[i].SQL)
		return err
	case o.asDatasette:
		name, err := a.databaseName()
		if err != nil {
			return err
		}
		return printJSON(a.stdout, datasetteOf(c, name))
	case o.asJSON:
		return printJSON(a.stdout, c)
	case o.asMarkdown:
		return printContractMarkdown(a.stdout, c)
	}
	return printContract(a.stdout, c)
}

// chooseViews leaves in a contract the views that are named, in that order, and
// the questions about them; all if none is.
func chooseViews(c *store.Contract, names []string) error {
	if len(names) == 0 {
		return nil
	}
	var views []store.View
	for _, name := range names {
		v, ok := c.View(name)
		if !ok {
			var there []string
			for _, v := range c.Views {
				there = append(there, v.Name)
			}
			return usageError{fmt.Errorf("no such view: %s", name), "there are: " + strings.Join(there, ", ")}
		}
		views = append(views, v)
	}
	c.Views = views
	c.Questions = slices.DeleteFunc(c.Questions, func(q store.Question) bool {
		return !slices.ContainsFunc(q.Views, func(name string) bool { return slices.Contains(names, name) })
	})
	return nil
}

// questionNames lists the names of the queries, for messages.
func questionNames(c *store.Contract) string {
	var names []string
	for _, q := range c.Questions {
		names = append(names, q.Name)
	}
	return strings.Join(names, ", ")
}
