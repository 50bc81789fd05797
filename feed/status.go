package feed

import (
	"fmt"
	"strings"
	"time"
)

// A SourceStatus is a Source with its health, for people. Its names in JSON are
// those of the view sources as far as that has them; what never was is left out.
type SourceStatus struct {
	Name        string    `json:"name"`
	URL         string    `json:"url"`
	Outlet      string    `json:"outlet"`
	Agency      string    `json:"agency,omitempty"`
	State       string    `json:"state"`                 // new, ok, failing, stopped, offline or removed
	LastFetch   time.Time `json:"last_fetch,omitzero"`   // zero: it was never polled
	NextFetch   time.Time `json:"next_fetch,omitzero"`   // not before; zero: at its schedule's next time
	NextReason  Reason    `json:"next_reason,omitempty"` // what decided that
	Schedule    string    `json:"schedule,omitempty"`    // as configured
	MovedTo     string    `json:"moved_to,omitempty"`    // where it is asked instead of URL
	LastArticle time.Time `json:"last_article,omitzero"` // when its newest Article was first seen
	Articles    int       `json:"articles"`
	BytesSaved  int64     `json:"bytes_saved"` // by 304 (Not Modified), decoded
	FullText    bool      `json:"full_text"`   // the pages of its Articles are fetched

	Failures     int       `json:"failures"`               // in a row
	FailingSince time.Time `json:"failing_since,omitzero"` // when the first of them was
	LastError    string    `json:"last_error,omitempty"`   // "" after a success

	Hub         string    `json:"hub,omitempty"`         // that tells of its news, or could
	Push        string    `json:"push,omitempty"`        // available, asked, failing, live or trusted
	PushedUntil time.Time `json:"pushed_until,omitzero"` // when the hub's lease ends
	LastPush    time.Time `json:"last_push,omitzero"`    // when the hub last delivered
	PushError   string    `json:"push_error,omitempty"`  // what the hub did not do

	// What only Health tells:
	PerDay   *float64        `json:"articles_per_day,omitempty"` // new Articles, over RhythmDays; nil until it was known for a day
	PagesDue int             `json:"pages_due,omitempty"`        // pages of its Articles that are still to be fetched
	Warnings []SourceWarning `json:"warnings,omitempty"`         // of WarningDays, the latest first

	Known time.Time `json:"-"` // when its first Document was stored
	Days  []int     `json:"-"` // new Articles on each of RhythmDays, UTC, the last one today
}

// WarningDays is for how many days a warning is shown.
const WarningDays = 7

// A SourceWarning is what had to be repaired in a Source's Documents, or may have
// been missed. Its names in JSON are those of the view fetches.
type SourceWarning struct {
	Warning string    `json:"warning"`
	Count   int       `json:"count"` // of polls, in runs that lasted into WarningDays
	Last    time.Time `json:"last"`
}

// Health is how newswired's Sources are, and what its polls came to.
type Health struct {
	Sources []SourceStatus // those of the configuration, in its order
	Hours   []PollHour     // of HealthDays, the oldest first, without those in which nothing was polled; Took of TookDays only
}

// For how many days back Health tells of polls, and of the time they took.
const (
	HealthDays = 30
	TookDays   = 7
)

// Rhythm tells how much a Source brings, and how often it is polled and why:
//
//	about 12 articles a day, polled every 10m
//	about 3 articles a week, polled every 6 h by its rhythm
//	no article in 14 days, polled by "30 6 * * *"
//	polled again after 1 h, for its server gives no validators
func (s *SourceStatus) Rhythm() string {
	brings, polled := "", s.polled()
	if s.PerDay != nil {
		switch n := *s.PerDay; {
		case n == 0:
			brings = fmt.Sprintf("no article in %d days", RhythmDays)
		case n >= 1.5:
			brings = fmt.Sprintf("about %.0f articles a day", n)
		case n*7 >= 1.5:
			brings = fmt.Sprintf("about %.0f articles a week", n*7)
		default:
			brings = fmt.Sprintf("about 1 article in %.0f days", 1/n)
		}
	}
	if brings != "" && polled != "" {
		return brings + ", " + polled
	}
	return brings + polled
}

