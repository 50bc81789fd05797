package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"newswired/feed"
	"newswired/feed/filter"
)

// readme returns the lines of the README that begin with a text, white space
// aside.
func readme(t *testing.T, begin string) []string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimSpace(line); strings.HasPrefix(line, begin) {
			found = append(found, line)
		}
	}
	if len(found) == 0 {
		t.Fatalf("the README has no line that begins with %q", begin)
	}
	return found
}

// The filters that the README shows can be pasted.
func TestReadmeFilters(t *testing.T) {
	for _, line := range readme(t, "filter: ") {
		if _, err := filter.Compile(strings.TrimPrefix(line, "filter: ")); err != nil {
			t.Errorf("%s: %v", line, err)
		}
	}
}

// What the README says is found is found, and the rest is not.
func TestReadmePhrases(t *testing.T) {
	rows, here := 0, false
	for _, line := range readme(t, "| ") {
		cells := strings.Split(strings.Trim(line, "| "), " | ")
		phrase := strings.Trim(cells[0], "`")
		if phrase == cells[0] { // the head of a table
			here = phrase == "phrase" || here && phrase == "---"
		}
		if !here || phrase == cells[0] {
			continue
		}
		if !strings.HasPrefix(phrase, "stem(") {
			phrase = strconv.Quote(phrase)
		}
		f, err := filter.Compile("mentions(" + phrase + ")")
		if err != nil {
			t.Errorf("%s: %v", line, err)
			continue
		}
		rows++
		for i, cell := range cells[1:] {
			for text := range strings.SplitSeq(cell, "; ") {
				text, _, _ = strings.Cut(text, " (")
				s := feed.Story{Copies: []feed.Copy{{Article: feed.Article{Title: text}}}}
				if got := f.Judge(filter.Prepare(&s)).Passes; got != (i == 0) {
					t.Errorf("%s in %q: %v", phrase, text, got)
				}
			}
		}
	}
	if rows < 10 {
		t.Errorf("%d rows", rows)
	}
}

// The commands that the README names are there, and no other is.
func TestReadmeCommands(t *testing.T) {
	named := map[string]bool{"help": true}
	for _, match := range regexp.MustCompile("`newswired ([a-z]+)").FindAllStringSubmatch(strings.Join(readme(t, "| `newswired"), "\n"), -1) {
		named[match[1]] = true
	}
	root := (&app{}).commands()
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	there := make(map[string]bool)
	for _, c := range root.Commands() {
		there[c.Name()] = true
		if !named[c.Name()] {
			t.Errorf("the README does not name %s", c.Name())
		}
	}
	for name := range named {
		if !there[name] {
			t.Errorf("there is no %s", name)
		}
	}
}

// The tests that the README names are there.
func TestReadmeTests(t *testing.T) {
	there := make(map[string]bool)
	form := regexp.MustCompile(`(?m)^func (Test\w+)\(`)
	err := filepath.WalkDir(filepath.Join("..", ".."), func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path)
		for _, m := range form.FindAllSubmatch(text, -1) {
			there[string(m[1])] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile("`(Test\\w+)`")
	names := 0
	for _, line := range readme(t, "| ") {
		for _, m := range named.FindAllStringSubmatch(line, -1) {
			names++
			if !there[m[1]] {
				t.Errorf("the README names %s, which is not there", m[1])
			}
		}
	}
	if names == 0 {
		t.Error("the README names no test")
	}
}
