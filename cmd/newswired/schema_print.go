package main

import (
	"fmt"
	"io"
	"strings"

	"newswired/store"
)

// contractWidth is how many characters a line of the contract has at most.
const contractWidth = 96

// contractTypes explains the words for types.
const contractTypes = `Types are integer, real, text (never empty), time (text, ISO 8601 in UTC: 2026-03-01T09:00:00Z), flag (0 or 1) and json. What is unknown, or is not there, is NULL.`

const contractPromise = `Within a major version views only gain columns. Tables may change with any version.`

// printContract prints for people.
func printContract(w io.Writer, c *store.Contract) error {
	p := &printer{w: w}
	printMark(p, c)
	p.hanging("", contractPromise+" "+contractTypes)
	for _, v := range c.Views {
		p.line("\n%s", v.Name)
		p.hanging("  ", v.Sentence)
		p.line("")
		width := 0
		for _, col := range v.Columns {
			width = max(width, len(col.Name))
		}
		for _, col := range v.Columns {
			head := fmt.Sprintf("  %-*s  %-7s  ", width, col.Name, col.Type)
			p.hanging(head, col.Sentence)
		}
	}
	for _, q := range c.Questions {
		p.line("\n%s: %s\n", q.Name, q.Title)
		for line := range strings.Lines(q.SQL) {
			p.line("  %s", strings.TrimSuffix(line, "\n"))
		}
	}
	return p.err
}

// printMark prints by what a program knows the file.
func printMark(p *printer, c *store.Contract) {
	p.line("A newswired database: application_id 0x%x, user_version %d.", c.ApplicationID, c.UserVersion)
}

// hanging prints words behind a head, in as many lines as they need.
func (p *printer) hanging(head, text string) {
	line := head
	indent := strings.Repeat(" ", len(head))
	empty := true
	for _, word := range strings.Fields(text) {
		if !empty && len([]rune(line))+1+len([]rune(word)) > contractWidth {
			p.line("%s", line)
			line, empty = indent, true
		}
		if !empty {
			line += " "
		}
		line, empty = line+word, false
	}
	p.line("%s", line)
}

// printContractMarkdown prints the same as a document.
func printContractMarkdown(w io.Writer, c *store.Contract) error {
	p := &printer{w: w}
	p.line("# The views of newswired\n")
	printMark(p, c)
	p.line("%s %s", contractPromise, contractTypes)
	for _, v := range c.Views {
		p.line("\n## %s\n\n%s\n\n| column | type | |\n| --- | --- | --- |", v.Name, v.Sentence)
		for _, col := range v.Columns {
			p.line("| `%s` | %s | %s |", col.Name, col.Type, strings.NewReplacer("|", `\|`, "*", `\*`, "<", "&lt;").Replace(col.Sentence))
		}
	}
	if len(c.Questions) > 0 {
		p.line("\n## Queries")
	}
	for _, q := range c.Questions {
		p.line("\n### %s\n\n```sql\n%s\n```", q.Title, q.SQL)
	}
	return p.err
}