// polled tells how often the Source is polled, and why; "" while it fails or does
// not know.
func (s *SourceStatus) polled() string {
	if s.State != "ok" || s.NextFetch.IsZero() {
		return ""
	}
	after := "polled again after " + Span(s.NextFetch.Sub(s.LastFetch))
	switch s.NextReason {
	case "", BySchedule:
		if every, ok := strings.CutPrefix(s.Schedule, "@every "); ok {
			return "polled every " + every
		}
		return fmt.Sprintf("polled by %q", s.Schedule)
	case ByRhythm:
		return "polled every " + Span(s.NextFetch.Sub(s.LastFetch)) + " by its rhythm"
	case ByAllNew:
		return after + ", sooner because all it listed was new"
	case ByPush:
		return after + ", for its hub tells of its news"
	case ByValidators:
		return after + ", for its server gives no validators"
	case BySkipHours, BySkipDays, ByTTL, ByUpdate:
		return fmt.Sprintf("%s, as its document asks (%s)", after, s.NextReason)
	}
	return fmt.Sprintf("%s, as its server asks (%s)", after, s.NextReason)
}

// PushInWords tells how the hub of a Source does, "" if it has none.
func (s *SourceStatus) PushInWords(now time.Time, zone *time.Location) string {
	last := ""
	if !s.LastPush.IsZero() {
		last = ", last delivery " + When(s.LastPush, now, zone)
	}
	words := map[string]string{
		"available": "its hub is not subscribed to",
		"asked":     "its hub was asked to tell",
		"failing":   "its hub fails",
		"live":      "its hub tells of its news",
		"trusted":   "its hub is trusted to tell of its news",
	}[s.Push]
	if s.PushError != "" {
		last += ": " + Tellable(s.PushError)
	}
	if words == "" {
		return ""
	}
	return words + last
}

// PagesInWords tells how the pages of a Source's Articles do, "" if they are not
// fetched.
func (s *SourceStatus) PagesInWords() string {
	switch {
	case !s.FullText:
		return ""
	case s.PagesDue == 0:
		return "pages fetched"
	case s.PagesDue == 1:
		return "1 page still to be fetched"
	}
	return fmt.Sprintf("%d pages still to be fetched", s.PagesDue)
}

// Brought sets PerDay by what came on each day, as counted by Days.
func (s *SourceStatus) Brought(now time.Time) {
	since := now.Truncate(24*time.Hour).AddDate(0, 0, 1-len(s.Days))
	if s.Known.After(since) {
		since = s.Known
	}
	if lasted := now.Sub(since); !s.Known.IsZero() && lasted >= 24*time.Hour {
		sum := 0
		for _, n := range s.Days {
			sum += n
		}
		perDay := float64(sum) / (lasted.Hours() / 24)
		s.PerDay = &perDay
	}
}

// ShownWarnings is how many warnings of a Source are shown where all Sources are.
const ShownWarnings = 3

// Notes tells what else there is to know of a Source whose Condition is known: its
// rhythm, what 304 spared, its hub and its pages; Warnings are told by themselves.
func (s *SourceStatus) Notes(now time.Time, zone *time.Location) (all []string) {
	saved := ""
	if s.BytesSaved > 0 {
		saved = Bytes(s.BytesSaved) + " spared by 304"
	}
	for _, note := range []string{s.Rhythm(), saved, s.PushInWords(now, zone), s.PagesInWords()} {
		if note != "" {
			all = append(all, note)
		}
	}
	return all
}

// InWords tells the warning, how often there was reason for it, and when last:
//
//	repaired: tags that do not match (12 polls, last Tuesday 14:10)
func (w *SourceWarning) InWords(now time.Time, zone *time.Location) string {
	times := ""
	if w.Count > 1 {
		times = fmt.Sprintf("%d polls, last ", w.Count)
	}
	return fmt.Sprintf("%s (%s%s)", Tellable(w.Warning), times, When(w.Last, now, zone))
}
