package main

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// faults are shares of a hundred pages.
func faults(n int) string {
	at := n * 37 % 100
	for _, f := range []struct {
		share int
		name  string
	}{{5, "denied"}, {4, "paywall"}, {4, "plus"}, {5, "missing"}, {4, "down"}, {2, "too many"}, {3, "slow"}, {3, "cut"}} {
		if at -= f.share; at < 0 {
			return f.name
		}
	}
	return ""
}

// TestManyPages has a thousand pages of five papers fetched by the daemon, with
// faults, restarts and a budget for which they are too many for one day.
func TestManyPages(t *testing.T) {
	t.Parallel()
	const papers, items, budget = 5, 200, 150
	synctest.Test(t, func(t *testing.T) {
		wire, p := newWire(), newKiosk(t, items, time.Second, faults)
		defer wire.serve(t, p)()
		text := fmt.Sprintf("page_budget: %d\nschedule: \"@every 6h\"\nfeeds: [{name: all}]\nsources:\n", budget)
		for i := range papers {
			text += fmt.Sprintf("  - {name: p%d, url: http://p%d.example/rss, full_text: true}\n", i, i)
		}
		file := filepath.Join(t.TempDir(), "newswired.db")
		c, err := parseConfig("config.yaml", []byte(fmt.Sprintf("database: %q\n%s", file, text)), shortest)
		if err != nil {
			t.Fatal(err)
		}
		a := &app{stdout: io.Discard, stderr: io.Discard, listen: wire.listen, dial: wire.dial}
		for _, span := range []time.Duration{97 * time.Second, time.Hour, 31 * time.Hour} {
			d, err := a.start(t.Context(), c, slog.New(slog.DiscardHandler))
			if err != nil {
				t.Fatal(err)
			}
			time.Sleep(span)
			if err := d.stop(); err != nil {
				t.Error(err)
			}
			time.Sleep(time.Second)
		}
		db := openViews(t, file)
		defer db.Close()
		p.check(budget, 3)
		lost := number(t, db, "SELECT count(*) FROM pages WHERE state NOT IN ('kept', 'given up')")
		if lost > 0 {
			t.Errorf("%d pages are still to be fetched", lost)
		}
		for _, want := range []struct {
			query string
			n     int
		}{
			{"SELECT count(*) FROM articles", papers * items},
			{"SELECT count(*) FROM stories", papers * items},
			{"SELECT count(*) FROM articles WHERE text IS NOT NULL", papers * items * 87 / 100},
			{"SELECT count(*) FROM pages WHERE state = 'given up' AND status = 403", papers * items * 5 / 100},
			{"SELECT count(*) FROM pages WHERE state = 'given up' AND kind = 'paywall'", papers * items * 4 / 100},
			{"SELECT count(*) FROM pages WHERE state = 'given up' AND kind = 'robots.txt' AND status IS NULL", papers * items * 4 / 100},
		} {
			if n := number(t, db, want.query); n != want.n {
				t.Errorf("%s: %d, want %d", want.query, n, want.n)
			}
		}
		if p.most < papers {
			t.Errorf("no more than %d hosts were asked at a time", p.most)
		}
	})
}

// Without a network no page fails, and none counts as asked for.
func TestPagesOffline(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		wire, p := newWire(), newKiosk(t, 40, time.Second, func(int) string { return "" })
		defer wire.serve(t, p)()
		file := filepath.Join(t.TempDir(), "newswired.db")
		c, err := parseConfig("config.yaml", []byte(fmt.Sprintf("database: %q\npage_budget: 50\nfeeds: [{name: all}]\nsources: [{name: a, url: http://a.example/rss, full_text: true}]\n", file)), shortest)
		if err != nil {
			t.Fatal(err)
		}
		d, err := (&app{stdout: io.Discard, stderr: io.Discard, listen: wire.listen, dial: wire.dial}).start(t.Context(), c, slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		defer d.stop()
		db := openViews(t, file)
		defer db.Close()
		time.Sleep(20 * time.Second)
		wire.set(true)
		time.Sleep(5 * time.Hour)
		kept := number(t, db, "SELECT count(*) FROM pages WHERE state = 'kept'")
		if kept == 0 || kept > 20 {
			t.Errorf("%d pages were kept before", kept)
		}
		if n := number(t, db, "SELECT count(*) FROM pages WHERE failures > 0"); n > 1 { // the one that was cut off
			t.Errorf("%d pages fail without a network", n)
		}
		wire.set(false)
		time.Sleep(20 * time.Minute)
		if n := number(t, db, "SELECT count(*) FROM pages WHERE state = 'kept'"); n != 40 {
			t.Errorf("%d pages are kept in the end", n)
		}
	})
}

