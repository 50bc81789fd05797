// Package feed is the vocabulary of newswired and the decisions that need
// nothing but values: who an Article is, what its canonical URL is, what a wire
// says of it by marker, credit and id, whether two tell one report, which copy
// stands for a Story, when a Source may be asked again.
//
// It promises three things. It does no I/O and reads no clock: whoever needs
// the time passes it. It knows no other package of newswired. And a decision
// made here depends on its arguments alone, so that the same input always
// tells the same story, whatever the order in which it came.
//
// The words are used with one meaning throughout code, SQL, configuration and
// logs:
//
//	Source    an upstream feed that is polled
//	Document  what one successful fetch brought
//	Article   one piece of news as one Source published it
//	Page      what the web page of an Article says
//	Revision  one state of an Article
//	Story     the Articles, of whatever Sources, that carry one report
//	Feed      what we publish
//	Entry     a Story as it stands in one Feed
//
// Who reads it to know how news becomes stories begins with Identify, by which a
// Document's Articles are known again; then NewFingerprint and Alike, which says
// whether two tell one report and by what Evidence; Partition, which makes Stories
// of all such pairs; and Shown, which picks the Copy that speaks for a Story. How
// often a Source is asked is NextPoll. The tables of words (marker_table.go,
// credit_table.go, body_table.go) are where most that is learnt goes.
package feed

import (
	"fmt"
	"time"
)

// A Source is an upstream feed that is polled.
type Source struct {
	Name       string            // unique; names the Source in the database, logs and filters
	URL        string            // where its Document is fetched, http or https
	Outlet     string            // who publishes it; several Sources may share one
	Agency     string            // the wire whose own feed this is; "" for a newspaper
	Language   string            // BCP 47, for Documents that do not say; may be ""
	Charset    string            // overrides every other sign of the encoding; may be ""
	UserAgent  string            // sent instead of our own; may be ""
	Headers    map[string]string // further request fields; may be nil
	Credential string            // name of what to authenticate with, to the URL's own origin; may be ""
	Zone       *time.Location    // for dates without a zone; nil means UTC
	Schedule   string            // when it is polled, as configured
	Chosen     bool              // true if that schedule was written for this Source
	NoPush     bool              // true if no hub is to tell of its news
	FullText   bool              // true if the pages of its Articles are fetched
	Relay      string            // whether it is taken for a newswired, see TakesForRelay; "" leaves that to its first Document

	// Times returns the first time of the schedule after t; nil if there is
	// none, as for a poll by hand.
	Times func(t time.Time) time.Time
}

// Reading returns what decides how a Document of the Source is read, as text.
func (s Source) Reading() string {
	text := fmt.Sprintf("charset=%s zone=%s language=%s", s.Charset, s.Zone, s.Language)
	if s.Relay != "" {
		text += " relay=" + s.Relay
	}
	return text
}

// An Article is one piece of news as one Source published it. All text is
// valid UTF-8 without control characters; URLs are absolute http or https.
type Article struct {
	GUID       string      // as the Source gives it, less white space; "" if it has none
	Link       string      // the page; "" if there is none
	Title      string      // plain text on one line, a wire's marker included
	Summary    string      // plain text; "" if there is none
	Content    string      // HTML as published, not sanitised; "" if the Summary is all there is
	Authors    []Person    // in the Source's order
	Categories []string    // in the Source's order, each once
	Enclosures []Enclosure // media that belong to the Article
	Image      string      // URL of the picture that stands for it; may be ""
	Language   string      // BCP 47; "" if unknown
	Origin     Origin      // RSS <source>: where the Source itself has it from
	Published  time.Time   // what the Source claims; zero if it claims nothing that can be read
	Updated    time.Time   // likewise
	Relayed    *Relayed    // what the newswired says that it came by; nil if it came straight from its outlet
}

// A Person is an author.
type Person struct {
	Name  string `json:"name,omitempty"`
	Email string `json:"email,omitempty"`
	URL   string `json:"url,omitempty"`
}

// An Enclosure is a media file that belongs to an Article (RSS 2.0 enclosure,
// Atom link rel="enclosure", Media RSS content).
type Enclosure struct {
	URL    string `json:"url"`
	Type   string `json:"type,omitempty"`   // media type; "" if not given
	Length int64  `json:"length,omitempty"` // bytes; 0 if not given
}

// An Origin is the feed that a Source names as the one it took an Article
// from (RSS 2.0 <source>, Atom <source>).
type Origin struct {
	Title string `json:"title,omitempty"`
	URL   string `json:"url,omitempty"`
}

