package store

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"newswired/feed"
)

// newspaper returns the file of a closed database with a hundred Articles, some of
// them revised, whose words are indexed, and all of it in the file itself.
func newspaper(t *testing.T) string {
	t.Helper()
	w := newWorld(t)
	none := func(s *feed.Story) []feed.Verdict {
		return []feed.Verdict{{Passes: true, Reason: "no filter"}, {Reason: "nothing is good enough"}}
	}
	w.configure(none, feed.Feed{Name: "all", Rule: "all"}, feed.Feed{Name: "none", Rule: "none"})
	var articles []feed.Article
	for n := range 100 {
		articles = append(articles, article(fmt.Sprint(n), fmt.Sprintf("https://wire.example/%d", n), fmt.Sprintf("Report%d of the harbour%d", n, n)))
		articles[n].Content = strings.Repeat(fmt.Sprintf("word%d ", n), 100)
	}
	w.poll("wire", articles...)
	articles[7].Title = "Report7 of the council7"
	w.poll("wire", articles...)
	w.poll("paper", article("p", "https://paper.example/p", "Weather tomorrow fine"))
	for more := true; more; {
		var err error
		if more, err = w.IndexWords(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	raw(t, w.name, "PRAGMA wal_checkpoint(TRUNCATE)")
	return w.name
}

// raw changes a file as another program might.
func raw(t *testing.T, name string, statements ...string) {
	t.Helper()
	db, err := sql.Open("sqlite", dsn(name, ""))
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			t.Errorf("%s: %v", s, err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// examined returns the Findings about a file, whatever room the disk has.
func examined(t *testing.T, name string, now time.Time) []Finding {
	t.Helper()
	f, err := Examine(context.Background(), name, true, now)
	if err != nil {
		t.Fatal(err)
	}
	f.DiskFree = -1 // of the machine that tests
	return f.Findings()
}

// Every contradiction is found, by its own check, and repaired, after which there
// is nothing to be said and the daemon's own code can go on.
func TestDoctor(t *testing.T) {
	whole := newspaper(t)
	if all := examined(t, whole, start.Add(time.Hour)); len(all) != 0 {
		t.Fatalf("a good file: %+v", all)
	}
	good, err := os.ReadFile(whole)
	if err != nil {
		t.Fatal(err)
	}
	type damage struct {
		check  string
		does   []string
		repair string // a question that is true after the repair; "" is none
	}
	for _, damages := range [][]damage{
		{
			{"mark", []string{"PRAGMA application_id = 0", "PRAGMA user_version = 0"}, "SELECT user_version = 1 FROM pragma_user_version"},
			{"vacuum", []string{"PRAGMA journal_mode = DELETE", "PRAGMA auto_vacuum = NONE", "VACUUM"}, "SELECT auto_vacuum = 2 FROM pragma_auto_vacuum"},
		},
		{
			{"mark", []string{"PRAGMA user_version = 0"}, "SELECT user_version = 1 FROM pragma_user_version"},
		},
		{
			{"keys", []string{"DELETE FROM article WHERE id = 5"}, "SELECT count(*) = 0 FROM revision WHERE article_id = 5"},
			{"lost sources", []string{"DELETE FROM source WHERE name = 'paper'"}, "SELECT count(*) = 1 FROM articles WHERE source = 'lost-2'"},
			{"lost stories", []string{"DELETE FROM story WHERE id = 9"}, "SELECT count(*) = 1 AND max(published) IS NOT NULL FROM stories WHERE id = 9"},
			{"lost revisions", []string{"DELETE FROM revision WHERE seq = (SELECT seq FROM article WHERE guid = '7')"}, "SELECT title = 'Report7 of the harbour7' FROM articles WHERE guid = '7'"},
			{"told stories", []string{"UPDATE story SET told_in = 1 WHERE id = 2"}, "SELECT told_in IS NULL FROM story WHERE id = 2"},
			{"told chains", []string{"INSERT INTO story (id, first_seen, told_in) VALUES (500, 1, 3), (501, 1, 500), (502, 1, 501)"}, "SELECT count(*) = 3 FROM story WHERE told_in = 3"},
			{"empty stories", []string{"INSERT INTO story (id, first_seen) VALUES (600, 1)"}, "SELECT count(*) = 0 FROM story WHERE id = 600"},
			{"lost copies", []string{"UPDATE verdict SET article_id = 77 WHERE story_id = 4"}, "SELECT article_id = 4 FROM entries WHERE story_id = 4"},
			{"lost reasons", []string{"DELETE FROM reason"}, "SELECT min(reasons) = '[]' FROM rejection"},
			{"used numbers", []string{"DELETE FROM sqlite_sequence WHERE name = 'story'", "UPDATE sqlite_sequence SET seq = 3 WHERE name = 'revision'"}, "SELECT min(seq) > 100 AND count(*) = 2 FROM sqlite_sequence WHERE name IN ('story', 'revision')"},
			{"far fetches", []string{"UPDATE source SET next_fetch = 1893456000000 WHERE id = 1"}, "SELECT next_fetch IS NULL FROM source WHERE id = 1"},
			{"missing words", []string{"DELETE FROM word_index_docsize WHERE id = 12"}, "SELECT count(*) = 1 FROM search WHERE words MATCH 'harbour11'"},
			{"stale words", []string{"INSERT INTO word_index (rowid, title) SELECT min(seq), 'unheard' FROM revision WHERE article_id = (SELECT id FROM article WHERE guid = '7')"}, "SELECT count(*) = 0 FROM word_index WHERE word_index MATCH 'unheard'"},
			{"schema", []string{"DROP VIEW stories", "DROP INDEX article_by_link", "CREATE INDEX article_by_link ON article (link)"}, "SELECT count(*) > 100 FROM stories"},
		},
		{
			{"search", []string{"INSERT INTO word_index (word_index, rowid, title, text, source) SELECT 'delete', seq, title, '', '' FROM revision WHERE title LIKE 'Report19 %'", "INSERT INTO word_index_docsize SELECT r.seq, d.sz FROM revision r, word_index_docsize d WHERE r.title LIKE 'Report19 %' AND d.id = 50"}, "SELECT count(*) = 1 FROM search WHERE words MATCH 'harbour19'"},
		},
		{
			{"no tags", []string{"DELETE FROM meta WHERE name = 'tag_prefix'"}, ""},
			{"clock", []string{"UPDATE source SET last_fetch = 1893456000000"}, ""},
		},
	} {
		name := filepath.Join(t.TempDir(), "paper.db")
		if err := os.WriteFile(name, good, 0o640); err != nil {
			t.Fatal(err)
		}
		unrepaired := 0
		for _, d := range damages {
			raw(t, name, d.does...)
			if d.repair == "" {
				unrepaired++
			}
		}
		repaired, err := repairAll(context.Background(), name, start.Add(time.Hour))
		if err != nil {
			t.Fatal(err)
		}
		left := examined(t, name, start.Add(time.Hour))
		if len(left) != unrepaired {
			t.Errorf("after the repair: %+v", left)
		}
		w := &world{t: t, now: start.Add(2 * time.Hour)}
		if w.Store, err = Open(context.Background(), name, "", start); err != nil {
			t.Fatal(err)
		}
		if unrepaired == 0 {
			w.configure(everything, feed.Feed{Name: "all", Rule: "all"})
			w.poll("wire", article("new", "https://wire.example/new", "Something else"))
		}
		for _, d := range damages {
			if !slices.ContainsFunc(append(repaired, left...), func(f Finding) bool { return f.Check == d.check }) {
				t.Errorf("not found: %s", d.check)
			}
			if d.repair != "" && w.count(d.repair) != 1 {
				t.Errorf("%s: not so: %s", d.check, d.repair)
			}
		}
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	}
}

// Beside a daemon nothing is repaired that it has in memory.
func TestDoctorBesideADaemon(t *testing.T) {
	name := newspaper(t)
	raw(t, name, "DELETE FROM reason", "DELETE FROM word_index_docsize WHERE id = 12", "DELETE FROM article WHERE id = 5")
	done, err := Repair(context.Background(), name, examined(t, name, start.Add(time.Hour)), false, start)
	if err != nil || len(done) != 1 || done[0].how.kind != "words" {
		t.Errorf("%v, %+v", err, done)
	}
	left := examined(t, name, start.Add(time.Hour))
	for _, f := range left {
		if f.Check != "keys" && f.Check != "lost reasons" && f.Check != "empty stories" && f.Check != "lost copies" {
			t.Errorf("left: %+v", f)
		}
	}
	want(t, "left", len(left) > 1, true)
}

// What cannot be a database, or is damaged, is named, says the way out, and stays
// as it is; what can still be read is saved.
func TestDamaged(t *testing.T) {
	whole := newspaper(t)
	good, err := os.ReadFile(whole)
	if err != nil {
		t.Fatal(err)
	}
	leaf := func(page int) []byte { // garbage in a page
		data := bytes.Clone(good)
		copy(data[page*pageSize:], bytes.Repeat([]byte{0xa5}, pageSize))
		return data
	}
	revisions := rootOf(t, whole, "revision")
	for name, c := range map[string]struct {
		data  []byte
		says  string
		saved int // articles at least, -1: nothing can be saved
	}{
		"no header":  {append(make([]byte, 100), good[100:]...), "no SQLite database", -1},
		"short":      {good[:50], "no SQLite database", -1},
		"cut off":    {good[:len(good)/2], "cut off", -1},
		"a letter":   {[]byte("Dear reader, this is a letter that is longer than the header of a database would be, by a word or two."), "no SQLite database", -1},
		"bad schema": {leaf(0), "no SQLite database", -1},
		"bad root":   {leaf(revisions), "", 0},
		"bad leaf":   {leaf(leafOf(t, whole, "revision")), "", 80},
	} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "paper.db")
			if err := os.WriteFile(file, c.data, 0o640); err != nil {
				t.Fatal(err)
			}
			st, err := Open(context.Background(), file, "", start)
			if err == nil {
				st.Close()
			}
			if c.says != "" && (err == nil || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), file)) {
				t.Errorf("opened with %v", err)
			}
			if now, err := os.ReadFile(file); err != nil || !bytes.Equal(now, c.data) {
				t.Errorf("the file was changed (%v)", err)
			}
			all := examined(t, file, start.Add(time.Hour))
			if len(all) == 0 || all[0].Severity != Wrong || all[0].Repair != "" || !strings.Contains(all[0].Advice, "backup") {
				t.Errorf("said is %+v", all)
			}
			to := filepath.Join(t.TempDir(), "saved.db")
			s, err := SalvageTo(context.Background(), file, to, start)
			if c.saved < 0 {
				if err == nil || !strings.Contains(err.Error(), "restore a backup") || size(to) >= 0 {
					t.Errorf("saved: %v, %v", s.Rows, err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if s.Rows["article"] < c.saved {
				t.Errorf("saved: %v", s.Rows)
			}
			if all := examined(t, to, start.Add(time.Hour)); len(all) != 0 {
				t.Errorf("what was saved is not well: %+v", all)
			}
		})
	}
}

// Of a damaged leaf's neighbours every row is saved.
func TestSalvageNeighbours(t *testing.T) {
	name := newspaper(t)
	var rows, lost int
	ask(t, name, &rows, "SELECT count(*) FROM revision")
	leaf := leafOf(t, name, "revision")
	ask(t, name, &lost, "SELECT ncell FROM dbstat WHERE pageno = ?", leaf+1)
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	copy(data[leaf*pageSize:], make([]byte, pageSize))
	if err := os.WriteFile(name, data, 0o640); err != nil {
		t.Fatal(err)
	}
	s, err := SalvageTo(context.Background(), name, filepath.Join(t.TempDir(), "saved.db"), start)
	if err != nil || s.Rows["revision"] != rows-lost {
		t.Errorf("%d of %d rows saved, %d were in the leaf, %v", s.Rows["revision"], rows, lost, err)
	}
}

// A salvage that fails leaves no file that could be taken for what was saved.
func TestSalvageFails(t *testing.T) {
	name := newspaper(t)
	folder := t.TempDir()
	to := filepath.Join(folder, "saved.db")
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	go func() {
		for size(to) < 0 && ctx.Err() == nil {
			time.Sleep(time.Millisecond)
		}
		stop()
	}()
	if _, err := SalvageTo(ctx, name, to, start); err == nil {
		t.Error("nothing failed")
	}
	if files, err := os.ReadDir(folder); err != nil || len(files) > 0 {
		t.Errorf("left are %v, %v", files, err)
	}
}

// What another program dropped is named, and an empty file is no database yet.
func TestDropped(t *testing.T) {
	name := newspaper(t)
	raw(t, name, "DROP TABLE fetch")
	all := examined(t, name, start.Add(time.Hour))
	if len(all) == 0 || !strings.HasPrefix(all[0].Says, "Table fetch is missing") {
		t.Errorf("said is %+v", all)
	}
	empty := filepath.Join(t.TempDir(), "empty.db")
	if err := os.WriteFile(empty, nil, 0o640); err != nil {
		t.Fatal(err)
	}
	if _, err := Examine(context.Background(), empty, true, start); err == nil || !strings.Contains(err.Error(), "no database yet") {
		t.Errorf("of an empty file: %v", err)
	}
}

// rootOf returns the number of the root page of a table, from 0.
func rootOf(t *testing.T, name, table string) (page int) {
	t.Helper()
	ask(t, name, &page, "SELECT rootpage - 1 FROM sqlite_schema WHERE name = ?", table)
	return page
}

// leafOf returns the number of a leaf in the middle of a table.
func leafOf(t *testing.T, name, table string) (page int) {
	t.Helper()
	ask(t, name, &page, "SELECT pageno - 1 FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY path LIMIT 1 OFFSET 3", table)
	return page
}

// ask reads one value from a file beside whoever has it open.
func ask(t *testing.T, name string, into any, query string, args ...any) {
	t.Helper()
	db, err := sql.Open("sqlite", dsn(name, "mode=ro"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.QueryRow(query, args...).Scan(into); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}

// An empty file in the place of a database, or none beside a log that has what was
// written last, is not taken for a new one.
func TestNotRecreated(t *testing.T) {
	w := newWorld(t)
	w.poll("wire", article("1", "https://wire.example/1", "One"))
	name := w.name
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	want(t, "the log after a stop", size(name+"-wal"), 0)
	if err := os.Truncate(name, 0); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(context.Background(), name, "", start); err == nil || !strings.Contains(err.Error(), "once was a database") {
		t.Errorf("emptied: %v", err)
	}
	os.Remove(name)
	if err := os.WriteFile(name+"-wal", []byte("what was written last"), 0o640); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(context.Background(), name, "", start); err == nil || !strings.Contains(err.Error(), "put it back") {
		t.Errorf("gone: %v", err)
	}
	os.Remove(name + "-wal")
	os.Remove(name + "-shm")
	if err := os.WriteFile(name, nil, 0o640); err != nil { // as mktemp makes one
		t.Fatal(err)
	}
	st, err := Open(context.Background(), name, "", start)
	if err != nil {
		t.Fatal(err)
	}
	st.Close()
}

// The database of another program is not even put into another journal mode.
func TestForeignIsUntouched(t *testing.T) {
	name := filepath.Join(t.TempDir(), "other.db")
	raw(t, name, "CREATE TABLE letters (text)")
	before, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Open(context.Background(), name, "", start); err == nil || !strings.Contains(err.Error(), "another program") {
		t.Errorf("opened with %v", err)
	}
	if after, err := os.ReadFile(name); err != nil || !bytes.Equal(before, after) {
		t.Errorf("changed (%v)", err)
	}
	left, _ := filepath.Glob(name + "-*")
	want(t, "files beside", len(left), 0)
}

// What a sentence is about is asked of every kind of fact.
func TestFindings(t *testing.T) {
	now := start
	for check, f := range map[string]Facts{
		"integrity":  {Integrity: []string{"Tree 7 page 9: btreeInitPage() returns error code 11"}},
		"index":      {Integrity: []string{"row 3 missing from index article_by_link"}},
		"search":     {Integrity: []string{"malformed inverted index for FTS5 table main.word_index"}},
		"schema":     {Tables: []string{"article"}},
		"log":        {WAL: logTooLong + 1},
		"disk":       {DiskFree: 1},
		"free":       {FreePages: muchFree + 1, Size: muchFree},
		"permission": {ReadOnly: true},
		"owner":      {Strangers: []string{"x-wal"}},
		"leftovers":  {Leftovers: []string{"x.version-1"}},
	} {
		f.Now, f.Newest, f.Shrinks = now, now, true
		if f.DiskFree == 0 {
			f.DiskFree = -1
		}
		if all := f.Findings(); len(all) == 0 || all[0].Check != check || all[0].Advice+all[0].Repair == "" {
			t.Errorf("%s: %+v", check, all)
		}
	}
}
