package feed

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// StatusFeed is the name of the Feed of Alerts. No configured one can have it.
const StatusFeed = "_status"

// AlertEntries returns Alerts as Entries, those first that changed last. Ids begin
// with a prefix; they have no link.
func AlertEntries(alerts []Alert, prefix string) []Entry {
	all := make([]Entry, len(alerts))
	for i := range alerts {
		all[i] = alerts[i].entry(prefix)
	}
	slices.SortStableFunc(all, func(a, b Entry) int { return b.Updated.Compare(a.Updated) })
	return all
}

// entry is made of what is stored for good, so that it is the same at every call.
// That an Alert is over is news in it.
func (a *Alert) entry(prefix string) Entry {
	article := Article{
		Title: a.Says, Language: "en", Categories: []string{a.Kind},
		Summary: strings.TrimSpace(sentence(a.Says) + a.whatToDo(" ")),
	}
	if !a.Ended.IsZero() {
		article.Title = "Over: " + a.Says
		article.Summary = fmt.Sprintf("Over, after %s. It was: %s", a.lasted(), sentence(a.Says))
	}
	changed := cmp.Or(a.Ended, a.Began)
	return Entry{
		ID:        fmt.Sprintf("%salert/%d/%s", prefix, a.Began.Unix(), strings.TrimSuffix(a.Kind+"/"+a.Source, "/")),
		Published: a.Began, Updated: changed, Entered: a.Began,
		Story: Story{Copies: []Copy{{Article: article, Source: "newswired", Outlet: "newswired", Published: a.Began, FirstSeen: a.Began, Changed: changed, Revisions: 1}}},
	}
}

// lasted tells how long it took from the Trouble's beginning to the Alert's end.
func (a *Alert) lasted() string { return Span(max(0, a.Ended.Sub(a.Since))) }

// AlertsChanged returns when the newest change of Alerts was, zero if there are none.
func AlertsChanged(alerts []Alert) (changed time.Time) {
	for i := range alerts {
		for _, t := range []time.Time{alerts[i].Began, alerts[i].Ended} {
			if t.After(changed) {
				changed = t
			}
		}
	}
	return changed
}

// AlertSubject says of Alerts in some words what is the matter: of the first that
// begins, else of the first, and how many more there are.
func AlertSubject(alerts []Alert) string {
	if len(alerts) == 0 {
		return ""
	}
	i := max(0, slices.IndexFunc(alerts, func(a Alert) bool { return a.Ended.IsZero() }))
	subject := alerts[i].Says
	if !alerts[i].Ended.IsZero() {
		subject = "over: " + subject
	}
	if more := len(alerts) - 1; more > 0 {
		subject += fmt.Sprintf(" (and %d more)", more)
	}
	return OneLine(subject)
}

// AlertText writes Alerts for people: what began first, each with what is to be done,
// and of many only some.
func AlertText(alerts []Alert) string {
	const most = 20
	var b strings.Builder
	ordered := slices.Clone(alerts)
	slices.SortStableFunc(ordered, func(x, y Alert) int { return x.Ended.Compare(y.Ended) }) // zero comes first
	for i := range ordered[:min(most, len(ordered))] {
		a := &ordered[i]
		if a.Ended.IsZero() {
			fmt.Fprintf(&b, "%s%s\n\n", sentence(a.Says), a.whatToDo("\n"))
		} else {
			fmt.Fprintf(&b, "Over, after %s: %s\n\n", a.lasted(), sentence(a.Says))
		}
	}
	if more := len(ordered) - most; more > 0 {
		fmt.Fprintf(&b, "And %d more.\n", more)
	}
	return b.String()
}

// whatToDo is the advice behind what parts it from the rest; "" if there is none.
func (a *Alert) whatToDo(apart string) string {
	if a.Advice == "" {
		return ""
	}
	return apart + "What to do: " + sentence(a.Advice)
}

// sentence ends a text as sentences do.
func sentence(text string) string {
	if text != "" && !strings.HasSuffix(text, ".") {
		text += "."
	}
	return text
}
