package feed

import "time"

// A Column is one column of a view that people query.
type Column struct {
	Name string
	Kind ColumnKind
}

// A ColumnKind says what the values of a Column are where they are not NULL. A
// program that reads tables with types wants to know it before the first row.
type ColumnKind string

const (
	TextColumn    ColumnKind = "text"
	IntegerColumn ColumnKind = "integer"
	TimeColumn    ColumnKind = "time" // text: ISO 8601 in UTC, to the second, as time.RFC3339 reads it
	JSONColumn    ColumnKind = "json" // text
)

// An Extract says which rows of a view are wanted: those that satisfy all that
// is said. A zero value asks for nothing.
type Extract struct {
	View    string    // articles, stories or revisions
	Since   time.Time // published at that time or later, revisions seen; zero: any
	Until   time.Time // before; zero: any
	Sources []string  // of an article of one of these; nil: any
	Feeds   []string  // whose story one of these shows now; nil: whatever feeds show
	Search  *Search   // of an article that answers it; nil: any
}

// Extracts are the views that can be extracted.
var Extracts = []string{"articles", "stories", "revisions"}
