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

// bridge is an invented report, as the wire writes it.
func bridge(id, link, title, town string) feed.Article {
	a := article(id, link, title)
	a.Summary = fmt.Sprintf("The council of %[1]s voted on Tuesday evening to close the old harbour bridge to lorries after engineers "+
		"found cracks in two of its pillars, the mayor said. Repairs will take until spring and cost about four million crowns, "+
		"of which the region pays half, and ferries between %[1]s and the islands will run twice an hour meanwhile.", town)
	return a
}

func TestCopyJoinsAndIsNoNews(t *testing.T) {
	w := newWorld(t)
	w.poll("wire", bridge("1", "https://wire.example/1", "Brinmouth closes harbour bridge to lorries", "Brinmouth"))
	before := w.entries()[0]
	w.poll("paper", bridge("x", "https://paper.example/x", "No more lorries on Brinmouth's harbour bridge", "Brinmouth"))
	all := w.entries()
	want(t, "entries", len(all), 1)
	want(t, "copies", len(all[0].Copies), 2)
	want(t, "id", all[0].ID, before.ID)
	want(t, "updated by a copy", all[0].Updated, before.Updated)
	want(t, "evidence", w.count("SELECT count(*) FROM decisions WHERE decision = 'same' AND other_article_id = 1 AND reason LIKE 'likeness%'"), 1)
}

func TestLaterVersionIsNews(t *testing.T) {
	w := newWorld(t)
	w.poll("wire", bridge("1", "https://wire.example/1", "Brinmouth closes harbour bridge to lorries", "Brinmouth"))
	before := w.entries()[0]
	w.now = w.now.Add(time.Hour)
	later := bridge("2", "https://wire.example/2", "(LEAD) Brinmouth closes harbour bridge to lorries until spring", "Brinmouth")
	w.poll("wire", later, bridge("1", "https://wire.example/1", "Brinmouth closes harbour bridge to lorries", "Brinmouth"))
	all := w.entries()
	want(t, "entries", len(all), 1)
	want(t, "shown", all[0].Copies[all[0].Shown].Title, later.Title)
	if !all[0].Updated.After(before.Updated) {
		t.Errorf("a later version left updated at %v", all[0].Updated)
	}
}

// Two stories that a late article shows to be one: the older id lives.
func TestStoriesThatTurnOutToBeOne(t *testing.T) {
	w := newWorld(t)
	short := bridge("1", "https://wire.example/1", "Bridge shut", "Brinmouth")
	short.Summary = "(END)"
	w.poll("wire", short)
	w.poll("paper", bridge("x", "https://paper.example/x", "No more lorries on Brinmouth's harbour bridge", "Brinmouth"))
	want(t, "stories before", w.count("SELECT count(*) FROM stories"), 2)
	w.now = w.now.Add(time.Minute)
	w.poll("wire", bridge("1", "https://wire.example/1", "Brinmouth closes harbour bridge to lorries", "Brinmouth"))
	want(t, "stories", w.count("SELECT count(*) FROM stories"), 1)
	want(t, "the older id", w.count("SELECT id FROM stories"), 1)
	want(t, "the younger's trace", w.count("SELECT told_in FROM story WHERE id = 2"), 1)
	want(t, "stories that are counted as merged", int(w.merged.Load()), 1)
	want(t, "entries", len(w.entries()), 1)
	// It becomes another report: the paper's print is alone again.
	w.now = w.now.Add(time.Minute)
	other := article("1", "https://wire.example/1", "Cabinet reshuffle expected after summit of party leaders")
	other.Summary = "The prime minister is expected to name three new ministers this week, party sources say, after talks that lasted through the night."
	w.poll("wire", other)
	want(t, "stories after", w.count("SELECT count(*) FROM stories"), 2)
	want(t, "entries after", len(w.entries()), 2)
	want(t, "redirects that close", w.count("SELECT count(*) FROM story WHERE told_in >= id"), 0)
}

// A wire corrects a figure; the paper prints the former one still.
func TestCorrectionStaysWithItsCopies(t *testing.T) {
	w := newWorld(t)
	first := bridge("1", "https://wire.example/1", "Brinmouth bridge: 5 cracks found", "Brinmouth")
	w.poll("wire", first)
	w.poll("paper", bridge("x", "https://paper.example/x", "Brinmouth bridge: 5 cracks found", "Brinmouth"))
	w.now = w.now.Add(time.Minute)
	first.Title = "Brinmouth bridge: 7 cracks found"
	w.poll("wire", first)
	want(t, "stories", w.count("SELECT count(*) FROM stories"), 1)
}

