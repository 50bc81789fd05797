package feed

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Condition tells how a Source is in a sentence without an end, for everybody:
// no address in it says more than a host, for the rest may be a secret. Times are
// in a zone, as When has them.
//
//	new       not polled yet, first at 14:20
//	ok        ok, next 14:20
//	failing   404 Not Found since Tuesday (12 polls), next try 18:40
//	          failing since 3 March: lookup wire.example: no such host; next try 18:40
//	stopped   stopped since Tuesday: 410 Gone
//	offline   no network when it was to be polled, last polled 14:10, next try 14:20
//	removed   no longer in the configuration
//
// A Source that is asked at another address than its own says so at the end.
func (s *SourceStatus) Condition(now time.Time, zone *time.Location) string {
	words := s.condition(now, zone)
	if s.MovedTo != "" && s.State != "removed" {
		words += "; it has moved, change its url"
	}
	return words
}

// condition is Condition without the remark that the Source has moved.
func (s *SourceStatus) condition(now time.Time, zone *time.Location) string {
	next := func(before string) string {
		if s.NextFetch.IsZero() {
			return ""
		}
		return before + When(s.NextFetch, now, zone)
	}
	since := ""
	if !s.FailingSince.IsZero() {
		since = Since(s.FailingSince, now, zone)
	}
	switch s.State {
	case "new":
		return "not polled yet" + next(", first at ")
	case "ok":
		return "ok" + next(", next ")
	case "offline":
		last := ""
		if !s.LastFetch.IsZero() {
			last = ", last polled " + When(s.LastFetch, now, zone)
		}
		return "no network when it was to be polled" + last + next(", next try ")
	case "stopped":
		return s.trouble(since)
	case "removed":
		return "no longer in the configuration"
	}
	words := s.trouble(since)
	// Words that have a pause of their own are parted from what follows by a
	// heavier sign.
	if strings.HasPrefix(words, "failing") {
		return words + next("; next try ")
	}
	return words + next(", next try ")
}

// trouble tells what is wrong with a Source that fails or is stopped, and since when,
// which is told in words; "" if that is unknown.
func (s *SourceStatus) trouble(since string) string {
	if since != "" {
		since = " since " + since
	}
	what := Tellable(s.LastError)
	if s.State == "stopped" {
		return "stopped" + since + ": " + what
	}
	if s.Failures > 1 {
		since += fmt.Sprintf(" (%d polls)", s.Failures)
	}
	if what == "" || phrases.MatchString(what) {
		return strings.TrimSuffix("failing"+since+": "+what, ": ")
	}
	return what + since
}

// phrases are where a text has a pause, so that no clause may follow it.
var phrases = regexp.MustCompile(`[:;,] `)

// What an error must not tell everybody, by how it is written there: addresses
// but for their host, those of sockets, folders of ours, and whom we asked for what
// a name means.
var (
	addressInText  = regexp.MustCompile(`\b(https?://)(?:[^\s/"?#@]*@)?([^\s/"?#]*)([^\s"]*)`)
	socketInText   = regexp.MustCompile(`\b(?:dial|read|write) (?:tcp|udp)[46]?(?: \S+)?: (?:(?:connect|read|write): )?`)
	resolverInText = regexp.MustCompile(` on [0-9a-fA-F.:\[\]]+:53\b`)
	folderInText   = regexp.MustCompile(`(^|[\s"(])/[^\s",;)]*/`)
)

// Tellable returns an error as everybody may read it, on one line.
func Tellable(text string) string {
	text = addressInText.ReplaceAllStringFunc(text, func(found string) string {
		m := addressInText.FindStringSubmatch(found)
		if rest := strings.TrimRight(m[3], ",;.:)"); rest != "" && rest != "/" {
			return m[1] + m[2] + "/…" + m[3][len(rest):]
		}
		return m[1] + m[2] + m[3]
	})
	text = socketInText.ReplaceAllString(text, "")
	text = resolverInText.ReplaceAllString(text, "")
	return OneLine(folderInText.ReplaceAllString(text, "$1…/"))
}

// States are the states of a Source, what needs a person first. They are not to be
// changed.
var States = []string{"failing", "stopped", "offline", "new", "ok", "removed"}

// SortByState puts what needs a person first, and leaves the order otherwise.
func SortByState(all []SourceStatus) {
	slices.SortStableFunc(all, func(a, b SourceStatus) int {
		return cmp.Compare(slices.Index(States, a.State), slices.Index(States, b.State))
	})
}

// Tally counts Sources by their state, in words:
//
//	12 sources: 1 failing, 1 offline, 10 ok
func Tally(states map[string]int) string {
	total, parts := 0, []string{}
	for _, state := range States {
		if n := states[state]; n > 0 {
			total += n
			parts = append(parts, fmt.Sprintf("%d %s", n, state))
		}
	}
	switch {
	case total == 0:
		return "no source is configured"
	case total == 1:
		return "1 source: " + strings.TrimPrefix(parts[0], "1 ")
	case len(parts) == 1:
		return fmt.Sprintf("%d sources, all %s", total, strings.TrimPrefix(parts[0], fmt.Sprint(total, " ")))
	}
	return fmt.Sprintf("%d sources: %s", total, strings.Join(parts, ", "))
}
