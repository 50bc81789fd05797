package main

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update-config", false, "write the mistakes found into testdata/config, to be reviewed as a diff")

// Each file in testdata/config has one mistake, but for those named for more,
// and at its end a comment with each line that is expected.
func TestMistakes(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "config", "*.yaml"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		text, wants := strings.ReplaceAll(string(data), "\r\n", "\n"), []string(nil)
		if at := strings.Index(text, "# want: "); at >= 0 {
			wants = strings.Split(strings.TrimSuffix(text[at:], "\n"), "\n")
			text = text[:at]
		}
		_, err = parseConfig("config.yaml", []byte(text), checkFake)
		if err == nil {
			t.Errorf("%s: no mistake found", name)
			continue
		}
		var got []string
		for line := range strings.SplitSeq(err.Error(), "\n") {
			got = append(got, "# want: "+strings.TrimPrefix(line, "config.yaml:"))
		}
		if *update {
			if err := os.WriteFile(name, []byte(text+strings.Join(got, "\n")+"\n"), 0o644); err != nil {
				t.Fatal(err)
			}
		} else if !slices.Equal(got, wants) {
			t.Errorf("%s:\n%s\nwant\n%s", name, strings.Join(got, "\n"), strings.Join(wants, "\n"))
		}
	}
}

// A comment may stand at the end of a file without changing what is found.
func TestMistakesWithComments(t *testing.T) {
	name := filepath.Join("testdata", "config", "all-at-once.yaml")
	_, err := loadConfig(name, checkFake)
	var all *configError
	if !errors.As(err, &all) || len(all.mistakes) < 8 {
		t.Errorf("%v", err)
	}
	if !strings.HasPrefix(err.Error(), name+":1:1: ") {
		t.Errorf("%v", err)
	}
}

var placed = regexp.MustCompile(`^config\.yaml:[1-9][0-9]*:[1-9][0-9]*: .`)

// Whatever stands in the file, every mistake has a place within it.
func FuzzConfig(f *testing.F) {
	files, _ := filepath.Glob(filepath.Join("testdata", "config", "*.yaml"))
	for _, name := range append(files, filepath.Join("..", "..", "config.yaml")) {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := parseConfig("config.yaml", data, checkFake)
		if err == nil {
			if len(c.Sources) == 0 || len(c.Feeds) == 0 || c.Feeds[0].Filter == nil {
				t.Errorf("accepted without sources, feeds or filter: %q", data)
			}
			return
		}
		var all *configError
		if !errors.As(err, &all) {
			t.Fatal(err)
		}
		lines := strings.Count(string(data), "\n") + 1
		for _, m := range all.mistakes {
			if m.line > lines {
				t.Errorf("line %d of %d: %s", m.line, lines, m.text)
			}
		}
		for line := range strings.SplitSeq(err.Error(), "\n") {
			if !placed.MatchString(line) {
				t.Errorf("no place: %q", line)
			}
		}
	})
}
