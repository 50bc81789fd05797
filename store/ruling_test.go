package store

import (
	"context"
	"errors"
	"testing"
	"time"

	"newswired/feed"
)

// The pages of the tests: the machine takes the first two for one report, the
// third for another.
const (
	wirePage   = "https://wire.example/1"
	printPage  = "https://paper.example/x"
	museumPage = "https://paper.example/y"
)

func (w *world) news() (wire feed.Article, paper []feed.Article) {
	return ferry("1", wirePage, "(LEAD) Passengers rescued after ferry sinks off Mokpo"), []feed.Article{
		ferry("x", printPage, "Passengers rescued after ferry sinks off Mokpo"), article("y", museumPage, "Museum opens at night")}
}

// newRuledWorld has two reports that the machine joins and one that it parts.
func newRuledWorld(t *testing.T) *world {
	w := newWorld(t)
	wire, paper := w.news()
	w.poll("wire", wire)
	w.poll("paper", paper...)
	want(t, "the machine joins", w.together(wirePage, printPage), true)
	want(t, "the machine parts", w.together(wirePage, museumPage), false)
	return w
}

func (w *world) together(a, b string) bool {
	w.t.Helper()
	return w.storyOf(a) == w.storyOf(b)
}

func (w *world) rule(a, b string, same bool) {
	w.t.Helper()
	w.now = w.now.Add(time.Minute)
	if err := w.Rule(context.Background(), feed.Ruling{URL: a, Other: b, Same: same}, w.now); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) configureRulings(all ...feed.Ruling) {
	w.t.Helper()
	w.now = w.now.Add(time.Minute)
	if err := w.ConfigureRulings(context.Background(), all, w.now); err != nil {
		w.t.Fatal(err)
	}
}

// shown returns how many Entries the Feed has, each with a Story of its own.
func (w *world) shown() int {
	w.t.Helper()
	all := w.entries()
	copies := 0
	for _, e := range all {
		copies += len(e.Copies)
	}
	want(w.t, "copies shown", copies, w.count("SELECT count(*) FROM articles"))
	return len(all)
}

// pollAnew polls both Sources, with other words in the wire's Article.
func (w *world) pollAnew() {
	w.t.Helper()
	wire, paper := w.news()
	wire.Summary += " Two ships took part."
	want(w.t, "revised", w.poll("wire", wire), feed.Recorded{Revised: 1})
	w.poll("paper", paper...)
}

// reopen closes the file and opens it again, as a restart does.
func (w *world) reopen() {
	w.t.Helper()
	name := w.Store.name
	if err := w.Close(); err != nil {
		w.t.Fatal(err)
	}
	w.open(name)
	w.configure(everything, feed.Feed{Name: "all", Title: "All", Rule: "all"})
}

// What a person rules holds after whatever comes next.
func TestRulingsSurvive(t *testing.T) {
	for _, after := range []struct {
		name string
		do   func(*world)
	}{
		{"nothing", func(*world) {}},
		{"a poll", (*world).pollAnew},
		{"reopening", (*world).reopen},
		{"reopening and a poll", func(w *world) { w.reopen(); w.pollAnew() }},
		{"a configuration without rulings", func(w *world) { w.configureRulings() }},
		{"the same again", func(w *world) { w.rule(printPage, wirePage, false); w.rule(museumPage, wirePage, true) }},
		{"another article", func(w *world) {
			wire, _ := w.news()
			w.poll("wire", wire, ferry("2", "https://wire.example/2", "(2nd LD) Passengers rescued after ferry sinks off Mokpo"))
		}},
	} {
		t.Run(after.name, func(t *testing.T) {
			w := newRuledWorld(t)
			w.rule(wirePage, printPage, false)
			w.rule(wirePage, museumPage, true)
			after.do(w)
			want(t, "split", w.together(wirePage, printPage), false)
			want(t, "join", w.together(wirePage, museumPage), true)
			want(t, "stories", w.shown(), 2)
		})
	}
}

func TestLastRulingHolds(t *testing.T) {
	w := newRuledWorld(t)
	for _, same := range []bool{false, true, true, false, true, false} {
		w.rule(wirePage, printPage, same)
		want(t, "the machine's pair", w.together(wirePage, printPage), same)
		w.rule(museumPage, wirePage, same)
		want(t, "a person's pair", w.together(wirePage, museumPage), same)
	}
	want(t, "rulings", w.count("SELECT count(*) FROM ruling"), 2)
}

// The younger id leads to the older Story and is in no Feed any more; when the
// two are parted, its Articles are found under it again, where readers know them.
func TestRedirectIsShown(t *testing.T) {
	w := newRuledWorld(t)
	older, younger := w.storyOf(wirePage), w.storyOf(museumPage)
	if older > younger {
		older, younger = younger, older
	}
	w.rule(wirePage, museumPage, true)
	want(t, "joined", w.account(younger).ID, older)
	want(t, "by itself", w.account(older).ID, older)
	want(t, "entries", w.shown(), 1)
	want(t, "reasons", w.count("SELECT count(*) FROM decisions WHERE decision = 'feed' AND story_id = ? AND verdict = 0", younger), 1)
	w.rule(wirePage, museumPage, false)
	want(t, "the older, parted", w.storyOf(wirePage), min(older, younger))
	want(t, "the younger, parted", w.storyOf(museumPage), max(older, younger))
	want(t, "leads no more", w.account(younger).ID, younger)
	want(t, "entries", w.shown(), 2)
}