// What little is there must harm nothing.
func TestEmptyHeadlines(t *testing.T) {
	w := newWorld(t)
	for i, title := range []string{"", "(LEAD)", "(URGENT) (END)", "[속보]", "...", "Weather", "Weather"} {
		a := article(fmt.Sprint(i), fmt.Sprintf("https://wire.example/e%d", i), title)
		a.Summary = "(END)"
		w.poll("wire", a)
		a.GUID, a.Link = "p"+a.GUID, fmt.Sprintf("https://paper.example/e%d", i)
		w.poll("paper", a)
	}
	want(t, "articles", w.count("SELECT count(*) FROM articles"), 12) // those without a word are refused
	want(t, "stories of more than one", w.count("SELECT count(*) FROM stories WHERE articles > 1"), 0)
}

var towns = strings.Fields("Brinmouth Caldwick Dornhaven Eastmere Fallowby Garrowdale Hexbridge Inverlock Jarrowfield Kelmarsh")

// The same articles in another order make the same stories.
func TestOrderOfArrival(t *testing.T) {
	var all [][2]any
	for i, town := range towns {
		subjects := []string{"harbour bridge", "tram line", "theatre roof", "fish market"}
		r := bridge(fmt.Sprint("w", i), fmt.Sprintf("https://wire.example/%d", i), town+" closes its "+subjects[i%4], town)
		r.Summary = strings.ReplaceAll(r.Summary, "old harbour bridge", town+" "+subjects[i%4]) +
			fmt.Sprintf(" %s counts %d people, and %s was twinned with it in %d.", town, 1000+37*i, towns[(i+3)%10], 1950+i)
		all = append(all, [2]any{"wire", r})
		p := r
		p.GUID, p.Link, p.Title = fmt.Sprint("p", i), fmt.Sprintf("https://paper.example/%d", i), "Closed: "+subjects[i%4]+" of "+town
		all = append(all, [2]any{"paper", p})
	}
	var first []string
	for seed := range uint64(6) {
		random := rand.New(rand.NewPCG(seed, 1))
		random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		w := newWorld(t)
		for _, a := range all {
			w.poll(a[0].(string), a[1].(feed.Article))
		}
		got := w.groups()
		if seed == 0 {
			first = got
			want(t, "stories", len(got), len(towns))
		}
		if !slices.Equal(got, first) {
			t.Errorf("order %d makes other stories:\n%v\n%v", seed, got, first)
		}
	}
}

// groups returns the links of every Story.
func (w *world) groups() []string {
	w.t.Helper()
	rows, err := w.reader.QueryContext(context.Background(), "SELECT group_concat(substr(link, 9), ' + ' ORDER BY link) FROM articles GROUP BY story_id ORDER BY 1")
	if err != nil {
		w.t.Fatal(err)
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			w.t.Fatal(err)
		}
		all = append(all, s)
	}
	return all
}

func TestForgetKeys(t *testing.T) {
	w := newWorld(t)
	w.poll("wire", bridge("1", "https://wire.example/1", "Brinmouth closes harbour bridge", "Brinmouth"))
	if err := w.ForgetKeys(context.Background(), w.now.Add(6*24*time.Hour)); err != nil {
		t.Fatal(err)
	}
	if w.count("SELECT count(*) FROM sketch") == 0 {
		t.Error("keys are gone within a week")
	}
	if err := w.ForgetKeys(context.Background(), w.now.Add(8*24*time.Hour)); err != nil {
		t.Fatal(err)
	}
	want(t, "keys after a week", w.count("SELECT count(*) FROM sketch"), 0)
}

