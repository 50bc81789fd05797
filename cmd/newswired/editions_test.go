package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"

	"newswired/feed"
	"newswired/feed/render"
	"newswired/fetcher"
	"newswired/store"
)

// editionsDir lets validators that are programs of their own read what the tests
// render.
var editionsDir = flag.String("editions", "", "folder to write the editions of all real documents to")

// day is when the real documents are taken to have been polled.
var day = time.Date(2026, 10, 4, 12, 0, 0, 0, time.UTC)

// realDocuments reads every document of the real input that is one, by the path
// of its file.
func realDocuments(t *testing.T) (names []string, all map[string]*feed.Document) {
	t.Helper()
	dir := realInput(t, "feeds")
	all = make(map[string]*feed.Document)
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) == ".tsv" {
			return err
		}
		body, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		doc, err := fetcher.Parse(body, "", "https://wire.example/rss", feed.Source{Zone: time.UTC}, day)
		if err != nil || len(doc.Articles) == 0 {
			return nil // a damaged one; other tests hold which these are
		}
		name, err := filepath.Rel(dir, path)
		names, all[filepath.ToSlash(name)] = append(names, filepath.ToSlash(name)), doc
		return err
	})
	if err != nil || len(names) < 400 {
		t.Fatalf("%d documents, %v", len(names), err)
	}
	return names, all
}

// channelOf is what an edition says of its feed.
func channelOf(name string, f render.Format) render.Channel {
	at := "https://news.example.org/feeds/" + name
	return render.Channel{
		Feed: feed.Feed{Name: name, Title: "What " + name + " brings"}, ID: "tag:news.example.org,2026:7f/feed/" + name,
		Self: at + "." + f.Extension(), Page: at, Base: "https://news.example.org/", Generator: "newswired", Updated: day,
	}
}

// An edition of every real document is valid: what RFC 4287, RSS 2.0 and JSON
// Feed 1.1 demand and readers rely on, for every article that anybody sent.
func TestEditionsOfRealDocuments(t *testing.T) {
	t.Parallel()
	names, all := realDocuments(t)
	for i, name := range names {
		checkEditions(t, name, all[name], i)
	}
}

