package store

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"newswired/feed"
)

// What holds of Stories whatever happens, as queries that count exceptions.
var always = []string{
	"SELECT count(*) FROM article JOIN story s ON s.id = story_id WHERE told_in IS NOT NULL",
	"SELECT count(*) FROM story s JOIN story t ON t.id = s.told_in WHERE t.told_in IS NOT NULL",
	"SELECT count(*) FROM story s WHERE told_in IS NULL AND NOT EXISTS (SELECT 1 FROM article WHERE story_id = s.id)",
	"SELECT count(*) FROM verdict JOIN story s ON s.id = story_id WHERE told_in IS NOT NULL AND passes",
	"SELECT count(*) FROM verdict v JOIN story s ON s.id = v.story_id WHERE told_in IS NULL AND v.article_id NOT IN (SELECT id FROM article WHERE story_id = s.id)",
	"SELECT count(*) FROM story s CROSS JOIN feed f WHERE told_in IS NULL AND s.id > backlog AND NOT EXISTS (SELECT 1 FROM verdict WHERE story_id = s.id AND passes)",
	"SELECT count(*) FROM page WHERE due IS NULL AND text IS NULL AND kind = ''",
	"SELECT count(*) FROM pragma_foreign_key_check",
}

// Two processes write in turn, at random: Articles that come, change their words
// or their link, and go; pages, rulings, retention, another rule. Nothing of it leaves a
// Story half told, and both find the same Articles as one that starts later.
func TestStoriesHold(t *testing.T) {
	for seed := range uint64(3) {
		c := &chance{world: newWorld(t), rand: rand.New(rand.NewPCG(seed, 7)), listed: make(map[string][]feed.Article)}
		both := [2]*Store{c.Store, c.again()}
		c.anotherRule(both)
		for step := range 100 {
			c.Store = both[c.rand.IntN(2)]
			what := c.step(both)
			for _, query := range always {
				if n := c.count(query); n != 0 {
					t.Fatalf("seed %d, step %d: after %s, %d: %s", seed, step, what, n, query)
				}
			}
		}
		c.sameIndex(both[0], both[1], c.again())
	}
}

// A chance decides what happens to a world.
type chance struct {
	*world
	rand   *rand.Rand
	listed map[string][]feed.Article // by Source
	made   int
}

// again opens the database once more, as another process does.
func (c *chance) again() *Store {
	c.t.Helper()
	before := c.Store
	c.open(c.name)
	c.configure(everything, feed.Feed{Name: "all", Title: "All", Rule: "all"})
	next := c.Store
	c.Store = before
	return next
}

// step lets one thing happen, and tells what.
func (c *chance) step(both [2]*Store) string {
	c.t.Helper()
	source := []string{"wire", "paper"}[c.rand.IntN(2)]
	all := c.listed[source]
	switch n := c.rand.IntN(14); {
	case n < 4 || len(all) == 0:
		for range 1 + c.rand.IntN(3) {
			c.made++
			all = slices.Insert(all, 0, c.report(fmt.Sprint(c.made), fmt.Sprintf("https://%s.example/%d", source, c.made)))
		}
		c.listed[source] = all[:min(len(all), 10)]
		c.poll(source, c.listed[source]...)
		return "new articles"
	case n < 8:
		i := c.rand.IntN(len(all))
		link := all[i].Link
		if c.rand.IntN(4) == 0 {
			link = fmt.Sprintf("https://page.example/%d", c.rand.IntN(5))
		}
		all[i] = c.report(all[i].GUID, link)
		c.poll(source, all...)
		return "a revision"
	case n == 8:
		c.now = c.now.Add(time.Hour)
		if _, err := c.Retain(context.Background(), Retention{Before: c.now.Add(-time.Duration(c.rand.IntN(5)) * time.Hour)}, c.now); err != nil {
			c.t.Fatal(err)
		}
		return "retention"
	case n > 11:
		return c.page()
	case n == 9:
		other := c.listed["wire"]
		if len(other) == 0 {
			return "nothing"
		}
		r := feed.Ruling{URL: all[c.rand.IntN(len(all))].Link, Other: other[c.rand.IntN(len(other))].Link, Same: c.rand.IntN(2) == 0}
		if err := c.Rule(context.Background(), r, c.now); err != nil && r.URL != r.Other {
			c.t.Fatal(err)
		}
		return "a ruling"
	case n == 10:
		c.anotherRule(both)
		return "another rule"
	}
	if _, err := c.JudgeBacklog(context.Background(), c.now); err != nil {
		c.t.Fatal(err)
	}
	return "judging"
}