// Where retention is shorter than a week, keys of what it took go all the same.
func TestForgetKeysOfRemoved(t *testing.T) {
	w := newWorld(t)
	w.poll("wire", bridge("1", "https://wire.example/1", "Brinmouth closes harbour bridge", "Brinmouth"))
	w.poll("wire", bridge("2", "https://wire.example/2", "Lorries queue on Ostford's ring road", "Ostford"))
	w.now = w.now.AddDate(0, 0, 3)
	w.poll("wire", bridge("3", "https://wire.example/3", "Engineers inspect Millbrook viaduct", "Millbrook"))
	w.retain(Retention{Before: w.now.Add(time.Second)})
	want(t, "articles", w.count("SELECT count(*) FROM articles"), 1)
	for _, check := range []struct{ days, keys int }{{3, 1}, {5, 0}} {
		w.now = w.now.AddDate(0, 0, check.days)
		if err := w.ForgetKeys(context.Background(), w.now); err != nil {
			t.Fatal(err)
		}
		want(t, fmt.Sprintf("keys %d days later", check.days), w.count("SELECT count(*) FROM sketch"), check.keys)
	}
}

// An agency's id joins what no words do.
func TestChainWithoutCommonWords(t *testing.T) {
	w := newWorld(t)
	first := article("a", "https://en.yna.co.kr/view/AEN20260301000100315", "(URGENT) Brinmouth bridge shut")
	first.Summary = "(END)"
	later := bridge("b", "https://en.yna.co.kr/view/AEN20260301000151315", "(LEAD) Lorries banned as engineers find cracks in pillars", "Brinmouth")
	w.poll("paper", first)
	w.poll("paper", later, first)
	want(t, "stories", w.count("SELECT count(*) FROM stories"), 1)
}

// One Document merges a Story and then says that its Article is another report.
func TestMovedAndRevisedAtOnce(t *testing.T) {
	w := newWorld(t)
	short := bridge("1", "https://wire.example/1", "Bridge shut", "Brinmouth")
	short.Summary = "(END)"
	w.poll("wire", short)
	words := bridge("x", "https://paper.example/x", "No more lorries on Brinmouth's harbour bridge", "Brinmouth")
	w.poll("paper", words)
	w.now = w.now.Add(time.Minute)
	other := article("x", "https://paper.example/x", "Cabinet reshuffle expected after summit of party leaders")
	other.Summary = "The prime minister is expected to name three new ministers this week, party sources say, after talks that lasted through the night."
	again := bridge("n", "https://wire.example/1", "No more lorries on Brinmouth's harbour bridge", "Brinmouth")
	w.poll("paper", other, again)
	want(t, "stories", w.count("SELECT count(*) FROM stories"), 2)
	want(t, "the other's own", w.count("SELECT count(*) FROM articles WHERE story_id = (SELECT story_id FROM articles WHERE guid = 'x')"), 1)
}

// What is listed again under another name and date is no news.
func TestRepublishedIsNoNews(t *testing.T) {
	w := newWorld(t)
	w.poll("wire", bridge("1", "https://wire.example/1", "Brinmouth closes harbour bridge to lorries", "Brinmouth"))
	before := w.entries()[0]
	w.now = w.now.Add(time.Hour)
	again := bridge("2", "https://wire.example/2", "Brinmouth closes harbour bridge to lorries", "Brinmouth")
	again.Published = again.Published.Add(time.Hour)
	w.poll("wire", again, bridge("1", "https://wire.example/1", "Brinmouth closes harbour bridge to lorries", "Brinmouth"))
	all := w.entries()
	want(t, "entries", len(all), 1)
	want(t, "updated", all[0].Updated, before.Updated)
}

// A report that very many print stays one, whatever the limits of a comparison.
func TestManyCopies(t *testing.T) {
	w := newWorld(t)
	const outlets = 120
	verbs := []string{"closed to lorries", "shut to lorries until spring", "is closed to lorries after cracks", "closes to lorries"}
	for i := range outlets {
		a := bridge(fmt.Sprint(i), fmt.Sprintf("https://paper.example/%d", i), "Harbour bridge of Brinmouth "+verbs[i%len(verbs)], "Brinmouth")
		if i%3 == 0 {
			a.Summary = a.Summary[:2*len(a.Summary)/3]
		}
		a.Published = a.Published.Add(time.Duration(i) * 5 * time.Minute)
		w.poll([]string{"wire", "paper"}[i%2], a)
	}
	if n := w.count("SELECT max(articles) FROM stories"); n < outlets*9/10 {
		t.Errorf("the largest story has %d of %d copies", n, outlets)
	}
}
