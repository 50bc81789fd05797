package main

import (
	"fmt"
	"time"

	"newswired/feed"
)

// This file prints why a Story is as it is.

// printReasons tells of each Article how it came here, and how like the others
// it was found to be. A pair is told once, at the Article that came in later:
// it is the one that was compared.
func (s *shownStory) printReasons(p *printer) {
	p.line("\nWHY")
	for i := range s.Copies {
		c := &s.Copies[i]
		p.line("  article %d, %s: %s", c.ID, c.Source, s.Placed[c.ID])
		for _, d := range s.Decisions {
			if d.Article == c.ID && s.tells(d.Other) {
				p.line("    %s article %d: %s", like(d.Verdict), d.Other, d.Reason)
			}
		}
	}
}

// like begins a sentence about two Articles.
func like(verdict string) string {
	switch verdict {
	case "same":
		return "the same report as"
	case "related":
		return "about the event of"
	}
	return "another report than"
}

// tells reports whether an Article is one of the Story's.
func (s *shownStory) tells(article int64) bool {
	_, ok := s.Placed[article]
	return ok
}

// printRulings tells what persons ruled. Most Stories have no ruling, and no
// section for it.
func printRulings(p *printer, all []feed.Ruled, zone *time.Location) {
	if len(all) == 0 {
		return
	}
	p.line("\nRULINGS")
	for _, r := range all {
		who := "ruled"
		if r.Configured {
			who = "in the configuration"
		}
		verdict := "different reports"
		if r.Same {
			verdict = "the same report"
		}
		p.line("  %s, %s %s:\n    %s\n    %s", verdict, who, r.Made.In(zone).Format(minute), r.URL, r.Other)
	}
}

// printRelated names the Stories about the same event. One that holds an Article
// like one of ours, and was kept out as a whole, is the first place to look
// when somebody asks why there are two.
func (s *shownStory) printRelated(p *printer) {
	if len(s.Related) == 0 {
		return
	}
	p.line("\nRELATED")
	for _, r := range s.Related {
		p.line("  story %d: %s", r.Story, r.Title)
		if r.Verdict == "same" {
			p.line("    articles %d and %d are alike, but the stories as a whole are not: %s", r.Article, r.Other, r.Reason)
		} else {
			p.line("    articles %d and %d: %s", r.Article, r.Other, r.Reason)
		}
	}
}

// printFeeds tells in which Feeds the Story is, and why it is not in others. A
// Feed whose rule is new judges what is stored bit by bit.
func (s *shownStory) printFeeds(p *printer, zone *time.Location) {
	p.line("\nFEEDS")
	for _, v := range s.Verdicts {
		switch {
		case !v.Judged:
			p.line("  %s: not judged yet", v.Feed)
		case v.Passes:
			p.line("  %s: since %s, %s", v.Feed, v.Entered.In(zone).Format(minute), v.Reason)
		default:
			p.line("  %s: no, %s", v.Feed, v.Reason)
		}
	}
}

// evidence tells people what two Articles have in common and what keeps them
// apart, a line for each. What is nothing is left out, but for words: that two
// headlines share none is often the answer.
func evidence(e feed.Evidence) []string {
	var all []string
	add := func(holds bool, format string, args ...any) {
		if holds {
			all = append(all, fmt.Sprintf(format, args...))
		}
	}
	add(e.SameTitle, "the same headline, markers aside")
	add(!e.SameTitle && e.Title > 0, "%.0f %% of the headlines' words in common, by their rarity", 100*e.Title)
	add(e.Title == 0 && !e.SameTitle, "no word of the headlines in common")
	add(e.SameMask, "headlines that differ in figures or days alone")
	add(e.Words > 0, "%.0f %% of the texts' runs of words in common, %.0f %% of the shorter's", 100*e.Words, 100*e.Contained)
	add(e.Words == 0, "no run of words of the texts in common")
	add(e.SameCredit, "both name one agency as their origin")
	add(e.OtherCredit, "they name two agencies as their origins")
	add(e.Figures > 0, "%s in common", feed.Counted(e.Figures, "figure"))
	add(e.FewAlone+e.ManyAlone > 0, "figures that only one has: %d in one, %d in the other", e.FewAlone, e.ManyAlone)
	add(e.OtherFigures, "each headline has a figure that the other article has nowhere")
	add(e.SameDay, "a day that both name")
	add(e.OtherDay, "both name days, and none in common")
	add(e.Negated, "one headline says no, the other does not")
	add(e.Hours == 0, "published at one time, as far as their dates tell")
	add(e.Hours > 0, "published %s apart", feed.Lag(time.Duration(e.Hours * float64(time.Hour)))[1:])
	return all
}
