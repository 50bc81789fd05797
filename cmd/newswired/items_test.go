package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"newswired/feed"
	"newswired/fetcher"
	"newswired/store"
)

// A recall is a store that counts what Documents leave out, and one that knows
// of no items if it forgets: with it everything is read.
type recall struct {
	*store.Store
	forgets bool

	mu             sync.Mutex
	left, read     int // items left out, Articles read
	wholes, polled int // Documents that had to be read whole, and all
}

func (s *recall) State(ctx context.Context, source string, rhythm time.Time) (feed.State, error) {
	st, err := s.Store.State(ctx, source, rhythm)
	if s.forgets {
		st.Items = nil
	}
	return st, err
}

// Record counts what was left out, and how often that was too much.
func (s *recall) Record(ctx context.Context, p feed.Poll) (feed.Recorded, error) {
	done, err := s.Store.Record(ctx, p)
	s.mu.Lock()
	defer s.mu.Unlock()
	if errors.Is(err, feed.ErrLeftOut) {
		s.wholes++
	} else if p.Document != nil {
		s.left, s.read = s.left+len(p.Document.Unchanged), s.read+len(p.Document.Articles)
		s.polled++
	}
	return done, err
}

// Twins are two databases that see the same: one is written by polls that leave
// out what is unchanged, the other by polls that read everything.
type twins struct {
	t       *testing.T
	saver   *recall
	rigs    [2]*rig
	present map[string][]byte // Documents by Source
	stop    func()
}

// newTwins returns two databases that follow the same Sources, on a network of their
// own.
func newTwins(t *testing.T, sources ...string) *twins {
	t.Helper()
	tw := &twins{t: t, present: make(map[string][]byte)}
	net := newWire()
	tw.stop = net.serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name, _, _ := strings.Cut(r.Host, ".")
		body := tw.present[name]
		if isPage(body) {
			w.WriteHeader(http.StatusForbidden)
		}
		w.Write(body)
	}))
	text := "host_pause: 0s\nfeeds: [{name: all}]\nsources:\n"
	for _, name := range sources {
		text += fmt.Sprintf("  - {name: %s, url: http://%s.example/rss}\n", name, name)
	}
	for i := range tw.rigs {
		a := &app{dial: net.dial}
		r := newRig(t, a, text)
		s := &recall{Store: r.store, forgets: i == 1}
		r.poller = fetcher.New(s, a.pollOptions(r.config), slog.New(slog.DiscardHandler))
		tw.rigs[i] = r
		if i == 0 {
			tw.saver = s
		}
	}
	return tw
}

func (tw *twins) close() {
	for _, r := range tw.rigs {
		r.close()
	}
	tw.stop()
}

// poll polls both, and compares what they say of it.
func (tw *twins) poll() {
	tw.t.Helper()
	var said [2]string
	for i, r := range tw.rigs {
		for _, src := range r.config.Sources { // one after the other, so that ids are the same
			res, err := r.poller.Poll(context.Background(), src.Source, fetcher.Manual)
			if err != nil {
				tw.t.Fatal(err)
			}
			said[i] += fmt.Sprintf("%s %+v %s %s\n", src.Name, res.Recorded, res.Kind, res.Error)
		}
	}
	if said[0] != said[1] {
		tw.t.Fatalf("the poll that left out what is unchanged says\n%sthe other\n%s", said[0], said[1])
	}
}

// compare compares all that is stored but for the items themselves and the
// random name of the database.
func (tw *twins) compare() {
	tw.t.Helper()
	var tables []string
	rows, err := tw.rigs[0].db.Query("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('document', 'meta') AND name NOT LIKE 'sqlite_%'")
	if err != nil {
		tw.t.Fatal(err)
	}
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			tw.t.Fatal(err)
		}
		tables = append(tables, name)
	}
	for _, name := range tables {
		saved, all := dump(tw.t, tw.rigs[0].db, name), dump(tw.t, tw.rigs[1].db, name)
		for i := range max(len(saved), len(all)) {
			if i >= len(saved) || i >= len(all) || saved[i] != all[i] {
				tw.t.Fatalf("%s: %d rows, %d if all is read\n%.300s\n%.300s", name, len(saved), len(all), strings.Join(saved[min(i, len(saved)):], "\n"), strings.Join(all[min(i, len(all)):], "\n"))
			}
		}
	}
}