// checkEditions renders a document's articles, every other one with a second
// carrier, as a subscription document or as an archive, by a number.
func checkEditions(t *testing.T, name string, doc *feed.Document, i int) {
	t.Helper()
	var entries []feed.Entry
	for j, a := range doc.Articles {
		c := feed.Copy{Article: a, Source: "wire", SourceURL: "https://wire.example/rss", Outlet: "Wire", Published: feed.Credible(a.Published, day)}
		other := feed.Copy{Article: feed.Article{Title: "Printed", Link: fmt.Sprintf("https://paper.example/%d", j)}, Outlet: "Paper & Co."}
		entries = append(entries, feed.Entry{
			ID: fmt.Sprintf("tag:news.example.org,2026:7f/story/%d", j+1), Published: c.Published, Updated: c.Published, Entered: day,
			Story: feed.Story{ID: int64(j + 1), Copies: []feed.Copy{c, other}[:1+j%2]},
		})
	}
	for _, f := range render.Formats {
		text, err := render.Edition(f, channelFor(f, i), entries)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if *editionsDir != "" {
			file := filepath.Join(*editionsDir, strings.ReplaceAll(name, "/", "_")+"."+f.Extension())
			if err := os.WriteFile(file, text, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		checkEdition(t, name, f, text)
		checkRead(t, name, f, text, entries)
	}
}

// channelFor returns, by a number, what is said of a whole feed, of one with void
// entries, hubs and archives, or of an archive.
func channelFor(f render.Format, i int) render.Channel {
	c := channelOf(fmt.Sprint("f", i), f)
	at := func(number int) string { return fmt.Sprintf("%s/archive/%d.%s", c.Page, number, f.Extension()) }
	switch i % 3 {
	case 1:
		c.Deleted = []feed.Deletion{{ID: "tag:news.example.org,2026:7f/story/0", When: day, By: "Wire", Comment: "withdrawn by Wire: KILL"}}
		c.Former, c.Hubs = at(3), []string{"https://hub.example.org/"}
	case 2:
		c.Archive, c.Current = true, c.Self
		c.Self, c.Former, c.Next = at(2), at(1), at(3)
	}
	return c
}

// Whatever was polled and stored, a reader of the documents of a feed, from the
// subscription document back through all archives, finds every entry once and as
// it was stored.
func TestReadersSeeWhatIsStored(t *testing.T) {
	t.Parallel()
	names, all := realDocuments(t)
	ctx := context.Background()
	st, err := store.Open(ctx, filepath.Join(t.TempDir(), "newswired.db"), "news.example.org", day)
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	var sources []feed.Source
	folders := make(map[string]string) // the Source of each document: snapshots are of one
	for _, name := range names {
		source := name
		if strings.HasPrefix(name, "snapshots/") {
			source = filepath.Dir(name)
		}
		folders[name] = source
		if !slices.ContainsFunc(sources, func(s feed.Source) bool { return s.Name == source }) {
			sources = append(sources, feed.Source{Name: source, URL: "https://wire.example/" + source, Outlet: "Outlet of " + source})
		}
	}
	everything := func(*feed.Story) []feed.Verdict { return []feed.Verdict{{Passes: true}} }
	if err := st.Configure(ctx, sources, []feed.Feed{{Name: "all", Rule: "all", Limit: 200}}, everything, day); err != nil {
		t.Fatal(err)
	}
	now, articles := day, 0
	for _, name := range names {
		now = now.Add(time.Minute)
		done, err := st.Record(ctx, feed.Poll{Source: folders[name], Started: now, Status: 200, Document: all[name]})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		articles += done.New
	}
	if _, err := st.Retain(ctx, store.Retention{Before: day.AddDate(-10, 0, 0)}, now); err != nil {
		t.Fatal(err)
	}
	seen := make(map[string]bool)
	number, documents, archived := 0, 0, 0
	for {
		part, err := st.Section(ctx, "all", number, 200)
		if err != nil {
			t.Fatal(err)
		}
		documents++
		for _, e := range part.Entries {
			if number > 0 {
				archived++
			}
			seen[e.ID] = true
		}
		for _, f := range render.Formats {
			text, err := render.Edition(f, channelOf("all", f), part.Entries)
			if err != nil {
				t.Fatal(err)
			}
			checkRead(t, fmt.Sprint("archive ", number), f, text, part.Entries)
		}
		if number = part.Former; number == 0 {
			break
		}
	}
	stories, err := st.Counts(ctx)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d articles, %d stories, %d entries in %d documents", articles, stories.Stories, len(seen), documents)
	if len(seen) != stories.Stories || archived < len(seen)-200 {
		t.Errorf("%d entries of %d stories, %d in archives", len(seen), stories.Stories, archived)
	}
}

// checkRead compares what gofeed reads of an edition with the entries.
func checkRead(t *testing.T, name string, f render.Format, text []byte, entries []feed.Entry) {
	t.Helper()
	read, err := gofeed.NewParser().Parse(bytes.NewReader(text))
	if err != nil {
		t.Errorf("%s as %s: %v", name, f, err)
		return
	}
	if len(read.Items) != len(entries) {
		t.Errorf("%s as %s: %d entries of %d", name, f, len(read.Items), len(entries))
		return
	}
	for i, item := range read.Items {
		if wrong := misread(item, f, &entries[i]); wrong != "" {
			t.Errorf("%s as %s, entry %d: %s", name, f, i, wrong)
		}
	}
}

// misread tells how an item differs from the entry that it is, "" if it doesn't.
// An article without a headline or a link has none that could be compared.
func misread(item *gofeed.Item, f render.Format, e *feed.Entry) string {
	c := &e.Copies[e.Shown]
	var wrong []string
	differ := func(what, got, want string) {
		if got != want {
			wrong = append(wrong, fmt.Sprintf("%s %q, want %q", what, got, want))
		}
	}
	differ("id", item.GUID, e.ID)
	if c.Title != "" {
		differ("title", item.Title, c.Title)
	}
	if link := feed.Absolute("", c.Link); link != "" {
		differ("link", item.Link, link)
	}
	published := e.Published.UTC().Truncate(time.Second).Format(time.RFC3339)
	if item.PublishedParsed == nil {
		wrong = append(wrong, "no date")
	} else {
		differ("published", item.PublishedParsed.UTC().Format(time.RFC3339), published)
	}
	if f != render.RSS && item.UpdatedParsed != nil {
		differ("updated", item.UpdatedParsed.UTC().Truncate(time.Second).Format(time.RFC3339), e.Updated.UTC().Truncate(time.Second).Format(time.RFC3339))
	}
	var names, want []string
	for _, p := range item.Authors {
		names = append(names, p.Name)
	}
	if item.DublinCoreExt != nil {
		names = append(names, item.DublinCoreExt.Creator...) // of which gofeed takes one
	}
	for _, p := range c.Authors {
		if p.Name != "" && !slices.Contains(want, p.Name) {
			want = append(want, p.Name)
		}
	}
	for _, n := range want {
		if !slices.Contains(names, n) {
			wrong = append(wrong, fmt.Sprintf("authors %q lack %q", names, n))
		}
	}
	files := make(map[string]bool)
	for _, file := range item.Enclosures {
		files[file.URL] = true
	}
	for _, content := range item.Extensions["media"]["content"] { // RSS has one enclosure
		files[content.Attrs["url"]] = true
	}
	for _, file := range c.Enclosures {
		if at := feed.Absolute("", file.URL); at != "" && !files[at] {
			wrong = append(wrong, fmt.Sprintf("no enclosure %q among %v", at, files))
		}
	}
	differ("categories", strings.Join(item.Categories, "|"), strings.Join(c.Categories, "|"))
	if c.Summary != "" && c.Content != "" && item.Content != "" && item.Description != "" {
		differ("summary", feed.OneLine(feed.Plain(item.Description)), feed.OneLine(c.Summary))
	}
	if words := feed.OneLine(feed.Plain(c.Content)); words != "" {
		if body := feed.OneLine(feed.Plain(item.Content + " " + item.Description)); !strings.Contains(body, words) {
			wrong = append(wrong, fmt.Sprintf("content %q, want %q", body, words))
		}
	}
	return strings.Join(wrong, "; ")
}
