package main

import (
	"context"
	"database/sql"
	"fmt"
	"hash/crc32"
	"io"
	"log/slog"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// A relays is some newswireds on a network in memory, each at its name with
// ".example", and the wires that they follow, at the other hosts.
type relays struct {
	t       *testing.T
	wire    *wire
	mu      sync.Mutex
	docs    map[string]string // by host
	daemons map[string]*server
	views   map[string]*sql.DB
}

// inRelays runs a test in a bubble.
func inRelays(t *testing.T, test func(*relays)) {
	synctest.Test(t, func(t *testing.T) {
		r := &relays{t: t, wire: newWire(), docs: make(map[string]string), daemons: make(map[string]*server), views: make(map[string]*sql.DB)}
		defer r.wire.serve(t, http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
			r.mu.Lock()
			defer r.mu.Unlock()
			host, _, _ := strings.Cut(q.Host, ".")
			w.Header().Set("ETag", fmt.Sprintf("%q", fmt.Sprint(crc32.ChecksumIEEE([]byte(r.docs[host])))))
			http.ServeContent(w, q, "", time.Time{}, strings.NewReader(r.docs[host]))
		}))()
		test(r)
		for name, d := range r.daemons {
			r.views[name].Close()
			if err := d.stop(); err != nil {
				t.Error(err)
			}
		}
	})
}

// set makes a Document of RSS of a host: items are "guid|headline|text".
func (r *relays) set(host string, items ...string) {
	var b strings.Builder
	fmt.Fprintf(&b, `<rss version="2.0"><channel><title>%s</title><link>http://%s.example/</link>`, host, host)
	for _, it := range items {
		part := strings.Split(it, "|")
		fmt.Fprintf(&b, `<item><guid isPermaLink="false">%[1]s-%[2]s</guid><link>http://%[1]s.example/news/%[2]s.html</link><title>%[3]s</title><description>%[4]s</description><category>%[1]s desk</category><author>%[1]s@mail.example (Kim of %[1]s)</author><pubDate>%[5]s</pubDate></item>`,
			host, part[0], part[1], part[2], time.Date(1999, 12, 31, 20, int(part[0][0]), 0, 0, time.UTC).Format(time.RFC1123Z))
	}
	b.WriteString(`</channel></rss>`)
	r.raw(host, b.String())
}

func (r *relays) raw(host, doc string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.docs[host] = doc
}

// start starts a newswired that follows some sources, each written as in the
// configuration, and publishes them all.
func (r *relays) start(name string, sources ...string) {
	r.t.Helper()
	text := fmt.Sprintf("listen: %q\nbase_url: http://%s.example\nwebsub: false\ntimezone: UTC\nschedule: \"@every 1m\"\nhost_pause: 0s\nfeeds: [{name: all}]\nsources:\n", name+".example:80", name)
	for _, s := range sources {
		text += "  - " + s + "\n"
	}
	file := filepath.Join(r.t.TempDir(), name+".db")
	c, err := parseConfig("config.yaml", []byte(text+fmt.Sprintf("database: %q\n", file)), shortest)
	if err != nil {
		r.t.Fatal(err)
	}
	a := &app{stdout: io.Discard, stderr: io.Discard, listen: r.wire.listen, dial: r.wire.dial}
	if r.daemons[name], err = a.start(context.Background(), c, slog.New(slog.DiscardHandler)); err != nil {
		r.t.Fatal(err)
	}
	r.views[name] = openViews(r.t, file)
}

// wait lets all poll what the others have, some times in a row.
func (r *relays) wait() {
	time.Sleep(4 * time.Minute)
	synctest.Wait()
}

// rows returns what a query of a newswired's views finds, a line for each row.
func (r *relays) rows(name, query string) string {
	r.t.Helper()
	rows, err := r.views[name].Query(query)
	if err != nil {
		r.t.Fatal(err)
	}
	defer rows.Close()
	columns, _ := rows.Columns()
	var b strings.Builder
	for rows.Next() {
		values := make([]sql.NullString, len(columns))
		into := make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			r.t.Fatal(err)
		}
		for i, v := range values {
			if i > 0 {
				b.WriteString(" | ")
			}
			b.WriteString(v.String)
		}
		b.WriteString("\n")
	}
	return b.String()
}