// dump returns the rows of a table as text, less when the next poll is due: a
// part of that is chance.
func dump(t *testing.T, db *sql.DB, table string) []string {
	t.Helper()
	rows, err := db.Query("SELECT * FROM " + table + " ORDER BY 1, 2")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for rows.Next() {
		values := make([]any, len(names))
		for i := range values {
			values[i] = new(any)
		}
		if err := rows.Scan(values...); err != nil {
			t.Fatal(err)
		}
		line := ""
		for i, v := range values {
			if names[i] == "next_fetch" {
				continue
			}
			line += fmt.Sprintf("%s=%v ", names[i], *v.(*any))
		}
		all = append(all, line)
	}
	return all
}

// Over every series of real Documents, what is stored is the same as if each
// had been read whole.
func TestLeftOutSnapshots(t *testing.T) {
	t.Parallel()
	dir := realInput(t, "feeds/snapshots")
	for _, s := range series {
		t.Run(s.name, func(t *testing.T) {
			names, bodies := readAll(t, filepath.Join(dir, s.name))
			synctest.Test(t, func(t *testing.T) {
				tw := newTwins(t, s.name)
				defer tw.close()
				for _, file := range names {
					at, err := time.Parse("20060102T150405Z", strings.TrimSuffix(file, ".xml"))
					if err != nil {
						t.Fatal(err)
					}
					time.Sleep(time.Until(at))
					tw.present[s.name] = bodies[file]
					tw.poll()
				}
				tw.compare()
				t.Logf("%d items left out, %d articles read; %d of %d documents read whole", tw.saver.left, tw.saver.read, tw.saver.wholes, tw.saver.polled)
			})
		})
	}
}

// The same over Documents that were damaged in every way, and one in many
// encodings: each is polled twice, in an order of chance, and the others in
// between have the same articles.
func TestLeftOutDamaged(t *testing.T) {
	t.Parallel()
	for _, folder := range []string{"broken", "charset", "dates"} {
		t.Run(folder, func(t *testing.T) {
			names, bodies := readAll(t, realInput(t, "feeds/"+folder))
			order := rand.New(rand.NewPCG(1, 2)).Perm(2 * len(names))
			synctest.Test(t, func(t *testing.T) {
				tw := newTwins(t, folder)
				defer tw.close()
				for _, i := range order {
					time.Sleep(47 * time.Minute)
					tw.present[folder] = bodies[names[i%len(names)]]
					tw.poll()
					tw.poll()
					if tw.compare(); t.Failed() {
						t.Fatalf("after %s", names[i%len(names)])
					}
				}
				t.Logf("%d items left out, %d articles read; %d of %d documents read whole", tw.saver.left, tw.saver.read, tw.saver.wholes, tw.saver.polled)
			})
		})
	}
}

// Whatever is done to a Document, what is stored is the same as if each had
// been read whole.
func TestLeftOutEdits(t *testing.T) {
	t.Parallel()
	for format := range formats {
		for seed := range 3 {
			t.Run(fmt.Sprintf("%s %d", format, seed), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) { followEdits(t, format, uint64(seed)) })
			})
		}
	}
}

// followEdits polls two Sources, at one of which an editor is at work; the other
// prints some of the same pages.
func followEdits(t *testing.T, format string, seed uint64) {
	tw := newTwins(t, "wire", "paper")
	defer tw.close()
	e := &editor{rand: rand.New(rand.NewPCG(seed, 1)), head: map[string]string{"language": "en", "link": "http://wire.example/", "author": "Desk"}}
	for range 8 {
		e.items = append(e.items, e.newItem())
	}
	var done []string
	defer func() {
		if t.Failed() {
			t.Logf("edits: %s", strings.Join(done, ", "))
		}
	}()
	for range 40 {
		time.Sleep(17 * time.Minute)
		var names []string
		for range 1 + e.rand.IntN(3) {
			names = append(names, e.edit())
		}
		done = append(done, strings.Join(names, "+"))
		e.head["date"] = time.Now().Format(time.RFC1123Z)
		tw.present["wire"] = e.broken(formats[format](e.head, e.items))
		paper := &editor{head: map[string]string{"language": "ko"}, items: e.items[:len(e.items)/2]}
		tw.present["paper"] = []byte(formats["rss"](paper.head, paper.items))
		tw.poll()
		if e.rand.IntN(8) == 0 {
			done = append(done, "retention")
			for _, r := range tw.rigs {
				if _, err := r.store.Retain(context.Background(), store.Retention{Before: time.Now().Add(-time.Hour)}, time.Now()); err != nil {
					t.Fatal(err)
				}
			}
		}
		tw.compare()
	}
	t.Logf("%d items left out, %d articles read; %d of %d documents read whole", tw.saver.left, tw.saver.read, tw.saver.wholes, tw.saver.polled)
}
