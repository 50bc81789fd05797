package main

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// TestPagesTellOneStory has a paper's short item join the agency's when its page
// is there. Its subscribers get the text and no update; filters see it.
func TestPagesTellOneStory(t *testing.T) {
	report := []string{
		"SEJONG, June 3 (Yonhap) -- The fisheries ministry said Tuesday it will release 24,000 tons of frozen pollack from state reserves over three weeks, the largest amount in six years.",
		"The fish will be sold at discounts of up to 30 percent in 2,300 shops and traditional markets. Catches in the Bering Sea fell 18 percent last season after a dispute over quotas kept trawlers in port until August, it added.",
		"Vice Minister Song Myeong-dal told reporters that prices had risen 21 percent since November and that the ministry would import another 9,000 tons if they did not fall by Easter.",
	}
	synctest.Test(t, func(t *testing.T) {
		wire, begun := newWire(), time.Now()
		defer wire.serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			item := `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>x</title><item><guid>%s</guid><title>%s</title><link>http://%s/1</link><description>%s</description>%s<pubDate>%s</pubDate></item></channel></rss>`
			date := begun.UTC().Format(time.RFC1123Z)
			switch r.Host + r.URL.Path {
			case "wire.example/rss":
				fmt.Fprintf(w, item, "w", "S. Korea to release 24,000 tons of pollack to curb prices", r.Host, report[0][:80]+" ...",
					"<content:encoded><![CDATA[<p>"+strings.Join(report, "</p><p>")+"</p>]]></content:encoded>", date)
			case "paper.example/rss":
				fmt.Fprintf(w, item, "p", "Pollack on the table: what shoppers pay before the holiday", r.Host, "", "", date)
			case "paper.example/1":
				fmt.Fprintf(w, "<html><head><title>Pollack on the table</title></head><body><article><h1>Pollack on the table: what shoppers pay before the holiday</h1><p>%s</p><p>(Yonhap)</p></article></body></html>", strings.Join(report, "</p><p>"))
			default:
				http.NotFound(w, r)
			}
		}))()
		dir := t.TempDir()
		text := fmt.Sprintf("listen: 127.0.0.1:80\ndatabase: %q\nsources:\n  - {name: wire, url: http://wire.example/rss, outlet: Yonhap News Agency, agency: Yonhap}\n  - {name: paper, url: http://paper.example/rss, full_text: true}\n"+
			"feeds:\n  - {name: all, prefer: [paper]}\n  - {name: trawlers, filter: 'mentions(\"trawlers\") and len(outlets) > 1'}\n", filepath.Join(dir, "newswired.db"))
		if err := os.WriteFile(filepath.Join(dir, "config.yaml"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		run := func(args ...string) string {
			t.Helper()
			out := new(bytes.Buffer)
			a := &app{stdout: out, stderr: out, configFile: filepath.Join(dir, "config.yaml"), listen: wire.listen, dial: wire.dial}
			if status := a.run(t.Context(), append(args, "-c", a.configFile)); status != exitDone {
				t.Fatalf("%v: status %d\n%s", args, status, out)
			}
			return out.String()
		}
		run("poll", "--no-pages")
		db := openViews(t, filepath.Join(dir, "newswired.db"))
		defer db.Close()
		if n := number(t, db, "SELECT count(*) FROM entries WHERE feed = 'all'"); n != 2 {
			t.Errorf("%d entries before the page", n)
		}
		if out := run("status"); !strings.Contains(out, "1 page still to be fetched") {
			t.Error(out)
		}
		time.Sleep(time.Hour)
		if out := run("poll"); !strings.Contains(out, "1 page kept, 0 unchanged, 0 failed") {
			t.Error(out)
		}
		for _, query := range []string{
			"SELECT count(*) FROM entries WHERE feed = 'all'",
			"SELECT count(*) FROM entries WHERE feed = 'trawlers'",
			"SELECT count(*) FROM entries WHERE feed = 'all' AND updated < '2000-01-01T00:30:00Z'",
			"SELECT count(*) FROM stories WHERE outlets = 2 AND origins = 1",
			"SELECT count(*) FROM articles WHERE source = 'paper' AND agency = 'Yonhap' AND text LIKE '%trawlers in port%'",
		} {
			if n := number(t, db, query); n != 1 {
				t.Errorf("%s: %d, want 1", query, n)
			}
		}
		out := run("show", "http://paper.example/1")
		if !strings.Contains(out, "PAGES\n") || !strings.Contains(out, "kept; ") {
			t.Error(out)
		}
		// The edition has the text, clean.
		c, err := loadConfig(filepath.Join(dir, "config.yaml"), shortest)
		if err != nil {
			t.Fatal(err)
		}
		d, err := (&app{stdout: io.Discard, stderr: io.Discard, listen: wire.listen, dial: wire.dial}).start(t.Context(), c, slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		defer d.stop()
		w := httptest.NewRecorder()
		d.http.Handler.ServeHTTP(w, httptest.NewRequest("GET", "http://127.0.0.1/feeds/all.atom", nil))
		if body := w.Body.String(); !strings.Contains(body, "kept trawlers in port until August") || !strings.Contains(body, "Pollack on the table") {
			t.Error(body)
		}
		w = httptest.NewRecorder()
		d.http.Handler.ServeHTTP(w, httptest.NewRequest("GET", fmt.Sprintf("http://127.0.0.1/stories/%d", number(t, db, "SELECT id FROM stories")), nil))
		if body := w.Body.String(); strings.Count(body, "with its page’s text") != 1 {
			t.Error(body)
		}
	})
}
