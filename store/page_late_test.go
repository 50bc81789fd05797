package store

import (
	"bufio"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"newswired/feed"
)

// Texts that come late make the stories that they make if they are there at once:
// 600 real items of Korean outlets, those of papers cut to 40 characters until
// their page is had.
func TestPagesLate(t *testing.T) {
	items, err := os.Open(filepath.Join("..", "..", "shared", "data", "stories", "ko-multi.jsonl"))
	if err != nil {
		t.Skip("the labelled stories are not beside the repository")
	}
	defer items.Close()
	early, late := newPageWorld(t, everything), newPageWorld(t, everything)
	for in := bufio.NewScanner(items); in.Scan() && early.count("SELECT count(*) FROM article") < 600; {
		var it struct{ ID, Outlet, Title, Summary, Published string }
		if err := json.Unmarshal(in.Bytes(), &it); err != nil {
			t.Fatal(err)
		}
		when, err := time.Parse(time.DateTime, it.Published)
		if err != nil {
			t.Fatal(err)
		}
		source := "paper"
		if it.Outlet == "연합뉴스" {
			source = "wire"
		}
		for _, w := range []*world{early, late} {
			w.now = when
			a := feed.Article{GUID: it.ID, Link: "https://paper.example/" + it.ID, Title: it.Title, Summary: it.Summary, Published: when}
			if runes := []rune(it.Summary); w == late && source == "paper" && len(runes) > 40 {
				a.Summary = string(runes[:40]) + "…"
			}
			p := feed.Poll{Source: source, Started: when, Document: &feed.Document{Articles: []feed.Article{a}, Partial: true}}
			if _, err := w.Record(context.Background(), p); err != nil {
				t.Fatal(err)
			}
		}
		if source == "wire" {
			continue
		}
		late.answer(late.claim(10_000), feed.PageFetch{Page: text(it.Summary)})
	}
	want := early.count("SELECT count(DISTINCT story_id) FROM article")
	if got := late.count("SELECT count(DISTINCT story_id) FROM article"); got < want*99/100 || got > want*101/100 {
		t.Errorf("%d stories, %d if the texts are there at once", got, want)
	}
	t.Logf("%d stories", want)
}
