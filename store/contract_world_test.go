package store

import (
	"context"
	"testing"
	"time"

	"newswired/feed"
)

// newFullWorld returns a world in which so much has happened that every column
// of every view has a value.
func newFullWorld(t *testing.T) *world {
	t.Helper()
	w := newPageWorld(t, wireOnly)
	w.configurePages(wireOnly, feed.Source{Name: "west", URL: "https://west.example/feeds/all.atom", Outlet: "West"})
	full := ferry("1", wirePage, "URGENT: Ferry sinks off Mokpo")
	full.Content, full.Language, full.Image = "<p>"+full.Summary+"</p>", "en", "https://wire.example/1.jpg"
	full.Authors, full.Categories = []feed.Person{{Name: "Kim"}, {Email: "lee@wire.example"}}, []string{"Korea"}
	full.Enclosures = []feed.Enclosure{{URL: "https://wire.example/1.mp3"}}
	w.poll("wire", full, article("2", "https://wire.example/2", "Old news"))
	revised := full
	revised.Title, revised.Summary, revised.Content = "CORRECTED: Ferry sinks off Jindo", full.Summary+" Corrected.", full.Content+"<p>Corrected.</p>"
	w.record(feed.Poll{
		Source: "wire", Status: 200, Bytes: 10, Took: time.Second, NextFetch: w.now.Add(time.Hour), NextReason: feed.BySchedule,
		Push: feed.Push{Hubs: []string{"https://hub.example/"}, Topic: "https://wire.example/rss"},
		Move: feed.Move{To: "https://wire.example/new", First: start.Add(-48 * time.Hour), Last: w.now, Count: 9},
		Document: &feed.Document{Articles: []feed.Article{revised, article("3", "https://wire.example/3", "Museum opens at night")},
			Refused: []feed.Refusal{{Name: "4", Reason: "no words"}}, Deleted: []string{"2"}, Warning: "repaired"},
	})
	w.poll("paper", ferry("x", printPage, "Ferry sinks off Jindo"), article("y", museumPage, "Museum opens at night"))
	w.poll("paper", ferry("x", printPage, "Ferry sinks off Jindo"), article("z", "https://paper.example/z", "Quiet day"))
	w.relay("west", relayed("7", "12", "herald", "Bakery burns in Gwangju"))
	w.pages()
	w.record(feed.Poll{Source: "paper", Kind: feed.Timeout, Error: "no answer", NextFetch: w.now.Add(time.Hour), NextReason: feed.ByBackoff})
	sub := feed.Subscription{Source: "wire", Base: "https://news.example/", Token: "abcdefghijklmnopqrstuvwxyz", Hub: "https://hub.example/", Topic: "https://wire.example/rss",
		State: feed.Live, Due: w.now, LeaseUntil: w.now.Add(time.Hour), Since: w.now, Delivered: w.now, Error: "slow"}
	err := w.ChangeSubscriptions(context.Background(), "wire", w.now, func([]feed.Subscription) []feed.Subscription { return []feed.Subscription{sub} })
	if err != nil {
		t.Fatal(err)
	}
	alerts := []feed.Alert{{Kind: "source", Source: "paper", Says: "paper has failed", Advice: "look", Since: start, Began: w.now, Ended: w.now.Add(time.Hour)}, {Kind: "disk", Says: "full", Since: start, Began: w.now, Told: true}}
	if err := w.SaveAlerts(context.Background(), alerts); err != nil {
		t.Fatal(err)
	}
	w.rule(museumPage, "https://wire.example/3", true)
	w.rule(printPage, "https://wire.example/3", false)
	for more := true; more; {
		if more, err = w.IndexWords(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	return w
}

// wireOnly lets pass what the wire has.
func wireOnly(s *feed.Story) []feed.Verdict {
	for _, c := range s.Copies {
		if c.Source == "wire" {
			return []feed.Verdict{{Passes: true, Reason: "the wire has it"}}
		}
	}
	return []feed.Verdict{{Reason: "the wire has it not"}}
}

// pages lets one page be had, and the others fail.
func (w *world) pages() {
	w.t.Helper()
	day := w.now.Add(-time.Hour)
	w.answer(w.claim(9), feed.PageFetch{Page: &feed.Page{
		Link: printPage, Title: "Ferry sinks", Text: "All of it.", Content: "<p>All of it.</p>", Authors: []feed.Person{{Name: "Park"}}, Outlet: "The Paper",
		Credit: feed.Credit{Agency: "Wire"}, Published: day, Updated: day, Language: "en", Section: "Nation", Keywords: []string{"ferry"},
		Picture: feed.Picture{URL: "https://paper.example/1.jpg"}}})
	for due := w.claim(9); due != nil; due = w.claim(9) {
		w.answer(due, feed.PageFetch{Status: 500, Kind: feed.BadStatus, Error: "500 Internal Server Error"})
		w.now = w.now.Add(time.Hour)
	}
}