// same compares what a query finds at two newswireds.
func (r *relays) same(one, other, query string) {
	r.t.Helper()
	if a, b := r.rows(one, query), r.rows(other, query); a != b || a == "" {
		r.t.Errorf("%s\n%s has\n%s%s has\n%s", query, one, a, other, b)
	}
}

// carriers are the stories that the feed all has, by what does not depend on whose
// numbers they have.
const carriers = `SELECT group_concat(x, ' / ') FROM (
	SELECT e.story_id, a.outlet || ' ' || coalesce(a.agency, '') || ' ' || coalesce(a.marker, '') || ' ' || a.published || ' ' || a.link || ' ' || a.guid || ' ' || a.title || ' ' || coalesce(a.author, '') || ' ' || a.categories || ' ' || coalesce(a.language, '') AS x
	FROM entries e JOIN articles a ON a.story_id = e.story_id GROUP BY e.story_id, a.link, a.title ORDER BY a.link, a.title) GROUP BY story_id ORDER BY 1`

const counts = `SELECT t.outlets, t.origins, t.agency, t.outlet_names, e.title, e.outlet, e.link, t.published FROM entries e JOIN stories t ON t.id = e.story_id ORDER BY e.link`

const (
	bridge = "The harbour bridge at Brinmouth stays closed to lorries until the cracked bearing is replaced, Mayor Ada Lund said on Monday after engineers had measured it for a week. Some 4,100 lorries a day take the northern road until June 12. (Wire)"
	museum = "The maritime museum of Oldhaven opens at night every Friday from now on, its director Per Hall told visitors. Tickets cost 9 crowns and the lamp room is shown for the first time since 1958."
	storm  = "A storm took the roof off the fish market in Skarn and cut power to 2,300 homes along the western shore, the county said. Nobody was hurt. Ferries wait in port until Wednesday noon."
)

// How sources are written that a newswired of these tests follows.
const (
	wireSource = "{name: wire, url: http://wire.example/rss, outlet: The Wire, agency: Wire}"
	paper      = "{name: paper, url: http://paper.example/rss, outlet: The Paper}"
	post       = "{name: post, url: http://post.example/rss, outlet: The Post}"
	herald     = "{name: herald, url: http://herald.example/rss, outlet: The Herald}"
)

func follows(name, format string) string {
	return fmt.Sprintf("{name: %[1]s, url: http://%[1]s.example/feeds/all.%[2]s}", name, format)
}

// hubs are newswireds that follow others, each in one Format, by whose name it
// goes.
var hubs = []string{"atom", "json", "rss"}

// Two newswireds follow some sources each, one of them both, others follow these
// two, each in a format, and one follows all sources itself: the others tell what
// that one does.
func TestRelay(t *testing.T) {
	t.Parallel()
	inRelays(t, (*relays).week)
}

