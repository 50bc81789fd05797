//go:build e2e

package main

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// A disk has the files of a database as they were written. What was written
// since a file was last synced may be on the disk or not when the power fails,
// each sector for itself.
type disk map[string]*diskFile

type diskFile struct {
	safe  []byte
	since []diskWrite // in the order in which they came
}

// A diskWrite without data cuts the file at that place.
type diskWrite struct {
	at   int
	data []byte
}

const sector = 512

// into returns a file's content after the write; what lies beyond its end is filled
// with zeros.
func (w diskWrite) into(content []byte) []byte {
	if w.data == nil {
		return append(content, make([]byte, max(0, w.at-len(content)))...)[:w.at]
	}
	if grown := w.at + len(w.data); grown > len(content) {
		content = append(content, make([]byte, grown-len(content))...)
	}
	copy(content[w.at:], w.data)
	return content
}

// sync brings all to the safe side that was written into a file.
func (d disk) sync(name string) {
	f := d[name]
	for _, w := range f.since {
		f.safe = w.into(f.safe)
	}
	f.since = nil
}

// fail writes into dir what is found after the power failed: of each sector that
// was not synced what keep says. There is no -shm file, which is memory.
func (d disk) fail(t *testing.T, dir string, keep func() bool) {
	t.Helper()
	for name, f := range d {
		content := append([]byte(nil), f.safe...)
		for _, w := range f.since {
			if w.data == nil {
				if keep() {
					content = w.into(content)
				}
				continue
			}
			for i := 0; i < len(w.data); i += sector {
				if keep() {
					content = diskWrite{w.at + i, w.data[i:min(i+sector, len(w.data))]}.into(content)
				}
			}
		}
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// call is a line of strace -f -y -xx: the call, its file, what else it was told.
var call = regexp.MustCompile(`^\d+ +(\w+)\((?:\d+<((?:\\x..)*)>|AT_FDCWD<[^>]*>, "((?:\\x..)*)"|"((?:\\x..)*)")(?:, "((?:\\x..)*)", (\d+), (\d+)|, (\d+))?`)

// follow does one call of the program. It reports whether something changed.
func (d disk) follow(t *testing.T, line string) bool {
	m := call.FindStringSubmatch(line)
	if m == nil {
		return false
	}
	name := filepath.Base(unhex(t, m[2]+m[3]+m[4]))
	if !strings.HasPrefix(name, "newswired.db") || strings.HasSuffix(name, "-shm") || strings.HasSuffix(name, ".lock") {
		return false
	}
	if d[name] == nil {
		d[name] = new(diskFile)
	}
	f := d[name]
	switch m[1] {
	case "pwrite64":
		at, err := strconv.Atoi(m[7])
		if err != nil {
			t.Fatal(err)
		}
		f.since = append(f.since, diskWrite{at, []byte(unhex(t, m[5]))})
	case "ftruncate":
		at, err := strconv.Atoi(m[8])
		if err != nil {
			t.Fatal(err)
		}
		f.since = append(f.since, diskWrite{at: at})
	case "fsync", "fdatasync":
		d.sync(name)
	case "unlink", "unlinkat":
		delete(d, name)
	default:
		t.Fatalf("%s is not traced", m[1])
	}
	return true
}

// unhex reads bytes as strace -xx writes them: \x00\x01.
func unhex(t *testing.T, text string) string {
	t.Helper()
	out := make([]byte, len(text)/4)
	for i := range out {
		b, err := strconv.ParseUint(text[i*4+2:i*4+4], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		out[i] = byte(b)
	}
	return string(out)
}

// failures is how often the power fails: NEWSWIRED_KILLS, else 4 times.
func failures(t *testing.T) int {
	t.Helper()
	n, err := strconv.Atoi(os.Getenv("NEWSWIRED_KILLS"))
	if err != nil {
		return 4
	}
	return n
}

// Three polls of 60 feeds are written down call by call, and the power fails at
// random moments in them. The file is whole each time, has every poll or nothing
// of it, those that were synced among them, and the next poll brings the rest.
func TestOutsidePower(t *testing.T) {
	t.Parallel()
	needSignals(t)
	strace := need(t, "strace")
	_, port, err := net.SplitHostPort(freeAddress(t))
	if err != nil {
		t.Fatal(err)
	}
	f := &feedfarm{"http://127.0.0.1:" + port}
	startBeside(t, buildBeside(t, "feedfarm"), f.url+"/urls", "-port", port, "-n", "60", "-items", "20")
	dir, listen, truth := t.TempDir(), freeAddress(t), make(map[string]bool)
	f.configure(t, dir, listen)
	var traces []string
	for n := range 3 {
		f.note(t, truth)
		trace := filepath.Join(dir, fmt.Sprint("trace-", n))
		poll := run(t, dir, "poll")
		poll.Args = append([]string{strace, "-f", "-y", "-xx", "-s", "1000000", "-o", trace,
			"-e", "trace=pwrite64,ftruncate,fsync,fdatasync,unlink,unlinkat", poll.Path}, poll.Args[1:]...)
		poll.Path = strace
		if out, err := poll.CombinedOutput(); err != nil {
			t.Fatalf("poll: %v: %s", err, out)
		}
		traces = append(traces, trace)
		if n < 2 {
			f.grow(t, 3)
		}
	}
	compare(t, dir, truth)
	calls := countCalls(t, traces)
	fail := make(map[int]int) // how often after each call
	for range failures(t) {
		fail[rand.N(calls)]++
	}
	printed := make(map[string]bool)
	f.note(t, printed)
	half := 0
	rerun(t, traces, func(d disk, n int) {
		for range fail[n] {
			if d.check(t, filepath.Join(dir, "config.yaml"), printed) {
				half++
			}
		}
	})
	t.Logf("the power failed %d times in %d calls, %d times with some of the polls there", failures(t), calls, half)
}

// countCalls returns how many calls change something.
func countCalls(t *testing.T, traces []string) (n int) {
	rerun(t, traces, func(disk, int) { n++ })
	return n
}

// rerun calls then after each call that changed something.
func rerun(t *testing.T, traces []string, then func(d disk, n int)) {
	t.Helper()
	d, n := make(disk), 0
	for _, name := range traces {
		trace, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer trace.Close()
		lines := bufio.NewReader(trace)
		for {
			line, err := lines.ReadString('\n')
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			if d.follow(t, line) {
				then(d, n)
				n++
			}
		}
	}
}

// check lets the power fail now, and holds what is found against what was synced
// and, after one more poll, against what is printed. It reports whether some
// articles were there and others not.
func (d disk) check(t *testing.T, config string, printed map[string]bool) bool {
	t.Helper()
	synced, found := t.TempDir(), t.TempDir()
	d.fail(t, synced, func() bool { return false })
	share := rand.Float64()
	d.fail(t, found, func() bool { return rand.Float64() < share })
	least, had := polls(t, synced), polls(t, found)
	for id := range least {
		if !had[id] {
			t.Errorf("poll %s was synced and is not there", id)
		}
	}
	text, err := os.ReadFile(config)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(found, "config.yaml"), text, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := run(t, found, "poll", "--force").CombinedOutput(); err != nil {
		t.Fatalf("poll after the power failed: %v: %s", err, out)
	}
	intact(t, found)
	all := query(t, found, "SELECT source || ' ' || guid || ' ' || link FROM articles") + "\n"
	for article := range printed {
		if strings.Count(all, article+"\n") != 1 {
			t.Fatalf("%s is there %d times", article, strings.Count(all, article+"\n"))
		}
	}
	return len(had) > 0 && len(had) < 180
}

// polls returns which polls a database has, and fails if it is not whole or has
// one by half. One that was never synced may be anything that SQLite refuses.
func polls(t *testing.T, dir string) map[string]bool {
	t.Helper()
	all := make(map[string]bool)
	if query(t, dir, "SELECT count(*) FROM sqlite_schema WHERE name = 'fetches'") == "0" {
		return all
	}
	intact(t, dir)
	got := query(t, dir, `SELECT (SELECT count(*) FROM articles) - (SELECT coalesce(sum(new), 0) FROM fetches),
		(SELECT count(*) FROM revisions) - (SELECT count(*) FROM articles), (SELECT count(*) FROM stories) - (SELECT count(DISTINCT entry_id) FROM entries)`)
	if got != "0|0|0" {
		t.Errorf("a poll by half: %s", got)
	}
	for id := range strings.Lines(query(t, dir, "SELECT id FROM fetches WHERE new > 0")) {
		all[strings.TrimSpace(id)] = true
	}
	delete(all, "")
	return all
}