// A Document is what one successful fetch brought, read into our words.
type Document struct {
	Title    string
	Link     string // the Source's home page
	Language string // BCP 47; "" if it does not say
	Format   string // for people: "RSS 2.0", "Atom 1.0", "JSON Feed 1.1"
	Charset  string // the encoding it was read in, by its name in the Encoding Standard
	Articles []Article
	Refused  []Refusal // what could not become an Article
	Deleted  []string  // GUIDs of Articles that it says are void (RFC 6721)
	Partial  bool      // true if an Article or the end was lost: nothing may be concluded from what is absent
	Warning  string    // what had to be repaired; "" if nothing
	Pace     Pace      // how often it may be asked for
	Push     Push      // who tells of its news, as the Document says
	Relay    string    // what the ids of the newswired begin with whose Feed it is; "" if it is another's, or is not taken for one

	// Retold are the Entries of a newswired that turned out to be the report of
	// older ones, with those, by their ids.
	Retold map[string]string

	// Items are the hashes of what became the Articles, in their order; nil, or
	// one of 0, if that is not to be remembered. Unchanged are those of items that
	// the Document has as well, but that were not read: the Source's last Document
	// had them.
	Items     []ItemHash
	Unchanged []ItemHash
}

// A Refusal says why something in a Document did not become an Article.
type Refusal struct {
	Name   string // the GUID, link or headline by which a person finds it
	Reason string // what it lacks, or is too much, for people
}

// Validators are what a server gave with a Document, to be sent back verbatim
// (RFC 9110 section 8.8). They belong to the URL that they came from.
type Validators struct {
	URL          string
	ETag         string // quotes and W/ included
	LastModified string // as the server wrote it
}

// A Copy is an Article as the store knows it: one outlet's print of a Story.
type Copy struct {
	Article
	ID        int64     // of the Article
	Story     int64     // the Story it tells
	Source    string    // name
	SourceURL string    // where the Source's Document is
	Outlet    string    // the Source's
	Agency    string    // the Source's, "" if it is no wire
	Credit    string    // the agency its text names as its origin, or its outlet belongs to; "" if none
	Published time.Time // fixed at first sight, never after it; hides the claim
	Undated   bool      // true: its Source's first Document listed it without a date, and Published is when that was read
	FirstSeen time.Time // when a poll or a hub first brought it
	Changed   time.Time // when its newest Revision was seen
	Revisions int       // 1 for an Article that never changed
	Deleted   time.Time // when its Source said that it is void; zero if it never did
}

// A Story is a report with every Copy that carries it, in the order in which
// they were first seen.
type Story struct {
	ID     int64
	Copies []Copy // never empty
}

// Outlets returns who carries the Story, each once, in order of first sight.
func (s *Story) Outlets() []string {
	var all []string
	seen := make(map[string]bool, len(s.Copies))
	for _, c := range s.Copies {
		if !seen[c.Outlet] {
			seen[c.Outlet] = true
			all = append(all, c.Outlet)
		}
	}
	return all
}

// Origins returns from whom the Copies come in the end, each once, in order of
// first sight: an agency, whoever prints it, else the outlet. One agency's
// report in ten papers has one origin.
func (s *Story) Origins() []string {
	var all []string
	seen := make(map[string]bool, len(s.Copies))
	for i := range s.Copies {
		origin := s.Copies[i].origin()
		if !seen[origin] {
			seen[origin] = true
			all = append(all, origin)
		}
	}
	return all
}

// Published returns the earliest date of the Story's Copies.
func (s *Story) Published() time.Time {
	first := s.Copies[0].Published
	for _, c := range s.Copies[1:] {
		if c.Published.Before(first) {
			first = c.Published
		}
	}
	return first
}

// A Feed is what we publish.
type Feed struct {
	Name        string // as in its address
	Title       string
	Description string
	Language    string        // BCP 47, of these two and of the page; "": the page speaks that of the entries
	Rule        string        // what decides about its entries, as text; a change judges all stories again
	Prefer      []string      // names of Sources whose Copy stands for the Story, best first
	Limit       int           // entries in the subscription document
	Settle      time.Duration // how long after it was first seen a Story enters; 0: at once
	MaxPerHour  int           // Stories that may enter in an hour of the clock; 0: as many as come
	Summary     bool          // true: entries carry the Summary alone, not the Content
}

// A Verdict says whether a Story belongs to a Feed, and why.
type Verdict struct {
	Passes bool
	Reason string // for people: what spoke for it, or what was missing
}

// A Judge gives the Verdict of every Feed, in the order of the configuration,
// on one Story. It must be safe for use by several goroutines.
type Judge func(*Story) []Verdict

// An Entry is a Story as it stands in one Feed.
type Entry struct {
	ID        string // a tag: URI (RFC 4151), minted once
	Published time.Time
	Updated   time.Time // moves only when there is news in the copy shown
	Entered   time.Time // when the Story came into the Feed; the Feed's order
	Shown     int       // index of the Copy that stands for the Story
	Story
}
