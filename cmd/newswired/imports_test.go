package main

import (
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
)

const moduleName = "newswired"

// house says which packages there are, and which of the others each may know.
// The corridor that writes and the one that serves meet in the database and in
// cmd/newswired, nowhere else.
var house = map[string][]string{
	"feed":                  nil,
	"feed/export":           {"feed"},
	"feed/filter":           {"feed"},
	"feed/render":           {"feed"},
	"feed/web":              {"feed", "feed/filter", "feed/render", "feed/web/limit"},
	"feed/web/limit":        nil,
	"fetcher":               {"feed", "fetcher/charset", "fetcher/date", "fetcher/page"},
	"fetcher/charset":       {"feed"},
	"fetcher/date":          nil,
	"fetcher/page":          {"feed", "fetcher/charset", "fetcher/date"},
	"fetcher/schedule":      nil,
	"fetcher/websub":        {"feed", "fetcher"},
	"cmd/newswired/metrics": {"feed"},
	"store":                 {"feed"},
	"cmd/newswired":         {"feed", "feed/export", "feed/filter", "feed/render", "feed/web", "feed/web/limit", "fetcher", "fetcher/charset", "fetcher/page", "fetcher/schedule", "fetcher/websub", "cmd/newswired/metrics", "store"},
}

// doors says by which package each module of others comes in. There is one
// for each, so that it can be replaced by changing one package.
var doors = map[string]string{
	"code.dny.dev/ssrf":                      "fetcher",
	"codeberg.org/readeck/go-readability/v2": "fetcher/page",
	"github.com/coreos/go-systemd/v22":       "cmd/newswired",
	"github.com/expr-lang/expr":              "feed/filter",
	"github.com/gofrs/flock":                 "cmd/newswired",
	"github.com/gorilla/feeds":               "feed/render",
	"github.com/microcosm-cc/bluemonday":     "feed/render",
	"github.com/mmcdole/gofeed":              "fetcher",
	"github.com/prometheus/client_golang":    "cmd/newswired/metrics",
	"github.com/robfig/cron/v3":              "fetcher/schedule",
	"github.com/schollz/progressbar/v3":      "cmd/newswired",
	"github.com/spf13/cobra":                 "cmd/newswired",
	"github.com/spf13/pflag":                 "cmd/newswired", // cobra's flags
	"go.yaml.in/yaml/v4":                     "cmd/newswired",
	"modernc.org/sqlite":                     "store",
}

// testDoors are open to tests only, some of them beside another.
var testDoors = map[string]string{
	"github.com/mmcdole/gofeed":       "cmd/newswired", // to compare with
	"github.com/rogpeppe/go-internal": "cmd/newswired",
}

// open are modules that are near enough to the standard library to be imported
// where they are needed.
var open = []string{"golang.org/x", "github.com/klauspost/compress"}

// An imported is one import of one file.
type imported struct {
	pkg  string // folder of the file, from the root of the module
	file string
	path string
}

// readImports returns every import of every Go file, whatever its build tags.
func readImports(tree fs.FS) ([]imported, error) {
	var all []imported
	err := fs.WalkDir(tree, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		hidden := strings.HasPrefix(d.Name(), ".") || strings.HasPrefix(d.Name(), "_") || d.Name() == "testdata"
		if d.IsDir() && hidden && name != "." {
			return fs.SkipDir // as the Go command does
		}
		if d.IsDir() || path.Ext(name) != ".go" {
			return nil
		}
		source, err := fs.ReadFile(tree, name)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, source, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range file.Imports {
			what, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			all = append(all, imported{path.Dir(name), name, what})
		}
		return nil
	})
	return all, err
}

// breach returns which rule an import breaks, "" if it breaks none.
func (i imported) breach() string {
	known, ok := house[i.pkg]
	if !ok {
		return fmt.Sprintf("%s: package %s is not in the table of the house", i.file, i.pkg)
	}
	if what, ok := strings.CutPrefix(i.path, moduleName+"/"); ok {
		if what == i.pkg || slices.Contains(known, what) { // its own: a test from outside
			return ""
		}
		return fmt.Sprintf("%s: %s must not know %s", i.file, i.pkg, what)
	}
	first, _, _ := strings.Cut(i.path, "/")
	if !strings.Contains(first, ".") || slices.ContainsFunc(open, func(m string) bool { return within(i.path, m) }) {
		return ""
	}
	module, door := i.door()
	switch {
	case module == "":
		return fmt.Sprintf("%s: %s is of no module in the table of doors", i.file, i.path)
	case door != i.pkg:
		return fmt.Sprintf("%s: the door of %s is %s", i.file, module, door)
	}
	return ""
}

