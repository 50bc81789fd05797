//go:build e2e

package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"
)

// wiresAndRounds returns how much TestOutsideFaults does: "2000x30" in
// NEWSWIRED_FAULTS are 2,000 feeds and 30 rounds, which takes a quarter of an hour.
func wiresAndRounds(t *testing.T) (wires, rounds int) {
	t.Helper()
	if _, err := fmt.Sscanf(os.Getenv("NEWSWIRED_FAULTS"), "%dx%d", &wires, &rounds); err != nil {
		return 200, 4
	}
	return wires, rounds
}

const (
	patience = 2 * time.Second // the Retry-After of the farm
	pause    = 100 * time.Millisecond
)

// Faulty are the faults of the farm and how each is called by who is asked for
// it. What has no name is read all the same.
var faulty = map[string]string{
	"500":       "status|500 Internal Server Error",
	"429":       "status|429 Too Many Requests",
	"reset":     "unreachable|connection reset",
	"drip":      "timeout|longer than the timeout",
	"huge":      "too large|more than 1048576 bytes",
	"malformed": "",
	"euckr":     "",
}

// startFaulty starts a farm with all its faults.
func startFaulty(t *testing.T, wires int) *feedfarm {
	t.Helper()
	_, port, err := net.SplitHostPort(freeAddress(t))
	if err != nil {
		t.Fatal(err)
	}
	f := &feedfarm{"http://127.0.0.1:" + port}
	startBeside(t, buildBeside(t, "feedfarm"), f.url+"/urls", "-port", port, "-n", strconv.Itoa(wires),
		"-faults", "500=4,429=3,reset=4,drip=2,malformed=4,euckr-header=2,euckr-decl=2,huge=1",
		"-huge-mb", "5", "-drip", "40s", "-retry-after", strconv.Itoa(int(patience/time.Second)))
	return f
}

// examine asks for each feed once, as nobody polite would, and returns what is
// wrong with it, by Source; "" if nothing is.
func examine(t *testing.T, urls []string) map[string]string {
	t.Helper()
	wrong := make(map[string]string)
	var mu sync.Mutex
	var all sync.WaitGroup
	free := make(chan struct{}, 16)
	for _, url := range urls {
		free <- struct{}{}
		all.Go(func() {
			fault := symptom(t, url)
			mu.Lock()
			wrong[sourceName(url)] = fault
			mu.Unlock()
			<-free
		})
	}
	all.Wait()
	return wrong
}

// symptom asks for a document as anybody would, and names what is wrong with it; ""
// if nothing is.
func symptom(t *testing.T, url string) string {
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		t.Error(err)
		return ""
	}
	req.Close = true
	answer, err := http.DefaultClient.Do(req)
	if err != nil {
		return "reset"
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	switch {
	case answer.StatusCode != http.StatusOK:
		return strconv.Itoa(answer.StatusCode)
	case errors.Is(err, context.DeadlineExceeded):
		return "drip"
	case err != nil:
		t.Error(err)
	case len(body) > 1<<20:
		return "huge"
	case strings.HasSuffix(string(body), "<b>oops"):
		return "malformed"
	case !utf8.Valid(body):
		return "euckr"
	}
	return ""
}

// A demand is what the farm tells of who asked.
type demand struct {
	Hosts map[string]struct {
		Requests      int `json:"requests"`
		MaxConcurrent int `json:"max_concurrent"`
	} `json:"hosts"`
	Paths map[string]struct {
		Requests int            `json:"requests"`
		Status   map[string]int `json:"status"`
		GapsMS   []int          `json:"gaps_ms"`
	} `json:"paths"`
}

// demand returns what was asked since the last call.
func (f *feedfarm) demand(t *testing.T) (d demand) {
	t.Helper()
	if err := json.Unmarshal([]byte(strings.Join(f.read(t, "/stats?detail=1"), "\n")), &d); err != nil {
		t.Fatal(err)
	}
	f.forget(t)
	return d
}

