//go:build e2e

package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"
)

// A browser is Chromium without a window, driven over two pipes by its DevTools
// Protocol: JSON, each message ended by a zero byte.
type browser struct {
	in      io.Writer
	out     *bufio.Reader
	calls   int
	session string
	events  []string // methods of those that came since the last call of open
	errors  []string // what the browser itself complained of
}

// newBrowser starts a browser with one empty page.
func newBrowser(t *testing.T) *browser {
	t.Helper()
	cmd := exec.Command(need(t, "chromium"), "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--remote-debugging-pipe", "--user-data-dir="+t.TempDir())
	theirs, in, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	out, ours, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.ExtraFiles = []*os.File{theirs, ours} // its descriptors 3 and 4
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	theirs.Close()
	ours.Close()
	b := &browser{in: in, out: bufio.NewReader(out)}
	limit := time.AfterFunc(2*time.Minute, func() { cmd.Process.Kill() }) // ends a call that waits in vain
	t.Cleanup(func() {
		limit.Stop()
		b.session = ""
		b.call(t, "Browser.close", nil, nil)
		cmd.Wait() // its status says nothing about the pages
		in.Close()
		out.Close()
	})
	var target struct{ TargetID string }
	b.call(t, "Target.createTarget", map[string]any{"url": "about:blank"}, &target)
	var attached struct{ SessionID string }
	b.call(t, "Target.attachToTarget", map[string]any{"targetId": target.TargetID, "flatten": true}, &attached)
	b.session = attached.SessionID
	for _, domain := range []string{"Page", "Log", "Runtime"} {
		b.call(t, domain+".enable", nil, nil)
	}
	return b
}

// call calls a method and waits for its result.
func (b *browser) call(t *testing.T, method string, params, result any) {
	t.Helper()
	b.calls++
	message := map[string]any{"id": b.calls, "method": method}
	if params != nil {
		message["params"] = params
	}
	if b.session != "" {
		message["sessionId"] = b.session
	}
	text, err := json.Marshal(message)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.in.Write(append(text, 0)); err != nil {
		t.Fatalf("%s: %v", method, err)
	}
	for {
		answer := b.next(t, method)
		if answer.ID != b.calls {
			continue
		}
		if answer.Error != nil {
			t.Fatalf("%s: %s", method, answer.Error)
		}
		if result != nil {
			if err := json.Unmarshal(answer.Result, result); err != nil {
				t.Fatalf("%s: %v: %s", method, err, answer.Result)
			}
		}
		return
	}
}

// A devtool is a message of the browser: an answer or an event.
type devtool struct {
	ID            int
	Method        string
	Params        json.RawMessage
	Result, Error json.RawMessage
}

// next reads a message, and notes it if it is an event.
func (b *browser) next(t *testing.T, during string) (m devtool) {
	t.Helper()
	text, err := b.out.ReadBytes(0)
	if err != nil {
		t.Fatalf("%s: %v", during, err)
	}
	if err := json.Unmarshal(text[:len(text)-1], &m); err != nil {
		t.Fatalf("%s: %v: %s", during, err, text)
	}
	b.events = append(b.events, m.Method)
	if m.Method == "Log.entryAdded" || m.Method == "Runtime.exceptionThrown" {
		b.errors = append(b.errors, string(m.Params))
	}
	return m
}

// open shows a page in a window of a width, by day or by night, and returns what
// a person would see of its layout.
func (b *browser) open(t *testing.T, url string, width int, scheme string) (seen layout) {
	t.Helper()
	b.call(t, "Emulation.setDeviceMetricsOverride", map[string]any{"width": width, "height": 844, "deviceScaleFactor": 1, "mobile": width < 600}, nil)
	b.call(t, "Emulation.setEmulatedMedia", map[string]any{"features": []map[string]string{{"name": "prefers-color-scheme", "value": scheme}}}, nil)
	b.events, b.errors = nil, nil
	b.call(t, "Page.navigate", map[string]any{"url": url}, nil)
	for !slices.Contains(b.events, "Page.loadEventFired") {
		b.next(t, "load "+url)
	}
	var answer struct{ Result struct{ Value string } }
	b.call(t, "Runtime.evaluate", map[string]any{"expression": `JSON.stringify({
		Wide: document.documentElement.scrollWidth, Window: innerWidth,
		Paper: getComputedStyle(document.body).backgroundColor,
		Title: document.querySelector('h1').innerText,
		Small: [...document.querySelectorAll('.subscribe a, .subscribe input')].filter(e => e.getBoundingClientRect().height < 24).length,
		Korean: [...document.querySelectorAll(':lang(ko)')].every(e => getComputedStyle(e).wordBreak == 'keep-all'),
		Requests: performance.getEntriesByType('resource').map(e => e.name)})`}, &answer)
	if err := json.Unmarshal([]byte(answer.Result.Value), &seen); err != nil {
		t.Fatalf("%s: %v", url, err)
	}
	return seen
}

