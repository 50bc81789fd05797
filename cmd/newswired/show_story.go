package main

import (
	"cmp"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"newswired/feed"
)

// A shownStory is a Story as it was asked for, with its Copies in the order of
// their dates.
type shownStory struct {
	*feed.Account
	asked  int64   // the id, or that of the Story of the page
	others []int64 // further Stories that have the page asked for
}

// minute is how people are told a time that may be long ago.
const minute = "2006-01-02 15:04"

// print prints for people, a section for each question.
func (s *shownStory) print(w io.Writer, zone *time.Location) error {
	p := &printer{w: w}
	first := &s.Copies[0]
	p.line("story %d: %s", s.ID, first.Title)
	p.line("%s, %s, %s; first carried by %s, %s", feed.Counted(len(s.Copies), "article"), feed.Counted(len(s.Outlets()), "outlet"),
		feed.Counted(len(s.Origins()), "origin"), first.Outlet, published(first, zone))
	if s.asked != s.ID {
		p.line("story %d turned out to be this one", s.asked)
	}
	if len(s.others) > 0 {
		p.line("the page is told in %s as well", storyList(s.others))
	}
	s.printCarriers(p, zone)
	s.printPages(p, zone)
	s.printVersions(p, zone)
	s.printReasons(p)
	printRulings(p, s.Rulings, zone)
	s.printRelated(p)
	s.printFeeds(p, zone)
	return p.err
}

// storyList names Stories in a sentence.
func storyList(ids []int64) string {
	texts := make([]string, len(ids))
	for i, id := range ids {
		texts[i] = fmt.Sprint(id)
	}
	if len(ids) == 1 {
		return "story " + texts[0]
	}
	return "stories " + strings.Join(texts, ", ")
}

// origin tells whose words a Copy is in: "Yonhap" for the wire's own, "by
// Yonhap" for a print of it, "" for an outlet's own.
func origin(c *feed.Copy) string {
	switch {
	case c.Agency != "":
		return c.Agency
	case c.Credit != "":
		return "by " + c.Credit
	}
	return ""
}

// published tells when an Article was, or that this is when it was first seen.
func published(c *feed.Copy, zone *time.Location) string {
	when := c.Published.In(zone).Format(minute)
	if c.Undated {
		when = "no date, seen " + when
	}
	return when
}

// printCarriers prints a line for each Article in the order of their dates, with
// its id, by which why and the views find it. The first has its time, the others
// what they are behind: that is what one wants to know of them. How far that is
// nobody knows of those without a date.
func (s *shownStory) printCarriers(p *printer, zone *time.Location) {
	p.line("\nCARRIERS")
	t := tabwriter.NewWriter(p.w, 0, 0, 2, ' ', 0)
	for i := range s.Copies {
		c := &s.Copies[i]
		when := published(c, zone)
		if i > 0 && !c.Undated {
			when = feed.Lag(c.Published.Sub(s.Copies[0].Published))
		}
		fmt.Fprintf(t, "  %s\t%d\t%s\t%s\t%s\t%s\n", when, c.ID, c.Outlet, dash(origin(c)), dash(feed.ReadHeadline(c.Title).Marker()), dash(c.Link))
	}
	p.err = cmp.Or(p.err, t.Flush())
}

// printPages prints what became of the pages of the Articles that have full text.
func (s *shownStory) printPages(p *printer, zone *time.Location) {
	if len(s.Pages) == 0 {
		return
	}
	p.line("\nPAGES")
	for i := range s.Copies {
		c := &s.Copies[i]
		page, fetched := s.Pages[c.ID]
		if !fetched {
			continue
		}
		what := page.State
		if page.Kind != "" {
			what += fmt.Sprintf(": %s: %s", page.Kind, page.LastError)
		}
		if !page.Next.IsZero() {
			what += ", not before " + page.Next.In(zone).Format(minute)
		}
		if !page.Fetched.IsZero() {
			what += fmt.Sprintf("; %s of text, fetched %s", feed.Counted(page.Letters, "letter"), page.Fetched.In(zone).Format(minute))
		}
		p.line("  %d  %s  %s", c.ID, c.Outlet, what)
	}
}

// dash stands in a table for what there is nothing of.
func dash(text string) string { return cmp.Or(text, "-") }

// printVersions prints every Source's chain that has more than one link, with
// what each changed in the one before. Across Sources nothing is compared: a
// paper's print differs in everything and says nothing new.
func (s *shownStory) printVersions(p *printer, zone *time.Location) {
	begun := false
	seen := make(map[string]bool)
	for i := range s.Copies {
		source := s.Copies[i].Source
		chain := s.Versions(source)
		if seen[source] || len(chain) < 2 {
			continue
		}
		seen[source] = true
		if !begun {
			p.line("\nVERSIONS")
			begun = true
		}
		p.line("  %s (%s)", s.Copies[i].Outlet, source)
		var before feed.Revision
		for n, v := range chain {
			printVersion(p, v, before, n == 0, zone)
			before = v.Revision
		}
	}
}

// printVersion prints one link of a chain: its headline, and the words of the
// summary or, if only that changed, of the text, each cut to what changed.
func printVersion(p *printer, v feed.Step, before feed.Revision, first bool, zone *time.Location) {
	what := "article"
	if v.Revised {
		what = "revised article"
	}
	p.line("    %s  %s %d", v.At.In(zone).Format(minute), what, v.Article)
	if first {
		p.line("      %s", v.Title)
		return
	}
	p.line("      %s", marked(before.Title, v.Title, false))
	switch text, former := feed.Said(v.Summary, v.Content), feed.Said(before.Summary, before.Content); {
	case v.Summary != before.Summary:
		p.line("      %s", marked(before.Summary, v.Summary, true))
	case text != former:
		p.line("      text: %s", marked(former, text, true))
	}
}

// marked writes changed words as git's word diff does: [-old-]{+new+}.
func marked(before, after string, short bool) string {
	var out strings.Builder
	for _, c := range feed.Changes(before, after, short) {
		text := c.Text
		switch c.What {
		case feed.Removed:
			text = "[-" + text + "-]"
		case feed.Added:
			text = "{+" + text + "+}"
		}
		if c.Spaced {
			text = " " + text
		}
		out.WriteString(text)
	}
	return out.String()
}