// anotherRule configures both. Their Sources have full text.
func (c *chance) anotherRule(both [2]*Store) {
	c.t.Helper()
	c.made++
	sources := []feed.Source{{Name: "wire", URL: "https://wire.example/rss", Outlet: "Wire", Agency: "Wire", FullText: true}, {Name: "paper", URL: "https://paper.example/rss", Outlet: "Paper", FullText: true}}
	for _, st := range both {
		if err := st.Configure(context.Background(), sources, []feed.Feed{{Name: "all", Title: "All", Rule: fmt.Sprint(c.made)}}, everything, c.now); err != nil {
			c.t.Fatal(err)
		}
	}
}

// page lets a page that is due be had, or fail.
func (c *chance) page() string {
	c.t.Helper()
	hosts, err := c.PageHosts(context.Background(), 1000, c.now)
	if err != nil || len(hosts) == 0 {
		return "nothing"
	}
	due, err := c.ClaimPage(context.Background(), hosts[0], []string{"wire", "paper"}, 1000, c.now)
	if err != nil || due == nil {
		c.t.Fatal(due, err)
	}
	f := feed.PageFetch{Article: due.Article, Seq: due.Seq, URL: due.URL, Host: hosts[0], Started: c.now, Status: 200}
	if c.rand.IntN(4) == 0 {
		f.Kind, f.Error = feed.Paywall, "for subscribers"
	} else {
		f.Page = text(c.report("", "").Summary)
	}
	f.Plan(due, 0, c.now)
	if err := c.RecordPage(context.Background(), f); err != nil {
		c.t.Fatal(err)
	}
	return "a page"
}

// report returns one of a few reports, in one of many versions.
func (c *chance) report(guid, link string) feed.Article {
	subjects := []string{"harbour bridge", "tram line", "theatre roof"}
	town, subject := towns[c.rand.IntN(3)], subjects[c.rand.IntN(3)]
	a := bridge(guid, link, []string{"", "(LEAD) ", "(2nd LD) ", "UPDATE: "}[c.rand.IntN(4)]+town+" closes "+subject, town)
	switch c.rand.IntN(5) {
	case 0:
		a.Summary = "(END)"
	case 1:
		a.Summary = a.Summary[:150+c.rand.IntN(150)]
	case 2:
		a.Summary += strings.Repeat(fmt.Sprintf(" Delegates of district %d met again.", c.rand.IntN(4)), 3)
	case 3:
		a.Summary = strings.ReplaceAll(a.Summary, "old harbour bridge", subject)
	}
	a.Published = c.now.Add(-time.Duration(c.rand.IntN(200)) * time.Minute)
	return a
}

// sameIndex holds that Stores find the same for whatever is stored.
func (c *chance) sameIndex(all ...*Store) {
	c.t.Helper()
	var first [][]int64
	for i, st := range all {
		var found [][]int64
		err := st.update(context.Background(), func(t *tx) error {
			if err := t.follow(&st.words); err != nil {
				return err
			}
			for _, id := range c.ids() {
				p, err := t.state(id, 0, &all[0].words) // the same words are common for all
				if err != nil {
					return err
				}
				sketch := p.Sketch()
				found = append(found, st.words.index.Candidates(&sketch))
			}
			return nil
		})
		if err != nil {
			c.t.Fatal(err)
		}
		if i == 0 {
			first = found
		} else if fmt.Sprint(found) != fmt.Sprint(first) {
			c.t.Errorf("the first finds\n%v\nanother\n%v", first, found)
		}
	}
}

// ids returns those of all Articles.
func (c *chance) ids() []int64 {
	c.t.Helper()
	rows, err := c.reader.Query("SELECT id FROM article ORDER BY id")
	if err != nil {
		c.t.Fatal(err)
	}
	defer rows.Close()
	var all []int64
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			c.t.Fatal(err)
		}
		all = append(all, id)
	}
	return all
}