func (f *feedfarm) forget(t *testing.T) {
	t.Helper()
	answer, err := http.Post(f.url+"/reset", "", nil)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
}

// polite fails if a host was asked for two things at a time, or a page that said
// 429 sooner than it allowed. Of a request that ends with its connection the farm
// learns late; connections tell of those.
func (d demand) polite(t *testing.T, wrong map[string]string) {
	t.Helper()
	late := map[string]bool{"1": true} // by the last number of the host; the test itself asks the first
	for source, fault := range wrong {
		if fault == "reset" || fault == "drip" {
			n, _ := strconv.Atoi(strings.TrimPrefix(source, "wire-"))
			late[strconv.Itoa((n-1)%40+1)] = true
		}
	}
	for host, h := range d.Hosts {
		address, _, _ := strings.Cut(host, ":")
		if h.MaxConcurrent > 1 && !late[address[strings.LastIndex(address, ".")+1:]] {
			t.Errorf("%s was asked for %d things at a time", host, h.MaxConcurrent)
		}
	}
	for page, p := range d.Paths {
		for _, gap := range p.GapsMS {
			if p.Status["429"] > 0 && gap < int(patience.Milliseconds()) {
				t.Errorf("%s was asked again after %d ms, Retry-After says %s", page, gap, patience)
			}
		}
	}
}