// A ruling outlives the Articles that it is about, and holds for them when a
// page comes in after it.
func TestRulingOutlivesArticles(t *testing.T) {
	w := newRuledWorld(t)
	w.rule(wirePage, printPage, false)
	w.poll("paper") // an empty Document: all have left it
	w.poll("wire")
	w.now = w.now.Add(time.Hour)
	w.retain(Retention{Before: w.now})
	want(t, "articles", w.count("SELECT count(*) FROM articles"), 0)
	want(t, "rulings", w.count("SELECT count(*) FROM ruling"), 1)
	// A Tombstone keeps the Articles from returning under their names; other
	// Sources may list the pages.
	wire, paper := w.news()
	w.poll("paper", wire)
	w.poll("wire", paper[0])
	want(t, "split", w.together(wirePage, printPage), false)
}

func TestRulingBeforeTheArticles(t *testing.T) {
	w := newWorld(t)
	w.rule(wirePage, museumPage, true)
	w.rule(wirePage, printPage, false)
	wire, paper := w.news()
	w.poll("paper", paper...)
	w.poll("wire", wire)
	want(t, "join", w.together(wirePage, museumPage), true)
	want(t, "split", w.together(wirePage, printPage), false)
}

// The configuration is master over its pages, and what it no longer says it
// never said.
func TestConfiguredRulings(t *testing.T) {
	ctx := context.Background()
	w := newRuledWorld(t)
	join := feed.Ruling{URL: wirePage, Other: museumPage, Same: true}
	split := feed.Ruling{URL: wirePage, Other: printPage}
	w.configureRulings(join, split)
	want(t, "join", w.together(wirePage, museumPage), true)
	want(t, "split", w.together(wirePage, printPage), false)
	err := w.Rule(ctx, feed.Ruling{URL: museumPage, Other: wirePage}, w.now)
	if !errors.Is(err, ErrConfigured) {
		t.Errorf("contrary to the configuration: %v", err)
	}
	w.rule(museumPage, wirePage, true) // which it says itself
	all := w.account(w.storyOf(wirePage)).Rulings
	if len(all) != 2 || !all[0].Configured || !all[1].Configured {
		t.Errorf("%+v", all)
	}
	w.configureRulings(split)
	want(t, "join that was taken back", w.together(wirePage, museumPage), false)
	want(t, "split that stays", w.together(wirePage, printPage), false)
	w.configureRulings()
	want(t, "split that was taken back", w.together(wirePage, printPage), true)
}

func TestRulingsThatAreNone(t *testing.T) {
	w := newRuledWorld(t)
	for _, r := range []feed.Ruling{{URL: "", Other: wirePage}, {URL: wirePage, Other: "nonsense"}, {URL: wirePage, Other: "http://www.wire.example/1/"}} {
		if err := w.Rule(context.Background(), r, w.now); err == nil {
			t.Errorf("%+v is accepted", r)
		}
		if err := w.ConfigureRulings(context.Background(), []feed.Ruling{r}, w.now); err == nil {
			t.Errorf("%+v is accepted in the configuration", r)
		}
	}
	want(t, "rulings", w.count("SELECT count(*) FROM ruling"), 0)
}

// A ruling by which Articles were placed leaves no trace when it is taken back.
func TestRulingTakenBack(t *testing.T) {
	w := newWorld(t)
	w.configureRulings(feed.Ruling{URL: wirePage, Other: museumPage, Same: true})
	wire, paper := w.news()
	w.poll("wire", wire)
	w.poll("paper", paper...)
	want(t, "join", w.together(wirePage, museumPage), true)
	w.configureRulings()
	want(t, "join that was taken back", w.together(wirePage, museumPage), false)
	want(t, "the machine's pair", w.together(wirePage, printPage), true)
}

// A Story that is too large to be divided by every poll that adds to it is
// divided when a person says so.
func TestRuleInALargeStory(t *testing.T) {
	w := newWorld(t)
	a := bridge("1", "https://wire.example/1", "Brinmouth closes harbour bridge to lorries", "Brinmouth")
	b := bridge("x", "https://paper.example/x", "No more lorries on Brinmouth's harbour bridge", "Brinmouth")
	w.poll("wire", a)
	w.poll("paper", b)
	for _, statement := range []string{
		`INSERT INTO article (source_id, via, key, link_key, digest, seq, story_id, born, name, link, joined, published, first_seen)
			WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i <= 1000)
			SELECT source_id, source_id, i, 0, digest, seq, story_id, born, i, '', joined, published, first_seen FROM n, article WHERE id = 1`,
		"INSERT INTO likeness SELECT id, 1, 999, 'same', 'a version of it', 0 FROM article WHERE id > 2",
	} {
		if _, err := w.conn.ExecContext(context.Background(), statement); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Rule(context.Background(), feed.Ruling{URL: a.Link, Other: b.Link}, w.now); err != nil {
		t.Fatal(err)
	}
	want(t, "stories", w.count("SELECT count(*) FROM stories"), 2)
	want(t, "articles of the other", w.count("SELECT min(articles) FROM stories"), 1)
}