// A layout is what the browser made of a page.
type layout struct {
	Wide, Window int
	Paper, Title string
	Small        int // of what is to be touched, lower than 24 pixels (WCAG 2.2, 2.5.8)
	Korean       bool
	Requests     []string
}

// TestOutsideBrowser opens the pages of the real program in a real browser, on a
// phone and on a desk, by day and by night: nothing is wider than the window,
// nothing but the style sheet is asked for, and the browser complains of nothing.
func TestOutsideBrowser(t *testing.T) {
	b := newBrowser(t)
	long := strings.Repeat("Donaudampfschiff", 12)
	press := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, `<rss version="2.0"><channel><title>%[1]s</title><link>http://outlet.example/</link>
<item><title>Ferry with 40 aboard runs aground off Mokpo in dense fog</title><link>http://outlet.example%[1]s/1</link><pubDate>Wed, 04 Mar 2026 05:20:00 GMT</pubDate>
<description>A ferry with 40 people aboard ran aground off Mokpo in dense fog on Wednesday morning, and all of them were brought ashore by the coast guard.</description></item>
<item><title>%[2]s</title><link>http://outlet.example%[1]s/2</link><description>%[2]s</description></item>
<item><title>목포 앞바다서 여객선 좌초…승객 40명 전원 구조</title><link>http://outlet.example%[1]s/3</link></item>
</channel></rss>`, r.URL.Path, long)
	}))
	t.Cleanup(press.Close)
	dir, listen := t.TempDir(), freeAddress(t)
	writeConfig(t, dir, listen, fmt.Sprintf(`timezone: Asia/Seoul
sources:
  - {name: wire, url: "%[1]s/wire", outlet: Wire News Agency}
  - {name: herald, url: "%[1]s/herald", outlet: The Herald}
feeds:
  - {name: all, title: Every wire}
  - {name: korean, title: 모든 통신, language: ko}
`, press.URL))
	d := start(t, dir, listen)
	d.until(t, "both are stored", func() bool { return query(t, dir, "SELECT count(*) FROM articles") == "6" })
	story := "/stories/" + query(t, dir, "SELECT id FROM stories ORDER BY outlets DESC, id LIMIT 1")
	longest := "/stories/" + query(t, dir, "SELECT id FROM stories WHERE title LIKE 'Donau%' LIMIT 1")
	papers := make(map[string]string)
	for _, width := range []int{320, 390, 1280} {
		for _, scheme := range []string{"light", "dark"} {
			for path, title := range map[string]string{"/": "newswired", "/status": "Status", "/feeds/all": "Every wire", "/feeds/korean": "모든 통신", story: "", longest: ""} {
				seen := b.open(t, d.url+path, width, scheme)
				if seen.Wide > seen.Window || seen.Window != width {
					t.Errorf("%s at %d: %d pixels wide in a window of %d", path, width, seen.Wide, seen.Window)
				}
				if title != "" && seen.Title != title || seen.Small > 0 || !seen.Korean {
					t.Errorf("%s at %d: %+v", path, width, seen)
				}
				if want := []string{d.url + "/style.css"}; !slices.Equal(seen.Requests, want) {
					t.Errorf("%s asks for %v, want %v", path, seen.Requests, want)
				}
				if len(b.errors) > 0 {
					t.Errorf("%s: the browser complains: %v", path, b.errors)
				}
				papers[scheme] = seen.Paper
			}
		}
	}
	if papers["light"] == papers["dark"] {
		t.Errorf("day and night have one colour: %v", papers)
	}
}
