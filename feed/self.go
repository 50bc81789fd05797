package feed

import (
	"fmt"
	"strings"
	"time"
)

// A Self is how newswired itself is, beside its Sources. Names in JSON are those
// that newswired status prints.
type Self struct {
	Articles int `json:"articles"`
	Stories  int `json:"stories"`
	PagesDue int `json:"pages_due"` // pages of Articles that are still to be fetched

	Database int64 `json:"database_bytes"` // of the file
	Log      int64 `json:"log_bytes"`      // of the write-ahead log beside it
	Room     int64 `json:"room_bytes"`     // that its disk has left; -1: unknown

	Problems []Problem `json:"problems,omitempty"` // what is wrong with the database, the worst first

	// Version and Daemon are of a process that polls and serves, nil of a command
	// that only looks at its database.
	Version string  `json:"version"`
	Daemon  *Daemon `json:"-"`
}

// A Problem is a finding of newswired doctor that somebody should look at.
type Problem struct {
	Check    string `json:"check"`    // one word
	Severity string `json:"severity"` // error or warning
	Says     string `json:"says"`
	Advice   string `json:"advice,omitempty"`
	Repair   string `json:"repair,omitempty"` // what newswired doctor --repair does about it
}

// A Daemon is what only the process that polls knows of itself.
type Daemon struct {
	Started time.Time // when it began to serve
	Offline bool      // nothing can be reached
	Refused bool      // the last reload was of a bad configuration
}

// A Fact is a line about newswired itself.
type Fact struct {
	Name, Says string
	Bad        bool // somebody should look
}

// Facts tells how newswired is, for everybody: no problem names a folder. Times
// are in a zone.
func (s *Self) Facts(now time.Time, zone *time.Location) []Fact {
	stored := Counted(s.Articles, "article") + " in " + Counted(s.Stories, "story")
	if s.PagesDue > 0 {
		stored += fmt.Sprintf(", %s still to be fetched", Counted(s.PagesDue, "page"))
	}
	file := fmt.Sprintf("%s, its log %s", Bytes(s.Database), Bytes(s.Log))
	if s.Room >= 0 {
		file += fmt.Sprintf(", %s left on its disk", Bytes(s.Room))
	}
	all := []Fact{{Name: "Stored", Says: stored}, {Name: "Database", Says: file}}
	for _, p := range s.Problems {
		all = append(all, Fact{Name: p.Severity, Says: Tellable(p.Says), Bad: true})
	}
	version := "newswired " + s.Version
	if d := s.Daemon; d != nil {
		network := Fact{Name: "Network", Says: "there"}
		if d.Offline {
			network = Fact{Name: "Network", Says: "gone: nothing can be reached, tried every minute", Bad: true}
		}
		config := Fact{Name: "Configuration", Says: "at work as it was last loaded"}
		if d.Refused {
			config = Fact{Name: "Configuration", Says: "refused, the former one goes on; newswired check says why", Bad: true}
		}
		all = append(all, network, config)
		version += ", running since " + When(d.Started, now, zone)
	}
	return append(all, Fact{Name: "Version", Says: version})
}

// Lately tells what the polls of the last day came to; the Hours are those of
// Health.
//
//	1234 polls in 24 hours, 12 failed, 83 % not modified, 45.2 MB received
func Lately(hours []PollHour, now time.Time) string {
	var sum PollHour
	for _, h := range hours {
		if now.Sub(h.Hour) < 24*time.Hour {
			sum.Polls, sum.Failures, sum.Spared, sum.Bytes = sum.Polls+h.Polls, sum.Failures+h.Failures, sum.Spared+h.Spared, sum.Bytes+h.Bytes
		}
	}
	if sum.Polls == 0 {
		return "no polls in 24 hours"
	}
	return fmt.Sprintf("%s in 24 hours, %d failed, %d %% not modified, %s received", Counted(sum.Polls, "poll"), sum.Failures, 100*sum.Spared/sum.Polls, Bytes(sum.Bytes))
}

// Bytes writes a number of bytes as people do: 12 kB, 3.4 MB.
func Bytes(n int64) string {
	switch {
	case n < 1e6:
		return fmt.Sprintf("%d kB", n/1e3)
	case n < 1e9:
		return fmt.Sprintf("%.1f MB", float64(n)/1e6)
	}
	return fmt.Sprintf("%.1f GB", float64(n)/1e9)
}

// Counted writes a number of things: 1 page, 3 pages, 2 stories.
func Counted(n int, thing string) string {
	if stem, ok := strings.CutSuffix(thing, "ry"); ok && n != 1 {
		thing = stem + "ries"
	} else if n != 1 {
		thing += "s"
	}
	return fmt.Sprintf("%d %s", n, thing)
}