// door returns the module of an import and the package that may have it: its
// own, if there is a door to that one.
func (i imported) door() (module, pkg string) {
	tables := []map[string]string{doors}
	if strings.HasSuffix(i.file, "_test.go") {
		tables = append(tables, testDoors)
	}
	for _, table := range tables {
		for m, p := range table {
			if within(i.path, m) && (module == "" || p == i.pkg) {
				module, pkg = m, p
			}
		}
	}
	return module, pkg
}

// within reports whether a package belongs to a module.
func within(pkg, module string) bool { return pkg == module || strings.HasPrefix(pkg, module+"/") }

// breaches returns what a tree breaks, and the doors through which nothing of
// it goes.
func breaches(tree fs.FS) (broken, unused []string, err error) {
	all, err := readImports(tree)
	if err != nil {
		return nil, nil, err
	}
	closed := maps.Clone(doors)
	maps.Copy(closed, testDoors)
	for _, i := range all {
		if text := i.breach(); text != "" {
			broken = append(broken, text)
		}
		module, _ := i.door()
		delete(closed, module)
	}
	return broken, slices.Sorted(maps.Keys(closed)), nil
}

// Packages import each other, and modules, through the doors of the table alone, and
// the table has no door that nobody uses.
func TestImports(t *testing.T) {
	root := filepath.Join("..", "..")
	if _, err := os.Stat(filepath.Join(root, "go.mod")); err != nil {
		t.Fatal(err)
	}
	broken, unused, err := breaches(os.DirFS(root))
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range broken {
		t.Error(text)
	}
	if len(unused) > 0 {
		t.Errorf("nothing comes in by the doors of %s; take them out of the table", strings.Join(unused, ", "))
	}
}

// The rules, broken one at a time.
func TestBreaches(t *testing.T) {
	for _, check := range []struct{ file, imports, want string }{
		{"feed/a.go", `"fmt"; "net/http"; "golang.org/x/text/cases"`, ""},
		{"feed/a.go", `"newswired/store"`, "feed/a.go: feed must not know store"},
		{"feed/a_test.go", `"newswired/feed/filter"`, "feed/a_test.go: feed must not know feed/filter"},
		{"feed/a_test.go", `"newswired/feed"`, ""},
		{"store/a.go", `"newswired/feed"; _ "modernc.org/sqlite"`, ""},
		{"store/a.go", `"newswired/fetcher"`, "store/a.go: store must not know fetcher"},
		{"fetcher/a.go", `"newswired/store"`, "fetcher/a.go: fetcher must not know store"},
		{"fetcher/a.go", `"newswired/fetcher/schedule"`, "fetcher/a.go: fetcher must not know fetcher/schedule"},
		{"fetcher/a.go", `ext "github.com/mmcdole/gofeed/extensions"`, ""},
		{"store/a.go", `"github.com/mmcdole/gofeed/rss"`, "store/a.go: the door of github.com/mmcdole/gofeed is fetcher"},
		{"store/a_test.go", `"github.com/mmcdole/gofeed"`, "store/a_test.go: the door of github.com/mmcdole/gofeed is fetcher"},
		{"fetcher/a.go", `"github.com/mmcdole/gofeedextra"`, "fetcher/a.go: github.com/mmcdole/gofeedextra is of no module in the table of doors"},
		{"cmd/newswired/a.go", `"example.org/x"`, "cmd/newswired/a.go: example.org/x is of no module in the table of doors"},
		{"cmd/newswired/a_test.go", `"github.com/rogpeppe/go-internal/testscript"`, ""},
		{"cmd/newswired/a.go", `"github.com/rogpeppe/go-internal/testscript"`, "cmd/newswired/a.go: github.com/rogpeppe/go-internal/testscript is of no module in the table of doors"},
		{"feed/util/a.go", `"fmt"`, "feed/util/a.go: package feed/util is not in the table of the house"},
		{"feed/testdata/a.go", `"newswired/store"`, ""},
	} {
		tree := fstest.MapFS{check.file: {Data: []byte("//go:build ignore\n\npackage a\nimport (" + check.imports + ")\n")}}
		broken, unused, err := breaches(tree)
		if got := strings.Join(broken, "\n"); got != check.want || err != nil {
			t.Errorf("%s with %s: %q, %v; want %q", check.file, check.imports, got, err, check.want)
		}
		if len(unused) == 0 {
			t.Errorf("%s: no door is unused", check.file)
		}
	}
}

// The table of the house has no circles: what a package may know never knows
// that package.
func TestHouseHasNoCircles(t *testing.T) {
	var knows func(from, to string) bool
	knows = func(from, to string) bool {
		return slices.ContainsFunc(house[from], func(next string) bool { return next == to || knows(next, to) })
	}
	for pkg := range house {
		if knows(pkg, pkg) {
			t.Errorf("%s knows itself", pkg)
		}
	}
}
