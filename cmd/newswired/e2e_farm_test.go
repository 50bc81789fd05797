//go:build e2e

package main

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// A feedfarm is a server of 200 feeds that knows what a perfect reader would have.
type feedfarm struct{ url string }

// startFarm builds and starts the farm that lies beside the checkout.
func startFarm(t *testing.T) *feedfarm {
	t.Helper()
	_, port, err := net.SplitHostPort(freeAddress(t))
	if err != nil {
		t.Fatal(err)
	}
	f := &feedfarm{"http://127.0.0.1:" + port}
	startBeside(t, buildBeside(t, "feedfarm"), f.url+"/urls", "-port", port, "-n", "200")
	return f
}

// buildBeside builds a program that lies beside the checkout.
func buildBeside(t *testing.T, name string) string {
	t.Helper()
	source := filepath.Join("..", "..", "..", "shared", name)
	if _, err := os.Stat(source); err != nil {
		t.Skip("shared data not there")
	}
	program := filepath.Join(t.TempDir(), name)
	compile := exec.Command("go", "build", "-o", program, ".")
	compile.Dir = source
	if out, err := compile.CombinedOutput(); err != nil {
		t.Fatalf("build %s: %v: %s", name, err, out)
	}
	return program
}

// startBeside starts a server and waits until a page of it answers.
func startBeside(t *testing.T, program, page string, args ...string) {
	t.Helper()
	cmd := exec.Command(program, args...)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	for range 1200 { // a large one needs half a minute to render its feeds
		if answer, err := http.Get(page); err == nil {
			answer.Body.Close()
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("%s does not answer", page)
}

// read returns the lines of a page of the farm.
func (f *feedfarm) read(t *testing.T, page string) []string {
	t.Helper()
	answer, err := http.Get(f.url + page)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	data, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(data)), "\n")
}

// grow lets each feed print some articles more.
func (f *feedfarm) grow(t *testing.T, articles int) {
	t.Helper()
	answer, err := http.Post(f.url+"/tick?k="+strconv.Itoa(articles), "", nil)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
}

// sourceName is what the configuration calls a feed: wire-0001 for /f/0001.xml.
func sourceName(url string) string {
	name, _, _ := strings.Cut(path.Base(url), ".")
	return "wire-" + name
}

// note adds what is served now to all that ever was: "SOURCE GUID LINK". RSS 1.0
// has no GUIDs, an item is about its link.
func (f *feedfarm) note(t *testing.T, truth map[string]bool) {
	t.Helper()
	for _, line := range f.read(t, "/truth") {
		columns := strings.Split(line, "\t")
		guid, link := columns[2], columns[3]
		if strings.HasSuffix(columns[1], ".rdf") {
			guid = link
		}
		truth[sourceName(columns[1])+" "+guid+" "+link] = true
	}
}

// configure writes a configuration with all feeds of the farm.
func (f *feedfarm) configure(t *testing.T, dir, listen string) {
	t.Helper()
	var sources strings.Builder
	for _, url := range f.read(t, "/urls") {
		fmt.Fprintf(&sources, "  - {name: %s, url: %q, schedule: \"@every 1s\"}\n", sourceName(url), url)
	}
	writeConfig(t, dir, listen, "sources:\n"+sources.String()+"feeds: [{name: all, limit: 10}]\n")
}

// stored returns how many articles are stored.
func stored(t *testing.T, dir string) int {
	t.Helper()
	n, err := strconv.Atoi(query(t, dir, "SELECT count(*) FROM articles"))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// compare fails for each article that is not there, there twice, or changed
// without a change.
func compare(t *testing.T, dir string, truth map[string]bool) {
	t.Helper()
	stored := make(map[string]int)
	rows := bufio.NewScanner(strings.NewReader(query(t, dir, "SELECT source || ' ' || guid || ' ' || link FROM articles")))
	for rows.Scan() {
		stored[rows.Text()]++
	}
	for article := range truth {
		if stored[article] != 1 {
			t.Errorf("%s is there %d times", article, stored[article])
			break // one is enough to begin with
		}
	}
	if len(stored) != len(truth) {
		t.Errorf("%d articles stored, %d printed", len(stored), len(truth))
	}
	// Every article has one state, one story, and the feed has each story once.
	got := query(t, dir, `SELECT (SELECT count(*) FROM revisions), (SELECT sum(articles) FROM stories),
		(SELECT count(*) FROM stories) - (SELECT count(DISTINCT entry_id) FROM entries), (SELECT sum(new) FROM fetches)`)
	if want := fmt.Sprintf("%d|%[1]d|0|%[1]d", len(truth)); got != want {
		t.Errorf("revisions, articles in stories, stories without entry, new of all fetches are %s, want %s", got, want)
	}
}

// kills is how often the farm's reader is killed: NEWSWIRED_KILLS, else 5.
func kills(t *testing.T) int {
	t.Helper()
	n, err := strconv.Atoi(os.Getenv("NEWSWIRED_KILLS"))
	if err != nil {
		return 5
	}
	return n
}

// The daemon is killed at random moments while it polls 200 feeds, and started
// again each time. In each round it is killed up to three times, then left to
// finish before the feeds grow: what left a feed before anybody could read it
// would be nobody's fault.
func TestOutsideKilled(t *testing.T) {
	t.Parallel()
	needSignals(t)
	f := startFarm(t)
	dir, listen, truth := t.TempDir(), freeAddress(t), make(map[string]bool)
	f.configure(t, dir, listen)
	left, amid := kills(t), 0
	for left > 0 && !t.Failed() {
		f.note(t, truth)
		for range min(left, 3) {
			left--
			d := start(t, dir, listen)
			before := stored(t, dir)
			time.Sleep(rand.N(400 * time.Millisecond))
			d.kill()
			if after := stored(t, dir); before < after && after < len(truth) {
				amid++ // it was writing, and had not finished
			}
			intact(t, dir)
		}
		d := start(t, dir, listen)
		d.until(t, "all is read", func() bool { return stored(t, dir) >= len(truth) })
		d.stop(t)
		compare(t, dir, truth)
		intact(t, dir)
		f.grow(t, 25)
	}
	if t.Failed() {
		return
	}
	t.Logf("%d kills, %d of them while articles were being written; %d articles, none lost, none twice", kills(t), amid, len(truth))
}