// check makes sure that nobody was asked for too much.
func (p *kiosk) check(budget, robots int) {
	for day, n := range p.onDay {
		if n > budget {
			p.t.Errorf("%s: asked for %d pages of %d", day, n, budget)
		}
	}
	for page, n := range p.had {
		if n > 1 {
			p.t.Errorf("%s was had %d times", page, n)
		}
	}
	for page, n := range p.asked {
		if n > 5 {
			p.t.Errorf("%s was asked for %d times", page, n)
		}
	}
	for host, n := range p.robots {
		if n > robots {
			p.t.Errorf("the robots.txt of %s was asked for %d times", host, n)
		}
	}
}

// TestPageKilled kills the program while it fetches pages. What was had is there,
// what was not is still to be had, and nothing is asked for twice.
func TestPageKilled(t *testing.T) {
	t.Parallel()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	const items = 30
	p := newKiosk(t, items, 0, func(int) string { return "" })
	server := httptest.NewServer(p)
	defer server.Close()
	dir := t.TempDir()
	text := fmt.Sprintf("host_pause: 20ms\nallow_networks: [127.0.0.0/8]\nsources: [{name: paper, url: %s/rss, full_text: true}]\nfeeds: [{name: all}]\n", server.URL)
	if err := os.WriteFile(filepath.Join(dir, "config.yaml"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	poll := func(args ...string) (*exec.Cmd, *bytes.Buffer) {
		out := new(bytes.Buffer)
		cmd := &exec.Cmd{Path: self, Args: append([]string{"newswired", "poll"}, args...), Dir: dir, Stdout: out, Stderr: out}
		cmd.Env = append(os.Environ(), "CONFIGURATION_DIRECTORY=", "STATE_DIRECTORY=")
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		return cmd, out
	}
	cmd, out := poll("--no-pages")
	if err := cmd.Wait(); err != nil || strings.Contains(out.String(), "pages") {
		t.Fatalf("%v\n%s", err, out)
	}
	had := func() int {
		p.mu.Lock()
		defer p.mu.Unlock()
		return len(p.had)
	}
	if n := had(); n != 0 {
		t.Fatalf("%d pages were fetched with --no-pages", n)
	}
	cmd, out = poll()
	for had() < 10 {
		if cmd.ProcessState != nil {
			t.Fatalf("it ended\n%s", out)
		}
		time.Sleep(time.Millisecond)
	}
	cmd.Process.Kill()
	cmd.Wait()
	time.Sleep(50 * time.Millisecond) // the server ends what it was at
	before := had()
	db := openViews(t, filepath.Join(dir, "newswired.db"))
	defer db.Close()
	kept := number(t, db, "SELECT count(*) FROM pages WHERE state = 'kept'")
	due := number(t, db, "SELECT count(*) FROM pages WHERE state = 'due'")
	if kept+due != items || kept < before-1 {
		t.Errorf("%d pages are kept of %d that were had, %d are due", kept, before, due)
	}
	cmd, out = poll()
	if err := cmd.Wait(); err != nil || !strings.Contains(out.String(), "pages kept, 0 unchanged, 0 failed") {
		t.Fatalf("%v\n%s", err, out)
	}
	// The one that was in hand is asked for again in ten minutes.
	kept = number(t, db, "SELECT count(*) FROM pages WHERE state = 'kept'")
	due = number(t, db, "SELECT count(*) FROM pages WHERE state = 'due'")
	if kept < items-1 || kept+due != items {
		t.Errorf("%d pages are kept, %d are due", kept, due)
	}
	p.check(items+1, 1)
}
