package feed

import "time"

// Vitals is what a monitor wants to know of a database every few seconds.
type Vitals struct {
	// How many were ever stored. They only rise, whatever retention removes.
	Articles, Revisions, Stories int64

	Merged    int64 // Stories that turned out to be older ones, found here since the database was opened
	Backlog   int64 // Stories that the Feed furthest behind has to judge by its present rule, at most
	Unindexed int64 // Revisions that the search index lacks
	Owed      int64 // Subscribers of our hub that were not told of the last change yet
	Used      int64 // bytes of the file
	Free      int64 // bytes of the file that nothing is stored in
	Log       int64 // bytes of the write-ahead log

	Feeds   []FeedVitals   // in the order of the configuration
	Sources []SourceVitals // likewise
}

// FeedVitals is the part of a Feed.
type FeedVitals struct {
	Name    string    // as configured
	Entered int64     // Entries that ever did; one that left and came back counts again
	Changed time.Time // when its Entries last did; zero if there never were any
}

// SourceVitals is the part of a Source.
type SourceVitals struct {
	Name      string
	State     string    // as in SourceStatus
	LastFetch time.Time // zero if it was never polled
	NextFetch time.Time // not to be polled before; zero if nothing forbids it
	LastWell  time.Time // the last poll that did not fail; zero if there was none yet

	FailingSince time.Time // the first of the polls that failed in a row; zero if the last did not
}