// week publishes, corrects, withdraws and deletes, and compares after each step what
// those that follow others have with what the one has that follows all.
func (r *relays) week() {
	t := r.t
	r.set("wire", "1|URGENT: Brinmouth bridge stays closed to lorries|"+bridge, "2|Oldhaven museum opens at night|"+museum)
	r.set("paper", "a|Brinmouth bridge stays closed to lorries|"+bridge)
	r.set("post", "x|Bridge at Brinmouth closed to lorries until June|"+bridge+" The northern road is 9 kilometres longer.")
	r.set("herald", "h|Storm takes roof off fish market in Skarn|"+storm)
	r.start("west", wireSource, herald)
	r.start("east", paper, post, herald)
	r.wait()
	r.wire.set(false, "east.example")
	for _, format := range hubs {
		r.start(format, follows("west", format), follows("east", format))
	}
	r.start("all", wireSource, paper, post, herald)
	r.wait()
	r.wire.set(false)
	r.wait()
	r.wait() // until east is asked again
	check := func(what string, queries ...string) {
		t.Helper()
		t.Log(what)
		r.wait()
		for _, hub := range hubs {
			for _, q := range append(queries, carriers, counts, "SELECT e.link, a.summary, a.content FROM entries e JOIN articles a ON a.id = e.article_id ORDER BY 1") {
				r.same(hub, "all", q)
			}
		}
	}
	check("at first")
	r.set("wire", "3|LEAD: Brinmouth bridge stays closed to lorries until June 12|"+bridge+" Trains run.",
		"1|URGENT: Brinmouth bridge stays closed to lorries|"+bridge, "2|Oldhaven museum opens at night|"+museum)
	check("a later version")
	r.set("herald", "h|CORRECTED: Storm takes roof off fish hall in Skarn|"+strings.Replace(storm, "market", "hall", 1))
	check("a correction", "SELECT DISTINCT outlet, number, previous_title, title FROM revisions WHERE number > 1 AND changed LIKE '%title%'")
	r.set("paper", "b|Oldhaven museum opens at night|"+museum, "a|Brinmouth bridge stays closed to lorries|"+bridge)
	check("a further carrier")
	before := make(map[string]string)
	for _, hub := range hubs {
		r.same(hub, "west", "SELECT entry_id FROM entries ORDER BY link")
		before[hub] = r.rows(hub, "SELECT entry_id, updated FROM entries")
	}
	r.wait()
	for _, hub := range hubs {
		if now := r.rows(hub, "SELECT entry_id, updated FROM entries"); now != before[hub] {
			t.Errorf("%s without news\n%sbefore\n%s", hub, now, before[hub])
		}
	}
	r.set("wire", "3|KILL-Brinmouth bridge stays closed to lorries until June 12|"+bridge+" Trains run.", "2|Oldhaven museum opens at night|"+museum)
	check("a withdrawal", "SELECT outlet, marker, title FROM articles WHERE marker_kind = 'withdrawal'", "SELECT count(DISTINCT id) FROM stories")
	r.raw("herald", `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"><title>h</title><id>h</id><updated>1999-12-31T23:00:00Z</updated>
		<entry><id>herald-z</id><title>Nothing else</title><link href="http://herald.example/news/z.html"/><updated>1999-12-31T23:00:00Z</updated><content>Nothing.</content></entry>
		<at:deleted-entry ref="herald-h" when="1999-12-31T23:30:00Z"/></feed>`)
	check("a deletion", "SELECT DISTINCT outlet, link FROM articles WHERE deleted IS NOT NULL")
}

// Newswireds that follow each other, in a ring or each all others, multiply
// nothing, and have no news without news. Round a ring ids stay as they are.
func TestRelayInCircles(t *testing.T) {
	t.Parallel()
	for _, ring := range []bool{true, false} {
		inRelays(t, func(r *relays) {
			r.set("wire", "1|Brinmouth bridge stays closed to lorries|"+bridge)
			r.set("herald", "h|Storm takes roof off fish market in Skarn|"+storm)
			one, two, three := []string{wireSource, follows("three", "json")}, []string{herald, follows("one", "atom")}, []string{follows("two", "rss")}
			if !ring {
				one, two, three = append(one, follows("two", "atom")), append(two, follows("three", "rss")), append(three, follows("one", "atom"))
			}
			r.start("one", one...)
			r.start("two", two...)
			r.start("three", three...)
			time.Sleep(10 * time.Minute)
			r.set("wire", "2|Brinmouth bridge opens to lorries again|The new bearing is in place.", "1|Brinmouth bridge stays closed to lorries|"+bridge)
			time.Sleep(20 * time.Minute)
			synctest.Wait()
			const entries = "SELECT e.title, e.outlet, t.articles, e.updated <= e.entered FROM entries e JOIN stories t ON t.id = e.story_id ORDER BY 1"
			want := "Brinmouth bridge opens to lorries again | The Wire | 1 | 1\nBrinmouth bridge stays closed to lorries | The Wire | 1 | 1\nStorm takes roof off fish market in Skarn | The Herald | 1 | 1\n"
			for _, name := range []string{"one", "two", "three"} {
				if got := r.rows(name, entries); got != want {
					t.Errorf("ring %v: %s has\n%swant\n%s", ring, name, got, want)
				}
				if got := r.rows(name, "SELECT count(*) FROM revisions WHERE number > 1"); got != "0\n" {
					t.Errorf("ring %v: %s has %s revisions", ring, name, got)
				}
			}
			if ring {
				r.same("one", "two", "SELECT entry_id FROM entries ORDER BY 1")
				r.same("one", "three", "SELECT entry_id FROM entries ORDER BY 1")
			}
		})
	}
}
