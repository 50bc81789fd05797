package main

import (
	"bytes"
	"fmt"
	"html"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// TestSeedStory has the page that started newswired, as a person copied it, join
// the agency's item of that report: of the one there is a headline in the feed,
// of the other a headline of its own and eighty characters, as the agency gives.
func TestSeedStory(t *testing.T) {
	file := filepath.Join("..", "..", "..", "shared", "data", "seed", "korea-herald-20240224-page-text.txt")
	copied, err := os.ReadFile(file)
	if err != nil {
		t.Skip("needs ../shared: ", err)
	}
	var parts []string
	for part := range strings.SplitSeq(strings.ReplaceAll(string(copied), "\r", ""), "\n\n") {
		if part = strings.TrimSpace(part); part != "" {
			parts = append(parts, part)
		}
	}
	headline, report := parts[2], parts[7:]
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(time.Date(2024, 2, 24, 2, 0, 0, 0, time.UTC)))
		wire := newWire()
		defer wire.serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			item := `<rss version="2.0"><channel><title>x</title><item><guid>%s</guid><title>%s</title><link>http://%s/1</link><description>%s</description><pubDate>%s</pubDate></item></channel></rss>`
			switch r.Host + r.URL.Path {
			case "wire.example/rss":
				fmt.Fprintf(w, item, "AEN20240224000700315", "G7 leaders condemn N. Korea's missile exports to Russia", r.Host, html.EscapeString("SEOUL, Feb. 24 (Yonhap) -- " + report[0])[:80], "Sat, 24 Feb 2024 10:12:00 +0900")
			case "paper.example/rss":
				fmt.Fprintf(w, item, "p", html.EscapeString(headline), r.Host, "", "Sat, 24 Feb 2024 10:34:00 +0900")
			case "paper.example/1":
				fmt.Fprintf(w, "<html><head><title>%s - %s</title></head><body>", html.EscapeString(headline), parts[0])
				for _, part := range parts {
					fmt.Fprintf(w, "<p>%s</p>\n", html.EscapeString(part))
				}
			default:
				http.NotFound(w, r)
			}
		}))()
		dir := t.TempDir()
		config := filepath.Join(dir, "config.yaml")
		text := fmt.Sprintf("listen: 127.0.0.1:80\ndatabase: %q\nsources:\n  - {name: yonhap, url: http://wire.example/rss, outlet: Yonhap News Agency, agency: Yonhap, timezone: Asia/Seoul}\n"+
			"  - {name: korea-herald, url: http://paper.example/rss, outlet: The Korea Herald, timezone: Asia/Seoul, full_text: true}\nfeeds: [{name: all}]\n", filepath.Join(dir, "newswired.db"))
		if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		out := new(bytes.Buffer)
		a := &app{stdout: out, stderr: out, configFile: config, listen: wire.listen, dial: wire.dial}
		if status := a.run(t.Context(), []string{"poll", "-c", config}); status != exitDone {
			t.Fatalf("status %d\n%s", status, out)
		}
		db := openViews(t, filepath.Join(dir, "newswired.db"))
		defer db.Close()
		for _, query := range []string{
			"SELECT count(*) FROM entries WHERE feed = 'all'",
			"SELECT count(*) FROM stories WHERE articles = 2 AND outlets = 2 AND origins = 1",
			"SELECT count(*) FROM pages WHERE credit = 'Yonhap' AND published = '2024-02-24T01:34:00Z' AND author IS NULL AND text LIKE '%as long as it takes.%'",
			"SELECT count(*) FROM search WHERE words MATCH 'zelenskiy OR munitions' AND source = 'korea-herald'",
		} {
			if n := number(t, db, query); n != 1 {
				t.Errorf("%s: %d, want 1", query, n)
			}
		}
		if t.Failed() {
			a.run(t.Context(), []string{"why", "http://wire.example/1", "http://paper.example/1", "-c", config})
			t.Log(out)
		}
	})
}