// writeFaulty writes a configuration that bounds what the faults cost.
func writeFaulty(t *testing.T, dir, listen, sources string) {
	t.Helper()
	text := fmt.Sprintf("listen: %s\nhost_pause: %s\ntimeout: 3s\nmax_body: 1MiB\nallow_networks: [127.0.0.0/8]\nsources:\n%sfeeds: [{name: all, limit: 10}]\n", listen, pause, sources)
	if err := os.WriteFile(filepath.Join(dir, "config.yaml"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// pollOnce runs the command poll, and returns its greatest RSS in kB.
func (f *feedfarm) pollOnce(t *testing.T, dir string) (most int) {
	t.Helper()
	d := &process{cmd: run(t, dir, "poll"), log: &output{}, done: make(chan error, 1)}
	d.cmd.Stdout, d.cmd.Stderr = d.log, d.log
	if err := d.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { d.done <- d.cmd.Wait() }()
	for {
		select {
		case err := <-d.done:
			if err != nil {
				t.Fatalf("poll: %v: %.2000s", err, d.log)
			}
			return most
		case <-time.After(20 * time.Millisecond):
			most = max(most, d.memory("VmHWM:"))
			f.connections(t)
		}
	}
}

// connections fails if somebody has two to one host of the farm. The kernel does
// not tell of all at one moment: only those count that are there twice running.
func (f *feedfarm) connections(t *testing.T) {
	t.Helper()
	before := f.open()
	for host, sockets := range before {
		if len(sockets) < 2 {
			continue
		}
		both := f.open()[host]
		maps.DeleteFunc(both, func(socket string, _ bool) bool { return !sockets[socket] })
		if len(both) > 1 {
			t.Errorf("connections to %s at a time: %v", host, both)
		}
	}
}

// open returns the connections to the farm that are open, by host and by our own
// end, but for those to its first host, which the test itself asks. Where there
// is no /proc there are none.
func (f *feedfarm) open() map[string]map[string]bool {
	_, port, _ := strings.Cut(strings.TrimPrefix(f.url, "http://"), ":")
	n, _ := strconv.Atoi(port)
	first, farm := fmt.Sprintf("0100007F:%04X", n), fmt.Sprintf(":%04X", n)
	table, _ := os.ReadFile("/proc/net/tcp")
	all := make(map[string]map[string]bool)
	for line := range strings.Lines(string(table)) {
		const local, remote, state, established = 1, 2, 3, "01"
		column := strings.Fields(line)
		to := column[remote]
		if !strings.HasSuffix(to, farm) || to == first || column[state] != established {
			continue
		}
		if all[to] == nil {
			all[to] = make(map[string]bool)
		}
		all[to][column[local]] = true
	}
	return all
}

// All the farm's faults at a time, round after round, with news in between: what
// can be had is had, what is wrong is named, servers are left alone as they
// want to be, and memory stays what it is. Then a daemon takes its place.
func TestOutsideFaults(t *testing.T) {
	need(t, "sqlite3")
	wires, rounds := wiresAndRounds(t)
	f := startFaulty(t, wires)
	urls := f.read(t, "/urls")
	wrong := examine(t, urls)
	count := make(map[string]int)
	for _, fault := range wrong {
		count[fault]++
	}
	t.Logf("%d feeds by fault: %v", wires, count)
	for fault := range faulty {
		if count[fault] == 0 {
			t.Errorf("no feed has the fault %s", fault)
		}
	}
	dir, listen, truth := t.TempDir(), freeAddress(t), make(map[string]bool)
	var sources strings.Builder
	for _, url := range urls {
		fmt.Fprintf(&sources, "  - {name: %s, url: %q}\n", sourceName(url), url)
	}
	writeFaulty(t, dir, listen, sources.String())
	f.forget(t)
	f.note(t, truth)
	readable := readable(wrong)
	for first, read := 1, ""; read != strconv.Itoa(readable); first++ {
		if first > 20 {
			t.Fatalf("only %s of %d feeds that can be read were, in %d rounds", read, readable, first)
		}
		f.pollOnce(t, dir)
		time.Sleep(patience) // a 429 holds back what comes after it on its host
		read = query(t, dir, "SELECT count(*) FROM sources WHERE articles > 0")
	}
	var memory []int
	for round := range rounds {
		if round < rounds-1 { // in the last, who was held back makes up
			f.grow(t, 1)
		}
		f.note(t, truth)
		begun := time.Now()
		memory = append(memory, f.pollOnce(t, dir))
		t.Logf("round %d took %s, %d kB", round+1, time.Since(begun).Round(time.Millisecond), memory[round])
		time.Sleep(patience)
	}
	f.demand(t).polite(t, wrong)
	if then, now := memory[rounds/3], memory[rounds-2]; now > then+then/4 {
		t.Errorf("memory grew from %d kB in round %d to %d kB in round %d", then, rounds/3+1, now, rounds-1)
	}
	complete(t, dir, wrong, truth)
	named(t, dir, wrong)
	intact(t, dir)
	if !t.Failed() {
		daemonOnFaults(t, f, dir, listen, sources.String(), wrong, time.Duration(rounds)*3*time.Second)
	}
}

// readable returns how many feeds can be read, if only in part.
func readable(wrong map[string]string) (n int) {
	for _, fault := range wrong {
		if fault == "" || faulty[fault] == "" {
			n++
		}
	}
	return n
}

// complete fails unless every Article of the feeds that can be read whole is
// there, once, and nothing else; and of the malformed what stands before the
// damage, for which it allows a half.
func complete(t *testing.T, dir string, wrong map[string]string, truth map[string]bool) {
	t.Helper()
	whole := func(source string) bool { return wrong[source] == "" || wrong[source] == "euckr" }
	stored, damaged := make(map[string]int), make(map[string]int)
	rows := bufio.NewScanner(strings.NewReader(query(t, dir, "SELECT source || ' ' || guid || ' ' || link, title FROM articles")))
	for rows.Scan() {
		article, title, _ := strings.Cut(rows.Text(), "|")
		source, _, _ := strings.Cut(article, " ")
		switch {
		case !truth[article]:
			t.Fatalf("%s was never printed", article)
		case !utf8.ValidString(title) || strings.ContainsRune(title, utf8.RuneError):
			t.Fatalf("%s has the title %q", article, title)
		case whole(source):
			stored[article]++
		case wrong[source] == "malformed":
			damaged[source]++
		default:
			t.Fatalf("%s was read in spite of %s", article, wrong[source])
		}
	}
	want := 0
	for article := range truth {
		if source, _, _ := strings.Cut(article, " "); whole(source) {
			want++
			if stored[article] != 1 {
				t.Fatalf("%s is there %d times", article, stored[article])
			}
		}
	}
	for source, fault := range wrong {
		if fault == "malformed" && damaged[source] < 25 {
			t.Errorf("%s: only %d articles of a damaged document", source, damaged[source])
		}
	}
	t.Logf("%d articles of feeds that can be read whole, none missing, none twice", want)
}

// named fails unless every feed that cannot be read is named with the right
// kind, and every other is well; damage is a warning.
func named(t *testing.T, dir string, wrong map[string]string) {
	t.Helper()
	got := make(map[string]string)
	rows := bufio.NewScanner(strings.NewReader(query(t, dir, `SELECT s.name, s.state, coalesce(f.kind, ''), coalesce(f.error, ''), f.warning IS NOT NULL
		FROM sources s JOIN fetches f ON f.source = s.name GROUP BY s.name HAVING f.id = max(f.id)`)))
	for rows.Scan() {
		name, rest, _ := strings.Cut(rows.Text(), "|")
		got[name] = rest
	}
	for source, fault := range wrong {
		state, rest, _ := strings.Cut(got[source], "|")
		kind, text, _ := strings.Cut(faulty[fault], "|")
		switch {
		case kind == "" && (state != "ok" || !strings.HasPrefix(rest, "||") || strings.HasSuffix(rest, "1") != (fault == "malformed")),
			kind != "" && (state != "failing" || !strings.HasPrefix(rest, kind+"|") || !strings.Contains(rest, text)):
			t.Errorf("%s with the fault %q: %s", source, fault, got[source])
		}
	}
}

// daemonOnFaults lets a daemon ask every two seconds, with a pause for each
// host, and counts.
func daemonOnFaults(t *testing.T, f *feedfarm, dir, listen, sources string, wrong map[string]string, lasts time.Duration) {
	t.Helper()
	every := 2 * time.Second
	writeFaulty(t, dir, listen, strings.ReplaceAll(sources, ", url:", ", schedule: \"@every "+every.String()+"\", url:"))
	f.forget(t)
	d := start(t, dir, listen)
	begun := time.Now()
	early := 0
	for time.Since(begun) < lasts {
		time.Sleep(20 * time.Millisecond)
		f.connections(t)
		if early == 0 && time.Since(begun) > lasts/3 {
			early = d.memory("VmRSS:")
		}
	}
	late := d.memory("VmRSS:")
	d.stop(t)
	took := time.Since(begun)
	asked := f.demand(t)
	asked.polite(t, wrong)
	for host, h := range asked.Hosts {
		if most := int(took/pause) + 2; h.Requests > most {
			t.Errorf("%s was asked %d times in %s, with a pause of %s", host, h.Requests, took, pause)
		}
	}
	least := 1 << 30
	for page, p := range asked.Paths {
		source, most := sourceName(page), int(took/every)+2
		if kind, _, _ := strings.Cut(faulty[wrong[source]], "|"); kind != "" {
			most = 2 // it failed in the rounds before, and backs off; a reset is tried once more (RFC 9112 section 9.3.1)
		} else {
			least = min(least, p.Requests)
		}
		if p.Requests > most {
			t.Errorf("%s (%s) was asked %d times in %s, want %d at most", source, wrong[source], p.Requests, took, most)
		}
	}
	if late > early+early/4 {
		t.Errorf("the daemon's memory grew from %d to %d kB", early, late)
	}
	t.Logf("daemon for %s: every good feed asked %d times or more, %d kB, then %d kB", took.Round(time.Second), least, early, late)
	intact(t, dir)
}

// memory returns a line of what the process has of memory, in kB; 0 where there
// is no /proc. What wait tells would be the memory of the test at the start.
func (d *process) memory(line string) (kB int) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", d.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(status), line)
	fmt.Sscan(rest, &kB)
	return kB
}
