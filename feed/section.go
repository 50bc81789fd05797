package feed

import (
	"errors"
	"time"
)

// ErrNoArchive is what a Library says of an archive that a Feed has not, or no
// longer.
var ErrNoArchive = errors.New("the feed has no such archive")

// A Section is the part of a Feed that one document shows: the subscription
// document, or one of the archives behind it (RFC 5005 section 4).
type Section struct {
	Entries []Entry    // newest entered first
	Deleted []Deletion // Entries that were here and are void, newest first

	// Numbers of the archives before and after it. They rise with time and are
	// never used twice; 0 is none. The Former of the subscription document is
	// the newest archive there is.
	Former, Next int
}

// A Deletion says that an Entry is void: the report was withdrawn, or turned out
// to be that of an older Entry (RFC 6721). An Entry that merely belongs to the
// Feed no longer has none: what readers kept of it is still true.
type Deletion struct {
	ID      string    // of the Entry
	When    time.Time // when it became void
	By      string    // the outlet that withdrew it; "" if nobody did
	Comment string    // why, for people
	In      string    // the id of the older Entry whose report it turned out to be; "" if it was withdrawn
	Story   *Story    // what was withdrawn, with the notices; nil if it is told in another
}
