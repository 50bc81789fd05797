package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

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
